"""Clues from counted gatherings: whoever speaks of the 79th session of an assembly writes after it was called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from generator.aligned import Run, Span
from generator.chronology.iso import add_months
from generator.corpus.dating.bracket import Bracket
from generator.data import read_tree
from generator.model import Annotated

# After such words a gathering is still to come or under way, so the text came out before its next one. "Ahead of" and
# "before" are left out: looking back is told with them too.
_AHEAD = re.compile(
    r"\b(?:upcoming|forthcoming|will \w+(?: \w+){0,3}?)(?: the| its| this \w+)?\s*$",
    re.IGNORECASE,
)
_BEFORE = 40
"""Characters before the ordinal in which such a word stands."""
_COUNTED = re.compile(r"\d(?:st|nd|rd|th)\s")
_ORDINAL = r"\b(?P<number>\d{1,3})(?:st|nd|rd|th)\s+(?:annual\s+)?(?:edition\s+of\s+the\s+)?"


@dataclass(frozen=True, slots=True)
class Series:
    """A gathering that is counted. Number `number` began in the month of `starts`, the next follow `every` months."""

    name: str
    phrase: re.Pattern[str]
    number: int
    starts: date
    every: int
    step: int
    first: int

    def began(self, number: int) -> date | None:
        """The first day of the month in which `number` was held; `None` where the count does not tell."""
        rounds, rest = divmod(number - self.number, self.step)
        if rest or number < self.first:
            return None
        return add_months(self.starts, rounds * self.every)


@cache
def series() -> tuple[Series, ...]:
    """The gatherings of series.yml."""
    return tuple(
        Series(
            str(row["name"]),
            re.compile(f"{_ORDINAL}(?:{'|'.join(row['phrases'])})"),
            int(row["number"]),
            date.fromisoformat(f"{row['starts']}-01"),
            int(row["every"]),
            int(row.get("step", 1)),
            int(row["from"]),
        )
        for row in read_tree("series.yml").values()
    )


def sessions(annotated: Annotated, bracket: Bracket) -> None:
    """Bounds from numbered gatherings: after one began, and before the next where it is told of as still to come."""
    text = annotated.document.seed.text
    for one in series() if _COUNTED.search(text) else ():
        for match in one.phrase.finditer(text):
            began = one.began(int(match["number"]))
            if began is None or not 1000 <= began.year <= 9000:
                continue
            if not any(_within(zone.text.runs, match.start()) for zone in annotated.document.body):
                continue
            surface = " ".join(match[0].split())
            opened = f"{began:%B %Y}"
            ahead = _AHEAD.search(text[max(match.start() - _BEFORE, 0) : match.start()])
            if ahead:
                ended = add_months(began, one.every)
                clue = f"“{surface}” is told of as to come; {one.name} of that number began in {opened}."
                bracket.narrow(clue, latest=ended, spans=[Span(match.start(), match.end())])
            else:
                clue = f"It speaks of the {surface}: {one.name} of that number began in {opened}."
                bracket.narrow(clue, earliest=began, spans=[Span(match.start(), match.end())])


def _within(runs: tuple[Run, ...], offset: int) -> bool:
    return bool(runs) and runs[0].start <= offset < runs[-1].end
