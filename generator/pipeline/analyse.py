"""The map over seeds: read, clean, describe and annotate each, through the cache, on one or more processes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import msgspec

from generator import read
from generator.errors import EnvironmentFault, SeedRejected
from generator.lazy import Shelf, encode_head, encode_marks
from generator.model import Annotated, Issue, SeedText
from generator.pipeline.collector import held_still
from generator.pipeline.digests import digest_key
from generator.pipeline.gather import SeedFile, StandingSeed
from generator.pipeline.recurring import Lines, Recurring, find_recurring
from generator.pipeline.spread import spread
from generator.pipeline.tasks import Done, Options, Task, engine_fault
from generator.pipeline.version import corpus_version, heads_version, stage_version
from generator.read.limits import Limits
from generator.recall import SeedMemory, SeedRecord, Stamps
from generator.session import Session
from generator.slug import unique_slugs

__all__ = ["Analysis", "Options", "Store", "Task", "analyse"]


class Store(Protocol):
    """Where results of the per-seed stages are kept between builds."""

    @property
    def keeps(self) -> bool:
        """Whether what is put here can be got again."""

    def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of those `keys` that are known."""

    def put_many(self, entries: Mapping[str, bytes]) -> None:
        """Keep all of `entries`."""

    def use(self, keys: Sequence[str]) -> None:
        """Keep what stands under `keys`, which is not asked for now."""


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
    memory: SeedMemory = field(default_factory=SeedMemory)
    """What the next build needs to know to leave seeds unread that stand as they stood in this one."""


def analyse(
    seeds: Sequence[SeedFile | StandingSeed],
    options: Options,
    store: Store,
    progress: Callable[[int, int], None],
    work: Work = spread,
    *,
    memory: SeedMemory | None = None,
    session: Session | None = None,
    ready: Callable[[Mapping[str, Annotated]], None] | None = None,
) -> Analysis:
    """Annotate every seed that can be read.

    `progress` is called with (done, to do) as seeds that are not in `store` are worked through. A seed that
    is rejected, or that our own code fails on, becomes an error issue and the others go on. `work` does the work;
    what it gives goes to the store at once, and is read back part by part where somebody asks for it: as long as the
    values are in use, so is the store. `memory` is that of the build which read the seeds that stand.
    """
    before = memory or SeedMemory()
    issues: list[Issue] = []
    found: list[_Found] = []
    of_name = {seed.name: seed for seed in seeds}
    for seed in seeds:
        one = _found(seed, options.limits)
        if isinstance(one, Issue):
            issues.append(one)
        else:
            found.append(one)
    version = stage_version(options)
    cached: int | None = None
    shelf = session.hold("documents", "", Shelf) if session and store.keeps else Shelf()
    means = _Means(options, store, progress, work, shelf)
    while True:
        recurring = find_recurring([one.lines for one in found], before.repeated)
        slugs = unique_slugs((one.name, one.name.rsplit(".", 1)[0]) for one in found)
        marked = list(zip(found, recurring.furniture, strict=True))
        keys = [_key(one, slugs[one.name], lines, version) for one, lines in marked]
        known = _stored(means, keys)
        cached = len(known) if cached is None else cached
        wanted: dict[str, Task] = {}
        faults: list[Issue] = []
        for key, (one, lines) in zip(keys, marked, strict=True):
            if key not in known:
                text = one.text()
                if isinstance(text, Issue):
                    faults.append(text)
                else:
                    wanted[key] = Task(slugs[one.name], text, lines, options.seconds)
        origins = {
            key: (of_name[one.name], slugs[one.name], lines) for key, (one, lines) in zip(keys, marked, strict=True)
        }
        shelf.serve(means.fetch, means.marks, partial(_again, origins, means))
        if ready is not None and wanted:
            shelf.arrange(sorted(known, key=lambda key: known[key].document.id))
            ready(known)
        faults.extend(_worked(wanted, known, means))
        issues.extend(faults)
        if not faults:
            break
        # Names and recurring lines are found over all seeds: one that fails must leave no trace in the others.
        failed = {fault.seed for fault in faults}
        found = [one for one in found if one.name not in failed]
    shelf.arrange(sorted(keys, key=lambda key: known[key].document.id))
    store.use([*keys, *(_part_key(part, key) for key in keys for part in ("head", "marks"))])
    annotated = tuple(known[key] for key in keys)
    issues.extend(issue for result in annotated for issue in result.document.issues)
    remembered = _memory(before.version, seeds, found, recurring)
    return Analysis(annotated, tuple(keys), tuple(issues), cached, means.seconds, remembered)


