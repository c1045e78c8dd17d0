from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from generator.exports.database import build_database
from generator.exports.rows import Column, Table
from generator.exports.tables import build_tables
from tests.exports.sample import ADDRESSES
from tests.pages.fixture import corpus


@pytest.fixture
def database(tmp_path: Path) -> sqlite3.Connection:
    path = tmp_path / "briefing.sqlite"
    path.write_bytes(build_database(build_tables(corpus(), ADDRESSES)))
    return sqlite3.connect(path)


def test_every_table_has_its_rows(database: sqlite3.Connection) -> None:
    for table in build_tables(corpus(), ADDRESSES):
        rows = database.execute(f'SELECT * FROM "{table.name}"').fetchall()  # noqa: S608 -- a name of ours
        assert len(rows) == len(table.rows), table.name


def test_tables_join_and_hold_together(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found = database.execute(
        "SELECT entities.name, count(*) FROM mentions JOIN entities ON entities.id = mentions.entity "
        "GROUP BY 1 HAVING count(*) > 1 ORDER BY 1"
    ).fetchall()
    assert ("Ada Morrow", 4) in found


def test_lists_are_json_and_unknown_is_null(database: sqlite3.Connection) -> None:
    author, published = database.execute("SELECT author, published FROM articles WHERE id = 'spun'").fetchone()
    assert (json.loads(author), published) == ([], None)


def test_equal_tables_give_equal_bytes_and_odd_text_is_kept_as_far_as_it_is_text() -> None:
    table = Table("t", "T", (Column("a", "string", ""), Column("b", "array", "")), (("x\ud800y", ("1", "ö")),))
    assert build_database([table]) == build_database([table])
    tables = build_tables(corpus(), ADDRESSES)
    assert build_database(tables) == build_database(tables)
