"""The vocabulary of time: what a word is worth, and the pieces that patterns are built of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.chronology.holidays import holidays
from generator.data import read_tree

_ZONES = "GMT|UTC|KST|JST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|CET|CEST|BST|IST|MSK|AEST|ET|PT|CT|MT"
_NTH = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "-1", "final": "-1"}
_CENTENARIES = {
    "centenary": "100",
    "centennial": "100",
    "sesquicentennial": "150",
    "bicentenary": "200",
    "bicentennial": "200",
    "tercentenary": "300",
}
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A kind of part: the regular expression that matches it and the value of what matched."""

    pattern: str
    value: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All vocabularies by name, the words that can begin an expression by kind, and the word lists of the guards."""

    vocabularies: Mapping[str, Vocabulary]
    starters: Mapping[str, frozenset[str]]
    lists: Mapping[str, frozenset[str]]
    months: Mapping[str, int]
    followers: frozenset[str]
    """Words that can follow `the`, `a` or `that` in a time expression."""


@cache
def lexicon() -> Lexicon:
    """The vocabulary of date_words.yml and calendar.yml."""
    words = read_tree("date_words.yml")
    months = _places(words["months"])
    months_any = {**_places(words["months_elsewhere"]), **months}
    weekdays, short = _places(words["weekdays"]), _places(words["weekdays_short"])
    numbers = _numbers(words)
    ordinals = _ordinals(words)
    units = {name: unit for unit, names in words["units"].items() for name in names}
    seasons = {name: season for season, names in words["seasons"].items() for name in names}
    which = {name: str(shift) for shift, names in words["which"].items() for name in names}
    named_days = {name: key for key, holiday in holidays().items() for name in holiday.names}
    latin_days = {name: key for name, key in named_days.items() if name.isascii() or "’" in name}
    cjk_days = {name: key for name, key in named_days.items() if name not in latin_days}
    chains = {"next": "1", "following": "1", "previous": "-1", "preceding": "-1", "prior": "-1"}
    halves = {"first": "1", "second": "2"}
    quarters = {
        "first": "1",
        "1st": "1",
        "second": "2",
        "2nd": "2",
        "third": "3",
        "3rd": "3",
        "fourth": "4",
        "4th": "4",
    }
    quarters["final"] = "4"
    cjk = words["cjk"]
    abbreviations = [name for names in words["months"] for name in names[1:]]
    month_pattern = _month_pattern(months, abbreviations)
    wd_pattern = rf"(?:{_either(weekdays)})(?!\w)"
    vocabularies = {
        "year": Vocabulary(r"(?:1\d{3}|20\d\d|2100)", str),
        "yy": Vocabulary(r"\d\d(?!\d)", str),
        "mm": Vocabulary(r"(?:1[0-2]|0?[1-9])(?!\d)", _plain),
        "dd": Vocabulary(r"(?:3[01]|[12]\d|0?[1-9])(?!\d)", _plain),
        "day": Vocabulary(r"(?:3[01]|[12]\d|0?[1-9])(?!\d)", _plain),
        "a": Vocabulary(r"\d{1,2}", _plain),
        "b": Vocabulary(r"\d{1,2}", _plain),
        "hour": Vocabulary(r"(?:2[0-3]|[01]?\d)(?!\d)", _plain),
        "minute": Vocabulary(r"[0-5]\d(?!\d)", _plain),
        "pm": Vocabulary("", lambda _: "1"),
        "ampm": Vocabulary(
            r"(?:[ap]\.m\.?|[ap]m(?!\w)|(?:o['’]clock )?in the (?:morning|afternoon|evening))",
            _half_of_day,
        ),
        "tz": Vocabulary(rf"(?:{_ZONES})(?:[+-]\d{{1,2}})?(?!\w)", str.upper),
        "month": Vocabulary(month_pattern, lambda word: str(months[word.lower().rstrip(".")])),
        "monthany": Vocabulary(
            _month_pattern(months_any, abbreviations), lambda word: str(months_any[word.lower().rstrip(".")])
        ),
        "monthelse": Vocabulary(
            rf"(?:{_either(set(months_any) - set(months))})(?!\w)", lambda word: str(months_any[word.lower()])
        ),
        "roman": Vocabulary(r"(?:XI{0,2}|IX|IV|VI{0,3}|I{1,3})(?!\w)", lambda word: str(_ROMAN.index(word.upper()))),
        "monthname": Vocabulary(month_pattern, str),
        "wd": Vocabulary(wd_pattern, lambda word: str(weekdays[word.lower()])),
        "wdany": Vocabulary(wd_pattern, str),
        "wds": Vocabulary(
            rf"(?:{_either(f'{name}s' for name in weekdays)})(?!\w)", lambda word: str(weekdays[word.lower()[:-1]])
        ),
        "nth": Vocabulary(rf"(?:{_either(_NTH)})", lambda word: _NTH[word.lower()]),
        "h": Vocabulary(r"[12](?!\d)", str),
        "centenary": Vocabulary(rf"(?:{_either(_CENTENARIES)})(?!\w)", lambda word: _CENTENARIES[word.lower()]),
        "wdshort": Vocabulary(rf"(?:{_either(short)})(?!\w)", lambda word: str(short[word.lower()])),
        "seasons": Vocabulary(
            rf"(?:{_either({f'{name}s': value for name, value in seasons.items()})})(?!\w)",
            lambda word: seasons[word.lower().removesuffix("s")],
        ),
        "season": Vocabulary(rf"(?:{_either(seasons)})(?!\w)", lambda word: seasons[word.lower()]),
        "n": Vocabulary(
            rf"(?:\d{{1,3}}(?!\d)|{_either(numbers)})", lambda word: str(numbers.get(_fold(word), _int(word)))
        ),
        "ordinal": Vocabulary(
            rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{_either(ordinals)})",
            lambda word: str(ordinals.get(_fold(word), _int(word[:-2]))),
        ),
        "ordinalnum": Vocabulary(r"\d{1,2}", _plain),
        "ordinalday": Vocabulary(
            f"(?:{_either(name for name, value in ordinals.items() if 1 <= value <= 31)})",
            lambda word: str(ordinals[_fold(word)]),
        ),
        "unit": Vocabulary(rf"(?:{_either(units)})(?![\w-])", lambda word: units[word.lower()]),
        "daypart": Vocabulary(rf"(?:{_either(words['dayparts'])})(?!\w)", str.lower),
        "part": Vocabulary(
            r"(?:early|earlier|mid|late|later)(?:-|\s{1,2})(?:in\s)?", lambda word: re.split(r"[\s-]", word.lower())[0]
        ),
        "which": Vocabulary(rf"(?:{_either(which)})(?!\w)", lambda word: which[_fold(word)]),
        "chainwhich": Vocabulary(rf"(?:{_either(chains)})(?!\w)", lambda word: chains[word.lower()]),
        "beforeafter": Vocabulary("(?:before|after)", lambda word: "-1" if word.lower() == "before" else "1"),
        "from": Vocabulary("from", lambda _: "1"),
        "q": Vocabulary(r"[1-4](?!\d)", str),
        "qword": Vocabulary(f"(?:{_either(quarters)})", lambda word: quarters[word.lower()]),
        "halfword": Vocabulary("(?:first|second)", lambda word: halves[word.lower()]),
        "decadeword": Vocabulary(f"(?:{'|'.join(_DECADES)})", lambda word: f"19{_DECADES.index(word.lower()) + 2}"),
        "holiday": Vocabulary(f"(?:{_either(latin_days)})", lambda word: latin_days[_fold(word)]),
        "cjkholiday": Vocabulary(f"(?:{_either(cjk_days)})", lambda word: cjk_days[word]),
        "cjkwd": Vocabulary(f"[{''.join(cjk['weekday'])}]", lambda word: _index_of(word, cjk["weekday"])),
        "zhwd": Vocabulary(f"[{''.join(cjk['zh_weekday'])}]", lambda word: _index_of(word, cjk["zh_weekday"])),
        "cjkhalf": Vocabulary(f"(?:{_either(cjk['half'])})", lambda word: str(cjk["half"][word])),
        "zhq": Vocabulary("[一二三四1-4]", lambda word: word if word.isdigit() else str("一二三四".index(word) + 1)),
        "cjkunit": Vocabulary(f"(?:{_either(cjk['unit'])})", lambda word: str(cjk["unit"][word])),
        **{
            f"cjk{name}": Vocabulary(f"(?:{_either(cjk[name])})", _shift_of(cjk[name]))
            for name in ("year", "month", "week", "day", "chain", "chainyear", "which")
        },
    }
    starters = {
        "month": _first_words(months),
        "month-elsewhere": _first_words(months_any),
        "weekday": _first_words(weekdays),
        "weekday-short": _first_words(short),
        "season": _first_words(seasons),
        "number": _first_words(numbers) | _first_words(_DECADES) | {"nineteen"},
        "ordinal": _first_words(ordinals),
        "part": frozenset({"early", "earlier", "mid", "late", "later"}),
        "which": _first_words(which),
        "holiday": _first_words(latin_days),
    }
    lists = {name: frozenset(str(word) for word in listed) for name, listed in words["lists"].items()}
    followers = lists["after_article"].union(units, chains, words["dayparts"], *starters.values()) - {"the"}
    return Lexicon(vocabularies, starters, lists, months, followers)


def time_pattern() -> str:
    """The pattern of a time of day, in the notation of date_patterns.yml."""
    return (
        r"(?:{hour}(?:[:.]{minute})? ?{ampm}|{hour2}:{minute2})(?: ?{tz}| local time)?"
        r"(?: \(\d{1,2}:?\d{0,2} ?(?:{tz2}|local time)\))?"
    )


def _places(rows: list[list[str]]) -> dict[str, int]:
    return {name: place for place, names in enumerate(rows, start=1) for name in names}


def _month_pattern(months: Mapping[str, int], short: Iterable[str]) -> str:
    full = [name for name in months if name not in set(short)]
    return rf"(?:(?:{_either(full)})(?!\w)|(?:{_either(short)})(?!\w)\.?)"


def _either(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in ordered)


def _first_words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(re.split(r"[\W_]", word, maxsplit=1)[0] for word in words)


def _fold(word: str) -> str:
    return re.sub(r"[\s-]+", " ", word.lower())


def _plain(digits: str) -> str:
    return str(int(digits))


def _int(digits: str) -> int:
    return int(digits) if digits.isdecimal() else 0


def _numbers(words: Mapping[str, Any]) -> dict[str, int]:
    found = {word: value for value, word in enumerate(words["numbers"]) if value}
    for index, ten in enumerate(words["tens"], start=2):
        found[ten] = 10 * index
        found.update({f"{ten} {unit}": 10 * index + value for value, unit in enumerate(words["numbers"][:10]) if value})
    found["a couple of"] = 2
    return found


def _ordinals(words: Mapping[str, Any]) -> dict[str, int]:
    found = {word: value for value, word in enumerate(words["ordinals"]) if value}
    for index, (ten, tenth) in enumerate(zip(words["tens"], words["ordinal_tens"], strict=True), start=2):
        found[tenth] = 10 * index
        found.update(
            {f"{ten} {unit}": 10 * index + value for value, unit in enumerate(words["ordinals"][:10]) if value}
        )
    return found


def _half_of_day(word: str) -> str:
    return "am" if word.lower().startswith("a") or word.lower().endswith("morning") else "pm"


def _index_of(character: str, rows: list[str]) -> str:
    return str(next(index for index, row in enumerate(rows, start=1) if character in row))


def _shift_of(rows: Mapping[str, int]) -> Callable[[str], str]:
    return lambda word: str(rows[word])
