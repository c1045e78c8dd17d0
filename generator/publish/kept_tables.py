"""How the last build wrote its tables: kept beside the cache, believed where it is whole and they still stand so."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from generator.publish.files import replace_file
from generator.publish.kept import stamps_of
from generator.publish.manifest import read_manifest
from generator.publish.seal import DamagedError, sealed, unsealed
from generator.recall import TableMemory


def read_tables(path: Path, version: str) -> TableMemory:
    """What the file `path` remembers; nothing where it is missing or damaged, or another `version` wrote it."""
    with suppress(OSError, DamagedError, msgspec.DecodeError):
        memory = msgspec.msgpack.decode(unsealed(path.read_bytes()), type=TableMemory)
        if memory.version == version:
            return memory
    return TableMemory(version)


def stamped_tables(folder: Path, memory: TableMemory) -> TableMemory:
    """`memory` with how its files stand in `folder`, to be asked at once: later somebody may have changed them."""
    return msgspec.structs.replace(memory, stamps=stamps_of(folder, memory.stamps))


def write_tables(path: Path, memory: TableMemory) -> None:
    """Remember `memory`, which has the stamps of its files. Raises `EnvironmentFault`."""
    replace_file(path, sealed(msgspec.msgpack.encode(memory)))


class StandingTables:
    """The files of `memory` below `folder`, by their paths in it."""

    def __init__(self, folder: Path, memory: TableMemory) -> None:
        self._folder = folder
        self._stamps = memory.stamps
        self._generated = read_manifest(folder)

    def stands(self, name: str) -> bool:
        """Whether the file is as it was written."""
        stamp = self._stamps.get(name)
        return bool(stamp) and name in self._generated and stamps_of(self._folder, [name]).get(name) == stamp

    def read(self, name: str) -> bytes:
        """What is in the file; no bytes where it is not as it was written."""
        with suppress(OSError):
            if self.stands(name):
                return (self._folder / name).read_bytes()
        return b""
