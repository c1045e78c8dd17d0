"""The digests of documents, kept beside their analyses: what need not be worked out again in every build."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, get_type_hints

import msgspec

from generator.corpus.digest import Digest, Digester
from generator.model import Annotated
from generator.pipeline.version import corpus_version

# Digests that are kept at a time: some megabytes, and few enough that a build that is ended has kept most of its work.
_AT_ONCE = 400


class Store(Protocol):
    """Where digests are kept between builds."""

    def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of those `keys` that are known."""

    def put_many(self, entries: Mapping[str, bytes]) -> None:
        """Keep all of `entries`."""


class Digests:
    """The digests of a corpus by document id, encoded: decoded, they would take as much memory as the articles.

    A stage decodes its own part of them, and lets go of it when it is done.
    """

    def __init__(self, encoded: Mapping[str, bytes]) -> None:
        self._encoded = encoded

    @classmethod
    def of(cls, annotated: Sequence[Annotated]) -> Digests:
        """The digests of documents, worked out here."""
        digester = Digester()
        return cls({one.document.id: msgspec.msgpack.encode(digester.digest(one)) for one in annotated})

    def part(self, name: str) -> Part:
        """The part of the digests that the field `name` of `Digest` holds, by document id."""
        return Part(self._encoded, name)


class Part(Mapping[str, Any]):
    """One field of the digests by document id, decoded whenever it is asked for."""

    def __init__(self, encoded: Mapping[str, bytes], name: str) -> None:
        self._encoded = encoded
        kind = get_type_hints(Digest)[name]
        # Of a value of this type MessagePack's decoder passes over all other fields.
        only = msgspec.defstruct("Only", [("value", kind, msgspec.field(name=name))])
        self._decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(only)

    def __getitem__(self, document: str) -> Any:
        return self._decoder.decode(self._encoded[document]).value

    def __iter__(self) -> Iterator[str]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)


def find_digests(
    annotated: Sequence[Annotated], keys: Sequence[str], store: Store, progress: Callable[[int, int], None]
) -> Digests:
    """The digests of documents, from `store` where it has them; what it lacks is worked out and put there.

    `keys` are those of the analyses; `progress` is called with (done, to do) while digests are worked out.
    """
    version = corpus_version()
    own = {
        one.document.id: hashlib.sha256(f"{version} {key}".encode()).hexdigest()
        for one, key in zip(annotated, keys, strict=True)
    }
    known = store.get_many(list(own.values()))
    encoded = {document: known[key] for document, key in own.items() if key in known}
    missing = [one for one in annotated if one.document.id not in encoded]
    digester = Digester()
    for start in range(0, len(missing), _AT_ONCE):
        part = missing[start : start + _AT_ONCE]
        made = {one.document.id: msgspec.msgpack.encode(digester.digest(one)) for one in part}
        store.put_many({own[document]: value for document, value in made.items()})
        encoded.update(made)
        progress(len(made) + start, len(missing))
    return Digests(encoded)
