"""The key points of the last build's articles: kept beside the cache, believed only where they are whole."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from generator.publish.files import replace_file
from generator.publish.seal import DamagedError, sealed, unsealed
from generator.recall import PointMemory


def read_points(path: Path, version: str) -> PointMemory:
    """What the file `path` remembers; nothing where it is missing or damaged, or another `version` wrote it."""
    with suppress(OSError, DamagedError, msgspec.DecodeError):
        memory = msgspec.msgpack.decode(unsealed(path.read_bytes()), type=PointMemory)
        if memory.version == version:
            return memory
    return PointMemory(version)


def write_points(path: Path, memory: PointMemory) -> None:
    """Remember `memory` in the file `path`. Raises `EnvironmentFault`."""
    replace_file(path, sealed(msgspec.msgpack.encode(memory)))
