"""What resolution gives back: entities, which mention means which, and what an analyst may want to decide."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from generator.aligned import Span
from generator.model import Entity, Judgement


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention's span and the entity that it means."""

    span: Span
    entity: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a corpus and the way back from mentions to them."""

    entities: tuple[Entity, ...]
    """By type and id."""
    assignment: Mapping[tuple[str, int], str]
    """(article id, index into the article's mentions) to entity id; a mention that means nothing known is absent."""
    placed: Mapping[str, tuple[Placed, ...]]
    """Article id to its assigned mentions in text order."""
    suggestions: tuple[Judgement, ...] = ()
    """Pairs of entity ids that may be one: for the analyst to decide, never merged."""
    unmatched: tuple[str, ...] = ()
    """Names in the analyst's decisions that nothing in the corpus bears."""

    def entity_at(self, article: str, span: Span) -> str:
        """Id of the entity whose mention shares most characters with `span`; empty where none does."""
        placed = self.placed.get(article, ())
        # Mentions are short: one that begins 200 characters earlier does not reach the span.
        at = bisect_left(placed, Span(max(span.start - 200, 0), 0), key=lambda one: one.span)
        best, found = 0, ""
        for one in placed[at:]:
            if one.span.start >= span.end:
                break
            shared = min(one.span.end, span.end) - max(one.span.start, span.start)
            if shared > best:
                best, found = shared, one.entity
        return found
