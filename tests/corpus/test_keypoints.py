"""Key points are sentences of the text that tell most."""

from __future__ import annotations

from dataclasses import replace

from generator.corpus.keypoints import candidates_of, corpus_points, key_points
from generator.corpus.relate import relate
from generator.corpus.wording import Stemmer, entity_mentions
from generator.model import Article, Corpus, Evidence, Link
from tests.corpus.making import article, entities_of

STORY = article(
    "a",
    "Ola Brandt opened the new bridge of Northhaven on Monday before a crowd of two thousand people.",
    "“Nine years of work,” she said.",
    "He smiled and waved at all of them for quite a long while that day.",
    "The weather was fine and the sausages that were sold at the stands were gone by the early afternoon.",
    "Ola Brandt and Ana Vrell will close the ferry between Norland and Sudland in June, according to Delta News.",
    dates={"Monday": "2021-05-03", "June": "2021-06"},
    published="2021-05-04",
)
COPY = article(
    "b",
    "Ola Brandt opened the new bridge of Northhaven on Monday before a crowd of two thousand people, it was said.",
    published="2021-05-05",
)
OTHER = article(
    "c",
    "The Polar Council elected Ana Vrell as its president in Sudland on Friday after a vote of nine to four.",
    dates={"Friday": "2021-05-07"},
    published="2021-05-08",
)


def corpus(*articles: Article, versions: tuple[Link, ...] = ()) -> Corpus:
    entities = entities_of(*articles)
    links, references = relate(articles, entities, (), versions)
    return Corpus(articles, entities, (), links, (), references)


def points_of(one: Article, limit: int) -> tuple[Evidence, ...]:
    mentions = entity_mentions(entities_of(one)).get(one.id, ())
    return key_points(one, mentions, candidates_of(one.annotated, Stemmer()), limit)


def test_the_first_sentence_and_the_one_that_names_and_dates_most_are_chosen_in_order() -> None:
    points = points_of(STORY, 2)
    assert [point.paragraph for point in points] == [1, 5]
    for point in points:
        assert STORY.annotated.document.seed.text[point.span.start : point.span.end] == point.text


def test_fragments_of_quotations_are_no_key_points() -> None:
    assert 2 not in {point.paragraph for point in points_of(STORY, 4)}


def test_an_article_without_sentences_has_none() -> None:
    assert points_of(article("e", ""), 4) == ()


def test_the_briefing_takes_one_sentence_an_article_and_tells_nothing_twice() -> None:
    points = corpus_points(corpus(STORY, COPY, OTHER))[""]
    assert sorted(point.article for point in points) in (["a", "c"], ["b", "c"])


def test_one_version_of_a_story_speaks_for_all() -> None:
    whole = corpus(STORY, COPY, OTHER, versions=(Link("a", "b", "the same", 1.0, "version"),))
    assert sorted(point.article for point in corpus_points(whole)[""]) == ["a", "c"]


def test_candidates_that_are_known_give_the_same_points() -> None:
    whole = corpus(STORY, COPY, OTHER)
    known = {one.id: candidates_of(one.annotated, Stemmer()) for one in whole.articles}
    points = corpus_points(whole)
    assert points["a"] == points_of(STORY, 4)
    assert corpus_points(whole, known) == points


def test_of_an_article_whose_text_is_withheld_no_known_sentence_is_shown() -> None:
    known = {one.id: candidates_of(one.annotated, Stemmer()) for one in (STORY, OTHER)}
    left = replace(article("a", ""), publish="metadata")
    assert {point.article for points in corpus_points(corpus(left, OTHER), known).values() for point in points} == {"c"}
