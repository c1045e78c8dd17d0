"""Work that another process does meanwhile: forked, so that what it works on need not be sent.

What comes back is bytes. Where the system gives no process, or ends it, this process does the work when it is asked for
the outcome, which is the same.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, TypeVar

import msgspec

from generator.pipeline.workers import begin_worker, signals_held

Made = TypeVar("Made")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of the work."""

    wait: Callable[[], bytes]
    there: Callable[[], bool]
    """Whether it has come, so that nobody need wait for it."""

    def __call__(self) -> bytes:
        """Wait for it; to be asked once."""
        return self.wait()


@contextmanager
def aside(work: Callable[[], bytes], jobs: int) -> Iterator[Outcome]:
    """Have `work` done in a process of its own during the block, if there may be `jobs` of them and there are others.

    Whatever the block leaves undone of it is ended with the block.
    """
    with _in_turn_aside((work,), jobs) as (outcome,):
        yield outcome


@contextmanager
def made_aside(work: Callable[[], Made], kind: type[Made], jobs: int) -> Iterator[Callable[[], Made]]:
    """As `aside`, of work that gives a value of that `kind`, which MessagePack can encode."""
    if jobs <= 1:
        yield work
        return
    with aside(lambda: msgspec.msgpack.encode(work()), jobs) as outcome:
        yield lambda: msgspec.msgpack.decode(outcome(), type=kind)


@contextmanager
def both_aside(
    first: tuple[Callable[[], Made], Any], then: tuple[Callable[[], Other], Any], jobs: int
) -> Iterator[tuple[Callable[[], Made], Callable[[], Other]]]:
    """As `made_aside`, of two works that one process does one after the other; to be asked for in that order."""
    if jobs <= 1:
        yield first[0], then[0]
        return
    encode, decode = msgspec.msgpack.encode, msgspec.msgpack.decode
    works = (lambda: encode(first[0]()), lambda: encode(then[0]()))
    with _in_turn_aside(works, jobs) as (one, other):
        yield lambda: decode(one(), type=first[1]), lambda: decode(other(), type=then[1])


@contextmanager
def _in_turn_aside(works: Sequence[Callable[[], bytes]], jobs: int) -> Iterator[Sequence[Outcome]]:
    """As `aside`, of several works that one process does one after the other; to be asked for in that order."""
    started = _started(works) if jobs > 1 else None
    if started is None:
        yield [Outcome(work, lambda: False) for work in works]
        return
    process, receiving = started

    def outcome(work: Callable[[], bytes]) -> bytes:
        try:
            return receiving.recv_bytes()
        except (EOFError, OSError):
            # It failed, or the system ended it: what it failed on will show here.
            return work()

    try:
        yield [Outcome(partial(outcome, work), receiving.poll) for work in works]
    finally:
        process.terminate()
        process.join()
        process.close()
        receiving.close()


def _started(works: Sequence[Callable[[], bytes]]) -> tuple[multiprocessing.process.BaseProcess, Connection] | None:
    """A process that does the work, and where the outcomes come from; none where this system forks none."""
    # macOS knows fork, but its own libraries do not bear it.
    if not sys.platform.startswith("linux"):
        return None
    context = multiprocessing.get_context("fork")
    try:
        receiving, sending = context.Pipe(duplex=False)
    except OSError:
        return None
    process = context.Process(target=_work, args=(works, receiving, sending))
    try:
        with signals_held():
            process.start()
    except OSError:
        receiving.close()
        return None
    finally:
        sending.close()
    return process, receiving


def _work(works: Sequence[Callable[[], bytes]], receiving: Connection, sending: Connection) -> None:
    begin_worker()
    receiving.close()
    # What is large is taken when somebody asks for it, and the next work does not wait for that.
    with sending, ThreadPoolExecutor(1) as sender:
        for work in works:
            try:
                outcome = work()
            except Exception:  # noqa: BLE001 -- the build's own process meets it again, and reports it
                return
            sender.submit(sending.send_bytes, outcome)
