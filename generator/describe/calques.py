"""Phrases that give a translation away: `calques.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.data import read_rows
from generator.sieve import Sieve

# Needles as long as this stand in few articles.
_RARE_NEEDLE = 8


@dataclass(frozen=True, slots=True)
class Calque:
    """A phrase that gives a translation away: where it comes from, and how much it says alone."""

    needle: str
    """Lower-case words that every match holds; empty where there are none. Saves most searches."""
    pattern: re.Pattern[str]
    weight: float
    what: str
    sieve: Sieve
    """Holds the pattern once more, with the words that it has itself: a needle such as `of` spares nothing."""


@cache
def calques() -> tuple[Calque, ...]:
    """The patterns of `calques.csv`."""
    found: list[Calque] = []
    for row in read_rows("calques.csv"):
        pattern = re.compile(row["pattern"], re.IGNORECASE)
        # Reading the words off a pattern costs as much as compiling it; a rare needle says as much.
        sieve = Sieve(pattern, (row["needle"],)) if len(row["needle"]) >= _RARE_NEEDLE else Sieve.of(pattern)
        found.append(Calque(row["needle"], pattern, float(row["weight"]), row["what"], sieve))
    return tuple(found)
