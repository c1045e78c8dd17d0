"""What the last build's index knows of a record, told by what its text follows from: so that no text need be read."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from hashlib import blake2b

import msgspec
import numpy as np

from generator.model import Annotated, Quote
from generator.recall import SearchMemory

# 128 bits: enough that no two texts meet by accident.
KEY_BYTES = 16
_ENCODER = msgspec.msgpack.Encoder()
# Stands for the place of a quotation that its paragraph does not hold as it is written.
NOWHERE = (-1, -1)

Origin = Callable[[Annotated], str]
"""Gives what the text of a document follows from and nothing else does; empty where that is not known."""


def unknown(_annotated: Annotated) -> str:
    """An origin that tells nothing."""
    return ""


class Known:
    """The records of the last build."""

    def __init__(self, memory: SearchMemory) -> None:
        keys = memory.records
        self.places = {keys[at : at + KEY_BYTES]: at // KEY_BYTES for at in range(0, len(keys), KEY_BYTES)}
        """Where each record stood among all of them, by its key."""
        self._sizes = array("i", memory.sizes)
        self._quoted = array("i", memory.quoted)
        self._quotes = memory.quotes

    def size(self, key: bytes) -> int:
        """How many bytes the texts of an article take as JSON; below zero where it is not known."""
        place = self.places.get(key, -1)
        return self._sizes[place] if 0 <= place < len(self._sizes) else -1

    def quoted(self, key: bytes) -> tuple[int, int] | None:
        """Where a quotation begins in its paragraph and how long it is there, or `NOWHERE`."""
        at = 2 * (self.places[key] - self._quotes) if key in self.places else -1
        return (self._quoted[at], self._quoted[at + 1]) if 0 <= at < len(self._quoted) else None


def is_sound(memory: SearchMemory) -> bool:
    """Whether a build may have left `memory`: what it counts is there, and what it points to."""
    columns = (memory.stems, memory.words, memory.counts, memory.passages, memory.sizes)
    if any(len(column) % 4 for column in columns) or len(memory.quoted) % 8 or len(memory.records) % KEY_BYTES:
        return False
    stems, words, counts, passages = (np.frombuffer(column, dtype="<i4") for column in columns[:4])
    return (
        len(stems) == len(memory.surfaces)
        and len(passages) * KEY_BYTES == len(memory.records)
        and int(counts.sum(dtype=np.int64)) == len(words)
        and int(passages.sum(dtype=np.int64)) == len(counts)
        and min(int(column.min(initial=0)) for column in (stems, words, counts, passages)) == 0
        and int(stems.max(initial=-1)) < len(memory.terms)
        and int(words.max(initial=-1)) < len(memory.surfaces)
    )


def article_key(origin: str) -> bytes:
    """The key of an article by its origin; none where that is not known."""
    return key_of(b"article", origin.encode()) if origin else b""


def quote_key(article: bytes, quote: Quote, speaker: str) -> bytes:
    """The key of a quotation in the article of a key; none where that has none."""
    if not article:
        return b""
    told = f"{quote.paragraph},{len(quote.text)}\0{quote.text}{speaker}"
    return key_of(b"quote", article, told.encode("utf-8", "surrogatepass"))


def key_of(*parts: bytes) -> bytes:
    """A digest of `parts`, each behind its length."""
    return blake2b(_ENCODER.encode(parts), digest_size=KEY_BYTES).digest()
