"""Work that another process does meanwhile: forked, so that what it works on need not be sent.

What comes back is bytes. Where the system gives no process, or ends it, this process does the work when it is asked for
the outcome, which is the same.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TypeVar

import msgspec

from generator.pipeline.workers import begin_worker, signals_held

Made = TypeVar("Made")

Outcome = Callable[[], bytes]
"""Waits for what came of the work; to be asked once."""


@contextmanager
def aside(work: Callable[[], bytes], jobs: int) -> Iterator[Outcome]:
    """Have `work` done in a process of its own during the block, if there may be `jobs` of them and there are others.

    Whatever the block leaves undone of it is ended with the block.
    """
    started = _started(work) if jobs > 1 else None
    if started is None:
        yield work
        return
    process, receiving = started

    def outcome() -> bytes:
        try:
            return receiving.recv_bytes()
        except (EOFError, OSError):
            # It failed, or the system ended it: what it failed on will show here.
            return work()

    try:
        yield outcome
    finally:
        process.terminate()
        process.join()
        process.close()
        receiving.close()


@contextmanager
def made_aside(work: Callable[[], Made], kind: type[Made], jobs: int) -> Iterator[Callable[[], Made]]:
    """As `aside`, of work that gives a value of that `kind`, which MessagePack can encode."""
    if jobs <= 1:
        yield work
        return
    with aside(lambda: msgspec.msgpack.encode(work()), jobs) as outcome:
        yield lambda: msgspec.msgpack.decode(outcome(), type=kind)


def _started(work: Callable[[], bytes]) -> tuple[multiprocessing.process.BaseProcess, Connection] | None:
    """A process that does the work, and where its outcome comes from; none where this system forks none."""
    # macOS knows fork, but its own libraries do not bear it.
    if not sys.platform.startswith("linux"):
        return None
    context = multiprocessing.get_context("fork")
    try:
        receiving, sending = context.Pipe(duplex=False)
    except OSError:
        return None
    process = context.Process(target=_work, args=(work, receiving, sending))
    try:
        with signals_held():
            process.start()
    except OSError:
        receiving.close()
        return None
    finally:
        sending.close()
    return process, receiving


def _work(work: Callable[[], bytes], receiving: Connection, sending: Connection) -> None:
    begin_worker()
    receiving.close()
    with sending:
        try:
            outcome = work()
        except Exception:  # noqa: BLE001 -- the build's own process meets it again, and reports it
            return
        sending.send_bytes(outcome)
