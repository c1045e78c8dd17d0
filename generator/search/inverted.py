"""Which record holds which word, how much it counts there, and where it stands.

All words of all records are numbers in one array, in the order in which they stand. Sorted by word, that array is the
index; the rest is counting and taking differences, which numpy does for millions of words in a second or two.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from generator.recall import SearchMemory
from generator.search.bits import Codes, gamma, packed, parameter, rice
from generator.search.packing import Blobs, Numbers, Small, joined, ordered
from generator.search.pairs import HEAVY, MANY_ARTICLES, common_pairs, near_pairs
from generator.search.reading import Words, read_words
from generator.search.records import ARTICLE, ENTITY, KINDS, NAME_WEIGHT, QUOTE, Records
from generator.search.words import name_key

# Words that are sorted into the index at a time: fewer take more steps, more do not stay in a processor's cache.
_AT_ONCE = 1 << 16
# Between passages so many places are left free that no phrase reaches over.
GAP = 2


@dataclass(frozen=True, slots=True)
class Inverted:
    """The whole index in memory. Terms: stems; `=` before the whole name of an entity."""

    terms: list[str]
    """Every term, and every pair of very common or frequent ones, sorted as browsers sort. Its place is its number;
    behind the last follow the entities."""
    surfaces: dict[str, int]
    """Folded word as it stands in a text, or whole name behind `=`, to the number of its term."""
    counts: Numbers
    """In how many records each term or entity is."""
    postings: Blobs
    """Of each term and entity, for each kind: how many records; for each record the distance from the one before,
    and what the term counts there."""
    places: tuple[Blobs, Blobs]
    """Of each term, for each record of its postings: how many places, where that is not plain from what it counts;
    the distance of each from the one before. In articles and quotes; in entities and events."""
    spans: list[int]
    """Of each kind, how far the places of a record reach in the mean."""
    lengths: Numbers
    """Words of each article."""


class _Terms:
    """Terms and surfaces by number, to which pairs come."""

    def __init__(self, words: Words) -> None:
        self.terms = {term: number for number, term in enumerate(words.terms)}
        self.surfaces = dict(zip(words.surfaces, words.stems.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Cells:
    """What terms and entities count in records: parallel arrays, sorted by list, kind and record."""

    lists: Small
    """Number of the term or, behind the terms, of the entity."""
    kinds: Small
    records: Small
    weights: Small

    @classmethod
    def of(cls, lists: Numbers, kinds: Numbers, records: Numbers, weights: Numbers) -> _Cells:
        """These cells in half the memory."""
        small = [column.astype(np.int32) for column in (lists, kinds, records, weights)]
        return cls(small[0], small[1], small[2], small[3])


@dataclass(frozen=True, slots=True)
class _Text:
    """Every word of every record, in the order in which they stand: parallel arrays."""

    terms: Small
    records: Small
    """Number of the record among those of all kinds."""
    weights: NDArray[np.int8]
    places: Small


def invert(records: Records, words: Words | None = None, *, heavy: int = HEAVY, many: int = MANY_ARTICLES) -> Inverted:
    """The index of all records, whose `words` are read here where they are not given.

    `heavy` and `many` say of which words pairs are noted (see `near_pairs`).
    """
    read = words or read_words(records, SearchMemory())
    stretches = _Terms(read)
    text = _placed(records, read)
    # Both number terms by what the texts hold, before pairs come to it.
    near = near_pairs(
        text.terms, text.records, text.places, stretches.terms, len(records.articles), heavy=heavy, many=many
    )
    pairs = _paired(text, stretches)
    near_names = _noted(near[2], stretches)
    names = _names(records)
    unranked = {**stretches.terms, **{key: number for number, key in enumerate(names, len(stretches.terms))}}
    # They are numbered in the order in which they came.
    terms = list(unranked)
    sequence = ordered(terms)
    rank = np.empty(len(terms), dtype=np.int64)
    rank[sequence] = np.arange(len(terms))
    terms = [terms[at] for at in sequence]
    lists = len(terms) + len(records.entities)
    sizes = np.array([len(those) for those in records.kinds])
    spans = _spans(text, sizes)
    held, places = _sorted(_joined(text, pairs), rank, sizes, spans)
    kind_ends = np.cumsum(sizes)
    near_kinds = np.searchsorted(kind_ends, near[0], side="right")
    cells = _merged(
        held,
        _Cells.of(
            rank[near[1] + near_names], near_kinds, near[0] - (kind_ends - sizes)[near_kinds], np.ones_like(near[0])
        ),
        _cells(_named(records, names, rank, len(stretches.terms))),
        *_about(records, len(terms)),
    )
    surfaces = {surface: int(rank[number]) for surface, number in stretches.surfaces.items()}
    surfaces |= {name: int(rank[unranked[name]]) for name in names}
    articles = text.records[text.records < len(records.articles)]
    return Inverted(
        terms,
        surfaces,
        np.bincount(cells.lists, minlength=lists),
        _postings(cells, lists, sizes),
        places,
        spans.tolist(),
        np.bincount(articles, minlength=len(records.articles)),
    )


def _placed(records: Records, words: Words) -> _Text:
    """The words of all passages, with what they count and where they stand."""
    weights = array("b")
    every = (record for those in records.kinds for record in those)
    for record, count in zip(every, words.passages.tolist(), strict=True):
        weights.extend(record.weights(count))
    owner_of = np.repeat(np.arange(len(words.passages), dtype=np.int32), words.passages)
    firsts = np.repeat(np.cumsum(words.passages) - words.passages, words.passages)
    # Places are counted from the first word of a record.
    begins = np.concatenate([[0], np.cumsum(words.counts, dtype=np.int64)])[firsts]
    shifts = (np.arange(len(firsts)) - firsts) * GAP - begins
    return _Text(
        words.stems.astype(np.int32)[words.words],
        np.repeat(owner_of, words.counts),
        np.repeat(np.frombuffer(weights, dtype=np.int8), words.counts),
        np.arange(len(words.words), dtype=np.int32) + np.repeat(shifts.astype(np.int32), words.counts),
    )


def _paired(text: _Text, stretches: _Terms) -> _Text:
    """The pairs of very common words, as words that stand where the first of the two does."""
    at, which, pairs = common_pairs(text.terms, text.records, text.places, stretches.terms)
    first = _noted(pairs, stretches)
    return _Text((which + first).astype(np.int32), text.records[at], text.weights[at], text.places[at])


def _noted(pairs: Iterable[str], stretches: _Terms) -> int:
    """Number `pairs` behind all other terms; the number of the first."""
    first = len(stretches.terms)
    named = {pair: number for number, pair in enumerate(pairs, first)}
    stretches.terms |= named
    stretches.surfaces |= named
    return first


def _joined(*parts: _Text) -> _Text:
    terms, records, weights, places = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("terms", "records", "weights", "places")
    )
    return _Text(terms, records, weights, places)


def _names(records: Records) -> dict[str, list[tuple[int, int]]]:
    """Each whole name behind `=`, and the kinds and numbers of the records that bear it."""
    found: dict[str, list[tuple[int, int]]] = {}
    for kind, those in enumerate(records.kinds):
        for number, record in enumerate(those):
            for key in dict.fromkeys(map(name_key, record.names)):
                if key:
                    found.setdefault(f"={key}", []).append((kind, number))
    return found


def _named(
    records: Records, names: Mapping[str, Iterable[tuple[int, int]]], rank: Numbers, first: int
) -> Iterator[tuple[int, int, int, int]]:
    for place, where in enumerate(names.values(), first):
        for kind, number in where:
            yield int(rank[place]), kind, number, 1


def _about(records: Records, first: int) -> Iterator[_Cells]:
    for kind, about in enumerate(records.about):
        yield _Cells.of(about.entities + first, np.full_like(about.records, kind), about.records, about.weights)


def _cells(rows: Iterable[tuple[int, int, int, int]]) -> _Cells:
    table = np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 4)
    return _Cells.of(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def _merged(*parts: _Cells) -> _Cells:
    cells = _chained(parts)
    # The parts are in order, all but the names and the pairs; a stable sort of numbers that are nearly so is quick.
    keys = cells.lists.astype(np.int64)
    keys *= len(KINDS)
    keys += cells.kinds
    keys <<= 32
    keys |= cells.records
    sequence = np.argsort(keys, kind="stable")
    return _Cells(cells.lists[sequence], cells.kinds[sequence], cells.records[sequence], cells.weights[sequence])


def _chained(parts: Sequence[_Cells]) -> _Cells:
    lists, kinds, records, weights = (
        np.concatenate([np.zeros(0, dtype=np.int32), *(getattr(part, name) for part in parts)])
        for name in ("lists", "kinds", "records", "weights")
    )
    return _Cells(lists, kinds, records, weights)


def _spans(text: _Text, sizes: Numbers) -> Numbers:
    last = np.zeros(int(sizes.sum()), dtype=np.int32)
    np.maximum.at(last, text.records, text.places + np.int32(1))
    return np.array([int(part.mean()) if len(part) else 1 for part in np.split(last, np.cumsum(sizes)[:-1])])


def _sorted(text: _Text, rank: Numbers, sizes: Numbers, spans: Numbers) -> tuple[_Cells, tuple[Blobs, Blobs]]:
    """What each word counts where, and its places."""
    # One number sorts faster than two: the term in front, the place in the array behind.
    keys = rank[text.terms]
    keys <<= 32
    keys |= np.arange(len(keys), dtype=np.uint32)
    keys.sort()
    ends = np.searchsorted(keys, np.arange(1, len(rank) + 1) << 32)
    kind_ends = np.cumsum(sizes)
    cells: list[_Cells] = []
    told: list[Blobs] = []
    others: list[Blobs] = []
    for first, last, held in _stretches(ends):
        own, places = _part(text, keys[held], kind_ends, spans)
        cells.append(own)
        here = (own.kinds == ARTICLE) | (own.kinds == QUOTE)
        told.append(places.of(own, here, first, last))
        others.append(places.of(own, ~here, first, last))
    return _chained(cells), (joined(told), joined(others))


def _stretches(ends: Numbers) -> Iterator[tuple[int, int, slice]]:
    """Lists by first and last, whose entries end at `ends`: so many that they stay in a processor's cache together."""
    begin = first = 0
    while first < len(ends):
        last = max(int(np.searchsorted(ends, begin + _AT_ONCE, side="right")), first + 1)
        end = int(ends[last - 1])
        yield first, last, slice(begin, end)
        begin, first = end, last


