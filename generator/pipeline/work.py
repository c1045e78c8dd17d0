"""What one process does with seeds: clean, describe and annotate each. It may be a worker, or another machine's."""

from __future__ import annotations

import threading
import time
import traceback
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec

from generator import clean, describe
from generator.annotate.dates import find_dates, most_dates
from generator.annotate.mentions import find_mentions
from generator.annotate.quotes import find_quotes
from generator.annotate.recognizer import NameSource, RawEntity, Recognizer, load_recognizer
from generator.describe.glossary import Glossary, load_glossary
from generator.errors import SeedRejected
from generator.model import Annotated, DateExpression, Document, Issue, SeedText
from generator.pipeline.deadline import OutOfTime, within
from generator.read.limits import Limits

Result = bytes | Issue
"""A seed's `Annotated` as MessagePack, or why there is none."""


@dataclass(frozen=True, slots=True)
class Options:
    """What besides the seed decides a per-seed result, and where seeds are worked on."""

    limits: Limits
    model: str | None = None
    """Name of an installed spaCy pipeline; `None`: the first of the known ones that is installed."""
    glossary: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Rows of the user's own glossary of spun phrases, each as (column, cell) pairs."""
    jobs: int = 1
    seconds: float = 60
    """How long one seed may take; no part of the result of one that takes less."""
    scheduler: str = ""
    """Address of a Dask scheduler whose workers do the work; empty: `jobs` processes of this machine."""


@dataclass(frozen=True, slots=True)
class Task:
    """One seed to be worked on."""

    document_id: str
    seed: SeedText
    recurring: frozenset[str]
    """Those of its lines that stand in many seeds."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch: a result for each task, in order, and the processor time that each part took."""

    results: tuple[Result, ...]
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Engine:
    """What is loaded once and serves every seed."""

    recognizer: Recognizer
    glossary: Glossary


@lru_cache(maxsize=1)
def load_engine(model: str | None, glossary: tuple[tuple[tuple[str, str], ...], ...]) -> Engine:
    """The engine of this process, loaded when the first seed comes. What it answers depends on the seed alone.

    Raises `EnvironmentFault` where the model is not installed.
    """
    return Engine(load_recognizer(model), load_glossary([dict(row) for row in glossary]))


class Watch:
    """Adds up the processor time of this thread by part. Stands before the model, to tell it from the mentions."""

    def __init__(self, names: NameSource) -> None:
        self._names = names
        self._since = time.thread_time()
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def mark(self, part: str) -> None:
        """Book the time since the last mark on `part`."""
        now = time.thread_time()
        self.seconds[part] += now - self._since
        self._since = now

    def entities(self, texts: Sequence[str]) -> list[list[RawEntity]]:
        """What the model finds; its time is booked as its own."""
        self.mark("mentions")
        found = self._names.entities(texts)
        self.mark("model")
        return found


# A vocabulary of spaCy is for one thread; clusters may give a process several.
_ALONE = threading.Lock()


def annotate_batch(tasks: Sequence[Task], options: Options) -> Done:
    """The results of `tasks`. Raises `EnvironmentFault` where this machine lacks the model."""
    with _ALONE:
        engine = load_engine(options.model, options.glossary)
        watch = Watch(engine.recognizer)
        return Done(tuple(_result(task, engine, watch) for task in tasks), dict(watch.seconds))


def annotate(document: Document, recognizer: NameSource) -> Annotated:
    """`document` with its sentences, mentions, dates and quotes."""
    sentences, mentions = find_mentions(document, recognizer)
    dates = find_dates(document)
    quotes = find_quotes(document, sentences, mentions)
    return Annotated(_with_issue(document, dates), sentences, mentions, dates, quotes)


def _with_issue(document: Document, dates: Sequence[DateExpression]) -> Document:
    """`document`, with an issue where it has more dates than are read."""
    if len(dates) < most_dates(document):
        return document
    issue = Issue(
        "warning",
        "many-dates",
        document.seed.name,
        f"only the first {len(dates):,} times and dates are marked and listed; what has so many is a table or a log",
        "leave the table out, or split it into several seeds",
    )
    return replace(document, issues=(*document.issues, issue))


def _result(task: Task, engine: Engine, watch: Watch) -> Result:
    try:
        with within(task.seconds):
            return msgspec.msgpack.encode(_annotated(task, engine, watch))
    except SeedRejected as error:
        return Issue("error", error.code, task.seed.name, error.message, error.remedy)
    except OutOfTime:
        return Issue(
            "error",
            "too-slow",
            task.seed.name,
            f"not read and annotated within {task.seconds:g} seconds",
            "split it into articles, or raise timeouts.seed in briefing.yml",
        )
    except (OSError, MemoryError):
        # The machine's fault, not the seed's: the build ends, and the published site stays as it is.
        raise
    except Exception:  # noqa: BLE001 -- whatever our own code fails on, one seed must not stop the build of the others
        return engine_fault(task.seed.name)


def _annotated(task: Task, engine: Engine, watch: Watch) -> Annotated:
    watch.mark("between")
    cleaned = clean.clean(task.seed, task.recurring)
    watch.mark("clean")
    document = describe.describe(cleaned, task.document_id, engine.glossary)
    watch.mark("describe")
    sentences, mentions = find_mentions(document, watch)
    watch.mark("mentions")
    dates = find_dates(document)
    watch.mark("dates")
    quotes = find_quotes(document, sentences, mentions)
    watch.mark("quotes")
    return Annotated(_with_issue(document, dates), sentences, mentions, dates, quotes)


def engine_fault(name: str) -> Issue:
    """The issue for a seed on which our own code fails with the exception that is being handled."""
    return Issue(
        "error",
        "engine-fault",
        name,
        f"the engine failed on this seed: {traceback.format_exc(limit=-3)}",
        "this is a fault of Briefing; report it with the seed, and move the seed away until it is mended",
    )
