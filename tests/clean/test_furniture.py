"""Furniture that no rule knows is told from article by what it looks like and what stands around it."""

from __future__ import annotations

import pytest

from generator.clean import clean
from generator.clean.features import load_vocabulary
from generator.clean.furniture import RULE, load_weights
from generator.model import Cleaned, SeedText

PARAGRAPHS = (
    "The mill at Low Moor will grind again in May, its new owner said on Tuesday, after nine years under a tarpaulin.",
    "Anna Berg bought it for one crown. The wheel is sound, but the stones have to come from the next valley.",
    "The council lent her 40,000 crowns and a crane, and the school promised to draw the sign over the door.",
)


def cleaned(text: str) -> Cleaned:
    return clean(SeedText("a.txt", "0" * 64, text, "utf-8"), frozenset())


def shown(text: str) -> str:
    return "\n".join(block.text.text for block in cleaned(text).blocks)


def page(*lines: str) -> str:
    return "\n\n".join([PARAGRAPHS[0], *lines, *PARAGRAPHS[1:]])


@pytest.mark.parametrize(
    "scrap",
    [
        "Sign up to hear from our newsroom, free, every weekday",
        "Tap here to open this page in the app and get alerts",
        "Read more stories like this on our site\nMost popular videos\nSubscribe to unlock comments",
    ],
)
def test_scraps_between_paragraphs_go_by_the_rule_or_the_judgement(scrap: str) -> None:
    text = page(scrap)
    assert shown(text) == shown(page())


@pytest.mark.parametrize(
    "line",
    ["A second wheel", '"I like the noise," she said.', "Nobody else had asked.", "Why now?", "1. The stones"],
)
def test_short_lines_of_the_article_stay(line: str) -> None:
    assert line.removeprefix("1. ") in shown(page(line))


def test_a_page_without_a_paragraph_is_left_alone() -> None:
    names = "\n".join(["Anna Berg", "Tom Hill", "Menu of the day", "Rosa Lind", "Otto Vik"])
    assert shown(names).splitlines() == names.splitlines()


def test_what_is_taken_is_in_the_ledger_with_its_rule() -> None:
    text = (
        page() + "\n\nDownload our app to follow this story\nView all stories by this author\nGo to your account page\n"
    )
    removed = {removal.rule for removal in cleaned(text).ledger} - {"spacing"}
    assert removed
    assert RULE not in {"", "spacing"}
    assert "Download our app" not in shown(text)


def test_every_group_of_words_has_a_weight() -> None:
    groups = {group for found in load_vocabulary().spelt.values() for group in found}
    assert {f"has-{group}" for group in groups} <= load_weights().beside.keys()
