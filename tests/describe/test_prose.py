"""Stretches without words are shown and not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.aligned import AlignedText
from generator.describe.prose import legible


@pytest.mark.parametrize("unit", ["[", "<a ", "![", "> ", "1 ", "_ "])
def test_a_long_stretch_without_words_is_read_as_a_space(unit: str) -> None:
    text = f"The pier {unit * 1_000} was mended."
    reading = legible(AlignedText.verbatim(text, 5))
    assert len(reading.text) < 100
    assert reading.text.startswith("The pier")
    at = reading.text.index("mended")
    assert reading.seed_span(at, at + 6).start - 5 == text.index("mended")


@pytest.mark.parametrize("text", ["항구가 다시 열렸다. " * 50, "港口城市" * 200, "The pier -- " * 80, "x" * 1_000])
def test_prose_of_any_script_is_read_as_it_stands(text: str) -> None:
    assert legible(AlignedText.verbatim(text)).text == text


@given(st.lists(st.sampled_from(["[" * 500, "word", " ", "- " * 300, "항구", "12"]), max_size=8).map("".join))
def test_the_reading_covers_the_whole_seed_in_order(text: str) -> None:
    reading = legible(AlignedText.verbatim(text))
    assert bool(reading.text) == bool(text)
    position = 0
    for run in reading.runs:
        assert run.start == position
        position = run.end
    assert position == len(text)
