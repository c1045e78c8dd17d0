"""Which of many sparse vectors or sets of keys are likely near each other, without comparing each with each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
# Vectors worked through at once: their pairs stay in a processor's nearer memory, and need none from the system.
_BLOCK = 256
# Weights of vectors that are laid out with all terms: half a megabyte, which is quicker than less and than more.
_LAID_OUT = 2**16
# Numbers below this fit a whole number of 64 bits.
_MOST = 2**63
# What a product of 1 is as a whole number.
_ONE = 2.0**52


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


def distinct(numbers: Numbers) -> Numbers:
    """Each of the numbers once, in order. Sorting tells them apart in a third of the time of a table of hashes."""
    ranked = np.sort(numbers)
    first = np.ones(len(ranked), dtype=bool)
    first[1:] = ranked[1:] != ranked[:-1]
    return ranked[first]


def begins(ranked: Numbers) -> Numbers:
    """For each of numbers in order the place where its equals begin. Searching for it takes ten times as long."""
    first = np.ones(len(ranked), dtype=bool)
    first[1:] = ranked[1:] != ranked[:-1]
    places = np.flatnonzero(first)
    return np.repeat(places, np.diff(places, append=len(ranked)))


def in_order(numbers: Numbers) -> Numbers:
    """The order of numbers that are not negative; equal ones as they stand.

    Sorting values takes a tenth of the time of sorting places, so each number takes its place along.
    """
    bits = len(numbers).bit_length()
    if int(numbers.max(initial=0)) >= _MOST >> bits:
        return np.argsort(numbers, kind="stable")
    return np.sort(numbers << bits | np.arange(len(numbers))) & ((1 << bits) - 1)


def falling(owners: Numbers, weights: Weights) -> Numbers:
    """The order by owner, then by falling weight; where both are equal, as they stand."""
    count = len(owners)
    by_weight = np.argsort(-weights)
    ranked = weights[by_weight]
    ranks = np.zeros(count, dtype=np.int64)
    ranks[by_weight[1:]] = np.cumsum(ranked[1:] != ranked[:-1])
    distinct_ranks = int(ranks.max(initial=0)) + 1
    if count and int(owners.max()) >= _MOST // distinct_ranks:
        return np.lexsort((ranks, owners))
    return in_order(owners * distinct_ranks + ranks)


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
    telling = telling[in_order(every[telling])]
    starts = begins(every[telling])
    found: list[tuple[Numbers, Numbers]] = []
    for lefts, rights, sums in _met(owners[telling], vectors.weights[telling], starts, count, _WINDOW):
        kept = greatest(rights, sums, _KEPT)
        found.append((lefts[kept], rights[kept]))
    lefts, rights = (np.concatenate(side) for side in zip(*found, strict=True))
    return Near(lefts, rights, _cosines(vectors, lefts, rights))


def greatest(owners: Numbers, weights: Weights, most: int) -> npt.NDArray[np.bool_]:
    """Which of the weights, none of them negative, are the `most` greatest of their owner; of equal ones the first.

    `owners` rise. Only where there are too many do weights have to be compared, and to find the least that is kept
    takes half the time of putting all in order.
    """
    sizes = np.diff(np.flatnonzero(np.diff(owners, prepend=-1)), append=len(owners))
    kept = np.repeat(sizes <= most, sizes)
    crowded = np.flatnonzero(~kept)
    if not len(crowded):
        return kept
    sizes, weights = sizes[sizes > most], weights[crowded]
    rows, width = np.repeat(np.arange(len(sizes)), sizes), int(sizes.max())
    table = np.full((len(sizes), width), -1.0)
    table[rows, np.arange(len(crowded)) - begins(rows)] = weights
    table.partition(width - most, axis=1)
    least = table[:, width - most][rows]
    above = weights > least
    equal = np.flatnonzero(weights == least)
    room = most - np.bincount(rows[above], minlength=len(sizes))
    above[equal[np.arange(len(equal)) - begins(rows[equal]) < room[rows[equal]]]] = True
    kept[crowded[above]] = True
    return kept


def _cosines(vectors: Sparse, lefts: Numbers, rights: Numbers) -> Weights:
    """The cosine of each of the pairs of vectors."""
    cosines = np.zeros(len(lefts))
    for begin, end, order, whose, _, products in _in_common(vectors, lefts, rights):
        # As whole numbers, whose sum is the same in any order and exact up to 2**53: so a cosine does not depend on how
        # a vector is ordered, and the error is that of a sum of floats.
        whole = np.rint(products * _ONE)
        cosines[order[begin:end]] = np.bincount(whose, weights=whole, minlength=end - begin) / _ONE
    return cosines


def terms_in_common(vectors: Sparse, lefts: Numbers, rights: Numbers) -> tuple[Numbers, Numbers, Weights]:
    """The terms that both of a pair of vectors have: numbers of the pairs, terms, products of the weights.

    Those of one pair are in the order of the right one's terms.
    """
    found = [
        (order[begin + whose], terms, products)
        for begin, _, order, whose, terms, products in _in_common(vectors, lefts, rights)
    ]
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0)
    pairs, terms, products = (np.concatenate(one) for one in zip(*found, strict=True))
    return pairs, terms, products


def how_many_in_common(vectors: Sparse, lefts: Numbers, rights: Numbers) -> Numbers:
    """How many terms both of each pair of vectors have."""
    counts = np.zeros(len(lefts), dtype=np.int64)
    for begin, end, order, whose, _, _ in _in_common(vectors, lefts, rights):
        counts[order[begin:end]] = np.bincount(whose, minlength=end - begin)
    return counts


def _in_common(
    vectors: Sparse, lefts: Numbers, rights: Numbers
) -> Iterator[tuple[int, int, Numbers, Numbers, Numbers, Weights]]:
    """The terms that pairs of vectors have in common, some left sides at a time.

    Each time: from where to where in an order of the pairs, that order, and of each term in common the place of its
    pair among these, the term, and the product of its weights.
    """
    if not len(lefts):
        return
    # A term of one vector is in no other.
    spread = np.bincount(vectors.terms, minlength=1)
    both = np.flatnonzero(spread[vectors.terms] > 1)
    starts = np.searchsorted(both, vectors.starts)
    sizes = np.diff(starts)
    known = np.flatnonzero(spread > 1)
    renumbered = np.zeros(len(spread), dtype=np.int64)
    renumbered[known] = np.arange(len(known))
    terms, weights = renumbered[vectors.terms[both]], vectors.weights[both]
    order = in_order(lefts)
    lefts, rights = lefts[order], rights[order]
    # Left sides laid out in full at once: as many as stay in a processor's nearer memory.
    at_once = max(1, _LAID_OUT // max(len(known), 1))
    # Where each left side's pairs begin, and how many it has.
    firsts = np.flatnonzero(np.diff(lefts, prepend=-1))
    counts = np.diff(firsts, append=len(lefts))
    own = np.zeros(at_once * len(known))
    for block in range(0, len(firsts), at_once):
        sides = lefts[firsts[block : block + at_once]]
        begin = int(firsts[block])
        end = begin + int(counts[block : block + at_once].sum())
        rows = np.arange(len(sides)) * len(known)
        mine = _places(starts, sizes, sides)
        laid_out = terms[mine] + np.repeat(rows, sizes[sides])
        own[laid_out] = weights[mine]
        others = rights[begin:end]
        lengths = sizes[others]
        places = _places(starts, sizes, others)
        left = own[terms[places] + np.repeat(np.repeat(rows, counts[block : block + at_once]), lengths)]
        shared = np.flatnonzero(left != 0.0)
        own[laid_out] = 0.0
        whose = np.repeat(np.arange(end - begin), lengths)[shared]
        places = places[shared]
        yield begin, end, order, whose, known[terms[places]], left[shared] * weights[places]


def _places(starts: Numbers, sizes: Numbers, numbers: Numbers) -> Numbers:
    """Where the terms of the vectors of these numbers stand, one vector after the other."""
    lengths = sizes[numbers]
    ends = np.cumsum(lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts[numbers] - ends + lengths, lengths)


def shared_keys(keys: Sequence[npt.NDArray[np.uint64]]) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """How many keys two sets have in common, block by block: lefts, rights, numbers; in order of right and left.

    `keys[i]` are the distinct keys of the set `i`. Of the sets that share a key each is compared with the 30 before it:
    a key of more is no sign of anything, and the work stays in proportion.
    """
    if not keys:
        return
    owners = np.repeat(np.arange(len(keys), dtype=np.int64), [len(own) for own in keys])
    yield from pairs_sharing(np.concatenate(keys), owners, len(keys), _WINDOW)


def pairs_sharing(
    keys: npt.NDArray[np.uint64], owners: Numbers, count: int, window: int
) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Pairs of the `count` owners that share a key, block by block: lefts, rights, how many keys; as `shared_keys`.

    `owners` rise, and none has a key twice. Of those with one key each is paired with the `window` before it.
    """
    members, starts = _lists(numbered(keys), owners)
    for lefts, rights, sums in _met(members, None, starts, count, window):
        yield lefts, rights, sums.astype(np.int64)


