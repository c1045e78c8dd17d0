"""The folder of the last site but one, kept as the place in which the next site is made.

A site of tens of thousands of files differs from its successor in some hundred. To give each unchanged file its name in
a new folder, and to delete as many names with the old one, takes longer than to make what changed. So the folder of the
old site stays, among what is kept between builds, without the files that the new one does not have: what is left are
second names (hard links) of files of the site, which take no room of their own. The next build gives it what it lacks.

Nothing in it is believed. Before it is used each file in it has to be the very file that stands in the site under the
same name, and each folder has to be what the site's is; what is not goes. A file of it that somebody edits is so edited
in the site as well, where its size and time tell.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path

from generator.publish.census import Census

_FolderState = tuple[int, int, int]


TWIN_NAME = "twin"
"""What it is called in the folder of what is kept between builds."""


def settle(staged: Path, twin: Path | None, site: Path, standing: Census, wanted: Set[str]) -> set[str]:
    """Make `staged` a folder of exactly those files of `site` that are `wanted`; those that it has then.

    It is made of the `twin`, where that can be. `standing` is the census of `site`. Files are linked, never copied:
    where the disk knows no hard links, what is not there already is left out. Raises `OSError` where something in
    `staged` cannot be removed.
    """
    _remove(staged)
    if not wanted:
        return set()
    if twin:
        _adopt(twin, staged)
    folders: set[str] = set()
    there = _there(staged, standing, folders)
    if there is None:
        _remove(staged)
        there = {}
        folders.clear()
    root = os.fspath(staged)
    # A folder may hold what was not looked at, such as one on another disk.
    has = {name for name, inode in there.items() if name in wanted and inode == standing.files[name][2]}
    for name in there.keys() - has:
        os.unlink(f"{root}/{name}")  # noqa: PTH108 -- tens of thousands of times, where another site stood there
    has.update(_linked(root, os.fspath(site), sorted(wanted - has)))
    _remove_empty(root, folders, has)
    return has


def retire(old: Path, twin: Path, kept: Set[str]) -> None:
    """Let `old`, a site that was replaced, be the `twin` of the new one, which has the files `kept` in common with it.

    Nothing that only the old site held stays. Where that cannot be, `old` is deleted.
    """
    try:
        if not kept:
            raise FileNotFoundError
        if twin.is_symlink() or twin.is_file():
            twin.unlink()
        else:
            shutil.rmtree(twin, ignore_errors=True)
        old.rename(twin)
        root = os.fspath(twin)
        for _, files in _listed(root):
            for name in files.keys() - kept:
                os.unlink(f"{root}/{name}")  # noqa: PTH108 -- texts take a tenth of the time that paths take
    except OSError:
        shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(twin, ignore_errors=True)


def discard(twin: Path) -> None:
    """Delete the `twin`. Raises `OSError`."""
    _remove(twin)


def _adopt(twin: Path, staged: Path) -> None:
    try:
        if twin.is_symlink():
            # Somebody's own folder would become the site.
            twin.unlink()
        else:
            twin.rename(staged)
    except OSError:
        # There is none, or it lies on another disk than the site.
        shutil.rmtree(twin, ignore_errors=True)


def _there(staged: Path, standing: Census, folders: set[str]) -> dict[str, int] | None:
    """Inode by name of all in `staged` that is no folder; `None` where a folder of it is not as the site's.

    The folders in it are added to `folders`.
    """
    root = os.fspath(staged)
    try:
        if os.lstat(root).st_dev != standing.device or _state(root) != standing.folders.get(""):
            return None
        found: dict[str, int] = {}
        for inner, files in _listed(root):
            for name in inner:
                if name in standing.files or (
                    name in standing.folders and _state(f"{root}/{name}") != standing.folders[name]
                ):
                    return None
                if os.lstat(f"{root}/{name}").st_dev != standing.device:
                    return None
            folders.update(inner)
            found.update(files)
    except OSError:
        return None
    return found


def _listed(root: str) -> Iterator[tuple[list[str], dict[str, int]]]:
    """Folder by folder what is in it, by its path below `root`: folders, and the inode of each file."""
    ahead = [""]
    while ahead:
        below = ahead.pop()
        with os.scandir(f"{root}/{below}") as entries:
            inner: list[str] = []
            files: dict[str, int] = {}
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    inner.append(below + entry.name)
                else:
                    files[below + entry.name] = entry.inode()
        ahead += [f"{name}/" for name in inner]
        yield inner, files


def _linked(root: str, site: str, names: Iterable[str]) -> Iterator[str]:
    """Link those files of `site`; yields each that could be."""
    made: set[str] = set()
    for name in names:
        folder = name.rpartition("/")[0]
        if folder not in made:
            os.makedirs(f"{root}/{folder}", exist_ok=True)  # noqa: PTH103 -- as above
            made.add(folder)
        # The disk may know no hard links, or no more of them for this file.
        with suppress(OSError):
            os.link(f"{site}/{name}", f"{root}/{name}")
            yield name


def _remove_empty(root: str, folders: Set[str], files: Iterable[str]) -> None:
    """Remove those of the `folders` below `root` in which none of the `files` is."""
    needed: set[str] = set()
    for folder in {name.rpartition("/")[0] for name in files}:
        above = folder
        while above and above not in needed:
            needed.add(above)
            above = above.rpartition("/")[0]
    for folder in sorted(folders - needed, reverse=True):
        # What came meanwhile stays.
        with suppress(OSError):
            os.rmdir(f"{root}/{folder}")  # noqa: PTH106 -- texts as everywhere here


def _state(path: str) -> _FolderState:
    state = os.lstat(path)
    return state.st_mode, state.st_uid, state.st_gid


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
