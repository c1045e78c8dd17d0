"""Key points are sentences of the text that tell most."""

from __future__ import annotations

from generator.corpus.keypoints import briefing_points, corpus_points, key_points
from generator.corpus.relate import relate
from generator.model import Article, Corpus, Link
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


def test_the_first_sentence_and_the_one_that_names_and_dates_most_are_chosen_in_order() -> None:
    points = key_points(STORY, entities_of(STORY), 2)
    assert [point.paragraph for point in points] == [1, 5]
    for point in points:
        assert STORY.annotated.document.seed.text[point.span.start : point.span.end] == point.text


def test_fragments_of_quotations_are_no_key_points() -> None:
    assert 2 not in {point.paragraph for point in key_points(STORY, entities_of(STORY), 4)}


def test_an_article_without_sentences_has_none() -> None:
    empty = article("e", "")
    assert key_points(empty, ()) == ()


def test_the_briefing_takes_one_sentence_an_article_and_tells_nothing_twice() -> None:
    points = briefing_points(corpus(STORY, COPY, OTHER))
    assert sorted(point.article for point in points) in (["a", "c"], ["b", "c"])


def test_one_version_of_a_story_speaks_for_all() -> None:
    whole = corpus(STORY, COPY, OTHER, versions=(Link("a", "b", "the same", 1.0, "version"),))
    assert sorted(point.article for point in briefing_points(whole)) == ["a", "c"]


def test_all_points_of_a_corpus_at_once_are_those_of_each_article() -> None:
    whole = corpus(STORY, COPY, OTHER)
    points = corpus_points(whole)
    assert points["a"] == key_points(STORY, whole.entities)
    assert points[""] == briefing_points(whole)
