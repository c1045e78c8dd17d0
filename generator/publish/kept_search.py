"""What the last build's search index leaves to the next: kept beside the cache, believed only where it is whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.publish.manifest import read_manifest
from generator.publish.seal import DamagedError, sealed, unsealed
from generator.recall import SearchMemory


def read_search(path: Path, version: str) -> SearchMemory:
    """What the file `path` remembers; nothing where it is missing or damaged, or another `version` wrote it."""
    with suppress(OSError, DamagedError, msgspec.DecodeError):
        memory = msgspec.msgpack.decode(unsealed(path.read_bytes()), type=SearchMemory)
        if memory.version == version:
            return memory
    return SearchMemory(version)


def sealed_search(memory: SearchMemory) -> bytes:
    """`memory` as `read_search` reads it."""
    return sealed(msgspec.msgpack.encode(memory))


def standing(folder: Path) -> Callable[[str], bytes]:
    """Reads generated files below `folder` by their paths in it; no bytes where there is no such file of its own."""
    generated = read_manifest(folder)

    def read(name: str) -> bytes:
        with suppress(OSError):
            if name in generated:
                return (folder / name).read_bytes()
        return b""

    return read
