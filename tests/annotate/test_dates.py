from __future__ import annotations

from typing import Any

import pytest

from generator.annotate.dates import Anchor, find_dates, resolve_dates
from generator.data import read_tree
from tests.evaluation.plain import plain_document

PATTERNS: list[dict[str, Any]] = read_tree("date_patterns.yml")


def dated(text: str, published: str = "") -> dict[str, str]:
    """Surface to value of every expression found."""
    expressions = find_dates(plain_document(text))
    return {one.surface: one.iso for one in resolve_dates(expressions, Anchor(published))}


@pytest.mark.parametrize("row", PATTERNS, ids=[row["rule"] for row in PATTERNS])
def test_every_pattern_finds_its_example(row: dict[str, Any]) -> None:
    expressions = find_dates(plain_document(row["example"]))
    mentions = resolve_dates(expressions, Anchor("2024-06-12"))
    found = [(one.rule, mention.surface, mention.iso) for one, mention in zip(expressions, mentions, strict=True)]
    assert (row["rule"], row["finds"], row["iso"]) in found


@pytest.mark.parametrize(
    "text",
    [
        "The office on the 15th floor was empty.",
        "They cited the 19th amendment and the 5th Circuit.",
        "It cost $1,000 and drew 2000 people.",
        "A crowd of 2000 waited in 1500 homes.",
        "You may go, and they march on.",
        "They march in step; May they prosper.",
        "The rain lasted for three days and 65 years of records fell.",
        "He wore number 23 and is 44 years old.",
        "The Sunday Times of Oster printed it, as every Monday.",
        "Room 1984 is on Route 2020.",
        "It won 3-2 and scored 98-97.",
        "Version 2.10.11 fixed it.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dated(text, "2024-06-12") == {}


def test_a_relative_date_without_an_anchor_has_no_value() -> None:
    text = "Last week the mill closed. On Friday it reopened, two years ago it burned, and in March it may move."
    assert set(dated(text).values()) == {""}
