"""What an expression means by the dates that stand around it: before it in its sentence, and in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from generator.chronology import forms
from generator.chronology.direct import value_on
from generator.chronology.forms import number, with_time
from generator.chronology.iso import bounds, day_iso, month_iso, precision_of, season_iso
from generator.model import DateExpression

# How finely a date must be known for a chained expression of a unit to be counted from it.
_BASES = {
    "day": ("day", "minute"),
    "night": ("day", "minute"),
    "weekend": ("day", "minute"),
    "week": ("day", "minute", "week"),
    "month": ("day", "minute", "month"),
    "quarter": ("day", "minute", "month"),
    "year": ("day", "minute", "month", "year", "season", "week", "quarter"),
    "decade": ("day", "minute", "month", "year", "decade"),
    "century": ("day", "minute", "month", "year", "decade", "century"),
}
# A chained expression looks back over this many sentences: further back, something else is meant.
_CHAIN_REACH = 8
# A time of day belongs to the day named in its sentence or just before.
_CLOCK_REACH = 3
# And over no more expressions than this: a text with more in reach is a table of dates, not a story.
_MOST = 40
_FINE = ("day", "minute")
# A full date two calendar years back or more opens a story of its own; within that, a date without a year is of now.
_LONG_AGO = 2
# School, sports and business years that are split begin in summer or autumn.
_SPLIT_YEAR, _SPLIT = re.compile(r"(\d{4})/(\d{4})"), 7


class Context:
    """What stands around one expression: the dates before it in its sentence and in the text."""

    def __init__(self, expressions: Sequence[DateExpression], index: int, values: list[tuple[str, str]]) -> None:
        self._all = expressions
        self._index = index
        self._values = values

    def chained(self, one: DateExpression, today: date | None) -> tuple[str, str]:
        """`the next day`, `two weeks later`: from the last date known finely enough; `same` else from the anchor."""
        unit = one.operands["unit"]
        shift = number(one.operands, "shift")
        if "n" in one.operands:
            shift = number(one.operands, "n") * number(one.operands, "sign")
        base = (self._told(one) if shift == 0 else None) or self._base(one, _BASES[unit])
        if base:
            count = forms.counted if "n" in one.operands else forms.shifted
            return count(unit, shift, base[0]), base[1]
        if today and shift == 0:
            return forms.shifted(unit, 0, today), "anchor"
        return "", ""

    def chained_weekday(self, one: DateExpression, today: date | None) -> tuple[str, str]:
        """`the following Friday`: the nearest one after (or before) the last day named, else the anchor."""
        base = self._base(one, _FINE) or ((today, "anchor") if today else None)
        if base is None:
            return "", ""
        gap = (number(one.operands, "weekday") - base[0].isoweekday()) % 7
        if number(one.operands, "shift") < 0:
            gap = gap - 7
        return (base[0] + timedelta(days=gap or 7)).isoformat(), base[1]

    def chained_season(self, one: DateExpression) -> tuple[str, str]:
        """`that autumn`, `the following spring`: of the last year named, or the first one after (or before) it."""
        base = self._base(one, _BASES["year"])
        if base is None:
            return "", ""
        day, how = base
        of_a_year = precision_of(self._values[self._base_at(one, _BASES["year"])][0]) == "year"
        shift = number(one.operands, "shift")
        value = season_iso(day.year, one.operands["season"])
        span = bounds(value)
        if shift > 0 and of_a_year and one.operands["season"] in ("spring", "summer"):
            # Most of a year lies behind its spring and summer, and before its winter. An autumn may be either one.
            return season_iso(day.year + 1, one.operands["season"]), how
        if "n" in one.operands:  # two summers later: the season itself counts from the next one on
            first = day.year + (span is not None and span[0] <= day)
            return season_iso(first + number(one.operands, "n") - 1, one.operands["season"]), how
        if span and shift > 0 and span[0] <= day:
            value = season_iso(day.year + 1, one.operands["season"])
        if span and shift < 0 and span[1] >= day:
            value = season_iso(day.year - 1, one.operands["season"])
        return value, how

    def _base(self, one: DateExpression, needed: tuple[str, ...]) -> tuple[date, str] | None:
        """The first day of the last date before, if it is known finely enough, and what that was counted from."""
        index = self._base_at(one, needed)
        span = bounds(self._values[index][0]) if index >= 0 else None
        return (span[0], self._how(index)) if span else None

    def _base_at(self, one: DateExpression, needed: tuple[str, ...]) -> int:
        """The place of the last date before that is known finely enough; -1 where there is none within reach."""
        for index in self._back():
            other = self._all[index]
            if _sentence(one) - _sentence(other) > _CHAIN_REACH:
                break
            iso = self._values[index][0]
            if precision_of(iso) in needed and bounds(iso) and other.zone == one.zone:
                return index
        return -1

    def _told(self, one: DateExpression) -> tuple[date, str] | None:
        """Of the days that the last sentence with days names, the last one that something happened on.

        "He left on 4 March, a week before the hearing of 20 March. That night": not the night of the hearing.
        """
        if one.operands["unit"] not in ("day", "night"):
            return None
        sentence, aside = None, False
        for index in self._back():
            other = self._all[index]
            iso, how = self._values[index]
            if sentence not in (None, _sentence(other)) or _sentence(one) - _sentence(other) > _CHAIN_REACH:
                return None
            span = bounds(iso)
            if not span or precision_of(iso) not in _FINE or other.zone != one.zone:
                continue
            sentence = _sentence(other)
            if "aside" not in other.operands:
                return (span[0], other.surface if how != "anchor" else "anchor") if aside else None
            aside = True
        return None

    def before_next(self, one: DateExpression, today: date | None) -> tuple[str, str]:
        """`two days before Christmas`: from the expression that follows."""
        if self._index + 1 >= len(self._all):
            return "", ""
        after = self._all[self._index + 1]
        iso, how = (after.value, "words") if after.value else (value_on(after, today) if today else "", "anchor")
        span = bounds(iso)
        if not span:
            return "", ""
        if "weekday" in one.operands:
            gap = (number(one.operands, "weekday") - span[0].isoweekday()) % 7
            step = (gap or 7) if number(one.operands, "sign") > 0 else gap - 7
            return (span[0] + timedelta(days=step)).isoformat(), "anchor" if how == "anchor" else after.surface
        amount = number(one.operands, "n", 1) * number(one.operands, "sign")
        if after.form == "weekday" and one.operands["unit"] == "week":  # two weeks from Sunday
            value = (span[0] + timedelta(days=7 * amount)).isoformat()
            return value, "anchor" if how == "anchor" else after.surface
        value = forms.counted(one.operands["unit"], amount, span[0])
        return value, "anchor" if how == "anchor" else after.surface

    def time(self, one: DateExpression, today: date | None) -> tuple[str, str]:
        """`10:35 a.m.`: on the day named in its sentence, else the last one named, else that of publication."""
        for index in self._back():
            other = self._all[index]
            if _sentence(one) - _sentence(other) > _CLOCK_REACH or other.zone != one.zone:
                break
            if self._values[index][0] and precision_of(self._values[index][0]) in _FINE:
                if _sentence(other) != _sentence(one) and (following := self._following(one, today)):
                    return with_time(following, one.operands), "anchor"
                return with_time(self._values[index][0][:10], one.operands), self._how(index)
        if following := self._following(one, today):
            return with_time(following, one.operands), "anchor"
        return (with_time(today.isoformat(), one.operands), "anchor") if today else ("", "")

    def _following(self, one: DateExpression, today: date | None) -> str:
        for other in self._all[self._index + 1 : self._index + 1 + _MOST]:
            if _sentence(other) != _sentence(one) or other.zone != one.zone:
                break
            iso = other.value or (value_on(other, today) if today else "")
            if precision_of(iso) in _FINE:
                return iso[:10]
        return ""

    def to_weekday(self, one: DateExpression, today: date | None) -> tuple[str, str]:
        """The `Friday` of `from tomorrow until Friday`: the first one after the day that the stretch begins with."""
        iso, _ = self._values[self._index - 1]
        span = bounds(iso)
        if not span or precision_of(iso) not in _FINE:
            return (value_on(one, today), "anchor") if today else ("", "")
        gap = (number(one.operands, "weekday") - span[0].isoweekday()) % 7 or 7
        return with_time((span[0] + timedelta(days=gap)).isoformat(), one.operands), self._how(self._index - 1)

    def second_day(self, one: DateExpression) -> tuple[str, str]:
        """The `25` of `May 24 and 25`: in the month of the day before it."""
        if self._index == 0 or _sentence(self._all[self._index - 1]) != _sentence(one):
            return "", ""
        iso, _ = self._values[self._index - 1]
        if precision_of(iso) not in _FINE:
            return "", ""
        return day_iso(int(iso[:4]), int(iso[5:7]), number(one.operands, "day")), self._how(self._index - 1)

    def inherited(self, one: DateExpression, today: date | None) -> tuple[str, str]:
        """A month or day in the year (or month) that the sentence named just before: `last year, and in September`."""
        if self._index == 0 or "which" in one.operands:
            return "", ""
        before, (iso, _) = self._all[self._index - 1], self._values[self._index - 1]
        if not iso or before.zone != one.zone or "apart" in before.operands:
            return "", ""
        if _sentence(before) != _sentence(one):
            return self._narrative(one, before, iso, today)
        precision = precision_of(iso)
        if one.form == "month-day" and (split := _SPLIT_YEAR.fullmatch(iso)) and int(split[2]) == int(split[1]) + 1:
            # The school year 2024/25 ends on 27 June: what lies before July is in its second year.
            month = number(one.operands, "month")
            value = day_iso(int(split[1]) + (month < _SPLIT), month, number(one.operands, "day", 1))
            return with_time(value, one.operands), self._how(self._index - 1)
        if precision == "year" and one.form in ("month", "month-day"):
            month = number(one.operands, "month")
            day = number(one.operands, "day")
            year = int(iso)
            value = day_iso(year, month, day) if day else month_iso(year, month)
            return with_time(value, one.operands), self._how(self._index - 1)
        if precision == "month" and one.form == "day-of-month":
            value = day_iso(int(iso[:4]), int(iso[5:7]), number(one.operands, "day"))
            return with_time(value, one.operands), self._how(self._index - 1)
        if precision == "day" and one.form == "day-of-month" and one.direction != "future":
            return self._further_on(one, iso, today)
        return "", ""

    def _further_on(self, one: DateExpression, iso: str, today: date | None) -> tuple[str, str]:
        """The `5th` of `on 3 October 1943; on the 5th`: in the month that its sentence tells of, or the next."""
        month, day = iso[: len("2024-02")], number(one.operands, "day")
        if today is not None and (self._values[self._index - 1][1] == "anchor" or month == today.isoformat()[:7]):
            return "", ""
        year, of_month = int(month[:4]), int(month[5:]) + (day <= int(iso[8:10]))
        value = day_iso(year + of_month // 13, (of_month - 1) % 12 + 1, day)
        if today is not None and value > today.isoformat():
            return "", ""
        return with_time(value, one.operands), self._how(self._index - 1)

    def _narrative(self, one: DateExpression, before: DateExpression, iso: str, today: date | None) -> tuple[str, str]:
        """A month and day in a story of long ago: the next one after the full date in the sentence before."""
        span = bounds(iso)
        close = before.paragraph == one.paragraph and _sentence(one) - _sentence(before) == 1
        told = before.value and precision_of(iso) in ("day", "month", "range")
        if one.form != "month-day" or one.direction == "future" or not (span and close and told):
            return "", ""
        if today is None or today.year - span[1].year < _LONG_AGO:
            return "", ""
        month, day = number(one.operands, "month"), number(one.operands, "day", 1)
        year = span[0].year + ((month, day) < (span[0].month, span[0].day))
        return with_time(day_iso(year, month, day), one.operands), before.surface

    def anniversary(self, one: DateExpression, today: date | None) -> tuple[str, str]:
        """The founding year behind `the 65th anniversary`, by the year in which the sentence puts the anniversary."""
        years = number(one.operands, "ordinal")
        for index in self._sentence_mates(one):
            other = self._all[index]
            known = index < self._index
            iso = self._values[index][0] if known else other.value or (value_on(other, today) if today else "")
            span = bounds(iso)
            if span is None or span[0].year != span[1].year or other.form == "anniversary":
                continue
            year = span[0].year
            if not (known or today) and "of" in one.operands:
                # "the 65th anniversary of the treaty in 1960": of which of the two the year is, nothing tells.
                return "", ""
            if today and other.value and abs(year + years - today.year) <= 1:
                return f"{year:04d}", other.surface
            if other.value or (today and abs(year - today.year) <= 1):
                return f"{year - years:04d}", other.surface if other.value else "anchor"
        return (f"{today.year - years:04d}", "anchor") if today else ("", "")

    def _sentence_mates(self, one: DateExpression) -> list[int]:
        mates = [
            index
            for index in range(max(0, self._index - 6), min(len(self._all), self._index + 7))
            if index != self._index and _sentence(self._all[index]) == _sentence(one)
        ]
        return sorted(mates, key=lambda index: abs(index - self._index))

    def _back(self) -> range:
        """The places of the expressions before this one, nearest first."""
        return range(self._index - 1, max(self._index - 1 - _MOST, -1), -1)

    def _how(self, index: int) -> str:
        how = self._values[index][1]
        return "anchor" if how == "anchor" else self._all[index].surface


def _sentence(one: DateExpression) -> int:
    return number(one.operands, "sentence")
