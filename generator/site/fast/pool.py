"""Two processes and more for work on many files: forked, so that configuration and templates need not be sent.

Each writes its files itself and sends back a few bytes for each. Where the system gives no others, one does it all.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

Part = Callable[[int, int], bytes]
"""Does the work from one place in a list up to another, and says what came of it."""

# Neighbours share folders, and so shapes and links; a few parts for each process even out their lengths.
_PARTS = 4
# As glibc numbers what `mallopt` sets. A page and what it is made from take some hundred kilobytes; the system is
# given back none of that before 64 MB are free.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_KEPT = 1 << 26
_log = logging.getLogger("mkdocs.briefing")


def in_parts(work: Part, count: int, jobs: int) -> Iterator[bytes]:
    """What `work` gives for the whole list of `count` things, part by part and in order, on up to `jobs` processes.

    Each part is given when it is there, so that no more than one is in memory.
    """
    with no_garbage():
        if jobs < 2 or not count or not sys.platform.startswith("linux"):
            yield work(0, count)
            return
        _Worker.work = work
        try:
            context = multiprocessing.get_context("fork")
            try:
                executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
            except (OSError, ImportError, NotImplementedError):
                # No semaphores, no memory to share or no files to be had: this process does it alone.
                yield work(0, count)
                return
            size = -(-count // (jobs * _PARTS))
            begins = range(0, count, size)
            with executor:
                ends = [min(begin + size, count) for begin in begins]
                for result, records in executor.map(_Worker.run, begins, ends):
                    for level, message in records:
                        _log.log(level, "%s", message)
                    yield result
        finally:
            del _Worker.work


@contextmanager
def no_garbage() -> Iterator[None]:
    """Look for no garbage meanwhile: pages leave none, and what is there would be copied into each process.

    Nor do the lists of files, links and anchors that a build makes; the collector would walk through all of them, and
    through the corpus where there is one, again and again.
    """
    enabled = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if enabled:
            gc.enable()


class _Worker:
    """The work of a forked process, inherited from its parent."""

    work: Part

    @classmethod
    def run(cls, begin: int, end: int) -> tuple[bytes, Sequence[tuple[int, str]]]:
        records: list[tuple[int, str]] = []
        logger = logging.getLogger("mkdocs")
        others, logger.handlers = logger.handlers, [_Collected(records)]
        try:
            return cls.work(begin, end), records
        finally:
            logger.handlers = others


class _Collected(logging.Handler):
    def __init__(self, records: list[tuple[int, str]]) -> None:
        super().__init__(logging.WARNING)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append((record.levelno, record.getMessage()))


def _begin() -> None:
    """Make a forked process one that ends with its build, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _keep_memory()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _keep_memory() -> None:
    """Keep the memory that one page took for the next one: else the system clears fresh memory for each."""
    try:
        import ctypes  # noqa: PLC0415 -- some Pythons are built without it

        mallopt = ctypes.CDLL(None).mallopt
    except (ImportError, OSError, AttributeError):
        # Another C library than glibc, or no way to call it: pages come out the same.
        return
    mallopt(_TRIM_THRESHOLD, _KEPT)
    mallopt(_MMAP_THRESHOLD, _KEPT >> 1)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
