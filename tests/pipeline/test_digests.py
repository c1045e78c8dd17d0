"""What is kept of earlier builds changes no corpus: whatever was added, taken away or changed in between."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NoReturn

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus import articles
from bench.documents import documents
from generator.cache import Cache
from generator.corpus.keypoints import corpus_points
from generator.corpus.resolve import Decisions
from generator.corpus.wording import entity_mentions
from generator.lazy.named import plain
from generator.model import Annotated
from generator.pipeline import digests, stowed, version
from generator.pipeline.analyse import analyse
from generator.pipeline.digests import Digests, fetch_digests, find_digests
from generator.pipeline.gather import SeedFile
from generator.pipeline.reduce import Reduced, reduce
from generator.pipeline.spread import PARALLEL_SEEDS
from generator.pipeline.stowed import Stowed
from generator.pipeline.tasks import Options
from generator.pipeline.workers import NoWorkers
from generator.read.limits import Limits
from generator.session import Session

HELD = 24
"""Articles that a corpus is drawn from: several stories, near-duplicates among them."""


@cache
def made() -> tuple[Annotated, ...]:
    return tuple(one.annotated for one in documents(HELD, 5))


def nothing(_done: int, _all: int) -> None:
    """Shows no progress."""


def encoded(reduced: Reduced) -> bytes:
    points = corpus_points(reduced.corpus, reduced.candidates)
    return msgspec.msgpack.encode([reduced.corpus, reduced.unmatched, points], enc_hook=plain)


class Kept:
    """A store in memory that counts what is asked of it in vain."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}
        self.missed = 0
        self.used: list[str] = []

    def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        self.missed += len(set(keys) - self.entries.keys())
        return {key: self.entries[key] for key in keys if key in self.entries}

    def put_many(self, entries: Mapping[str, bytes]) -> None:
        self.entries.update(entries)

    def use(self, keys: Sequence[str]) -> None:
        self.used = list(keys)


class Asked(Kept):
    """A store that counts what is asked of it."""

    def __init__(self, entries: dict[str, bytes]) -> None:
        super().__init__()
        self.entries, self.count = entries, 0

    def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        self.count += len(keys)
        return super().get_many(keys)


def keys_of(annotated: Sequence[Annotated]) -> list[str]:
    return [f"{one.document.id} {one.document.title.value}" for one in annotated]


def retitled(one: Annotated, title: str) -> Annotated:
    return replace(one, document=replace(one.document, title=replace(one.document.title, value=title)))


