"""What a build depends on, told without reading what stands as it was read."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from generator.inputs import input_state
from generator.publish.kept_seeds import write_seeds
from generator.recall import SeedMemory, SeedRecord, Stamp
from generator.settings import Project, Settings


def stamp(path: Path) -> Stamp:
    state = path.lstat()
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path, Settings())
    project.seeds.mkdir()
    project.state.mkdir()
    return project


def remember(project: Project) -> None:
    """Leave what a build leaves that has read every seed."""
    records = {
        path.name: SeedRecord((stamp(path), None), sha256(path.read_bytes()).hexdigest())
        for path in project.seeds.iterdir()
    }
    write_seeds(project.state / "seeds", SeedMemory("of another version", records), {})


def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened from now on."""
    names: list[str] = []
    really = os.open

    def noted(path: str, *given: int) -> int:
        names.append(Path(path).name)
        return really(path, *given)

    monkeypatch.setattr("generator.inputs.os.open", noted)
    return names


def test_a_seed_that_stands_as_it_was_read_is_not_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.seeds / "pier.txt").write_text("A pier opens.")
    before = input_state(project)
    remember(project)
    (project.seeds / "quay.txt").write_text("A quay opens.")
    names = opened(monkeypatch)
    assert input_state(project) != before
    assert names == ["quay.txt"]
    (project.seeds / "quay.txt").unlink()
    assert input_state(project) == before


def test_a_seed_that_was_changed_is_read_whatever_its_times_say(project: Project) -> None:
    seed = project.seeds / "pier.txt"
    seed.write_text("A pier opens.")
    remember(project)
    before, state = input_state(project), seed.stat()
    seed.write_text("A pier burns.")
    os.utime(seed, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert input_state(project)[0] != before[0]


@pytest.mark.parametrize("size", [10, 2_000_000])
def test_what_a_seed_holds_is_told_alike_whether_it_was_read_before(project: Project, size: int) -> None:
    (project.seeds / "pier.txt").write_text("p" * size)
    before = input_state(project)
    remember(project)
    assert input_state(project) == before
