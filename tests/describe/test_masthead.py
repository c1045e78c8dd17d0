"""The name over the headline is the outlet's where the page says so elsewhere, and only there."""

from __future__ import annotations

import pytest

from generator.clean import clean
from generator.describe import describe
from generator.model import Document, SeedText

HEAD = "Home\nSearch\nDelta Lantern\nFishermen protest levy on canoes\nBy Ada Nwosu\n9 June 2021\n\n"
STORY = (
    "Hundreds of fishermen blocked the jetty on Tuesday in protest against a levy of 5,000 naira on each canoe.\n\n"
    "The council said that the levy would pay for the jetty, which had collapsed four years before.\n\n"
)


def described(text: str) -> Document:
    return describe(clean(SeedText("a.txt", "0" * 64, text, "utf-8"), frozenset()), "a")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Their leader told Delta Lantern that members had paid three other levies since January.", "told"),
        ("Copyright 2021 Delta Lantern. All rights reserved.", "copyright"),
        ("Photo: Ada Nwosu/Delta Lantern", "picture"),
        ("Write to editor@deltalantern.example", "address"),
        ("Subscribe to the Delta Lantern newsletter and never miss a story", "readers"),
    ],
)
def test_what_the_page_says_elsewhere_tells_the_outlet(line: str, reason: str) -> None:
    outlet = described(HEAD + STORY + line + "\n").outlet
    assert outlet is not None
    assert outlet.value == "Delta Lantern"
    assert outlet.basis == "copyright-line" or reason in outlet.note


def test_a_name_that_nothing_vouches_for_stays_unknown() -> None:
    assert described(HEAD + STORY).outlet is None


def test_whom_the_article_is_about_is_not_who_published_it() -> None:
    text = (
        "Fennimore Optics\nFennimore opens lens plant\n15 January 2020\n\n"
        "Fennimore Optics, a maker of lenses, today announced that its second plant will employ 140 people.\n\n"
        "The plant makes lenses for cameras and has a roof of solar panels.\n\nWrite to press@fennimoreoptics.example\n"
    )
    assert described(text).outlet is None


def test_a_writer_is_not_the_outlet_of_their_own_letter() -> None:
    text = (
        "Wanda Prusska\nThe whistle of the mill is back\nWanda Prusska\nJan 31, 2024\n\n"
        + STORY
        + "© 2024 Wanda Prusska\nSubscribe to Wanda Prusska by e-mail\n"
    )
    assert described(text).outlet is None


def test_the_title_of_the_page_names_the_site() -> None:
    text = (
        "Night school for lock keepers opens | Canal Friend\nNight school for lock keepers opens\n3 May 2020\n\n"
        + STORY
    )
    outlet = described(text).outlet
    assert outlet is not None
    assert outlet.value == "Canal Friend"


def test_who_wrote_it_behind_the_headline_is_no_outlet() -> None:
    found = described("Bakery on Mill Lane wins the county prize – By Reuters\n\n" + STORY)
    assert found.outlet is None
    assert found.credit is not None
    assert found.credit.value == "Reuters"
