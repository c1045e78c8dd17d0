"""Builds over a site whose hidden second folder somebody has been at, as `briefing build` meets them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.publish.twin import TWIN_NAME
from generator.settings import Project, load_project
from tests.faults.killing import Kill, forks, killed, operations
from tests.projects import make_project, run_build, tree


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that was built twice."""
    project = make_project(tmp_path / "port", harbour="Harbour opens\nIt did.", mayor="Mayor speaks\nSo.")
    assert run_build(project).exit_code == 0
    (project.seeds / "mill.txt").write_text("Mill closes\nQuilterpond.", encoding="utf-8")
    assert run_build(project).exit_code == 0
    return project


def right(project: Project) -> dict[str, bytes]:
    """The site that a build from nothing gives for the seeds as they are."""
    clean = project.root.with_name("clean")
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(project.root, clean, ignore=shutil.ignore_patterns("site", "site_src", ".briefing"))
    (clean / "site_src").mkdir()
    assert run_build(load_project(clean)).exit_code == 0
    return tree(clean / "site")


def test_a_page_that_went_is_nowhere_any_more(project: Project) -> None:
    (project.seeds / "mill.txt").unlink()
    assert run_build(project).exit_code == 0
    # Its address is known for ever; the cache is SQLite's, and has tests of its own.
    for folder in (project.site, project.site_src, project.state / TWIN_NAME):
        assert folder.is_dir()
        assert [name for name, content in tree(folder).items() if b"Quilterpond" in content] == []
        assert not (folder / "articles/mill-closes.html").exists()


def a_page_edited(twin: Path) -> None:
    with (twin / "articles/harbour-opens.html").open("a", encoding="utf-8") as stream:
        stream.write("<p>defaced</p>")


def a_page_replaced(twin: Path) -> None:
    (twin / "articles/harbour-opens.html").unlink()
    (twin / "articles/harbour-opens.html").write_text("defaced", encoding="utf-8")


def a_page_deleted(twin: Path) -> None:
    (twin / "articles/harbour-opens.html").unlink()


def a_page_added(twin: Path) -> None:
    (twin / "articles/more.html").write_text("<script>alert(1)</script>", encoding="utf-8")


def a_link_to_elsewhere(twin: Path) -> None:
    (twin / "articles/harbour-opens.html").unlink()
    (twin / "articles/harbour-opens.html").symlink_to("/etc/hostname")


def a_folder_for_a_link_to_elsewhere(twin: Path) -> None:
    shutil.move(twin / "articles", twin.with_name("elsewhere"))
    (twin / "articles").symlink_to(twin.with_name("elsewhere"))


def made_read_only(twin: Path) -> None:
    for path in sorted(twin.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)


@pytest.mark.parametrize(
    "tampering",
    [
        a_page_edited,
        a_page_replaced,
        a_page_deleted,
        a_page_added,
        a_link_to_elsewhere,
        a_folder_for_a_link_to_elsewhere,
        made_read_only,
        shutil.rmtree,
    ],
    ids=lambda tampering: tampering.__name__,
)
def test_whatever_is_done_to_the_hidden_folder_a_later_site_equals_a_clean_one(
    project: Project, tampering: Callable[[Path], None]
) -> None:
    twin = project.state / TWIN_NAME
    assert tree(twin).keys() <= tree(project.site).keys()
    tampering(twin)
    (project.seeds / "pier.txt").write_text("New pier\nA pier.", encoding="utf-8")
    assert run_build(project).exit_code == 0
    assert tree(project.site) == right(project)
    assert not any(path.is_symlink() for path in project.site.rglob("*"))
    assert [path.name for path in project.root.glob(".site*")] == []


@pytest.mark.parametrize("at", [2, 40, -2])
def test_a_flipped_bit_in_what_is_remembered_of_the_site_makes_all_of_it_again(project: Project, at: int) -> None:
    memory = project.state / "pages"
    content = bytearray(memory.read_bytes())
    content[at] ^= 1
    memory.write_bytes(content)
    (project.seeds / "pier.txt").write_text("New pier\nA pier.", encoding="utf-8")
    assert run_build(project).exit_code == 0
    assert tree(project.site) == right(project)


def test_clean_leaves_no_second_names(project: Project) -> None:
    assert main(["clean", "-q", "-f", str(project.root)]) == 0
    assert not (project.state / TWIN_NAME).exists()


@forks
def test_killed_between_taking_the_hidden_folder_and_filling_it_the_published_files_stay_as_they_are(
    project: Project,
) -> None:
    (project.seeds / "pier.txt").write_text("New pier\nA pier.", encoding="utf-8")
    before = tree(project.site)
    keep = project.root.with_name("keep")
    shutil.copytree(project.root, keep, symlinks=True, copy_function=os.link)
    listed = operations(lambda: run_build(project), project.root)
    after = tree(project.site)
    moved = [number for number, line in enumerate(listed, 1) if TWIN_NAME in line and line.startswith("os.rename")]
    assert moved
    last = max(number for number, line in enumerate(listed, 1) if TWIN_NAME in line or "/.site.next" in line)
    for number in sorted({moved[0], moved[0] + 1, *range(moved[0], last + 2, max(1, (last - moved[0]) // 8))}):
        shutil.rmtree(project.root)
        shutil.copytree(keep, project.root, symlinks=True, copy_function=os.link)
        killed(lambda: run_build(project), project.root, Kill(number))
        assert tree(project.site) in (before, after)
        assert run_build(project).exit_code == 0
        assert tree(project.site) == after
        assert tree(keep / "site") == before
