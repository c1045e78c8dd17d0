"""Scores of the date module on the project's own sentences in `tests/gold/dates`.

A line `@ DATE` gives the day of publication of the lines below it (`@ -`: unknown); each other line is an article.
`{surface|value}` marks a date, `{surface|?}` one whose value nothing tells, `{~surface|value}` one that is only about
then and must be marked as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.aligned import Span
from generator.annotate.dates import Anchor, find_dates, resolve_dates
from generator.model import DateMention
from tests.evaluation.dates import agrees
from tests.evaluation.measure import Measure
from tests.evaluation.plain import plain_document

FOLDER = Path(__file__).parent.parent / "gold/dates"
_MARK = re.compile(r"\{(?P<about>~?)(?P<surface>[^|{}]+)\|(?P<value>[^|{}]*)\}")


@dataclass(frozen=True, slots=True)
class Decision:
    """A marked expression and what is found over it. `want` is empty where no value can be known."""

    line: str
    anchor: str
    surface: str
    want: str
    about: bool
    found: tuple[DateMention, ...]

    @property
    def right(self) -> bool:
        """Whether the value is the marked one at its precision; for one that cannot be known, that none is given."""
        if not self.want:
            return not any(one.iso for one in self.found)
        return any(agrees(one.iso, self.want) and (one.inferred or not self.about) for one in self.found)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All decisions, and what is found where nothing is marked."""

    decisions: tuple[Decision, ...]
    spurious: tuple[tuple[str, DateMention], ...]
    found: int


def lines() -> Iterator[tuple[str, str]]:
    """Each marked article with its day of publication."""
    for path in sorted(FOLDER.glob("*.txt")):
        published = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("@ "):
                published = line[2:].strip("- ") if line == "@ -" else line[2:]
            elif line and not line.startswith("#"):
                yield line, published


def decide() -> Outcome:
    """Read every article and compare."""
    decisions: list[Decision] = []
    spurious: list[tuple[str, DateMention]] = []
    total = 0
    for line, published in lines():
        text, marks, position = "", [], 0
        for match in _MARK.finditer(line):
            text += line[position : match.start()]
            marks.append((Span(len(text), len(text) + len(match["surface"])), match))
            text += match["surface"]
            position = match.end()
        text += line[position:]
        mentions = resolve_dates(find_dates(plain_document(text, published)), Anchor(published))
        total += len(mentions)
        spurious.extend((text, one) for one in mentions if not any(one.span.overlaps(span) for span, _ in marks))
        for span, match in marks:
            want = "" if match["value"] == "?" else match["value"]
            over = tuple(one for one in mentions if one.span.overlaps(span))
            decisions.append(Decision(text, published, match["surface"], want, bool(match["about"]), over))
    return Outcome(tuple(decisions), tuple(spurious), total)


FLOORS = {"value": 0.99, "marked": 0.99, "unknowable": 0, "vague": 0}
"""Figures of the last release, rounded down. What the first reading gave stands in tests/gold/README.md."""


def score() -> list[Measure]:
    """The figures over the project's own sentences with dates."""
    outcome = decide()
    valued = [one for one in outcome.decisions if one.want]
    unknown = [one for one in outcome.decisions if not one.want]
    about = [one for one in valued if one.about]
    right = sum(one.right for one in valued) / max(len(valued), 1)
    marked = 1 - len(outcome.spurious) / max(outcome.found, 1)
    dated = sum(not one.right for one in unknown)
    exact = sum(any(found.iso and not found.inferred for found in one.found) for one in about)
    return [
        Measure("own dates: value right", right, FLOORS["value"], 0.95, None, len(valued)),
        Measure("own dates: found ones that are marked", marked, FLOORS["marked"], 0.95, None, outcome.found),
        Measure(
            "own dates: unknowable ones dated",
            dated,
            FLOORS["unknowable"],
            0,
            None,
            len(unknown),
            higher_is_better=False,
        ),
        Measure(
            "own dates: vague ones given as exact", exact, FLOORS["vague"], 0, None, len(about), higher_is_better=False
        ),
    ]
