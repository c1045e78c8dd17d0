"""Full dates with times, as pages state when an article came out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from generator.describe.words import Words, load_words
from generator.model import Precision

DayOrder = Literal["day", "month", ""]
"""What stands first in a date such as 03/04/2024; empty where nothing tells."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date in a text, offsets into that text. `iso` is empty where the order of day and month is open."""

    start: int
    end: int
    iso: str
    precision: Precision | None
    choices: tuple[str, ...] = ()
    """The two readings of an ambiguous date, earlier first."""


_CLOCK = (
    r"(?:(?P<half{n}>오전|오후|午前|午後|上午|下午)\s?)?(?P<hour{n}>\d{{1,2}})"
    r"(?:(?:[:：h]|시\s?|時|时|点)(?P<minute{n}>\d{{2}}|\d(?=\s?[분分]))(?:[:：]\d{{2}}(?:\.\d{{1,6}})?)?\s?(?:분|分)?"
    r"|\.(?P<point{n}>\d{{2}})(?=\s?(?:[ap]\.?m\b|uhr|hrs|{zones}){spoken}))?"
    r"(?:\s?(?P<meridiem{n}>[ap])\.?\s?m\b\.?)?"
    r"(?:\s?(?:uhr|hrs?|h)\b)?"
)
_ZONE = (
    r"(?:\s?\(?(?P<zone{n}>(?:[A-Z][a-z]{{3,8}} ){{1,2}}Time|[A-Z]{{2,5}}|Z|(?:GMT|UTC)?[+-]\d{{1,2}}:?\d{{0,2}})\)?"
    r"(?![\w가-힣]))?"
)
_WEEKDAY_CJK = (
    r"\s?[(（\[]?(?:[월화수목금토일月火水木金土日](?:요일|曜日|曜)?|星期[一二三四五六日天]|周[一二三四五六日])[)）\]]?"
    r"(?=\s|$|[\d,|오午上下])"
)


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class _Patterns:
    date: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = load_words()
    month = "|".join(re.escape(word) for word in sorted(words.months, key=lambda word: (-len(word), word)))
    weekday = "|".join(re.escape(word) for word in sorted(words.weekdays, key=lambda word: (-len(word), word)))
    eras = "|".join(re.escape(word) for word in sorted(words.eras, key=lambda word: (-len(word), word)))
    zones = "|".join(rf"{zone}\b" for zone in sorted(words.month_first_zones | words.day_first_zones))
    clock = _CLOCK.format(n="", zones=zones, spoken="")
    # A point parts hours and minutes for sure where the word for o'clock stands before them: `kl. 11.07`.
    clock_after = _CLOCK.format(n="", zones=zones, spoken="|(?(nordic)|(?!))")
    date = (
        rf"(?:\b(?:{weekday})\b\.?,?\s{{1,2}}(?:den |the |le |el )?)?(?<![\w.])(?:"
        r"(?P<y1>(?:19|20)\d\d)(?P<sep1>[-./])\s?(?P<m1>\d{1,2})(?P=sep1)\s?(?P<d1>\d{1,2})(?:\.(?!\d))?(?!\d)"
        r"|(?P<y2>(?:19|20)\d\d)\s?[년年]\s?(?P<m2>\d{1,2})\s?[월月]\s?(?P<d2>\d{1,2})\s?[일日]"
        # Two figures are a year where a clock follows that says so: `15.02.24, 11:07 Uhr`.
        r"|(?P<a6>\d{1,2})\.\s?(?P<b6>\d{1,2})\.\s?(?P<y6>\d\d)(?=,?\s(?:um )?\d{1,2}[:.]\d\d\sUhr)"
        r"|(?P<a3>\d{1,2})(?P<sep3>[-./])\s?(?P<b3>\d{1,2})(?P=sep3)\s?(?P<y3>(?:19|20)\d\d)(?!\d)"
        rf"|(?P<n4>{month})\b\.?,?\s(?P<d4>\d{{1,2}})(?:(?:st|nd|rd|th)?[,.]?\s{{1,2}}|/)(?P<y4>(?:19|20)\d\d)(?!\d)"
        rf"|(?P<d5>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-](?:de |of |d')?(?P<n5>{month})\b\.?,?[\s-]"
        r"(?:de |del )?(?P<y5>(?:19|20)\d\d)(?!\d)"
        # `Juche113.2.15.`, `令和6年2月15日`
        rf"|(?P<era>{eras})\s?(?P<y7>\d{{1,3}})(?:\((?:19|20)\d\d\))?(?:\.|\s?[년年])\s?(?P<m7>\d{{1,2}})(?:\.|\s?[월月])\s?(?P<d7>\d{{1,2}})(?!\d)[.일日]?"
        r")"
    )
    return _Patterns(
        date=re.compile(date, re.IGNORECASE),
        before=re.compile(rf"(?<![\d:.]){clock}{_ZONE.format(n='')},?\s{{0,2}}(?:[-–—|·]\s)?(?:on )?$", re.IGNORECASE),
        after=re.compile(
            rf"(?:{_WEEKDAY_CJK}|,?\s?\(?(?:{weekday})\b\)?\.?)?[T,.]?\s{{0,3}}(?:[-–—|·•/@]\s{{0,2}})?"
            r"(?:at |um |(?P<nordic>kl\.? |klo )|a las |às |à |alle |om |ore |o'clock )?"
            rf"{clock_after}{_ZONE.format(n='')}(?!\d)",
            re.IGNORECASE,
        ),
    )


