from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import build, inputs
from generator.cache import Cache
from generator.publish import swap
from generator.settings import Project, load_project
from tests.faults.killing import Crash, forks, quick_site
from tests.faults.running import run, stand_in_command
from tests.projects import make_project, run_build, tree

HARBOUR = "Harbour opens\nThe harbour of Sandport opened."


@pytest.fixture(autouse=True)
def _settled_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "PACKAGE", tmp_path / "package")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = make_project(tmp_path / "port", harbour=HARBOUR)
    assert run_build(project).exit_code == 0
    return project


def said_by(project: Project, limits: str) -> tuple[int, str]:
    """Exit code and words of a build in a process that runs `limits` first."""
    done = run([*stand_in_command(limits), "build"], project.root)
    return done.returncode, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit on file sizes")
@pytest.mark.parametrize("size", [100, 20_000, 60_000])
def test_a_limit_on_file_size_exits_with_3_names_the_path_and_leaves_the_old_site(project: Project, size: int) -> None:
    before = tree(project.site)
    (project.seeds / "long.txt").write_text("Long story\n" + "word " * 30_000, encoding="utf-8")
    code, said = said_by(project, f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))")
    assert code == 3, said
    assert f"error  {project.root}" in said
    assert "ulimit -f" in said
    assert tree(project.site) == before
    assert [path.name for path in project.root.glob(".site*")] == []
    assert run_build(project).exit_code == 0
    assert "articles/long-story.html" in tree(project.site)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of forty megabytes; skips where this user may not mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=40m", "briefing-test", str(place)]
    if not mount or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("this user may not mount a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, room: int) -> None:
    """Leave `room` bytes on `disk`, to the page."""
    with (disk / "filler").open("wb") as stream:
        stream.write(b"\0" * max(shutil.disk_usage(disk).free - room - 65_536, 0))
        while shutil.disk_usage(disk).free > room:
            stream.write(b"\0" * 4_096)
            stream.flush()


def room_needed(disk: Path, project: Project, monkeypatch: pytest.MonkeyPatch) -> int:
    """How much of `disk` the next build of `project` takes until its site is whole, and just before it is published."""
    least: list[int] = []
    publish = swap.exchange

    def noting(staged: Path, site: Path, *rest: Any, **named: Any) -> None:
        least.append(shutil.disk_usage(disk).free)
        publish(staged, site, *rest, **named)

    free = shutil.disk_usage(disk).free
    with monkeypatch.context() as patch:
        patch.setattr(build, "exchange", noting)
        assert run_build(project).exit_code == 0
    return free - least[0]


# A build over an old site needs little: unchanged files are linked, not copied, so that one new page takes less than
# 64 KB; and what a build that failed has written already, the next need not write. So each room is a part of what this
# very build takes, and each build begins where the first began.
@pytest.mark.parametrize("seeds", [1, 40])
def test_a_full_disk_exits_with_3_names_the_path_and_leaves_the_old_site(
    small_disk: Path, seeds: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The cache and what is put down for the next build are not of the build that must fail: it does without.
    monkeypatch.setattr(Cache, "open", classmethod(lambda cls, _path: cls.none()))
    monkeypatch.setattr(build, "_put_down", lambda *_: None)
    project = make_project(small_disk / "port", harbour=HARBOUR)
    assert run_build(project).exit_code == 0
    for number in range(seeds):
        (project.seeds / f"new {number}.txt").write_text(f"Pier {number}\n{'A pier. ' * 900}", encoding="utf-8")
    before = tree(project.site)
    kept = tmp_path / "kept"
    shutil.copytree(project.root, kept, symlinks=True)

    def again() -> None:
        shutil.rmtree(project.root)
        shutil.copytree(kept, project.root, symlinks=True)

    again()
    needed = room_needed(small_disk, project, monkeypatch)
    assert needed > 32_768
    rooms = [0, 4_096, *(needed * part // 8 for part in range(1, 8)), needed - 4_096]
    failed = []
    for room in rooms:
        again()
        fill(small_disk, room)
        report = run_build(project)
        said = "\n".join(report.issue_lines())
        assert report.exit_code == 3, f"{room} of {needed}: {said}"
        assert f"{small_disk}" in said
        assert "free some space" in said
        assert tree(project.site) == before
        assert [path.name for path in project.root.glob(".site*")] == []
        (small_disk / "filler").unlink()
        failed.append(said)
    # They did not all fail at one place.
    assert len(set(failed)) > 3
    assert run_build(project).exit_code == 0
    assert "articles/pier-0.html" in tree(project.site)


# Nobody: a user without rights, on every Unix.
NOBODY = 65534


@forks
@pytest.mark.parametrize("folder", [".", "site_src", "site_src/articles", ".briefing"])
def test_a_folder_without_permission_exits_with_3_names_the_path_and_leaves_the_old_site(
    project: Project, folder: str, tmp_path: Path
) -> None:
    before = tree(project.site)
    (project.seeds / "new.txt").write_text("New pier\nA pier.", encoding="utf-8")
    # A file that must be replaced although its folder forbids it.
    (project.state / "lock").unlink()
    place = project.root / folder
    told = tmp_path / "told"
    told.touch()
    everything = [project.root, *project.root.rglob("*"), told]
    if os.geteuid() == 0:
        for parent in (tmp_path, *tmp_path.parents):
            if not parent.stat().st_mode & 0o001:
                parent.chmod(0o755)
        for path in everything:
            os.chown(path, NOBODY, NOBODY)
    place.chmod(0o555)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            report = run_build(project)
            told.write_text("\n".join(report.issue_lines()), encoding="utf-8")
            code = report.exit_code
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    place.chmod(0o755)
    said = told.read_text(encoding="utf-8")
    assert code == 3, said
    assert f"{place}" in said
    assert "Permission denied" in said
    assert "give yourself permission" in said
    assert tree(project.site) == before
    assert run_build(project).exit_code == 0
    assert "articles/new-pier.html" in tree(project.site)


@pytest.mark.parametrize("way", ["exchange", "link"])
def test_a_reader_never_misses_a_page_while_builds_follow_each_other(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "link":
        monkeypatch.setattr(swap, "_exchange_names", lambda _one, _other: False)
    monkeypatch.setattr("generator.site.driver.build_site", quick_site)
    project = make_project(tmp_path / "port", harbour=HARBOUR)
    assert run_build(project).exit_code == 0
    assert project.site.is_symlink() == (way == "link")
    done = threading.Event()
    missed: list[str] = []
    read = 0
    pages = [project.site / name for name in ("index.html", "articles/harbour-opens.html", "404.html")]

    def look() -> None:
        nonlocal read
        while not done.is_set():
            for page in pages:
                try:
                    text = page.read_text(encoding="utf-8")
                    read += 1
                    if not text:
                        missed.append(f"{page} was empty")
                except OSError as error:
                    missed.append(str(error))

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for number in range(25):
            (project.seeds / "harbour.txt").write_text(f"{HARBOUR} For the {number}th time.", encoding="utf-8")
            assert run_build(project).state == "built"
    finally:
        done.set()
        reader.join()
    assert missed == []
    assert read > 100


@pytest.mark.parametrize("number", [0, 1])
def test_a_second_build_writes_no_file_even_where_it_is_forced_to_look_again(project: Project, number: int) -> None:
    def look() -> dict[str, tuple[int, int, int]]:
        return {
            f"{path}": (path.stat().st_ino, path.stat().st_mtime_ns, path.stat().st_size)
            for path in project.root.rglob("*")
            if path.is_file() and ".briefing/" not in f"{path}"
        }

    if number:
        (project.state / "state.json").unlink()
    before = look()
    report = run_build(load_project(project.root), force=not number)
    assert report.state == "built"
    assert report.counts["files written"] == 0
    assert look() == before


@pytest.mark.parametrize("name", ["state.json", "pages", "sources", "points", "seeds", "search", "tables"])
def test_where_the_memory_of_the_build_cannot_be_written_the_site_is_published_with_a_warning(
    project: Project, name: str
) -> None:
    (project.seeds / "new.txt").write_text("New pier\nA pier.", encoding="utf-8")
    (project.state / name).unlink()
    (project.state / name).mkdir()
    report = run_build(project)
    assert report.exit_code == 0
    assert [issue.code for issue in report.issues] == ["state"]
    assert "articles/new-pier.html" in tree(project.site)


@pytest.mark.parametrize("change", ["there and back", "away"])
def test_a_seed_that_changes_during_a_build_is_looked_at_again_by_the_next(
    project: Project, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour = project.seeds / "harbour.txt"

    def meddling(*arguments: Any, **named: Any) -> object:
        harbour.write_text("Harbour closes\nIt did.", encoding="utf-8")
        if change == "there and back":
            harbour.write_text(HARBOUR, encoding="utf-8")
        return quick_site(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr("generator.site.driver.build_site", meddling)
        run_build(project, force=True)
    report = run_build(project)
    assert report.state == "built"
    assert run_build(project).state == "unchanged"
    assert ("articles/harbour-closes.html" in tree(project.site)) == (change == "away")


def test_the_injection_itself_is_noticed_where_the_site_is_written_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.site.driver.build_site", quick_site)
    case = Crash(tmp_path / "crash", harbour=HARBOUR, mayor="Mayor speaks\nSo.", mill="Mill closes\nSo.")
    (case.project.site / "index.html").write_text("", encoding="utf-8")
    assert "broken ['index.html']" in case.survey()
    (case.project.site / "404.html").unlink()
    assert "lost ['404.html']" in case.survey()
