"""No seed takes longer than it may, whatever it holds and wherever it is worked through."""

from __future__ import annotations

import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.annotate.dates import find_dates
from generator.model import DateExpression, Document
from generator.pipeline import work
from generator.pipeline.deadline import OutOfTime, within
from generator.report import Report
from generator.settings import Project, Settings, TimeoutSettings
from tests.building import build_in_memory, project_of

# A search that goes on for hours: each `a` can belong to either group.
ENDLESS = re.compile(r"(a+)+b")


def count() -> None:
    number = 0
    while True:
        number += 1


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers of the system here")
def test_a_search_without_end_is_ended() -> None:
    with pytest.raises(OutOfTime), within(0.1):
        ENDLESS.match("a" * 64)


def test_a_loop_in_another_thread_is_ended() -> None:
    def work() -> bool:
        try:
            with within(0.1):
                count()
        except OutOfTime:
            return True
        return False

    with ThreadPoolExecutor(1) as executor:
        assert executor.submit(work).result(timeout=30)


def test_what_ends_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGALRM) if hasattr(signal, "SIGALRM") else None
    with within(0.05):
        pass
    time.sleep(0.1)
    if before is not None:
        assert signal.getsignal(signal.SIGALRM) == before


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers of the system here")
def test_a_slow_seed_is_quarantined_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[float] = []

    def stuck(document: Document) -> tuple[DateExpression, ...]:
        if "endless" in document.seed.text:
            left.append(signal.getitimer(signal.ITIMER_REAL)[0])
            # The hour is over: what the timer does then, now, however fast this machine is.
            signal.raise_signal(signal.SIGALRM)
            count()
        return find_dates(document)

    project = project_of(
        tmp_path / "port",
        {"a.txt": b"The harbour opens\n\nThe harbour of Sandport opened.\n", "b.txt": b"An endless text is here.\n"},
    )
    monkeypatch.setattr(work, "find_dates", stuck)
    settings = Settings(jobs=1, timeouts=TimeoutSettings(seed=3600))
    built, report = build_in_memory(Project(project.root, settings))
    assert 0 < left[0] <= 3600
    assert built.articles == 1
    assert isinstance(report, Report)
    assert [(issue.code, issue.seed) for issue in report.issues if issue.severity == "error"] == [("too-slow", "b.txt")]
    assert report.exit_code == 1
