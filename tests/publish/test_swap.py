from __future__ import annotations

import threading
from pathlib import Path

import pytest

from generator.errors import EnvironmentFault, UsageError
from generator.publish import swap
from generator.publish.swap import exchange, keep_unchanged, require_replaceable, staging_place, sweep
from tests.projects import tree


def laid_out(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / f"{name}.html").write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(params=["atomic", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "two renames":
        monkeypatch.setattr(swap, "_exchange_names", lambda _one, _other: False)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_the_new_site_takes_the_place_of_the_old(tmp_path: Path) -> None:
    site = laid_out(tmp_path / "site", index="old", gone="old")
    exchange(laid_out(staging_place(site), index="new"), site)
    assert tree(tmp_path) == {"site/index.html": b"new"}


@pytest.mark.usefixtures("way")
def test_a_first_site_is_put_in_place(tmp_path: Path) -> None:
    site = tmp_path / "site"
    exchange(laid_out(staging_place(site), index="new"), site)
    assert tree(tmp_path) == {"site/index.html": b"new"}


def test_a_reader_never_misses_a_page(tmp_path: Path) -> None:
    site = laid_out(tmp_path / "site", index="0")
    missed: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                (site / "index.html").read_text(encoding="utf-8")
            except OSError as error:
                missed.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(200):
        exchange(laid_out(staging_place(site), index=str(number)), site)
    done.set()
    reader.join()
    assert missed == []


def test_what_a_killed_build_left_goes(tmp_path: Path) -> None:
    site = laid_out(tmp_path / "site", index="good")
    laid_out(staging_place(site), index="half")
    sweep(site)
    assert tree(tmp_path) == {"site/index.html": b"good"}


def test_a_build_killed_between_two_renames_gives_the_old_site_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    laid_out(tmp_path / ".site.old", index="good")
    laid_out(staging_place(site), index="new")
    sweep(site)
    assert tree(tmp_path) == {"site/index.html": b"good"}


def test_where_the_second_rename_fails_the_old_site_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = laid_out(tmp_path / "site", index="old")
    staged = laid_out(staging_place(site), index="new")
    monkeypatch.setattr(swap, "_exchange_names", lambda _one, _other: False)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self == staged:
            raise PermissionError(13, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(EnvironmentFault):
        exchange(staged, site)
    assert (site / "index.html").read_text(encoding="utf-8") == "old"


def test_a_site_reached_by_a_link_is_replaced_where_it_lies(tmp_path: Path) -> None:
    real = laid_out(tmp_path / "disk" / "real", index="old")
    site = tmp_path / "site"
    site.symlink_to(real)
    exchange(laid_out(staging_place(site), index="new"), site)
    assert site.is_symlink()
    assert (real / "index.html").read_text(encoding="utf-8") == "new"


def test_unchanged_pages_keep_inode_and_time(tmp_path: Path) -> None:
    site = laid_out(tmp_path / "site", same="1", changed="1", gone="1")
    before = (site / "same.html").stat()
    staged = laid_out(staging_place(site), same="1", changed="2", new="3")
    assert keep_unchanged(site, staged) == 1
    exchange(staged, site)
    after = (site / "same.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert tree(site) == {"same.html": b"1", "changed.html": b"2", "new.html": b"3"}


def test_a_folder_of_other_things_is_not_published_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(UsageError, match="not a built site"):
        require_replaceable(tmp_path)
    require_replaceable(tmp_path / "missing")
    require_replaceable(laid_out(tmp_path / "site", index=""))
    with pytest.raises(UsageError, match="is a file"):
        require_replaceable(tmp_path / "thesis.docx")
