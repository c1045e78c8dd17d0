"""What one process does with seeds: clean, describe and annotate each. It may be a worker, or another machine's."""

from __future__ import annotations

import threading
import time
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
from generator.pipeline.digests import digested
from generator.pipeline.tasks import Done, Options, Result, Task, engine_fault

# It has what makes each part of the engine load its data: a name, a date, words that are quoted.
_SAMPLE = "Ferry sails\n\nThe ferry sails on Monday, said Ann Lund of Oslo. “It is late,” she said on 3 May 2021.\n"


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
        made = [_result(task, engine, watch) for task in tasks]
        return Done(tuple(result for result, _ in made), dict(watch.seconds), tuple(digest for _, digest in made))


def warm(options: Options) -> None:
    """Load the engine and its data into this process, so that the first seed need not wait for them.

    Raises `EnvironmentFault` where the model is not installed.
    """
    text = SeedText("warm-up.txt", "", _SAMPLE, "utf-8")
    annotate_batch([Task("warm-up", text, frozenset(), options.seconds)], options)


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


def _result(task: Task, engine: Engine, watch: Watch) -> tuple[Result, bytes]:
    """What becomes of `task`, and its digest, for which the text need not be decoded again while it is here."""
    try:
        with within(task.seconds):
            annotated = _annotated(task, engine, watch)
            made = msgspec.msgpack.encode(annotated)
        digest = digested(annotated)
        watch.mark("digest")
        return made, digest
    except SeedRejected as error:
        return Issue("error", error.code, task.seed.name, error.message, error.remedy), b""
    except OutOfTime:
        issue = Issue(
            "error",
            "too-slow",
            task.seed.name,
            f"not read and annotated within {task.seconds:g} seconds",
            "split it into articles, or raise timeouts.seed in briefing.yml",
        )
        return issue, b""
    except (OSError, MemoryError):
        # The machine's fault, not the seed's: the build ends, and the published site stays as it is.
        raise
    except Exception:  # noqa: BLE001 -- whatever our own code fails on, one seed must not stop the build of the others
        return engine_fault(task.seed.name), b""


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
