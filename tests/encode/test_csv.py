"""CSV that a spreadsheet shows and does not run, without losing a character."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.encode.csv import encode_csv, neutralise, revive


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20A1", "\ufeff=1"],
)
def test_a_formula_is_shown_not_run(text: str) -> None:
    cell = next(iter(csv.reader(StringIO(encode_csv(["a"], [[text]]).split("\r\n", 1)[1], newline=""))))[0]
    assert cell == f"'{text}"


@given(st.text(), st.sampled_from(["", "=", "+", "-", "@", "\t", "'", "''"]))
def test_neutralising_is_reversible(text: str, start: str) -> None:
    original = start + text
    shown = neutralise(original)
    assert (revive(shown) if shown != original else shown) == original
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_unknown_is_empty_and_lists_are_joined() -> None:
    assert encode_csv(["a", "b", "c"], [[None, ["x", "y"], 3]]) == "a,b,c\r\n,x; y,3\r\n"


def test_line_breaks_and_quotation_marks_stay_inside_their_cell() -> None:
    text = encode_csv(["a"], [['two "words"\nand a line']])
    assert list(csv.reader(StringIO(text, newline="")))[1] == ['two "words"\nand a line']
