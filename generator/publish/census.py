"""What stands in a folder, looked at once: the stamp of every file, in one pass over the folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

Stamp = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, inode."""
_FIRST = ("index", "README")


@dataclass(frozen=True, slots=True)
class Census:
    """The files of one folder. Paths are relative to it, with `/`."""

    files: dict[str, Stamp] = field(default_factory=dict)
    """Every regular file: of each folder those named `index` first, then by name, then what is in its folders."""
    folders: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Mode, owner and group of every folder, of the folder itself as the empty path; those above come first."""
    odd: tuple[str, ...] = ()
    """What is neither: links, devices, what lies on another disk, and folders that cannot be read."""
    device: int = -1
    """The disk; -1 where there is no such folder."""


def taken(folder: str | os.PathLike[str]) -> Census:
    """The census of `folder`; an empty one where there is none. No link is followed but `folder` itself."""
    root = os.fspath(folder)
    try:
        state = os.stat(root)  # noqa: PTH116 -- the module works on texts throughout
    except OSError:
        return Census()
    if not stat.S_ISDIR(state.st_mode):
        return Census()
    device = state.st_dev
    files: dict[str, Stamp] = {}
    folders = {"": (state.st_mode, state.st_uid, state.st_gid)}
    odd: list[str] = []
    ahead = [""]
    while ahead:
        below = ahead.pop()
        try:
            with os.scandir(f"{root}/{below}") as entries:
                # On Windows an entry knows neither inode nor device.
                found = [(entry.name, _state(entry)) for entry in entries]
        except OSError:
            # It may not be read, or it changes at this moment.
            odd.append(below.removesuffix("/"))
            continue
        inner: list[str] = []
        for name, state in _ordered(found):
            kind = stat.S_IFMT(state.st_mode)
            if state.st_dev != device:
                odd.append(below + name)
            elif kind == stat.S_IFREG:
                files[below + name] = (state.st_size, state.st_mtime_ns, state.st_ino)
            elif kind == stat.S_IFDIR:
                folders[below + name] = (state.st_mode, state.st_uid, state.st_gid)
                inner.append(f"{below}{name}/")
            else:
                odd.append(below + name)
        ahead.extend(reversed(inner))
    return Census(files, folders, tuple(odd), device)


def stamp(path: str | Path) -> Stamp | None:
    """The stamp of the regular file at `path`, or `None` where there is none."""
    try:
        state = os.stat(path, follow_symlinks=False)  # noqa: PTH116 -- tens of thousands of times
    except OSError:
        return None
    return (state.st_size, state.st_mtime_ns, state.st_ino) if stat.S_ISREG(state.st_mode) else None


if os.name == "nt":

    def _state(entry: os.DirEntry[str]) -> os.stat_result:
        return os.stat(entry.path, follow_symlinks=False)  # noqa: PTH116 -- the module works on texts throughout

else:

    def _state(entry: os.DirEntry[str]) -> os.stat_result:
        return entry.stat(follow_symlinks=False)


def _ordered(found: Sequence[tuple[str, os.stat_result]]) -> list[tuple[str, os.stat_result]]:
    """As MkDocs orders what it finds in a folder."""
    ordered = sorted(found, key=itemgetter(0))
    # Few begin so, and to split a name takes ten times as long.
    first = [
        entry
        for entry in ordered
        if entry[0].startswith(_FIRST) and os.path.splitext(entry[0])[0] in _FIRST  # noqa: PTH122 -- texts throughout
    ]
    if not first:
        return ordered
    names = {name for name, _ in first}
    return first + [entry for entry in ordered if entry[0] not in names]
