"""Calendar reckoning shared by the stages: ISO values as precise as known, holidays, expressions made into dates."""

from __future__ import annotations

from generator.chronology.anchor import Anchor
from generator.chronology.iso import bounds, precision_of
from generator.chronology.resolve import resolve_dates

__all__ = ["Anchor", "bounds", "precision_of", "resolve_dates"]
