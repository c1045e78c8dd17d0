"""Versions of one story are found, whatever was done to the words; two reports of one happening are not versions."""

from __future__ import annotations

import time

from generator.corpus.fingerprint import find_versions
from tests.corpus.making import article

_WIRE = (
    "The foreign minister of Norland, Ola Brandt, met her counterpart Ana Vrell of Sudland in Northhaven on Tuesday, "
    "according to the Harbour Board. It was the first meeting of the two countries since March 2019, when 14 sailors "
    "were arrested off Cape Hollin.\n"
    "Brandt told Delta News that the 65 ships held in Northhaven since January would be freed by the end of the year. "
    "“We never abandoned the Treaty of Hollin,” said Brandt. The Polar Council will hear Vrell next week."
)
_SPUN = (
    "The overseas minister of Norland, Ola Brandt, met her counterpart Ana Vrell of Sudland in Northhaven on Tuesday, "
    "in response to the Harbour Board. It was the primary assembly of the 2 international locations since March 2019, "
    "when 14 seamen had been detained off Cape Hollin.\n"
    "Brandt instructed Delta Information that the 65 vessels held in Northhaven since January can be launched by the "
    "tip of the yr. “We by no means deserted the Treaty of Hollin,” stated Brandt. The Polar Council will hear Vrell "
    "subsequent week."
)
_OTHER_REPORT = (
    "Talks between Norland and Sudland opened in Northhaven this week for the first time in five years. Ana Vrell, who "
    "leads the side of Sudland, came by sea from Port Anselm with a crew of nine.\n"
    "Fishermen at Cape Hollin hope for new licences. “My boat has lain idle since 2021,” said Jon Tarn, 58, of Little "
    "Anselm. Ola Brandt did not speak to the press, but Delta News showed her at the Hotel Meridian."
)
WIRE, SPUN, OTHER_REPORT = (text.split("\n") for text in (_WIRE, _SPUN, _OTHER_REPORT))


def test_the_same_text_is_a_duplicate_whatever_its_layout() -> None:
    relaid = tuple(part.upper() for part in WIRE)
    (link,) = find_versions([article("b", *relaid), article("a", *WIRE)])
    assert (link.source, link.target, link.kind, link.weight) == ("a", "b", "duplicate", 1.0)
    assert "word for word" in link.reason


def test_a_lightly_edited_copy_is_a_version() -> None:
    edited = (WIRE[0].replace("met her counterpart", "received her colleague"), WIRE[1])
    (link,) = find_versions([article("a", *WIRE), article("b", *edited)])
    assert link.kind in ("version", "duplicate")
    assert 0.5 <= link.weight < 1
    assert "%" in link.reason


def test_a_spun_copy_is_a_version_by_its_names_and_numbers() -> None:
    (link,) = find_versions([article("a", *WIRE), article("b", *SPUN)])
    assert link.kind == "version"
    assert "names and numbers" in link.reason


def test_another_report_of_the_same_happening_is_no_version() -> None:
    assert find_versions([article("a", *WIRE), article("b", *OTHER_REPORT)]) == ()


def test_empty_and_tiny_articles_are_no_versions_of_each_other() -> None:
    assert find_versions([article("a", ""), article("b", ""), article("c", "Yes."), article("d", "No.")]) == ()


def test_order_of_the_articles_does_not_matter() -> None:
    some = [article("a", *WIRE), article("b", *SPUN), article("c", *OTHER_REPORT), article("d", *WIRE)]
    assert find_versions(some) == find_versions(some[::-1])
    assert {(link.source, link.target) for link in find_versions(some)} >= {("a", "b"), ("a", "d")}


def test_many_articles_cost_little_each() -> None:
    some = [
        article(f"a{number:04}", f"Story {number} of Town{number} has {number} words about Name{number}. " * 12)
        for number in range(400)
    ]
    begun = time.process_time()
    find_versions(some)
    assert time.process_time() - begun < 4
