"""Only pages that stand as they were written are kept."""

from __future__ import annotations

import os
from array import array
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.publish.kept import read_pages, stamped_pages, write_pages
from generator.publish.writer import write_generated
from generator.recall import Answers, PageMemory
from generator.session import Session

FILES = {"a.md": b"1", "people/b.md": b"22", "c.md": b"333"}
MEMORY = PageMemory(
    "v",
    {"title": Answers(["a"], bytes(16))},
    {name: place for place, name in enumerate(FILES)},
    counts=array("I", [1, 1, 1]).tobytes(),
    asked=bytes(12),
)


def _remembered(folder: Path) -> Path:
    write_generated(folder, FILES)
    write_pages(folder / "memory", stamped_pages(folder, MEMORY))
    return folder / "memory"


def test_pages_that_stand_as_written_are_remembered(tmp_path: Path) -> None:
    found = read_pages(_remembered(tmp_path), tmp_path, "v")
    assert replace(found, stamps={}) == MEMORY


def test_a_page_that_somebody_changed_while_others_were_made_is_made_again(tmp_path: Path) -> None:
    path = _remembered(tmp_path)
    kept = read_pages(path, tmp_path, "v")
    (tmp_path / "c.md").write_bytes(b"by hand")
    write_pages(path, stamped_pages(tmp_path, kept))
    assert set(read_pages(path, tmp_path, "v").pages) == {"a.md", "people/b.md"}


def test_a_page_that_was_made_anew_is_known_as_it_stands_now(tmp_path: Path) -> None:
    path = _remembered(tmp_path)
    before = read_pages(path, tmp_path, "v")
    write_generated(tmp_path, {**FILES, "c.md": b"anew"})
    stamps = {name: stamp for name, stamp in before.stamps.items() if name != "c.md"}
    write_pages(path, stamped_pages(tmp_path, replace(before, stamps=stamps)))
    assert set(read_pages(path, tmp_path, "v").pages) == set(FILES)


def test_a_page_that_somebody_changed_replaced_or_removed_is_made_again(tmp_path: Path) -> None:
    path = _remembered(tmp_path)
    (tmp_path / "a.md").write_bytes(b"2")
    os.utime(tmp_path / "a.md", ns=(1, 1))
    (tmp_path / "people/b.md").unlink()
    assert set(read_pages(path, tmp_path, "v").pages) == {"c.md"}
    (tmp_path / "new").write_bytes(b"333")
    (tmp_path / "new").replace(tmp_path / "c.md")
    assert read_pages(path, tmp_path, "v").pages == {}


def test_a_page_that_the_manifest_does_not_list_is_the_users(tmp_path: Path) -> None:
    path = _remembered(tmp_path)
    (tmp_path / ".briefing-manifest.json").unlink()
    assert read_pages(path, tmp_path, "v").pages == {}


def test_nothing_is_kept_of_other_code_or_out_of_a_damaged_memory(tmp_path: Path) -> None:
    path = _remembered(tmp_path)
    assert read_pages(path, tmp_path, "w") == PageMemory("w")
    path.write_bytes(path.read_bytes()[:-3])
    assert read_pages(path, tmp_path, "v") == PageMemory("v")
    assert read_pages(tmp_path / "missing", tmp_path, "v") == PageMemory("v")


def test_kept_files_stay_and_belong_to_the_generated_ones(tmp_path: Path) -> None:
    write_generated(tmp_path, FILES)
    outcome = write_generated(tmp_path, {"a.md": b"changed"}, frozenset({"people/b.md"}))
    assert (outcome.written, outcome.unchanged, outcome.removed) == ((".gitignore", "a.md"), 1, ("c.md",))
    assert (tmp_path / "people/b.md").read_bytes() == b"22"
    assert write_generated(tmp_path, {}).removed == ("a.md", "people/b.md")


@pytest.mark.parametrize("at", range(0, 120, 7))
def test_a_memory_with_one_flipped_bit_is_not_believed_and_that_is_said(tmp_path: Path, at: int) -> None:
    path = _remembered(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[at % len(raw)] ^= 1
    path.write_bytes(raw)
    said: list[str] = []
    assert read_pages(path, tmp_path, "v", lambda: said.append("damaged")) == PageMemory("v")
    assert said == ["damaged"]


def test_a_process_that_builds_again_remembers_what_it_wrote_and_nothing_else(tmp_path: Path) -> None:
    session, path = Session(), _remembered(tmp_path)
    before = read_pages(path, tmp_path, "v", session=session)
    titles = {"title": Answers(["a"], bytes(15) + b"1")}
    write_pages(path, stamped_pages(tmp_path, replace(before, answers=titles)), session)
    held = read_pages(path, tmp_path, "v", session=session)
    assert held == read_pages(path, tmp_path, "v")
    assert held.answers is titles
    # Another process wrote it since.
    write_pages(path, before)
    assert read_pages(path, tmp_path, "v", session=session) == before
    (tmp_path / "a.md").write_bytes(b"by hand")
    assert set(read_pages(path, tmp_path, "v", session=session).pages) == {"people/b.md", "c.md"}
    assert read_pages(path, tmp_path, "w", session=session) == PageMemory("w")
    path.unlink()
    assert read_pages(path, tmp_path, "v", session=session) == PageMemory("v")


def test_a_damaged_memory_is_told_of_as_often_as_it_is_read(tmp_path: Path) -> None:
    session, path = Session(), _remembered(tmp_path)
    path.write_bytes(path.read_bytes()[:-3])
    said: list[str] = []
    for _ in range(2):
        assert read_pages(path, tmp_path, "v", lambda: said.append("damaged"), session) == PageMemory("v")
    assert said == ["damaged"] * 2


def test_nothing_is_held_in_a_process_that_builds_once(tmp_path: Path) -> None:
    session, path = Session(lasting=False), _remembered(tmp_path)
    first = read_pages(path, tmp_path, "v", session=session)
    assert read_pages(path, tmp_path, "v", session=session).answers is not first.answers
