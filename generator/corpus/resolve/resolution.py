"""What resolution gives back: entities, which mention means which, and what an analyst may want to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.aligned import Span
from generator.model import Article, Entity, Judgement


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a corpus and the way back from mentions to them."""

    entities: tuple[Entity, ...]
    """By type and id."""
    meant: Mapping[str, Mapping[int, str]]
    """By article id: index into the article's mentions to entity id; a mention that means nothing known is absent."""
    suggestions: tuple[Judgement, ...] = ()
    """Pairs of entity ids that may be one: for the analyst to decide, never merged."""
    unmatched: tuple[str, ...] = ()
    """Names in the analyst's decisions that nothing in the corpus bears."""

    def entity_at(self, article: Article, span: Span) -> str:
        """Id of the entity whose mention shares most characters with `span`; empty where none does."""
        mentions = article.annotated.mentions
        near = sorted(
            (place.start, place.end, entity)
            for index, entity in self.meant.get(article.id, {}).items()
            if (place := mentions[index].span).overlaps(span)
        )
        best, found = 0, ""
        for start, end, entity in near:
            shared = min(end, span.end) - max(start, span.start)
            if shared > best:
                best, found = shared, entity
        return found
