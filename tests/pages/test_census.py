"""What is worked out for all mentions at once is what a plain count of them gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.aligned import Span
from generator.model import Article, Corpus, Entity, Located, ResolvedQuote
from generator.pages.addresses import Addresses
from generator.pages.association import association, strength
from generator.pages.census import Bounds, ranges
from generator.pages.company import COMPANIONS, Company
from generator.pages.library import Library
from tests.pages.fixture import corpus, facts

_WIDTH = 20
"""Sentences begin every so many characters, and end before the next one does."""
Named = dict[tuple[str, int], list[str]]
"""Article and sentence to the entities that it names; odd offsets are outside every sentence."""


@cache
def _whole() -> Corpus:
    return corpus()


def _library(sentences: dict[str, int], named: Named, quotes: tuple[ResolvedQuote, ...] = ()) -> Library:
    whole = _whole()
    model, entity, mention = whole.articles[0], whole.entities[0], whole.entities[0].mentions[0].mention
    articles: list[Article] = []
    for name, count in sentences.items():
        spans = tuple(Span(at * _WIDTH, at * _WIDTH + 15) for at in range(count))
        document = replace(model.annotated.document, id=name)
        articles.append(replace(model, annotated=replace(model.annotated, document=document, sentences=spans)))
    mentions: defaultdict[str, list[Located]] = defaultdict(list)
    for (article, sentence), ids in sorted(named.items()):
        for at, one in enumerate(ids):
            start = sentence * _WIDTH + at % 18
            mentions[one].append(Located(article, replace(mention, span=Span(start, start + 2), zone="body")))
    entities: tuple[Entity, ...] = tuple(
        replace(entity, id=one, name=one, mentions=tuple(located)) for one, located in mentions.items()
    )
    return Library(replace(whole, articles=tuple(articles), entities=entities, quotes=quotes), facts(), _ADDRESSES)


_ADDRESSES = Addresses({}, {})


def _counted(library: Library) -> dict[str, tuple[Company, ...]]:
    """The company of each entity, counted one by one."""
    places: dict[str, set[tuple[str, int]]] = {}
    for entity in library.corpus.entities:
        places[entity.id] = set()
        for located in entity.mentions:
            article = library.articles.get(located.article)
            for number, span in enumerate(article.annotated.sentences if article else ()):
                if span.start <= located.mention.span.start < span.end:
                    places[entity.id].add((located.article, number))
    total = sum(len(article.annotated.sentences) for article in library.corpus.articles)
    company: dict[str, tuple[Company, ...]] = {}
    for one, own in places.items():
        found: list[Company] = []
        for other, others in places.items():
            shared = sorted(own & others)
            if other != one and shared:
                steps = strength(association(len(shared), len(own), len(others), total))
                found.append(Company(other, steps, len(shared), tuple(shared[:2])))
        found.sort(key=lambda each: (-each.strength, -each.together, each.id))
        company[one] = tuple(found[:COMPANIONS])
    return company


_IDS = st.sampled_from([f"person/{letter}" for letter in "ebdcafghijklmnopq"])
_NAMED = st.dictionaries(
    st.tuples(st.sampled_from(["b", "a", "c", "gone"]), st.integers(0, 8)),
    st.lists(_IDS, min_size=1, max_size=16),
    max_size=14,
)


@given(_NAMED)
@settings(max_examples=60, deadline=None)
@pytest.mark.filterwarnings("error")
def test_company_is_counted_sentence_by_sentence(named: Named) -> None:
    library = _library({"b": 6, "a": 8, "c": 0}, named)
    assert {entity.id: library.company(entity.id) for entity in library.corpus.entities} == _counted(library)


@pytest.mark.filterwarnings("error")
def test_company_in_a_large_corpus_has_the_strengths_that_are_worked_out_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("generator.pages.company._AT_ONCE", 300)
    random = Random(7)  # noqa: S311 -- nothing is to be kept secret
    named = {
        ("a", at): [f"place/{int(random.expovariate(0.1))}" for _ in range(random.randrange(7))] for at in range(900)
    }
    library = _library({"a": 900}, named)
    counted = _counted(library)
    assert {entity.id: library.company(entity.id) for entity in library.corpus.entities} == counted
    assert len({one.strength for own in counted.values() for one in own}) > 5
    chosen = sorted(counted)[:9]
    shared = [tuple(sorted(set(ids).intersection(chosen))) for _, ids in sorted(named.items())]
    assert library.circles.together(chosen) == [found for found in shared if len(found) > 1]


@given(_NAMED, st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 90), st.integers(0, 60), _IDS), max_size=6))
@settings(max_examples=60, deadline=None)
def test_mentions_stand_in_the_order_of_the_text_and_are_found_in_quotes(
    named: Named, said: list[tuple[str, int, int, str]]
) -> None:
    model = _whole().quotes[0]
    quotes = tuple(
        replace(model, article=article, quote=replace(model.quote, span=Span(at, at + length)), speaker_entity=speaker)
        for article, at, length, speaker in said
    )
    library = _library({"b": 6, "a": 8, "c": 0}, named, quotes)
    rows: dict[str, list[tuple[int, int, str]]] = {article: [] for article in library.articles}
    for entity in library.corpus.entities:
        for located in entity.mentions:
            span = located.mention.span
            rows.get(located.article, []).append((span.start, span.end, entity.id))
    for article, own in rows.items():
        told = [(mention.span.start, mention.span.end, name.id) for mention, name in library.mentions.get(article, ())]
        assert told == sorted(own)
    for entity in library.corpus.entities:
        about = [
            quote
            for article in dict.fromkeys(quote.article for quote in quotes)
            for quote in library.quotes_of[article]
            if quote.speaker_entity != entity.id
            and any(quote.quote.span.covers(Span(*row[:2])) and row[2] == entity.id for row in rows[article])
        ]
        assert list(library.quotes_about.get(entity.id, ())) == about


def test_an_article_of_known_origin_is_not_read_for_its_sentences() -> None:
    article = _library({"a": 3}, {}).corpus.articles[0]
    bounds = Bounds(lambda _: "key")
    known = bounds.of(article)
    shorter = replace(article, annotated=replace(article.annotated, sentences=()))
    assert Bounds(lambda _: "key", bounds.kept).of(shorter) == known
    assert Bounds(lambda _: "other", bounds.kept).of(shorter) == b""
    assert Bounds(known=bounds.kept).of(shorter) == b""


def test_ranges_are_counted_through() -> None:
    number, place = ranges(np.array([3, 9, 0]), np.array([5, 9, 1]))
    assert (number.tolist(), place.tolist()) == ([0, 0, 2], [3, 4, 0])


def test_texts_of_few_articles_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pages.library.HELD", 2)
    library = _library({"a": 1, "b": 2, "c": 3}, {})
    sentences = [library.paragraphs(article).sentence_at(Span(25, 27)) for article in "abcabc"]
    assert sentences == [-1, 1, 1, -1, 1, 1]
    held = library.paragraphs("c")
    assert library.paragraphs("c") is held
    library.paragraphs("a")
    library.paragraphs("b")
    assert library.paragraphs("c") is not held
