"""Clues from the calendar: gatherings that come every year at a known time, and anniversaries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from generator.aligned import Span
from generator.chronology.iso import add_months
from generator.corpus.dating.bracket import Bracket
from generator.data import read_tree
from generator.model import Annotated, DateExpression


@dataclass(frozen=True, slots=True)
class Happening:
    """A gathering that recurs: how it is named, when it falls in any year, and the years whose days are on record."""

    name: str
    phrase: re.Pattern[str]
    window: tuple[str, str] | None
    days: tuple[tuple[date, date], ...]

    def in_year(self, year: int) -> list[tuple[date, date]]:
        """First and last day of each time it was held in a year on record, else the window; empty without either."""
        held = [days for days in self.days if days[0].year == year]
        if held or self.window is None:
            return held
        start, end = (date.fromisoformat(f"{year:04d}-{part}") for part in self.window)
        return [(start, end)]


@cache
def happenings() -> tuple[Happening, ...]:
    """The gatherings of calendar.yml."""
    return tuple(
        Happening(
            str(row["name"]),
            re.compile("|".join(f"(?:{phrase})" for phrase in row["phrases"]), re.IGNORECASE),
            _pair(str(row["window"])) if "window" in row else None,
            tuple(_days(str(days)) for days in row.get("days", ())),
        )
        for row in read_tree("calendar.yml")["happenings"].values()
    )


@cache
def _any_happening() -> re.Pattern[str]:
    """Finds whether a text names any of them, which few do."""
    return re.compile("|".join(f"(?:{one.phrase.pattern})" for one in happenings()), re.IGNORECASE)


def gatherings(annotated: Annotated, bracket: Bracket) -> None:
    """Bounds from a gathering told of as last week's, this month's …, where the bracket leaves one year for it."""
    for happening, span, sentence in _told_of(annotated):
        when = _relative_in(annotated.dates, sentence, span)
        if when is None:
            continue
        reach = _in_reach(happening, when, bracket)
        if reach:
            (start, end), (first, last) = reach
            fell = f"{start.isoformat()} to {end.isoformat()}"
            text = f"“{when.surface}” dates {happening.name}; the only one in reach was on {fell}."
            bracket.narrow(text, first, last, [span, when.span])


def _in_reach(
    happening: Happening, when: DateExpression, bracket: Bracket
) -> tuple[tuple[date, date], tuple[date, date]] | None:
    """The days of the one gathering that fits a closed bracket, and when a text that dates it so can have come out."""
    fitting = []
    for year in range(bracket.years().start - 1, bracket.years().stop + 1) if bracket.closed else ():
        held = happening.in_year(year)
        if not held and year in bracket.years():
            return None
        for days in held:
            stretch = _published_when(*days, when)
            if stretch and bracket.overlap(*stretch):
                fitting.append((days, stretch))
    return fitting[0] if len(fitting) == 1 else None


def weekday_agreement(annotated: Annotated, bracket: Bracket) -> dict[int, int]:
    """Years of dates like `Thursday, Jan. 6` where a single year of the bracket has that day on that weekday."""
    found: dict[int, int] = {}
    for index, one in enumerate(annotated.dates):
        parts = one.operands
        if one.value or one.form != "month-day" or "weekday" not in parts or "day" not in parts or not bracket.closed:
            continue
        years = [
            year
            for year in range(bracket.years().start - 1, bracket.years().stop + 1)
            if _is_weekday(year, int(parts["month"]), int(parts["day"]), int(parts["weekday"]))
        ]
        if len(years) == 1:
            found[index] = years[0]
    return found


def _told_of(annotated: Annotated) -> list[tuple[Happening, Span, Span]]:
    """Gatherings named in the body: which, where, and in which sentence."""
    found = []
    starts = [span.start for span in annotated.sentences]
    for zone in annotated.document.body:
        for happening in happenings() if _any_happening().search(zone.reading.text) else ():
            for match in happening.phrase.finditer(zone.reading.text):
                span = zone.reading.seed_span(match.start(), match.end())
                at = bisect_right(starts, span.start) - 1
                if at >= 0:
                    found.append((happening, span, annotated.sentences[at]))
    return found


def _relative_in(dates: Sequence[DateExpression], sentence: Span, span: Span) -> DateExpression | None:
    """The relative expression of the sentence that says when the gathering was; the nearest of several."""
    near = [one for one in dates if sentence.covers(one.span) and one.form == "relative" and "n" not in one.operands]
    return min(near, key=lambda one: abs(one.span.start - span.end)) if near else None


def _published_when(first: date, last: date, when: DateExpression) -> tuple[date, date] | None:
    """When a text can have come out that says `last week` (or the like) of something between two days."""
    unit, shift = when.operands.get("unit", ""), -int(when.operands.get("shift", "0"))
    if unit in ("day", "night"):
        return first + timedelta(days=shift), last + timedelta(days=shift)
    if unit in ("week", "weekend"):
        monday = first - timedelta(days=first.isoweekday() - 1)
        sunday = last + timedelta(days=7 - last.isoweekday())
        return max(monday + timedelta(weeks=shift), first), sunday + timedelta(weeks=shift)
    if unit == "month":
        start = add_months(first.replace(day=1), shift)
        end = add_months(last.replace(day=1), shift + 1) - timedelta(days=1)
        return max(start, first), end
    if unit == "year":
        return max(date(first.year + shift, 1, 1), first), date(last.year + shift, 12, 31)
    return None


def _is_weekday(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return date(year, month, day).isoweekday() == weekday
    except ValueError:
        return False


def _pair(window: str) -> tuple[str, str]:
    start, end = window.split("/")
    return start, end


def _days(stretch: str) -> tuple[date, date]:
    start, end = stretch.split("/")
    return date.fromisoformat(start), date.fromisoformat(end)
