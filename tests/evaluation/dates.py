"""Scores of the date module on text annotated by others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from generator.annotate.dates import Anchor, find_dates, resolve_dates
from generator.chronology import bounds
from generator.chronology.iso import quarter_iso
from generator.model import DateExpression, DateMention
from tests.evaluation.measure import Measure
from tests.evaluation.plain import plain_document

_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_RELATIVE = frozenset({"relative", "weekday", "month", "month-day", "last-month-day", "day-of-month", "before-date"})


@dataclass(frozen=True, slots=True)
class Decision:
    """One gold date, what was found over it, and whether its value is right at the gold's precision."""

    document: str
    surface: str
    context: str
    gold: str
    found: tuple[tuple[str, str, str, str], ...]
    """Surface, value, rule and direction of each expression that overlaps."""
    right: bool


def gold_value(iso: str) -> str:
    """The gold's value in the project's notation, from that of TIMEX3.

    `1998-12-XX` is a month, `196X` a decade, `2000-W8` is `2000-W08`, `1998-FA` an autumn, `1989-Q3` three months.
    """
    value = iso.partition("T")[0]
    value = re.sub(r"(-XX)+$", "", value)
    value = re.sub(r"X+$", "", value)
    value = re.sub(r"-(SP|SU|FA|WI)$", lambda match: f"-{_SEASONS[match[1]]}", value)
    quarter = re.fullmatch(r"(\d{4})-Q([1-4])", value)
    if quarter:
        return quarter_iso(int(quarter[1]), int(quarter[2]))
    half = re.fullmatch(r"(\d{4})-H([12])", value)
    if half:
        return f"{half[1]}-01/{half[1]}-06" if half[2] == "1" else f"{half[1]}-07/{half[1]}-12"
    value = value.removeprefix("FY").removesuffix("-WE")
    return re.sub(r"W(\d)$", r"W0\1", value)


def agrees(value: str, gold: str) -> bool:
    """Whether a value says when at the gold's precision: it lies within the gold's stretch and is no vaguer.

    A week agrees with the month that holds its Thursday; a range agrees with the date at either of its ends.
    """
    inner, outer = bounds(value), bounds(gold)
    if not inner or not outer:
        return False
    if "W" in value and len(gold) == len("2024-02"):
        thursday = inner[0] + timedelta(days=3)
        return outer[0] <= thursday <= outer[1]
    if "/" in value and any(agrees(end, gold) for end in value.split("/")):
        return True
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def decisions(folder: Path) -> Iterator[Decision]:
    """Every gold date of dates-dev.jsonl with what the project makes of it, anchored at the stated publication."""
    for row in _rows(folder):
        expressions = find_dates(plain_document(row["text"], row["published"]))
        mentions = resolve_dates(expressions, Anchor(row["published"]))
        for gold in row["dates"]:
            over = [
                (one.surface, mention.iso, one.rule, one.direction)
                for one, mention in zip(expressions, mentions, strict=True)
                if one.span.start < gold["end"] and gold["start"] < one.span.end
            ]
            context = row["text"][max(0, gold["start"] - 90) : gold["end"] + 60].replace("\n", " ")
            right = any(agrees(value, gold_value(gold["iso"])) for _, value, _, _ in over)
            yield Decision(row["id"], gold["surface"], context, gold["iso"], tuple(over), right)


def score(folder: Path) -> list[Measure]:
    """The figures of the date module over dates-dev.jsonl in `folder`."""
    found = list(decisions(folder))
    overlapping = [one for one in found if one.found]
    spurious = unanchored = expressed = relative = 0
    for row in _rows(folder):
        expressions = find_dates(plain_document(row["text"]))
        expressed += len(expressions)
        spurious += sum(
            not any(one.span.start < gold["end"] and gold["start"] < one.span.end for gold in row["dates"])
            for one in expressions
        )
        loose = [
            pair for pair in zip(expressions, resolve_dates(expressions, Anchor()), strict=True) if _is_relative(*pair)
        ]
        relative += len(loose)
        unanchored += sum(bool(mention.iso) for _, mention in loose)
    total = max(len(found), 1)
    return [
        Measure("dates: value right", sum(one.right for one in found) / total, 0.91, 0.85, 0.77, len(found)),
        Measure("dates: found", len(overlapping) / total, 0.96, 0.95, None, len(found)),
        Measure(
            "dates: value right where found",
            sum(one.right for one in overlapping) / max(len(overlapping), 1),
            0.93,
            0.9,
            None,
            len(overlapping),
        ),
        Measure("dates: found ones that the gold has", 1 - spurious / max(expressed, 1), 0.92, 0.85, None, expressed),
        Measure(
            "dates: relative ones dated without an anchor", unanchored, 0, 0, None, relative, higher_is_better=False
        ),
    ]


def _is_relative(one: DateExpression, mention: DateMention) -> bool:
    """Whether the expression needs an anchor from outside: not absolute, and not counted from another of the text."""
    return one.form in _RELATIVE and not one.value and ", from “" not in mention.basis


def _rows(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "dates-dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
