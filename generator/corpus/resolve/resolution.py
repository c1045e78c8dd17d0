"""What resolution gives back: entities, which mention means which, and what an analyst may want to decide."""

from __future__ import annotations

from dataclasses import dataclass

from generator.corpus.resolve.meaning import Meaning, Placed
from generator.model import Entity, Judgement


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a corpus and the way back from mentions to them."""

    entities: tuple[Entity, ...]
    """By type and id."""
    meant: Meaning
    """By article id: index into the article's mentions to entity id; a mention that means nothing known is absent."""
    suggestions: tuple[Judgement, ...] = ()
    """Pairs of entity ids that may be one: for the analyst to decide, never merged."""
    unmatched: tuple[str, ...] = ()
    """Names in the analyst's decisions that nothing in the corpus bears."""

    @property
    def placed(self) -> Placed:
        """By article id its mentions of entities as (start, end, entity id), in order of place."""
        return Placed(self.meant)
