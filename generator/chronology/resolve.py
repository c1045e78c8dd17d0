"""Time expressions made into dates, in the order of the text, from the day it came out.

Where that day is only known to lie between two days, the text is read from both; what both readings agree on is the
value, and marked as inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from generator.chronology.anchor import Anchor
from generator.chronology.context import Context
from generator.chronology.direct import value_on
from generator.chronology.iso import bounds, precision_of
from generator.model import DateExpression, DateMention

# A stretch longer than about a quarter says nothing useful of when something was.
_WIDEST = timedelta(days=100)
_KINDS = {
    "slashed": "date in figures",
    "month-day": "month and day",
    "last-month-day": "month and day",
    "day-of-month": "day of the month",
    "weekday": "day of the week",
    "second-day": "day of the month",
    "relative": "relative date",
    "exact": "relative date",
    "chained": "date counted from another",
    "chained-weekday": "day of the week after another date",
    "chained-season": "season of another date",
    "before-date": "date counted from another",
    "time": "time of day",
    "month-day-range": "range of days",
    "month-range": "range of months",
    "year-range": "range of years",
    "half": "half of a year",
    "months-to": "range of months",
    "weekend": "weekend",
    "week-of": "week of a day",
    "week-of-month": "week of a month",
    "weekday-of-month": "day of the week in a month",
    "weekdays-ago": "day of the week",
    "anniversary": "year that an anniversary counts from",
}


def resolve_dates(expressions: Sequence[DateExpression], anchor: Anchor) -> tuple[DateMention, ...]:
    """Each expression with its value, in the order given (the order of the text).

    Absolute expressions resolve always, chained ones from the date that they follow, all others only with an anchor.
    `iso` is empty where nothing says when, or where the anchor is too vague to say it at any useful precision.
    """
    ends = anchor.ends()
    if ends is None:
        return tuple(
            _mention(one, iso, how) for one, (iso, how) in zip(expressions, _pass(expressions, None), strict=True)
        )
    first, last = ends
    early = _pass(expressions, first)
    if first == last:
        return tuple(_mention(one, *found, anchor) for one, found in zip(expressions, early, strict=True))
    late = _pass(expressions, last)
    return tuple(_between(one, low, high, anchor) for one, low, high in zip(expressions, early, late, strict=True))


def words_for(form: str) -> str:
    """What a form of expression is called in the basis of a date: ``day of the month``."""
    return _KINDS.get(form, form.replace("-", " "))


def _mention(
    one: DateExpression, iso: str, how: str, anchor: Anchor | None = None, *, inferred: bool = False
) -> DateMention:
    kind = words_for(one.form)
    if not iso:
        basis = f"{kind}, nothing says of which time"
    elif how == "anchor" and anchor:
        basis = f"{kind}, from {anchor.words}"
    elif one.form == "slashed" and precision_of(iso) == "year":
        basis = f"{kind}, which is the day and which the month is open"
    elif how == "words":
        basis = f"{kind}, as written"
    else:
        basis = f"{kind}, from “{how}”"
    if iso and "about" in one.operands:
        basis += "; only about then"
    guessed = inferred or one.form == "anniversary" or "about" in one.operands
    return DateMention(one.span, one.surface, one.paragraph, iso, precision_of(iso), basis, guessed and bool(iso))


def _between(one: DateExpression, low: tuple[str, str], high: tuple[str, str], anchor: Anchor) -> DateMention:
    """One value from the readings at both ends of a bracket: what they share, else the stretch they span."""
    if low[0] == high[0]:
        return _mention(one, *low, anchor, inferred=low[1] == "anchor")
    earliest, latest = bounds(low[0]), bounds(high[0])
    if not earliest or not latest or earliest[0] > latest[1]:
        return _mention(one, "", "")
    month = low[0][: len("2024-02")]
    if month == high[0][: len("2024-02")] and precision_of(month) == "month":
        return _mention(one, month, "anchor", anchor, inferred=True)
    if latest[1] - earliest[0] > _WIDEST:
        return _mention(one, "", "")
    return _mention(one, f"{earliest[0].isoformat()}/{latest[1].isoformat()}", "anchor", anchor, inferred=True)


def _pass(expressions: Sequence[DateExpression], today: date | None) -> list[tuple[str, str]]:
    """The values on one day, each with what it was counted from: `words`, `anchor`, or the surface of another."""
    values: list[tuple[str, str]] = []
    for index, one in enumerate(expressions):
        try:
            iso, how = _value(expressions, index, one, values, today)
        except (ValueError, OverflowError):
            iso, how = "", ""
        # Years below 1 and above 9999 are none that the calendar counts.
        values.append((iso, how) if bounds(iso) else ("", ""))
    return values


def _value(
    expressions: Sequence[DateExpression],
    index: int,
    one: DateExpression,
    values: list[tuple[str, str]],
    today: date | None,
) -> tuple[str, str]:
    if one.value:
        return one.value, "words"
    context = Context(expressions, index, values)
    if one.form == "chained":
        return context.chained(one, today)
    if one.form == "chained-weekday":
        return context.chained_weekday(one, today)
    if one.form == "chained-season":
        return context.chained_season(one)
    if one.form == "before-date":
        return context.before_next(one, today)
    if one.form == "time":
        return context.time(one, today)
    if one.form == "second-day":
        return context.second_day(one)
    if one.form == "anniversary":
        return context.anniversary(one, today)
    if today is None and "of_told" in one.operands:
        return context.chained(one, today)  # by the end of the month: of the last one named
    if one.form == "weekday" and "ends" in one.operands:
        return context.to_weekday(one, today)
    inherited = context.inherited(one, today)
    if inherited[0] or today is None:
        return inherited
    return value_on(one, today), "anchor"
