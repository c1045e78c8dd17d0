from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generator.errors import EnvironmentFault, SiteLocked
from generator.publish.lock import project_lock

HOLD = """
import sys, time
from pathlib import Path
from generator.publish.lock import project_lock
with project_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / ".briefing" / "lock"


def holder(lock: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(lock)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_build_hears_who_holds_the_lock(lock: Path) -> None:
    process = holder(lock)
    try:
        with pytest.raises(SiteLocked, match=f"process {process.pid}, since"), project_lock(lock):
            pass
    finally:
        process.kill()
        process.communicate()


def test_the_lock_of_a_killed_holder_does_not_stay(lock: Path) -> None:
    process = holder(lock)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with project_lock(lock):
        pass


FORK = """
import os, sys, time
from pathlib import Path
from generator.publish.lock import project_lock
heard, told = os.pipe()
with project_lock(Path(sys.argv[1])):
    if os.fork() == 0:
        sys.stdout.close()
        os.write(told, b".")
        time.sleep(60)
    os.read(heard, 1)
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork a process")
def test_the_lock_of_a_killed_holder_does_not_stay_with_its_children(lock: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", FORK, str(lock)], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        with pytest.raises(SiteLocked), project_lock(lock):
            pass
        process.kill()
        process.wait()
        with project_lock(lock):
            pass
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_the_lock_is_free_after_an_error(lock: Path) -> None:
    with pytest.raises(ZeroDivisionError), project_lock(lock):
        raise ZeroDivisionError
    with project_lock(lock):
        pass


def test_one_that_may_wait_gets_the_lock_when_it_is_free(lock: Path) -> None:
    entered = threading.Event()

    def hold() -> None:
        with project_lock(lock):
            entered.set()
            time.sleep(0.3)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait()
    with project_lock(lock, wait=10):
        pass
    thread.join()


def test_a_lock_that_cannot_be_made_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="file"), project_lock(tmp_path / "file" / "lock"):
        pass