def day_first(text: str, language: str) -> DayOrder:
    """What stands first in the numeric dates of `text`; empty where nothing tells.

    Told by another date of the text whose day is over twelve, by a time zone, by the language.
    """
    words = load_words()
    votes: set[DayOrder] = set()
    for match in re.finditer(r"(?<![\d./-])(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)(?!\d)", text):
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            votes.add("day")
        elif second > 12 >= first:
            votes.add("month")
        zone = re.search(r"\d\s?(?:[ap]\.?m\.?)?\s?([A-Z]{2,4})\b", text[match.end() : match.end() + 30], re.IGNORECASE)
        if zone and zone[1] in words.month_first_zones:
            votes.add("month")
        elif zone and zone[1] in words.day_first_zones:
            votes.add("day")
    if len(votes) == 1:
        return votes.pop()
    if not votes and language in words.day_first_languages:
        return "day"
    return ""


def find_stamps(text: str, first: DayOrder) -> Iterator[Stamp]:
    """The dates with day, month and year in `text`, with the time beside them; `first` as of `day_first`."""
    patterns, words = _patterns(), load_words()
    floor = 0
    for match in patterns.date.finditer(text):
        readings = _readings(match, first, words)
        if not readings:
            continue
        start, end, clock = match.start(), match.end(), ""
        after = patterns.after.match(text, match.end())
        time = _time(after) if after else ""
        if after and time:
            end, clock = after.end(), time
        else:
            tail = re.compile(_WEEKDAY_CJK).match(text, match.end())
            end = tail.end() if tail else end
            # A clock before the date stands within a dozen characters: "11:07 AM EST, ".
            window = max(floor, match.start() - 24)
            before = patterns.before.search(text[window : match.start()])
            time = _time(before) if before else ""
            if before and time:
                start, clock = window + before.start(), time
        floor = end
        if len(readings) > 1:
            yield Stamp(start, end, "", None, tuple(sorted(readings)))
        elif clock:
            yield Stamp(start, end, f"{readings[0]}T{clock}", "minute")
        else:
            yield Stamp(start, end, readings[0], "day")


def _readings(match: re.Match[str], first: DayOrder, words: Words) -> list[str]:
    if match["a3"]:
        one, two, year = int(match["a3"]), int(match["b3"]), int(match["y3"])
        ordered: DayOrder = "day" if match["sep3"] == "." else first
        orders = [(one, two)] if ordered == "day" else [(two, one)] if ordered == "month" else [(one, two), (two, one)]
        found = {iso for day, month in orders if (iso := _iso(year, month, day))}
        # `Mon 06-02-2023`: one of the two is a Monday.
        fitting = {iso for iso in found if _falls_on(iso, match[0])}
        found = fitting if len(fitting) == 1 else found
        if not found and ordered:
            found = {iso for iso in [_iso(year, one, two), _iso(year, two, one)] if iso}
        return sorted(found)
    if match["y6"]:
        # Pages are younger than the web.
        year = int(match["y6"]) + (1900 if int(match["y6"]) >= 90 else 2000)
        iso = _iso(year, int(match["b6"]), int(match["a6"]))
        return [iso] if iso else []
    if match["era"]:
        iso = _iso(words.eras[match["era"].casefold()] + int(match["y7"]), int(match["m7"]), int(match["d7"]))
        return [iso] if iso else []
    for suffix, letter in (("1", "m"), ("2", "m"), ("4", "n"), ("5", "n")):
        if match[f"y{suffix}"]:
            name = match[f"{letter}{suffix}"]
            number = int(name) if name.isdigit() else words.months[name.casefold()]
            iso = _iso(int(match[f"y{suffix}"]), number, int(match[f"d{suffix}"]))
            return [iso] if iso else []
    return []


def _falls_on(iso: str, surface: str) -> bool:
    """Whether a date is of the weekday that its English surface begins with."""
    return surface[:3].casefold() == _WEEKDAYS[datetime.date.fromisoformat(iso).weekday()]


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _time(match: re.Match[str]) -> str:
    """`HH:MM` of a clock, or nothing where the digits are none: an hour alone needs its a.m. or p.m."""
    minute = match["minute"] or match["point"]
    half = match["meridiem"] or match["half"] or ""
    if minute is None and not half:
        return ""
    hour = int(match["hour"])
    afternoon = half.casefold() in ("p", "오후", "午後", "下午")
    if half:
        if hour > 12 and not afternoon:
            return ""
        hour = hour % 12 + (12 if afternoon else 0) if hour <= 12 else hour
    return f"{hour:02}:{int(minute or 0):02}" if hour < 24 and int(minute or 0) < 60 else ""
