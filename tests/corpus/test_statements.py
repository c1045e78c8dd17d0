"""A statement that two articles word differently is one; two statements are two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest

from generator.aligned import Span
from generator.corpus.statements import align_statements
from generator.model import Link, Quote, ResolvedQuote
from tests.building import build_in_memory, project_of

FIRST = """Ferry talks reopen in Osterby

5 March 2031

OSTERBY - Harbour minister Ada Morrow said on Wednesday, "If the shipping company withdraws its claim to the northern
pier, there is no reason why the two towns cannot reopen the night ferry."

"{other}," Morrow said.
"""
SECOND = """Minister names her terms

6 March 2031

Ada Morrow, the harbour minister, told reporters in Osterby, "There will be no reason for the two towns not to reopen
the night ferry once the shipping company drops its claim to the northern pier."

Jon Halvorsen of the shipping company said, "{third}."
"""


def _statements(folder: Path, other: str, third: str) -> list[list[str]]:
    seeds = {"a.txt": FIRST.format(other=other).encode(), "b.txt": SECOND.format(third=third).encode()}
    built, _ = build_in_memory(project_of(folder, seeds))
    found: dict[int, list[str]] = {}
    for row in json.loads(built.files["data/statements.json"]):
        found.setdefault(row["statement"], []).append(row["article"])
    return list(found.values())


def test_two_wordings_of_one_speaker_are_one_statement(tmp_path: Path) -> None:
    assert _statements(tmp_path, "The harbour will be dredged before summer", "We sail again in May") == [["a", "b"]]


@pytest.mark.parametrize("words", ["The harbour will be dredged before the summer holidays begin"])
def test_equal_words_of_two_speakers_are_not_one_statement(tmp_path: Path, words: str) -> None:
    assert _statements(tmp_path, words, words) == [["a", "b"]]


def _quoted(
    identity: str, text: str, speaker: str = "", kind: Literal["direct", "indirect"] = "indirect"
) -> ResolvedQuote:
    quote = Quote(Span(0, len(text)), text, kind, 1)
    return ResolvedQuote(identity, quote, speaker, f"person/{speaker}" if speaker else "", "", "")


def _groups(*quotes: ResolvedQuote) -> list[tuple[int, ...]]:
    return [one.quotes for one in align_statements((), quotes)]


def test_reports_by_nobody_known_that_differ_in_a_number_are_two_statements() -> None:
    told = "{} passengers were injured when the ferry struck the outer quay of Osterby"
    assert _groups(_quoted("a", told.format("Three")), _quoted("b", told.format("3"))) == [(0, 1)]
    assert _groups(_quoted("a", told.format("Three")), _quoted("b", told.format("five"))) == []


def test_a_statement_that_very_many_articles_repeat_is_still_one() -> None:
    told = "the night ferry to the northern pier will sail again before the summer regatta"
    quotes = [_quoted(f"a{number:03}", told, "morrow") for number in range(200)]
    assert _groups(*quotes) == [tuple(range(200))]


def test_short_quotations_are_one_statement_by_their_wording() -> None:
    heard = "We heard it before we saw it"
    assert _groups(_quoted("a", heard, "osten", "direct"), _quoted("b", f"{heard},", "", "direct")) == [(0, 1)]
    assert _groups(_quoted("a", heard, "osten", "direct"), _quoted("b", heard, "morrow", "direct")) == []
    fog = ("The ferry is a fine thing, but not in fog", "The ferry is a fine thing, but it does not sail in fog")
    assert _groups(_quoted("a", fog[0], "aker", "direct"), _quoted("b", fog[1], "aker", "direct")) == [(0, 1)]


def test_phrases_that_anybody_uses_are_no_statement() -> None:
    for phrase in ("We will see", "I do not know that"):
        assert _groups(_quoted("a", phrase, "aker", "direct"), _quoted("b", phrase, "aker", "direct")) == []


def test_a_short_saying_that_a_spinner_changed_is_known_where_the_articles_are_versions_of_one_story() -> None:
    said = (
        _quoted("a", "We smelled it before we felt it", "Osk", "direct"),
        _quoted("b", "We smelled it earlier than we noticed it", "Osk", "direct"),
    )
    versions = (Link("a", "b", "the same story", 1.0, "version"),)
    assert [one.quotes for one in align_statements((), said, None, versions)] == [(0, 1)]
    assert _groups(*said) == []


def test_small_words_alone_make_no_statement_of_two_sayings_in_two_versions() -> None:
    said = (
        _quoted("a", "We will not be there for it", "Osk", "direct"),
        _quoted("b", "We will not be here without it", "Osk", "direct"),
    )
    assert align_statements((), said, None, (Link("a", "b", "the same story", 1.0, "version"),)) == ()
