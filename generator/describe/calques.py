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
    weight: float
    what: str
    sieve: Sieve
    """The pattern, with the words that it has itself: a needle such as `of` spares nothing."""


@cache
def calques() -> tuple[Calque, ...]:
    """The patterns of `calques.csv`."""
    found: list[Calque] = []
    for row in read_rows("calques.csv"):
        # Reading the words off a pattern costs as much as compiling it; a rare needle says as much.
        rare = len(row["needle"]) >= _RARE_NEEDLE
        sieve = (
            Sieve(row["pattern"], re.IGNORECASE, (row["needle"],)) if rare else Sieve.of(row["pattern"], re.IGNORECASE)
        )
        found.append(Calque(row["needle"], float(row["weight"]), row["what"], sieve))
    return tuple(found)
