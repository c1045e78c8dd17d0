"""What one time expression means on a given day: a value for each form, from its parts.

Every function takes the parts of an expression and the day the text came out, and gives an ISO value or an empty
string. The rules for the missing year, month or week are those of news writing: the nearest one on the side that the
tense of the sentence points to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from generator.chronology.holidays import holidays
from generator.chronology.iso import (
    add_months,
    bounds,
    day_iso,
    month_iso,
    quarter_iso,
    season_iso,
    week_iso,
)
from generator.model import Direction

Parts = Mapping[str, str]

# Where tense does not tell, a month and day still to come within this many days is a date ahead (a deadline, a
# hearing): newspapers announce such dates about two months ahead, and look back from any distance.
_AHEAD = 75
# Against the tense, a date this near still beats one that is ten months or more away: writers of news name the year, or
# say `last` or `next`, for a month and day that far off.
_CLOSE = 60


def number(parts: Parts, key: str, default: int = 0) -> int:
    """The part as a whole number; `default` where it is absent."""
    return int(parts[key]) if parts.get(key) else default


def with_time(iso: str, parts: Parts) -> str:
    """The day with the time of day that the parts give, if any."""
    if not iso or "hour" not in parts or len(iso) != len("2024-02-15"):
        return iso
    return f"{iso}T{number(parts, 'hour'):02d}:{number(parts, 'minute'):02d}"


def year_for(month: int, day: int, today: date, direction: Direction) -> int:
    """The year of a month and day named without one: by tense, but never nearly a year away when it could be near."""
    this_year = _on(today.year, month, day)
    if this_year == today:
        return today.year
    before = today.year if this_year < today else today.year - 1
    ahead = (_on(before + 1, month, day) - today).days
    back = (today - _on(before, month, day)).days
    if direction == "past":
        return before + 1 if ahead <= _CLOSE else before
    if direction == "future":
        return before if back <= _CLOSE else before + 1
    return before + 1 if ahead <= _AHEAD else before


def month_day(parts: Parts, today: date, direction: Direction) -> str:
    """`Feb. 14`, `Monday, Feb. 14`, `Feb. 14 this year`."""
    month, day = number(parts, "month"), number(parts, "day", 1)
    if "which" in parts:
        year = today.year + number(parts, "which")
    else:
        year = year_for(month, day, today, direction)
        if "weekday" in parts:
            years = sorted(range(year - 1, year + 2), key=lambda candidate: (abs(candidate - year), candidate))
            agreeing = [one for one in years if _weekday(day_iso(one, month, day)) == number(parts, "weekday")]
            year = agreeing[0] if agreeing else year
    if "day" not in parts:
        return month_iso(year, month)
    return with_time(day_iso(year, month, day), parts)


def last_month_day(parts: Parts, today: date) -> str:
    """`last Oct. 23`, `next March 3`: the nearest one before or after the day."""
    month, day = number(parts, "month"), number(parts, "day", 1)
    which = number(parts, "which")
    year = today.year
    if which < 0 and _on(year, month, day) >= today:
        year -= 1
    if which > 0 and _on(year, month, day) <= today:
        year += 1
    return day_iso(year, month, day)


def month(parts: Parts, today: date, direction: Direction) -> str:
    """`in March`, `last November`, `September last year`. `of_year` says that `which` belongs to the year."""
    named = number(parts, "month")
    if "of_year" in parts:
        return month_iso(today.year + number(parts, "which"), named)
    if "which" in parts:
        which = number(parts, "which")
        if which == 0:
            return month_iso(today.year, named)
        if which < 0:
            return month_iso(today.year if named < today.month else today.year - 1, named)
        return month_iso(today.year if named > today.month else today.year + 1, named)
    if named == today.month:
        return month_iso(today.year, named)
    back = month_iso(today.year if named < today.month else today.year - 1, named)
    ahead = month_iso(today.year if named > today.month else today.year + 1, named)
    if direction == "none":
        # The same reach ahead as for days, in whole months.
        near = (int(ahead[:4]) - today.year) * 12 + named - today.month <= _AHEAD // 30
        return ahead if near else back
    months_ahead = (int(ahead[:4]) - today.year) * 12 + named - today.month
    if direction == "future":
        # A month just over is meant where the other is eleven months away, and the same for the month to come.
        return back if months_ahead == 11 else ahead
    return ahead if months_ahead == 1 else back


def day_of_month(parts: Parts, today: date, direction: Direction) -> str:
    """`the 15th`, `the 4th of last month`: the nearest such day on the side of the tense, else on or before today."""
    day = number(parts, "day")
    if "which" in parts:
        shifted = add_months(today.replace(day=1), number(parts, "which"))
        return with_time(day_iso(shifted.year, shifted.month, day), parts)
    step = 1 if direction == "future" else -1
    first = today.replace(day=1)
    # A day that some months lack is found within three months either way.
    for months in range(4):
        candidate = day_iso(*_year_month(add_months(first, step * months)), day)
        if candidate and (date.fromisoformat(candidate) - today).days * step >= 0:
            return with_time(candidate, parts)
    return ""


def weekday(parts: Parts, today: date, direction: Direction) -> str:
    """`Monday`, `last Friday`, `Tuesday of next week`: bare ones on or before today, or ahead by tense."""
    named = number(parts, "weekday")
    monday = today - timedelta(days=today.isoweekday() - 1)
    which = number(parts, "which")
    back = (today.isoweekday() - named) % 7
    if "of_week" in parts:
        day = monday + timedelta(days=named - 1 + 7 * which)
    elif "which" in parts and which < 0:
        day = today - timedelta(days=back or 7)
    elif "which" in parts and which > 0:
        # `next Friday` said on a Tuesday is that of the week after, as newsrooms' style books advise.
        day = monday + timedelta(days=named + 6)
    elif direction == "future" or ("which" in parts and direction != "past"):
        day = today + timedelta(days=(named - today.isoweekday()) % 7)
    else:
        day = today - timedelta(days=back)
    return with_time(day.isoformat(), parts)


def weekdays_ago(parts: Parts, today: date) -> str:
    """`two Fridays ago`, `the Monday before last` (two Mondays ago), `Friday week` (two Fridays ahead)."""
    if number(parts, "sign", -1) > 0:
        ahead = (number(parts, "weekday") - today.isoweekday()) % 7 or 7
        return (today + timedelta(days=ahead + 7 * (number(parts, "n", 1) - 1))).isoformat()
    back = (today.isoweekday() - number(parts, "weekday")) % 7 or 7
    return (today - timedelta(days=back + 7 * (number(parts, "n", 1) - 1))).isoformat()


def weekday_of_month(parts: Parts, year: int) -> str:
    """`the first Monday in July`, `the last Friday of May` of a year; `nth` is -1 for the last."""
    first = date(year, number(parts, "month"), 1)
    days = [first + timedelta(days=count) for count in range(31)]
    fitting = [day for day in days if day.month == first.month and day.isoweekday() == number(parts, "weekday")]
    nth = number(parts, "nth")
    return fitting[nth - 1 if nth > 0 else -1].isoformat()


def week_of_month(parts: Parts, year: int) -> str:
    """`the second week of May` of a year: the week that holds its eighth day; the last one that of its last day."""
    first = date(year, number(parts, "month"), 1)
    nth = number(parts, "nth")
    day = first + timedelta(days=7 * (nth - 1)) if nth > 0 else add_months(first, 1) - timedelta(days=1)
    return week_iso(day)


def shifted(unit: str, shift: int, today: date) -> str:
    """The day, week, month … so many away from the one that holds `today`."""
    try:
        return _shifted(unit, shift, today)
    except (ValueError, OverflowError):
        return ""  # beyond the years that the calendar counts


def _shifted(unit: str, shift: int, today: date) -> str:
    if unit in ("day", "night"):
        return (today + timedelta(days=shift)).isoformat()
    if unit == "week":
        return week_iso(today + timedelta(weeks=shift))
    if unit == "weekend":
        saturday = today + timedelta(days=6 - min(today.isoweekday(), 6) - max(today.isoweekday() - 6, 0), weeks=shift)
        return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"
    if unit == "month":
        moved = add_months(today.replace(day=1), shift)
        return month_iso(moved.year, moved.month)
    if unit == "quarter":
        return quarter_iso(today.year, (today.month - 1) // 3 + 1 + shift)
    year = today.year
    if unit == "decade":
        return f"{year // 10 + shift:03d}"
    if unit == "century":
        return f"{year // 100 + shift:02d}"
    return f"{date(year + shift, 1, 1).year:04d}"


def counted(unit: str, amount: int, today: date) -> str:
    """So many units from today: `a decade ago` and `two years ago` name a year, `three weeks ago` a week."""
    if unit in ("decade", "century"):
        return shifted("year", amount * (10 if unit == "decade" else 100), today)
    if unit == "quarter":
        return shifted("month", 3 * amount, today)
    return shifted(unit, amount, today)


def exactly(unit: str, amount: int, today: date) -> str:
    """The day so many units from today: `three years ago today`."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months:
        return add_months(today, months * amount).isoformat()
    return (today + timedelta(days=amount * (7 if unit == "week" else 1))).isoformat()


