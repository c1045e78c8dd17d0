"""Encoded values by key: some megabytes of them in memory, the rest in a file without a name.

The digests of a hundred thousand articles are a gigabyte, of which a stage reads a part of each once. The file goes
with the process, whatever ends it. It is read at offsets, which a forked process can do beside this one; mapped into
memory, what was read would count as memory.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path

# The digests of some seven thousand articles of the usual length: most corpora need no file.
HELD = 64_000_000
# Below this, as bits, is the length of a value in the file; above, where it begins.
_LENGTH = 32


class Stowed:
    """Encoded values by key, which are put here once and asked for in any order."""

    def __init__(self, folder: Path | None = None) -> None:
        """The file is made in `folder`; where there is none, or no file can be made, all values stay in memory."""
        self._folder = folder if hasattr(os, "pread") else None
        self._room = HELD
        self._values: dict[str, bytes | int] = {}
        self._file = -1
        self._size = 0

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __getitem__(self, key: str) -> bytes:
        value = self._values[key]
        if isinstance(value, bytes):
            return value
        return os.pread(self._file, value & ((1 << _LENGTH) - 1), value >> _LENGTH)

    def put(self, values: Mapping[str, bytes]) -> None:
        """Keep `values`."""
        for key, value in values.items():
            self._room -= len(value)
            self._values[key] = self._written(value) if self._room < 0 else value

    def keep(self, keys: Iterable[str]) -> None:
        """Forget all values but those of `keys`, which are here."""
        self._values = {key: self._values[key] for key in keys}
        self._room = HELD - sum(len(value) for value in self._values.values() if isinstance(value, bytes))

    def replace(self, key: str, value: bytes) -> None:
        """Have this value in the place of another: in this process alone, not in one that was forked of it."""
        self._values[key] = value

    def _written(self, value: bytes) -> int | bytes:
        """Where in the file the value is, or itself where it cannot be there."""
        if self._folder is None:
            return value
        try:
            if self._file < 0:
                file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 -- it goes with this object
                weakref.finalize(self, file.close)
                self._file = file.fileno()
            if os.pwrite(self._file, value, self._size) == len(value):
                self._size += len(value)
                return (self._size - len(value)) << _LENGTH | len(value)
        except OSError:
            # The disk is full, or nothing may be written there.
            pass
        self._folder = None
        return value