def numbered(keys: npt.NDArray[np.uint64]) -> Numbers:
    """Keys as numbers from 0, in their order."""
    order = np.argsort(keys)
    ranked = keys[order]
    numbers = np.zeros(len(keys), dtype=np.int64)
    numbers[order[1:]] = np.cumsum(ranked[1:] != ranked[:-1])
    return numbers


def _lists(numbers: Numbers, owners: Numbers) -> tuple[Numbers, Numbers]:
    """The owners of each number that has several, list after list, and for each place where its list begins."""
    several = np.flatnonzero(np.bincount(numbers, minlength=1)[numbers] > 1)
    order = several[in_order(numbers[several])]
    ranked = numbers[order]
    return owners[order], begins(ranked)


def _met(
    members: Numbers, weights: Weights | None, starts: Numbers, count: int, window: int
) -> Iterator[tuple[Numbers, Numbers, Weights]]:
    """Pairs that meet on a list, block by block of their right sides: left, right, the sum of their products.

    `members` are the lists one after the other, each in order; `starts` says for each place where its list begins.
    Without `weights` the sum is that of the lists on which they meet.
    """
    order = in_order(members)
    ends = np.searchsorted(members[order], range(_BLOCK, count + _BLOCK, _BLOCK))
    bits = count.bit_length()
    begin = 0
    for end in ends:
        places = order[begin:end]
        begin = end
        keys, products = [], []
        for back in range(1, window + 1):
            places = places[places - back >= starts[places]]
            if not len(places):
                break
            keys.append(members[places] << bits | members[places - back])
            if weights is not None:
                products.append(weights[places] * weights[places - back])
        if not keys:
            continue
        every = np.concatenate(keys)
        ranked = in_order(every) if products else np.zeros(0, dtype=np.int64)
        every = every[ranked] if products else np.sort(every)
        firsts = np.flatnonzero(np.diff(every, prepend=-1))
        pairs, sums = every[firsts], np.diff(firsts, append=len(every)).astype(np.float64)
        if products:
            # In the order in which a pair met on them: sums of floats depend on it.
            whose = np.repeat(np.arange(len(firsts)), sums.astype(np.int64))
            sums = np.bincount(whose, weights=np.concatenate(products)[ranked]).astype(np.float64)
        yield pairs & ((1 << bits) - 1), pairs >> bits, sums
