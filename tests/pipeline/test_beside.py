"""Files that another process makes come back as they are, but for those that stand as they are to be."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator.pipeline.beside import Beside, meanwhile
from generator.publish.writer import write_generated
from generator.recall import SearchMemory, TableBlocks, TableMemory

FORKS = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux alone")
FILES = {
    "data/a.csv": b"1\r\n" * 40_000,
    "search/index.js": b"",
    "robots.txt": bytes(range(256)),
    "feeds/é.xml": b"<x/>",
}
MADE = Beside(FILES, SearchMemory("s", surfaces=["a"]), TableMemory("t", {"a": TableBlocks(b"d", b"1")}))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_made_comes_back(tmp_path: Path, jobs: int) -> None:
    with meanwhile(lambda: MADE, tmp_path / "site_src", tmp_path, jobs) as outcome:
        assert outcome() == MADE
    assert not list(tmp_path.iterdir())


@FORKS
def test_files_that_stand_as_they_are_to_be_are_named_alone(tmp_path: Path) -> None:
    folder = tmp_path / "site_src"
    write_generated(folder, {**FILES, "robots.txt": b"other", "index.md": b"# Home"})
    # The user's own file, whatever it holds, is the writer's to judge.
    (folder / "feeds" / "é.xml").rename(folder / "feeds" / "own.xml")
    made = replace(MADE, files={**FILES, "feeds/own.xml": b"<x/>"}, kept=frozenset({"feeds/a.xml"}))
    with meanwhile(lambda: made, folder, tmp_path, 2) as outcome:
        found = outcome()
    assert found.kept == {"data/a.csv", "search/index.js", "feeds/a.xml"}
    assert found.files == {name: content for name, content in made.files.items() if name not in found.kept}


@FORKS
def test_what_ends_half_way_is_made_here(tmp_path: Path) -> None:
    here = os.getpid()

    class Torn(dict[str, bytes]):
        def items(self) -> object:  # type: ignore[override]  # ends the process while it is read
            if os.getpid() != here:
                os._exit(9)
            return super().items()

    made = replace(MADE, files=Torn(FILES))
    with meanwhile(lambda: made, tmp_path / "site_src", tmp_path, 2) as outcome:
        assert outcome() == MADE


@FORKS
def test_without_room_for_what_is_made_this_process_makes_it(tmp_path: Path) -> None:
    with meanwhile(lambda: MADE, tmp_path, tmp_path / "gone", 2) as outcome:
        assert outcome() == MADE
