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
from generator.pages.questions import MAPPINGS, OF_SHARED

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
        self._last: dict[str, dict[Any, tuple[object, bytes]]] = {}
        self._now: dict[str, dict[Any, tuple[object, bytes]]] = {}

    def begin(self) -> None:
        """Begin with a corpus: what only the one before the last had is forgotten."""
        self._last, self._now = self._now, {}

    def of_all(
        self, name: str, keys: Iterable[Any], values: Iterable[object], make: Callable[[Any], bytes]
    ) -> list[bytes]:
        """What `make` gives of each of `values`, which are known as `name` and the key of each.

        It follows from the value alone, and of values that are equal it gives the same.
        """
        last, now = self._last.get(name, {}), self._now.setdefault(name, {})
        found: list[bytes] = []
        for key, value in zip(keys, values, strict=True):
            known = last.get(key)
            if known is None or (known[0] is not value and known[0] != value):
                known = value, make(value)
            elif known[0] is not value:
                # Else the last corpus would be held as long as this one.
                known = value, known[1]
            now[key] = known
            found.append(known[1])
        return found


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

    def of_answers(self, name: str, keys: Sequence[Any], answers: Iterable[object]) -> list[bytes]:
        """The digest of each of the `answers` to the questions about `name` and the keys."""
        if name in OF_SHARED:
            return self._of_all(name, keys, answers, self.of)
        if name in MAPPINGS:
            return [digest(encode(answer)) for answer in answers]
        return self._of_all(name, keys, answers, _of_value)

    def of_shown(self, here: str, shown: object) -> bytes:
        """The digest of what the page at `here` shows: values of the corpus, or made of such.

        Raises `TypeError` for what is no value.
        """
        if self._known is None:
            return digest(encode(self._spelt(shown)))
        (told,) = self._of_all("shown", (here,), (_in_order(shown),), lambda those: digest(encode(self._spelt(those))))
        return told

    @cached_property
    def entities(self) -> Mapping[str, bytes]:
        """The digest of each entity by id."""
        census = self._library.census
        columns = np.empty(len(census.start), _MENTION)
        columns["of"] = np.append(_void(self._articles), np.zeros(1, f"V{DIGEST}"))[census.article]
        parts = self._placed(columns, np.arange(len(columns)), census.entity, census.edges)
        encoded = self._of_all("fields", census.number, map(_OF_ENTITY, census.entities), encode)
        rows = zip(census.number, encoded, parts, strict=True)
        return {identity: digest(fields + part) for identity, fields, part in rows}

    @cached_property
    def mentions(self) -> Mapping[str, bytes]:
        """The digest of the mentions of each article by its id, of those that have any."""
        library, census = self._library, self._library.census
        columns = np.empty(len(census.start), _MENTION)
        names = _void(self.of_answers("names", list(library.names), library.names.values()))
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
        columns["id"] = self._ids("entity", census.number)[other] if len(other) else b""
        ids = np.append(self._ids("article", census.place), np.zeros(1, f"V{DIGEST}"))
        columns["counts"], columns["first"], columns["second"] = numbers[:, :2], ids[numbers[:, 2]], ids[numbers[:, 4]]
        columns["at"] = numbers[:, [3, 5]]
        edges = np.searchsorted(entity, np.arange(len(census.entities) + 1))
        parts = zip(census.entities, _parts(columns, edges), strict=True)
        return {one.id: digest(part) for one, part in parts if part}

    @cached_property
    def _articles(self) -> list[bytes]:
        """What tells the articles of the census apart, as far as their mentions go."""
        census = self._library.census
        told = (("article", one.id, self._origin(one.annotated)) for one in census.articles)
        return self._of_all("origin", census.place, told, _of_value)

    def _ids(self, kind: str, ids: Iterable[str]) -> npt.NDArray[np.void]:
        """The digest of each of the ids of that kind."""
        return _void(self._of_all(f"id-of-{kind}", ids, ids, lambda identity: digest(identity.encode())))

    def _of_all(
        self, name: str, keys: Iterable[Any], values: Iterable[object], make: Callable[[Any], bytes]
    ) -> list[bytes]:
        """See `Known.of_all`."""
        return self._known.of_all(name, keys, values, make) if self._known else list(map(make, values))

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


def _of_value(value: object) -> bytes:
    return digest(encode(value))


def digest(content: bytes) -> bytes:
    """The digest of encoded values."""
    return blake2b(content, digest_size=DIGEST).digest()


encode = msgspec.msgpack.Encoder(enc_hook=plain).encode
