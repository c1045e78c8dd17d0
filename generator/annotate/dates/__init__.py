"""Time expressions: found in the text, and worked out once it is known when the text came out."""

from __future__ import annotations

from generator.annotate.dates.find import find_dates, most_dates
from generator.chronology import Anchor, resolve_dates

__all__ = ["Anchor", "find_dates", "most_dates", "resolve_dates"]
