"""Rows as files, block of rows by block: one that did not change is a stretch of what the last build wrote.

A block begins at a row whose first cell says so by its digest, and so at the same row whatever comes before it: a row
more changes its own block and no other. Where it is known what the rows of an article follow from, that is compared;
other rows are made and compared by digest, so that nobody has to say what they depend on.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from zlib import crc32

import msgspec

from generator.exports.rows import Group, Grouped, Row
from generator.recall import Blocks, Cut, Made, Pieced

Run = Sequence[Row] | range
"""Rows that follow each other: themselves, or their numbers, counted from 1, in the last build."""

# Rows with one first cell (those of an article, as a rule) stand together. So many of such groups are a block, in the
# mean: fewer make more digests, more make more anew where one row changes.
_GROUPS = 16
# Bytes of a digest: that two blocks out of a billion have the same one is less likely than a fault of the memory.
_DIGEST = 16
_ENCODER = msgspec.msgpack.Encoder()


@dataclass(frozen=True, slots=True)
class Form:
    """A file that holds rows: how a block of them is written, and what stands around and between blocks."""

    name: str
    encode: Callable[[Sequence[Row]], bytes]
    before: bytes = b""
    between: bytes = b""
    after: bytes = b""
    empty: bytes = b""
    """The whole file where there are no rows."""


@dataclass(frozen=True, slots=True)
class Written:
    """Rows as files."""

    files: dict[str, Made]
    """Content by name."""
    kept: frozenset[str]
    """Names of those that stand as they are to be; they are not in `files`."""
    blocks: Blocks
    """What the next build needs to write less of them anew."""
    runs: list[Run]
    """The rows block by block."""


@dataclass(frozen=True, slots=True)
class _Old:
    """A block of the last build: its rows, and where it stands in each file."""

    rows: range
    cuts: tuple[Cut, ...]


def write_rows(rows: Sequence[Row], forms: Sequence[Form], last: Blocks, stands: Callable[[str], bool]) -> Written:
    """`rows` in each of `forms`. Neither `last` nor `stands` changes what the files then hold.

    `last` is what the last build left; `stands` says whether a file is there, by its name, as that build wrote it.
    """
    believed = all(stands(form.name) for form in forms)
    old = _old(last, forms) if believed else {}
    digests: list[bytes] = []
    runs: list[Run] = []
    blocks: list[Sequence[bytes | Cut]] = []
    for told, make in _blocks(rows):
        digest = blake2b(_ENCODER.encode(told), digest_size=_DIGEST).digest()
        known = old.get(digest)
        digests.append(digest)
        if known:
            runs.append(known.rows)
            blocks.append(known.cuts)
        else:
            made = make()
            runs.append(made)
            blocks.append([form.encode(made) for form in forms])
    sizes = [array("I", [_size(block[number]) for block in blocks]).tobytes() for number in range(len(forms))]
    now = Blocks(b"".join(digests), array("I", map(len, runs)).tobytes(), sizes)
    if believed and now == last:
        return Written({}, frozenset(form.name for form in forms), now, runs)
    files = {form.name: _content(form, [block[number] for block in blocks]) for number, form in enumerate(forms)}
    return Written(files, frozenset(), now, runs)


def indented(value: object) -> bytes:
    """`value` as JSON for people to read."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def json_form(name: str, encode: Callable[[Sequence[Row]], bytes]) -> Form:
    """A file that is a list in JSON, of which `encode` gives some as a list of their own, written as by `indented`."""
    before, after = b"[\n", b"\n]\n"
    return Form(name, lambda rows: encode(rows)[len(before) : -len(after)], before, b",\n", after, b"[]\n")


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


def _old(last: Blocks, forms: Sequence[Form]) -> Mapping[bytes, _Old]:
    """The blocks of the last build by their digests."""
    digests = (last.digests[at : at + _DIGEST] for at in range(0, len(last.digests), _DIGEST))
    runs = pairwise(accumulate(array("I", last.counts), initial=1))
    cuts = zip(*map(_cuts, forms, last.sizes), strict=True)
    blocks = zip(digests, runs, cuts, strict=True)
    return {digest: _Old(range(first, end), places) for digest, (first, end), places in blocks}


def _cuts(form: Form, sizes: bytes) -> Iterator[Cut]:
    """Where in the file each block stands."""
    begin = len(form.before)
    for size in array("I", sizes):
        yield Cut(begin, begin + size)
        begin += size + len(form.between)


def _size(piece: bytes | Cut) -> int:
    return piece.end - piece.begin if isinstance(piece, Cut) else len(piece)


def _content(form: Form, blocks: Iterable[bytes | Cut]) -> Made:
    pieces: list[bytes | Cut] = []
    for block in blocks:
        last = pieces[-1] if pieces else None
        if isinstance(block, Cut) and isinstance(last, Cut) and block.begin == last.end + len(form.between):
            # They followed each other before.
            pieces[-1] = Cut(last.begin, block.end)
        else:
            pieces += (form.between if pieces else form.before, block)
    if not pieces:
        return form.empty
    pieces.append(form.after)
    new = [piece for piece in pieces if not isinstance(piece, Cut)]
    return b"".join(new) if len(new) == len(pieces) else Pieced(tuple(pieces))