def season(parts: Parts, today: date, direction: Direction) -> str:
    """`spring 2021`, `last fall`, `in the summer`; a winter counts to the year in which it begins."""
    named = parts["season"]
    if "year" in parts:
        return season_iso(number(parts, "year"), named)
    if "of_year" in parts:
        return season_iso(today.year + number(parts, "which"), named)
    values = [season_iso(year, named) for year in range(today.year - 2, today.year + 3)]
    spans = [(value, bounds(value)) for value in values if bounds(value)]
    over = [value for value, span in spans if span and span[1] < today]
    begun = [value for value, span in spans if span and span[0] <= today]
    ahead = [value for value, span in spans if span and span[0] > today]
    if not over or not ahead:
        return ""  # at the ends of the calendar
    which = number(parts, "which")
    if "which" in parts and which < 0:
        return over[-1]
    if ("which" in parts and which > 0) or (direction == "future" and begun[-1] in over):
        return ahead[0]
    if "which" in parts and begun[-1] in over and bounds(begun[-1]) != bounds(season_iso(today.year, named)):
        return ahead[0]
    return begun[-1]


def quarter(parts: Parts, today: date, direction: Direction) -> str:
    """`Q3`, `the third quarter`, `the third quarter of last year`."""
    named = number(parts, "quarter")
    if "year" in parts:
        return quarter_iso(number(parts, "year"), named)
    if "which" in parts:
        return quarter_iso(today.year + number(parts, "which"), named)
    now = (today.month - 1) // 3 + 1
    if direction == "future":
        return quarter_iso(today.year if named >= now else today.year + 1, named)
    return quarter_iso(today.year if named <= now else today.year - 1, named)


