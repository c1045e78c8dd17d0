"""Seeds over processes: batches, a few ahead of those at work, results as they come.

Whoever works is an executor as `concurrent.futures` shapes it: this process, worker processes of this machine, or a
Dask cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import AbstractContextManager

from generator.pipeline.tasks import Done, Options, Task
from generator.pipeline.workers import Crew, NoWorkers, worker_crew

# Below this many seeds to read, starting processes and loading the model in each costs more than it saves:
# a model load takes as long as about forty articles, of which each of two processes has twelve less to do.
PARALLEL_SEEDS = 24
# Characters a batch: ten articles of the usual length, so that messages and commits cost nothing beside the work.
BATCH_CHARACTERS = 30_000
# Batches that wait for each worker. One would do; another bridges the time in which this process is busy.
_AHEAD = 2
# How often, in seconds, somebody looks whether there are workers left while nothing comes.
_PATIENCE = 2.0


def batches(tasks: Sequence[Task]) -> list[list[Task]]:
    """`tasks` in batches of about equal length, the longest seeds first: no long one is left for the end.

    What a batch holds depends on the tasks alone; what comes of a seed does not depend on its batch.
    """
    found: list[list[Task]] = []
    room = 0
    for task in sorted(tasks, key=lambda task: (-len(task.seed.text), task.document_id)):
        length = len(task.seed.text)
        if not found or length > room:
            found.append([])
            room = BATCH_CHARACTERS
        found[-1].append(task)
        room -= length
    return found


def spread(tasks: Sequence[Task], options: Options) -> Generator[tuple[Sequence[Task], Done], None, None]:
    """What becomes of `tasks`, batch by batch as they are done, on the workers that `options` name.

    Raises `EnvironmentFault` where the model is missing, workers are lost for good or a scheduler does not answer.
    """
    if not tasks:
        return
    if options.scheduler:
        from generator.pipeline.cluster import cluster_crew  # noqa: PLC0415 -- Dask is an extra

        yield from _by(cluster_crew(options), tasks, options)
        return
    if options.jobs > 1 and len(tasks) >= PARALLEL_SEEDS:
        try:
            yield from _by(worker_crew(options.jobs), tasks, options)
        except NoWorkers:
            # No semaphores, no processes or no files to be had: this process does it alone.
            pass
        else:
            return
    for task in tasks:
        yield [task], annotated([task], options)


def _by(
    crew: AbstractContextManager[Crew], tasks: Sequence[Task], options: Options
) -> Generator[tuple[Sequence[Task], Done], None, None]:
    with crew as hands:
        yield from fed(hands, tasks, options)


def fed(
    hands: Crew, tasks: Sequence[Task], options: Options, meanwhile: Callable[[], None] | None = None
) -> Generator[tuple[Sequence[Task], Done], None, None]:
    """What becomes of `tasks`, batch by batch as they are done by `hands`, none of whom waits for the next batch.

    `meanwhile` is done here once they have enough to do.
    """
    waiting = batches(tasks)[::-1]
    pending: dict[Future[Done], list[Task]] = {}
    try:
        while waiting or pending:
            room = (1 + _AHEAD) * max(hands.workers(), 1)
            while waiting and len(pending) < room:
                batch = waiting.pop()
                pending[hands.executor.submit(annotated, batch, options)] = batch
            if meanwhile is not None:
                meanwhile()
                meanwhile = None
            done, _ = wait(pending, timeout=_PATIENCE, return_when=FIRST_COMPLETED)
            for future in done:
                yield pending.pop(future), future.result()
    finally:
        for future in pending:
            future.cancel()


def annotated(tasks: Sequence[Task], options: Options) -> Done:
    """As `work.annotate_batch`, which whoever only hands tasks out need not load."""
    from generator.pipeline.work import annotate_batch  # noqa: PLC0415 -- spaCy takes half a second to import

    return annotate_batch(tasks, options)
