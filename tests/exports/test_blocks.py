from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exports import database
from generator.exports.bundle import BundleFiles, Nothing, build_bundle
from generator.exports.package import DATABASE, build_package
from generator.exports.rows import Column, Row, Table
from generator.exports.tables import build_tables
from generator.model import Annotated, Article, Corpus
from generator.recall import Blocks, Cut, Made, Pieced, TableMemory
from tests.exports.sample import ADDRESSES, HERE, ONLINE
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


@dataclass(frozen=True)
class Package:
    """The files of a build as they stand, and what it left."""

    files: dict[str, bytes]
    blocks: dict[str, Blocks]


def written(some: list[Row], last: Package | None = None) -> Package:
    if last is None:
        made = build_package(tables(some), title="", version="")
        assert not made.kept
        return Package({name: over(b"", content) for name, content in made.files.items()}, made.blocks)
    old = last.files
    made = build_package(
        tables(some), title="", version="", last=last.blocks, read=old.__getitem__, stands=old.__contains__
    )
    assert not made.kept.intersection(made.files)
    new = {name: over(old.get(name, b""), content) for name, content in made.files.items()}
    return Package({**new, **{name: old[name] for name in made.kept}}, made.blocks)


def over(old: bytes, content: Made) -> bytes:
    """What a file holds once `content` is written where `old` stood."""
    pieces = content.pieces if isinstance(content, Pieced) else (content,)
    return b"".join(old[piece.begin : piece.end] if isinstance(piece, Cut) else piece for piece in pieces)


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
    spoilt = Package({name: content for name, content in first.files.items() if name != lost}, first.blocks)
    assert written(many(101), spoilt) == written(many(101))


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_database_that_is_none_any_more_is_made_anew(content: bytes) -> None:
    first = written(many(100))
    spoilt = Package({**first.files, DATABASE: content}, first.blocks)
    assert written(many(101), spoilt) == written(many(101))


def test_how_many_rows_a_table_has_is_known_before_they_are_made() -> None:
    for table in build_tables(corpus(), ADDRESSES):
        assert len(table.rows) == len(tuple(table.rows)), table.name


def test_the_files_of_a_bundle_are_the_same_with_what_the_last_build_left() -> None:
    bundle = build_bundle(corpus(), ADDRESSES, HERE)
    first = bundle.make(TableMemory("one"), Nothing())
    assert set(first.memory.stamps) == {*bundle.data, *first.memory.feeds}
    again = bundle.make(first.memory, Stood(first))
    assert whole(again, first) == first.files
    assert again.memory == first.memory
    assert first.memory.version == "one"


def renamed(article: Article) -> Article:
    """The same text from a file of another name, which its analysis does not tell apart."""
    document = article.annotated.document
    seed = replace(document.seed, name=f"moved/{document.seed.name}")
    return replace(article, annotated=replace(article.annotated, document=replace(document, seed=seed)))


class Stood:
    """The files of a build as the next one finds them."""

    def __init__(self, made: BundleFiles, without: str = "") -> None:
        self._files = {path: content for path, content in made.files.items() if path != without}

    def read(self, path: str) -> bytes:
        return over(b"", self._files.get(path, b""))

    def stands(self, path: str) -> bool:
        return path in self._files


def whole(made: BundleFiles, last: BundleFiles) -> dict[str, bytes]:
    """All files that there are once `made` is written over `last`."""
    assert not made.kept.intersection(made.files)
    new = {path: over(Stood(last).read(path), content) for path, content in made.files.items()}
    return {**new, **{path: Stood(last).read(path) for path in made.kept}}


def of_id(annotated: Annotated) -> str:
    """An origin, as far as the documents of one test go."""
    return f"origin of {annotated.document.id}"


def without_mentions(one: Corpus) -> Corpus:
    return replace(one, entities=tuple(replace(entity, mentions=entity.mentions[1:]) for entity in one.entities))


