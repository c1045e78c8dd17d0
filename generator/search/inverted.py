"""Which record holds which word, how much it counts there, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.search.packing import varint
from generator.search.records import ENTITY, KINDS, NAME_WEIGHT, Record, Records
from generator.search.words import name_key, terms_of

# Between passages so many places are left free that no phrase reaches over.
GAP = 2


@dataclass(slots=True)
class Posting:
    """The records of one kind that hold a term."""

    count: int = 0
    latest: int = -1
    records: bytearray = field(default_factory=bytearray)
    """For each record: its distance from the one before, doubled, odd where the term counts more than once."""
    weights: bytearray = field(default_factory=bytearray)
    """For each record in which the term counts more than once: how much, less two."""
    places: bytearray = field(default_factory=bytearray)
    """For each record: the distances between the term's places, doubled, odd where another follows."""

    def add(self, number: int, weight: int, places: Sequence[int]) -> None:
        """Append a record; numbers come in ascending order."""
        varint((number - self.latest - 1) * 2 + (weight > 1), self.records)
        if weight > 1:
            varint(weight - 2, self.weights)
        self.count += 1
        self.latest = number
        before = 0
        final = len(places) - 1
        for index, place in enumerate(places):
            varint((place - before) * 2 + (index < final), self.places)
            before = place


@dataclass(slots=True)
class Inverted:
    """The whole index in memory. Terms: stems; `=` before the whole name of an entity."""

    terms: dict[str, list[Posting | None]] = field(default_factory=dict)
    """Term to its postings by kind."""
    surfaces: dict[str, str] = field(default_factory=dict)
    """Folded word as it stands in a text to its term."""
    entities: dict[int, list[Posting | None]] = field(default_factory=dict)
    """Entity number to the records of each kind that have to do with it."""
    lengths: list[int] = field(default_factory=list)
    """Words of each article."""

    @staticmethod
    def _posting(table: list[Posting | None], kind: int) -> Posting:
        found = table[kind]
        if found is None:
            found = table[kind] = Posting()
        return found

    def add(self, kind: int, number: int, record: Record) -> None:
        """Index a record; those of a kind come in ascending order."""
        weights: dict[str, int] = {}
        places: dict[str, list[int]] = {}
        surfaces = self.surfaces
        place = words = 0
        for passage in record.passages:
            weight = passage.weight
            found = terms_of(passage.text)
            for folded, term in found:
                if term in places:
                    places[term].append(place)
                    weights[term] += weight
                else:
                    places[term] = [place]
                    weights[term] = weight
                if folded not in surfaces:
                    surfaces[folded] = term
                place += 1
            words += len(found)
            place += GAP
        terms = self.terms
        for term, where in places.items():
            table = terms.get(term)
            if table is None:
                table = terms[term] = [None] * len(KINDS)
            weight = weights[term]
            if kind == ENTITY and weight < NAME_WEIGHT:
                weight = 1
            self._posting(table, kind).add(number, weight, where)
        for key in sorted({name_key(name) for name in record.names} - {""}):
            table = terms.setdefault(f"={key}", [None] * len(KINDS))
            surfaces.setdefault(f"={key}", f"={key}")
            self._posting(table, kind).add(number, 1, ())
        for entity, weight in record.entities.items():
            self._posting(self.entities.setdefault(entity, [None] * len(KINDS)), kind).add(number, weight, ())
        if kind == 0:
            self.lengths.append(words)


def invert(records: Records) -> Inverted:
    """The index of all records."""
    inverted = Inverted()
    for kind, those in enumerate(records.kinds):
        for number, record in enumerate(those):
            inverted.add(kind, number, record)
    return inverted
