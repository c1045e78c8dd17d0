"""What a sentence says about the speaker of a quotation."""

from __future__ import annotations

from dataclasses import dataclass

from generator.annotate.quotes.grammar import Range
from generator.annotate.quotes.lexicon import Cue

DASHES = ("—", "–", "-", "--", "―")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says about the speaker of one quotation. Ranges are token indices."""

    rule: str
    score: float
    subject: Range | None = None
    cue: Range | None = None
    verb: Cue | None = None
    relay: Range | None = None
    """Who passed the words on, where the same attribution says so."""
    filling: bool = True
    """Whether the quotation is all that is reported; else it is a part of a clause in the writer's words."""
