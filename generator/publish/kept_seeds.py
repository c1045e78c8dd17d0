"""The seeds as the last build read them, and the copies of them beside the pages: what need not be read again.

A file is taken for the one that was read where its inode, size and both of its times are the same: a program can set
the time of the content back, but not that of the change. The pipeline leaves out what changed so short a time before it
was read that a second change might bear the same time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.publish.files import replace_file
from generator.publish.manifest import read_manifest
from generator.publish.seal import DamagedError, sealed, unsealed, unsealed_view
from generator.recall import SeedMemory, Stamp, Stamps


class _Kept(msgspec.Struct, frozen=True):
    memory: SeedMemory
    copies: dict[str, tuple[Stamp, str]]


class _Read(msgspec.Struct, frozen=True, array_like=True):
    """As much of a `SeedRecord`."""

    stamps: Stamps
    sha256: str = ""


class _ReadMemory(msgspec.Struct, frozen=True):
    seeds: dict[str, _Read] = {}


class _ReadOnly(msgspec.Struct, frozen=True):
    memory: _ReadMemory


def read_contents(path: Path) -> dict[Stamp, str]:
    """What the seeds of the last build held, by how they stood: their SHA-256, whatever that build's version was.

    Nothing where the file `path` is missing or damaged.
    """
    with suppress(OSError, DamagedError, msgspec.DecodeError):
        kept = msgspec.msgpack.decode(unsealed_view(path.read_bytes()), type=_ReadOnly)
        return {one.stamps[0]: one.sha256 for one in kept.memory.seeds.values() if one.sha256}
    return {}


def read_seeds(path: Path, folder: Path, version: str) -> tuple[SeedMemory, dict[str, str]]:
    """What the file `path` remembers of seeds; and the generated copies in `folder` that stand as they were written.

    Those are by path in it, each with the digest of its seed. Nothing where the file is missing or damaged, or another
    `version` wrote it.
    """
    with suppress(OSError, DamagedError, msgspec.DecodeError):
        kept = msgspec.msgpack.decode(unsealed(path.read_bytes()), type=_Kept)
        if kept.memory.version == version:
            generated = read_manifest(folder)
            stamps = _stamps(folder, generated.intersection(kept.copies))
            return kept.memory, {name: kept.copies[name][1] for name in stamps if kept.copies[name][0] == stamps[name]}
    return SeedMemory(version), {}


def stamped_copies(folder: Path, copies: Mapping[str, str]) -> dict[str, tuple[Stamp, str]]:
    """How the `copies`, each with its seed's digest, stand in `folder`; to be asked at once, as `stamped_pages` is."""
    stamps = _stamps(folder, copies)
    return {name: (stamps[name], sha256) for name, sha256 in copies.items() if name in stamps}


def write_seeds(path: Path, memory: SeedMemory, copies: dict[str, tuple[Stamp, str]]) -> None:
    """Remember `memory` and the `copies`, as `stamped_copies` gives them. Raises `EnvironmentFault`."""
    replace_file(path, sealed(msgspec.msgpack.encode(_Kept(memory, copies))))


def _stamps(folder: Path, names: Iterable[str]) -> dict[str, Stamp]:
    root = os.fspath(folder)
    found: dict[str, Stamp] = {}
    for name in names:
        with suppress(OSError):
            state = os.stat(f"{root}/{name}", follow_symlinks=False)  # noqa: PTH116 -- tens of thousands of times
            found[name] = (state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    return found
