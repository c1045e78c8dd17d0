"""The index as files: shards small enough to load while somebody types, and a manifest that says what is where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from generator.search.inverted import Inverted, Posting
from generator.search.packing import batches, json_bytes, manifest_script, order, script, signed, text, varint
from generator.search.records import ENTITY, ENTITY_TYPES, KINDS, LAST_DAY, Record, Records

FORMAT = 1
FOLDER = "search"
# Sizes before packing, which takes two thirds of text and a fifth of numbers. A query loads one shard of words and one
# of postings for each of its words, and a shard of records for each result: 400 KB have to do for all of it.
WORDS_SHARD = 16_000
POSTINGS_SHARD = 20_000
PLACES_SHARD = 48_000
RECORDS_SHARD = 20_000
# Shorter words are not offered as corrections, as typos are forgiven in words of five letters and up.
SHORTEST_CORRECTION = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the dictionary: how it stands in texts, the number of its postings, in how many records it is."""

    surface: str
    number: int
    count: int


def index_files(
    records: Records, inverted: Inverted, signal_names: Mapping[str, str], languages: Mapping[str, str]
) -> dict[str, bytes]:
    """The files of the index by path below site_src/; `signal_names` and `languages` are for readers, by code."""
    terms = sorted(inverted.terms, key=order)
    numbers = {term: number for number, term in enumerate(terms)}
    tables = [inverted.terms[term] for term in terms]
    tables += [inverted.entities.get(number, _NOTHING) for number in range(len(records.entities))]
    shards: dict[str, bytes] = {}
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "counts": [len(those) for those in records.kinds],
        "terms": len(terms),
        "mean": sum(inverted.lengths) / len(inverted.lengths) if inverted.lengths else 0,
        "words": _add(shards, "t", _dictionary(_entries(inverted, numbers))),
        "backwards": _add(shards, "r", _backwards(inverted.surfaces)),
        "postings": _add(shards, "p", _blobs([_postings(table) for table in tables], POSTINGS_SHARD)),
        "places": _add(shards, "w", _blobs([_places(table) for table in tables[: len(terms)]], PLACES_SHARD)),
        "records": [_add(shards, f"d{kind}-", _stored(those)) for kind, those in enumerate(records.kinds)],
    }
    shards["l"] = _lengths(inverted.lengths)
    sources = _ranked(source for those in records.kinds for record in those for source in record.sources)
    codes = _ranked(code for those in records.kinds for record in those for code in record.languages)
    signals = _ranked(signal for record in records.articles for signal in record.signals)
    shards["f"] = json_bytes(
        {
            "sources": sources,
            "languages": [[code, languages.get(code, code)] for code in codes],
            "signals": [[signal, signal_names.get(signal, signal.replace("-", " "))] for signal in signals],
        }
    )
    for kind, those in enumerate(records.kinds):
        if kind == ENTITY:
            shards[f"c{kind}"] = bytes(ENTITY_TYPES.index(record.type) for record in those)
        else:
            shards[f"c{kind}"] = _columns(those, sources, codes, signals)
            shards[f"e{kind}"] = _entity_column(those)
    files = {f"{FOLDER}/{name}.js": script(name, content) for name, content in shards.items()}
    digest = sha256()
    for name, content in sorted(files.items()):
        digest.update(name.encode() + b"\0" + content)
    # Browsers keep what they have loaded; shards of two builds would not fit together.
    manifest["digest"] = digest.hexdigest()[:12]
    return {f"{FOLDER}/index.js": manifest_script(manifest), **files}


_NOTHING: list[Posting | None] = [None] * len(KINDS)


def _add(shards: dict[str, bytes], prefix: str, made: Iterable[tuple[Any, bytes]]) -> list[Any]:
    """Name shards by their place, and give what each begins with."""
    firsts: list[Any] = []
    for number, (first, content) in enumerate(made):
        shards[f"{prefix}{number}"] = content
        firsts.append(first)
    return firsts


def _entries(inverted: Inverted, numbers: Mapping[str, int]) -> list[Entry]:
    counts = {term: sum(one.count for one in table if one) for term, table in inverted.terms.items()}
    entries = [Entry(surface, numbers[term], counts[term]) for surface, term in inverted.surfaces.items()]
    # A stem that no text has as a word is looked up when another word with this stem is asked for.
    bare = [term for term in numbers if inverted.surfaces.get(term) != term]
    entries += [Entry(f"~{term}", numbers[term], counts[term]) for term in bare]
    return sorted(entries, key=lambda entry: order(entry.surface))


