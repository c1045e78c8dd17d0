"""Which pages of site_src/ need not be made again: what they asked in the last build, and that they stand as written.

A file is taken for the one that was written where size, time and inode are the same, as version control tells it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from generator.publish.census import stamp
from generator.publish.files import replace_file
from generator.publish.manifest import read_manifest
from generator.publish.seal import DamagedError, sealed, unsealed
from generator.recall import PageMemory
from generator.session import Session

_Stamp = tuple[int, int, int]


# The name by which a session holds what is remembered.
_HELD = "pages"


def _nothing() -> None:
    """What is said of a damaged memory where nobody asks."""


def read_pages(
    path: Path,
    folder: Path,
    version: str,
    damaged: Callable[[], None] = _nothing,
    session: Session | None = None,
) -> PageMemory:
    """What is remembered in the file `path` of the pages in `folder` that stand as they were written.

    Nothing where the file is missing or damaged, or where another `version` made the pages; `damaged` is called where
    it cannot be believed. A `session` that lasts has what the same process wrote there.
    """
    read = partial(_read, path)
    memory = session.hold(_HELD, stamp(path), read) if session and session.lasting else read()
    if memory is None:
        damaged()
    if memory is None or memory.version != version:
        return PageMemory(version)
    there = stamps_of(folder, read_manifest(folder).intersection(memory.stamps))
    stamps = {name: stood for name, stood in memory.stamps.items() if there.get(name) == stood}
    pages = {name: place for name, place in memory.pages.items() if name in stamps}
    return msgspec.structs.replace(memory, pages=pages, stamps=stamps)


def _read(path: Path) -> PageMemory | None:
    """What the file `path` remembers; `None`: it is damaged."""
    try:
        return msgspec.msgpack.decode(unsealed(path.read_bytes()), type=PageMemory)
    except OSError:
        return PageMemory()
    except (DamagedError, msgspec.DecodeError):
        return None


def stamped_pages(folder: Path, memory: PageMemory) -> PageMemory:
    """`memory` with how its pages stand in `folder`, to be asked at once: later somebody may have changed them.

    Those of which `memory` has the stamps stand as they did when it was read, or somebody has changed them since.
    """
    made = stamps_of(folder, memory.pages.keys() - memory.stamps.keys())
    return msgspec.structs.replace(memory, stamps=memory.stamps | made)


def write_pages(path: Path, memory: PageMemory, session: Session | None = None) -> None:
    """Remember `memory`, which has the stamps of its pages; a lasting `session` does too. Raises `EnvironmentFault`."""
    replace_file(path, sealed(msgspec.msgpack.encode(memory)))
    if session and session.lasting:
        session.hold(_HELD, stamp(path), lambda: memory)


def stamps_of(folder: Path, names: Iterable[str]) -> dict[str, tuple[int, int, int]]:
    """Size, time and inode of each file of `names` that there is below `folder`, by its path in it."""
    root = os.fspath(folder)
    found: dict[str, _Stamp] = {}
    for name in names:
        with suppress(OSError):
            state = os.stat(f"{root}/{name}", follow_symlinks=False)  # noqa: PTH116 -- tens of thousands of times
            found[name] = (state.st_size, state.st_mtime_ns, state.st_ino)
    return found
