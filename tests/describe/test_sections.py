"""The section right over the headline is the article's unless it may be the last entry of a menu of sections."""

from __future__ import annotations

import pytest

from generator.clean import clean
from generator.describe import describe
from generator.model import SeedText

ARTICLE = (
    "Old mill to grind again\nBy Nora Vane\nMay 3, 2021\n\n"
    "The mill at Low Moor will grind again in May, its new owner said on Tuesday, after nine years under a sheet.\n\n"
    "Anna Berg bought it for one crown. The wheel is sound, but the stones have to come from the next valley.\n"
)


def category(head: str) -> str:
    field = describe(clean(SeedText("a.txt", "0" * 64, f"{head}\n{ARTICLE}", "utf-8"), frozenset()), "a").category
    return field.value if field else ""


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ("Search\nRegister\nLog in\nCulture", "Culture"),
        ("Skip to content\nHome\nSubscribe\nLOCAL NEWS", "Local News"),
        ("HOME\nWORLD\nECONOMY\nANALYSIS\nCulture", "Culture"),
        ("Menu\nNews > Farming", "Farming"),
        ("Home\nPolitics\nSports\nCulture\nWorld", ""),
        ("Home\nNews\nBusiness\nOpinion", ""),
    ],
)
def test_section_over_the_headline(head: str, section: str) -> None:
    assert category(head) == section
