"""Files in pieces are put together, and those that come out as they stand are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.publish.files import sweep_temporary
from generator.publish.pieces import lay_out
from generator.publish.writer import write_generated
from generator.recall import Cut, Made, Pieced

OLD = bytes(range(256)) * 3000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_generated(tmp_path / "site_src", {"data/a.json": OLD, "data/b.json": b"b"})
    (tmp_path / "state").mkdir()
    return tmp_path


def test_a_file_is_put_together_from_what_stands_and_what_is_new(folder: Path) -> None:
    made: dict[str, Made] = {
        "data/a.json": Pieced((b"new", Cut(5, 700_000), memoryview(b"more"), Cut(0, 3))),
        "data/c.json": b"c",
    }
    files, same = lay_out(made, folder / "site_src", folder / "state")
    assert not same
    written = write_generated(folder / "site_src", files, frozenset({"data/b.json"}))
    assert set(written.written) == {"data/a.json", "data/c.json"}
    assert (folder / "site_src/data/a.json").read_bytes() == b"new" + OLD[5:700_000] + b"more" + OLD[:3]
    assert (folder / "site_src/data/c.json").read_bytes() == b"c"
    assert not list((folder / "state").iterdir())


def test_a_file_that_comes_out_as_it_stands_is_no_new_one(folder: Path) -> None:
    made = {"data/a.json": Pieced((Cut(0, 700), OLD[700:702], Cut(702, len(OLD))))}
    files, same = lay_out(made, folder / "site_src", folder / "state")
    assert not files
    assert same == {"data/a.json"}
    assert not list((folder / "state").iterdir())


def test_what_is_left_half_way_is_swept(folder: Path) -> None:
    with pytest.raises(OSError, match="shorter"):
        lay_out({"data/b.json": Pieced((Cut(0, 2),))}, folder / "site_src", folder / "state")
    sweep_temporary(folder / "state")
    assert not list((folder / "state").iterdir())
