"""The index as files: shards small enough to load while somebody types, and a manifest that says what is where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from hashlib import sha256
from itertools import chain
from types import MappingProxyType
from typing import Any
from zlib import crc32

import msgspec
import numpy as np

from generator.data import read_tree
from generator.search.about import About
from generator.search.dictionary import backwards, dictionary
from generator.search.inverted import Inverted
from generator.search.packing import (
    LONGEST_DICTIONARY,
    Blobs,
    batches,
    json_bytes,
    json_lines,
    manifest_script,
    signed,
    steady_batches,
    varints,
)
from generator.search.records import ARTICLE, ENTITY, ENTITY_TYPES, LAST_DAY, Record, Records, Texts
from generator.search.scripts import DICTIONARY, FOLDER, RECORDS, Scripts, Shard
from generator.search.words import fold

FORMAT = 2
# Sizes before packing, which takes 60 % off text and a third off words. A query loads one shard of words and one
# of postings for each of its words, and a shard of records for each result: 400 KB have to do for all of it.
POSTINGS_SHARD = 12_000
PLACES_SHARD = 24_000
# Three quarters of it, in the mean.
RECORDS_SHARD = 26_000
_MARKS = 1 << 32


class _Row(msgspec.Struct, frozen=True):
    """What is shown of a record, as JSON that is made when it is asked for."""

    told: bytes
    """All of it but `texts`."""
    mark: int
    """A number below `_MARKS` that stays with it, whatever stands before it."""
    texts: Texts | None
    key: bytes
    """A digest of what `texts` follow from; none where that is not known."""

    @property
    def follows(self) -> bytes:
        """What it follows from."""
        return self.told + self.key if self.texts and self.key else self.make()

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return len(self.told) + 1 + self.texts.size if self.texts else len(self.told)

    def make(self) -> bytes:
        """All of it."""
        return self.told[:-1] + b"," + self.texts.json + b"]" if self.texts else self.told


def _rows(those: Sequence[Record]) -> list[_Row]:
    lines = json_lines([record.head for record in those])
    marks = [crc32(record.own[0].text.encode("utf-8", "surrogatepass")) for record in those]
    return [_Row(told, mark, record.texts, record.key) for told, mark, record in zip(lines, marks, those, strict=True)]


def index_files(
    records: Records,
    inverted: Inverted,
    signal_names: Mapping[str, str],
    languages: Mapping[str, str],
    *,
    said: Mapping[str, str] = MappingProxyType({}),
    scripts: Scripts | None = None,
) -> dict[str, bytes]:
    """The files of the index by path below site_src/; `signal_names` and `languages` are for readers, by code.

    `said` is what the client says in another language than English; `scripts` knows what is kept of the last build.
    """
    shards: dict[str, Shard] = {}
    rows = list(map(_rows, records.kinds))
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "counts": [len(those) for those in records.kinds],
        "terms": len(inverted.terms),
        "mean": float(inverted.lengths.mean()) if len(inverted.lengths) else 0,
        "spans": inverted.spans,
        "words": _add(shards, "t", dictionary(inverted)),
        "backwards": _add(shards, "r", backwards(list(inverted.surfaces))),
        "postings": _add(shards, "p", _blobs(inverted.postings, POSTINGS_SHARD)),
        "places": [_add(shards, f"w{half}-", _blobs(one, PLACES_SHARD)) for half, one in enumerate(inverted.places)],
        "records": [_add(shards, f"{RECORDS}{kind}-", _stored(one)) for kind, one in enumerate(rows)],
    }
    if said:
        manifest["said"] = dict(said)
    shards["l"] = Shard.of(varints(inverted.lengths)[0])
    shards[DICTIONARY] = _dictionary_of(rows[ARTICLE])
    sources = _ranked(source for those in records.kinds for record in those for source in record.sources)
    codes = _ranked(code for those in records.kinds for record in those for code in record.languages)
    manifest["little"] = sorted(little_words(codes))
    signals = _ranked(signal for record in records.articles for signal in record.signals)
    meant = {
        "sources": sources,
        "languages": [[code, languages.get(code, code)] for code in codes],
        "signals": [[signal, signal_names.get(signal, signal.replace("-", " "))] for signal in signals],
    }
    shards["f"] = Shard.of(json_bytes(meant))
    for kind, those in enumerate(records.kinds):
        if kind == ENTITY:
            shards[f"c{kind}"] = Shard.of(bytes(ENTITY_TYPES.index(record.type) for record in those))
        else:
            shards[f"c{kind}"] = Shard.of(_columns(those, sources, codes, signals))
            shards[f"e{kind}"] = Shard.of(_entity_column(records.about[kind], len(those)))

    scripts = scripts or Scripts()
    files = scripts.files(shards)
    # Browsers keep what they have loaded; shards of two builds would not fit together.
    whole = sorted((name, told) for name, (_, told) in scripts.made.items())
    manifest["digest"] = sha256(msgspec.msgpack.encode(whole)).hexdigest()[:12]
    return {f"{FOLDER}/index.js": manifest_script(manifest), **files}


def little_words(codes: Iterable[str]) -> frozenset[str]:
    """The words, folded, that ask and join in the languages of `codes`, and in English, which is asked everywhere."""
    lists = read_tree("little_words.yml")
    return frozenset(fold(str(word)) for code in {"en", *codes} for word in lists.get(code, ()))


def _add(shards: dict[str, Shard], prefix: str, made: Iterable[tuple[Any, bytes | Shard]]) -> list[Any]:
    """Name shards by their place, and give what each begins with."""
    firsts: list[Any] = []
    for number, (first, content) in enumerate(made):
        shards[f"{prefix}{number}"] = content if isinstance(content, Shard) else Shard.of(content)
        firsts.append(first)
    return firsts


def _blobs(blobs: Blobs, limit: int) -> Iterator[tuple[int, bytes]]:
    lengths = blobs.lengths.tolist()
    at = 0
    for start, end in batches(lengths, limit):
        size = sum(lengths[start:end])
        yield start, varints([end - start, *lengths[start:end]])[0] + blobs.content[at : at + size]
        at += size


def _stored(rows: Sequence[_Row]) -> Iterator[tuple[int, Shard]]:
    # Behind the half that a shard holds at least, one mark comes in a quarter more, in the mean.
    marks = [row.mark * RECORDS_SHARD < row.size * 4 * _MARKS for row in rows]
    for start, end in steady_batches([row.size for row in rows], RECORDS_SHARD, marks):
        those = rows[start:end]
        yield start, Shard(tuple(row.follows for row in those), partial(_listed, those))


def _listed(rows: Sequence[_Row]) -> bytes:
    return b"[" + b",".join([row.make() for row in rows]) + b"]"


def _dictionary_of(rows: Sequence[_Row]) -> Shard:
    """What compression of records may point back into: articles of the least marks, which hardly any other precedes."""
    those: list[_Row] = []
    size = 0
    for row in sorted(rows, key=lambda row: row.mark):
        if size >= LONGEST_DICTIONARY:
            break
        those.append(row)
        size += row.size
    return Shard(
        tuple(row.follows for row in those), cache(lambda: b"".join(row.make() for row in those)[:LONGEST_DICTIONARY])
    )


def _columns(those: Sequence[Record], sources: Sequence[str], codes: Sequence[str], signals: Sequence[str]) -> bytes:
    """Column by column: first day, days to the last, sources, languages, signals."""
    numbers: list[int] = []
    before = 0
    for record in those:
        numbers.append(signed(record.first - before))
        before = record.first
    numbers += [0 if record.last == LAST_DAY else record.last - record.first + 1 for record in those]
    column: Callable[[Record], tuple[str, ...]]
    for known, column in (
        (sources, lambda record: record.sources),
        (codes, lambda record: record.languages),
        (signals, lambda record: record.signals),
    ):
        places = {value: place for place, value in enumerate(known)}
        of_all = list(map(column, those))
        # Thousands of records have some hundred different ones.
        told = {values: [len(values), *(places.get(value, 0) for value in values)] for values in set(of_all)}
        numbers += chain.from_iterable(map(told.__getitem__, of_all))
    return varints(numbers)[0]


def _entity_column(about: About, count: int) -> bytes:
    """Of each of `count` records how many entities, and the distance of each from the one before."""
    counts = np.bincount(about.records, minlength=count)
    ends = np.cumsum(counts + 1)
    first = np.concatenate([[True], about.records[1:] != about.records[:-1]])[: len(about.records)]
    numbers = np.empty(int(ends[-1]) if count else 0, dtype=np.int64)
    numbers[ends - counts - 1] = counts
    numbers[np.arange(len(first)) + about.records + 1] = np.where(
        first, about.entities, np.diff(about.entities, prepend=0) - 1
    )
    return varints(numbers)[0]


def _ranked(values: Iterable[str]) -> list[str]:
    """Each value once, the most frequent first."""
    return [value for value, _ in sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))]
