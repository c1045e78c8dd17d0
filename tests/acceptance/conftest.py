"""The two seeds that come with the project, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.tables import Tables
from tests.building import build_in_memory, project_of

SEEDS = ("000_9b7942ca2eb73501.txt", "002_7797b6bd49142b79.txt")


@pytest.fixture(scope="session")
def tables(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The data package of both seeds."""
    folder = tmp_path_factory.mktemp("both")
    project = project_of(folder / "project", {name: (repository / "seeds" / name).read_bytes() for name in SEEDS})
    built, report = build_in_memory(project)
    assert not report.quarantined
    for name, content in built.files.items():
        if name.startswith("data/"):
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    return Tables(folder / "data", project.seeds)