@dataclass(frozen=True, slots=True)
class _Places:
    """Codes of the places of cells, one after the other."""

    codes: Codes
    slots: Numbers
    """How many codes each cell has."""

    def of(self, cells: _Cells, wanted: NDArray[np.bool_], first: int, last: int) -> Blobs:
        """Those of the `wanted` ones of `cells`, as a blob for each term from `first` to `last`."""
        held = np.repeat(wanted, self.slots)
        of_terms = np.bincount(cells.lists[wanted] - first, weights=self.slots[wanted], minlength=last - first)
        return packed(Codes(self.codes.bits[held], self.codes.lengths[held]), np.cumsum(of_terms.astype(np.int64)))


def _part(text: _Text, keys: Numbers, kind_ends: Numbers, spans: Numbers) -> tuple[_Cells, _Places]:
    """The cells of the words `keys`, and their places."""
    terms, sequence = keys >> 32, keys & 0xFFFFFFFF
    owners, places = text.records[sequence].astype(np.int64), text.places[sequence].astype(np.int64)
    begins = _begins(terms, owners)
    firsts = np.flatnonzero(begins)
    counts = np.diff(firsts, append=len(keys))
    kinds = np.searchsorted(kind_ends, owners[firsts], side="right")
    weights = np.add.reduceat(text.weights[sequence].astype(np.int64), firsts) if len(firsts) else counts
    # What counts once stands once; in descriptions of names every word counts once.
    plain = (weights == 1) & (kinds != ENTITY)
    weights = np.where((kinds == ENTITY) & (weights < NAME_WEIGHT), 1, weights)
    kind_begins = np.concatenate([[0], kind_ends[:-1]])
    cells = _Cells.of(terms[firsts], kinds, owners[firsts] - kind_begins[kinds], weights)

    distances = np.diff(places, prepend=0) - 1
    distances[firsts] = places[firsts]
    codes = rice(distances, np.repeat(parameter(spans[kinds], counts), counts))
    counted = gamma(counts)
    slots = np.where(plain, 0, 1) + counts
    # What tells how many places there are stands before them.
    at = np.cumsum(slots) - slots
    heads, bodies = at[~plain], np.arange(len(keys)) + np.repeat(np.cumsum(~plain), counts)
    bits = np.empty(int(slots.sum()), dtype=np.uint64)
    lengths = np.empty(len(bits), dtype=np.int64)
    bits[heads], lengths[heads] = counted.bits[~plain], counted.lengths[~plain]
    bits[bodies], lengths[bodies] = codes.bits, codes.lengths
    return cells, _Places(Codes(bits, lengths), slots)


