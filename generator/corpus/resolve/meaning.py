"""Which mention means which entity: a number for each row of the register, and the ways to ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from generator.corpus.nearness import in_order
from generator.corpus.resolve.nodes import Node
from generator.lazy.named import Named, Register, Roll, edges_of
from generator.model import Annotated, Entity

Value = TypeVar("Value")

_Origin = tuple[Annotated, bytes]


class Memory:
    """What was made of articles and of what their mentions mean, for the next corpus of the same process."""

    def __init__(self, *, keeps: bool) -> None:
        self._keeps = keeps
        self._serials: dict[tuple[str, str], int] = {}
        self._count = 0
        self._last: dict[tuple[str, str], tuple[_Origin, Any]] = {}
        self._now: dict[tuple[str, str], tuple[_Origin, Any]] = {}

    def serials(self, entities: Sequence[Entity]) -> npt.NDArray[np.int64] | None:
        """A number for each of the entities of a corpus, and 0 for none: one for the same id and name in any corpus.

        With this begins a corpus. `None` where nothing is kept.
        """
        if not self._keeps:
            return None
        self._last, self._now = self._now, {}
        before, self._serials = self._serials, {}
        for one in entities:
            called = one.id, one.name
            known = before.get(called)
            if known is None:
                self._count += 1
                known = self._count
            self._serials[called] = known
        return np.array([*self._serials.values(), 0], np.int64)

    def made(self, name: tuple[str, str], origin: _Origin, make: Callable[[], Value]) -> Value:
        """What of this name was made of the very article and of entities called the same, or what `make` gives."""
        known = self._now.get(name) or self._last.get(name)
        if known is None or known[0][0] is not origin[0] or known[0][1] != origin[1]:
            known = origin, make()
        self._now[name] = known
        return cast("Value", known[1])


class Gathered:
    """The mentions of all nodes, and those of each cluster in order of place."""

    def __init__(self, register: Register, nodes: Sequence[Node], clusters: Sequence[int]) -> None:
        """`clusters` has the number of the cluster of each node."""
        self.register = register
        places = [node.places() for node in nodes]
        articles = list(chain.from_iterable(own.articles for own in places))
        first = register.first[np.fromiter(map(register.place.__getitem__, articles), np.int64, len(articles))]
        counts = _joined([own.counts for own in places])
        self._rows = np.repeat(first, counts) + _joined([own.numbers for own in places])
        self._cluster = np.repeat(np.array(clusters, np.int64), [node.mentions for node in nodes])
        # Of two in one place the one of the heavier node, or of the thing that was met first, stays first.
        order = in_order(self._cluster * (len(register.cells) + 1) + register.rank[self._rows])
        self._roll = Roll(register, self._rows[order].astype(np.int32))
        self._edges = edges_of(np.bincount(self._cluster, minlength=len(nodes)))

    def of(self, cluster: int) -> Named:
        """The mentions of a cluster."""
        return Named(self._roll, int(self._edges[cluster]), int(self._edges[cluster + 1]))

    def meaning(self, entities: Mapping[int, Entity], memory: Memory) -> Meaning:
        """What each mention means where clusters are these `entities`; those without mean nothing.

        `memory` has what was made of articles before.
        """
        numbers = np.full(len(self._edges), -1, np.int32)
        numbers[list(entities)] = np.arange(len(entities))
        means = np.full(len(self.register.cells), -1, np.int32)
        known = numbers[self._cluster] >= 0
        # Of a mention that stands in two things the lighter node has the last word.
        means[self._rows[known]] = numbers[self._cluster[known]]
        return Meaning(self.register, means, list(entities.values()), memory)


def _joined(parts: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


class Meaning(Mapping[str, Mapping[int, str]]):
    """By article id: index into the article's mentions to entity id. A mention that means nothing known is absent."""

    def __init__(
        self, register: Register, means: npt.NDArray[np.int32], entities: Sequence[Entity], memory: Memory
    ) -> None:
        """`means` has for each row of the register a number in `entities`, or -1."""
        self.register = register
        self._means = means
        self._ids = [one.id for one in entities]
        self._memory = memory
        self._serials = memory.serials(entities)

    def made_of(self, article: str, name: str, make: Callable[[], Value]) -> Value:
        """What `make` gives of an article and the ids and names that its mentions mean, or gave of the very same.

        By `name` it is told from what else is made of them.
        """
        if self._serials is None:
            return make()
        low, high = self._range(article)
        stamp = self._serials[self._means[low:high]].tobytes()
        return self._memory.made((name, article), (self.register.document(article), stamp), make)

    def __getitem__(self, article: str) -> Mapping[int, str]:
        low, high = self._range(article)
        return {at: self._ids[one] for at, one in enumerate(self._means[low:high].tolist()) if one >= 0}

    def __iter__(self) -> Iterator[str]:
        return iter(self.register.ids)

    def __len__(self) -> int:
        return len(self.register.ids)

    def placed(self, article: str) -> list[tuple[int, int, str]]:
        """Start and end of the mentions of an article that mean something, and what, in order of place."""
        low, high = self._range(article)
        cells, means = self.register.cells[low:high, :2].tolist(), self._means[low:high].tolist()
        found = [(start, end, self._ids[one]) for (start, end), one in zip(cells, means, strict=True) if one >= 0]
        found.sort()
        return found

    def called(self, article: str) -> Iterator[tuple[str, str, str]]:
        """How the mentions of an article that mean something are written and called, and what they mean."""
        low, high = self._range(article)
        kinds = self.register.kinds
        for number, one in zip(self.register.cells[low:high, 3].tolist(), self._means[low:high].tolist(), strict=True):
            if one >= 0:
                kind = kinds[number]
                yield kind.surface, kind.name, self._ids[one]

    def numbered(self, numbers: dict[str, int]) -> list[bytes]:
        """Of each article, in order of their ids, what its mentions mean; equal where they mean the same.

        `numbers` has a number for each entity id, and is given those that it lacks.
        """
        # What means nothing is -1, which is the last place.
        own = np.array([*(numbers.setdefault(one, len(numbers)) for one in self._ids), -1], np.int32)
        told = own[self._means].tobytes()
        edges = (self.register.first * own.itemsize).tolist()
        return [told[low:high] for low, high in pairwise(edges)]

    def _range(self, article: str) -> tuple[int, int]:
        at = self.register.place[article]
        return int(self.register.first[at]), int(self.register.first[at + 1])


class Placed(Mapping[str, Sequence[tuple[int, int, str]]]):
    """By article id its mentions of entities as (start, end, entity id), in order of place; made when asked for.

    Articles without are absent.
    """

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def __getitem__(self, article: str) -> Sequence[tuple[int, int, str]]:
        found = self._meaning.placed(article)
        if not found:
            raise KeyError(article)
        return found

    def __iter__(self) -> Iterator[str]:
        return (article for article in self._meaning if self._meaning[article])

    def __len__(self) -> int:
        return sum(1 for _ in self)
