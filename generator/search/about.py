"""What each record has to do with which entities, as columns: of mentions there are more than of anything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from generator.lazy.named import named_in
from generator.model import Entity
from generator.search.packing import Numbers

# So many mentions make an article about someone; more do not make it more so.
MENTIONS = 15
# Weights are below this.
_WEIGHTS = 16


@dataclass(frozen=True, slots=True, eq=False)
class About:
    """Which entities the records of a kind have to do with: parallel arrays in order of records, then of entities."""

    records: Numbers
    entities: Numbers
    """Their numbers."""
    weights: Numbers
    """How much."""

    @classmethod
    def of(cls, records: Numbers, entities: Numbers, weights: Numbers) -> About:
        """These in order; of what is told twice the most."""
        most = int(entities.max(initial=0)) + 1
        told = np.sort((records * most + entities) * _WEIGHTS + weights)
        told = told[np.concatenate([told[1:] // _WEIGHTS != told[:-1] // _WEIGHTS, [True]])[: len(told)]]
        keys = told // _WEIGHTS
        return cls(keys // most, keys % most, told % _WEIGHTS)

    def mappings(self, count: int) -> list[dict[int, int]]:
        """Of each of `count` records number of entity to weight."""
        found: list[dict[int, int]] = [{} for _ in range(count)]
        for record, entity, weight in self._rows():
            found[record][entity] = weight
        return found

    def _rows(self) -> Iterator[tuple[int, int, int]]:
        return zip(self.records.tolist(), self.entities.tolist(), self.weights.tolist(), strict=True)


def nobody() -> About:
    """Of records that have to do with no entity."""
    none = np.zeros(0, dtype=np.int64)
    return About(none, none, none)


class Mentioned:
    """All mentions, in the order in which they stand."""

    def __init__(self, entities: Sequence[Entity], articles: Mapping[str, int]) -> None:
        """Of `entities`, in order of their numbers, in `articles`, which are numbered by their ids."""
        named = named_in(entities)
        numbers = np.array([articles.get(one, -1) for one in named.ids], dtype=np.int64)[named.article]
        held = np.flatnonzero(numbers >= 0)
        held = held[np.lexsort((named.start[held], numbers[held]))]
        self._articles, self._entities = numbers[held], named.entity[held]
        self._ends = named.end[held]
        self._span = int(named.end.max(initial=0)) + 1
        self._places = self._articles * self._span + named.start[held]

    def in_articles(self) -> About:
        """Who is named in each article, and how often."""
        most = int(self._entities.max(initial=0)) + 1
        keys, counts = np.unique(self._articles * most + self._entities, return_counts=True)
        return About.of(keys // most, keys % most, np.minimum(counts, MENTIONS))

    def in_stretches(self, articles: Numbers, starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
        """Who is named within each stretch of the article of a number: numbers of stretches and of entities."""
        # No article is longer than where its last mention ends, as far as anybody is looked for there.
        first = np.searchsorted(self._places, articles * self._span + np.minimum(starts, self._span))
        last = np.searchsorted(self._places, articles * self._span + np.minimum(ends, self._span))
        counts = np.maximum(last - first, 0)
        stretches = np.repeat(np.arange(len(counts)), counts)
        rows = np.arange(len(stretches)) + np.repeat(first - (np.cumsum(counts) - counts), counts)
        inside = self._ends[rows] <= ends[stretches]
        return stretches[inside], self._entities[rows[inside]]


def paired(rows: Iterable[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    """Both columns of `rows`."""
    table = np.array(list(rows), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
