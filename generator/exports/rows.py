"""What a table is: its columns, and its rows in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, overload

import msgspec

ColumnType = Literal["string", "integer", "number", "array"]
Value = str | int | float | tuple[str, ...] | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, Frictionless type, and what it holds."""

    name: str
    type: ColumnType
    description: str


class Rows(Sequence[Row]):
    """Rows that are made when the first of them is asked for; how many there are is known before."""

    def __init__(self, count: int, make: Callable[[], Iterable[Row]]) -> None:
        self._count = count
        self._make = make
        self._rows: tuple[Row, ...] | None = None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return iter(self._made())

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        return self._made()[at]

    def _made(self) -> tuple[Row, ...]:
        if self._rows is None:
            self._rows = tuple(self._make())
        return self._rows


class Group(msgspec.Struct, frozen=True):
    """One row or more with the same first cell, which follow each other."""

    first: str
    source: object
    """What the rows follow from, with nothing left out; `None` where only they themselves can tell."""
    make: Callable[[], Sequence[Row]]


class Grouped(Rows):
    """Rows in groups, which are told apart without being made."""

    def __init__(self, count: int, groups: Callable[[], Iterable[Group]]) -> None:
        super().__init__(count, lambda: (row for group in groups() for row in group.make()))
        self.groups = groups
        """The groups in order, none of them empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """A named table. Rows have one value for each column; `None` is unknown."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[tuple[str, str], ...] = ()
    """`(column, table)`: the column holds ids of the table."""
