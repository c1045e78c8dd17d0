"""Numbers and records as bytes, bytes as script files that a page can load from any address, a disk included."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any

# What a page may call nothing else by. `push` is the client's once it is there; until then it is an array's.
REGISTER = "(self.__briefingSearch=self.__briefingSearch||[]).push"


def varint(number: int, out: bytearray) -> None:
    """Append `number` (not negative) to `out`, seven bits a byte, lowest first."""
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def signed(number: int) -> int:
    """A number of either sign as one that is not negative, small where it was near zero."""
    return number * 2 if number >= 0 else -number * 2 - 1


def text(value: str, out: bytearray) -> None:
    """Append `value` as UTF-8 behind its length."""
    encoded = value.encode()
    varint(len(encoded), out)
    out += encoded


def order(word: str) -> bytes:
    """The key by which words are sorted: as browsers compare strings, by UTF-16 units."""
    return word.encode("utf-16-be", "surrogatepass")


def script(name: str, content: bytes) -> bytes:
    """The script that hands `content` to the client under `name`: compressed, with its length to tell a torn file."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezed.compress(content) + squeezed.flush()
    return f'{REGISTER}(["{name}",{len(content)},"{b64encode(packed).decode()}"]);\n'.encode()


def manifest_script(tree: Any) -> bytes:
    """The script that hands `tree` to the client as the manifest; no letter in it can end a script."""
    told = json.dumps(tree, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
    return f'{REGISTER}(["index",{told}]);\n'.encode()


def json_bytes(tree: Any) -> bytes:
    """`tree` as compact JSON."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def batches(sizes: Sequence[int], limit: int) -> Iterable[tuple[int, int]]:
    """Ranges of consecutive entries whose sizes stay below `limit` together; a larger one is alone."""
    start = total = 0
    for index, size in enumerate(sizes):
        if index > start and total + size > limit:
            yield start, index
            start, total = index, 0
        total += size
    if start < len(sizes):
        yield start, len(sizes)
