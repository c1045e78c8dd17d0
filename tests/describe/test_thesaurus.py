"""Words from a thesaurus: known by how many of the rare words stand for everyday ones, silent on ornate text."""

from __future__ import annotations

import time

import pytest

from generator.aligned import AlignedText
from generator.data import read_rows
from generator.describe.spin import SPUN
from generator.describe.thesaurus import Swaps, find_swaps, load_lexicon
from tests.evaluation.own_signals import Decision, decide, passages

SPUN_COPY = (
    "The burgomaster uttered that the edifice was antique and that its rooftop seeps. Numerous folks were irate, and "
    "the guild desires to amass lucre for a novel abode. Mends would be strenuous and pricey, the bursar opined."
)


@pytest.fixture(scope="module")
def decisions() -> list[Decision]:
    return decide()


def swaps(text: str) -> Swaps:
    return find_swaps([AlignedText.verbatim(text, 0)])


def test_the_words_that_count_are_shown_with_the_everyday_ones() -> None:
    found = swaps(SPUN_COPY)
    assert found.score >= SPUN
    assert "“edifice” (usually “building”)" in found.evidence()
    span, word, _ = found.found[0]
    assert SPUN_COPY[span.start : span.end] == word == "burgomaster"


def test_names_are_no_swapped_words() -> None:
    assert swaps("Edifice Annum Quandary Tidings Moniker Emporium Burgomaster played Abode in Tempest.").score == 0


def test_a_few_rare_words_of_a_writer_are_no_spin() -> None:
    assert swaps("The edifice was irksome, she said, and the tidings were a conundrum to the town.").score == 0


def test_spun_copies_of_the_gold_are_called_so(decisions: list[Decision]) -> None:
    missed = [one.name for one in decisions if one.kind == "spun" and not one.has("word-spun")]
    assert missed == []


def test_nothing_is_said_of_clean_text_however_ornate(decisions: list[Decision]) -> None:
    assert [one.name for one in decisions if one.kind.startswith("clean") and one.signals] == []
    assert sum(kind.startswith("clean") for kind, _, _ in passages()) >= 20


def test_each_rarer_word_is_rarer_than_a_word_of_every_page() -> None:
    bands = load_lexicon().bands
    common = {
        word
        for row in read_rows("rare-synonyms.csv")
        for word in row["rarer"].split()
        if 0 < bands.get(word, 0) <= 2_000 or word == row["usual"]
    }
    assert common == set()


def test_two_hundred_thousand_characters_cost_little() -> None:
    for text in (SPUN_COPY * 900, "a" * 200_000, "a " * 100_000, "-" * 200_000, "A" * 200_000):
        started = time.process_time()
        swaps(text)
        assert time.process_time() - started < 1
