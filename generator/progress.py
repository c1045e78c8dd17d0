"""Progress for people: a moving line on a terminal, one line per stage elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

# Work that ends within two seconds needs no progress; a line that moves more often than ten times a
# second only costs time.
_PATIENCE = 2.0
_INTERVAL = 0.1


class Progress:
    """Says on `stream` what the run is doing. `verbose` adds a line with its time for each stage that ended."""

    def __init__(
        self,
        stream: TextIO | None = None,
        *,
        quiet: bool = False,
        verbose: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream or sys.stderr
        self._terminal = not quiet and self._stream.isatty()
        self._quiet = quiet
        self._verbose = verbose
        self._clock = clock
        self.timings: dict[str, float] = {}
        """Seconds per stage, in the order in which stages ended."""
        self.parts: dict[str, float] = {}
        """Processor seconds by part of a stage, over all processes, where the stage told."""
        self._stage, self._within = "", 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the block as the stage `name`; says so where it took long or the run is verbose.

        The time of a stage within another is its own and not the other's.
        """
        begin = self._clock()
        outer, before = self._stage, self._within
        self._stage, self._within = name, 0.0
        if self._terminal:
            self._show(f"{name} …")
        try:
            yield
        finally:
            whole = self._clock() - begin
            seconds = whole - self._within
            self._stage, self._within = outer, before + whole
            self.timings[name] = self.timings.get(name, 0.0) + seconds
            self._clear()
            if not self._quiet and (self._verbose or seconds >= _PATIENCE):
                self._write(f"{name}: {seconds:.1f} s\n")
            if self._terminal and outer:
                self._show(f"{outer} …")

    def meter(self, name: str) -> Callable[[int, int], None]:
        """A function to call with (done, to do): shows how many are done, how fast, and the time left."""
        begin = shown = self._clock()

        def show(done: int, total: int) -> None:
            nonlocal shown
            now = self._clock()
            if self._terminal and now - begin >= _PATIENCE and now - shown >= _INTERVAL and done:
                shown = now
                rate = done / (now - begin)
                self._show(f"{name} {done}/{total}, {rate:.0f}/s, {max(total - done, 0) / rate:.0f} s left")

        return show

    def table(self) -> list[str]:
        """Where the time went, as lines: each stage, each part of one, its seconds and its share."""
        lines: list[str] = []
        for title, seconds in (("stage", self.timings), ("part, in processor time", self.parts)):
            total = sum(seconds.values())
            if total:
                lines.append(f"{title:<42}{'seconds':>10}{'share':>8}")
                rows = sorted(seconds.items(), key=lambda row: -row[1])
                lines.extend(f"{name:<42}{spent:>10.2f}{spent / total:>8.0%}" for name, spent in rows)
        return lines

    def note(self, text: str) -> None:
        """Say `text` on a line of its own, unless quiet."""
        if not self._quiet:
            self._clear()
            self._write(text + "\n")

    def _show(self, text: str) -> None:
        self._write(f"\r\x1b[2K{text}")

    def _clear(self) -> None:
        if self._terminal:
            self._write("\r\x1b[2K")

    def _write(self, text: str) -> None:
        # That nobody hears of it any more is no reason to leave the work undone.
        with suppress(OSError):
            self._stream.write(text)
            self._stream.flush()
