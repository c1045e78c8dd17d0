from __future__ import annotations

from dataclasses import asdict

import pytest

from generator.annotate.mentions.korean import load_korean, stands_alone
from generator.annotate.mentions.tokens import fold
from generator.annotate.mentions.vocabulary import vocabulary

AS_WRITTEN = (
    *("stopped", "holders", "cutting_titles", "owners", "generic", "company_endings", "of_a_nation"),
    *("national_bodies", "ship_prefixes"),
)


@pytest.mark.parametrize(("name", "words"), asdict(vocabulary()).items())
def test_every_list_has_words_and_those_matched_folded_are_folded(name: str, words: frozenset[str]) -> None:
    assert len(words) >= 10
    if name not in AS_WRITTEN:
        assert {word for word in words if fold(word) != word} == set()


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    assert {"no", "on", "the"} <= vocabulary().function
    assert "y" in vocabulary().particles


def test_a_noun_ends_before_its_particle() -> None:
    assert load_korean().boundary.match("서울에서는 ", 2)
    assert stands_alone("서울에서는 비가", 0, 2)
    assert not stands_alone("서울특별시", 0, 2)
