"""Which marks belong together, whatever their shape, and which are apostrophes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.annotate.quotes.marks import find_stretches


def outer(text: str, open_before: str = "") -> list[str]:
    return [text[one.inner : one.close] for one in find_stretches(text, open_before).outer]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("“", "”"), ('"', '"'), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("‹", "›"), ("「", "」"), ("『", "』"),
        ("``", "''"), ("''", "''"), ("‘", "’"), ("'", "'"), ("“", '"'), ('"', "”"), ("＂", "＂"), ("”", "”"),
    ],
)  # fmt: skip
def test_every_shape_of_mark(opening: str, closing: str) -> None:
    assert outer(f"She said {opening}the harbour is closed{closing} and left.") == ["the harbour is closed"]


@pytest.mark.parametrize(
    "text",
    [
        "It's the boats' fault, isn't it?",
        "The '90s were rock 'n' roll years; get 'em while they're hot.",
        "The teachers’ strike and the pilots’ strike ended.",
        'A 6\' 2" man and a 12" pipe.',
    ],
)
def test_apostrophes_and_inches_quote_nothing(text: str) -> None:
    assert outer(text) == []


def test_possessive_plural_inside_single_marks() -> None:
    assert outer("He wrote ‘the teachers’ strike is over’ on the wall.") == ["the teachers’ strike is over"]


def test_nested_marks_are_inside() -> None:
    marked = find_stretches("“She told me ‘go home’ and I went,” he said.")
    assert len(marked.outer) == 1
    assert len(marked.nested) == 1


def test_double_marks_inside_single_ones_are_nested() -> None:
    assert outer("‘She shouted “stop” at the gate,’ he said.") == ["She shouted “stop” at the gate,"]


def test_missing_closing_mark_ends_before_the_next_opening_one() -> None:
    assert outer("“The port is shut. “The ferry is late,” he said.") == ["The port is shut.", "The ferry is late,"]


def test_missing_closing_mark_is_told() -> None:
    stretches = find_stretches("“The port is shut. “The ferry is late,” he said.").outer
    assert [one.closed for one in stretches] == [False, True]


def test_opening_mark_repeated_at_each_paragraph() -> None:
    first = find_stretches("“The port is shut.")
    assert first.left_open
    second = find_stretches("“It will open in spring,” she said.", first.left_open)
    assert [one.continues for one in second.outer] == [True]


def test_stray_closing_mark_is_ignored() -> None:
    assert outer('Only few were told." He said "we knew" later.') == ["we knew"]


@given(st.text(alphabet="ab.\n “”\"'‘’«»「」`,(", max_size=80))
def test_stretches_are_ordered_inside_the_text_and_apart(text: str) -> None:
    end = 0
    for one in find_stretches(text).outer:
        assert end <= one.start < one.inner <= one.close <= one.end <= len(text)
        end = one.end


@pytest.mark.parametrize("text", ['"' * 200_000, "“" * 200_000, "'a " * 66_000, "“‘" * 100_000, '"a ' * 66_000])
def test_two_hundred_thousand_marks_take_linear_time(text: str) -> None:
    started = time.process_time()
    find_stretches(text)
    assert time.process_time() - started < 2
