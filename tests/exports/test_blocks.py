from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exports import database
from generator.exports.blocks import DATABASE, Written, write_tables
from generator.exports.bundle import build_bundle
from generator.exports.rows import Column, Row, Table
from generator.exports.tables import build_tables
from generator.recall import TableMemory
from tests.exports.sample import ADDRESSES, HERE
from tests.pages.fixture import corpus

COLUMNS = (
    Column("article", "string", ""),
    Column("text", "string", ""),
    Column("score", "number", ""),
    Column("several", "array", ""),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
Number = st.integers(0, 2**40) | st.floats(allow_nan=False, allow_infinity=False) | st.none()


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Rows of some dozens of articles, in order, as a build makes them."""
    articles = sorted(draw(st.sets(st.integers(0, 99), max_size=40)))
    return [
        (f"a{number:02}", text, score, tuple(several))
        for number in articles
        for text, score, several in draw(st.lists(st.tuples(TEXT, Number, st.lists(TEXT, max_size=2)), max_size=3))
    ]


def tables(some: list[Row]) -> tuple[Table, ...]:
    keys = (("article", "articles"),)
    firsts = tuple((article,) for article in dict.fromkeys(str(row[0]) for row in some))
    return (
        Table("articles", "Articles", COLUMNS[:1], firsts, ("article",)),
        Table("told", "Told", COLUMNS, tuple(some), foreign_keys=keys),
    )


def written(some: list[Row], last: Written | None = None) -> Written:
    if last is None:
        return write_tables(tables(some), TableMemory(), lambda name: b"")
    return write_tables(tables(some), last.memory, lambda name: last.files.get(name, b""))


@given(rows(), rows(), rows())
def test_a_later_build_writes_the_same_bytes_as_a_first_one(
    first: list[Row], second: list[Row], more: list[Row]
) -> None:
    mixed = sorted([*first[::2], *second], key=lambda row: str(row[0]))
    last = written(first)
    for some in (mixed, mixed, first, [*mixed, *more], [], first):
        again = written(some, last)
        assert again == written(some)
        last = again


def many(count: int) -> list[Row]:
    return [(f"a{number:04}", f"word {number} {place}", place / 7, ()) for number in range(count) for place in range(3)]


def test_one_article_more_leaves_nearly_all_blocks_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(many(600))
    made: list[int] = []
    insert = database._insert

    def counted(connection: sqlite3.Connection, table: Table, some: Sequence[Row]) -> None:
        made.append(len(some))
        insert(connection, table, some)

    monkeypatch.setattr(database, "_insert", counted)
    more = sorted([*many(600), ("a0300b", "new", None, ("x",))], key=lambda row: str(row[0]))
    assert written(more, first) == written(more)
    # The second of the two makes every row.
    assert 0 < sum(made) - len(more) - 601 < 400


@pytest.mark.parametrize("lost", ["told.csv", "told.json", DATABASE])
def test_a_file_that_is_gone_is_written_anew(lost: str) -> None:
    first = written(many(100))
    spoilt = Written({name: content for name, content in first.files.items() if name != lost}, first.memory)
    assert written(many(101), spoilt) == written(many(101))


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_database_that_is_none_any_more_is_made_anew(content: bytes) -> None:
    first = written(many(100))
    spoilt = Written({**first.files, DATABASE: content}, first.memory)
    assert written(many(101), spoilt) == written(many(101))


def test_how_many_rows_a_table_has_is_known_before_they_are_made() -> None:
    for table in build_tables(corpus(), ADDRESSES):
        assert len(table.rows) == len(tuple(table.rows)), table.name


def test_the_files_of_a_bundle_are_the_same_with_what_the_last_build_left() -> None:
    bundle = build_bundle(corpus(), ADDRESSES, HERE)
    first = bundle.make(TableMemory("one"), lambda path: b"")
    assert set(first.memory.stamps) == {path for path in bundle.data if "citations" not in path}
    again = bundle.make(first.memory, lambda path: first.files.get(path, b""))
    assert again == first
    assert first.memory.version == "one"
