"""The tables of the data package as one SQLite file, which Datasette and every SQLite client open."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from generator.exports.tables import Table, Value

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "array": "TEXT"}
# Where in a database file the version of the library that wrote it stands; it says nothing of the content.
_VERSION = slice(96, 100)


def build_database(tables: Iterable[Table]) -> bytes:
    """The database file. Equal tables give equal bytes; lists are JSON arrays, which Datasette shows as facets."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        # Rows of a table may name those of a later one.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        for table in tables:
            connection.execute(_definition(table))
            marks = ", ".join("?" * len(table.columns))
            insert = f"INSERT INTO {_name(table.name)} VALUES ({marks})"  # noqa: S608 -- names of our own tables
            plain = all(column.type != "array" for column in table.columns)
            try:
                connection.executemany(insert, table.rows if plain else map(_cells, table.rows))
            except UnicodeEncodeError:
                # A lone surrogate is no text in any encoding; no seed has one, and to look in each cell takes long.
                connection.execute(f"DELETE FROM {_name(table.name)}")  # noqa: S608 -- the name of our own table
                connection.executemany(insert, map(_text_cells, table.rows))
            for column, _ in table.foreign_keys:
                index = _name(f"{table.name}_{column}")
                connection.execute(f"CREATE INDEX {index} ON {_name(table.name)} ({_name(column)})")
        connection.execute("COMMIT")
        content = bytearray(connection.serialize())
    finally:
        connection.close()
    content[_VERSION] = b"\0\0\0\0"
    return bytes(content)


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
