"""All mentions of a corpus as columns with a row for each, and those of its entities as rows of them.

A corpus has more mentions than anything else. Here each takes some twenty bytes; the values of the model are made when
somebody asks for them, and what is asked of all mentions, numpy answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from generator.lazy.marked import ROW_BYTES, Kind, Marked, mention_of
from generator.lazy.values import marked_in
from generator.model import Annotated, Article, Entity, Located

Numbers = npt.NDArray[np.int64]
_Cells = npt.NDArray[np.uint32]
_Rows = npt.NDArray[np.int32]


class Register:
    """The mentions of all articles of a corpus: article by article in order of their ids, and of each in its order."""

    def __init__(self, articles: Iterable[Article]) -> None:
        articles = sorted(articles, key=attrgetter("id"))
        self.ids: Sequence[str] = [article.id for article in articles]
        self.place: Mapping[str, int] = {own: number for number, own in enumerate(self.ids)}
        """Article id to its number."""
        self._documents: Sequence[Annotated] = [article.annotated for article in articles]
        marked = list(map(marked_in, self._documents))
        self.cells, self.kinds, counts = _joined(marked)
        self.first: Numbers = edges_of(counts)
        """The first row of each article, then how many rows there are."""
        self.article = np.repeat(np.arange(len(marked), dtype=np.int32), counts)
        self.rank = _ranks(self.article, self.cells)
        """The place of each row in the order of articles and places; those in one place have one."""

    def document(self, article: str) -> Annotated:
        """The article of that id."""
        return self._documents[self.place[article]]

    def paragraph(self, article: str, number: int) -> int | None:
        """The paragraph of a mention of an article, by its number in it."""
        stated = int(self.cells[self.first[self.place[article]] + number, 2])
        return stated - 1 if stated else None

    def located_at(self, row: int) -> Located:
        """The mention in this row."""
        start, end, paragraph, kind = self.cells[row].tolist()
        return Located(self.ids[self.article[row]], mention_of(self.kinds[kind], start, end, paragraph))

    def located(self, rows: Sequence[int]) -> list[Located]:
        """The mentions in these rows."""
        places = zip(self.article[rows].tolist(), self.cells[rows].tolist(), strict=True)
        ids, kinds = self.ids, self.kinds
        return [Located(ids[at], mention_of(kinds[kind], *place)) for at, (*place, kind) in places]


@dataclass(frozen=True, slots=True, eq=False)
class Roll:
    """Rows of a register, those of one entity after those of the other."""

    register: Register
    rows: _Rows


class Named(Sequence[Located]):
    """The mentions of an entity, which are made when they are asked for: equal to a tuple of them."""

    __slots__ = ("high", "low", "roll")

    def __init__(self, roll: Roll, low: int, high: int) -> None:
        """Those of `roll` from `low` to before `high`."""
        self.roll, self.low, self.high = roll, low, high

    def __len__(self) -> int:
        return self.high - self.low

    @overload
    def __getitem__(self, at: int) -> Located: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Located, ...]: ...
    def __getitem__(self, at: int | slice) -> Located | tuple[Located, ...]:
        if isinstance(at, slice):
            return tuple(self.roll.register.located(self.rows[at]))
        return self.roll.register.located_at(int(self.rows[at]))

    def __iter__(self) -> Iterator[Located]:
        return iter(self[:])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Named) and other.roll is self.roll and (other.low, other.high) == (self.low, self.high):
            return True
        return isinstance(other, (Named, tuple)) and len(self) == len(other) and self[:] == other[:]

    def __hash__(self) -> int:
        return hash(self[:])

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self[:],)

    def move(self, other: Named) -> None:
        """Have the rows of `other`, which are the same mentions in the register of another corpus."""
        self.roll, self.low, self.high = other.roll, other.low, other.high

    @property
    def rows(self) -> Any:
        """Their rows in the register."""
        return self.roll.rows[self.low : self.high]


@dataclass(frozen=True, slots=True)
class Columns:
    """The mentions of several entities, one entity after the other."""

    ids: Sequence[str]
    """Of articles."""
    entity: Numbers
    """The number of the entity."""
    edges: Numbers
    """Where the rows of each entity begin, and where they end."""
    article: Numbers
    """The number of the article in `ids`."""
    start: Numbers
    end: Numbers
    paragraph: Numbers
    """-1: none."""
    kinds: Sequence[Kind]
    kind: Numbers
    located: Sequence[Located]

    def said(self, what: Callable[[Kind], Any]) -> npt.NDArray[Any]:
        """What is said of each, as `what` takes it from its kind."""
        return np.array(list(map(what, self.kinds)))[self.kind] if self.kinds else np.zeros(0, np.bool_)


def named_in(entities: Sequence[Entity]) -> Columns:
    """The mentions of `entities` as columns, in their order."""
    mentions = [entity.mentions for entity in entities]
    counts = np.fromiter(map(len, mentions), np.int64, len(mentions))
    first = mentions[0] if mentions else None
    if isinstance(first, Named) and all(isinstance(one, Named) and one.roll is first.roll for one in mentions):
        register = first.roll.register
        rows = np.concatenate([one.rows for one in mentions if isinstance(one, Named)])
        ids, kinds, cells, article = register.ids, register.kinds, register.cells[rows], register.article[rows]
        located: Sequence[Located] = Named(Roll(register, rows), 0, len(rows))
    else:
        located = [one for own in mentions for one in own]
        numbers: dict[str, int] = {}
        article = np.array([numbers.setdefault(one.article, len(numbers)) for one in located], np.int32)
        cells, kinds, _ = _joined([Marked.of(one.mention for one in located)])
        ids = list(numbers)
    start, end, paragraph, kind = (cells[:, at].astype(np.int64) for at in range(4))
    entity = np.repeat(np.arange(len(counts)), counts)
    return Columns(
        ids, entity, edges_of(counts), article.astype(np.int64), start, end, paragraph - 1, kinds, kind, located
    )


def articles_of(mentions: Sequence[Located]) -> list[str]:
    """The ids of the articles in which these stand, each once, in order."""
    if isinstance(mentions, Named):
        register = mentions.roll.register
        return sorted(map(register.ids.__getitem__, set(register.article[mentions.rows].tolist())))
    return sorted(set(map(attrgetter("article"), mentions)))


def plain(value: object) -> object:
    """`value` as a tuple, for an encoder that meets the mentions of an entity. Raises `TypeError` for others."""
    if isinstance(value, Named):
        return value[:]
    raise TypeError(f"a {type(value).__name__} is no value of the model")


def edges_of(counts: Numbers) -> Numbers:
    """Where each of so many begins, and where the last ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))


