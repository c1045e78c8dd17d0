"""A Dask cluster gives what this machine gives, also when it loses a worker; faults of a cluster end with exit 3."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.corpus import articles
from generator.cache import Cache
from generator.cli import main
from generator.errors import EnvironmentFault
from generator.pipeline import spread
from generator.pipeline.analyse import Options, analyse
from generator.pipeline.gather import SeedFile
from generator.read.limits import Limits

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install briefing[cluster]")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]


def seeds(count: int) -> tuple[SeedFile, ...]:
    return tuple(SeedFile(name, text.encode()) for name, text in articles(count))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0
    ) as running:
        yield running


def killer(cluster: Any) -> tuple[Callable[[int, int], None], list[int]]:
    """A meter that ends one worker process once the first results are there, and what it ended."""
    ended: list[int] = []

    def meter(done: int, total: int) -> None:
        if not ended and 0 < done < total:
            worker = min(nanny.pid for nanny in cluster.workers.values())
            ended.append(worker)
            os.kill(worker, signal.SIGKILL)

    return meter, ended


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes_as_this_machine(
    cluster: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(spread, "BATCH_CHARACTERS", 5000)
    corpus = seeds(24)
    here = analyse(corpus, Options(Limits()), Cache.none(), lambda _done, _all: None)
    meter, ended = killer(cluster)
    cache = Cache.open(tmp_path / "cache.sqlite")
    there = analyse(corpus, Options(Limits(), scheduler=cluster.scheduler_address), cache, meter)
    assert len(ended) == 1
    assert there.cached == 0
    assert there.annotated == here.annotated
    cache.close()
    assert there.issues == here.issues
    assert set(there.seconds) >= {"clean", "describe", "model", "mentions", "dates", "quotes"}
    # The cache was filled through the build: nothing is left to do, and no scheduler is asked.
    cache = Cache.open(tmp_path / "cache.sqlite")
    again = analyse(corpus, Options(Limits(), scheduler="tcp://127.0.0.1:1"), cache, lambda _done, _all: None)
    assert again.cached == len(corpus)
    assert again.annotated == here.annotated
    cache.close()


def test_a_worker_without_the_model_is_a_fault_of_the_machine(cluster: Any) -> None:
    options = Options(Limits(), model="no_such_pipeline", scheduler=cluster.scheduler_address)
    with pytest.raises(EnvironmentFault) as fault:
        analyse(seeds(2), options, Cache.none(), lambda _done, _all: None)
    assert "no_such_pipeline" in fault.value.message
    assert "pip install" in fault.value.remedy


def test_a_worker_of_another_version_is_turned_away(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pipeline.cluster.stage_version", lambda _options: "of yesterday")
    with pytest.raises(EnvironmentFault) as fault:
        analyse(seeds(2), Options(Limits(), scheduler=cluster.scheduler_address), Cache.none(), lambda _a, _b: None)
    assert "another version" in fault.value.message


def test_a_scheduler_that_does_not_answer_exits_with_3_and_leaves_the_site_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.pipeline.cluster.ANSWER_SECONDS", 1)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        project = tmp_path / "port"
        assert main(["new", str(project)]) == 0
        (project / "seeds" / "a.txt").write_text("The harbour of Sandport opened on Monday.\n", "utf-8")
        (project / "site").mkdir()
        (project / "site" / "index.html").write_text("old", "utf-8")
        (project / "site" / ".briefing-site").write_text("", "utf-8")
        assert main(["build", "-f", str(project), "--executor", "dask", "--scheduler", address]) == 3
    said = capsys.readouterr().err
    assert address in said
    assert "does not answer" in said
    assert (project / "site" / "index.html").read_text("utf-8") == "old"
