"""Events that are remembered are told again only where nothing changed that they follow from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bench.documents import documents
from generator.corpus.chronicle import Annals, chronicle, told_in
from generator.corpus.resolve import Decisions
from generator.corpus.wording import Stemmer
from generator.model import Article, Corpus, Entity
from generator.pipeline.reduce import reduce


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return reduce([one.annotated for one in documents(60)], Decisions()).corpus


def of_one_day(article: Article) -> Article:
    return replace(article, dates=tuple(replace(one, iso="2021-05-03", precision="day") for one in article.dates))


def retitled(article: Article) -> Article:
    document = article.annotated.document
    title = replace(document.title, value=f"Otherwise: {document.title.value}")
    return replace(article, annotated=replace(article.annotated, document=replace(document, title=title)))


def all_unsure(entity: Entity) -> Entity:
    located = tuple(replace(one, mention=replace(one.mention, weak=True)) for one in entity.mentions)
    return replace(entity, mentions=located)


def test_other_dates_titles_or_names_that_are_less_sure_are_told_anew(corpus: Corpus) -> None:
    told = [told_in(one.annotated, Stemmer()) for one in corpus.articles]
    annals = Annals()

    def tells(articles: Sequence[Article], entities: Sequence[Entity]) -> object:
        events = chronicle(articles, entities, told)
        assert chronicle(articles, entities, told, annals=annals) == events
        assert chronicle(articles, entities, told, annals=annals) == events
        return events

    plain = tells(corpus.articles, corpus.entities)
    assert tells([retitled(one) for one in corpus.articles], corpus.entities) != plain
    assert tells([of_one_day(one) for one in corpus.articles], corpus.entities) != plain
    assert tells(corpus.articles, list(map(all_unsure, corpus.entities))) != plain
    assert tells(corpus.articles, corpus.entities) == plain
