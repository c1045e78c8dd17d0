"""The map over seeds: read, clean, describe and annotate each, through the cache, on one or more processes."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol

import msgspec

from generator import clean, describe, read
from generator.annotate.dates import find_dates
from generator.annotate.mentions import find_mentions
from generator.annotate.quotes import find_quotes
from generator.annotate.recognizer import Recognizer, candidates, load_recognizer
from generator.describe.glossary import Glossary, load_glossary
from generator.errors import SeedRejected
from generator.model import Annotated, Document, Issue, SeedText
from generator.pipeline.deadline import OutOfTime, within
from generator.pipeline.gather import SeedFile, line_counts
from generator.pipeline.workers import worker_pool
from generator.read.limits import Limits
from generator.slug import unique_slugs

# A line is furniture where it stands in at least this many seeds: two articles may share a line by chance
# (a question, a dateline), three rarely do.
FURNITURE_SEEDS = 3
# Longer lines that recur are shared paragraphs of versions of one story, not furniture.
FURNITURE_LENGTH = 120
# Below this many seeds to read, starting processes and loading the model in each costs more than it saves:
# a model load takes as long as about ten articles.
PARALLEL_SEEDS = 24
# Modules whose text decides what the cached result of a seed is.
PER_SEED = (
    "aligned.py",
    "model.py",
    "hangul.py",
    "slug.py",
    "chronology",
    "read",
    "clean",
    "describe",
    "annotate",
    "data",
)


class Store(Protocol):
    """Where results of the per-seed stages are kept between builds."""

    def get(self, key: str) -> bytes | None:
        """The value of `key`, or `None`."""

    def put_many(self, entries: Mapping[str, bytes]) -> None:
        """Keep all of `entries`."""


@dataclass(frozen=True, slots=True)
class Options:
    """What besides the seed decides a per-seed result."""

    limits: Limits
    model: str | None = None
    """Name of an installed spaCy pipeline; `None`: the first of the known ones that is installed."""
    glossary: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Rows of the user's own glossary of spun phrases, each as (column, cell) pairs."""
    jobs: int = 1
    seconds: float = 60
    """How long one seed may take; no part of the result of one that takes less."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Every seed's result in seed order; what was rejected is in `issues`; `cached` counts answers from the store."""

    annotated: tuple[Annotated, ...]
    issues: tuple[Issue, ...]
    cached: int


@dataclass(frozen=True, slots=True)
class _Task:
    document_id: str
    seed: SeedText
    recurring: frozenset[str]
    seconds: float


def analyse(
    seeds: Sequence[SeedFile], options: Options, store: Store, progress: Callable[[int, int], None]
) -> Analysis:
    """Annotate every seed that can be read.

    `progress` is called with (done, to do) as seeds that are not in `store` are worked through. A seed that
    is rejected, or that our own code fails on, becomes an error issue and the others go on.
    """
    issues: list[Issue] = []
    texts: list[SeedText] = []
    for seed in seeds:
        text = _read(seed, options.limits)
        if isinstance(text, Issue):
            issues.append(text)
        else:
            texts.append(text)
    version = stage_version(options)
    cached: int | None = None
    results: dict[str, Annotated | Issue] = {}
    while True:
        tasks = list(_tasks(texts, options.seconds))
        keys = {task.document_id: _key(task, version) for task in tasks}
        known = {key: result for key in keys.values() if (result := results.get(key) or _known(store, key))}
        cached = len(known) if cached is None else cached
        missing = [task for task in tasks if keys[task.document_id] not in known]
        results = known | _fresh(missing, keys, options, store, progress)
        ordered = [results[keys[task.document_id]] for task in tasks]
        failed = {task.seed.name for task, result in zip(tasks, ordered, strict=True) if isinstance(result, Issue)}
        issues.extend(result for result in ordered if isinstance(result, Issue))
        if not failed:
            break
        # Names and recurring lines are found over all seeds: one that fails must leave no trace in the others.
        texts = [text for text in texts if text.name not in failed]
    annotated = tuple(result for result in ordered if isinstance(result, Annotated))
    issues.extend(issue for result in annotated for issue in result.document.issues)
    return Analysis(annotated, tuple(issues), cached)


def _fresh(
    tasks: Sequence[_Task],
    keys: Mapping[str, str],
    options: Options,
    store: Store,
    progress: Callable[[int, int], None],
) -> dict[str, Annotated | Issue]:
    """The results of `tasks` by key, worked out now and kept in `store`."""
    results: dict[str, Annotated | Issue] = {}
    fresh: dict[str, bytes] = {}
    with closing(_work(tasks, options)) as working:
        for done, (task, result) in enumerate(working, 1):
            key = keys[task.document_id]
            results[key] = result
            if isinstance(result, Annotated):
                fresh[key] = msgspec.msgpack.encode(result)
            progress(done, len(tasks))
            if len(fresh) >= PARALLEL_SEEDS:
                store.put_many(fresh)
                fresh = {}
    store.put_many(fresh)
    return results