def _ranks(articles: _Rows, cells: _Cells) -> Numbers:
    places = cells[:, 0].astype(np.int64) << 32 | cells[:, 1]
    # As a rule the mentions of an article stand in order.
    sorted_already = not len(places) or ((places[1:] >= places[:-1]) | (articles[1:] != articles[:-1])).all()
    order = np.arange(len(places)) if sorted_already else np.lexsort((places, articles))
    places, articles = places[order], articles[order]
    ranks = np.zeros(len(order), np.int64)
    ranks[order[1:]] = np.cumsum((places[1:] != places[:-1]) | (articles[1:] != articles[:-1]))
    return ranks


def _joined(marked: Sequence[Marked]) -> tuple[_Cells, Sequence[Kind], Numbers]:
    """The rows of all with kinds by numbers that hold for all, these kinds, and how many rows each has."""
    cells = np.frombuffer(bytearray().join([one.rows for one in marked]), "<u4").reshape(-1, 4)
    counts = np.fromiter((len(one.rows) // ROW_BYTES for one in marked), np.int64, len(marked))
    numbers: dict[Kind, int] = {}
    of_each = [numbers.setdefault(kind, len(numbers)) for one in marked for kind in one.kinds]
    first = edges_of(np.fromiter((len(one.kinds) for one in marked), np.int64, len(marked)))[:-1]
    if len(cells):
        cells[:, 3] = np.array(of_each, np.uint32)[cells[:, 3] + np.repeat(first, counts)]
    return cells, list(numbers), counts