def _postings(cells: _Cells, lists: int, sizes: Numbers) -> Blobs:
    ends = np.searchsorted(cells.lists, np.arange(lists), side="right")
    return joined([_posted(cells, first, last, held, sizes) for first, last, held in _stretches(ends)])


def _posted(cells: _Cells, begin: int, end: int, held: slice, sizes: Numbers) -> Blobs:
    """The postings of the lists from `begin` to `end`, which the `held` ones of `cells` are."""
    lists, records = end - begin, cells.records[held].astype(np.int64)
    groups = (cells.lists[held].astype(np.int64) - begin) * len(KINDS) + cells.kinds[held]
    count = np.bincount(groups, minlength=lists * len(KINDS))
    heads = gamma(count + 1)
    first = _begins(groups)
    distances = np.diff(records, prepend=0) - 1
    distances[first] = records[first]
    parameters = parameter(np.tile(sizes, lists), count)
    near, much = rice(distances, parameters[groups]), gamma(cells.weights[held].astype(np.int64))
    slots = 1 + 2 * count
    at = np.cumsum(slots) - slots
    where = at[groups] + 1 + 2 * (np.arange(len(groups)) - (np.cumsum(count) - count)[groups])
    bits = np.zeros(int(slots.sum()), dtype=np.uint64)
    lengths = np.zeros(len(bits), dtype=np.int64)
    for place, codes in ((at, heads), (where, near), (where + 1, much)):
        bits[place] = codes.bits
        lengths[place] = codes.lengths
    return packed(Codes(bits, lengths), np.cumsum(slots.reshape(-1, len(KINDS)).sum(axis=1)))


def _begins(*columns: Numbers) -> NDArray[np.bool_]:
    """Whether an entry differs from the one before in any of `columns`."""
    begins = np.ones(len(columns[0]), dtype=bool)
    begins[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return begins
