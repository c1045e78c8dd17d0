"""Which of many sparse vectors or sets of keys are likely near each other, without comparing each with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs of vectors that are near each other, `left < right`, in order of right and left, with their cosines."""

    lefts: Numbers
    rights: Numbers
    cosines: Weights


def near_pairs(vectors: Sequence[Mapping[str, float]], most_shared: int) -> Near:
    """Pairs of vectors of length 1 that share a term of at most `most_shared` vectors.

    For each right side at most 40 left ones, those with the greatest product over such terms.
    """
    numbers: dict[str, int] = {}
    terms = [np.array([numbers.setdefault(term, len(numbers)) for term in one], dtype=np.int64) for one in vectors]
    weights = [np.array(list(one.values()), dtype=np.float64) for one in vectors]
    owners = np.repeat(np.arange(len(vectors), dtype=np.int64), [len(one) for one in terms])
    every = np.concatenate(terms) if terms else owners
    spread = np.bincount(every, minlength=1)
    telling = np.flatnonzero((spread[every] > 1) & (spread[every] <= most_shared))
    if not len(telling):
        none = np.zeros(0, dtype=np.int64)
        return Near(none, none, np.zeros(0))
    # One list after the other: the vectors that have a term, in order, for each term.
    telling = telling[np.argsort(every[telling], kind="stable")]
    starts = np.searchsorted(every[telling], every[telling])
    found: list[tuple[Numbers, Numbers]] = []
    for lefts, rights, sums in _met(owners[telling], np.concatenate(weights)[telling], starts, len(vectors), _WINDOW):
        ranked = np.lexsort((lefts, -sums, rights))
        firsts = np.searchsorted(rights[ranked], rights[ranked])
        kept = np.sort(ranked[np.arange(len(ranked)) - firsts < _KEPT])
        found.append((lefts[kept], rights[kept]))
    lefts, rights = (np.concatenate(side) for side in zip(*found, strict=True))
    return Near(lefts, rights, _cosines(terms, weights, len(numbers), (lefts, rights)))


def _cosines(
    terms: Sequence[Numbers], weights: Sequence[Weights], count: int, pairs: tuple[Numbers, Numbers]
) -> Weights:
    """The cosine of each of the pairs of vectors, whose terms are numbers below `count`.

    Products are added up by size, so that a cosine is the same however a vector is ordered.
    """
    lefts, rights = pairs
    cosines = np.zeros(len(lefts))
    own = np.zeros(count)
    order = np.argsort(lefts, kind="stable")
    ends = np.flatnonzero(np.diff(lefts[order], append=-1)) + 1
    begin = 0
    for end in ends.tolist():
        places = order[begin:end]
        begin = end
        left = int(lefts[places[0]])
        others = rights[places].tolist()
        own[terms[left]] = weights[left]
        products = own[np.concatenate([terms[other] for other in others])]
        products *= np.concatenate([weights[other] for other in others])
        own[terms[left]] = 0.0
        whose = np.repeat(np.arange(len(others)), [len(terms[other]) for other in others])
        shared = np.flatnonzero(products)
        shared = shared[np.lexsort((products[shared], whose[shared]))]
        cosines[places] = np.bincount(whose[shared], weights=products[shared], minlength=len(others))
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
