"""How values are put into words for a reader: dates, counts, the names of rules."""

from __future__ import annotations

import re
from functools import cache

from generator.data import read_tree

MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 -- shorter
)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
# ISO 8601-2 numbers the seasons behind the months, without regard to the hemisphere.
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_RULE = re.compile(r"[a-z]+(-[a-z]+)*")
# What the `datetime` attribute of HTML's `time` element takes.
_MACHINE = re.compile(r"\d{4}(-(?:0[1-9]|1[0-2])(-\d{2}(T\d{2}:\d{2}(:\d{2})?)?)?|-W\d{2})?")


def date_words(iso: str) -> str:
    """An ISO date of any precision in words: `14 February 2024`, `the 1970s`; what is no such date as it is."""
    if "/" in iso:
        low, high = iso.split("/", 1)
        return _range_words(low, high)
    if match := _DAY.fullmatch(iso):
        year, month, day, clock, zone = match.groups()
        time = f", {clock}{f' {zone}' if zone else ''}" if clock else ""
        return f"{int(day)} {_month_name(month)} {year}{time}"
    if match := _SEASON.fullmatch(iso):
        return f"{_SEASONS[match[2]]} {match[1]}"
    if match := _MONTH.fullmatch(iso):
        return f"{_month_name(match[2])} {match[1]}"
    if match := _WEEK.fullmatch(iso):
        return f"week {int(match[2])} of {match[1]}"
    if match := _QUARTER.fullmatch(iso):
        return f"quarter {match[2]} of {match[1]}"
    if iso.isdigit() and len(iso) == 3:
        return f"the {iso}0s"
    if iso.isdigit() and len(iso) == 2:
        return (
            f"the {int(iso) + 1}th century"
            if int(iso) + 1 not in (21, 22, 23)
            else f"the {_ORDINAL[int(iso) + 1]} century"
        )
    return iso


_ORDINAL = {21: "21st", 22: "22nd", 23: "23rd"}


def machine_date(iso: str) -> str:
    """`iso` where HTML's `time` element takes it; empty otherwise."""
    return iso if _MACHINE.fullmatch(iso) else ""


def month_words(month: str) -> str:
    """`2024-02` as `February 2024`."""
    return date_words(month)


def count_words(number: int, one: str, many: str = "") -> str:
    """`1 article`, `1,200 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def basis_words(basis: str) -> str:
    """What a rule's name means, from the catalogue; another name without hyphens, a sentence as it is."""
    known = _catalogue().get(basis)
    if known:
        return known
    if _RULE.fullmatch(basis):
        return basis.replace("-", " ")
    # A rule and what it was applied to: `day-of-month, from published 2024-02-15`.
    rule, comma, rest = basis.partition(",")
    return f"{basis_words(rule)},{rest}" if comma and _RULE.fullmatch(rule) else basis


def field_words(field: str) -> str:
    """The name of a metadata field for a reader: `translated_from` as `translated from`."""
    return field.replace("_", " ")


def language_words(code: str) -> str:
    """The English name of the language with this ISO 639-1 code; another value as it is."""
    return _languages().get(code, code)


def shortened(text: str, limit: int) -> str:
    """`text` cut at a space before `limit` characters, with an ellipsis; as it is where it is short enough."""
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    # Text without spaces (Chinese, a hash) is cut where the limit falls.
    return text[: cut if cut > limit // 2 else limit].rstrip(" ,;:–—-") + "…"


def _month_name(number: str) -> str:
    return MONTHS[int(number) - 1] if 1 <= int(number) <= 12 else number


def _range_words(low: str, high: str) -> str:
    first, second = _DAY.fullmatch(low), _DAY.fullmatch(high)
    if first and second and first[1] == second[1] and not first[4]:
        if first[2] == second[2]:
            return f"{int(first[3])}–{int(second[3])} {_month_name(first[2])} {first[1]}"
        return f"{int(first[3])} {_month_name(first[2])} – {date_words(high)}"
    begin, end = _MONTH.fullmatch(low), _MONTH.fullmatch(high)
    if begin and end and begin[1] == end[1]:
        return f"{_month_name(begin[2])}–{_month_name(end[2])} {begin[1]}"
    return f"{date_words(low)} – {date_words(high)}"


@cache
def _languages() -> dict[str, str]:
    return {str(code): str(name) for code, name in read_tree("language_names.yml").items()}


@cache
def _catalogue() -> dict[str, str]:
    return {str(name): str(words) for name, words in read_tree("rule_words.yml").items()}
