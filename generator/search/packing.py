"""Numbers and records as bytes, bytes as script files that a page can load from any address, a disk included."""

from __future__ import annotations

import json
import zlib
from codecs import BOM_UTF16_LE
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

# What a page may call nothing else by. `push` is the client's once it is there; until then it is an array's.
REGISTER = "(self.__briefingSearch=self.__briefingSearch||[]).push"
_BEGIN = f'{REGISTER}(["'
# Packed bytes stand in a string of the script, fifteen bits a character. In UTF-16 that takes 16 bits, in all a
# fifteenth more than the bytes; base 64 would take a third more. The mark in front says UTF-16 to every browser,
# whatever a server says. From here on come 32,768 characters that need no escape, end no line and are no surrogates.
FIRST_CHARACTER = 0x3000
BITS = 15
# As far back as deflate can point.
LONGEST_DICTIONARY = 32_768
# To undo the compression of codes takes a browser longer than to work with them; not worth it for a twentieth less.
_WORTH = 0.95

Numbers = NDArray[np.int64]
Small = NDArray[np.int32]
"""Numbers of four bytes: of words there are millions, and half the memory is half the time."""


@dataclass(frozen=True, slots=True)
class Blobs:
    """Byte strings one after the other: `ends[i]` is where number i ends."""

    content: bytes
    ends: Numbers

    @property
    def lengths(self) -> Numbers:
        """How many bytes each has."""
        return np.diff(self.ends, prepend=0)


def joined(parts: Sequence[Blobs]) -> Blobs:
    """All blobs of `parts` in their order."""
    ends, size = [np.zeros(0, dtype=np.int64)], 0
    for part in parts:
        ends.append(part.ends + size)
        size += len(part.content)
    return Blobs(b"".join(part.content for part in parts), np.concatenate(ends))


def woven(columns: Sequence[Blobs]) -> Blobs:
    """Of each number the blobs of that number in all `columns`, one behind the other."""
    ends = np.cumsum(sum(column.lengths for column in columns))
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    at = np.concatenate([[0], ends])[:-1]
    for column in columns:
        lengths = column.lengths
        out[np.arange(len(column.content)) + np.repeat(at - (column.ends - lengths), lengths)] = np.frombuffer(
            column.content, dtype=np.uint8
        )
        at += lengths
    return Blobs(out.tobytes(), ends)


def varints(numbers: ArrayLike) -> tuple[bytes, Numbers]:
    """All of `numbers` (not negative), seven bits a byte, lowest first; and where the bytes of each end."""
    values = np.asarray(numbers, dtype=np.int64)
    lengths = np.ones(len(values), dtype=np.int64)
    for bits in range(7, 63, 7):
        longer = np.flatnonzero(values >> bits)
        if not len(longer):
            break
        lengths[longer] += 1
    ends = np.cumsum(lengths)
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    at = ends - lengths
    while len(values):
        open_ones = values > 127
        out[at] = values & 127 | open_ones.astype(np.int64) << 7
        values, at = values[open_ones] >> 7, at[open_ones] + 1
    return out.tobytes(), ends


def signed(number: int) -> int:
    """A number of either sign as one that is not negative, small where it was near zero."""
    return number * 2 if number >= 0 else -number * 2 - 1


def order(word: str) -> bytes:
    """The key by which words are sorted: as browsers compare strings, by UTF-16 units."""
    return word.encode("utf-16-be", "surrogatepass")


def ordered(words: Sequence[str]) -> list[int]:
    """The places of `words` in the order in which browsers sort them."""
    # Below the surrogates that is Python's own order.
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    keys: Sequence[str | bytes] = words if letters.max(initial=0) < 0xD800 else list(map(order, words))
    return sorted(range(len(words)), key=keys.__getitem__)


def script(name: str, content: bytes, dictionary: bytes = b"", *, dense: bool = False) -> bytes:
    """The script that hands `content` to the client under `name`, compressed.

    Its length goes with it, to tell a torn file, and its sum, to tell one in which a bit is turned.

    Compression may point back into `dictionary`, which the client then needs too. What is `dense` is codes already, and
    only briefly looked at; where that saves little, it stays as it is.
    """
    # Of nine levels of care the sixth takes two thirds of the time of the ninth for half a percent more.
    packed = _deflated(content, 1 if dense else 6, dictionary)
    if dense and len(packed) > len(content) * _WORTH:
        packed = _deflated(content, 0, b"")
    head = f'{_BEGIN}{name}",{len(content)},"'.encode("utf-16-le")
    return BOM_UTF16_LE + head + _characters(packed) + f'",{zlib.adler32(content)}]);\n'.encode("utf-16-le")


def renamed(made: bytes, name: str) -> bytes:
    """A script that `script` made, of the same content, under another name."""
    begin = BOM_UTF16_LE + _BEGIN.encode("utf-16-le")
    rest = made[made.index('",'.encode("utf-16-le"), len(begin)) :]
    return begin + name.encode("utf-16-le") + rest


def _deflated(content: bytes, level: int, dictionary: bytes) -> bytes:
    if dictionary:
        squeezed = zlib.compressobj(level, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
    else:
        squeezed = zlib.compressobj(level, zlib.DEFLATED, -15, 9)
    return squeezed.compress(content) + squeezed.flush()


def _characters(packed: bytes) -> bytes:
    """`packed` as characters of fifteen bits each, the highest bit first, in UTF-16."""
    count = -(-len(packed) * 8 // BITS)
    rows = -(-len(packed) // BITS)
    padded = np.zeros((rows, BITS + 1), dtype=np.uint32)
    padded[:, :BITS].flat[: len(packed)] = np.frombuffer(packed, dtype=np.uint8)
    units = np.empty((rows, 8), dtype="<u2")
    for number in range(8):
        byte, bit = divmod(number * BITS, 8)
        window = padded[:, byte] << 16 | padded[:, byte + 1] << 8 | padded[:, min(byte + 2, BITS)]
        units[:, number] = (window >> (24 - BITS - bit) & 0x7FFF) + FIRST_CHARACTER
    return units.tobytes()[: count * 2]


def manifest_script(tree: Any) -> bytes:
    """The script that hands `tree` to the client as the manifest; no letter in it can end a script."""
    told = json.dumps(tree, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
    return f'{REGISTER}(["index",{told}]);\n'.encode()


def json_bytes(tree: Any) -> bytes:
    """`tree` as compact JSON."""
    try:
        return msgspec.json.encode(tree)
    except UnicodeEncodeError:
        # Half a surrogate pair, as a broken text may hold; what stands for it says that something is missing.
        return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def json_lines(trees: Sequence[Any]) -> list[bytes]:
    """Each of `trees` as `json_bytes` gives it."""
    try:
        return msgspec.json.Encoder().encode_lines(trees).split(b"\n")[:-1]
    except UnicodeEncodeError:
        return list(map(json_bytes, trees))


def batches(sizes: Sequence[int], limit: int) -> Iterable[tuple[int, int]]:
    """Ranges of consecutive entries whose sizes stay below `limit` together; a larger one is alone."""
    return steady_batches(sizes, limit, [False] * len(sizes))


def steady_batches(sizes: Sequence[int], limit: int, marks: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """As `batches`, but a range that holds half of `limit` ends before an entry that is marked.

    Where an entry more moves the ends of ranges, those behind it soon are at the same marks again.
    """
    start = total = 0
    for index, (size, marked) in enumerate(zip(sizes, marks, strict=True)):
        if index > start and (total + size > limit or (marked and total * 2 >= limit)):
            yield start, index
            start, total = index, 0
        total += size
    if start < len(sizes):
        yield start, len(sizes)
