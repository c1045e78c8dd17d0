"""What the layers pass to each other: a readable passage, and a candidate for a mention in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from generator.annotate.mentions.tokens import Token, tokenize
from generator.model import EntityType, Zone

MOSTLY = 0.7
"""The share of words (or letters) from which a passage counts as shouted, as Title Case, as not Latin."""

# What Latin letters with their diacritics end before.
_BEYOND_LATIN = re.compile(r"[^\x00-\u024f]+")


class Trust(IntEnum):
    """How far a layer is believed where two overlap. Within one rank the longer candidate wins, then the likelier."""

    HINT = 1
    """The model's single words, weak names with some evidence."""
    KNOWN = 2
    """Names that the document gives elsewhere."""
    SINGLE = 3
    """One word that a gazetteer, a title or a census list vouches for."""
    FULL = 4
    """Several words that belong together: titled persons, patterns, names from a gazetteer."""
    STATED = 5
    """A byline or credit line says so."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible mention: a stretch of one passage's text, with who says so and how far to believe it."""

    start: int
    end: int
    type: EntityType
    rule: str
    trust: Trust
    score: float
    key: str = ""
    name: str = ""
    """Set where the name is not the surface: an institution with its state."""
    title: str = ""
    weak: bool = False
    note: str = ""

    def noted(self, note: str) -> Candidate:
        """The same with a note for the reader."""
        return replace(self, note=note)


@dataclass(frozen=True, slots=True)
class Passage:
    """A zone with its words and what its letter case is worth."""

    zone: Zone
    text: str
    tokens: tuple[Token, ...]
    shouted: bool
    """Capitals throughout: letter case proves nothing."""
    titled: bool
    """Title Case: a capital proves nothing, the model least of all."""
    latin: bool
    """Mostly Latin script: what the model can read."""

    @classmethod
    def of(cls, zone: Zone) -> Passage:
        """Read the zone's `reading`."""
        text = zone.reading.text
        tokens = tokenize(text)
        words = [token for token in tokens if len(token.text) > 1 and token.text[0].isalpha()]
        # Four-letter words and longer: in Title Case they have capitals, in sentences most have none.
        long_words = [token for token in words if len(token.text) > 3]
        if text.isascii():
            latin = any(map(str.isalpha, text))
        else:
            letters = sum(map(str.isalpha, text))
            foreign = sum(map(str.isalpha, "".join(_BEYOND_LATIN.findall(text))))
            latin = letters - foreign > MOSTLY * letters
        shouted = sum(token.text.isupper() for token in words) > MOSTLY * len(words) and len(words) > 3
        titled = (
            not shouted
            # a paragraph full of names ends like a sentence; a headline rarely does
            and (zone.kind != "body" or text.rstrip()[-1:] not in (".", "!", "?", "”", '"'))
            and len(long_words) > 4
            and len(long_words) < 40
            and sum(token.capital for token in long_words) > MOSTLY * len(long_words)
        )
        return cls(zone, text, tokens, shouted, titled, latin)
