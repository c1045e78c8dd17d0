"""Scores of the quotation module on the project's own articles in `tests/gold/quotes`, read as seeds.

`[q Mara Lind | We are ready]` is a direct quotation with its speaker, `[q Mara Lind < Harbour Times | …]` one that an
outlet relays, `[q ? | …]` one whose speaker the text does not name, `[i … | …]` an indirect one. Whatever else stands
between marks in these articles (titles, names, scare quotes, quotations inside quotations) is no direct quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.aligned import Span
from generator.annotate.mentions import find_mentions
from generator.annotate.quotes import find_quotes
from generator.annotate.recognizer import Recognizer, load_recognizer
from generator.clean import clean
from generator.describe import describe
from generator.model import Quote
from generator.read import Limits, read_seed
from tests.evaluation.measure import Measure

FOLDER = Path(__file__).parent.parent / "gold/quotes"
_MARK = re.compile(r"\[(?P<kind>[qi]) (?P<speaker>[^|<\]]+?)(?: < (?P<via>[^|\]]+?))? \| (?P<text>[^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Said:
    """A marked quotation: where it stands in the unmarked text, and whose it is."""

    kind: str
    span: Span
    speaker: str
    """Empty where the text does not name the speaker."""
    via: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A marked quotation and the quotations found of its kind that share a character with it."""

    article: str
    said: Said
    found: tuple[Quote, ...]

    @property
    def exact(self) -> bool:
        """Whether one of them is the marked text, save white space and punctuation at its ends."""
        return any(
            max(abs(quote.span.start - self.said.span.start), abs(quote.span.end - self.said.span.end)) <= 1
            for quote in self.found
        )

    @property
    def speaker_right(self) -> bool:
        """Whether the speaker is the marked one, by name; none, or one without a name, where the text names none."""
        if not self.said.speaker:
            return any(not one.speaker or one.speaker.startswith("unnamed:") for one in self.found)
        return any(one.speaker.casefold() == self.said.speaker.casefold() for one in self.found)

    @property
    def via_right(self) -> bool:
        """Whether the relaying outlet is the marked one, or none where none is marked."""
        return any(one.via.casefold() == self.said.via.casefold() for one in self.found)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All decisions, and the direct quotations found where none is marked."""

    decisions: tuple[Decision, ...]
    spurious: tuple[tuple[str, Quote], ...]
    found: int


def read_said(marked: str) -> tuple[str, list[Said]]:
    """The text of a marked article without its marks, and what is said in it."""
    text, said, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        speaker = "" if match["speaker"] == "?" else match["speaker"]
        span = Span(len(text), len(text) + len(match["text"]))
        said.append(Said("direct" if match["kind"] == "q" else "indirect", span, speaker, match["via"] or ""))
        text += match["text"]
        position = match.end()
    return text + marked[position:], said


def quotes_of(name: str, text: str, recognizer: Recognizer) -> tuple[Quote, ...]:
    """The quotations of `text` read as a seed."""
    document = describe(clean(read_seed(f"{name}.txt", text.encode(), None, Limits()), frozenset()), name)
    return find_quotes(document, *find_mentions(document, recognizer))


def articles() -> Iterator[tuple[str, str, list[Said]]]:
    """Name, text and marked quotations of each article."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield (path.stem, *read_said(path.read_text("utf-8")))


def decide() -> Outcome:
    """Read every article and compare."""
    recognizer = load_recognizer(None)
    decisions: list[Decision] = []
    spurious: list[tuple[str, Quote]] = []
    total = 0
    for name, text, said in articles():
        found = quotes_of(name, text, recognizer)
        for one in said:
            over = tuple(quote for quote in found if quote.kind == one.kind and quote.span.overlaps(one.span))
            decisions.append(Decision(name, one, over))
        direct = [quote for quote in found if quote.kind == "direct"]
        total += len(direct)
        spurious.extend((name, quote) for quote in direct if not any(quote.span.overlaps(one.span) for one in said))
    return Outcome(tuple(decisions), tuple(spurious), total)


FLOORS = {"found": 0.99, "whole": 0.99, "precision": 0.99, "speaker": 0.97, "relay": 1.0, "indirect": 1.0}
"""Figures of the last release, rounded down. What the first reading gave stands in tests/gold/README.md."""


def score() -> list[Measure]:
    """The figures over the project's own articles with quotations."""
    outcome = decide()
    direct = [one for one in outcome.decisions if one.said.kind == "direct"]
    indirect = [one for one in outcome.decisions if one.said.kind == "indirect"]
    relayed = [one for one in outcome.decisions if one.said.via]
    right = 1 - len(outcome.spurious) / max(outcome.found, 1)
    return [
        _measure("direct found", "found", [bool(one.found) for one in direct], 0.99),
        _measure("direct found whole", "whole", [one.exact for one in direct], 0.95),
        Measure("own quotes: precision", right, FLOORS["precision"], 0.98, None, outcome.found),
        _measure("speaker right", "speaker", [one.speaker_right for one in direct], 0.9),
        _measure("speaker and relay right", "relay", [one.via_right and one.speaker_right for one in relayed], 0.9),
        _measure("reported ones found, speaker right", "indirect", [one.speaker_right for one in indirect], 0.9),
    ]


def _measure(name: str, floor: str, right: Sequence[bool], goal: float) -> Measure:
    return Measure(f"own quotes: {name}", sum(right) / max(len(right), 1), FLOORS[floor], goal, None, len(right))
