"""Opening what lies below a folder, part by part: whatever somebody swaps meanwhile, no part is a link.

A path is looked up anew each time it is used, and a link that takes the place of a folder in it leads elsewhere. So
each folder is opened from the one that holds it, which stays open, and files from their own folder. Where a system
opens nothing by descriptor (Windows), paths are used.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Literal

Parts = tuple[str, ...]
Kind = Literal["folder", "linked folder", "other"]

# To read only, no link, not waiting for somebody who writes to a pipe.
READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_BY_DESCRIPTOR = {os.open, os.stat} <= os.supports_dir_fd and os.scandir in os.supports_fd


class NotThereError(Exception):
    """A link, a device or a pipe stands where a file or a folder was looked for."""


class Folders:
    """The folders below `root`. The one last asked for stays open, and those that it lies in."""

    def __init__(self, root: Path) -> None:
        """`root` may be a link: where the seeds are is for their owner to say. Raises `OSError`."""
        self._root = root
        self._parts: Parts = ()
        self._open: list[int] = [os.open(root, _FOLDER)] if _BY_DESCRIPTOR else []

    def __enter__(self) -> Folders:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        while self._open:
            os.close(self._open.pop())

    def listed(self, folder: Parts) -> list[tuple[str, Kind]]:
        """Name and kind of each entry of `folder`.

        Raises `NotThereError` where `folder` is none any more, and `OSError`.
        """
        place = self._entered(folder) if _BY_DESCRIPTOR else self._path(folder)
        with os.scandir(place) as entries:
            return [(entry.name, _kind(entry)) for entry in entries]

    def state(self, file: Parts) -> os.stat_result:
        """How `file` stands, links not followed.

        Raises `NotThereError` where its folder is none any more, and `OSError`.
        """
        if _BY_DESCRIPTOR:
            return os.stat(file[-1], dir_fd=self._entered(file[:-1]), follow_symlinks=False)
        return os.stat(self._path(file), follow_symlinks=False)  # noqa: PTH116 -- a path is made for it alone

    @contextmanager
    def opened(self, file: Parts) -> Iterator[int]:
        """The regular file `file`, open for reading. Raises `NotThereError` where it is none, and `OSError`."""
        if _BY_DESCRIPTOR:
            folder: int | None = self._entered(file[:-1])
            name = file[-1]
        else:
            folder, name = None, self._path(file)
        # Looked at before as well: to open a device can do something.
        if not stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            raise NotThereError
        with _no_link():
            descriptor = os.open(name, READING, dir_fd=folder)
        try:
            # What stands there when it is opened counts, not what stood there a moment before.
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NotThereError
            yield descriptor
        finally:
            os.close(descriptor)

    def _entered(self, folder: Parts) -> int:
        """The descriptor of `folder`."""
        shared = 0
        while shared < min(len(folder), len(self._parts)) and folder[shared] == self._parts[shared]:
            shared += 1
        while len(self._parts) > shared:
            self._parts = self._parts[:-1]
            os.close(self._open.pop())
        for name in folder[shared:]:
            with _no_link():
                self._open.append(os.open(name, _FOLDER | READING, dir_fd=self._open[-1]))
            self._parts = (*self._parts, name)
        return self._open[-1]

    def _path(self, parts: Parts) -> str:
        return str(self._root.joinpath(*parts))


@contextmanager
def _no_link() -> Iterator[None]:
    """`NotThereError` for what a system says of a link that it is not to follow, or of a pipe or socket."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.ENOTDIR):
            raise NotThereError from error
        raise


def _kind(entry: os.DirEntry[str]) -> Kind:
    # A junction of Windows is a link to a folder, which only Python 3.12 and newer tell.
    if entry.is_symlink() or getattr(entry, "is_junction", bool)():
        # A link may lead in a circle.
        with suppress(OSError):
            return "linked folder" if entry.is_dir() else "other"
        return "other"
    return "folder" if entry.is_dir(follow_symlinks=False) else "other"
