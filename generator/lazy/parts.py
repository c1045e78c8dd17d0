"""The parts of an encoded article, each read by itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from generator.aligned import Span
from generator.lazy.marked import Marked
from generator.model import DateExpression, Gloss, Mention, Quote, Removal, Zone

MARKS: Mapping[str, Any] = {
    "sentences": tuple[Span, ...],
    "marked": Marked,
    "dates": tuple[DateExpression, ...],
    "quotes": tuple[Quote, ...],
}
DOCUMENT_PARTS: Mapping[str, Any] = {
    "zones": tuple[Zone, ...],
    "ledger": tuple[Removal, ...],
    "glosses": tuple[Gloss, ...],
}


def encode_marks(encoded: bytes) -> bytes:
    """What an encoded article has besides its document, encoded: whoever wants that need not take the text, too."""
    found = _marks_decoder().decode(encoded)
    return msgspec.msgpack.encode(
        {
            "sentences": found.sentences,
            "marked": Marked.of(found.mentions),
            "dates": found.dates,
            "quotes": found.quotes,
        }
    )


@cache
def _marks_decoder() -> msgspec.msgpack.Decoder[Any]:
    kinds = {"sentences": msgspec.Raw, "mentions": tuple[Mention, ...], "dates": msgspec.Raw, "quotes": msgspec.Raw}
    return msgspec.msgpack.Decoder(msgspec.defstruct("Marks", list(kinds.items())))


@cache
def decoders() -> Mapping[str, tuple[msgspec.msgpack.Decoder[Any], tuple[str, ...]]]:
    """Of each part what reads it out of an encoded article, and where it is in what that gives.

    Of a value of such a type MessagePack's decoder passes over all other fields.
    """
    paths: list[tuple[tuple[str, ...], Any]] = [
        *(((name,), kind) for name, kind in MARKS.items()),
        *((("document", name), kind) for name, kind in DOCUMENT_PARTS.items()),
        (("document", "seed", "text"), str),
    ]
    found = {}
    for path, innermost in paths:
        kind = innermost
        for step in reversed(path):
            kind = msgspec.defstruct("Only", [(step, kind)])
        found[path[-1]] = (msgspec.msgpack.Decoder(kind), path)
    return found
