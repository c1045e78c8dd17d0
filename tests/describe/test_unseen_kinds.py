"""Headlines, outlets and dates where pages put what looks like them beside."""

from __future__ import annotations

import pytest

from generator.clean import clean
from generator.describe import describe
from generator.describe.names import is_office
from generator.describe.words import load_words
from generator.model import Document, SeedText

STORY = (
    "The mail boat to the outer cays will sail again on Thursday after an interruption of seven months, it said.\n\n"
    "Its shaft was found to be cracked in November, and a new one was cast in the yard at Careen Bay.\n\n"
    "Residents of the cays had rowed their own letters across the sound since the boat was withdrawn.\n"
)


def described(text: str) -> Document:
    return describe(clean(SeedText("a.txt", "0" * 64, text, "utf-8"), frozenset()), "a")


def test_the_name_of_the_office_over_a_headline_is_not_the_headline() -> None:
    found = described(
        "Government of Saint Maurin\nMinistry of Posts\nStatement on the mail boat to the outer cays\nMay 23, 2017\n"
        + STORY
    )
    assert found.title.value == "Statement on the mail boat to the outer cays"


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Ministry of Posts and Harbours", True),
        ("Marn Bridge Authority", True),
        ("Government of Saint Maurin", True),
        ("Government falls after vote", False),
        ("Council votes to keep the light", False),
    ],
)
def test_offices_are_known_by_their_names_alone(text: str, office: bool) -> None:
    assert is_office(text, load_words()) is office


def test_a_sponsor_over_a_signed_article_takes_no_paragraph_with_it() -> None:
    found = described(
        "Today's letter is brought to you by Marlow Pumps of Upper Marlow\nThe boat that came back\nBy Ida Falk\n"
        + STORY
    )
    body = "\n".join(zone.text.text for zone in found.body)
    assert body.startswith("The mail boat to the outer cays")
    assert found.title.value == "The boat that came back"
    assert [author.value for author in found.authors] == ["Ida Falk"]


def test_a_masthead_of_one_word_needs_its_address_or_rights() -> None:
    head = "TIDEWATER\nThe mail boat sails again to the cays\nBy Ida Falk\n3 May 2020\n\n"
    named = described(head + STORY + "\nYou signed up for this letter at tidewater.example\n").outlet
    assert named is not None
    assert named.value == "Tidewater"
    assert described(head + STORY).outlet is None


def test_a_date_in_two_calendars_is_one_date() -> None:
    found = described("Mail boat sails again to the cays\nTuesday, 28 Safar 1443 - October 5, 2021\n\n" + STORY)
    assert found.published.iso == "2021-10-05"


def test_the_last_entry_of_a_menu_is_no_section() -> None:
    found = described(
        "Local\nBusiness\nRegion\nSports\nSunday 19 August 2018\nMail boat sails again to the outer cays\n\n" + STORY
    )
    assert found.category is None


def test_a_microblog_s_account_is_no_headline() -> None:
    found = described("@Old Zhao of the River\n2021-07-22 08:13\nFrom iPhone client\n" + STORY)
    assert found.title.inferred
