"""Digests of what pages are told: what the library holds has one however often it is told, and many come from columns.

An entity is told with all its mentions, and so are the names of an article. They are compared by where they stand, and
by what the article follows from: the same text, read the same way, has the same mention in the same place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from hashlib import blake2b
from itertools import pairwise
from operator import attrgetter
from types import NoneType
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from generator.lazy.named import Numbers, plain
from generator.model import Article, Entity, Event, ResolvedQuote
from generator.pages.census import Origin
from generator.pages.library import Library

# Bytes of a digest: that two answers out of a billion have the same one is less likely than a fault of the memory.
DIGEST = 16
# Values that stand in many answers and lists.
_SHARED = (Article, Entity, Event, ResolvedQuote)
_PLAIN = frozenset({str, int, float, bool, bytes, NoneType})
_OF_ENTITY = attrgetter(*(one.name for one in fields(Entity) if one.name != "mentions"))
_MENTION = np.dtype([("of", f"V{DIGEST}"), ("start", "<u4"), ("end", "<u4"), ("type", "u1")])
_COMPANION = np.dtype(
    [("id", f"V{DIGEST}"), ("counts", "<i8", 2), ("first", f"V{DIGEST}"), ("second", f"V{DIGEST}"), ("at", "<i8", 2)]
)


class Known:
    """What was told of the last corpus, for a process that makes the pages of one after the other.

    It is known again by being equal, which things that nothing changed are at a glance: they are the same objects.
    """

    def __init__(self) -> None:
        self._last: dict[object, tuple[object, bytes]] = {}
        self._now: dict[object, tuple[object, bytes]] = {}

    def begin(self) -> None:
        """Begin with a corpus: what only the one before the last had is forgotten."""
        self._last, self._now = self._now, {}

    def of(self, place: object, value: object, make: Callable[[Any], bytes]) -> bytes:
        """What `make` gives of the `value` in that place."""
        known = self._last.get(place)
        if known is None or known[0] != value:
            known = value, make(value)
        self._now[place] = known
        return known[1]


class Prints:
    """Digests of the values of a library."""

    def __init__(self, library: Library, origin: Origin, known: Known | None = None) -> None:
        """`known` are those of the last library of the same process."""
        self._library = library
        self._origin = origin
        self._known = known
        self._of_value: dict[int, bytes] = {}
        self._fields: dict[type[Any], Callable[[Any], Iterable[object]]] = {}
        if known is not None:
            known.begin()

    def of(self, value: object) -> bytes:
        """The digest of `value`, or of a row of values."""
        return self._of_shared(value) if _is_shared(value) else digest(encode(value))

    def printer(self, name: str, answer: Callable[[Any], object]) -> Callable[[Any], bytes]:
        """What gives the digest of the `answer` to a question about `name`, which is a thing of the corpus or a row."""
        known = self._known
        if known is None:
            return lambda key: self.of(answer(key))
        return lambda key: known.of((name, key), answer(key), self.of)

    def of_shown(self, here: str, shown: object) -> bytes:
        """The digest of what the page at `here` shows: values of the corpus, or made of such.

        Raises `TypeError` for what is no value.
        """
        known = self._known
        if known is None:
            return digest(encode(self._spelt(shown)))
        return known.of(("shown", here), _in_order(shown), lambda those: digest(encode(self._spelt(those))))

    @cached_property
    def entities(self) -> Mapping[str, bytes]:
        """The digest of each entity by id."""
        census = self._library.census
        columns = np.empty(len(census.start), _MENTION)
        columns["of"] = np.append(_void(self._articles), np.zeros(1, f"V{DIGEST}"))[census.article]
        parts = self._placed(columns, np.arange(len(columns)), census.entity, census.edges)
        known = self._known
        return {
            entity.id: digest(
                (known.of(entity.id, _OF_ENTITY(entity), encode) if known else encode(_OF_ENTITY(entity))) + part
            )
            for entity, part in zip(census.entities, parts, strict=True)
        }

    @cached_property
    def mentions(self) -> Mapping[str, bytes]:
        """The digest of the mentions of each article by its id, of those that have any."""
        library, census = self._library, self._library.census
        columns = np.empty(len(census.start), _MENTION)
        names = _void([digest(encode(library.names[entity.id])) for entity in census.entities])
        columns["of"] = names[census.entity] if len(names) else b""
        parts = self._placed(columns, census.by_place, census.article, census.edges_by_place)
        edges = census.edges_by_place.tolist()
        return {
            article.id: digest(self._articles[at] + part)
            for at, (article, part) in enumerate(zip(census.articles, parts, strict=True))
            if edges[at] < edges[at + 1]
        }

    @cached_property
    def company(self) -> Mapping[str, bytes]:
        """The digest of the company of each entity by id, of those that have any."""
        census = self._library.census
        entity, other, numbers = self._library.circles.columns()
        columns = np.empty(len(entity), _COMPANION)
        columns["id"] = _void([digest(one.id.encode()) for one in census.entities])[other] if len(other) else b""
        ids = np.append(_void([digest(one.id.encode()) for one in census.articles]), np.zeros(1, f"V{DIGEST}"))
        columns["counts"], columns["first"], columns["second"] = numbers[:, :2], ids[numbers[:, 2]], ids[numbers[:, 4]]
        columns["at"] = numbers[:, [3, 5]]
        edges = np.searchsorted(entity, np.arange(len(census.entities) + 1))
        parts = zip(census.entities, _parts(columns, edges), strict=True)
        return {one.id: digest(part) for one, part in parts if part}

    @cached_property
    def _articles(self) -> list[bytes]:
        """What tells the articles of the census apart, as far as their mentions go."""
        articles = self._library.census.articles
        return [digest(encode(("article", one.id, self._origin(one.annotated)))) for one in articles]

    @cached_property
    def _quotes(self) -> Mapping[int, bytes]:
        """What quotes follow from, by the identity of their objects: their article, and which of its quotes it is."""
        found: dict[int, bytes] = {}
        for article, told in zip(self._library.census.articles, self._articles, strict=True):
            if self._origin(article.annotated):
                for number, quote in enumerate(article.annotated.quotes):
                    found[id(quote)] = told + number.to_bytes(4, "little")
        return found

    def _placed(self, columns: npt.NDArray[np.void], order: Numbers, group: Numbers, edges: Numbers) -> Iterable[bytes]:
        """Of each group of mentions the bytes of their columns, in `order`, in which groups have these `edges`."""
        census = self._library.census
        columns["start"], columns["end"], columns["type"] = census.start, census.end, census.type
        parts = _parts(columns[order], edges)
        if not self._marks:
            return parts
        marks: defaultdict[int, list[bytes]] = defaultdict(list)
        for row in order[np.isin(order, np.fromiter(self._marks, np.int64))].tolist():
            marks[int(group[row])].append(self._marks[row])
        return [part + b"".join(marks.get(number, ())) for number, part in enumerate(parts)]

    @cached_property
    def _marks(self) -> Mapping[int, bytes]:
        """The digests of those mentions, by row, that do not follow from where they stand: see `unsure`."""
        located = self._library.census.located
        return {row: digest(encode(located[row])) for row in self._unsure.tolist()}

    @property
    def _unsure(self) -> Numbers:
        """The rows of articles of which nobody knows what they follow from, and of two mentions in one place."""
        census = self._library.census
        known = np.array([bool(self._origin(one.annotated)) for one in census.articles] + [False], np.bool_)
        unsure = ~known[census.article]
        order = census.by_place
        same = np.ones(max(len(order) - 1, 0), np.bool_)
        for column in (census.article, census.start, census.end):
            same &= column[order][1:] == column[order][:-1]
        twice = np.flatnonzero(same)
        unsure[order[twice]] = unsure[order[twice + 1]] = True
        return np.flatnonzero(unsure)

    def _of_shared(self, value: Any) -> bytes:
        """The digest of `value`, which the library holds; it is taken once however many answers it stands in."""
        found = self._of_value.get(id(value))
        if found is None:
            if isinstance(value, tuple):
                # Marked, so that a row of values is not taken for the value that its digests spell.
                found = digest(b"row" + b"".join(map(self._of_shared, value)))
            elif isinstance(value, Article) and (origin := self._origin(value.annotated)):
                document = value.annotated.document
                of_corpus = (value.published, value.dates, value.publish)
                found = digest(encode(("article", origin, document.id, document.seed.name, of_corpus)))
            elif isinstance(value, ResolvedQuote) and (place := self._quotes.get(id(value.quote))):
                who = (value.article, value.speaker, value.speaker_entity, value.via, value.via_entity)
                found = digest(place + encode(who))
            elif isinstance(value, Entity) and self._library.entities.get(value.id) is value:
                found = self.entities[value.id]
            else:
                found = digest(encode(value))
            self._of_value[id(value)] = found
        return found

    def _spelt(self, value: object) -> object:
        """`value` as what can be encoded, with digests in the place of what the library holds."""
        kind: type[Any] = type(value)
        if kind in _PLAIN:
            return value
        if kind in _SHARED:
            return self._of_shared(value)
        if isinstance(value, (tuple, list)):
            return self._all_spelt(value)
        if isinstance(value, dict):
            # In their order, which a page may show.
            return [(self._spelt(key), self._spelt(one)) for key, one in value.items()]
        if kind not in self._fields:
            self._fields[kind] = _fields_of(kind)
        return kind.__name__, self._all_spelt(self._fields[kind](value))

    def _all_spelt(self, values: Iterable[object]) -> list[object]:
        # Most are plain, and a call for each would take twice as long.
        return [one if type(one) in _PLAIN else self._spelt(one) for one in values]


def _fields_of(kind: type[Any]) -> Callable[[Any], Iterable[object]]:
    """What gives the fields of a value of that class in order. Raises `TypeError` for one that has none."""
    names = [one.name for one in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: [getattr(value, name) for name in names]


def _is_shared(value: object) -> bool:
    """Whether the library holds `value`, and it stands in many answers: it, or a row of such."""
    while isinstance(value, tuple) and value:
        value = value[0]
    return isinstance(value, _SHARED)


def _in_order(shown: object) -> object:
    """`shown` with rows in the place of mappings, which are equal in any order: a page may show theirs."""
    if isinstance(shown, dict):
        # Most values are no mappings, and a call for each would take longer than all the rest.
        return tuple([(key, _in_order(one) if isinstance(one, dict) else one) for key, one in shown.items()])
    if isinstance(shown, tuple):
        return tuple([_in_order(one) if isinstance(one, dict) else one for one in shown])
    return shown


def _void(digests: Sequence[bytes]) -> npt.NDArray[np.void]:
    return np.frombuffer(b"".join(digests), f"V{DIGEST}")


def _parts(rows: npt.NDArray[np.void], edges: Numbers) -> list[bytes]:
    content, size = rows.tobytes(), rows.dtype.itemsize
    places = (edges * size).tolist()
    return [content[low:high] for low, high in pairwise(places)]


def digest(content: bytes) -> bytes:
    """The digest of encoded values."""
    return blake2b(content, digest_size=DIGEST).digest()


encode = msgspec.msgpack.Encoder(enc_hook=plain).encode
