"""The heads of articles: what every list of them shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import msgspec

from generator.lazy.values import Counts, counts, opening
from generator.model import Annotated, Field, Issue, Published, Reference, Signal


class Head(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A head as it is read; what recurs all over a corpus is left encoded, so that it is decoded once."""

    size: int
    counts: tuple[int, ...]
    opening: tuple[str, ...]
    id: str
    name: str
    sha256: str
    encoding: str
    title: Field
    url: Field | None
    published: Published
    words: int
    references: tuple[Reference, ...]
    signals: tuple[Signal, ...]
    issues: tuple[Issue, ...]
    seed_issues: tuple[Issue, ...]
    override: dict[str, str | list[str]]
    authors: msgspec.Raw
    outlet: msgspec.Raw
    credit: msgspec.Raw
    category: msgspec.Raw
    language: msgspec.Raw
    translated_from: msgspec.Raw
    updated: msgspec.Raw


SHARED: Mapping[str, Any] = {
    "authors": tuple[Field, ...],
    "outlet": Field | None,
    "credit": Field | None,
    "category": Field | None,
    "language": Field | None,
    "translated_from": Field | None,
    "updated": Published,
}


def encode_head(annotated: Annotated, size: int) -> bytes:
    """The head of an article that takes `size` bytes encoded."""
    document, seed, count = annotated.document, annotated.document.seed, counts(annotated)
    head = (
        size,
        tuple(getattr(count, one.name) for one in fields(Counts)),
        opening(document),
        document.id,
        seed.name,
        seed.sha256,
        seed.encoding,
        document.title,
        document.url,
        document.published,
        document.words,
        document.references,
        document.signals,
        document.issues,
        seed.issues,
        seed.override,
        *(getattr(document, name) for name in SHARED),
    )
    return msgspec.msgpack.encode(head)


class Sharer:
    """Decodes what recurs once."""

    def __init__(self) -> None:
        self._known: dict[str, dict[bytes, Any]] = {name: {} for name in SHARED}
        self._decoders = {name: msgspec.msgpack.Decoder(kind) for name, kind in SHARED.items()}

    def shared(self, name: str, encoded: msgspec.Raw) -> Any:
        """The value of the field `name`."""
        key = bytes(encoded)
        known = self._known[name]
        if key not in known:
            known[key] = self._decoders[name].decode(key)
        return known[key]
