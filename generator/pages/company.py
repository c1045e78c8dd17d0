"""Who is named in the same sentences as whom, worked out for all entities at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from generator.corpus.vectors import steady
from generator.lazy.named import Numbers, edges_of
from generator.pages.association import CHANCE, association, strength
from generator.pages.census import Census, distinct, ranges

# Below about the twelfth companion the ties are single chance sentences.
COMPANIONS = 12
TIE_SENTENCES = 2
# Pairs that are worked on at a time. A sentence of thousands of names has millions of them.
_AT_ONCE = 2_000_000
# Nearer to a whole number than this, a step is worked out without numpy, whose logarithms differ by processor.
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Company:
    """Another entity that is named in the same sentences."""

    id: str
    strength: int
    """How little chance explains that."""
    together: int
    places: tuple[tuple[str, int], ...]
    """The first of those sentences: article, and number of the sentence in it."""


@dataclass(frozen=True, slots=True)
class _Ties:
    """The companions of entities: of each entity those whom chance explains least, first."""

    entity: Numbers
    other: Numbers
    steps: Numbers
    together: Numbers
    first: Numbers
    second: Numbers
    """The first two of the sentences; -1 where there is no second."""


class Circles:
    """The company of each entity of a census."""

    def __init__(self, census: Census) -> None:
        self._census = census
        inside = census.sentence >= 0
        width = max(census.sentences, 1)
        both = distinct(census.entity[inside] * width + census.sentence[inside])
        # By entity, then by sentence; and by sentence, then by entity.
        self._entity, self._sentence = np.divmod(both, width)
        self.counts: Numbers = np.bincount(self._entity, minlength=len(census.entities))
        """In how many sentences each entity is named."""
        turned = np.argsort(self._sentence, kind="stable")
        self._present = self._entity[turned]
        self._edges = edges_of(np.bincount(self._sentence, minlength=census.sentences))

    def together(self, chosen: Iterable[str]) -> list[tuple[str, ...]]:
        """Of each sentence that names several of the `chosen` entities those, by id."""
        numbers = np.array(sorted(self._census.number[one] for one in chosen), np.int64)
        rows = np.isin(self._entity, numbers)
        entities, sentence = self._entity[rows], self._sentence[rows]
        # Most sentences name one of them.
        several = np.bincount(sentence)[sentence] > 1
        ids = {number: self._census.entities[number].id for number in numbers.tolist()}
        sentences: dict[int, list[str]] = {}
        for entity, at in zip(entities[several].tolist(), sentence[several].tolist(), strict=True):
            sentences.setdefault(at, []).append(ids[entity])
        return [tuple(sorted(found)) for _, found in sorted(sentences.items())]

    def company(self, entity: str) -> tuple[Company, ...]:
        """Who is named in the same sentences as the entity, those first whom chance explains least."""
        number = self._census.number[entity]
        ties = self._ties
        low, high = np.searchsorted(ties.entity, (number, number + 1)).tolist()
        return tuple(
            Company(
                self._census.entities[ties.other[at]].id,
                int(ties.steps[at]),
                int(ties.together[at]),
                tuple(self._place(int(one)) for one in (ties.first[at], ties.second[at]) if one >= 0),
            )
            for at in range(low, high)
        )

    def columns(self) -> tuple[Numbers, Numbers, npt.NDArray[np.int64]]:
        """What `company` is made of for all: entity and companion of each row, and the numbers of it.

        These are strength, sentences together, and article and number of the first two of them, -1 where there is none.
        """
        ties = self._ties
        places = (*self._places(ties.first), *self._places(ties.second))
        return ties.entity, ties.other, np.stack((ties.steps, ties.together, *places), axis=1)

    def _places(self, sentence: Numbers) -> tuple[Numbers, Numbers]:
        article, number = self._census.sentence_in(np.maximum(sentence, 0))
        return np.where(sentence >= 0, article, -1), np.where(sentence >= 0, number, -1)

    def _place(self, sentence: int) -> tuple[str, int]:
        article, number = self._census.sentence_in(np.array([sentence]))
        return self._census.articles[int(article[0])].id, int(number[0])

    @cached_property
    def _ties(self) -> _Ties:
        # Pairs of each row of entity and sentence, and from that of each entity.
        pairs = np.diff(self._edges)[self._sentence] if len(self._sentence) else np.empty(0, np.int64)
        rows = edges_of(self.counts)
        before = edges_of(pairs)[rows]
        parts: list[_Ties] = []
        low = 0
        while low < len(self.counts):
            high = max(int(np.searchsorted(before, before[low] + _AT_ONCE, "right")) - 1, low + 1)
            parts.append(self._of(int(rows[low]), int(rows[high])))
            low = high
        names = ("entity", "other", "steps", "together", "first", "second")
        nothing = np.empty(0, np.int64)
        return _Ties(*(np.concatenate([nothing, *(getattr(part, name) for part in parts)]) for name in names))

    def _of(self, low: int, high: int) -> _Ties:
        """The companions of the entities of those rows."""
        sentence = self._sentence[low:high]
        row, place = ranges(self._edges[sentence], self._edges[sentence + 1])
        entity, other = self._entity[low:high][row], self._present[place]
        apart = entity != other
        entity, other, sentence = entity[apart], other[apart], sentence[row[apart]]
        width = max(len(self.counts), 1)
        key = entity * width + other
        # Sentences stay in their order.
        turned = np.argsort(key, kind="stable")
        key, sentence = key[turned], sentence[turned]
        begins = np.flatnonzero(np.diff(key, prepend=-1))
        together = np.diff(begins, append=len(key))
        entity, other = np.divmod(key[begins], width)
        steps = self._strength(entity, other, together)
        first = sentence[begins]
        second = np.where(together > 1, sentence[np.minimum(begins + 1, max(len(key) - 1, 0))], -1)
        # Raw counts would put whoever is named most in the corpus at the top of every page.
        # In whole steps, ties by the number of sentences: the exact measure changes with every article, and the order
        # and the pages would with it.
        best = np.lexsort((self._census.rank[other], -together, -steps, entity))
        begin = np.searchsorted(entity[best], entity[best])
        best = best[np.arange(len(best)) - begin < COMPANIONS]
        return _Ties(*(column[best] for column in (entity, other, steps, together, first, second)))

    def _strength(self, entity: Numbers, other: Numbers, together: Numbers) -> Numbers:
        """The `strength` of the `association` of each pair."""
        ones, others = self.counts[entity], self.counts[other]
        total = np.maximum(steady(self._census.sentences), ones + others - together)
        cells = (
            (together, ones, others),
            (ones - together, ones, total - others),
            (others - together, total - ones, others),
            (total - ones - others + together, total - ones, total - others),
        )
        ratio = np.zeros(len(together))
        with np.errstate(divide="ignore", invalid="ignore"):
            for seen, row, column in cells:
                ratio += np.where(seen > 0, seen * np.log(seen / row * total / column), 0.0)
        # Where it is as good as nothing, the logarithm need not be exact.
        exact = 2 * np.log2(np.maximum(2 * ratio / CHANCE, _NEAR))
        chance = together * total <= ones * others
        steps = np.where(chance | (exact < 0), 0, 1 + np.floor(exact)).astype(np.int64)
        for at in np.flatnonzero(~chance & (np.abs(exact - np.rint(exact)) < _NEAR)).tolist():
            steps[at] = strength(association(int(together[at]), int(ones[at]), int(others[at]), self._census.sentences))
        return steps
