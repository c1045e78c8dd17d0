"""The twin of a site saves names, and is never believed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.publish.census import taken
from generator.publish.swap import exchange, staging_place
from generator.publish.twin import discard, retire, settle
from tests.projects import tree

FILES = {"index.html": "home", "a/one.html": "one", "a/b/two.html": "two", "c/three.html": "three"}
WANTED = {"index.html", "a/one.html", "a/b/two.html"}


def laid_out(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built twice, so that it has a twin."""
    site = laid_out(tmp_path / "site", FILES | {"gone.html": "secret"})
    staged = staging_place(site)
    settle(staged, None, site, taken(site), set(FILES))
    exchange(staged, site, tmp_path / "twin", set(FILES))
    return site


def settled(site: Path) -> Path:
    """The staged folder of the next build, made of the twin."""
    staged, twin = staging_place(site), site.with_name("twin")
    before = {name: state(site / name) for name in FILES}
    texts = tree(site)
    assert settle(staged, twin, site, taken(site), WANTED) == WANTED
    assert {name: state(site / name) for name in FILES} == before
    assert tree(site) == texts
    return staged


def state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def right(staged: Path, site: Path) -> None:
    """What the next build begins with is the wanted files of the site, the very ones, and nothing else."""
    assert {path.relative_to(staged).as_posix() for path in staged.rglob("*") if not path.is_dir()} == WANTED
    assert all((staged / name).samefile(site / name) for name in WANTED)
    assert not any(path.is_symlink() for path in staged.rglob("*"))
    assert {path.name for path in staged.rglob("*") if path.is_dir()} == {"a", "b"}


def test_the_twin_holds_the_very_files_of_the_site_and_nothing_that_went(site: Path) -> None:
    twin = site.with_name("twin")
    assert tree(twin) == tree(site)
    assert all((twin / name).samefile(site / name) for name in FILES)
    assert {path.name for path in site.parent.iterdir()} == {"site", "twin"}


def test_the_next_build_begins_with_the_twin(site: Path) -> None:
    folder = state(site.with_name("twin") / "a")[0]
    staged = settled(site)
    right(staged, site)
    assert state(staged / "a")[0] == folder
    assert not site.with_name("twin").exists()


def edited_apart(twin: Path) -> None:
    (twin / "a/one.html").unlink()
    (twin / "a/one.html").write_text("two", encoding="utf-8")


def replaced_by_a_copy_of_the_same_size_and_time(twin: Path) -> None:
    found = (twin / "a/one.html").stat()
    edited_apart(twin)
    os.utime(twin / "a/one.html", ns=(found.st_atime_ns, found.st_mtime_ns))


def deleted(twin: Path) -> None:
    (twin / "a/b/two.html").unlink()


def added(twin: Path) -> None:
    laid_out(twin, {"a/extra.html": "x", "new/deep/extra.html": "x", ".hidden": "x"})


def replaced_by_a_link(twin: Path) -> None:
    outside = laid_out(twin.with_name("outside"), {"one.html": "elsewhere"})
    (twin / "a/one.html").unlink()
    (twin / "a/one.html").symlink_to(outside / "one.html")


def folder_replaced_by_a_link(twin: Path) -> None:
    outside = twin.with_name("outside")
    (twin / "a").rename(outside)
    (twin / "a").symlink_to(outside, target_is_directory=True)


def folder_in_the_place_of_a_file(twin: Path) -> None:
    (twin / "index.html").unlink()
    laid_out(twin, {"index.html/inner.html": "x"})


def file_in_the_place_of_a_folder(twin: Path) -> None:
    (twin / "a/b/two.html").unlink()
    (twin / "a/b").rmdir()
    (twin / "a/b").write_text("x", encoding="utf-8")


def swapped(twin: Path) -> None:
    (twin / "a/one.html").rename(twin / "kept")
    (twin / "index.html").rename(twin / "a/one.html")
    (twin / "kept").rename(twin / "index.html")


def made_open_to_all(twin: Path) -> None:
    (twin / "a").chmod(0o777)


def the_twin_of_another_site(twin: Path) -> None:
    other = laid_out(twin.with_name("other"), FILES)
    discard(twin)
    settle(twin, None, other, taken(other), set(FILES))


def a_link_itself(twin: Path) -> None:
    twin.rename(twin.with_name("elsewhere"))
    twin.symlink_to(twin.with_name("elsewhere"), target_is_directory=True)


def a_file_itself(twin: Path) -> None:
    discard(twin)
    twin.write_text("x", encoding="utf-8")


def a_pipe_within(twin: Path) -> None:
    os.mkfifo(twin / "a/pipe.html")


TAMPERINGS: list[Callable[[Path], None]] = [
    edited_apart,
    replaced_by_a_copy_of_the_same_size_and_time,
    deleted,
    added,
    replaced_by_a_link,
    folder_replaced_by_a_link,
    folder_in_the_place_of_a_file,
    file_in_the_place_of_a_folder,
    swapped,
    made_open_to_all,
    the_twin_of_another_site,
    a_link_itself,
    a_file_itself,
    discard,
    *([a_pipe_within] if hasattr(os, "mkfifo") else []),
]


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.__name__)
def test_whatever_was_done_to_the_twin_the_next_build_begins_with_files_of_the_site(
    site: Path, tampering: Callable[[Path], None]
) -> None:
    twin = site.with_name("twin")
    tampering(twin)
    outside = tree(twin.with_name("outside")) if twin.with_name("outside").exists() else {}
    staged = settled(site)
    right(staged, site)
    assert (staged / "a").stat().st_mode == (site / "a").stat().st_mode
    if outside:
        assert tree(twin.with_name("outside")) == outside


def test_what_a_killed_build_left_is_not_taken_for_the_twin(site: Path) -> None:
    laid_out(staging_place(site), {"a/one.html": "half", "junk.html": "x"})
    right(settled(site), site)


def test_where_the_disk_knows_no_hard_links_nothing_is_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = laid_out(tmp_path / "site", FILES)

    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    assert settle(staging_place(site), tmp_path / "twin", site, taken(site), WANTED) == set()


def test_an_old_site_that_has_nothing_in_common_with_the_new_one_goes(tmp_path: Path) -> None:
    old = laid_out(tmp_path / "old", FILES)
    retire(old, tmp_path / "twin", set())
    assert list(tmp_path.iterdir()) == []


def test_a_twin_that_cannot_be_moved_there_goes(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(self: Path, target: Path) -> Path:
        raise OSError(18, "Invalid cross-device link", str(self), None, str(target))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", elsewhere)
        right(settled(site), site)
        assert not site.with_name("twin").exists()
        retire(staging_place(site), site.with_name("twin"), WANTED)
    assert {path.name for path in site.parent.iterdir()} == {"site"}