def annotate(document: Document, recognizer: Recognizer) -> Annotated:
    """`document` with its sentences, mentions, dates and quotes."""
    sentences, mentions = find_mentions(document, recognizer)
    return Annotated(document, sentences, mentions, find_dates(document), find_quotes(document, sentences, mentions))


def stage_version(options: Options) -> str:
    """A digest of the code, the data files and the settings that a per-seed result depends on."""
    models = [("spacy", _version("spacy")), *((name, _version(name)) for name in candidates(options.model))]
    digest = hashlib.sha256(repr((options.limits, models, options.glossary)).encode())
    root = files("generator")
    for name in PER_SEED:
        for path, content in _contents(root.joinpath(name), name):
            digest.update(path.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def _contents(place: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        if not path.endswith(".pyc"):
            yield path, place.read_bytes()
    elif place.is_dir():
        for child in sorted(place.iterdir(), key=lambda child: child.name):
            yield from _contents(child, f"{path}/{child.name}")


def _tasks(texts: Sequence[SeedText], seconds: float) -> Iterator[_Task]:
    counts = line_counts(text.text for text in texts)
    furniture = {line for line, count in counts.items() if count >= FURNITURE_SEEDS and len(line) <= FURNITURE_LENGTH}
    slugs = unique_slugs((text.name, text.name.rsplit(".", 1)[0]) for text in texts)
    for text in texts:
        lines = {" ".join(line.split()) for line in text.text.splitlines()}
        yield _Task(slugs[text.name], text, frozenset(lines & furniture), seconds)


def _key(task: _Task, version: str) -> str:
    override = msgspec.json.encode(task.seed.override, order="deterministic")
    parts = (version, task.document_id, task.seed.name, task.seed.sha256, override.decode(), *sorted(task.recurring))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _known(store: Store, key: str) -> Annotated | None:
    stored = store.get(key)
    try:
        return None if stored is None else msgspec.msgpack.decode(stored, type=Annotated)
    except msgspec.DecodeError:
        return None


def _read(seed: SeedFile, limits: Limits) -> SeedText | Issue:
    try:
        return read.read_seed(seed.name, seed.raw, seed.override, limits)
    except SeedRejected as error:
        return Issue("error", error.code, seed.name, error.message, error.remedy)
    except (OSError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 -- whatever our own code fails on, one seed must not stop the build of the others
        return _engine_fault(seed.name)


def _work(tasks: Sequence[_Task], options: Options) -> Generator[tuple[_Task, Annotated | Issue], None, None]:
    if not tasks:
        return
    if options.jobs > 1 and len(tasks) >= PARALLEL_SEEDS:
        with worker_pool(options.jobs, _Worker.start, options) as executor:
            yield from zip(tasks, _spread(executor, tasks), strict=True)
        return
    engine = Engine.of(options)
    for task in tasks:
        yield task, _annotate_one(task, engine)


def _spread(executor: Executor, tasks: Iterable[_Task]) -> Iterator[Annotated | Issue]:
    # Eight articles a message: small enough to balance two workers, large enough that messages cost nothing.
    yield from executor.map(_Worker.run, tasks, chunksize=8)


@dataclass(frozen=True, slots=True)
class Engine:
    """What is loaded once and serves every seed."""

    recognizer: Recognizer
    glossary: Glossary

    @classmethod
    def of(cls, options: Options) -> Engine:
        """The engine for `options`. Raises `EnvironmentFault` where the model is not installed."""
        return cls(load_recognizer(options.model), load_glossary([dict(row) for row in options.glossary]))


class _Worker:
    """The one engine of a worker process, loaded when the process starts."""

    engine: Engine

    @classmethod
    def start(cls, options: Options) -> None:
        cls.engine = Engine.of(options)

    @classmethod
    def run(cls, task: _Task) -> Annotated | Issue:
        return _annotate_one(task, cls.engine)


def _annotate_one(task: _Task, engine: Engine) -> Annotated | Issue:
    try:
        with within(task.seconds):
            cleaned = clean.clean(task.seed, task.recurring)
            return annotate(describe.describe(cleaned, task.document_id, engine.glossary), engine.recognizer)
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
        return _engine_fault(task.seed.name)


def _engine_fault(name: str) -> Issue:
    """The issue for a seed on which our own code fails with the exception that is being handled."""
    return Issue(
        "error",
        "engine-fault",
        name,
        f"the engine failed on this seed: {traceback.format_exc(limit=-3)}",
        "this is a fault of Briefing; report it with the seed, and move the seed away until it is mended",
    )
