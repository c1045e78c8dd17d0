"""Worker processes that end with the build, however it ends: Ctrl-C, SIGTERM, an error, or `kill -9`."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

from generator.errors import EnvironmentFault

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def processors() -> int:
    """How many processors this process may use: of a machine with 64 a container may have two."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class NoWorkers(Exception):
    """The system gives no further processes, or not what they need to talk: semaphores, memory to share, files."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Whoever does work."""

    executor: Executor
    workers: Callable[[], int]
    """How many there are now. Raises `EnvironmentFault` where none is left and none will come."""


@contextmanager
def worker_crew(jobs: int) -> Iterator[Crew]:
    """`jobs` worker processes of this machine.

    When the block ends, what the workers still had to do is dropped and they are ended at once: what they made is with
    the build, and Python takes a tenth of a second to clear up behind an engine.
    Raises `NoWorkers` where none can be had, `EnvironmentFault` where the system ended one.
    """
    others = multiprocessing.active_children()
    try:
        executor = ProcessPoolExecutor(jobs, initializer=begin_worker)
    except (OSError, ImportError, NotImplementedError) as error:
        # ImportError is what Python raises where the system has no semaphores.
        raise NoWorkers(str(error)) from error
    try:
        with signals_held():
            # The first tasks start the processes.
            try:
                for _ in range(jobs):
                    executor.submit(int)
            except OSError as error:
                raise NoWorkers(str(error)) from error
        yield Crew(executor, lambda: jobs)
    except BaseException as error:
        _end(executor, others)
        if isinstance(error, BrokenExecutor):
            raise EnvironmentFault(
                "the system ended a worker process; as a rule it is short of memory", "build again with --jobs 1"
            ) from error
        raise
    _end(executor, others)


def _end(executor: Executor, others: Sequence[BaseProcess]) -> None:
    """End the workers of `executor`, which are all child processes but `others`."""
    for worker in multiprocessing.active_children():
        if worker not in others:
            worker.terminate()
    # Waits for the thread that minds the workers, which ends with them: left alone, it may still be closing its
    # pipes when Python ends, and Python then complains.
    executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def signals_held() -> Iterator[None]:
    """Let signals wait during the block: Python drops what a handler raises while a process is being forked.

    Processes that are started in the block hold them, too, until they know what to do about them.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin_worker() -> None:
    """Make a process that was started one that ends with its build, however that ends."""
    # Ctrl-C reaches every process of the terminal; the build itself decides what becomes of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Nobody tells a worker that its build was killed: it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
