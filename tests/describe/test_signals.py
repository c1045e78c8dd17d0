"""Signals of text quality: stated where there is evidence, silent on ordinary copy."""

from __future__ import annotations

import re
import time

import pytest

from generator.aligned import AlignedText, Span
from generator.data import read_rows
from generator.describe.grammar import constructions, find_constructions
from generator.describe.signals import find_signals
from generator.describe.spin import gloss_document
from generator.model import Field, Published, Removal, SeedText, Signal, Zone
from generator.sieve import lowered

PLAIN = (
    "The mayor of Northhaven opened the new bridge on Monday. About 2,000 people came to see it.\n"
    "“It took us nine years,” she said. “An hour ago it was still closed.” The ferry stops in May.\n"
    "On the 15th of June the old bridge will be torn down, according to the town council."
)
SPUN = (
    "The prime diplomats of the 2 international locations met final week on the U.N. Normal Meeting.\n"
    "The Overseas Ministry stated a assembly adopted, an settlement was reached and a accord signed.\n"
    "The brand new pact takes impact subsequent yr, in response to the presidential workplace."
)
TRANSLATED = (
    "On the 14th, the two ports announced an agreement. The talks began on the 7th and ended on the 9th.\n"
    "“We will open it.” “He said,” it was reported on the 15th. “The town is glad.” “It will last,” he said.\n"
    "It is an observation that the mayor wanted it. On this day a senior official continued, “It is open.”"
)


def signals(
    text: str, ledger: tuple[Removal, ...] = (), language: str | None = "en", **more: Published
) -> list[Signal]:
    zones = []
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        view = AlignedText.verbatim(line, at)
        zones.append(Zone("body", view, view, number))
        at += len(line) + 1
    glosses, score = gloss_document([zone.text for zone in zones])
    field = Field(language, "test") if language else None
    seed = SeedText("a.txt", "", text, "utf-8")
    return list(find_signals(zones, glosses, field, None, ledger, seed, spin_score=score, **more))


def names(found: list[Signal]) -> set[str]:
    return {signal.name for signal in found}


@pytest.mark.parametrize("row", read_rows("calques.csv"), ids=lambda row: row["example"])
def test_every_calque_matches_its_example(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], row["example"], re.IGNORECASE)
    assert 0 < float(row["weight"]) < 1


def test_every_construction_matches_its_example() -> None:
    rows = read_rows("translation-grammar.csv")
    for construction, row in zip(constructions(), rows, strict=True):
        assert construction.sieve.found(row["example"], lowered(row["example"])), row
        assert 0 < construction.weight < 1, row


@pytest.mark.parametrize("mark", ["In the a ", "has been ", "explained a saying ", "of the ", "[", '"', "1 ", "<"])
def test_constructions_are_looked_for_in_linear_time(mark: str) -> None:
    text = AlignedText.verbatim("He drove in vehicle. " + (mark * 200_000)[:200_000])
    constructions()
    start = time.process_time()
    find_constructions([text])
    assert time.process_time() - start < 1


def test_translated_grammar_is_shown_with_its_words_and_one_slip_is_not_enough() -> None:
    slip = "The man was suspected in theft, police said on Monday. He is to appear in court next week."
    assert signals(slip) == []
    more = f"{slip} In the course of the meeting were discussed questions. She resulted wounded in the fall."
    (signal,) = signals(more)
    assert signal.name == "machine-translated"
    assert "“suspected in theft” (accused in a crime)" in signal.evidence
    assert "suspected in theft" in {more[span.start : span.end] for span in signal.spans}


def test_ordinary_copy_has_no_signal() -> None:
    assert signals(PLAIN) == []


def test_spun_copy_is_called_so_with_its_phrases() -> None:
    (signal,) = signals(SPUN)
    assert signal.name == "word-spun"
    assert "“prime diplomats” (probably “top diplomats”)" in signal.evidence
    assert "“a assembly”" in signal.evidence
    assert SPUN[signal.spans[0].start : signal.spans[0].end] == "prime diplomats"


def test_translated_copy_is_called_so_with_its_signs() -> None:
    (signal,) = signals(TRANSLATED)
    assert signal.name == "machine-translated"
    assert "It is an observation that" in signal.evidence
    assert "On the 14th" in signal.evidence
    assert any(TRANSLATED[span.start : span.end] == "On the 14th" for span in signal.spans)


@pytest.mark.parametrize(("word", "script"), [("続きを読む", "Japanese"), ("社会新闻", "Chinese"), ("사회", "Korean")])
def test_the_script_that_is_left_is_named_and_shown_whole(word: str, script: str) -> None:
    found = {signal.name: signal for signal in signals(f"{word}\n{TRANSLATED}")}
    signal = found["machine-translated"]
    assert f"{script} script is left in the page: “{word}”" in signal.evidence


def test_a_foreign_name_in_brackets_is_no_translation() -> None:
    assert signals(PLAIN.replace("Northhaven", "Northhaven (북항)")) == []


@pytest.mark.parametrize(
    ("end", "signal"),
    [(" The vote was", "truncated"), (" The vote was [...]", "truncated"), (" The vote was “over.”", None)],
)
def test_a_text_that_breaks_off(end: str, signal: str | None) -> None:
    assert names(signals(PLAIN + end)) == ({signal} if signal else set())


def test_a_link_to_the_rest_means_that_the_rest_is_missing() -> None:
    text = PLAIN + "\nRead more at the daily"
    start = len(PLAIN) + 1
    removal = Removal(Span(start, len(text)), "read-more", text[start:])
    found = signals(text, (removal,))
    assert "truncated" in names(found)


def test_furniture_is_measured() -> None:
    text = PLAIN + "\n" + "Home | News | Sport | Share this page with your friends | " * 4
    start = len(PLAIN) + 1
    (signal,) = [
        one
        for one in signals(text, (Removal(Span(start, len(text)), "nav", text[start:]),))
        if one.name == "boilerplate"
    ]
    assert 0.4 < signal.score < 0.6


def test_undated_is_said_where_the_date_is_unknown() -> None:
    assert names(signals(PLAIN, published=Published())) == {"undated"}
    assert names(signals(PLAIN, published=Published(iso="2024-05-01"))) == set()


def test_capitals_languages_lists_and_tables() -> None:
    assert names(signals(PLAIN.upper())) == {"all-caps"}
    assert names(signals(PLAIN, language=None)) == {"unknown-language"}
    assert names(signals("Der Bürgermeister kam. Er ging.", language="de")) == {"unread-language"}
    assert names(signals("Ola Brandt\nAna Vrell\nJon Tarn\nMia Holt\nPer Lund\nEva Rask")) == {"names-only"}
    assert "table" in names(signals("Town\tVotes\tShare\nRiga\t10\t40\nOslo\t15\t60\nKiel\t1\t0"))
    assert names(signals("--- *** ... 123")) == {"no-letters"}


@pytest.mark.parametrize("unit", ["[", "”", "a ", "\u00a0", "on the ", "1", ". ” “", "it is ", "\t"])
def test_hostile_text_costs_little(unit: str) -> None:
    text = (unit * 200_000)[:200_000]
    view = AlignedText.verbatim(text)
    begun = time.process_time()
    find_signals([Zone("body", view, view, 1)], (), None, None, (), SeedText("a", "", text, "utf-8"))
    assert time.process_time() - begun < 2