def half(parts: Parts, today: date) -> str:
    """`the first half of 2023`, `the last two months of the year`."""
    return half_of(parts, number(parts, "year") or today.year + number(parts, "which"))


def half_of(parts: Parts, year: int) -> str:
    """Half a year, or its first or last months; empty where a year has not so many."""
    if "n" not in parts:
        first = number(parts, "half") * 6 - 5
        return f"{month_iso(year, first)}/{month_iso(year, first + 5)}"
    count = number(parts, "n")
    if not 0 < count < 12:
        return ""
    first = 1 if number(parts, "nth") > 0 else 13 - count
    return month_iso(year, first) if count == 1 else f"{month_iso(year, first)}/{month_iso(year, first + count - 1)}"


def months_to(parts: Parts, today: date, direction: Direction) -> str:
    """`the nine months to March`, `the six months ended June 2023`: the months that end with the one named."""
    last = number(parts, "year") * 12 + number(parts, "month") - 1
    if "year" not in parts:
        ending = month(parts, today, "none" if direction == "none" else direction)
        last = int(ending[:4]) * 12 + int(ending[5:7]) - 1
    count = number(parts, "n")
    first = last - count + 1
    return f"{month_iso(first // 12, first % 12 + 1)}/{month_iso(last // 12, last % 12 + 1)}" if count > 1 else ""


def weekend(today: date, direction: Direction) -> str:
    """`over the weekend`, `at the weekend`: the last that has begun, or by tense the next; Sunday is in its own."""
    back = (today.isoweekday() + 1) % 7
    ahead = 7 if direction == "future" and back > 1 else 0
    saturday = today + timedelta(days=ahead - back)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def holiday(parts: Parts, today: date, direction: Direction) -> str:
    """`Thanksgiving Day`, `last Christmas`, `Easter 2021`."""
    named = holidays()[parts["holiday"]]
    if "year" in parts:
        return named.iso(number(parts, "year"))
    days = [day for year in range(today.year - 1, today.year + 2) if (day := named.first_day(year))]
    past, ahead = [day for day in days if day <= today], [day for day in days if day > today]
    which = number(parts, "which")
    forward = "which" in parts and which > 0
    if "which" in parts and which < 0:
        past = [day for day in past if day < today]
    elif "which" in parts and which == 0:
        return named.iso(today.year)
    elif direction == "future" or (direction == "none" and ahead and (ahead[0] - today).days <= _AHEAD):
        forward = not (past and past[-1] == today)
    chosen = ahead[:1] if forward else past[-1:]
    return named.iso(chosen[0].year) if chosen else ""


def _on(year: int, month: int, day: int) -> date:
    """The day in a year; for 29 February in a common year, the day after."""
    iso = day_iso(year, month, day)
    return date.fromisoformat(iso) if iso else date(year, month, 28) + timedelta(days=1)


def _weekday(iso: str) -> int:
    return date.fromisoformat(iso).isoweekday() if iso else 0


def _year_month(day: date) -> tuple[int, int]:
    return day.year, day.month
