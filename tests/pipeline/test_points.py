"""Key points that are kept between builds are taken where nothing changed that they follow from, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.corpus import keypoints
from generator.corpus.dating import Alone
from generator.corpus.resolve import Decisions
from generator.model import Annotated, Article, Published
from generator.pipeline import reduce as reducing
from generator.pipeline.digests import find_digests
from generator.pipeline.points import sources
from generator.pipeline.reduce import Reduced, reduce
from generator.publish.kept_points import read_points, write_points
from generator.recall import PointMemory
from tests.pipeline.test_digests import Kept, encoded, made, nothing


def built(annotated: tuple[Annotated, ...], store: Kept, memory: PointMemory, decisions: Decisions) -> Reduced:
    keys = [one.document.seed.sha256 for one in annotated]
    return reduce(annotated, decisions, find_digests(annotated, keys, store, nothing), 1, memory)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    really = keypoints.key_points

    def key_points(article: Article, *rest: object) -> object:
        asked.append(article.id)
        return really(article, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reducing, "key_points", key_points)
    return asked


def test_points_of_unchanged_articles_are_not_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store, every = Kept(), made()
    first = built(every[:-1], store, PointMemory("one"), Decisions())
    asked = counted(monkeypatch)
    second = built(every, store, first.memory, Decisions())
    assert every[-1].document.id in asked
    assert len(asked) < len(every) / 2
    assert encoded(second) == encoded(reduce(every, Decisions()))
    assert second.points == reduce(every, Decisions()).points
    assert second.memory.version == "one"


def test_other_meanings_of_names_give_points_anew() -> None:
    """What is kept is right for the names as they were resolved, and for no others."""
    store, every = Kept(), made()
    first = built(every, store, PointMemory("one"), Decisions())
    people = [one.name for one in first.corpus.entities if one.type == "person"]
    decisions = Decisions(same=(tuple(people[:40]),))
    again = built(every, store, first.memory, decisions)
    alone = reduce(every, decisions)
    assert again.points == alone.points
    assert again.memory.points.keys() != first.memory.points.keys()


def test_what_points_follow_from_is_all_of_it() -> None:
    one = made()[0]
    article = Article(one, Published(), ())
    digests = find_digests([one], ["a"], Kept(), nothing)
    others = find_digests([one], ["b"], Kept(), nothing)
    id_ = one.document.id
    told = {
        sources([article], digests, {id_: {0: "person-a", 1: "person-a"}}, {})(0),
        sources([article], digests, {id_: {0: "person-a", 1: "person-b"}}, {})(0),
        sources([article], digests, {id_: {0: "person-a"}}, {})(0),
        sources([article], others, {id_: {0: "person-a"}}, {})(0),
        sources([article], digests, {id_: {1: "person-a"}}, {})(0),
        sources([article], digests, {id_: {0: "person-a"}}, {0: Alone(Published(iso="2024-01-02"), ())})(0),
    }
    assert len(told) == 6
    # What a name is called tells nothing.
    assert sources([article], digests, {id_: {0: "person-c", 1: "person-c"}}, {})(0) in told


def test_a_damaged_file_or_another_version_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "points"
    memory = PointMemory("one", {b"k" * 16: b"value"})
    write_points(file, memory)
    assert read_points(file, "one") == memory
    assert read_points(file, "two") == PointMemory("two")
    damaged = bytearray(file.read_bytes())
    damaged[-2] ^= 1
    file.write_bytes(bytes(damaged))
    assert read_points(file, "one") == PointMemory("one")
    assert read_points(tmp_path / "none", "one") == PointMemory("one")
