"""What a scorer returns: a figure with its floor and baseline."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table that `make eval` prints."""

    name: str
    figure: float
    floor: float
    """Pinned: a run below it fails. Only goes up."""
    goal: float
    baseline: float | None = None
    support: int = 0
    """How many gold decisions the figure rests on."""
    higher_is_better: bool = True
