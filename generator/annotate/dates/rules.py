"""The patterns of date_patterns.yml, compiled, and the parts that a match of one names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from generator.annotate.dates.lexicon import Lexicon, lexicon, time_pattern
from generator.data import read_tree

_PLACE = re.compile(r"\{([a-z]+)(\d?)\}")
_LOOKBEHIND = re.compile(r"\(\?<[=!][^()]*\)")
# Groups under several names in the patterns, and the one part that each gives.
_PARTS = {
    "monthany": "month",
    "monthelse": "month",
    "roman": "month",
    "mm": "month",
    "dd": "day",
    "wd": "weekday",
    "wdshort": "weekday",
    "cjkwd": "weekday",
    "zhwd": "weekday",
    "hour2": "hour",
    "minute2": "minute",
    "year1": "year",
    "unit2": "unit",
    "q": "quarter",
    "qword": "quarter",
    "halfword": "half",
    "h": "half",
    "wds": "weekday",
    "seasons": "season",
    "centenary": "ordinal",
    "cjkchainyear": "shift",
    "chainwhich": "shift",
    "cjkchain": "shift",
    "cjkmonth": "shift",
    "cjkday": "shift",
    "cjkunit": "unit",
    "cjkhalf": "half",
    "zhq": "quarter",
    "cjkwhich": "which",
    "beforeafter": "sign",
    "from": "sign",
    "a2": "a",
    "b2": "b",
    "ordinalnum": "ordinal",
    "ordinalday": "day",
    "cjkholiday": "holiday",
}
FIGURES = ("year", "small", "mixed")
"""Shapes of figures: four digits, up to three, digits with letters after them."""
_SIGHTED = frozenset({"monthname", "wdany", "monthname2", "wdany2"})
# Two-digit years from 69 on are of the 1900s, as POSIX reads them; two-digit decades from 30 on (the '30s), since the
# decades of this century so far are the '00s to the '20s.
_PIVOT = 69
_DECADE_PIVOT = 30


@dataclass(frozen=True)
class Rule:
    """One pattern: its name, how its parts are worked out, and the parts that its shape fixes."""

    name: str
    form: str
    source: str
    fixed: Mapping[str, str]
    groups: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when a text has a word that it begins with."""
        return re.compile(self.source, re.IGNORECASE)

    def parts(self, match: re.Match[str], words: Lexicon) -> dict[str, str]:
        """The parts that a match names, as values: months and weekdays as numbers, shifts signed, hours of 24."""
        found = dict(self.fixed)
        for group in self.groups:
            surface = match[group]
            if surface is None or group in _SIGHTED:
                continue
            kind = group.rstrip("0123456789")
            value = words.vocabularies[kind].value(surface)
            key = _PARTS.get(group) or (group if group[-1].isdigit() else _PARTS.get(kind, kind))
            found[key] = value
        return _joined(self, found)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules: those tried at a word, by the word; at figures, by their shape; those searched for in CJK text."""

    at_word: Mapping[str, tuple[Rule, ...]]
    at_figures: Mapping[str, tuple[Rule, ...]]
    in_cjk: tuple[Rule, ...]


@cache
def rules() -> Rules:
    """The rules of date_patterns.yml."""
    words = lexicon()
    at_word: dict[str, list[Rule]] = {}
    at_figures: dict[str, list[Rule]] = {shape: [] for shape in FIGURES}
    in_cjk: list[Rule] = []
    for row in read_tree("date_patterns.yml"):
        rule = _compiled(row, words)
        if row.get("script") == "cjk":
            in_cjk.append(rule)
            continue
        for start in row["starts"]:
            if start in at_figures:
                at_figures[start].append(rule)
                continue
            for word in words.starters.get(start, (start.strip(),)):
                listed = at_word.setdefault(word, [])
                if rule not in listed:
                    listed.append(rule)
    return Rules(
        {word: tuple(listed) for word, listed in at_word.items()},
        {shape: tuple(listed) for shape, listed in at_figures.items()},
        tuple(in_cjk),
    )


def _compiled(row: Mapping[str, object], words: Lexicon) -> Rule:
    source = str(row["pattern"]).replace("{time}", time_pattern())
    groups: list[str] = []

    def expand(place: re.Match[str]) -> str:
        name = place[1] + place[2]
        groups.append(name)
        return f"(?P<{name}>{words.vocabularies[place[1]].pattern})"

    pattern = _PLACE.sub(expand, _spaced(source))
    fixed = row.get("with", {})
    return Rule(
        str(row["rule"]),
        str(row["form"]),
        pattern,
        {str(key): str(value) for key, value in fixed.items()} if isinstance(fixed, dict) else {},
        tuple(groups),
    )


def _spaced(source: str) -> str:
    """The pattern with each plain space standing for one or two characters of white space (a wrapped line has two)."""
    parts: list[str] = []
    at = 0
    for behind in _LOOKBEHIND.finditer(source):
        parts.append(_spaced_outside_classes(source[at : behind.start()]))
        parts.append(behind[0].replace(" ", r"\s"))
        at = behind.end()
    parts.append(_spaced_outside_classes(source[at:]))
    return "".join(parts)


def _spaced_outside_classes(source: str) -> str:
    pieces = re.split(r"(\[[^\]]*\])", source)
    return "".join(
        piece.replace(" ", r"\s") if piece.startswith("[") else piece.replace(" ?", r"\s?").replace(" ", r"\s{1,2}")
        for piece in pieces
    )


def _joined(rule: Rule, parts: dict[str, str]) -> dict[str, str]:
    """Parts that say one thing together, joined: hours with am or pm, short years, which year a `which` belongs to."""
    if rule.form == "slashed" and "year2" in parts:
        parts["year"] = parts.pop("year2")
    if "pm" in parts or "pm2" in parts or parts.get("ampm") == "pm":
        parts["hour"] = str(int(parts["hour"]) % 12 + 12)
    elif parts.get("ampm") == "am":
        parts["hour"] = str(int(parts["hour"]) % 12)
    if "yy" in parts:
        short = int(parts.pop("yy"))
        pivot = _DECADE_PIVOT if rule.form == "decade" else _PIVOT
        parts["year"] = str(short + (1900 if short >= pivot else 2000))
    if "yy2" in parts:
        parts["year2"] = parts["year"][:2] + parts.pop("yy2")
    if "decadeword" in parts:
        parts["year"] = parts.pop("decadeword") + "0"
    if "cjkyear" in parts:
        parts["shift" if rule.form == "relative" else "which"] = parts.pop("cjkyear")
        parts["of_year"] = "1"
    if "cjkweek" in parts:
        parts["shift" if rule.form == "relative" else "which"] = parts.pop("cjkweek")
        parts["of_week"] = "1"
    if rule.name in ("month-of-which-year", "month-day", "day-month", "season-which-year") and "which" in parts:
        parts["of_year"] = "1"
    if rule.name in ("cjk-day", "last-day-of-month") and "which" in parts:
        parts["toward"] = {"-1": "past", "0": "", "1": "future"}[parts.pop("which")]
    if rule.name == "weekday-which-week":
        parts["of_week"] = "1"
    if rule.form == "relative" and "which" in parts and "shift" not in parts:
        parts["shift"] = parts.pop("which")
    if rule.form in ("month-range", "month-day-range") and "year2" in parts and "year" not in parts:
        # "November to January 2024" begins in the year before.
        over = int(parts["month"]) > int(parts.get("month2", parts["month"]))
        parts["year"] = str(int(parts["year2"]) - over)
    if rule.name in ("days-later", "days-earlier") and parts["unit"] in ("decade", "century"):
        parts.setdefault("n", "1")  # "a century later" is a hundred years, not the century that follows
    if rule.form == "chained" and "sign" in parts and "n" not in parts:
        parts["shift"] = parts.pop("sign")
    if "sign" in parts and "n" not in parts:
        parts["n"] = "1"
    for spent in ("ampm", "pm", "pm2"):
        parts.pop(spent, None)
    return parts
