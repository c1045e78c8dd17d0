"""Which of many sparse vectors or sets of keys are likely near each other, without comparing each with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

# Neighbours looked at on each posting list: the pairs per term grow with its articles, not with their square.
_WINDOW = 30
# Candidates kept for each vector: five times the related articles that are shown of each, so that what an exact
# comparison puts first is among them although they are chosen by their rare terms alone.
_KEPT = 40
# Vectors worked through at once: their pairs are some tens of megabytes.
_BLOCK = 2048


Stored = tuple[bytes, bytes, bytes]
"""Two arrays of numbers and one of weights, as they pass between processes."""


def stored(kept: Near | Sparse) -> Stored:
    """The arrays of a value as bytes; `restored` has them back."""
    if isinstance(kept, Near):
        return kept.lefts.tobytes(), kept.rights.tobytes(), kept.cosines.tobytes()
    return kept.starts.tobytes(), kept.terms.tobytes(), kept.weights.tobytes()


def restored(kept: Stored) -> tuple[Numbers, Numbers, Weights]:
    """The arrays that `stored` gave, in the order of the fields."""
    one, other, weights = kept
    return (
        np.frombuffer(one, dtype=np.int64),
        np.frombuffer(other, dtype=np.int64),
        np.frombuffer(weights, dtype=np.float64),
    )


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs of vectors that are near each other, `left < right`, in order of right and left, with their cosines."""

    lefts: Numbers
    rights: Numbers
    cosines: Weights


@dataclass(frozen=True, slots=True)
class Sparse:
    """Vectors with few terms each, one after the other."""

    starts: Numbers
    """Where each begins; one more than there are vectors."""
    terms: Numbers
    weights: Weights

    @classmethod
    def unit(cls, owners: Numbers, terms: Numbers, weights: Weights, count: int) -> Sparse:
        """`count` vectors of length 1 in the direction of the given ones; `owners` rise."""
        lengths = np.sqrt(np.bincount(owners, weights=weights * weights, minlength=count))
        starts = np.searchsorted(owners, np.arange(count + 1))
        return cls(starts.astype(np.int64), terms.astype(np.int64), weights / lengths[owners])

    def mapping(self, number: int) -> dict[int, float]:
        """One vector as weights by term."""
        own = slice(self.starts[number], self.starts[number + 1])
        return dict(zip(self.terms[own].tolist(), self.weights[own].tolist(), strict=True))


def near_pairs(vectors: Sparse, most_shared: int) -> Near:
    """Pairs of vectors of length 1 that share a term of at most `most_shared` vectors.

    For each right side at most 40 left ones, those with the greatest product over such terms.
    """
    count = len(vectors.starts) - 1
    owners = np.repeat(np.arange(count, dtype=np.int64), np.diff(vectors.starts))
    every = vectors.terms
    spread = np.bincount(every, minlength=1)
    telling = np.flatnonzero((spread[every] > 1) & (spread[every] <= most_shared))
    if not len(telling):
        none = np.zeros(0, dtype=np.int64)
        return Near(none, none, np.zeros(0))
    # One list after the other: the vectors that have a term, in order, for each term.
    telling = telling[np.argsort(every[telling], kind="stable")]
    starts = np.searchsorted(every[telling], every[telling])
    found: list[tuple[Numbers, Numbers]] = []
    for lefts, rights, sums in _met(owners[telling], vectors.weights[telling], starts, count, _WINDOW):
        # Only where there are too many do they have to be ranked; among equals the first comes first.
        kept = np.bincount(rights)[rights] <= _KEPT
        crowded = np.flatnonzero(~kept)
        ranked = crowded[np.lexsort((-sums[crowded], rights[crowded]))]
        firsts = np.searchsorted(rights[ranked], rights[ranked])
        kept[ranked[np.arange(len(ranked)) - firsts < _KEPT]] = True
        found.append((lefts[kept], rights[kept]))
    lefts, rights = (np.concatenate(side) for side in zip(*found, strict=True))
    return Near(lefts, rights, _cosines(vectors, lefts, rights))