def with_articles(one: Corpus, change: Callable[[Article], Article]) -> Corpus:
    return replace(one, articles=tuple(change(article) for article in one.articles))


@pytest.mark.parametrize(
    "change",
    [
        without_mentions,
        lambda one: with_articles(one, renamed),
        lambda one: with_articles(one, lambda article: replace(article, dates=article.dates[:-1])),
        lambda one: with_articles(one, lambda article: replace(article, publish="excerpt")),
        lambda one: with_articles(
            one, lambda article: replace(article, published=replace(article.published, earliest="1999-01-02"))
        ),
    ],
)
def test_what_a_corpus_adds_to_articles_of_the_same_origin_is_seen(change: Callable[[Corpus], Corpus]) -> None:
    first = build_bundle(corpus(), ADDRESSES, HERE, of_id).make(TableMemory(), Nothing())
    changed = change(corpus())
    again = build_bundle(changed, ADDRESSES, HERE, of_id).make(first.memory, Stood(first))
    fresh = build_bundle(changed, ADDRESSES, HERE).files
    assert whole(again, first) == fresh
    assert any(fresh[path] != first.files[path] for path in fresh)


def test_another_address_of_an_article_is_seen() -> None:
    first = build_bundle(corpus(), ADDRESSES, HERE, of_id).make(TableMemory(), Nothing())
    moved = {**ADDRESSES, corpus().articles[0].id: "articles/elsewhere.html"}
    again = build_bundle(corpus(), moved, HERE, of_id).make(first.memory, Stood(first))
    assert whole(again, first) == build_bundle(corpus(), moved, HERE).files


def test_another_place_of_the_site_is_seen() -> None:
    first = build_bundle(corpus(), ADDRESSES, HERE, of_id).make(TableMemory(), Nothing())
    again = build_bundle(corpus(), ADDRESSES, ONLINE, of_id).make(first.memory, Stood(first))
    assert whole(again, first) == build_bundle(corpus(), ADDRESSES, ONLINE).files


def test_files_that_stand_as_they_are_to_be_are_not_put_together() -> None:
    bundle = build_bundle(corpus(), ADDRESSES, HERE)
    first = bundle.make(TableMemory(), Nothing())
    again = bundle.make(first.memory, Stood(first))
    assert {"data/mentions.csv", "data/briefing.sqlite", "data/citations.bib"} <= again.kept
    again = bundle.make(first.memory, Stood(first, without="data/briefing.sqlite"))
    assert again.files["data/briefing.sqlite"] == first.files["data/briefing.sqlite"]
    assert "data/mentions.csv" in again.kept


def test_another_origin_is_another_article() -> None:
    one = corpus()
    spoilt = with_articles(
        one,
        lambda article: replace(
            article,
            annotated=replace(
                article.annotated,
                document=replace(
                    article.annotated.document,
                    ledger=tuple(replace(one, rule="another") for one in article.annotated.document.ledger),
                    glosses=tuple(replace(one, original="another") for one in article.annotated.document.glosses),
                ),
                mentions=tuple(replace(mention, note="another") for mention in article.annotated.mentions),
            ),
        ),
    )
    first = build_bundle(one, ADDRESSES, HERE, of_id).make(TableMemory(), Nothing())
    for origin in (lambda annotated: f"new {of_id(annotated)}", lambda annotated: ""):
        again = build_bundle(spoilt, ADDRESSES, HERE, origin).make(first.memory, Stood(first))
        assert whole(again, first) == build_bundle(spoilt, ADDRESSES, HERE).files


def test_rows_of_mentions_that_are_known_by_their_origin_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    first = build_bundle(corpus(), ADDRESSES, HERE, of_id).make(TableMemory(), Nothing())
    monkeypatch.setattr("generator.exports.tables.mention_order", lambda mention: pytest.fail("a row is made"))
    again = build_bundle(corpus(), ADDRESSES, HERE, of_id).make(first.memory, Stood(first))
    assert whole(again, first) == first.files
    assert again.memory == first.memory
