"""Events that are remembered are told again only where nothing changed that they follow from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bench.documents import documents
from generator.corpus.chronicle import Annals, chronicle, told_in
from generator.corpus.resolve import Decisions, resolve
from generator.corpus.wording import Stemmer
from generator.model import Annotated, Article, Corpus
from generator.pipeline.marks import Mark, Marks
from generator.pipeline.reduce import reduce


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return reduce([one.annotated for one in documents(60)], Decisions()).corpus


def of_one_day(article: Article) -> Article:
    return replace(article, dates=tuple(replace(one, iso="2021-05-03", precision="day") for one in article.dates))


def otherwise(article: Article, **changes: object) -> Article:
    annotated: Annotated = replace(article.annotated, **changes)  # type: ignore[arg-type]
    return replace(article, annotated=annotated)


def retitled(article: Article) -> Article:
    document = article.annotated.document
    title = replace(document.title, value=f"Otherwise: {document.title.value}")
    return otherwise(article, document=replace(document, title=title))


def all_unsure(article: Article) -> Article:
    return otherwise(article, mentions=tuple(replace(one, weak=True) for one in article.annotated.mentions))


def marked(marks: Marks, articles: Sequence[Article], decisions: Decisions) -> list[Mark]:
    return marks.of(articles, resolve(articles, decisions).meant)


def test_other_dates_titles_or_names_that_are_less_sure_are_told_anew(corpus: Corpus) -> None:
    told = [told_in(one.annotated, Stemmer()) for one in corpus.articles]
    annals, marks = Annals(), Marks()

    def tells(articles: Sequence[Article]) -> object:
        entities = resolve(articles, Decisions()).entities
        events = chronicle(articles, entities, told)
        for _ in range(2):
            own = marked(marks, articles, Decisions())
            assert chronicle(articles, entities, told, annals=(annals, own)) == events
        return events

    plain = tells(corpus.articles)
    assert tells([retitled(one) for one in corpus.articles]) != plain
    assert tells([of_one_day(one) for one in corpus.articles]) != plain
    assert tells(list(map(all_unsure, corpus.articles))) != plain
    assert tells(corpus.articles) == plain


def test_an_article_is_marked_anew_where_anything_that_is_taken_of_it_differs(corpus: Corpus) -> None:
    articles, marks = corpus.articles, Marks()
    before = marked(marks, articles, Decisions())
    assert marked(marks, articles, Decisions()) == before
    for change in (retitled, of_one_day, all_unsure):
        own = marked(marks, [change(articles[0]), *articles[1:]], Decisions())
        assert own[0] not in before
        assert own[1:] == before[1:]
        before = marked(marks, articles, Decisions())
    person = next(one for one in corpus.entities if one.type == "person" and len(one.mentions) > 1)
    naming = {one.article for one in person.mentions}
    for decisions in (Decisions(hide=(person.name,)), Decisions(rename={person.name: "Somebody Else"})):
        own = marked(marks, articles, decisions)
        assert {one.id for one, mark in zip(articles, own, strict=True) if mark not in before} == naming
        before = marked(marks, articles, Decisions())
    # Of those that stay, none is taken for another where one goes.
    assert marked(marks, articles[1:], Decisions())[0] == before[1]