def _cosines(vectors: Sparse, lefts: Numbers, rights: Numbers) -> Weights:
    """The cosine of each of the pairs of vectors.

    Products are added up by size, so that a cosine is the same however a vector is ordered.
    """
    cosines = np.zeros(len(lefts))
    own = np.zeros(int(vectors.terms.max(initial=0)) + 1)
    sizes = np.diff(vectors.starts)
    order = np.argsort(lefts, kind="stable")
    lefts, rights = lefts[order], rights[order]
    ends = (np.flatnonzero(np.diff(lefts, append=-1)) + 1).tolist()
    begin = 0
    for end in ends:
        left, others = int(lefts[begin]), rights[begin:end]
        mine = slice(vectors.starts[left], vectors.starts[left + 1])
        own[vectors.terms[mine]] = vectors.weights[mine]
        # Where the terms of all the others stand, one vector after the other.
        lengths = sizes[others]
        whose = np.repeat(np.arange(end - begin), lengths)
        before = np.cumsum(lengths) - lengths
        places = np.arange(len(whose)) + (vectors.starts[others] - before)[whose]
        products = own[vectors.terms[places]]
        shared = np.flatnonzero(products)
        products = products[shared] * vectors.weights[places[shared]]
        own[vectors.terms[mine]] = 0.0
        ranked = np.lexsort((products, whose[shared]))
        sums = np.bincount(whose[shared[ranked]], weights=products[ranked], minlength=end - begin)
        cosines[order[begin:end]] = sums
        begin = end
    return cosines


def shared_keys(keys: Sequence[npt.NDArray[np.uint64]]) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """How many keys two sets have in common, block by block: lefts, rights, numbers; in order of right and left.

    `keys[i]` are the distinct keys of the set `i`. Of the sets that share a key each is compared with the 30 before it:
    a key of more is no sign of anything, and the work stays in proportion.
    """
    if not keys:
        return
    every = np.concatenate(keys)
    owners = np.repeat(np.arange(len(keys), dtype=np.int64), [len(own) for own in keys])
    order = np.argsort(every, kind="stable")
    ranked = every[order]
    starts = np.searchsorted(ranked, ranked)
    for lefts, rights, sums in _met(owners[order], np.ones(len(every)), starts, len(keys), _WINDOW):
        yield lefts, rights, sums.astype(np.int64)


def pairs_before(lists: Iterable[Sequence[int]], count: int, window: int) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of numbers below `count` that stand on one of `lists`, block by block: lefts and rights, each pair once.

    On each list, whose numbers rise, each is paired with the `window` before it.
    """
    members = [np.array(one, dtype=np.int64) for one in lists if len(one) > 1]
    if not members:
        return
    lengths = [len(one) for one in members]
    starts = np.repeat(np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    for lefts, rights, _ in _met(np.concatenate(members), np.ones(sum(lengths)), starts, count, window):
        yield lefts, rights


def _met(
    members: Numbers, weights: Weights, starts: Numbers, count: int, window: int
) -> Iterator[tuple[Numbers, Numbers, Weights]]:
    """Pairs that meet on a list, block by block of their right sides: left, right, the sum of their products.

    `members` are the lists one after the other, each in order; `starts` says for each place where its list begins.
    """
    order = np.argsort(members, kind="stable")
    ends = np.searchsorted(members[order], range(_BLOCK, count + _BLOCK, _BLOCK))
    begin = 0
    for end in ends:
        places = order[begin:end]
        begin = end
        keys, products = [], []
        for back in range(1, window + 1):
            places = places[places - back >= starts[places]]
            if not len(places):
                break
            keys.append(members[places] * count + members[places - back])
            products.append(weights[places] * weights[places - back])
        if keys:
            pairs, inverse = np.unique(np.concatenate(keys), return_inverse=True)
            sums = np.bincount(inverse, weights=np.concatenate(products)).astype(np.float64)
            yield pairs % count, pairs // count, sums
