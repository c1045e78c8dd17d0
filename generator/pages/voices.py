"""Who is quoted, and with which of the quotes a list shows them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from generator.model import ResolvedQuote
from generator.pages.library import Library
from generator.pages.words import UNNAMED

# Quotes that a list shows of a speaker: few where the speaker has a page, which has them all, more of others, whose
# quotes stand nowhere else.
QUOTES_EACH = 3
QUOTES_NAMELESS = 8


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with everything that was said."""

    name: str
    entity: str
    quotes: tuple[ResolvedQuote, ...]
    """Those of the newest articles first."""

    @property
    def unnamed(self) -> bool:
        """Whether the texts leave the speaker without a name, or do not say who it is."""
        return not self.name or self.name.startswith(UNNAMED)


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker with some of the quotes."""

    name: str
    entity: str
    count: int
    """How many quotes there are."""
    quotes: tuple[ResolvedQuote, ...]
    """Those of the newest articles."""


def voices_of(library: Library) -> list[Voice]:
    """Everyone who is quoted, the most quoted first; those without a name last."""
    groups: defaultdict[tuple[str, str], list[ResolvedQuote]] = defaultdict(list)
    for article in library.newest:
        for quote in library.quotes_of.get(article.id, ()):
            groups[quote.speaker_entity, "" if quote.speaker_entity else quote.speaker].append(quote)
    voices = [
        Voice(
            library.entities[entity].name if entity in library.entities else name,
            entity if entity in library.entities else "",
            tuple(quotes),
        )
        for (entity, name), quotes in groups.items()
    ]
    return sorted(voices, key=lambda voice: (voice.unnamed, -len(voice.quotes), voice.name, voice.entity))


def said(voice: Voice) -> Said:
    """The voice with the first of its quotes."""
    shown = voice.quotes[: QUOTES_EACH if voice.entity else QUOTES_NAMELESS]
    return Said(voice.name, voice.entity, len(voice.quotes), shown)


def sample(voice: Voice) -> Said:
    """The voice with one quote for all: the first in the speaker's own words, else the first."""
    first = next((quote for quote in voice.quotes if quote.quote.kind == "direct"), voice.quotes[0])
    return Said(voice.name, voice.entity, len(voice.quotes), (first,))
