"""The words of all records as numbers. They follow from a record's text alone, and are kept by it or its origin."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np

from generator.recall import SearchMemory
from generator.search.known import Known, key_of
from generator.search.packing import Numbers, Small
from generator.search.records import Record, Records
from generator.search.words import stretch_terms


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of every record, in the order in which they stand, and what they are."""

    surfaces: list[str]
    """Folded words as they stand in texts; each is somewhere."""
    terms: list[str]
    stems: Numbers
    """Of each surface the number of its term."""
    words: Small
    """The surfaces of all words."""
    counts: Small
    """How many of them each passage has."""
    keys: bytes
    """A digest of what the text of each record follows from."""
    passages: Numbers
    """How many passages each record has."""


class _Stretches(dict[str, int]):
    """What stands between white space, numbered; each is cut into words when it is first met."""

    def __init__(self, memory: SearchMemory) -> None:
        super().__init__()
        self.surfaces = {surface: number for number, surface in enumerate(memory.surfaces)}
        self.terms = {term: number for number, term in enumerate(memory.terms)}
        self.stems = array("i", memory.stems)
        self.words = array("i")
        """The surfaces of all stretches one after the other."""
        self.counts = array("i")
        """How many of them each stretch has."""

    def __missing__(self, stretch: str) -> int:
        pairs = stretch_terms(stretch)
        for folded, term in pairs:
            number = self.surfaces.get(folded)
            if number is None:
                number = self.surfaces[folded] = len(self.surfaces)
                self.stems.append(self.terms.setdefault(term, len(self.terms)))
            self.words.append(number)
        self.counts.append(len(pairs))
        self[stretch] = len(self)
        return len(self) - 1


def read_words(records: Records, memory: SearchMemory, known: Known | None = None) -> Words:
    """The words of `records`; those of records that `memory` knows are taken from there. `known` tells which."""
    every = [record for those in records.kinds for record in those]
    keys = [record.key or _key(record) for record in every]
    places = (known or Known(memory)).places
    old = np.array([places.get(key, -1) for key in keys], dtype=np.int64)
    unread = [every[at] for at in np.flatnonzero(old < 0).tolist()]
    stretches = _Stretches(memory)
    words, counts = _cut(unread, stretches)

    kept_words, kept_counts = _numbers(memory.words), _numbers(memory.counts)
    # Records in their order, from where they stand among what is kept or behind it, among what was cut now.
    new = old < 0
    passages = np.empty(len(every), dtype=np.int64)
    passages[~new] = _numbers(memory.passages)[old[~new]]
    passages[new] = [len(record.passages) for record in unread]
    held = np.concatenate([kept_counts, counts.astype(np.int32)])
    ends = np.concatenate([[0], np.cumsum(held, dtype=np.int64)])
    kept_firsts = _firsts(_numbers(memory.passages).astype(np.int64))
    first = np.empty(len(every), dtype=np.int64)
    first[~new] = kept_firsts[old[~new]]
    first[new] = len(kept_counts) + _firsts(passages[new])
    all_words = np.concatenate([kept_words, words.astype(np.int32)])
    # Most stand where they stood: what follows each other as before is taken together.
    behind = first + passages
    begins = np.flatnonzero(np.concatenate([[True], first[1:] != behind[:-1]])[: len(first)])
    runs = list(zip(first[begins].tolist(), np.append(behind[begins[1:] - 1], behind[-1:]).tolist(), strict=True))
    counted = _taken(held, runs)
    of_all = _taken(all_words, [(int(ends[begin]), int(ends[end])) for begin, end in runs])
    return _used(stretches, of_all, counted, b"".join(keys), passages)


def kept_words(records: Records, words: Words) -> SearchMemory:
    """What the next build needs of `records` and their `words`, to read only what is new."""
    return SearchMemory(
        surfaces=words.surfaces,
        terms=words.terms,
        stems=_packed(words.stems),
        words=_packed(words.words),
        counts=_packed(words.counts),
        records=words.keys,
        passages=_packed(words.passages),
        sizes=array("i", [record.texts.size if record.texts else 0 for record in records.articles]).tobytes(),
        quotes=len(records.articles) + len(records.entities),
        quoted=array("i", [number for record in records.quotes for number in record.quoted]).tobytes(),
    )


def _key(record: Record) -> bytes:
    texts = [passage.text for passage in record.passages]
    # Where a passage ends is part of what is asked.
    told = f"{','.join([str(len(text)) for text in texts])}\0{''.join(texts)}"
    return key_of(b"text", told.encode("utf-8", "surrogatepass"))


def _cut(records: list[Record], stretches: _Stretches) -> tuple[Numbers, Numbers]:
    """The surfaces of all words of `records`, and how many each passage has."""
    cut, ends = array("i"), array("q")
    number = stretches.__getitem__
    for record in records:
        for passage in record.passages:
            cut.extend(map(number, passage.text.split()))
            ends.append(len(cut))
    stretch = np.array(cut, dtype=np.int64)
    counts = np.array(stretches.counts, dtype=np.int64)
    words = np.array(stretches.words, dtype=np.int64)[_ranges(_firsts(counts)[stretch], counts[stretch])]
    behind = np.concatenate([[0], np.cumsum(counts[stretch])])
    return words, np.diff(behind[np.array(ends, dtype=np.int64)], prepend=0)


def _used(stretches: _Stretches, words: Small, counts: Small, keys: bytes, passages: Numbers) -> Words:
    """Without the words that no text has any more."""
    surfaces, terms = list(stretches.surfaces), list(stretches.terms)
    stems = np.array(stretches.stems, dtype=np.int64)
    here = np.zeros(len(surfaces), dtype=bool)
    here[words] = True
    if not here.all():
        words = (np.cumsum(here) - 1).astype(np.int32)[words]
        stems = stems[here]
        surfaces = [surface for surface, used in zip(surfaces, here.tolist(), strict=True) if used]
        meant = np.zeros(len(terms), dtype=bool)
        meant[stems] = True
        stems = (np.cumsum(meant) - 1)[stems]
        terms = [term for term, used in zip(terms, meant.tolist(), strict=True) if used]
    return Words(surfaces, terms, stems, words, counts, keys, passages)


def _taken(numbers: Small, ranges: list[tuple[int, int]]) -> Small:
    taken: Small = np.concatenate([numbers[:0], *(numbers[begin:end] for begin, end in ranges)])
    return taken


def _ranges(firsts: Numbers, lengths: Numbers) -> Numbers:
    """The numbers from each first on, as many as its length says, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Numbers = np.arange(total) + np.repeat(firsts - (ends - lengths), lengths)
    return numbers


def _firsts(counts: Numbers) -> Numbers:
    return np.cumsum(counts) - counts


def _numbers(packed: bytes) -> Small:
    numbers: Small = np.frombuffer(packed, dtype="<i4").astype(np.int32, copy=False)
    return numbers


def _packed(numbers: Numbers | Small) -> bytes:
    return numbers.astype("<i4").tobytes()
