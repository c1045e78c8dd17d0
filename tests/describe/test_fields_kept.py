"""Fields over an article: what is stated is kept, what stands in a menu is no field of it."""

from __future__ import annotations

import pytest

from generator.clean import clean
from generator.describe import describe
from generator.model import Document, SeedText

STORY = (
    "The harbour board of Marn approved a plan to rebuild the old breakwater on Monday, its chairman said.\n\n"
    "Work is to begin in spring and will cost 12 million euros, of which the state pays half, the board said.\n\n"
    "“We have waited for this for thirty years,” said Ola Brandt, who has chaired the board since 2011.\n"
)


def document(head: str) -> Document:
    return describe(clean(SeedText("a.txt", "", f"{head}\n{STORY}", "utf-8"), frozenset()), "a")


def test_sections_beside_each_other_are_none_of_the_article_s() -> None:
    found = document("Home | News | Sport | Weather\n\nMarn to rebuild breakwater\n\nBy Lena Falk\nMarch 4, 2024\n")
    assert found.category is None
    assert found.title.value == "Marn to rebuild breakwater"


@pytest.mark.parametrize("label", ["Category", "Section", "섹션"])
def test_a_labelled_section_stays_known_among_other_labels(label: str) -> None:
    head = f"Title: Marn to rebuild breakwater\nAuthor: Lena Falk\nPublished: 2024/02/15\n{label}: Politics\n"
    found = document(head + "URL: https://courier.example/a/1\n")
    assert found.category is not None
    assert found.category.value == "Politics"


def test_days_with_their_hour_over_an_article_are_when_it_came_out_and_changed() -> None:
    head = "Politics\nMarn to rebuild breakwater\n\nWrite: 2024-02-16 14:05:36/Update: 2024-02-16 15:20:11\n"
    found = document(head)
    assert (found.published.iso, found.updated and found.updated.iso) == ("2024-02-16T14:05", "2024-02-16T15:20")