def _dictionary(entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    for start, end in batches([len(entry.surface.encode()) // 2 + 4 for entry in entries], WORDS_SHARD):
        out = bytearray()
        before, number = "", 0
        for entry in entries[start:end]:
            _front_coded(before, entry.surface, out)
            varint(signed(entry.number - number), out)
            varint(entry.count, out)
            before, number = entry.surface, entry.number
        yield entries[start].surface, bytes(out)


def _backwards(surfaces: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    turned = sorted((surface[::-1] for surface in surfaces if _correctable(surface)), key=order)
    for start, end in batches([len(word.encode()) // 2 + 2 for word in turned], WORDS_SHARD):
        out = bytearray()
        before = ""
        for word in turned[start:end]:
            _front_coded(before, word, out)
            before = word
        yield turned[start], bytes(out)


def _correctable(surface: str) -> bool:
    # Numbers that differ in a figure are other numbers. Letters beyond the basic plane have no typing errors known.
    return (
        len(surface) >= SHORTEST_CORRECTION
        and surface[0] != "="
        and max(surface) < "\ud800"
        and not any("0" <= character <= "9" for character in surface)
    )


def _front_coded(before: str, word: str, out: bytearray) -> None:
    """Append `word` as the length of what it shares with `before` and the rest; never cut between surrogates."""
    shared = 0
    while shared < min(len(before), len(word), 100) and before[shared] == word[shared] < "\ud800":
        shared += 1
    varint(shared, out)
    text(word[shared:], out)


def _blobs(blobs: Sequence[bytes], limit: int) -> Iterator[tuple[int, bytes]]:
    for start, end in batches([len(blob) for blob in blobs], limit):
        out = bytearray()
        varint(end - start, out)
        for blob in blobs[start:end]:
            varint(len(blob), out)
        for blob in blobs[start:end]:
            out += blob
        yield start, bytes(out)


def _postings(table: Sequence[Posting | None]) -> bytes:
    out = bytearray()
    for posting in table:
        varint(posting.count if posting else 0, out)
        if posting:
            varint(len(posting.records), out)
            out += posting.records
            varint(len(posting.weights), out)
            out += posting.weights
    return bytes(out)


def _places(table: Sequence[Posting | None]) -> bytes:
    out = bytearray()
    for posting in table:
        varint(len(posting.places) if posting else 0, out)
        if posting:
            out += posting.places
    return bytes(out)


def _stored(those: Sequence[Record]) -> Iterator[tuple[int, bytes]]:
    rows = [json_bytes(record.stored) for record in those]
    for start, end in batches([len(row) for row in rows], RECORDS_SHARD):
        yield start, b"[" + b",".join(rows[start:end]) + b"]"


def _lengths(lengths: Iterable[int]) -> bytes:
    out = bytearray()
    for length in lengths:
        varint(length, out)
    return bytes(out)


def _columns(those: Sequence[Record], sources: Sequence[str], codes: Sequence[str], signals: Sequence[str]) -> bytes:
    """Column by column: first day, days to the last, sources, languages, signals."""
    out = bytearray()
    before = 0
    for record in those:
        varint(signed(record.first - before), out)
        before = record.first
    for record in those:
        varint(0 if record.last == LAST_DAY else record.last - record.first + 1, out)
    column: Callable[[Record], tuple[str, ...]]
    for known, column in (
        (sources, lambda record: record.sources),
        (codes, lambda record: record.languages),
        (signals, lambda record: record.signals),
    ):
        places = {value: place for place, value in enumerate(known)}
        for record in those:
            values = column(record)
            varint(len(values), out)
            for value in values:
                varint(places.get(value, 0), out)
    return bytes(out)


def _entity_column(those: Sequence[Record]) -> bytes:
    out = bytearray()
    for record in those:
        varint(len(record.entities), out)
        before = -1
        for number in sorted(record.entities):
            varint(number - before - 1, out)
            before = number
    return bytes(out)


def _ranked(values: Iterable[str]) -> list[str]:
    """Each value once, the most frequent first."""
    return [value for value, _ in sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))]
