"""How values are put into words for a reader: dates, counts, the names of rules."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.pages.reasons import told
from generator.pages.wording import Words, english

UNNAMED = "unnamed: "
"""Begins a speaker who has no name, in the model and the data files."""
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
# ISO 8601-2 numbers the seasons behind the months, without regard to the hemisphere.
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_RULE = re.compile(r"[a-z]+(-[a-z]+)*")
# What the `datetime` attribute of HTML's `time` element takes.
_MACHINE = re.compile(r"\d{4}(-(?:0[1-9]|1[0-2])(-\d{2}(T\d{2}:\d{2}(:\d{2})?)?)?|-W\d{2})?")


@lru_cache(maxsize=4096)
def date_words(iso: str, words: Words | None = None) -> str:
    """An ISO date of any precision in words: `14 February 2024`, `the 1970s`; what is no such date as it is.

    In the language of `words`; English where they are left out.
    """
    words = words or english()
    if "/" in iso:
        low, high = iso.split("/", 1)
        return _range_words(low, high, words)
    if match := _DAY.fullmatch(iso):
        year, month, day, clock, zone = match.groups()
        date = words.say("date.day", day=int(day), month=_month_name(month, words), year=year)
        return words.say("date.clock", date=date, time=f"{clock}{f' {zone}' if zone else ''}") if clock else date
    if match := _SEASON.fullmatch(iso):
        return words.say(f"date.season-{match[2]}", year=match[1])
    if match := _MONTH.fullmatch(iso):
        return words.say("date.month", month=_month_name(match[2], words), year=match[1])
    if match := _WEEK.fullmatch(iso):
        return words.say("date.week", week=int(match[2]), year=match[1])
    if match := _QUARTER.fullmatch(iso):
        return words.say("date.quarter", quarter=match[2], year=match[1])
    if iso.isdigit() and len(iso) == 3:
        return words.say("date.decade", decade=f"{iso}0")
    if iso.isdigit() and len(iso) == 2:
        century = int(iso) + 1
        # Languages that write ordinals write most of them by one rule.
        return words.say(f"date.century-{century if century in (21, 22, 23) else 'any'}", century=century)
    return iso


def machine_date(iso: str) -> str:
    """`iso` where HTML's `time` element takes it; empty otherwise."""
    return iso if _MACHINE.fullmatch(iso) else ""


def basis_words(basis: str, words: Words | None = None) -> str:
    """What a rule's name means, from the catalogue; another without hyphens, a sentence as `reasons.told` has it."""
    words = words or english()
    known = words.texts.get(f"rule.{basis}")
    if isinstance(known, str):
        return known
    if _RULE.fullmatch(basis):
        return told(basis.replace("-", " "), words)
    # A rule and what it was applied to: `day-of-month, from published 2024-02-15`.
    rule, comma, rest = basis.partition(",")
    if comma and _RULE.fullmatch(rule) and (f"rule.{rule}" in words.texts or "-" in rule):
        basis = f"{basis_words(rule)},{rest}"
    return told(basis, words)


def field_words(field: str, words: Words | None = None) -> str:
    """The name of a metadata field for a reader: `translated_from` as `translated from`."""
    known = (words or english()).texts.get(f"field.{field.replace('_', '-')}")
    return known if isinstance(known, str) else field.replace("_", " ")


def language_words(code: str, words: Words | None = None) -> str:
    """The name of the language with this ISO 639-1 code; another value as it is."""
    known = (words or english()).texts.get(f"language.{code}")
    return known if isinstance(known, str) else code


def speaker_words(speaker: str, words: Words | None = None) -> str:
    """A speaker for a reader: of one without a name, what the text calls them and that it does not name them."""
    who = speaker.removeprefix(UNNAMED)
    return speaker if who == speaker else (words or english()).say("parts.unnamed", who=who)


def shortened(text: str, limit: int) -> str:
    """`text` cut at a space before `limit` characters, with an ellipsis; as it is where it is short enough."""
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    # Text without spaces (Chinese, a hash) is cut where the limit falls.
    return text[: cut if cut > limit // 2 else limit].rstrip(" ,;:–—-") + "…"


def _month_name(number: str, words: Words) -> str:
    return words.say(f"date.month-{number}") if 1 <= int(number) <= 12 else number


def month_words(iso: str, words: Words | None = None) -> str:
    """The name of a month (`2024-02`) without its year."""
    return _month_name(iso[5:7], words or english())


def _range_words(low: str, high: str, words: Words) -> str:
    first, second = _DAY.fullmatch(low), _DAY.fullmatch(high)
    if first and second and first[1] == second[1] and not first[4]:
        month = _month_name(first[2], words)
        if first[2] == second[2]:
            return words.say("date.days-of-month", first=int(first[3]), last=int(second[3]), month=month, year=first[1])
        return words.say("date.days-of-year", day=int(first[3]), month=month, last=date_words(high, words))
    begin, end = _MONTH.fullmatch(low), _MONTH.fullmatch(high)
    if begin and end and begin[1] == end[1]:
        months = _month_name(begin[2], words), _month_name(end[2], words)
        return words.say("date.months-of-year", first=months[0], last=months[1], year=begin[1])
    return words.say("date.between", first=date_words(low, words), last=date_words(high, words))
