from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import errors, report
from generator.cache import _packed, _unpacked
from generator.pipeline.gather import SeedFile, gather
from generator.settings import Project, load_project
from tests.faults.corpora import FERRY, MILL
from tests.faults.running import COMMAND, run, stand_in_command, surroundings, wait_until
from tests.projects import make_project, tree

REAL_FDOPEN: Any = os.fdopen


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("built") / "port", ferry=FERRY, mill=MILL)
    done = run([*COMMAND, "build"], project.root)
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    shutil.copytree(built.root, tmp_path / "port")
    return load_project(tmp_path / "port")


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    for at in range(20, len(raw), 97):
        raw[at] ^= 0x55
    path.write_bytes(raw)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def another_version(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def no_database(path: Path) -> None:
    path.write_text("gone to the dogs\n" * 500, encoding="utf-8")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [flip, truncate, another_version, no_database, folder])
def test_a_spoilt_cache_gives_a_warning_and_the_same_site(project: Project, spoil: Callable[[Path], None]) -> None:
    before = tree(project.site)
    spoil(project.state / "cache.sqlite")
    done = run([*COMMAND, "build", "--force", "--json"], project.root)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert [issue["code"] for issue in said["issues"] if issue["severity"] == "warning"] == ["cache"]
    assert said["counts"]["from cache"] == 0
    assert tree(project.site) == before


def replaced(path: Path) -> None:
    path.write_bytes(b"\x80")


def grow(project: Project) -> None:
    (project.seeds / "new.txt").write_text("A new pier\n\nA pier opened in Sandport.\n", encoding="utf-8")


