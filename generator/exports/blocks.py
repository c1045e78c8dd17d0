"""Tables as CSV, JSON and a database, block of rows by block: one that did not change is taken from the last build.

A block begins at a row whose first cell says so by its digest, and so at the same row whatever comes before it: a row
more changes its own block and no other. Making rows takes a tenth of what writing them three times over does, so most
are always made, and compared by digest; nobody has to say what a row depends on. Of tables with the most rows it is
known what those of an article follow from, and that is compared instead.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby, pairwise
from operator import itemgetter
from zlib import crc32

import msgspec

from generator.encode.csv import encode_csv
from generator.exports.database import Kept, Run, build_database
from generator.exports.rows import Group, Grouped, Row, Table
from generator.recall import TableBlocks, TableMemory

DATABASE = "briefing.sqlite"
# Rows with one first cell (those of an article, as a rule) stand together. So many of such groups are a block, in the
# mean: fewer make more digests, more make more anew where one row changes.
_GROUPS = 16
# Bytes of a digest: that two blocks out of a billion have the same one is less likely than a fault of the memory.
_DIGEST = 16
# What stands around the rows of a JSON file, and between them.
_OPEN, _BETWEEN, _CLOSE, _EMPTY = b"[\n", b",\n", b"\n]\n", b"[]\n"


@dataclass(frozen=True, slots=True)
class Written:
    """Tables as files by name, and what the next build needs to write less of them anew."""

    files: dict[str, bytes]
    memory: TableMemory


@dataclass(frozen=True, slots=True)
class _Old:
    """A block of the last build: its rows, counted from 1, and its parts of the files."""

    first: int
    count: int
    csv: slice
    json: slice


def write_tables(tables: Sequence[Table], memory: TableMemory, read: Callable[[str], bytes]) -> Written:
    """`tables` as CSV and JSON each, and as a database together. Neither `memory` nor `read` changes what comes out.

    `memory` is what the last build left; `read` gives the bytes of a file of it by name, none where it does not stand
    as that build wrote it.
    """
    files: dict[str, bytes] = {}
    told: dict[str, TableBlocks] = {}
    runs: dict[str, list[Run]] = {}
    for table in tables:
        texts = read(f"{table.name}.csv"), read(f"{table.name}.json")
        old = _old(memory.tables.get(table.name, TableBlocks()), texts)
        files[f"{table.name}.csv"], files[f"{table.name}.json"], told[table.name], runs[table.name] = _table(
            table, old, texts
        )
    last = read(DATABASE) if any(isinstance(run, range) for some in runs.values() for run in some) else b""
    files[DATABASE] = build_database(tables, Kept(last, runs) if last else None)
    return Written(files, msgspec.structs.replace(memory, tables=told, stamps={}))


def _table(
    table: Table, old: Mapping[bytes, _Old], texts: tuple[bytes, bytes]
) -> tuple[bytes, bytes, TableBlocks, list[Run]]:
    """The table as CSV and as JSON, its blocks, and its rows for the database: those of `old` by where they stood."""
    header = [column.name for column in table.columns]
    csv, json = [encode_csv(header, ()).encode()], []
    digests: list[bytes] = []
    counts, csv_sizes, json_sizes = array("I"), array("I"), array("I")
    runs: list[Run] = []
    for told, make in _blocks(table.rows):
        digest = blake2b(_ENCODER.encode(told), digest_size=_DIGEST).digest()
        known = old.get(digest)
        if known:
            csv.append(texts[0][known.csv])
            json.append(texts[1][known.json])
            runs.append(range(known.first, known.first + known.count))
        else:
            rows = make()
            csv.append(encode_csv(None, rows).encode())
            json.append(indented([dict(zip(header, row, strict=True)) for row in rows])[len(_OPEN) : -len(_CLOSE)])
            runs.append(rows)
        digests.append(digest)
        counts.append(len(runs[-1]))
        csv_sizes.append(len(csv[-1]))
        json_sizes.append(len(json[-1]))
    blocks = TableBlocks(b"".join(digests), counts.tobytes(), csv_sizes.tobytes(), json_sizes.tobytes())
    whole = _OPEN + _BETWEEN.join(json) + _CLOSE if json else _EMPTY
    return b"".join(csv), whole, blocks, runs


def indented(value: object) -> bytes:
    """`value` as JSON for people to read."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[list[object], Callable[[], list[Row]]]]:
    """Of each block what its rows follow from, which may be themselves, and what makes them."""
    block: list[Group] = []
    for group in rows.groups() if isinstance(rows, Grouped) else _plain(rows):
        if block and not crc32(group.first.encode("utf-8", "surrogatepass")) % _GROUPS:
            yield _told(block)
            block = []
        block.append(group)
    if block:
        yield _told(block)


def _plain(rows: Iterable[Row]) -> Iterator[Group]:
    for first, group in groupby(rows, key=itemgetter(0)):
        some = list(group)
        yield Group(str(first), None, some.copy)


def _told(block: Sequence[Group]) -> tuple[list[object], Callable[[], list[Row]]]:
    told: list[object] = [group.make() if group.source is None else (group.first, group.source) for group in block]
    return told, lambda: [row for group in block for row in group.make()]


def _old(blocks: TableBlocks, texts: tuple[bytes, bytes]) -> dict[bytes, _Old]:
    """The blocks of the last build by their digests; none where its files are not there."""
    counts, csv_sizes, json_sizes = (array("I", part) for part in (blocks.counts, blocks.csv, blocks.json))
    if not all(texts) or not counts:
        return {}
    csv_at, json_at, row = texts[0].index(b"\r\n") + 2, len(_OPEN), 1
    found: dict[bytes, _Old] = {}
    ends = range(0, len(blocks.digests) + 1, _DIGEST)
    for (begin, end), count, csv, json in zip(pairwise(ends), counts, csv_sizes, json_sizes, strict=True):
        found[blocks.digests[begin:end]] = _Old(row, count, slice(csv_at, csv_at + csv), slice(json_at, json_at + json))
        row, csv_at, json_at = row + count, csv_at + csv, json_at + json + len(_BETWEEN)
    return found


_ENCODER = msgspec.msgpack.Encoder()
