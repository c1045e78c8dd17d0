"""A census tells what stands in a folder, and follows nothing out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.publish.census import Census, stamp, taken

NAMES = ["b.md", "a.md", "index.md", "x/README.md", "x/a/z.md", "x/0.md", "a/1.md", "a-b/2.md", "indexes.md", "é.md"]


def laid_out(folder: Path) -> Path:
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_files_come_in_mkdocs_order_with_size_time_and_inode(tmp_path: Path) -> None:
    found = taken(laid_out(tmp_path))
    assert list(found.files) == [
        *("index.md", "a.md", "b.md", "indexes.md", "é.md"),
        *("a/1.md", "a-b/2.md", "x/README.md", "x/0.md", "x/a/z.md"),
    ]
    state = (tmp_path / "x/0.md").stat()
    assert found.files["x/0.md"] == (state.st_size, state.st_mtime_ns, state.st_ino) == stamp(tmp_path / "x/0.md")
    assert list(found.folders) == ["", "a", "a-b", "x", "x/a"]
    assert found.odd == ()


def test_links_and_what_is_no_file_are_named_and_not_followed(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "in")
    laid_out(tmp_path / "out")
    (folder / "l.md").symlink_to(tmp_path / "out/a.md")
    (folder / "l").symlink_to(tmp_path / "out", target_is_directory=True)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe")
    found = taken(folder)
    assert set(found.odd) == {"l.md", "l"} | ({"pipe"} if hasattr(os, "mkfifo") else set())
    assert set(found.files) == set(NAMES)
    assert stamp(folder / "l.md") is None


def test_a_folder_that_cannot_be_read_is_odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = laid_out(tmp_path)
    scandir = os.scandir

    def refusing(path: str) -> object:
        if path.rstrip("/").endswith("/x"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = taken(folder)
    assert found.odd == ("x",)
    assert set(found.files) == {name for name in NAMES if not name.startswith("x/")}


def test_where_there_is_no_folder_there_is_nothing(tmp_path: Path) -> None:
    assert taken(tmp_path / "none") == Census()
    (tmp_path / "file").write_bytes(b"")
    assert taken(tmp_path / "file") == Census()
