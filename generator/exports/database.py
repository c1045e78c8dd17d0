"""The tables of the data package as one SQLite file, which Datasette and every SQLite client open."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.exports.blocks import Run
from generator.exports.rows import Row, Table, Value

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "array": "TEXT"}
# Where in a database file the version of the library that wrote it stands; it says nothing of the content.
_VERSION = slice(96, 100)


@dataclass(frozen=True, slots=True)
class Kept:
    """The last build's database, and the rows of each table by its name, as far as they can be taken from there."""

    content: bytes
    runs: Mapping[str, Sequence[Run]]


def build_database(tables: Iterable[Table], kept: Kept | None = None) -> bytes:
    """The database file. Equal tables give equal bytes; lists are JSON arrays, which Datasette shows as facets.

    What is `kept` does not change them: its rows go in where they would have gone in anyway, and as the same bytes.
    """
    if kept is None:
        return _built(tables, None)
    tables = tuple(tables)
    try:
        return _built(tables, kept)
    except sqlite3.DatabaseError:
        # What was kept is no such database, whatever its size and time say.
        return _built(tables, None)


def _built(tables: Iterable[Table], kept: Kept | None) -> bytes:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        if kept:
            connection.execute("ATTACH ':memory:' AS last")
            connection.deserialize(kept.content, name="last")
        # Rows of a table may name those of a later one.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        for table in tables:
            connection.execute(_definition(table))
            for run in _joined(kept.runs[table.name]) if kept else (table.rows,):
                if isinstance(run, range):
                    connection.execute(
                        f"INSERT INTO {_name(table.name)} SELECT * FROM last.{_name(table.name)} "  # noqa: S608 -- names of our own tables
                        "WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
                        (run[0], run[-1]),
                    )
                else:
                    _insert(connection, table, run)
            for column, _ in table.foreign_keys:
                index = _name(f"{table.name}_{column}")
                connection.execute(f"CREATE INDEX {index} ON {_name(table.name)} ({_name(column)})")
        connection.execute("COMMIT")
        content = memoryview(connection.serialize())
    finally:
        connection.close()
    return b"".join((content[: _VERSION.start], b"\0\0\0\0", content[_VERSION.stop :]))


def _insert(connection: sqlite3.Connection, table: Table, rows: Sequence[Row]) -> None:
    marks = ", ".join("?" * len(table.columns))
    insert = f"INSERT INTO {_name(table.name)} VALUES ({marks})"  # noqa: S608 -- names of our own tables
    plain = all(column.type != "array" for column in table.columns)
    connection.execute("SAVEPOINT run")
    try:
        connection.executemany(insert, rows if plain else map(_cells, rows))
    except UnicodeEncodeError:
        # A lone surrogate is no text in any encoding; no seed has one, and to look in each cell takes long.
        connection.execute("ROLLBACK TO run")
        connection.executemany(insert, map(_text_cells, rows))
    connection.execute("RELEASE run")


def _joined(runs: Iterable[Run]) -> list[Run]:
    """`runs` with those made one that followed each other before: each costs a question to the database."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if isinstance(run, range) and isinstance(last, range) and last.stop == run.start:
            found[-1] = range(last.start, run.stop)
        else:
            found.append(run)
    return found


def _definition(table: Table) -> str:
    columns = [f"{_name(column.name)} {_TYPES[column.type]}" for column in table.columns]
    if table.primary_key:
        columns.append(f"PRIMARY KEY ({', '.join(_name(column) for column in table.primary_key)})")
    columns.extend(
        f"FOREIGN KEY ({_name(column)}) REFERENCES {_name(target)} (id)" for column, target in table.foreign_keys
    )
    return f"CREATE TABLE {_name(table.name)} ({', '.join(columns)})"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text_cells(row: Iterable[Value]) -> list[str | int | float | None]:
    cells = _cells(row)
    return [cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell for cell in cells]


def _cells(row: Iterable[Value]) -> list[str | int | float | None]:
    return [json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value for value in row]
