"""Named days: which day a holiday falls on in a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from generator.data import read_tree

_FIXED = re.compile(r"(\d\d)-(\d\d)")
_WEEKDAY = re.compile(r"(\d\d)-#(-?\d)-(\d)(?:\+(\d+))?")
_EASTER = re.compile(r"easter([+-]\d+)")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day and the rule it follows, as described in calendar.yml."""

    key: str
    names: tuple[str, ...]
    rule: str
    days: tuple[str, ...]
    span: int

    def iso(self, year: int) -> str:
        """The day (or, for a holiday of several days, the range) in a year; empty where the calendar does not say."""
        first = self.first_day(year)
        if first is None or self.span == 1:
            return first.isoformat() if first else ""
        return f"{first.isoformat()}/{(first + timedelta(days=self.span - 1)).isoformat()}"

    def first_day(self, year: int) -> date | None:
        """The day on which it begins in a year; `None` where the calendar does not say."""
        if not date.min.year < year < date.max.year:
            return None
        if fixed := _FIXED.fullmatch(self.rule):
            return date(year, int(fixed[1]), int(fixed[2]))
        if by_weekday := _WEEKDAY.fullmatch(self.rule):
            month, nth, weekday, more = (int(part or 0) for part in by_weekday.groups())
            return _nth_weekday(year, month, nth, weekday) + timedelta(days=more)
        if from_easter := _EASTER.fullmatch(self.rule):
            return easter(year) + timedelta(days=int(from_easter[1]))
        found = [day for day in self.days if day.startswith(f"{year:04d}-")]
        return date.fromisoformat(found[0]) if found else None


@cache
def holidays() -> dict[str, Holiday]:
    """All holidays of the calendar by key."""
    return {
        key: Holiday(
            key,
            tuple(str(name) for name in row["names"]),
            str(row["rule"]),
            tuple(str(day) for day in row.get("days", ())),
            int(row.get("span", 1)),
        )
        for key, row in read_tree("calendar.yml")["holidays"].items()
    }


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    return date(year, month, (h + m - 7 * n + 33 * month + 19) % 32)


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=(after.isoweekday() - weekday - 1) % 7 + 1)
