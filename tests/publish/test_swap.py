from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from generator.errors import EnvironmentFault, UsageError
from generator.publish import swap
from generator.publish.swap import exchange, keep_unchanged, remove_site, require_replaceable, staging_place, sweep
from tests.projects import tree


def laid_out(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / f"{name}.html").write_text(content, encoding="utf-8")
    return folder


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange_names", lambda _one, _other: False)


def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **_more: object) -> None:
        raise OSError(1, "A required privilege is not held by the client", str(self))

    monkeypatch.setattr(Path, "symlink_to", refuse)


@pytest.fixture(params=["exchange", "link", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param != "exchange":
        without_exchange(monkeypatch)
    if request.param == "two renames":
        without_links(monkeypatch)
    return str(request.param)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_new_site_takes_the_place_of_the_old(tmp_path: Path, way: str) -> None:
    site = laid_out(tmp_path / "site", index="old", gone="old")
    for number in range(3):
        exchange(laid_out(staging_place(site), index=f"new {number}"), site)
        assert tree(site) == {"index.html": f"new {number}".encode()}
        assert site.is_symlink() == (way == "link")
        assert names(tmp_path) == {"site"} | ({f".site.{number % 2 + 1}"} if way == "link" else set())
        sweep(site)
        assert tree(site) == {"index.html": f"new {number}".encode()}


def test_a_first_site_is_put_in_place_and_removed_without_a_trace(tmp_path: Path, way: str) -> None:
    site = tmp_path / "site"
    exchange(laid_out(staging_place(site), index="new"), site)
    assert tree(site) == {"index.html": b"new"}
    assert names(tmp_path) == {"site"} | ({".site.1"} if way == "link" else set())
    remove_site(site)
    assert names(tmp_path) == set()


def test_the_old_files_stay_while_other_work_is_done(tmp_path: Path, way: str) -> None:
    site, old = tmp_path / "site", []
    exchange(laid_out(staging_place(site), index="old"), site)
    folder = os.open(site, os.O_RDONLY)
    try:

        def meanwhile() -> None:
            assert (site / "index.html").read_text("utf-8") == "new"
            number = os.open("index.html", os.O_RDONLY, dir_fd=folder)
            old.append(os.read(number, 9))
            os.close(number)

        exchange(laid_out(staging_place(site), index="new"), site, meanwhile=meanwhile)
        assert old == [b"old"]
        with pytest.raises(FileNotFoundError):
            os.open("index.html", os.O_RDONLY, dir_fd=folder)
    finally:
        os.close(folder)
    assert names(tmp_path) == {"site"} | ({".site.2"} if way == "link" else set())


@pytest.mark.parametrize("way", ["exchange", "link"])
def test_a_reader_never_misses_a_page(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "link":
        without_exchange(monkeypatch)
    site = tmp_path / "site"
    exchange(laid_out(staging_place(site), index="0"), site)
    missed: list[str] = []
    seen: set[str] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                seen.add((site / "index.html").read_text(encoding="utf-8"))
            except OSError as error:
                missed.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(60):
        exchange(laid_out(staging_place(site), index=str(number)), site)
    done.set()
    reader.join()
    assert missed == []
    assert len(seen) > 10
    assert site.is_symlink() == (way == "link")


@pytest.mark.parametrize("kept", ["folder", "link"])
def test_where_the_last_step_of_a_link_fails_the_old_site_stands(
    tmp_path: Path, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_exchange(monkeypatch)
    site = tmp_path / "site"
    if kept == "folder":
        laid_out(site, index="old")
    else:
        exchange(laid_out(staging_place(site), index="old"), site)
    before = names(tmp_path)
    staged = laid_out(staging_place(site), index="new")

    def failing(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        with pytest.raises(EnvironmentFault):
            exchange(staged, site)
    assert (site / "index.html").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == before | {staged.name}
    sweep(site)
    assert names(tmp_path) == before


def test_what_a_killed_build_left_goes(tmp_path: Path) -> None:
    site = laid_out(tmp_path / "site", index="good")
    laid_out(staging_place(site), index="half")
    sweep(site)
    assert tree(tmp_path) == {"site/index.html": b"good"}


@pytest.mark.parametrize("staged", [".site.next", ".site.1"])
def test_a_build_killed_between_two_renames_gives_the_old_site_back(tmp_path: Path, staged: str) -> None:
    site = tmp_path / "site"
    laid_out(tmp_path / ".site.old", index="good")
    laid_out(tmp_path / staged, index="new")
    (tmp_path / ".site.link").symlink_to(".site.1")
    sweep(site)
    assert tree(tmp_path) == {"site/index.html": b"good"}


def test_where_the_second_rename_fails_the_old_site_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = laid_out(tmp_path / "site", index="old")
    staged = laid_out(staging_place(site), index="new")
    without_exchange(monkeypatch)
    without_links(monkeypatch)
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
    assert names(tmp_path) == {"disk", "site"}


def test_a_site_reached_by_a_link_is_replaced_where_it_lies_by_a_link_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_exchange(monkeypatch)
    (tmp_path / "disk").mkdir()
    site = tmp_path / "site"
    site.symlink_to("disk/real")
    for number in range(3):
        exchange(laid_out(staging_place(site), index=str(number)), site)
        assert tree(site) == {"index.html": str(number).encode()}
    assert str(site.readlink()) == "disk/real"
    assert names(tmp_path) == {"disk", "site"}
    assert names(tmp_path / "disk") == {"real", ".real.1"}
    remove_site(site)
    assert names(tmp_path / "disk") == set()


def test_unchanged_pages_keep_inode_and_time(tmp_path: Path) -> None:
    site = laid_out(tmp_path / "site", same="1", changed="1", gone="1")
    before = (site / "same.html").stat()
    staged = laid_out(staging_place(site), same="1", changed="2", new="3")
    assert keep_unchanged(site, staged) == {"same.html"}
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
