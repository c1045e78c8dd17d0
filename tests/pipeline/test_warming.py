from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
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


def test_what_every_search_index_is_made_with_is_loaded_before_processes_are_forked_that_make_one(
    tmp_path: Path,
) -> None:
    project = project_of(tmp_path, {"pier.txt": TEXT.encode(), "ferry.txt": "Ferry\n\nL'été: 東京港, U.N.\n".encode()})
    warm_up(project)
    found = {
        f"{name}.{key}": value
        for name, module in list(sys.modules.items())
        if name.startswith("generator.search.")
        for key, value in vars(module).items()
        # What grows with the texts has a bound.
        if hasattr(value, "cache_info") and value.cache_info().maxsize is None and value.__module__ == name
    }
    # The words of the page in English, for whoever has no others: a build has its own.
    del found["generator.search.page._catalogue"]
    for value in found.values():
        value.cache_clear()
    warm_up(project)
    before = {name: value.cache_info().misses for name, value in found.items()}
    build_in_memory(project)
    assert before
    assert {name: value.cache_info().misses for name, value in found.items()} == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux alone")
def test_which_code_makes_data_and_search_is_asked_by_the_process_that_loaded_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("generator.pipeline.run.PARALLEL_FILES", 0)

    def answering(name: str) -> Callable[[], str]:
        def answer() -> str:
            asked.append(name)
            return name

        return answer

    for name in ("tables_version", "search_version"):
        monkeypatch.setattr(f"generator.pipeline.run.{name}", answering(name))
    project = project_of(tmp_path, {"pier.txt": TEXT.encode()})
    project.state.mkdir()
    build_in_memory(replace(project, settings=replace(project.settings, jobs=2)))
    # What a forked process appends, this one does not see.
    assert asked == ["tables_version", "search_version"]


def test_a_glossary_that_is_wrong_is_told_as_by_a_build(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("spun\nx\n", "utf-8")
    with pytest.raises(UsageError, match=r"mine\.csv"):
        warm_up(Project(tmp_path, Settings(glossary="mine.csv")))
