"""Workers that are started before their tasks are known do the same work, and leave nothing behind."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.corpus import articles
from generator.cache import Cache
from generator.errors import EnvironmentFault
from generator.model import Annotated
from generator.pipeline.ahead import Forerunners
from generator.pipeline.analyse import analyse
from generator.pipeline.gather import SeedFile
from generator.pipeline.spread import PARALLEL_SEEDS
from generator.pipeline.tasks import Options
from generator.pipeline.work import load_engine
from generator.read.limits import Limits
from tests.building import build_in_memory, project_of


@pytest.fixture(autouse=True)
def no_engine() -> None:
    """This process has not loaded the engine."""
    load_engine.cache_clear()


def seeds(count: int) -> tuple[SeedFile, ...]:
    return tuple(SeedFile(name, text.encode()) for name, text in articles(count))


@pytest.mark.parametrize(
    ("count", "expected"), [(2, 2), (2, PARALLEL_SEEDS), (PARALLEL_SEEDS, PARALLEL_SEEDS), (PARALLEL_SEEDS, 1)]
)
def test_they_find_what_is_found_here(count: int, expected: int) -> None:
    options = Options(Limits(), jobs=2)
    others = multiprocessing.active_children()
    with Forerunners(options) as ahead:
        ahead.start(expected)
        assert len(multiprocessing.active_children()) == len(others) + (2 if expected >= PARALLEL_SEEDS else 1)
        found = analyse(seeds(count), options, Cache.none(), lambda _done, _all: None, ahead.spread)
    assert multiprocessing.active_children() == others
    assert found.annotated == analyse(seeds(count), Options(Limits()), Cache.none(), lambda _done, _all: None).annotated
    assert len(found.annotated) == count


def test_nobody_waits_for_those_who_were_started_for_nothing() -> None:
    with Forerunners(Options(Limits(), jobs=2)) as ahead:
        ahead.start(1)
        begin = time.monotonic()
    # Loading the engine takes more than a second of processor time on any machine.
    assert time.monotonic() - begin < 1
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("options", [Options(Limits()), Options(Limits(), jobs=2, scheduler="tcp://nobody:8786")])
def test_none_are_started_where_they_have_nothing_to_do(options: Options) -> None:
    with Forerunners(options) as ahead:
        ahead.start(PARALLEL_SEEDS)
        assert not multiprocessing.active_children()


def test_none_are_started_where_the_engine_is_at_hand_or_every_seed_is_known() -> None:
    with Forerunners(Options(Limits(), jobs=2)) as ahead:
        ahead.start(0)
        assert not multiprocessing.active_children()
    load_engine(None, ())
    with Forerunners(Options(Limits(), jobs=2)) as ahead:
        ahead.start(PARALLEL_SEEDS)
        assert not multiprocessing.active_children()


def test_a_missing_model_is_told_as_without_them() -> None:
    options = Options(Limits(), model="no_such_pipeline", jobs=2)
    with Forerunners(options) as ahead:
        ahead.start(1)
        with pytest.raises(EnvironmentFault, match="no_such_pipeline"):
            analyse(seeds(1), options, Cache.none(), lambda _done, _all: None, ahead.spread)
    assert not multiprocessing.active_children()


def test_an_engine_that_cannot_be_loaded_matters_only_to_a_seed_that_needs_it(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path / "cache.sqlite")
    project = project_of(tmp_path / "port", {"pier.txt": b"Pier opens\n\nThe pier of Norby opened on Monday.\n"})
    first, _ = build_in_memory(project, cache)
    options = Options(Limits(), model="no_such_pipeline", jobs=2)
    with Forerunners(options) as ahead:
        ahead.start(1)
        again, _ = build_in_memory(project, cache)
    assert dict(again.files) == dict(first.files)


def test_what_is_known_is_read_while_they_load_the_engine(tmp_path: Path) -> None:
    options, told = Options(Limits(), jobs=2), []
    cache = Cache.open(tmp_path / "cache.sqlite")
    first = analyse(seeds(2), options, cache, lambda _done, _all: None)
    mentions = {one.document.id: one.mentions for one in first.annotated}
    load_engine.cache_clear()
    with Forerunners(options) as ahead:
        ahead.start(1)
        ahead.meanwhile = lambda: told.append("meanwhile")

        def ready(known: Mapping[str, Annotated]) -> None:
            assert {one.document.id: one.mentions for one in known.values()} == mentions
            told.append(f"{len(known)} known")

        found = analyse(seeds(3), options, cache, lambda _done, _all: told.append("done"), ahead.spread, ready=ready)
    assert told == ["2 known", "meanwhile", "done"]
    assert found.annotated == analyse(seeds(3), Options(Limits()), Cache.none(), lambda _done, _all: None).annotated
    cache.close()


def test_they_are_started_before_this_process_loads_what_makes_pages() -> None:
    program = "import sys, generator.pipeline; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "generator.pipeline.ahead" in loaded
    assert loaded.isdisjoint(
        {"generator.pages", "generator.search", "generator.corpus.resolve", "numpy", "jinja2", "spacy"}
    )
