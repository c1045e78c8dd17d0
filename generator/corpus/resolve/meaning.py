"""Which mention means which entity: a number for each row of the register, and the ways to ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from generator.corpus.resolve.nodes import Node
from generator.lazy.named import Named, Register, Roll, edges_of


class Gathered:
    """The mentions of all nodes, and those of each cluster in order of place."""

    def __init__(self, register: Register, nodes: Sequence[Node], clusters: Sequence[int]) -> None:
        """`clusters` has the number of the cluster of each node."""
        self.register = register
        things = [local for node in nodes for local in node.locals]
        counts = np.fromiter(map(len, map(attrgetter("mentions"), things)), np.int64, len(things))
        places = map(register.place.__getitem__, map(attrgetter("article"), things))
        first = register.first[np.fromiter(places, np.int64, len(things))]
        numbers = chain.from_iterable(map(attrgetter("mentions"), things))
        self._rows = np.repeat(first, counts) + np.fromiter(numbers, np.int64, int(counts.sum()))
        of_node = np.repeat(np.array(clusters, np.int64), [len(node.locals) for node in nodes])
        self._cluster = np.repeat(of_node, counts)
        cells = register.cells
        # Of two in one place the one of the heavier node, or of the thing that was met first, stays first.
        order = np.lexsort((cells[self._rows, 1], cells[self._rows, 0], register.article[self._rows], self._cluster))
        self._roll = Roll(register, self._rows[order].astype(np.int32))
        self._edges = edges_of(np.bincount(self._cluster, minlength=len(nodes)))

    def of(self, cluster: int) -> Named:
        """The mentions of a cluster."""
        return Named(self._roll, int(self._edges[cluster]), int(self._edges[cluster + 1]))

    def meaning(self, ids: Mapping[int, str]) -> Meaning:
        """What each mention means where clusters have these `ids`; those without mean nothing."""
        numbers = np.full(len(self._edges), -1, np.int32)
        numbers[list(ids)] = np.arange(len(ids))
        means = np.full(len(self.register.cells), -1, np.int32)
        known = numbers[self._cluster] >= 0
        # Of a mention that stands in two things the lighter node has the last word.
        means[self._rows[known]] = numbers[self._cluster[known]]
        return Meaning(self.register, means, list(ids.values()))


class Meaning(Mapping[str, Mapping[int, str]]):
    """By article id: index into the article's mentions to entity id. A mention that means nothing known is absent."""

    def __init__(self, register: Register, means: npt.NDArray[np.int32], ids: Sequence[str]) -> None:
        """`means` has for each row of the register a number in `ids`, or -1."""
        self.register = register
        self._means = means
        self._ids = ids

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
