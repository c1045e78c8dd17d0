"""Names of a corpus as they were resolved last time, for a process that resolves one corpus after the other.

An entity, its mentions aside, follows from its nodes and from the judgements that joined them; a node from the things
in it and their articles. Each is taken again only where all of these are the very objects, or equal, and what it is
known by keeps those objects. An entity that has its address, too, is the same object as last time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.corpus.resolve.blocks import Blocks
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.meaning import Memory
from generator.corpus.resolve.naming import build_entity
from generator.corpus.resolve.nodes import Knowledge, Node, gather
from generator.corpus.resolve.things import ThingFinder
from generator.lazy.named import Named, Register
from generator.model import Annotated, Entity, Judgement


@dataclass(slots=True)
class _Draft:
    nodes: Sequence[Node]
    """While they are kept here, no other can be taken for one of them."""
    judgements: Sequence[Judgement]
    entity: Entity


@dataclass(slots=True)
class _Settled:
    draft: Entity
    identity: str
    """What the order of namesakes goes by."""
    entity: Entity | None = None


class Drafts:
    """Gathers names and puts entities together, and remembers those of the last corpus."""

    def __init__(self, *, keeps: bool = True) -> None:
        """One that `keeps` nothing is for one corpus."""
        self._keeps = keeps
        self.memory = Memory(keeps=keeps)
        """What was made of articles and of what their mentions mean."""
        self._last: dict[tuple[int, ...], _Draft] = {}
        self._now: dict[tuple[int, ...], _Draft] = {}
        self._settled_last: dict[int, _Settled] = {}
        self._settled: dict[int, _Settled] = {}

    @cached_property
    def finder(self) -> ThingFinder:
        """Finds what documents name."""
        return ThingFinder()

    @cached_property
    def _blocks(self) -> Blocks:
        return Blocks(self._knowledge)

    @property
    def _knowledge(self) -> Knowledge:
        return self.finder.knowledge

    def nodes(self, found: Iterable[tuple[Annotated, Sequence[Local]]]) -> list[Node]:
        """The nodes of a corpus, heaviest first, of the things that its articles name, in order of their ids.

        With this begins a corpus: what only the one before the last needed is forgotten.
        """
        self._last, self._now = self._now, {}
        self._settled_last, self._settled = self._settled, {}
        return self._blocks.nodes(found) if self._keeps else gather((things for _, things in found), self._knowledge)

    def entity(self, nodes: Sequence[Node], judgements: Sequence[Judgement], register: Register) -> Entity:
        """What `build_entity` gives."""
        key = tuple(map(id, nodes))
        draft = self._last.get(key)
        if draft is None or judgements != draft.judgements:
            draft = _Draft(nodes, judgements, build_entity(nodes, judgements, register, self._knowledge))
        self._now[key] = draft
        return draft.entity

    def identity(self, draft: Entity, mentions: Named) -> str:
        """What the order of namesakes goes by: whom the gazetteer knows, then who is named first."""
        settled = self._settled_last.get(id(draft))
        if settled is None or settled.draft is not draft:
            first = mentions[0]
            place = f"{first.article} {first.mention.span.start:09d}"
            settled = _Settled(draft, f"{'0' if draft.key else '1'} {draft.key} {place} {draft.name}")
        self._settled[id(draft)] = settled
        return settled.identity

    def addressed(self, draft: Entity, slug: str, mentions: Named) -> Entity:
        """The entity with its address and its mentions, once its identity was asked for."""
        settled = self._settled[id(draft)]
        entity = settled.entity
        if entity is None or entity.slug != slug:
            entity = replace(draft, id=f"{draft.type}/{slug}", slug=slug, mentions=mentions)
            settled.entity = entity
        elif isinstance(entity.mentions, Named):
            entity.mentions.move(mentions)
        return entity
