"""What a build depends on, as one digest: while it stays the same, the site is current."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from generator.publish.manifest import MANIFEST_NAME, read_manifest
from generator.settings import Project

PACKAGE = Path(__file__).parent

# A hand-made film or font is told by size and time; to read it at every build would cost more than it tells.
_LARGE = 1_000_000


def input_digest(project: Project) -> str:
    """A digest of seeds, settings, decisions, hand-made pages, theme, package and what it runs on.

    Raises nothing for files that cannot be read: that they cannot is part of the digest.
    """
    return _digested(_states(project, _content))


def input_stamps(project: Project) -> str:
    """A digest of when the inputs were last touched; it reads no file.

    While it stays the same nobody touched them: not even to change a seed and to change it back.
    """
    return _digested(_states(project, _touched))


def output_digest(project: Project) -> str:
    """A digest of names, sizes and times of the built site, the generated files of site_src/ and the addresses.

    It tells whether anyone touched them since the build that recorded it.
    """
    digest = hashlib.sha256()
    generated = sorted(read_manifest(project.site_src))
    ours = [project.permalinks, project.changes, *(project.site_src / name for name in (MANIFEST_NAME, *generated))]
    for path in [*ours, *_files(project.site)]:
        digest.update(f"{path}\0{_stamp(path)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def watched_folders(project: Project) -> tuple[Path, ...]:
    """The folders whose files are inputs of the build: seeds, pages, the user's theme and hooks."""
    found = [project.seeds, project.site_src]
    found.extend(path for path in _extras(project) if path.is_dir())
    return tuple(dict.fromkeys(path for path in found if path.is_dir()))


def _digested(states: Iterable[tuple[str, str]]) -> str:
    digest = hashlib.sha256()
    for label, state in states:
        digest.update(f"{label}\0{state}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _states(project: Project, look: Callable[[Path], str]) -> Iterator[tuple[str, str]]:
    yield "python", sys.version
    yield "epoch", os.environ.get("SOURCE_DATE_EPOCH", "")
    yield "settings", repr(project.settings)
    yield "packages", ",".join(sorted(path.name for path in _site_packages().glob("*.dist-info")))
    for path in _files(PACKAGE):
        if "__pycache__" not in path.parts:
            yield f"package {path.relative_to(PACKAGE)}", _stamp(path)
    files = [project.settings_file, project.mkdocs_file, project.entities]
    for file in [*files, *([project.glossary] if project.glossary else [])]:
        yield f"file {file.name}", look(file)
    for path in _files(project.seeds):
        yield f"seed {path.relative_to(project.seeds)}", look(path)
    generated = read_manifest(project.site_src)
    for path in _files(project.site_src):
        name = path.relative_to(project.site_src).as_posix()
        if name not in generated and name != MANIFEST_NAME:
            yield f"page {name}", look(path)
    for extra in _extras(project):
        for path in _files(extra) if extra.is_dir() else [extra]:
            yield f"theme {path}", look(path)


def _files(folder: Path) -> Iterator[Path]:
    """Everything below `folder` that is not a folder, in a fixed order; links are not followed."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(parent) / name for name in sorted(names))


def _content(path: Path) -> str:
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode):
            return f"kind {stat.S_IFMT(state.st_mode)}"
        if state.st_size > _LARGE:
            return f"size {state.st_size} time {state.st_mtime_ns}"
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return type(error).__name__


def _touched(path: Path) -> str:
    try:
        state = path.lstat()
    except OSError as error:
        return type(error).__name__
    # A program can set the time of the content back, but not that of the change.
    return f"{state.st_ino} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}"


def _stamp(path: Path) -> str:
    try:
        state = path.lstat()
    except OSError as error:
        return type(error).__name__
    return f"{state.st_size} {state.st_mtime_ns}"


def _site_packages() -> Path:
    return Path(sysconfig.get_paths()["purelib"])


def _extras(project: Project) -> tuple[Path, ...]:
    """What mkdocs.yml takes in besides docs_dir: the theme's custom_dir, hooks, an inherited configuration."""
    try:
        tree = yaml.load(project.mkdocs_file.read_bytes(), Loader=_TolerantLoader)  # noqa: S506 -- a SafeLoader in which unknown tags are nothing
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        return ()
    if not isinstance(tree, dict):
        return ()
    theme = tree.get("theme")
    hooks = tree.get("hooks")
    named = [theme.get("custom_dir") if isinstance(theme, dict) else None, tree.get("INHERIT")]
    named.extend(hooks if isinstance(hooks, list) else [])
    return tuple(project.root / name for name in named if isinstance(name, str) and name)


class _TolerantLoader(yaml.SafeLoader):
    """Reads the plain parts of mkdocs.yml; its Python tags and environment variables become nothing."""


def _nothing(_loader: yaml.SafeLoader, _suffix: str, _node: yaml.Node) -> Any:
    return None


_TolerantLoader.add_multi_constructor("", _nothing)
