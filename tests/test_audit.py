"""The check of locked versions works without a network, and finds what it knows."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools.audit import release, unsafe

ADVISORY = {"package": "Some_Thing", "fixed": "1.10.0", "id": "X-1", "what": "it burns"}


@pytest.mark.parametrize(
    ("lock", "count"),
    [
        ("some-thing==1.9.9 \\\n    --hash=sha256:0\n", 1),
        ("some-thing==1.10\n", 0),
        ("some.thing==2.0 ; python_version > '3'\n", 0),
        ("another==0.1\n", 0),
        ("floored==3.0\n", 1),
        ("floored==3.1\n", 0),
    ],
)
def test_a_version_below_a_floor_or_an_advisory_is_named(lock: str, count: int) -> None:
    assert len(list(unsafe(lock, ["floored>=3.1,<4", "another"], [ADVISORY]))) == count


def test_versions_are_compared_by_number() -> None:
    assert release("1.10") > release("1.9.9")
    assert release("1.10.0") == release("1.10")
    assert release("2026.10.18") > release("2024.7.4")


def test_the_locks_of_this_project_are_safe_as_far_as_is_known(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/audit.py", "requirements.lock", "requirements-dev.lock"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("package", "floor"), [("mkdocs-material", "9.7.7"), ("markdown", "3.8.1"), ("pymdown-extensions", "11.0.1")]
)
def test_what_renders_hostile_text_has_a_floor(repository: Path, package: str, floor: str) -> None:
    declared = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    (entry,) = [entry for entry in declared if entry.startswith(f"{package}>=")]
    assert release(entry.partition(">=")[2].partition(",")[0]) >= release(floor)