@dataclass(frozen=True, slots=True)
class _Means:
    options: Options
    store: Store
    progress: Callable[[int, int], None]
    work: Work
    shelf: Shelf
    spare: dict[str, bytes] = field(default_factory=dict)
    """Results that the store does not keep."""
    seconds: dict[str, float] = field(default_factory=dict)

    def fetch(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The results of those `keys` that are to be had."""
        missing = [key for key in keys if key not in self.spare]
        found = dict(self.store.get_many(missing)) if missing else {}
        found.update((key, self.spare[key]) for key in keys if key in self.spare)
        return found

    def marks(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The marks of those `keys` that the store has."""
        at = {_part_key("marks", key): key for key in keys}
        return {at[one]: encoded for one, encoded in self.store.get_many(list(at)).items()}

    def keep(self, results: Mapping[str, bytes], others: Mapping[str, bytes]) -> None:
        """Keep `results` where they can be got again, and `others`, which can be done without, if possible."""
        self.store.put_many({**results, **others})
        if not self.store.keeps:
            self.spare.update(results)


def _worked(wanted: Mapping[str, Task], known: dict[str, Annotated], means: _Means) -> list[Issue]:
    """Work on the tasks of `wanted`, add their results to `known`, and return what failed, in order of the tasks."""
    faults: dict[str, Issue] = {}
    at = {task.document_id: key for key, task in wanted.items()}
    done, version = 0, corpus_version()
    with closing(means.work(list(wanted.values()), means.options)) as working:
        for batch, outcome in working:
            entries: dict[str, bytes] = {}
            for task, result in zip(batch, outcome.results, strict=True):
                if isinstance(result, Issue):
                    faults[at[task.document_id]] = result
                else:
                    entries[at[task.document_id]] = result
            digests = {
                digest_key(at[task.document_id], version): digest
                for task, digest in zip(batch, outcome.digests, strict=False)
                if digest
            }
            heads, parts = _parts(entries)
            means.keep(entries, {**digests, **parts})
            # What is worked out is not held.
            known.update(means.shelf.add(heads))
            for part, seconds in outcome.seconds.items():
                means.seconds[part] = means.seconds.get(part, 0.0) + seconds
            done += len(batch)
            means.progress(done, len(wanted))
    if not means.store.keeps:
        # The store stopped working on the way: what it had is worked out again, and by now it keeps nothing.
        lost = {key: task for key, task in wanted.items() if key not in faults and key not in means.spare}
        if lost:
            _worked(lost, known, means)
    return [faults[key] for key in wanted if key in faults]


def _again(
    origins: Mapping[str, tuple[SeedFile | StandingSeed, str, frozenset[str]]], means: _Means, keys: Sequence[str]
) -> Mapping[str, bytes]:
    """The results of `keys`, which were in the store when the build began, worked out again.

    Of each of them `origins` has the seed, the document's id and the lines that recur. Raises `EnvironmentFault` where
    a seed is another by now.
    """
    version = stage_version(means.options)
    tasks: list[Task] = []
    at: dict[str, str] = {}
    for key in keys:
        seed, document_id, lines = origins[key]
        found = _found(seed, means.options.limits)
        text = found if isinstance(found, Issue) else found.text()
        if isinstance(found, Issue) or isinstance(text, Issue) or _key(found, document_id, lines, version) != key:
            raise EnvironmentFault(f"{seed.name}: changed while the site was built", "build again")
        tasks.append(Task(document_id, text, lines, means.options.seconds))
        at[document_id] = key
    made: dict[str, bytes] = {}
    with closing(means.work(tasks, means.options)) as working:
        for batch, outcome in working:
            for task, result in zip(batch, outcome.results, strict=True):
                if isinstance(result, Issue):
                    raise EnvironmentFault(f"{result.seed}: {result.message}", result.remedy)
                made[at[task.document_id]] = result
    means.keep(made, {})
    return made


# Heads and results of so many articles are read at a time: ten megabytes at most.
_READ_AT_ONCE = 400


def _stored(means: _Means, keys: Sequence[str]) -> dict[str, Annotated]:
    """The articles of those `keys` that are known."""
    found = means.shelf.known(keys)
    missing = [key for key in keys if key not in found]
    with held_still():
        for start in range(0, len(missing), _READ_AT_ONCE):
            at = {_part_key("head", key): key for key in missing[start : start + _READ_AT_ONCE]}
            heads = {at[head]: encoded for head, encoded in means.store.get_many(list(at)).items()}
            found.update(means.shelf.add(heads))
            headless = [key for key in at.values() if key not in found]
            if headless:
                heads, parts = _parts(means.store.get_many(headless))
                means.store.put_many(parts)
                found.update(means.shelf.add(heads))
    return found


def _parts(results: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The heads of encoded articles by their keys, and by keys of their own what of them is read most."""
    decoder = msgspec.msgpack.Decoder(Annotated)
    heads: dict[str, bytes] = {}
    parts: dict[str, bytes] = {}
    for key, encoded in results.items():
        try:
            heads[key] = encode_head(decoder.decode(encoded), len(encoded))
        except msgspec.DecodeError:
            continue
        parts[_part_key("head", key)] = heads[key]
        parts[_part_key("marks", key)] = encode_marks(encoded)
    return heads, parts


def _part_key(part: str, key: str) -> str:
    """Under which the store keeps a part of the article whose result has the key `key`."""
    return hashlib.sha256(f"{part} {heads_version()} {key}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Found:
    """What of a seed must be known before its result is asked for, and a way to its text."""

    name: str
    sha256: str
    override: bytes
    lines: Lines
    stamps: Stamps | None
    text: Callable[[], SeedText | Issue]


def _found(seed: SeedFile | StandingSeed, limits: Limits) -> _Found | Issue:
    if isinstance(seed, StandingSeed):
        known = seed.known
        again = partial(_read_standing, seed, limits)
        return _Found(seed.name, known.sha256, known.override, Lines(known.lines), known.stamps, again)
    text = _read(seed, limits)
    if isinstance(text, Issue):
        return text
    override = msgspec.json.encode(text.override, order="deterministic")
    return _Found(seed.name, text.sha256, override, Lines.of(text.text), seed.stamps, lambda: text)


def _memory(
    version: str, seeds: Sequence[SeedFile | StandingSeed], found: Sequence[_Found], recurring: Recurring
) -> SeedMemory:
    """What is remembered of `seeds`, of which those in `found` have results."""
    records = {
        seed.name: SeedRecord(seed.stamps) for seed in seeds if isinstance(seed, SeedFile) and seed.stamps is not None
    }
    for one in found:
        if one.stamps is not None:
            records[one.name] = SeedRecord(one.stamps, one.sha256, one.override, one.lines.digests)
    return SeedMemory(version, records, dict(recurring.repeated))


def _key(one: _Found, document_id: str, recurring: frozenset[str], version: str) -> str:
    parts = (version, document_id, one.name, one.sha256, one.override.decode(), *sorted(recurring))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _read_standing(seed: StandingSeed, limits: Limits) -> SeedText | Issue:
    again = seed.read()
    return again if isinstance(again, Issue) else _read(again, limits)


def _read(seed: SeedFile, limits: Limits) -> SeedText | Issue:
    try:
        return read.read_seed(seed.name, seed.raw, seed.override, limits)
    except SeedRejected as error:
        return Issue("error", error.code, seed.name, error.message, error.remedy)
    except (OSError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 -- whatever our own code fails on, one seed must not stop the build of the others
        return engine_fault(seed.name)
