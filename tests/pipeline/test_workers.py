"""Machines that give no processes, or give them otherwise, still build, and build the same."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from bench.corpus import articles
from generator.cache import Cache
from generator.errors import EnvironmentFault
from generator.pipeline.analyse import Analysis, Options, Task, analyse
from generator.pipeline.gather import SeedFile
from generator.pipeline.spread import BATCH_CHARACTERS, PARALLEL_SEEDS, batches
from generator.read.limits import Limits

ROOT = Path(__file__).parents[2]

ANALYSED = """
from tests.pipeline.test_workers import analysed, digest
print(digest(analysed(2)), multiprocessing.get_start_method(), len(started))
"""
# Counts the processes that were started; what it is put before makes the machine.
WATCHED = """
import multiprocessing, multiprocessing.process as process
started = []
begin = process.BaseProcess.start
process.BaseProcess.start = lambda self: (started.append(self), begin(self))[1]
"""
SPAWNING = "multiprocessing.set_start_method('spawn')\n"
WITHOUT_SEMAPHORES = """
import _multiprocessing, multiprocessing.synchronize
def refuse(*_):
    raise FileNotFoundError(2, "No such file or directory: /dev/shm")
_multiprocessing.SemLock = refuse
"""
FEW_FILES = """
import generator.pipeline.analyse, generator.pipeline.work, os, resource
generator.pipeline.work.load_engine(None, ())
import tests.pipeline.test_workers
# What is open, the two of a running stage, and none for talking to processes.
open_now = len(os.listdir("/proc/self/fd"))
resource.setrlimit(resource.RLIMIT_NOFILE, (open_now + 2, open_now + 2))
"""
ONE_PROCESSOR = """
import os
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from generator.pipeline.workers import processors
assert processors() == 1
"""


def analysed(jobs: int) -> Analysis:
    seeds = tuple(SeedFile(name, text.encode()) for name, text in articles(PARALLEL_SEEDS))
    return analyse(seeds, Options(Limits(), jobs=jobs), Cache.none(), lambda _done, _all: None)


def digest(analysis: Analysis) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(analysis.annotated)).hexdigest()


@pytest.fixture(scope="module")
def reference() -> str:
    return digest(analysed(1))


def run(machine: str) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + machine + ANALYSED],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("machine", "processes"),
    [
        pytest.param("", 2, id="as it is"),
        pytest.param(SPAWNING, 2, id="no fork"),
        pytest.param(WITHOUT_SEMAPHORES, 0, id="no shared memory"),
        pytest.param(
            FEW_FILES,
            0,
            id="no files left",
            marks=pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files cannot be counted here"),
        ),
        pytest.param(
            ONE_PROCESSOR,
            2,
            id="one processor",
            marks=pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processors cannot be chosen here"),
        ),
    ],
)
def test_every_machine_gives_the_same_bytes(machine: str, processes: int, reference: str) -> None:
    found, method, started = run(machine)
    assert found == reference
    assert int(started) == processes
    assert (method == "spawn") == (machine == SPAWNING) or sys.platform != "linux"


def test_batches_hold_every_seed_once_the_longest_first() -> None:
    tasks = [task(index, length) for index, length in enumerate([10, 90_000, 4000, 4000, 20_000, 29_000, 1])]
    found = batches(tasks)
    assert sorted(one.document_id for batch in found for one in batch) == [one.document_id for one in tasks]
    lengths = [[len(one.seed.text) for one in batch] for batch in found]
    assert lengths[0] == [90_000]
    assert all(len(batch) == 1 or sum(batch) <= BATCH_CHARACTERS for batch in lengths)
    assert batches(tasks[::-1]) == found


def test_a_store_that_stops_working_loses_no_result(reference: str, tmp_path: Path) -> None:
    cache = Cache.open(tmp_path / "cache.sqlite")

    def breaking(done: int, total: int) -> None:
        if done == total // 2:
            cache.close()

    seeds = tuple(SeedFile(name, text.encode()) for name, text in articles(PARALLEL_SEEDS))
    found = analyse(seeds, Options(Limits(), jobs=1), cache, breaking)
    assert digest(found) == reference


def test_a_missing_model_is_told_from_a_worker_as_from_here() -> None:
    seeds = tuple(SeedFile(name, text.encode()) for name, text in articles(PARALLEL_SEEDS))
    said = []
    for jobs in (1, 2):
        with pytest.raises(EnvironmentFault) as fault:
            analyse(seeds, Options(Limits(), model="no_such_pipeline", jobs=jobs), Cache.none(), ignore)
        said.append(str(fault.value))
    assert said[0] == said[1]


ignore: Callable[[int, int], None] = lambda _done, _all: None  # noqa: E731 -- a value with a type


def task(index: int, length: int) -> Task:
    from generator.model import SeedText

    return Task(str(index), SeedText(f"{index}.txt", "", "a" * length, "utf-8"), frozenset(), 60)
