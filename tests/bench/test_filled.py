"""Projects of the benchmarks are what builds and peers take them for."""

from __future__ import annotations

from pathlib import Path

from bench.filled import make_filled_project
from bench.peers import HOW, PEERS
from bench.steps import STEPS
from generator.cache import Cache
from generator.settings import load_project
from tests.building import build_in_memory


def test_a_filled_project_is_built_from_its_cache_alone(tmp_path: Path) -> None:
    make_filled_project(tmp_path / "project", 12)
    project = load_project(tmp_path / "project")
    cache = Cache.open(project.state / "cache.sqlite")
    try:
        built, report = build_in_memory(project, cache)
    finally:
        cache.close()
    assert (built.articles, report.counts["from cache"]) == (12, 12)
    assert sum(name.startswith("people/") for name in built.files) > 3


def test_each_peer_can_be_measured_and_says_how_to_get_it() -> None:
    assert PEERS.keys() == HOW.keys()
    assert PEERS.keys() <= STEPS.keys()
