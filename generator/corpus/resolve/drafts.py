"""Entities as they were put together last time, for a process that resolves one corpus after the other.

An entity, its mentions aside, follows from its nodes, from the things in them and their articles, and from the
judgements that joined them. It is taken again only where all of these are the very objects, or equal, and what it is
known by keeps those objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import is_

from generator.corpus.resolve.local import Local
from generator.corpus.resolve.naming import build_entity
from generator.corpus.resolve.nodes import Knowledge, Node
from generator.lazy.named import Register
from generator.model import Annotated, Entity, Judgement

_Key = tuple[tuple[str, tuple[int, ...]], ...]
"""Of each node its gazetteer id and which things are in it."""


@dataclass(frozen=True, slots=True)
class _Draft:
    things: Sequence[Local]
    """In the order of the key: while they are kept here, no other thing can be taken for one of them."""
    documents: Sequence[Annotated]
    """The article of each of them."""
    judgements: Sequence[Judgement]
    entity: Entity


class Drafts:
    """Puts entities together, and remembers those of the last corpus."""

    def __init__(self) -> None:
        self._last: dict[_Key, _Draft] = {}
        self._now: dict[_Key, _Draft] = {}

    def begin(self) -> None:
        """Begin with a corpus: what only the one before the last needed is forgotten."""
        self._last, self._now = self._now, {}

    def entity(
        self, nodes: Sequence[Node], judgements: Sequence[Judgement], register: Register, knowledge: Knowledge
    ) -> Entity:
        """What `build_entity` gives."""
        key = tuple([(node.key, tuple(map(id, node.locals))) for node in nodes])
        things = [local for node in nodes for local in node.locals]
        own = [register.document(local.article) for local in things]
        draft = self._last.get(key)
        if draft is None or not all(map(is_, own, draft.documents)) or list(judgements) != draft.judgements:
            draft = _Draft(things, own, list(judgements), build_entity(nodes, judgements, register, knowledge))
        self._now[key] = draft
        return draft.entity
