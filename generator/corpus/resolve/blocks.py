"""What a corpus names, in blocks: things of one block may be one or must be told apart, those of two have no bearing.

A block has the things of one gazetteer id, of one full name, of one surname that stands alone or of the same telling
words. What became of a block last time holds as long as its things are the very same objects, of the same articles;
so whoever resolves one corpus after the other gathers anew only what other articles name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from generator.corpus.resolve.local import Local
from generator.corpus.resolve.nodes import Around, Knowledge, Node, Placed, home_of, nodes_of, surname_of
from generator.model import Annotated

_Block = tuple[str, str]

_PLACE = itemgetter(0, 1)


@dataclass(frozen=True, slots=True)
class _Traits:
    """What a thing has to do with others, as its face says."""

    face: object
    """Kept, so that no other object has its identity."""
    block: _Block | None
    """`None`: it depends on which universities are told apart."""
    surname: str
    """Of one who is named in full; empty for others."""
    tells: tuple[str, ...]
    """The words of the university that it is not, where it is a "University of …"; empty for others."""


class Blocks:
    """The things of a corpus by block, and the nodes of each; those of the last corpus, where there was one."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._traits: dict[int, _Traits] = {}
        self._forget()

    def _forget(self) -> None:
        self._found: dict[str, tuple[Annotated, Sequence[Local]]] = {}
        self._members: dict[_Block, list[Placed]] = defaultdict(list)
        self._nodes: dict[_Block, list[Node]] = {}
        self._borne: Counter[str] = Counter()
        self._told_apart: Counter[tuple[str, ...]] = Counter()
        self._touched: set[_Block] = set()

    def nodes(self, found: Iterable[tuple[Annotated, Sequence[Local]]]) -> list[Node]:
        """Things of all articles by type and gazetteer id or name, heaviest first; `found` is in order of their ids."""
        now = {annotated.document.id: (annotated, things) for annotated, things in found}
        told = set(self._told_apart)
        gone = {own: self._found.pop(own) for own in list(self._found) if not _same(self._found[own], now.get(own))}
        for article, (_, things) in gone.items():
            self._drop(article, things)
        for _, things in gone.values():
            self._note(things, -1)
        new = {own: one for own, one in now.items() if own not in self._found}
        for _, things in new.values():
            self._note(things, 1)
        if self._found and told != set(self._told_apart):
            # What is gathered by its own name may belong elsewhere now, which is seldom.
            self._forget()
            return self.nodes(now.values())
        self._found.update(new)
        for article, (_, things) in new.items():
            self._put(article, things)
        self._gather()
        return sorted((node for own in self._nodes.values() for node in own), key=Node.rank)

    def _gather(self) -> None:
        """The nodes of the blocks whose things are others now."""
        around = Around(self._borne, self._told_apart)
        for block in self._touched:
            members = self._members.get(block)
            if members:
                members.sort(key=_PLACE)
                before = self._nodes.get(block, ())
                self._nodes[block] = [
                    next((one for one in before if one.is_as(node)), node)
                    for node in nodes_of(members, around, self._knowledge)
                ]
            else:
                self._members.pop(block, None)
                self._nodes.pop(block, None)
        self._touched = set()

    def _traits_of(self, local: Local) -> _Traits:
        face = local if local.face is None else local.face
        known = self._traits.get(id(face))
        if known is None:
            words, person = local.words, local.person
            full = local.full and person is not None
            tells = (*words[2:], "university") if words[:2] == ("university", "of") else ()
            surname = surname_of(person) if full and person is not None else ""
            block = None if words[-1:] == ("university",) else self._block(local)
            known = _Traits(face, block, surname, tells)
            if local.face is not None:
                self._traits[id(face)] = known
        return known

    def _block(self, local: Local) -> _Block:
        if local.person is None or local.key:
            return "name", home_of(local, self._told_apart)
        return ("person" if local.full else "surname"), local.person.compact

    def _note(self, things: Iterable[Local], count: int) -> None:
        """Add what an article tells of the things of others, or take it away where `count` is -1."""
        for local in things:
            traits = self._traits_of(local)
            if traits.tells:
                self._told_apart[traits.tells] += count
                if not self._told_apart[traits.tells]:
                    del self._told_apart[traits.tells]
            if traits.surname:
                before = self._borne[traits.surname]
                self._borne[traits.surname] += count
                if not before:
                    self._touched.add(("surname", traits.surname))
                elif not before + count:
                    self._touched.add(("surname", traits.surname))
                    del self._borne[traits.surname]

    def _put(self, article: str, things: Iterable[Local]) -> None:
        for at, local in enumerate(things):
            block = self._traits_of(local).block or self._block(local)
            self._members[block].append((article, at, local))
            self._touched.add(block)

    def _drop(self, article: str, things: Iterable[Local]) -> None:
        blocks = {self._traits_of(local).block or self._block(local) for local in things}
        for block in blocks:
            self._members[block] = [one for one in self._members[block] if one[0] != article]
        self._touched |= blocks


def _same(one: tuple[object, object], other: tuple[object, object] | None) -> bool:
    return other is not None and one[0] is other[0] and one[1] is other[1]
