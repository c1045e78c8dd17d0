"""Captions without a credit, and titles of other articles, go; what is the story's own stays."""

from __future__ import annotations

import pytest

from generator.clean import clean
from generator.model import SeedText

HEAD = "Old mill to grind again\n\nBy Nora Vane\n\nMay 3, 2021"
TAIL = "Share this article\nSign up to our newsletter"
PARAGRAPHS = (
    "The mill at Low Moor will grind again in May, its new owner said on Tuesday, after nine years under a tarpaulin.",
    "Anna Berg bought it for one crown. The wheel is sound, but the stones have to come from the next valley.",
    "The council lent her 40,000 crowns and a crane, and the school promised to draw the sign over the door.",
)


def shown(*lines: str) -> str:
    text = "\n\n".join([HEAD, *lines, TAIL])
    return "\n".join(block.text.text for block in clean(SeedText("a.txt", "0" * 64, text, "utf-8"), frozenset()).blocks)


@pytest.mark.parametrize(
    "caption",
    [
        "A mason lifts one of the stones onto a cart.",
        "The wheel of the mill, planed in 1884, hangs over the stream.",
        "Anna Berg with her two sons at the gate.",
    ],
)
def test_a_caption_between_date_and_first_paragraph_goes(caption: str) -> None:
    assert caption not in shown(caption, *PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "The old mill at Low Moor reopened on Monday.",
        "Nobody expects the stones to come from the next valley.",
        "“A mason lifts one of the stones onto a cart.”",
    ],
)
def test_a_sentence_that_tells_something_stays_over_the_first_paragraph(line: str) -> None:
    assert line in shown(line, *PARAGRAPHS)


def test_an_article_told_in_the_present_keeps_its_opening() -> None:
    story = (
        "A mason lifts one of the stones onto a cart.",
        "He carries it along the path to the mill, past the school and the well, and sets it down beside the wheel.",
        "Anna Berg counts the stones in the grass, and the boys of the village count them with her until it is dark.",
        "The wheel turns for the first time in nine years, and the whole valley listens to it from the bridge.",
    )
    assert story[0] in shown(*story)


def test_the_title_of_another_article_between_paragraphs_goes() -> None:
    title = "Otters return to zoo after winter flood"
    assert title not in shown(PARAGRAPHS[0], title, *PARAGRAPHS[1:])


@pytest.mark.parametrize("subhead", ["Stones from the next valley", "Otters and geese", "What will otters say now?"])
def test_a_subhead_stays(subhead: str) -> None:
    assert subhead in shown(PARAGRAPHS[0], subhead, *PARAGRAPHS[1:])
