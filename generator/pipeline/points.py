"""Key points of articles, kept between builds: of most articles nothing changes that they follow from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b

import msgspec

from generator.corpus.dating import Alone
from generator.model import Article, Evidence
from generator.pipeline.digests import Digests
from generator.pipeline.marks import Mark
from generator.recall import PointMemory

# 128 bits: no two differ by accident.
_KEY_BYTES = 16

Points = tuple[Evidence, ...]


class Found(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The key points of one article, and the digest of what they follow from; empty where that is not known."""

    key: bytes
    points: msgspec.Raw


def find_points(
    articles: Sequence[Article],
    follows_from: Callable[[int], bytes],
    make: Callable[[Article], Points],
    memory: PointMemory,
    marks: Sequence[Mark] | None = None,
) -> list[Found]:
    """The key points of each article, as `make` gives them, or as `memory` has them by what they follow from.

    `follows_from` gives the digest of that for the article of a number, or nothing. What stands by the mark of an
    article follows from the same, too.
    """

    def find(at: int) -> Found:
        key = follows_from(at)
        known = memory.points.get(key) if key else None
        return Found(key, msgspec.Raw(known or msgspec.msgpack.encode(make(articles[at]))))

    numbers = range(len(articles))
    if marks is None:
        return [find(at) for at in numbers]
    return [mark.once("found", find, at) for at, mark in zip(numbers, marks, strict=True)]


def sources(
    articles: Sequence[Article],
    digests: Digests,
    meant: Mapping[str, Mapping[int, str]],
    dates: Mapping[int, Alone],
) -> Callable[[int], bytes]:
    """What the key points of an article follow from, as a digest by its number.

    That is the document with all that is worked out from it alone, which of its mentions mean the same (what that is
    called changes as soon as another article has the fuller name), and its dates where other articles have a part in
    them (`dates`, by number).
    """
    encode = msgspec.msgpack.encode

    def source(at: int) -> bytes:
        one = articles[at]
        document = digests.keys.get(one.id)
        if document is None:
            return b""
        numbers: dict[str, int] = {}
        own = sorted(meant.get(one.id, {}).items())
        same = [(mention, numbers.setdefault(entity, len(numbers))) for mention, entity in own]
        told = encode((one.id, document, same, dates.get(at)))
        return blake2b(told, digest_size=_KEY_BYTES).digest()

    return source


def points_of(
    articles: Sequence[Article], found: Sequence[Found], marks: Sequence[Mark] | None = None
) -> dict[str, Points]:
    """The key points by article."""
    decode = msgspec.msgpack.Decoder(Points).decode
    if marks is None:
        return {one.id: decode(own.points) for one, own in zip(articles, found, strict=True)}
    told = zip(articles, found, marks, strict=True)
    return {one.id: mark.once("points", decode, own.points) for one, own, mark in told}


def remembered(version: str, found: Sequence[Found]) -> PointMemory:
    """What the next build may take over."""
    return PointMemory(version, {one.key: bytes(one.points) for one in found if one.key})
