"""What a build depends on, as one digest: while it stays the same, the site is current."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import sysconfig
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from generator.folders import READING
from generator.parsing import read_yaml
from generator.publish.census import Stamp
from generator.publish.kept_seeds import read_contents
from generator.publish.manifest import MANIFEST_NAME, read_manifest
from generator.settings import Project

PACKAGE = Path(__file__).parent

# A hand-made film or font is told by size and time; to read it at every build would cost more than it tells.
_LARGE = 1_000_000


def input_state(project: Project) -> tuple[str, str]:
    """Two digests: what the inputs hold, and when they were last touched, which is looked at first.

    The inputs are seeds, settings, decisions, hand-made pages, theme, package and what it runs on. Seeds that stand as
    the last build read them are not read.
    Raises nothing for files that cannot be read: that they cannot is part of the digests.
    """
    held: list[str] = []
    touched: list[str] = []
    for label, stamp, content in _states(project, _known(project)):
        touched.append(f"{label}\0{stamp}\n")
        held.append(f"{label}\0{content()}\n")
    return _digest(held), _digest(touched)


def input_stamps(project: Project) -> str:
    """The second digest of `input_state`, for which no file is read.

    While it stays the same nobody touched them: not even to change a seed and to change it back.
    """
    return _digest(f"{label}\0{stamp}\n" for label, stamp, _ in _states(project))


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a build knows of the files that it made, and need not look at again.

    Who touched one of them since has made it another than the digest says, and the next build does not believe it.
    """

    site: Collection[str]
    """The path of every file in the site."""
    published: Mapping[str, Stamp]
    """How some of them stand."""
    sources: Mapping[str, Stamp]
    """How some of the files of site_src/ stand."""


