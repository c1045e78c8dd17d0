"""Words, sentences and names as the corpus stages share them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.aligned import Span
from generator.corpus.wording import Stemmer, listed, mentions_within, sentences_of, word_lists
from tests.corpus.making import article


def test_forms_of_one_word_have_one_stem_and_small_words_have_none() -> None:
    stems = Stemmer().stems("Norland established relations; the establishment of a relation in 2021 was theirs.")
    assert stems.count("establish") == 2
    assert stems.count("relat") == 2
    assert not set(stems) & {"the", "of", "a", "in", "2021", "was", "theirs"}


def test_every_list_of_words_is_there_and_lower_case() -> None:
    lists = word_lists()
    for name in lists.__slots__:
        words = getattr(lists, name)
        assert words, name
        assert all(word == word.lower() for word in words), name


def test_sentences_are_shown_as_written_and_read_as_meant() -> None:
    story = article(
        "a",
        "The Overseas Ministry of Norland spoke final week. It instructed Delta Information so.",
        "The 2 international locations meet subsequent yr within the presidential workplace.",
    )
    first, _, third = sentences_of(story.annotated)
    assert first.text == "The Overseas Ministry of Norland spoke final week."
    assert first.reading == "The Foreign Ministry of Norland spoke last week."
    assert (third.paragraph, third.reading[:17]) == (2, "The two countries")


@pytest.mark.parametrize(
    ("names", "phrase"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_as_a_phrase(names: list[str], phrase: str) -> None:
    assert listed(names) == phrase


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=30), st.integers(0, 40), st.integers(1, 20))
def test_mentions_within_are_those_that_a_span_covers(places: list[tuple[int, int]], start: int, length: int) -> None:
    mentions = sorted((at, at + size, f"e{at % 5}") for at, size in places)
    span = Span(start, start + length)
    covered = [mention for mention in mentions if span.covers(Span(*mention[:2]))]
    assert mentions_within(mentions, [mention[0] for mention in mentions], span) == covered
