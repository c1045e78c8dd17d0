from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from generator.publish.lock import project_lock
from tests.faults.running import COMMAND, children, run, running, stand_in_command, surroundings, wait_until
from tests.projects import make_project, tree

signals = pytest.mark.skipif(os.name != "posix", reason="signals are sent to groups of processes")
proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system has no /proc")

PIER = "The pier of Sandport\n\nMayor Ann Lund of Sandport opened the new pier number {} on 3 May 2019.\n"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with enough seeds to be read by several processes, so many that it takes a while."""
    seeds = {f"pier{number}": PIER.format(number) * 40 for number in range(60)}
    return make_project(tmp_path_factory.mktemp("many") / "port", **seeds).root


def begun(folder: Path) -> tuple[subprocess.Popen[str], set[int]]:
    """A build that has begun to read seeds, and its workers."""
    process = subprocess.Popen(
        [*COMMAND, "build", "--jobs", "2", "--force"],
        cwd=folder,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: process.poll() is not None or len(children(process.pid)) >= 2)
    assert process.poll() is None, process.communicate()
    return process, children(process.pid)


@signals
@proc
@pytest.mark.parametrize(
    ("number", "whole_group", "code"),
    [
        (signal.SIGINT, True, 130),
        (signal.SIGINT, False, 130),
        (signal.SIGTERM, False, 143),
        (signal.SIGTERM, True, 143),
    ],
)
def test_interrupted_while_workers_read_it_exits_with_130_or_143_and_no_worker_stays(
    many: Path, number: signal.Signals, whole_group: bool, code: int
) -> None:
    process, workers = begun(many)
    (os.killpg if whole_group else os.kill)(process.pid, number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code, said
    assert said.strip() == ("interrupted" if code == 130 else "terminated") + "; the published site is whole"
    wait_until(lambda: not any(map(running, workers)), 20)
    assert not (many / "site").exists()
    assert [path.name for path in many.glob(".site*")] == []


@signals
@proc
def test_killed_while_workers_read_no_worker_stays_and_the_lock_is_free_at_once(many: Path) -> None:
    process, workers = begun(many)
    process.kill()
    process.wait()
    with project_lock(many / ".briefing" / "lock"):
        pass
    try:
        wait_until(lambda: not any(map(running, workers)), 20)
    finally:
        for worker in filter(running, workers):
            os.kill(worker, signal.SIGKILL)
        process.communicate()


@signals
@proc
def test_a_worker_that_the_system_ends_is_a_fault_of_the_machine_with_exit_3(many: Path) -> None:
    process, workers = begun(many)
    os.kill(max(workers), signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 3, said
    assert "--jobs 1" in said
    assert "Traceback" not in said
    wait_until(lambda: not any(map(running, workers)), 20)


SLOW = """
import generator.build as build
from generator.publish.swap import exchange
def slow(*arguments, **named):
    {before}
    exchange(*arguments, **named)
    {after}
build.exchange = slow
def pause():
    import time
    Path("waiting").touch()
    time.sleep(60)
"""


@signals
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_interrupted_around_the_exchange_the_site_is_whole_and_nothing_is_left_behind(
    tmp_path: Path, number: signal.Signals, code: int, moment: str
) -> None:
    project = make_project(tmp_path / "port", harbour="Harbour opens\nThe harbour opened.")
    assert run([*stand_in_command(), "build"], project.root).returncode == 0
    old = tree(project.site)
    (project.seeds / "pier.txt").write_text("New pier\nA pier.", encoding="utf-8")
    more = SLOW.format(**{"before": "pass", "after": "pass", moment: "pause()"})
    process = subprocess.Popen(
        [*stand_in_command(more), "build"],
        cwd=project.root,
        env=surroundings(),
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until((project.root / "waiting").exists)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code, said
    assert "the published site is whole" in said
    assert (tree(project.site) == old) == (moment == "before")
    assert ("articles/new-pier.html" in tree(project.site)) == (moment == "after")
    assert [path.name for path in project.root.glob(".site*")] == []
    assert run([*stand_in_command(), "build"], project.root).returncode == 0
    assert "articles/new-pier.html" in tree(project.site)