CHANGES = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "change", "withdraw its date"]), st.integers(0, HELD - 1)),
    min_size=1,
    max_size=6,
)
NAMED = sorted({mention.name for mention in made()[0].mentions if mention.type == "person"})
DECISIONS = st.sampled_from(
    [
        Decisions(),
        Decisions(different=((NAMED[0], NAMED[-1]),)),
        Decisions(same=((NAMED[0], NAMED[-1]),), type={NAMED[0]: "organization"}),
    ]
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(CHANGES, DECISIONS), min_size=1, max_size=3))
def test_builds_one_after_the_other_give_what_each_gives_alone(
    builds: list[tuple[list[tuple[str, int]], Decisions]],
) -> None:
    store = Kept()
    present = dict(enumerate(made()[: HELD // 2]))
    for changes, decisions in builds:
        for change, at in changes:
            one = present.get(at, made()[at])
            if change == "add":
                present[at] = one
            elif change == "remove":
                present.pop(at, None)
            elif change == "change":
                present[at] = retitled(one, f"{one.document.title.value}, again")
            else:
                present[at] = retitled(made()[at], "Without a date")
                document = replace(present[at].document, published=replace(one.document.published, iso=""))
                present[at] = replace(present[at], document=document)
        annotated = list(present.values())
        known = find_digests(annotated, keys_of(annotated), store, nothing)
        reduced = reduce(annotated, decisions, known)
        assert encoded(reduced) == encoded(reduce(annotated, decisions))
        # What is handed on beside the corpus says the same as the corpus.
        assert reduced.mentions == entity_mentions(reduced.corpus.entities)
        points = corpus_points(reduced.corpus)
        assert {**reduced.points, "": points[""]} == points


def test_what_a_process_has_of_its_last_build_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session()
    find_digests(made()[:10], keys_of(made()[:10]), Kept(), nothing, session=session)
    store = Asked({})
    changed = [*made()[:8], retitled(made()[8], "Another title"), made()[11]]
    found = find_digests(changed, keys_of(changed), store, nothing, session=session)
    # Of the two that are new the digest, then the article.
    assert store.count == 4
    assert dict(found.part("things")) == dict(Digests.of(changed).part("things"))
    # The cache is told to keep all of it, and nothing of what is gone stays in memory.
    assert len(store.used) == len(changed)
    assert set(session.hold("encoded digests", "", Stowed)._values) == set(store.used)
    monkeypatch.setattr(digests, "MOST_REMEMBERED", 9)
    for other in (Session(lasting=False), session, None):
        asked = Asked({})
        find_digests(changed, keys_of(changed), asked, nothing, session=other)
        assert asked.count == 2 * len(changed)


def test_only_what_is_new_is_digested(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path / "cache.sqlite")
    find_digests(made()[:10], keys_of(made()[:10]), cache, nothing)
    cache.close()
    seen: list[tuple[int, int]] = []
    again = Cache.open(tmp_path / "cache.sqlite")
    keys = keys_of(made()[:11])
    found = find_digests(made()[:11], keys, again, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]
    fetched = fetch_digests(keys[:5], again)
    again.close()
    assert len(fetched._values) == 5
    early = find_digests(made()[:5], keys[:5], Kept(), nothing, fetched=fetched)
    assert dict(early.part("words")) == dict(Digests.of(made()[:5]).part("words"))
    worked_out = Digests.of(made()[:11])
    for part in ("dated", "fingerprint", "things", "told", "words", "quotes", "candidates"):
        assert dict(found.part(part)) == dict(worked_out.part(part)), part


def test_several_processes_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "PARALLEL_DIGESTS", 10)
    monkeypatch.setattr(digests, "_BATCH", 7)
    found = find_digests(made(), keys_of(made()), Kept(), nothing, 2)
    alone = Digests.of(made())
    for part in ("dated", "fingerprint", "things", "told", "words", "quotes", "candidates"):
        assert dict(found.part(part)) == dict(alone.part(part)), part


def test_where_no_processes_are_to_be_had_one_does_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_jobs: int) -> NoReturn:
        raise NoWorkers("no semaphores")

    monkeypatch.setattr(digests, "PARALLEL_DIGESTS", 1)
    monkeypatch.setattr(digests, "worker_crew", none)
    assert len(find_digests(made()[:3], keys_of(made()[:3]), Kept(), nothing, 2).part("words")) == 3


def test_other_code_gets_other_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Kept()
    find_digests(made()[:3], keys_of(made()[:3]), store, nothing)
    # Neither a digest nor an article was there.
    assert store.missed == 6
    find_digests(made()[:3], keys_of(made()[:3]), store, nothing)
    assert store.missed == 6
    monkeypatch.setattr(digests, "corpus_version", lambda: f"{version.corpus_version()} changed")
    find_digests(made()[:3], keys_of(made()[:3]), store, nothing)
    assert store.missed == 12


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_store_has_of_an_article_is_digested(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "PARALLEL_DIGESTS", 2)
    given, keys, store = made()[:6], keys_of(made()[:6]), Kept()
    store.put_many({key: msgspec.msgpack.encode(one) for key, one in zip(keys, given, strict=True)})
    store.entries[keys[1]] = b"no article"
    del store.entries[keys[2]]
    # What stands under a key is the article, whatever is given beside it.
    store.entries[keys[0]] = msgspec.msgpack.encode(given[5])
    found = find_digests(given, keys, store, nothing, jobs)
    names = [one.document.id for one in given]
    alone, other = Digests.of(given).part("words"), Digests.of(made()[5:6]).part("words")
    assert [found.part("words")[name] for name in names[1:4]] == [alone[name] for name in names[1:4]]
    assert found.part("words")[names[0]] == other[given[5].document.id] != alone[names[0]]


def test_more_than_memory_is_to_hold_is_read_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stowed, "HELD", 10_000)
    found = find_digests(made(), keys_of(made()), Kept(), nothing, folder=tmp_path)
    # It has no name, so it is gone with the process whatever ends that.
    assert not any(tmp_path.iterdir())
    places = list(found._encoded._values.values())
    assert 0 < sum(isinstance(one, bytes) for one in places) < len(places)
    alone = Digests.of(made())
    for part in ("dated", "fingerprint", "things", "told", "words", "quotes", "candidates"):
        assert dict(found.part(part)) == dict(alone.part(part)), part
    known = reduce(made(), Decisions(), find_digests(made(), keys_of(made()), Kept(), nothing, folder=tmp_path), 2)
    assert encoded(known) == encoded(reduce(made(), Decisions()))


def test_where_there_is_no_room_for_a_file_memory_holds_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stowed, "HELD", 0)
    kept = Stowed(tmp_path)
    monkeypatch.setattr(os, "pwrite", lambda _file, value, _at: len(value) - 1)
    kept.put({"a": b"abc", "b": b"bcd"})
    assert (kept["a"], kept["b"]) == (b"abc", b"bcd")
    nowhere = Stowed(tmp_path / "nowhere")
    nowhere.put({"a": b"abc"})
    assert nowhere["a"] == b"abc"


def test_what_was_stowed_last_under_a_key_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stowed, "HELD", 4)
    kept = Stowed(tmp_path)
    kept.put({"a": b"abc", "b": b"bcd", "c": b""})
    kept.put({"d": b"defg" * 1000})
    kept.replace("b", b"other")
    assert [kept[key] for key in "abcd"] == [b"abc", b"other", b"", b"defg" * 1000]
    assert "e" not in kept


def test_the_order_of_the_articles_changes_nothing() -> None:
    annotated = list(made())
    known = find_digests(annotated, keys_of(annotated), Kept(), nothing)
    assert encoded(reduce(annotated[::-1], Decisions(), known)) == encoded(reduce(annotated, Decisions()))


@pytest.mark.parametrize("jobs", [1, 2])
def test_whoever_reads_a_seed_leaves_its_digest(jobs: int, tmp_path: Path) -> None:
    seeds = tuple(SeedFile(name, text.encode()) for name, text in articles(PARALLEL_SEEDS))
    cache = Cache.open(tmp_path / "cache.sqlite")
    analysis = analyse(seeds, Options(Limits(), jobs=jobs), cache, nothing)
    worked_out: list[int] = []
    found = find_digests(analysis.annotated, analysis.keys, cache, lambda done, _all: worked_out.append(done))
    assert not worked_out
    again = Digests.of(analysis.annotated)
    for name in ("things", "words", "quotes", "told", "fingerprint", "dated", "candidates"):
        assert dict(found.part(name)) == dict(again.part(name))
