"""Seeds over the workers of a Dask cluster that others run. Needs the extra `cluster`.

A worker loads the model once and keeps it. It must run the same code, data and model as the build, which is asked of
each before it gets a seed; a worker that is lost has its seeds given to another. Only the build writes to the cache.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from generator.errors import BriefingError, EnvironmentFault
from generator.pipeline.tasks import Options
from generator.pipeline.version import corpus_version, stage_version
from generator.pipeline.work import load_engine
from generator.pipeline.workers import Crew

try:
    from distributed import Client, KilledWorker, Worker, WorkerPlugin
    from distributed.comm.core import CommClosedError
except ImportError as fault:
    raise EnvironmentFault(
        "Dask is not installed, which --executor dask needs", "run `pip install briefing[cluster]`"
    ) from fault

# A scheduler on the same network answers within a second; ten are for one that is starting or busy.
ANSWER_SECONDS = 10
# How long a cluster may be without workers: what queueing systems take to give a lost one back.
EMPTY_SECONDS = 60
# How often one batch may lose its worker before it is taken for the cause.
RETRIES = 3


class EnginePlugin(WorkerPlugin):
    """Loads the engine when a worker joins, so that no seed waits for it, and turns away workers of other versions."""

    name = "briefing"

    def __init__(self, options: Options, version: str) -> None:
        self._options = options
        self._version = version

    def setup(self, worker: Worker) -> None:
        """Raises `EnvironmentFault` where `worker` cannot do the build's work."""
        load_engine(self._options.model, self._options.glossary)
        if _version(self._options) != self._version:
            raise EnvironmentFault(
                f"the worker {worker.address} runs another version of Briefing, its data or its model",
                "install on every worker what is installed here",
            )


@contextmanager
def cluster_crew(options: Options) -> Iterator[Crew]:
    """The workers of the cluster whose scheduler stands at `options.scheduler`.

    Raises `EnvironmentFault` where it does not answer, has no workers, or they cannot do the work.
    """
    address = options.scheduler
    try:
        client: Any = Client(address, timeout=ANSWER_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask has no types
    except (OSError, ValueError, TimeoutError) as error:
        raise EnvironmentFault(
            f"the Dask scheduler {address} does not answer: {error or type(error).__name__}",
            "see that it runs and can be reached from here, or build without --executor dask",
        ) from error
    try:
        yield from _ready(client, options)
    except KilledWorker as error:
        raise EnvironmentFault(
            f"one batch of seeds ended {RETRIES + 1} workers of {address}; as a rule they are short of memory",
            "give workers more memory, or build without --executor dask",
        ) from error
    except (CommClosedError, CancelledError) as error:
        raise EnvironmentFault(
            f"the Dask scheduler {address} went away: {error or type(error).__name__}",
            "start it again, then build again; what was done is kept",
        ) from error
    finally:
        client.close(timeout=ANSWER_SECONDS)


def _version(options: Options) -> str:
    """That of everything that a worker sends back."""
    return f"{stage_version(options)} {corpus_version()}"


def _ready(client: Any, options: Options) -> Iterator[Crew]:
    address = options.scheduler
    try:
        client.wait_for_workers(1, timeout=ANSWER_SECONDS)
    except TimeoutError as error:
        raise EnvironmentFault(f"the Dask scheduler {address} has no workers", "start some") from error
    try:
        client.register_plugin(EnginePlugin(options, _version(options)))
    except BriefingError:
        raise
    except Exception as error:
        # Whatever stops a worker from loading the engine comes from there as it is.
        raise EnvironmentFault(
            f"a worker of {address} cannot load Briefing: {type(error).__name__}: {error}",
            "install on every worker what is installed here, the model included",
        ) from error
    last = time.monotonic()

    def workers() -> int:
        nonlocal last
        count = len(client.scheduler_info(n_workers=-1)["workers"])
        now = time.monotonic()
        if count:
            last = now
        elif now - last > EMPTY_SECONDS:
            raise EnvironmentFault(
                f"the Dask scheduler {address} has had no worker for {EMPTY_SECONDS} seconds",
                "start workers, then build again; what was done is kept",
            )
        return count

    yield Crew(client.get_executor(pure=False, retries=RETRIES), workers)
