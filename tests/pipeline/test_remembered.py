"""What a process remembers of the names of one corpus is right for the next one, and is not made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bench.documents import documents
from generator.corpus.chronicle.merging import clusters_of
from generator.corpus.chronicle.statements import Statement, statements_of
from generator.corpus.keypoints import corpus_points
from generator.corpus.resolve import Decisions, ThingReader
from generator.corpus.resolve.naming import build_entity
from generator.model import Annotated, Article
from generator.pipeline import remembered
from generator.pipeline.digests import Digests
from generator.pipeline.reduce import reduce
from generator.session import Session

COUNT = 60


def invented(count: int = COUNT) -> list[Annotated]:
    return [one.annotated for one in documents(count)]


def otherwise(annotated: Annotated) -> Annotated:
    """The same article, but its mentions are less sure: what it names and tells is the same."""
    return replace(annotated, mentions=tuple(replace(one, score=0.25) for one in annotated.mentions))


def test_what_is_remembered_changes_nothing() -> None:
    articles, session = invented(), Session()
    changed = [*articles[:10], otherwise(articles[10]), *articles[11:]]
    swapped = [*articles[:10], replace(articles[10], mentions=articles[10].mentions[:3], dates=(), quotes=())]
    for corpus in (articles[:-5], articles, articles, changed, articles[7:], swapped, articles):
        assert reduce(corpus, Decisions(), session=session) == reduce(corpus, Decisions())


def test_the_best_sentences_that_are_remembered_are_those_of_the_corpus() -> None:
    articles, session = invented(), Session()
    # Where few are named and little is dated, other sentences tell most.
    unnamed = [replace(one, mentions=one.mentions[-2:], dates=one.dates[-1:]) for one in articles]
    told: list[object] = []
    for annotated in (articles[:-5], articles, unnamed, articles):
        reduced = reduce(annotated, Decisions(), session=session)
        known = (reduced.corpus, reduced.candidates, reduced.mentions, reduced.points)
        points = corpus_points(*known, reduced.once)
        assert points == corpus_points(*known, reduced.once) == corpus_points(*known)
        told.append(points[""])
    assert told[1] == told[3] != told[2]


def test_decisions_count_whatever_is_remembered() -> None:
    articles, session = invented(), Session()
    (person, other, *_) = [
        one.name for one in reduce(articles, Decisions(), session=session).corpus.entities if one.type == "person"
    ]
    for decisions in (
        Decisions(same=((person, other),)),
        Decisions(hide=(person,)),
        Decisions(rename={person: "Somebody Else"}),
        Decisions(type={person: "place"}),
        Decisions(),
    ):
        assert reduce(articles, decisions, session=session) == reduce(articles, decisions)


def test_what_did_not_change_is_neither_read_nor_put_together_again(monkeypatch: pytest.MonkeyPatch) -> None:
    articles, session = invented(), Session()
    digests = Digests.of(articles)
    reduce(articles[:-1], Decisions(), digests, session=session)
    read: list[object] = []
    built: list[object] = []
    things, build = ThingReader.things, build_entity

    def reading(self: ThingReader, packed: object) -> object:
        read.append(packed)
        return things(self, packed)  # type: ignore[arg-type]

    def building(*arguments: object) -> object:
        built.append(arguments)
        return build(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ThingReader, "things", reading)
    monkeypatch.setattr("generator.corpus.resolve.drafts.build_entity", building)
    entities = reduce(articles, Decisions(), digests, session=session).corpus.entities
    assert len(read) == 1
    new = [one for one in entities if any(located.article == articles[-1].document.id for located in one.mentions)]
    assert 0 < len(built) <= len(new) < len(entities)


def test_of_very_many_articles_nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_REMEMBERED", 10)
    session = Session()
    assert remembered.Remembered.of(session, 10) is remembered.Remembered.of(session, 10)
    assert remembered.Remembered.of(session, 11) is not remembered.Remembered.of(session, 11)
    alone = Session(lasting=False)
    assert remembered.Remembered.of(alone, 10) is not remembered.Remembered.of(alone, 10)
    assert reduce(invented(20), Decisions(), session=session) == reduce(invented(20), Decisions())


def test_what_did_not_change_is_not_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    articles, session = invented(), Session()
    digests = Digests.of(articles)
    before = reduce(articles[:-1], Decisions(), digests, session=session).corpus.events
    stated: list[str] = []
    days: list[str] = []

    def stating(article: Article, *rest: object) -> object:
        stated.append(article.id)
        return statements_of(article, *rest)  # type: ignore[arg-type]

    def clustering(of_day: Sequence[Statement]) -> object:
        days.append(of_day[0].day)
        return clusters_of(of_day)

    monkeypatch.setattr("generator.corpus.chronicle.annals.statements_of", stating)
    monkeypatch.setattr("generator.corpus.chronicle.annals.clusters_of", clustering)
    after = reduce(articles, Decisions(), digests, session=session).corpus.events
    new = articles[-1].document.id
    # Of the others those are told anew in which somebody is called otherwise now.
    assert new in stated
    assert len(stated) < len(articles) / 4
    of_new = {event.date for event in after if any(one.article == new for one in event.evidence)}
    assert of_new <= set(days) < {event.date for event in after}
    same = {id(event) for event in before} & {id(event) for event in after}
    assert len(same) > len(after) / 2


def test_an_event_counts_who_is_named_anew() -> None:
    """Those who take part stand in order of how many articles name them, which any article changes."""
    articles, session = invented(), Session()
    for count in range(COUNT - 12, COUNT):
        corpus = articles[:count]
        assert reduce(corpus, Decisions(), session=session).corpus.events == reduce(corpus, Decisions()).corpus.events
