"""The stretch of days in which an undated article can have come out, narrowed clue by clue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from generator.aligned import Span
from generator.chronology import Anchor
from generator.model import Clue


@dataclass(slots=True)
class Bracket:
    """The first and last possible day of publication so far (`None`: open), with the clues that gave them.

    Clues are added in the order of their strength. One that contradicts the stronger ones before it is kept and shown,
    but sets no bound.
    """

    earliest: date | None = None
    latest: date | None = None
    clues: list[Clue] = field(default_factory=list)

    def narrow(
        self,
        text: str,
        earliest: date | None = None,
        latest: date | None = None,
        spans: Sequence[Span] = (),
        source: str = "",
    ) -> bool:
        """Add a clue; whether it fits the ones before it."""
        if any(day and not 1000 <= day.year <= 9000 for day in (earliest, latest)):
            return False  # no year of news, and too near the ends of the calendar to count from
        clue = Clue(text, _iso(earliest), _iso(latest), tuple(spans), source)
        low = max((day for day in (self.earliest, earliest) if day), default=None)
        high = min((day for day in (self.latest, latest) if day), default=None)
        if low and high and low > high:
            self.clues.append(replace(clue, text=f"{text} This does not fit the other evidence and is set aside."))
            return False
        if any(clue.spans == known.spans and clue.text == known.text for known in self.clues):
            return True
        self.earliest, self.latest = low, high
        self.clues.append(clue)
        return True

    @property
    def closed(self) -> bool:
        """Whether both ends are known."""
        return self.earliest is not None and self.latest is not None

    def anchor(self) -> Anchor:
        """The bracket as the anchor of relative dates."""
        return Anchor(earliest=_iso(self.earliest), latest=_iso(self.latest))

    def years(self) -> range:
        """The years that a closed bracket reaches into; none for an open one."""
        if not self.earliest or not self.latest:
            return range(0)
        return range(self.earliest.year, self.latest.year + 1)

    def overlap(self, first: date, last: date) -> bool:
        """Whether some day of `[first, last]` is still possible."""
        return not ((self.latest and first > self.latest) or (self.earliest and last < self.earliest))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