@pytest.fixture(scope="module")
def grown(built: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site with one seed more, of which nothing was remembered."""
    root = tmp_path_factory.mktemp("grown") / "port"
    shutil.copytree(built.root, root)
    project = load_project(root)
    grow(project)
    shutil.rmtree(project.state)
    done = run([*COMMAND, "build"], root)
    assert done.returncode == 0, done.stderr
    return tree(project.site)


@pytest.mark.parametrize("name", ["sources", "pages", "state.json"])
@pytest.mark.parametrize("spoil", [flip, truncate, replaced])
def test_a_spoilt_memory_of_the_last_build_gives_the_same_site(
    project: Project, grown: dict[str, bytes], name: str, spoil: Callable[[Path], None]
) -> None:
    assert (project.state / name).is_file()
    spoil(project.state / name)
    grow(project)
    done = run([*COMMAND, "build", "--json"], project.root)
    assert done.returncode == 0, done.stderr
    said = [issue["code"] for issue in json.loads(done.stdout)["issues"] if issue["severity"] == "warning"]
    assert ("cache" in said) == (name == "sources")
    assert tree(project.site) == grown


def poisoned_with(value: Callable[[list[bytes]], list[bytes]]) -> Callable[[Path], None]:
    """Every row of the cache replaced by what `value` gives for all of them, under checksums that are right."""

    def poison(path: Path) -> None:
        connection = sqlite3.connect(path)
        rows = [(key, _unpacked(key, stored) or b"") for key, stored in connection.execute("SELECT * FROM results")]
        others = value([content for _, content in rows])
        assert len(rows) > 3
        with connection:
            connection.executemany(
                "UPDATE results SET value = ? WHERE key = ?",
                [(_packed(key, other), key) for (key, _), other in zip(rows, others, strict=True)],
            )
        connection.close()

    return poison


@pytest.mark.parametrize(
    "value",
    [
        lambda rows: [b"\x80"] * len(rows),
        lambda rows: [b"\xc1 no MessagePack"] * len(rows),
        lambda rows: [row[:-7] for row in rows],
    ],
    ids=["nothing in it", "another format", "cut"],
)
def test_rows_of_the_cache_that_hold_something_else_are_worked_out_again(
    project: Project, value: Callable[[list[bytes]], list[bytes]]
) -> None:
    before = tree(project.site)
    poisoned_with(value)(project.state / "cache.sqlite")
    done = run([*COMMAND, "build", "--force"], project.root)
    assert done.returncode == 0, done.stderr
    assert tree(project.site) == before


READ_ONLY = """
import sqlite3, sys
connect = sqlite3.connect
def reading(place, *rest, **more):
    if str(place).endswith("cache.sqlite"):
        return connect(f"file:{place}?mode=ro", uri=True)
    return connect(place, *rest, **more)
sqlite3.connect = reading
from generator.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_read_only_cache_gives_a_warning_and_the_same_site(project: Project) -> None:
    before = tree(project.site)
    (project.seeds / "new.txt").write_text("A new pier\n\nA pier opened in Sandport.\n", encoding="utf-8")
    cache = (project.state / "cache.sqlite").read_bytes()
    done = run([sys.executable, "-c", READ_ONLY, "build", "--json"], project.root)
    assert done.returncode == 0, done.stderr
    assert "cache" in [issue["code"] for issue in json.loads(done.stdout)["issues"]]
    assert (project.state / "cache.sqlite").read_bytes() == cache
    (project.seeds / "new.txt").unlink()
    assert run([*COMMAND, "build"], project.root).returncode == 0
    assert {name for name in before if name.endswith(".html")} <= set(tree(project.site))


def test_nothing_in_the_package_keeps_pickles(repository: Path) -> None:
    pickling = re.compile(r"^\s*(?:import|from)\s+(?:pickle|cPickle|dill|joblib|marshal|shelve)\b", re.MULTILINE)
    sources = sorted((repository / "generator").rglob("*.py"))
    assert len(sources) > 100
    assert [path.name for path in sources if pickling.search(path.read_text(encoding="utf-8"))] == []


HOLDING = """
from generator.build import Writing
write = Writing.rest
def slow(*arguments):
    import time
    Path("waiting").touch()
    while not Path("go").exists():
        time.sleep(0.02)
    return write(*arguments)
Writing.rest = slow
"""


@pytest.mark.parametrize("patience", [0, 60])
def test_of_two_builds_at_once_one_waits_or_exits_with_9_and_says_who_holds_the_lock(
    tmp_path: Path, patience: int
) -> None:
    project = make_project(tmp_path / "port", harbour="Harbour opens\nThe harbour opened.")
    project.settings_file.write_text(f"timeouts:\n  lock: {patience}\n", encoding="utf-8")
    first = subprocess.Popen([*stand_in_command(HOLDING), "build"], cwd=project.root, env=surroundings())
    second = None
    try:
        wait_until((project.root / "waiting").exists)
        second = subprocess.Popen(
            [*stand_in_command(), "build"], cwd=project.root, env=surroundings(), stderr=subprocess.PIPE, text=True
        )
        if not patience:
            assert f"process {first.pid}, since" in second.communicate(timeout=60)[1]
            assert second.returncode == 9
        (project.root / "go").touch()
        assert first.wait(60) == 0
        second.communicate(timeout=60)
        assert second.returncode == (0 if patience else 9)
    finally:
        (project.root / "go").touch()
        first.wait(60)
    assert "articles/harbour-opens.html" in tree(project.site)


def test_the_lock_of_a_killed_build_does_not_stay(tmp_path: Path) -> None:
    project = make_project(tmp_path / "port", harbour="Harbour opens\nThe harbour opened.")
    first = subprocess.Popen([*stand_in_command(HOLDING), "build"], cwd=project.root, env=surroundings())
    wait_until((project.root / "waiting").exists)
    first.kill()
    first.wait()
    assert run([*stand_in_command(), "build"], project.root).returncode == 0


OFFLINE = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise AssertionError(f"{event} {arguments}")
sys.addaudithook(refuse)
from generator.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_build_asks_no_other_machine_for_anything(tmp_path: Path, built: Project) -> None:
    project = make_project(tmp_path / "port", ferry=FERRY, mill=MILL)
    done = run([sys.executable, "-c", OFFLINE, "build"], project.root)
    assert done.returncode == 0, done.stderr
    assert tree(project.site) == tree(built.site)


def test_without_any_network_the_same_site_is_built(tmp_path: Path, built: Project) -> None:
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "-n", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this user may not take the network away")
    project = make_project(tmp_path / "port", ferry=FERRY, mill=MILL)
    done = run([unshare, "-n", *COMMAND, "build"], project.root)
    assert done.returncode == 0, done.stderr
    assert tree(project.site) == tree(built.site)


def test_on_a_terminal_that_knows_only_ascii_a_build_says_what_it_has_to_say(tmp_path: Path) -> None:
    project = make_project(tmp_path / "port", harbour="Harbour opens\nThe harbour opened.")
    (project.seeds / "안보 bad.txt").write_text("bad", encoding="utf-8")
    done = run([*stand_in_command(), "build"], project.root, {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert done.returncode == 1, done.stderr
    assert "quarantined" in done.stderr


class _Stream:
    """What `os.fdopen` gives, with `meddle` called before each read; unbuffered, so that a read sees what it did."""

    def __init__(self, descriptor: int, meddle: Callable[[], object]) -> None:
        self._stream = REAL_FDOPEN(descriptor, "rb", 0, closefd=False)
        self._meddle = meddle

    def __enter__(self) -> _Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def read(self, size: int) -> bytes:
        first = bytes(self._stream.read(min(size, 200)))
        self._meddle()
        return first + bytes(self._stream.read(size - len(first)))


def test_a_seed_that_changes_while_it_is_read_is_read_as_one_of_its_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "seeds" / "harbour.txt"
    path.parent.mkdir()
    path.write_bytes(b"old " * 100)
    # A clock's tick may be longer than this test; the size does not tell the two states apart.
    os.utime(path, (1, 1))
    changed: list[Path] = []

    def meddle() -> None:
        if not changed:
            changed.append(path)
            path.write_bytes(b"new " * 100)

    with monkeypatch.context() as patch:
        patch.setattr("generator.pipeline.gather.os.fdopen", lambda number, *_, **_more: _Stream(number, meddle))
        gathered = gather(path.parent, 10_000)
    assert changed == [path]
    assert [seed.raw for seed in gathered.seeds if isinstance(seed, SeedFile)] == [b"new " * 100]


def test_a_seed_that_never_stops_changing_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "seeds" / "log.txt"
    path.parent.mkdir()
    path.write_bytes(b"one line\n")

    def grow() -> None:
        with path.open("ab", 0) as log:
            log.write(b"another line\n")

    with monkeypatch.context() as patch:
        patch.setattr("generator.pipeline.gather.os.fdopen", lambda number, *_, **_more: _Stream(number, grow))
        gathered = gather(path.parent, 10_000)
    assert gathered.seeds == ()
    assert [(issue.seed, issue.severity, issue.code) for issue in gathered.issues] == [("log.txt", "error", "changing")]


def test_the_exit_codes_are_documented_where_an_operator_looks(repository: Path) -> None:
    codes = {str(value) for name, value in vars(report).items() if name.startswith("EXIT_") and isinstance(value, int)}
    assert codes == {"0", "1", "2", "3", "9", "70", "130", "143"}
    told = run([*COMMAND, "-h"], repository).stdout
    readme = (repository / "README.md").read_text(encoding="utf-8")
    for text in (told, readme):
        section = " ".join(text.partition("Exit codes:")[2].split()[:60])
        assert set(re.findall(r"\d+", section)) >= codes
    raised = {str(error.exit_code) for error in vars(errors).values() if hasattr(error, "exit_code")}
    assert raised <= codes
