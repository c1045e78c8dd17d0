"""What is remembered of tables is believed whole or not at all, and their files only as they were written."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from generator.publish.kept_tables import StandingTables, read_tables, stamped_tables, write_tables
from generator.publish.writer import write_generated
from generator.recall import Blocks, TableMemory

NAME = "data/articles.csv"
MEMORY = TableMemory("one", {"articles": Blocks(b"d" * 16, b"\1\0\0\0")}, {NAME: (0, 0, 0)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_generated(tmp_path / "site_src", {NAME: b"id\r\n1\r\n"})
    write_tables(tmp_path / "tables", stamped_tables(tmp_path / "site_src", MEMORY))
    return tmp_path


def test_it_comes_back_whole_or_not_at_all(folder: Path) -> None:
    kept = folder / "tables"
    assert msgspec.structs.replace(read_tables(kept, "one"), stamps=MEMORY.stamps) == MEMORY
    assert read_tables(kept, "two") == TableMemory("two")
    whole = kept.read_bytes()
    for damaged in (b"", whole[:-1], whole[:40] + b"\xff" + whole[41:], whole + b"x"):
        kept.write_bytes(damaged)
        assert read_tables(kept, "one") == TableMemory("one")
    kept.unlink()
    assert read_tables(kept, "one") == TableMemory("one")


def reading(folder: Path) -> bytes:
    return StandingTables(folder / "site_src", read_tables(folder / "tables", "one")).read(NAME)


def test_a_file_is_read_as_it_was_written_and_not_otherwise(folder: Path) -> None:
    path = folder / "site_src" / NAME
    assert reading(folder) == b"id\r\n1\r\n"
    state = path.stat()
    path.write_bytes(b"id\r\n2\r\n")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert reading(folder) == b""
    path.unlink()
    assert reading(folder) == b""


def test_a_file_that_is_not_generated_is_not_read(folder: Path) -> None:
    manifest = folder / "site_src" / ".briefing-manifest.json"
    manifest.write_text(manifest.read_text().replace(NAME, "data/other.csv"))
    assert reading(folder) == b""
