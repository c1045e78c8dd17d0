from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import inputs
from generator.publish import swap
from tests.faults.killing import EVERY, Crash, Kill, forks, killed, kills, operations, quick_site
from tests.faults.running import run, stand_in_command

SEEDS = {
    "harbour": "Harbour opens\nThe harbour of Sandport opened.",
    "mayor": "Mayor speaks\nThe mayor of Sandport spoke.",
    "mill": "Mill closes\nThe mill closed.",
}


@pytest.fixture(autouse=True)
def _settled_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "PACKAGE", tmp_path / "package")
    # Whether a seed is old enough to be remembered must not change from one build to the next.
    monkeypatch.setattr("generator.pipeline.gather._SETTLED", -(10**10))


def outcomes(case: Crash, chosen: list[Kill], *, undo: bool = True) -> dict[Kill, str]:
    found: dict[Kill, str] = {}
    for kill in chosen:
        died = killed(case.build, case.project.root, kill)
        found[kill] = case.survey() if died else f"{case.survey()}, not killed"
        wrong = case.recovered()
        case.reset()
        if undo and not wrong:
            killed(case.build, case.project.root, kill)
            wrong = case.undone()
            case.reset()
        if wrong:
            found[kill] += f"; then {wrong}"
    return found


@forks
def test_killed_before_or_in_any_write_the_site_is_the_old_or_the_new_and_the_next_build_cleans_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.site.driver.build_site", quick_site)
    case = Crash(tmp_path, **SEEDS)
    listed = operations(case.build, case.project.root)
    case.reset()
    assert len(listed) > 60
    *chosen, last = kills(listed)
    found = outcomes(case, chosen)
    assert {kill: said for kill, said in found.items() if said not in ("old", "new")} == {}
    assert set(found.values()) == {"old", "new"}
    assert outcomes(case, [last]) == {last: "new, not killed"}


def refuse(self: Path, *_: object, **_more: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted", str(self))


@forks
@pytest.mark.parametrize(("way", "between"), [("links", 0), ("folder to link", 1), ("two renames", 1)])
def test_killed_where_the_system_knows_no_exchange_the_site_is_whole_or_the_next_build_brings_it_back(
    way: str, between: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.site.driver.build_site", quick_site)
    if way == "two renames":
        monkeypatch.setattr(Path, "symlink_to", refuse)
    monkeypatch.setattr(swap, "_exchange_names", lambda _one, _other: False)
    if way == "folder to link":
        # The disk that the project lay on when it was first built knew the exchange.
        monkeypatch.setattr(swap, "_put", lambda staged, site: staged.rename(site))
    case = Crash(tmp_path, **SEEDS)
    assert case.project.site.is_symlink() == (way == "links")
    listed = operations(case.build, case.project.root)
    case.reset()
    moves = ("os.rename", "os.symlink")
    first = min(number for number, line in enumerate(listed, 1) if line.startswith(moves) and "/.site" in line)
    found = outcomes(case, [Kill(number) for number in range(first - 1, len(listed) + 1)])
    assert set(found.values()) <= {"old", "new", "between two renames"}
    assert {"old", "new"} <= set(found.values())
    # Where a folder has to give way there is one point between two renames; where a link does, there is none.
    assert list(found.values()).count("between two renames") == between


@forks
def test_killed_anywhere_in_a_build_with_mkdocs_the_site_is_the_old_or_the_new(tmp_path: Path) -> None:
    case = Crash(tmp_path, **SEEDS)
    listed = operations(case.build, case.project.root)
    case.reset()
    chosen = list(kills(listed))[:-1]
    if not EVERY:
        chosen = chosen[:: len(chosen) // 12]
    found = outcomes(case, chosen, undo=False)
    assert {kill: said for kill, said in found.items() if said not in ("old", "new")} == {}


def strace() -> str:
    """The tracer, where there is one and this user may trace. Where CI is set its absence is a failure."""
    found = shutil.which("strace")
    if not found and sys.platform == "linux" and os.environ.get("CI"):
        pytest.fail("no strace on PATH; on Debian: apt-get install strace")
    if not found or subprocess.run([found, "-qq", "-o", os.devnull, "true"], check=False).returncode != 0:
        pytest.skip("this user may not trace processes")
    return found


CALLS = [("renameat2", 1), ("rename", 1), ("rename", 4), ("write", 9), ("write", 60), ("link", 9), ("rmdir", 6)]


@pytest.mark.parametrize(("call", "number"), CALLS)
def test_killed_at_a_system_call_the_site_is_the_old_or_the_new_and_the_next_build_cleans_up(
    call: str, number: int, tmp_path: Path
) -> None:
    tracer = strace()
    case = Crash(tmp_path, **SEEDS)
    command = [tracer, "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e"]
    run([*command, f"inject={call}:signal=KILL:when={number}", *stand_in_command(), "build", "-q"], case.project.root)
    assert case.survey() in ("old", "new")
    assert case.recovered() == ""
