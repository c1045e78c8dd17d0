"""Files that another process makes come back as they are, but for those that stand as they are to be."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import EnvironmentFault
from generator.pipeline.beside import begin
from generator.publish.built import Beside
from generator.publish.files import sweep_temporary
from generator.publish.writer import Content, write_generated
from generator.recall import Blocks, TableMemory

FORKS = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux alone")
FILES = {
    "data/a.csv": b"1\r\n" * 40_000,
    "search/index.js": b"",
    "robots.txt": bytes(range(256)),
    "feeds/é.xml": b"<x/>",
}
MADE = Beside(FILES, b"search", TableMemory("t", {"a": Blocks(b"d", b"1")}))
NAMES = frozenset({"data/a.csv"})


def contents(files: Mapping[str, Content]) -> dict[str, bytes]:
    return {name: made if isinstance(made, bytes) else made.read_bytes() for name, made in files.items()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_made_comes_back(tmp_path: Path, jobs: int) -> None:
    awaited = begin(lambda: MADE, NAMES, tmp_path / "site_src", tmp_path, jobs)
    made = awaited.take()
    awaited.close()
    assert replace(made, files=contents(made.files), search=contents({"": made.search})[""]) == MADE
    assert awaited.names == NAMES


@FORKS
def test_what_nobody_takes_goes_with_the_next_sweep(tmp_path: Path) -> None:
    awaited = begin(lambda: MADE, NAMES, tmp_path / "site_src", tmp_path, 2)
    awaited.take()
    awaited.close()
    assert len(list(tmp_path.iterdir())) == len(FILES) + 1
    sweep_temporary(tmp_path)
    assert not list(tmp_path.iterdir())


@FORKS
def test_files_that_stand_as_they_are_to_be_are_named_alone(tmp_path: Path) -> None:
    folder = tmp_path / "site_src"
    write_generated(folder, {**FILES, "robots.txt": b"other", "index.md": b"# Home"})
    # The user's own file, whatever it holds, is the writer's to judge.
    (folder / "feeds" / "é.xml").rename(folder / "feeds" / "own.xml")
    made = replace(MADE, files={**FILES, "feeds/own.xml": b"<x/>"}, kept=frozenset({"feeds/a.xml"}))
    awaited = begin(lambda: made, NAMES, folder, tmp_path, 2)
    found = awaited.take()
    awaited.close()
    assert found.kept == {"data/a.csv", "search/index.js", "feeds/a.xml"}
    assert contents(found.files) == {name: content for name, content in made.files.items() if name not in found.kept}


@FORKS
def test_what_ends_half_way_is_made_here(tmp_path: Path) -> None:
    here = os.getpid()

    class Torn(dict[str, bytes]):
        def items(self) -> object:  # type: ignore[override]  # ends the process while it is read
            if os.getpid() != here:
                os._exit(9)
            return super().items()

    awaited = begin(lambda: replace(MADE, files=Torn(FILES)), NAMES, tmp_path / "site_src", tmp_path, 2)
    made = awaited.take()
    awaited.close()
    assert contents(made.files) == FILES


@FORKS
def test_a_disk_that_takes_nothing_is_named(tmp_path: Path) -> None:
    awaited = begin(lambda: MADE, NAMES, tmp_path, tmp_path / "gone", 2)
    with pytest.raises(EnvironmentFault, match="gone"):
        awaited.take()
    awaited.close()
