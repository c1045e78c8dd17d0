"""Real builds in processes of their own: the command line as an operator starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

COMMAND = [sys.executable, "-m", "generator"]

_STAND_IN = """
import sys
from pathlib import Path
from types import ModuleType
from generator import inputs
from tests.projects import stand_in
inputs.PACKAGE = Path("no package")
sys.modules["generator.pipeline"] = ModuleType("generator.pipeline")
sys.modules["generator.pipeline"].build = stand_in
{more}
from generator.cli import main
sys.exit(main(sys.argv[1:]))
"""


def stand_in_command(more: str = "") -> list[str]:
    """The command line with the stand-in for the engine; `more` is run before it."""
    return [sys.executable, "-c", _STAND_IN.format(more=more)]


def run(
    command: list[str], folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `command` in `folder` to its end."""
    return subprocess.run(
        command,
        cwd=folder,
        env=surroundings(environment),
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        timeout=300,
        check=False,
    )


def surroundings(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that finds this package, with `environment` over it."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent), **(environment or {})}


def wait_until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Return as soon as `true()`; fail where it takes longer than `seconds`."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        time.sleep(0.02)


def children(process: int) -> set[int]:
    """The processes that `process` started and that still run, where /proc tells."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process and fields[0] != "Z":
            found.add(int(entry.parent.name))
    return found


def running(process: int) -> bool:
    """Whether `process` still runs, where /proc tells."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
