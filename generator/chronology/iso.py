"""ISO 8601 values as precise as known: their precision, the days they cover, and how to write them.

A value is one of: century ``19`` (1900 to 1999), decade ``197``, year ``2024``, quarter ``2024-07/2024-09``, season
``2024-23``, month ``2024-02``, week ``2024-W39``, day ``2024-02-14``, minute ``2024-02-15T23:07``, or a range of two
such values with ``/`` between. Seasons have the numbers of ISO 8601-2 (21 spring, 22 summer, 23 autumn, 24 winter).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from generator.model import Precision

SEASON_CODES = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}

_SHAPE = re.compile(
    r"(?P<century>\d{2})|(?P<decade>\d{3})|(?P<year>\d{4})|(?P<season>\d{4}-2[1-4])|(?P<month>\d{4}-(?:0[1-9]|1[0-2]))"
    r"|(?P<week>\d{4}-W[0-5]\d)|(?P<day>\d{4}-\d\d-\d\d)|(?P<minute>\d{4}-\d\d-\d\dT\d\d:\d\d)"
)
_QUARTER_STARTS = {1: 3, 4: 6, 7: 9, 10: 12}
_PRECISIONS: dict[str, Precision] = {
    "century": "century",
    "decade": "decade",
    "year": "year",
    "season": "season",
    "month": "month",
    "week": "week",
    "day": "day",
    "minute": "minute",
}
_FIRST_MONTH_OF_SEASON = {21: 3, 22: 6, 23: 9, 24: 12}


def precision_of(iso: str) -> Precision | None:
    """The precision of a value; `None` for an empty or malformed one. Three whole quarter months are a quarter."""
    if "/" in iso:
        start, end = iso.split("/", 1)
        if precision_of(start) == precision_of(end) == "month":
            first, last = int(start[5:]), int(end[5:])
            if start[:4] == end[:4] and _QUARTER_STARTS.get(first) == last:
                return "quarter"
        return "range" if precision_of(start) and precision_of(end) else None
    match = _SHAPE.fullmatch(iso)
    return _PRECISIONS[match.lastgroup] if match and match.lastgroup else None


def bounds(iso: str) -> tuple[date, date] | None:
    """The first and last day that a value covers; `None` for an empty, malformed or impossible one.

    Seasons are those of the northern hemisphere by whole months (December to February is the winter of the year in
    which it begins), as almanacs of meteorology count them.
    """
    if "/" in iso:
        start, end = (bounds(part) for part in iso.split("/", 1))
        return (start[0], end[1]) if start and end else None
    precision = precision_of(iso)
    try:
        return _bounds_of(iso, precision) if precision else None
    except (ValueError, OverflowError):
        return None


def _bounds_of(iso: str, precision: Precision) -> tuple[date, date]:
    if precision in ("day", "minute"):
        day = date.fromisoformat(iso[:10])
        return day, day
    if precision == "week":
        monday = date.fromisocalendar(int(iso[:4]), int(iso[6:]), 1)
        return monday, monday + timedelta(days=6)
    if precision == "month":
        year, month = int(iso[:4]), int(iso[5:7])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if precision == "season":
        year, month = int(iso[:4]), _FIRST_MONTH_OF_SEASON[int(iso[5:7])]
        last_year, last_month = (year + 1, 2) if month == 12 else (year, month + 2)
        return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])
    width = 10 ** (4 - len(iso))
    first = int(iso) * width
    return date(max(first, 1), 1, 1), date(first + width - 1, 12, 31)


def day_iso(year: int, month: int, day: int) -> str:
    """``2024-02-14``, or empty where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def month_iso(year: int, month: int) -> str:
    """``2024-02``; months below 1 and above 12 run over into the years beside."""
    index = year * 12 + month - 1
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def week_iso(day: date) -> str:
    """``2024-W39``, the ISO week that holds the day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_iso(year: int, quarter: int) -> str:
    """``2024-07/2024-09`` for the third quarter; quarters below 1 and above 4 run over."""
    first = quarter * 3 - 2
    return f"{month_iso(year, first)}/{month_iso(year, first + 2)}"


def season_iso(year: int, season: str) -> str:
    """``2024-23`` for the autumn; `season` is a key of `SEASON_CODES`."""
    return f"{year:04d}-{SEASON_CODES[season]}"


def add_months(day: date, months: int) -> date:
    """The same day some months on; the last of the month where it is too short."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
