from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.pipeline import warm_up
from generator.pipeline.work import load_engine
from generator.settings import Project, Settings
from tests.building import build_in_memory, project_of

TEXT = "Pier opens\n\nThe pier of Norby opened on Monday, said Ann Lund.\n"


def test_the_first_seed_finds_the_engine_that_was_loaded_before_it_came(tmp_path: Path) -> None:
    load_engine.cache_clear()
    project = project_of(tmp_path, {})
    warm_up(project)
    assert load_engine.cache_info().misses == 1
    (project.seeds / "pier.txt").write_text(TEXT, "utf-8")
    built, _ = build_in_memory(project)
    assert built.articles == 1
    assert load_engine.cache_info().misses == 1


def test_warming_up_leaves_no_trace_in_what_is_built(tmp_path: Path) -> None:
    seeds = {"pier.txt": TEXT.encode()}
    cold, _ = build_in_memory(project_of(tmp_path / "cold", seeds))
    project = project_of(tmp_path / "warm", seeds)
    warm_up(project)
    warm, _ = build_in_memory(project)
    assert dict(warm.files) == dict(cold.files)


def test_a_glossary_that_is_wrong_is_told_as_by_a_build(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("spun\nx\n", "utf-8")
    with pytest.raises(UsageError, match=r"mine\.csv"):
        warm_up(Project(tmp_path, Settings(glossary="mine.csv")))
