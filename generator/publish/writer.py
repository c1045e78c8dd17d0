"""Bringing site_src/ to what was generated: write what differs, prune what is gone, touch nothing of the user's."""

from __future__ import annotations

import filecmp
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.errors import CheckFailed
from generator.model import Issue
from generator.publish.files import faults_named, holds, replace_file
from generator.publish.manifest import MANIFEST_NAME, are_paths, read_manifest, write_manifest

IGNORE_NAME = ".gitignore"

Content = bytes | Path
"""What a file is to hold, or a file that is to take its place: a temporary one, which is then gone."""

# What MkDocs makes a page of, and what stands for a page that moved.
_PAGES = (".md", ".html")


@dataclass(frozen=True, slots=True)
class Written:
    """What one run of the writer did. Paths are relative to the folder, with `/`."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    issues: tuple[Issue, ...]
    """A warning for each generated file that a file of the user stands in for."""


def write_generated(folder: Path, files: Mapping[str, Content], kept: frozenset[str] = frozenset()) -> Written:
    """Make the generated part of `folder` equal to `files`; those named in `kept` are its own and stay as they are.

    As `Writing`, in one step.
    """
    return Writing(folder).rest(files, kept)


class Writing:
    """One run of the writer: pages first, then the rest, once it is made.

    A file that is not in the manifest is never overwritten or deleted, unless it already has the very
    content. The manifest is widened before the first write and narrowed after the last, so that a run
    that was killed leaves no file that the next one would take for the user's.

    Each step raises `EnvironmentFault` where the disk says no, `CheckFailed` for a path that is not portable.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known = read_manifest(folder)
        self._done: frozenset[str] = frozenset()
        self._given: frozenset[str] = frozenset()

    def pages(self, files: Mapping[str, Content], kept: frozenset[str], awaited: Iterable[str]) -> Written:
        """Write `files`, all pages among them; `kept` stand as they are to be, `awaited` are sure to come later.

        Pages that are no longer generated go; whatever else stands may be among what is still to come.
        """
        _require_portable({*files, *kept, *awaited})
        gone = {name for name in self._known.difference(files, kept) if name.endswith(_PAGES)}
        return self._step(files, kept, gone)

    def rest(self, files: Mapping[str, Content], kept: frozenset[str]) -> Written:
        """Write all others, and remove what is no longer generated."""
        files = {**files, IGNORE_NAME: _ignored([*files, *kept, *self._given])}
        _require_portable([*files, *kept, *self._given])
        done = self._step(files, kept, self._known.difference(files, kept, self._given))
        write_manifest(self._folder, self._done)
        return done

    def _step(self, files: Mapping[str, Content], kept: frozenset[str], gone: Iterable[str]) -> Written:
        folder, known = self._folder, self._known
        removed = _prune(folder, gone)
        issues: list[Issue] = []
        ours: list[str] = []
        for name in sorted(files):
            if name in known or not _occupied(folder, name) or _is(folder, name, files[name]):
                ours.append(name)
            elif name != IGNORE_NAME:
                issues.append(
                    Issue(
                        "warning",
                        "hand-made",
                        f"{folder.name}/{name}",
                        "this file was not generated, so it stays and the generated page is left out",
                        "rename or delete it to get the generated page",
                    )
                )
        self._given = self._given.union(files, kept)
        self._done = self._done.union(ours, kept)
        if not known.issuperset(ours):
            write_manifest(folder, known | self._done)
        # Whoever made a file of its own has compared it with what stands there.
        written = [name for name in ours if isinstance(files[name], Path) or not _is(folder, name, files[name])]
        within: set[Path] = set()
        for name in written:
            _write(folder, name, files[name], within)
        return Written(tuple(written), len(ours) + len(kept) - len(written), removed, tuple(issues))


def remove_generated(folder: Path) -> tuple[str, ...]:
    """Delete every file of `folder` that the manifest lists, and the manifest; the paths that went."""
    removed = _prune(folder, read_manifest(folder))
    with faults_named(folder):
        (folder / MANIFEST_NAME).unlink(missing_ok=True)
    return removed


def _is(folder: Path, name: str, content: Content) -> bool:
    """Whether the file `name` has that content."""
    if isinstance(content, bytes):
        return holds(f"{folder}/{name}", content)
    with suppress(OSError):
        return filecmp.cmp(folder / name, content, shallow=False)
    return False


def _write(folder: Path, name: str, content: Content, within: set[Path]) -> None:
    """Write the file `name`. What is found to lie within `folder` is added to those folders that are known to."""
    path = folder / name
    with faults_named(path):
        if path.parent not in within:
            if not path.parent.resolve().is_relative_to(folder.resolve()):
                raise CheckFailed(f"{path} leads out of {folder}", "remove the symbolic link on that path")
            within.add(path.parent)
        # A folder of ours may have been left where a file is due now; it is empty after pruning.
        with suppress(OSError):
            path.rmdir()
        put_file(path, content)


def put_file(path: Path, content: Content) -> None:
    """Write `path` whole or not at all. Raises `EnvironmentFault` where the disk says no."""
    if isinstance(content, bytes):
        replace_file(path, content)
        return
    with faults_named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            content.replace(path)
            return
        # It lies on another disk, or the disk will say once more why not.
        replace_file(path, content.read_bytes())
        content.unlink()


def _prune(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    removed: list[str] = []
    for name in sorted(names):
        path = folder / name
        with faults_named(path):
            try:
                path.unlink()
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                continue
        removed.append(name)
        for parent in path.relative_to(folder).parents:
            if parent == Path():
                break
            try:
                (folder / parent).rmdir()
            except OSError:
                break
    return tuple(removed)


def _occupied(folder: Path, name: str) -> bool:
    """Whether something of the user stands at `name`, or a file of the user where a folder is due."""
    path = folder / name
    if path.is_symlink() or path.is_file():
        return True
    if path.is_dir():
        return any(path.iterdir())
    return any((folder / parent).is_file() for parent in path.relative_to(folder).parents if parent != Path())


def _require_portable(names: Iterable[str]) -> None:
    """Raise `CheckFailed` for paths that leave the folder or that some file system would take for one another."""
    names = list(names)
    # Tens of thousands of names, of which hardly any holds a capital letter: no other can be taken for one of these.
    plain = {name for name in names if name.islower() and name.isascii()}
    others = [name for name in names if name not in plain]
    if (
        are_paths(names)
        and len(plain) + len(others) == len(names)
        and plain.isdisjoint(unicodedata.normalize("NFC", name).casefold() for name in others)
    ):
        names = others
    seen: dict[str, str] = {}
    for name in names:
        parts = name.split("/")
        if "\\" in name or "\0" in name or any(part in ("", ".", "..") for part in parts):
            raise CheckFailed(f"{name!r} is not a path below the site's folder")
        folded = (name if name.isascii() else unicodedata.normalize("NFC", name)).casefold()
        if folded in seen:
            raise CheckFailed(f"{seen[folded]!r} and {name!r} are one file on some systems")
        seen[folded] = name


def _ignored(names: Iterable[str]) -> bytes:
    """A `.gitignore` for the generated files: their top folders, and the files that lie loose."""
    tops = sorted({f"/{name.split('/', maxsplit=1)[0]}{'/' if '/' in name else ''}" for name in names})
    return ("\n".join([*tops, f"/{IGNORE_NAME}", f"/{MANIFEST_NAME}"]) + "\n").encode()
