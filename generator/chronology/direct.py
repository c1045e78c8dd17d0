"""What an expression means from the day of publication alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from generator.chronology import forms
from generator.chronology.forms import number
from generator.chronology.iso import day_iso, month_iso, week_iso
from generator.model import DateExpression

_DIRECT: dict[str, Callable[[DateExpression, date], str]] = {
    "last-month-day": lambda one, today: forms.last_month_day(one.operands, today),
    "month": lambda one, today: forms.month(one.operands, today, one.direction),
    "month-day": lambda one, today: forms.month_day(one.operands, today, one.direction),
    "day-of-month": lambda one, today: forms.day_of_month(one.operands, today, one.direction),
    "weekday": lambda one, today: forms.weekday(one.operands, today, one.direction),
    "season": lambda one, today: forms.season(one.operands, today, one.direction),
    "quarter": lambda one, today: forms.quarter(one.operands, today, one.direction),
    "weekdays-ago": lambda one, today: forms.weekdays_ago(one.operands, today),
    "weekday-of-month": lambda one, today: forms.weekday_of_month(one.operands, _year_of(one, today)),
    "week-of-month": lambda one, today: forms.week_of_month(one.operands, _year_of(one, today)),
    "half": lambda one, today: forms.half(one.operands, today),
    "months-to": lambda one, today: forms.months_to(one.operands, today, one.direction),
    "weekend": lambda one, today: forms.weekend(today, one.direction),
    "holiday": lambda one, today: forms.holiday(one.operands, today, one.direction),
}


def value_on(one: DateExpression, today: date) -> str:
    """The value of an expression for a text of that day; empty for forms that hang on other dates."""
    parts = one.operands
    if one.form == "relative":
        if "n" in parts:
            return forms.counted(parts["unit"], number(parts, "n") * number(parts, "sign"), today)
        return forms.shifted(parts["unit"], number(parts, "shift"), today)
    if one.form == "exact":
        day = forms.exactly(parts["unit"], number(parts, "n", 1) * number(parts, "sign"), today)
        return day[: len("2024-02")] if parts.get("to") == "month" else day
    if one.form == "month-day-range":
        start = forms.month_day(parts, today, one.direction)
        return _day_range(parts, int(start[:4])) if start else ""
    if one.form == "month-range":
        return _month_range(parts, today.year + number(parts, "which"))
    if one.form == "week-of":
        day = forms.month_day(parts, today, one.direction)
        return week_iso(date.fromisoformat(day)) if day else ""
    if one.form == "last-month-day" or (one.form == "month-day" and "which" in parts and "of_year" not in parts):
        return forms.last_month_day(parts, today)
    handler = _DIRECT.get(one.form)
    return handler(one, today) if handler else ""


def _year_of(one: DateExpression, today: date) -> int:
    """The year of a month that is named without one: the nearest on the side of the tense."""
    return number(one.operands, "year") or int(forms.month(one.operands, today, one.direction)[: len("2024")])


def _day_range(parts: forms.Parts, year: int) -> str:
    first_month, last_month = number(parts, "month"), number(parts, "month2") or number(parts, "month")
    last_year = year + 1 if last_month < first_month else year
    start, end = day_iso(year, first_month, number(parts, "day")), day_iso(last_year, last_month, number(parts, "day2"))
    return f"{start}/{end}" if start and end and start < end else ""


def _month_range(parts: forms.Parts, year: int) -> str:
    first, last = number(parts, "month"), number(parts, "month2")
    return f"{month_iso(year - 1 if first > last else year, first)}/{month_iso(year, last)}"
