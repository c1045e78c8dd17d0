"""Spun phrases: what is glossed, what is left alone, and how the reading stays tied to the seed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.aligned import AlignedText
from generator.data import read_rows
from generator.describe.glossary import STRENGTHS, expand, load_glossary, read_entry
from generator.describe.matching import match_glossary
from generator.describe.spin import SPUN, apply_glosses, find_glosses, gloss_document, judge_spin, readings
from tests.growth import SQUARE, growth

SPUN_STORY = (
    "The presidential workplace of Norland stated final Tuesday that the 2 international locations will meet.",
    "Overseas Minister Ola Brandt spoke to the U.N. Normal Meeting final week, in response to the ministry.",
    "The brand new law takes impact subsequent yr, she instructed Delta Information, on its sixty fifth anniversary.",
)
PLAIN_STORY = (
    "The final week of the festival in Norland drew 2,000 people, and in response to a question the mayor said so.",
    "A brand new hall opens in May. Not too long ago the town had none, according to the ministry.",
)


def aligned(texts: tuple[str, ...]) -> list[AlignedText]:
    views = []
    at = 0
    for text in texts:
        views.append(AlignedText.verbatim(text, at))
        at += len(text) + 1
    return views


def test_the_glossary_is_large_enough_and_has_no_row_twice() -> None:
    rows = read_rows("spin-glossary.csv")
    assert len(rows) >= 400
    assert len({row["spun"] for row in rows}) == len(rows)


@pytest.mark.parametrize("row", read_rows("spin-glossary.csv"), ids=lambda row: row["spun"])
def test_every_row_matches_its_example(row: dict[str, str]) -> None:
    entry = read_entry(row)
    assert expand(entry)
    assert row["spun"] in {match.entry.spun for match in match_glossary(row["example"], load_glossary(), STRENGTHS)}


def test_spun_story_is_read_as_the_wire_copy_it_was() -> None:
    views = aligned(SPUN_STORY)
    glosses, score = gloss_document(views)
    assert score >= SPUN
    reading = " ".join(apply_glosses(view, glosses).text for view in views)
    for phrase in (
        "presidential office",
        "last Tuesday",
        "the two countries",
        "Foreign Minister Ola Brandt",
        "U.N. General Assembly last week, according to the ministry",
        "next year",
        "told Delta News",
        "65th anniversary",
    ):
        assert phrase in reading


def test_ordinary_english_is_left_alone() -> None:
    views = aligned(PLAIN_STORY)
    glosses, score = gloss_document(views)
    assert glosses == ()
    assert score < SPUN


def test_one_odd_phrase_in_plain_text_is_glossed_but_does_not_condemn_the_text() -> None:
    views = aligned((*PLAIN_STORY, "A satellite tv for pc was launched final week."))
    glosses, score = gloss_document(views)
    assert [gloss.original for gloss in glosses] == ["satellite"]
    assert score < SPUN


@pytest.mark.parametrize(
    ("sentence", "glossed"),
    [
        ("He fled, in response to the ministry.", True),
        ("Nine died, in response to Delta News.", True),
        ("She spoke in response to a question about taxes.", False),
        ("They acted in response to growing threats.", False),
        ("The army moved in response to the attack on Monday.", False),
        ("They won the Cup final Tuesday in Riga.", False),
        ("He stayed for the final week.", False),
    ],
)
def test_context_decides_in_spun_text(sentence: str, *, glossed: bool) -> None:
    views = aligned((*SPUN_STORY, sentence))
    glosses, score = gloss_document(views)
    assert score >= SPUN
    assert any(gloss.span.start >= views[-1].runs[0].start for gloss in glosses) is glossed


def test_a_name_inside_a_glossed_phrase_keeps_its_place() -> None:
    views = aligned((*SPUN_STORY, "It instructed Delta Information so."))
    glosses, _ = gloss_document(views)
    reading = apply_glosses(views[-1], glosses)
    at = reading.text.index("Delta")
    span = reading.seed_span(at, at + len("Delta"))
    assert "\n".join((*SPUN_STORY, "It instructed Delta Information so."))[span.start : span.end] == "Delta"


def test_capitals_are_kept() -> None:
    views = aligned(("OVERSEAS MINISTER RESIGNS", "Overseas Minister Resigns Final Yr", *SPUN_STORY))
    glosses, _ = gloss_document(views)
    assert [gloss.original for gloss in glosses[:3]] == ["FOREIGN MINISTER", "Foreign Minister", "Last Year"]


def test_a_user_adds_rows_and_they_win() -> None:
    own = {"spun": "native time", "original": "harbour time", "strength": "sure", "example": "at 6 native time"}
    (gloss,) = find_glosses(AlignedText.verbatim("He came at 6 native time."), load_glossary((own,)))
    assert (gloss.surface, gloss.original, gloss.entry) == ("native time", "harbour time", "native time")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"spun": "", "original": "x"}, "both `spun` and `original`"),
        ({"spun": "x", "original": "y", "strength": "certain"}, "strength"),
        ({"spun": "x", "original": "y", "context": "near=z"}, "context"),
        ({"spun": "x", "original": "y|z"}, "counterpart"),
    ],
)
def test_a_bad_row_is_named(row: dict[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        load_glossary((row,))


@given(st.lists(st.sampled_from(" ".join(SPUN_STORY).split()), max_size=60))
def test_glosses_point_at_what_they_explain(words: list[str]) -> None:
    text = " ".join(words)
    view = AlignedText.verbatim(text, 7)
    glosses, score = gloss_document([view])
    assert 0 <= score <= 1
    for gloss in glosses:
        assert text[gloss.span.start - 7 : gloss.span.end - 7] == gloss.surface
    reading = apply_glosses(view, glosses)
    if reading.runs:
        assert (reading.runs[0].start, reading.runs[-1].end) == (7, 7 + len(text))


@pytest.mark.parametrize("unit", ["[", '"', "final ", "in response to ", "12 ", "the Cuban ", "a" * 50 + " "])
def test_hostile_text_costs_in_proportion_to_its_length(unit: str) -> None:
    load_glossary()
    assert growth(lambda text: judge_spin([AlignedText.verbatim(text)]), unit) < SQUARE


def test_texts_of_a_document_read_together_as_each_does_by_itself() -> None:
    views = aligned((*SPUN_STORY, *PLAIN_STORY))
    glosses, _ = gloss_document(views)
    assert len(glosses) > 3
    assert readings(views, glosses) == tuple(apply_glosses(view, glosses) for view in views)
    # What lies in another text, or half in it, is none of this one's business.
    first = views[0].seed_span(0, len(views[0].text))
    assert readings(views[1:], [gloss for gloss in glosses if first.covers(gloss.span)]) == tuple(views[1:])
