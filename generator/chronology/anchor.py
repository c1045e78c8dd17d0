"""The point in time that relative expressions are counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.chronology.iso import bounds


@dataclass(frozen=True, slots=True)
class Anchor:
    """When a text came out: stated (`published`), or known to lie between two days, or not known at all.

    All three are ISO 8601 values or empty. A `published` that is coarser than a day is a bracket of its first and last
    day. An open bracket (only one end known) anchors nothing.
    """

    published: str = ""
    earliest: str = ""
    latest: str = ""

    def ends(self) -> tuple[date, date] | None:
        """The first and last day on which the text can have come out; `None` where that is not known."""
        if self.published:
            return bounds(self.published)
        first, last = bounds(self.earliest), bounds(self.latest)
        if not first or not last or first[0] > last[1]:
            return None
        return first[0], last[1]

    @property
    def words(self) -> str:
        """The anchor for a reader: ``published 2024-02-15`` or ``between 2024-09-30 and 2024-10-13``."""
        if self.published:
            return f"published {self.published}"
        return f"published between {self.earliest} and {self.latest}"