def output_digest(project: Project, known: Outputs | None = None) -> str:
    """A digest of names, sizes and times of the built site, the generated files of site_src/ and the addresses.

    It tells whether anyone touched them since the build that recorded it, which is the one that they are `known` from.
    """
    if known is None:
        known = Outputs([name for _, name in _files(project.site)], {}, {})
    digest = hashlib.sha256()
    for path in (project.permalinks, project.changes, project.site_src / MANIFEST_NAME):
        digest.update(f"{path}\0{_stamp(str(path))}\n".encode("utf-8", "surrogateescape"))
    generated = read_manifest(project.site_src)
    for folder, names, stamps in (
        (project.site_src, generated, known.sources),
        (project.site, known.site, known.published),
    ):
        root = os.fspath(folder)
        lines = [f"{root}\n"]
        for name in sorted(names):
            stamp = stamps.get(name)
            lines.append(f"{name}\0{f'{stamp[0]} {stamp[1]}' if stamp else _stamp(f'{root}/{name}')}\n")
        digest.update("".join(lines).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def watched_folders(project: Project) -> tuple[Path, ...]:
    """The folders whose files are inputs of the build: seeds, pages, the user's theme and hooks."""
    found = [project.seeds, project.site_src]
    found.extend(path for path in _extras(project) if path.is_dir())
    return tuple(dict.fromkeys(path for path in found if path.is_dir()))


def _states(
    project: Project, known: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Each input: its label, when it was touched, and a function that tells what it holds."""

    def told(label: str, value: str) -> tuple[str, str, Callable[[], str]]:
        return label, value, lambda: value

    def file(label: str, path: str) -> tuple[str, str, Callable[[], str]]:
        return label, _touched(path), partial(_content, path)

    yield told("python", sys.version)
    yield told("epoch", os.environ.get("SOURCE_DATE_EPOCH", ""))
    yield told("settings", repr(project.settings))
    yield told("packages", ",".join(sorted(path.name for path in _site_packages().glob("*.dist-info"))))
    for path, name in _files(PACKAGE):
        if "__pycache__" not in name:
            yield told(f"package {name}", _stamp(path))
    files = [project.settings_file, project.mkdocs_file, project.entities, project.catalogue]
    for named in [*files, *([project.glossary] if project.glossary else [])]:
        yield file(f"file {named.name}", str(named))
    for path, name in _files(project.seeds):
        touched = _touched(path)
        yield f"seed {name}", touched, partial(_held, path, touched, known)
    for path, name in _files(project.site_src, {MANIFEST_NAME, *read_manifest(project.site_src)}):
        yield file(f"page {name}", path)
    for extra in _extras(project):
        for path, _ in _files(extra) if extra.is_dir() else [(str(extra), "")]:
            yield file(f"theme {path}", path)


def _files(folder: Path, but: Set[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Everything below `folder` that is no folder, in a fixed order: path, and path below `folder` with `/`.

    Links are not followed. Files whose path below `folder` is in `but` are left out.
    Tens of thousands of files are looked at in every build, so these are no `Path`s.
    """
    waiting = [(str(folder), "")]
    while waiting:
        place, below = waiting.pop()
        found: list[tuple[str, str]] = []
        inner: list[tuple[str, str]] = []
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    name = below + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        inner.append((entry.path, f"{name}/"))
                    elif name not in but:
                        found.append((entry.path, name))
        except OSError:
            continue
        waiting += sorted(inner)
        yield from sorted(found)


def _known(project: Project) -> dict[str, str]:
    """What `_content` tells of the seeds that the last build read, by what `_touched` told of them then."""
    read = read_contents(project.state / "seeds")
    return {"%d %d %d %d" % stamp: sha256 for stamp, sha256 in read.items() if stamp[1] <= _LARGE}  # noqa: UP031 -- a tuple's own


def _held(path: str, touched: str, known: Mapping[str, str]) -> str:
    """As `_content`, of a file that was `touched` then."""
    return known.get(touched) or _content(path)


def _content(path: str) -> str:
    try:
        state = os.lstat(path)
        if not stat.S_ISREG(state.st_mode):
            return f"kind {stat.S_IFMT(state.st_mode)}"
        if state.st_size > _LARGE:
            return f"size {state.st_size} time {state.st_mtime_ns}"
        # What has taken the file's place since is neither followed nor waited for.
        number = os.open(path, READING)
        try:
            digest = hashlib.sha256()
            while part := os.read(number, _LARGE):
                digest.update(part)
            return digest.hexdigest()
        finally:
            os.close(number)
    except OSError as error:
        return type(error).__name__


def _touched(path: str) -> str:
    try:
        state = os.lstat(path)
    except OSError as error:
        return type(error).__name__
    # A program can set the time of the content back, but not that of the change.
    return f"{state.st_ino} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}"


def _stamp(path: str) -> str:
    try:
        state = os.lstat(path)
    except OSError as error:
        return type(error).__name__
    return f"{state.st_size} {state.st_mtime_ns}"


def _site_packages() -> Path:
    return Path(sysconfig.get_paths()["purelib"])


def _extras(project: Project) -> tuple[Path, ...]:
    """What mkdocs.yml takes in besides docs_dir: the theme's custom_dir, hooks, an inherited configuration."""
    try:
        named = _named_extras(project.mkdocs_file.read_bytes())
    except OSError:
        return ()
    return tuple(project.root / name for name in named)


# Asked for at the beginning and at the end of a build.
@lru_cache(maxsize=2)
def _named_extras(mkdocs_yml: bytes) -> tuple[str, ...]:
    """The paths that `mkdocs_yml` names."""
    try:
        tree = read_yaml(mkdocs_yml, _TolerantLoader)
    except yaml.YAMLError:
        return ()
    if not isinstance(tree, dict):
        return ()
    theme = tree.get("theme")
    hooks = tree.get("hooks")
    named = [theme.get("custom_dir") if isinstance(theme, dict) else None, tree.get("INHERIT")]
    named.extend(hooks if isinstance(hooks, list) else [])
    return tuple(name for name in named if isinstance(name, str) and name)


class _TolerantLoader(yaml.SafeLoader):
    """Reads the plain parts of mkdocs.yml; its Python tags and environment variables become nothing."""


def _nothing(_loader: yaml.SafeLoader, _suffix: str, _node: yaml.Node) -> Any:
    return None


_TolerantLoader.add_multi_constructor("", _nothing)
