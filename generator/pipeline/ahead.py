"""Workers that load the engine while the build still finds out what they will have to do.

To load spaCy, its model, the gazetteers and some six hundred patterns takes two seconds, and to read what is kept of
ten thousand articles takes as long: so a second processor does the one while the first does the other.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType

from generator.pipeline.collector import held_still
from generator.pipeline.ready import ready, unpacked_in
from generator.pipeline.spread import PARALLEL_SEEDS, fed, spread
from generator.pipeline.tasks import Done, Options, Task
from generator.pipeline.workers import Crew, NoWorkers, worker_crew


class Forerunners:
    """Worker processes of one build, started before their tasks are known, and ended with the block.

    None are started where the work is done elsewhere anyhow: on a cluster, in the only process that the settings
    allow, or in this one where it has the engine loaded.
    """

    def __init__(self, options: Options, state: Path | None = None) -> None:
        """`state` is the state folder of the project, where there is one."""
        self._options = options
        self._state = state
        self._wanted = options.jobs > 1 and not options.scheduler and not _at_hand()
        self._stack = ExitStack()
        self._crew: Crew | None = None
        self._count = 0
        self.meanwhile: Callable[[], None] | None = None
        """What this process may do while they load the engine; left undone where there are none."""

    def __enter__(self) -> Forerunners:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> bool | None:
        self._crew = None
        return self._stack.__exit__(kind, error, at)

    @property
    def loading(self) -> bool:
        """Whether workers load the engine, and this process has time until they do what comes after."""
        return self._crew is not None

    def start(self, expected: int) -> None:
        """Have workers load the engine for about `expected` seeds: one, or as many as the settings allow."""
        if not expected or not self._wanted or self._crew is not None:
            return
        count = self._options.jobs if expected >= PARALLEL_SEEDS else 1
        try:
            crew = self._stack.enter_context(worker_crew(count))
        except NoWorkers:
            # Whoever does the work finds that out again, and does it here.
            return
        self._crew, self._count = crew, count
        for _ in range(count):
            # What is wrong with the engine, the first seed tells.
            crew.executor.submit(load_ahead, self._options, self._state)

    def spread(self, tasks: Sequence[Task], options: Options) -> Generator[tuple[Sequence[Task], Done], None, None]:
        """As `spread.spread`, by the workers that were started where there are as many as the tasks deserve."""
        if self._crew is not None and tasks and self._count >= min(options.jobs, len(tasks) // PARALLEL_SEEDS + 1):
            yield from fed(self._crew, tasks, options, self.meanwhile)
            return
        # They would only take memory and time from others.
        self._stack.close()
        self._crew = None
        yield from spread(tasks, options)


def _at_hand() -> bool:
    work = sys.modules.get("generator.pipeline.work")
    return work is not None and work.load_engine.cache_info().currsize > 0


def load_ahead(options: Options, state: Path | None = None) -> None:
    """Load what reads a seed into this process: the engine and its data. Raises `EnvironmentFault`.

    The state folder of a project keeps some of the data in the form in which it is used.
    """
    from generator.describe.identifier import load_identifier  # noqa: PLC0415 -- not needed where every seed is known

    # To unpack its tables Python itself is not needed, so another thread does it beside the imports.
    unpacking = threading.Thread(target=load_identifier, args=(partial(unpacked_in, state),) if state else ())
    unpacking.start()
    # Modules, patterns and gazetteers stay; the collector would go through all of them many times as they grow.
    with held_still(), ready(state):
        try:
            from generator.pipeline.work import load_engine, warm  # noqa: PLC0415 -- spaCy takes half a second to import

            load_engine(options.model, options.glossary)
        finally:
            unpacking.join()
        warm(options)
