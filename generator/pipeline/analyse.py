"""The map over seeds: read, clean, describe and annotate each, through the cache, on one or more processes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from generator import read
from generator.errors import SeedRejected
from generator.model import Annotated, Issue, SeedText
from generator.pipeline.collector import held_still
from generator.pipeline.gather import SeedFile, line_counts
from generator.pipeline.sharing import Sharer
from generator.pipeline.spread import spread
from generator.pipeline.version import stage_version
from generator.pipeline.work import Done, Options, Task, annotate, engine_fault
from generator.read.limits import Limits
from generator.slug import unique_slugs

__all__ = ["Analysis", "Options", "Store", "Task", "analyse", "annotate"]

# A line is furniture where it stands in at least this many seeds: two articles may share a line by chance
# (a question, a dateline), three rarely do.
FURNITURE_SEEDS = 3
# Longer lines that recur are shared paragraphs of versions of one story, not furniture.
FURNITURE_LENGTH = 120


class Store(Protocol):
    """Where results of the per-seed stages are kept between builds."""

    @property
    def keeps(self) -> bool:
        """Whether what is put here can be got again."""

    def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of those `keys` that are known."""

    def put_many(self, entries: Mapping[str, bytes]) -> None:
        """Keep all of `entries`."""


Work = Callable[[Sequence[Task], Options], Generator[tuple[Sequence[Task], Done], None, None]]
"""Tasks to what became of them, batch by batch, in any order."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Every seed's result in seed order; what was rejected is in `issues`; `cached` counts answers from the store."""

    annotated: tuple[Annotated, ...]
    keys: tuple[str, ...]
    """Under which the store keeps them."""
    issues: tuple[Issue, ...]
    cached: int
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Processor time by part of the work on seeds, over all processes."""


def analyse(
    seeds: Sequence[SeedFile],
    options: Options,
    store: Store,
    progress: Callable[[int, int], None],
    work: Work = spread,
) -> Analysis:
    """Annotate every seed that can be read.

    `progress` is called with (done, to do) as seeds that are not in `store` are worked through. A seed that
    is rejected, or that our own code fails on, becomes an error issue and the others go on. `work` does the work;
    what it gives goes to the store at once and is read back at the end.
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
    known: dict[str, Annotated] = {}
    means = _Means(options, store, progress, work)
    while True:
        tasks = list(_tasks(texts, options.seconds))
        keys = [_key(task, version) for task in tasks]
        known = _stored(store, keys, known)
        cached = len(known) if cached is None else cached
        wanted = {key: task for key, task in zip(keys, tasks, strict=True) if key not in known}
        faults = _worked(wanted, known, means)
        issues.extend(faults)
        if not faults:
            break
        # Names and recurring lines are found over all seeds: one that fails must leave no trace in the others.
        failed = {fault.seed for fault in faults}
        texts = [text for text in texts if text.name not in failed]
    annotated = tuple(known[key] for key in keys)
    issues.extend(issue for result in annotated for issue in result.document.issues)
    return Analysis(annotated, tuple(keys), tuple(issues), cached, means.seconds)


@dataclass(frozen=True, slots=True)
class _Means:
    options: Options
    store: Store
    progress: Callable[[int, int], None]
    work: Work
    seconds: dict[str, float] = field(default_factory=dict)


def _worked(wanted: Mapping[str, Task], known: dict[str, Annotated], means: _Means) -> list[Issue]:
    """Work on the tasks of `wanted`, add their results to `known`, and return what failed, in order of the tasks."""
    faults: dict[str, Issue] = {}
    kept: dict[str, bytes] = {}
    at = {task.document_id: key for key, task in wanted.items()}
    done, store = 0, means.store
    # What is worked out is not held, but read back once the workers and their models are gone.
    with closing(means.work(list(wanted.values()), means.options)) as working:
        for batch, outcome in working:
            entries: dict[str, bytes] = {}
            for task, result in zip(batch, outcome.results, strict=True):
                if isinstance(result, Issue):
                    faults[at[task.document_id]] = result
                else:
                    entries[at[task.document_id]] = result
            store.put_many(entries)
            if not store.keeps:
                kept.update(entries)
            for part, seconds in outcome.seconds.items():
                means.seconds[part] = means.seconds.get(part, 0.0) + seconds
            done += len(batch)
            means.progress(done, len(wanted))
    fine = [key for key in wanted if key not in faults]
    known.update(_stored(store, fine, {}))
    known.update({key: msgspec.msgpack.decode(kept[key], type=Annotated) for key in fine if key in kept})
    lost = {key: wanted[key] for key in fine if key not in known}
    if lost:
        # The store stopped working on the way; what it had is worked out again, and by now it keeps nothing.
        _worked(lost, known, means)
    return [faults[key] for key in wanted if key in faults]


# Results of so many articles are read at a time: ten megabytes.
_READ_AT_ONCE = 400


def _stored(store: Store, keys: Sequence[str], known: Mapping[str, Annotated]) -> dict[str, Annotated]:
    """The results of those `keys` that are `known` or in the store."""
    found = {key: known[key] for key in keys if key in known}
    missing = [key for key in keys if key not in found]
    decoder = msgspec.msgpack.Decoder(Annotated)
    sharer = Sharer()
    with held_still():
        for start in range(0, len(missing), _READ_AT_ONCE):
            for key, stored in store.get_many(missing[start : start + _READ_AT_ONCE]).items():
                try:
                    found[key] = sharer.share(decoder.decode(stored))
                except msgspec.DecodeError:
                    continue
    return found


def _tasks(texts: Sequence[SeedText], seconds: float) -> Iterator[Task]:
    counts = line_counts(text.text for text in texts)
    furniture = {line for line, count in counts.items() if count >= FURNITURE_SEEDS and len(line) <= FURNITURE_LENGTH}
    slugs = unique_slugs((text.name, text.name.rsplit(".", 1)[0]) for text in texts)
    for text in texts:
        lines = {" ".join(line.split()) for line in text.text.splitlines()} if furniture else set()
        yield Task(slugs[text.name], text, frozenset(lines & furniture), seconds)


def _key(task: Task, version: str) -> str:
    override = msgspec.json.encode(task.seed.override, order="deterministic")
    parts = (version, task.document_id, task.seed.name, task.seed.sha256, override.decode(), *sorted(task.recurring))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _read(seed: SeedFile, limits: Limits) -> SeedText | Issue:
    try:
        return read.read_seed(seed.name, seed.raw, seed.override, limits)
    except SeedRejected as error:
        return Issue("error", error.code, seed.name, error.message, error.remedy)
    except (OSError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 -- whatever our own code fails on, one seed must not stop the build of the others
        return engine_fault(seed.name)
