"""Scores of the quotation module on text annotated by others: PolNeAR.

The gold holds quotations whose whole content is quoted; it leaves out most quoted phrases inside the writer's own
clauses, and quotations set between '' marks. What is found beyond the gold is therefore mostly right, and the share
of it says little by itself; it is reported so that a change in it is seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.annotate.mentions import find_mentions
from generator.annotate.quotes import find_quotes
from generator.annotate.recognizer import load_recognizer
from generator.model import Quote
from tests.evaluation.measure import Measure
from tests.evaluation.plain import plain_document

GoldQuote = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """One gold quotation and the direct quotations found over it."""

    document: str
    gold: GoldQuote
    found: tuple[Quote, ...]

    @property
    def speaker_right(self) -> bool:
        """Whether a found quotation names its speaker by words that overlap one of the gold's sources."""
        return any(names_source(quote, self.gold) for quote in self.found)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All decisions, and every direct quotation found with whether it matches gold and names its speaker rightly."""

    decisions: tuple[Decision, ...]
    matched: int
    matched_right: int
    found: int


def names_source(quote: Quote, gold: GoldQuote) -> bool:
    """Whether the words that name the speaker overlap one of the gold's sources."""
    span = quote.speaker_span
    return span is not None and any(span.start < one["end"] and one["start"] < span.end for one in gold["source"])


def overlaps(quote: Quote, gold: GoldQuote) -> bool:
    """Whether a quotation shares a character with a gold quotation, attribution between its parts included.

    Where the gold gives the parts of a split quotation in the wrong order, its end stands before its start; it is then
    the gap between the parts, and two characters beyond either end lie in them.
    """
    start, end = gold["start"], gold["end"]
    if end < start:
        start, end = end - 2, start + 2
    return bool(quote.span.start < end and start < quote.span.end)


def rows(folder: Path) -> Iterator[dict[str, Any]]:
    """The documents of quotes-dev.jsonl."""
    for line in (folder / "quotes-dev.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def decide(documents: Sequence[dict[str, Any]]) -> Outcome:
    """Run mentions and quotations over gold documents and compare."""
    recognizer = load_recognizer(None)
    decisions: list[Decision] = []
    matched = matched_right = found = 0
    for row in documents:
        document = plain_document(row["text"])
        sentences, mentions = find_mentions(document, recognizer)
        direct = [quote for quote in find_quotes(document, sentences, mentions) if quote.kind == "direct"]
        found += len(direct)
        for quote in direct:
            over = [gold for gold in row["quotes"] if overlaps(quote, gold)]
            matched += bool(over)
            matched_right += any(names_source(quote, gold) for gold in over)
        decisions.extend(
            Decision(row["id"], gold, tuple(quote for quote in direct if overlaps(quote, gold)))
            for gold in row["quotes"]
        )
    return Outcome(tuple(decisions), matched, matched_right, found)


def score(folder: Path) -> list[Measure]:
    """The figures of the quotation module over quotes-dev.jsonl in `folder`."""
    outcome = decide(list(rows(folder)))
    total = max(len(outcome.decisions), 1)
    recall = sum(one.speaker_right for one in outcome.decisions) / total
    precision = outcome.matched_right / max(outcome.matched, 1)
    return [
        Measure(
            "quotes: direct found", sum(bool(one.found) for one in outcome.decisions) / total, 0.99, 0.99, 0.99, total
        ),
        Measure("quotes: speaker F1", 2 * precision * recall / max(precision + recall, 1e-9), 0.96, 0.86, 0.76, total),
        Measure("quotes: speaker right, of gold quotations", recall, 0.95, 0.86, None, total),
        Measure(
            "quotes: found ones that the gold has",
            outcome.matched / max(outcome.found, 1),
            0.65,
            0.7,
            None,
            outcome.found,
        ),
    ]
