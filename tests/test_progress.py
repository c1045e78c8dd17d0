from __future__ import annotations

from io import StringIO

import pytest

from generator.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_long_work_on_a_terminal_shows_count_rate_and_time_left() -> None:
    clock, stream = Clock(), Terminal()
    show = Progress(stream, clock=clock).meter("read")
    for done in range(1, 5):
        clock.now += 1.0
        show(done, 10)
    assert "read 3/10, 1/s, 7 s left" in stream.getvalue()


def test_short_work_shows_no_count() -> None:
    clock, stream = Clock(), Terminal()
    Progress(stream, clock=clock).meter("read")(1, 10)
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "verbose", "told"), [(0.1, False, ""), (3.0, False, "read: 3.0 s\n"), (0.1, True, "read: 0.1 s\n")]
)
def test_elsewhere_a_stage_is_one_line(seconds: float, verbose: bool, told: str) -> None:
    clock, stream = Clock(), StringIO()
    with Progress(stream, clock=clock, verbose=verbose).stage("read"):
        clock.now += seconds
    assert stream.getvalue() == told


def test_a_stage_within_another_is_timed_by_itself_and_the_other_is_shown_again() -> None:
    clock, stream = Clock(), Terminal()
    progress = Progress(stream, clock=clock)
    with progress.stage("render"):
        clock.now += 1
        with progress.stage("write"):
            clock.now += 5
            with progress.stage("data"):
                clock.now += 2
        clock.now += 1
        assert stream.getvalue().endswith("render …")
    with progress.stage("write"):
        clock.now += 1
    assert progress.timings == {"data": 2, "write": 6, "render": 2}
    assert "data: 2.0 s\n" in stream.getvalue()


def test_quiet_says_nothing() -> None:
    clock, stream = Clock(), Terminal()
    progress = Progress(stream, clock=clock, quiet=True, verbose=True)
    with progress.stage("read"):
        clock.now += 9
        progress.meter("read")(1, 2)
        progress.note("x")
    assert stream.getvalue() == ""


def test_where_the_time_went_is_a_table_of_stages_and_parts() -> None:
    clock = Clock()
    progress = Progress(StringIO(), clock=clock)
    for name, seconds in (("read", 1.0), ("render", 3.0)):
        with progress.stage(name):
            clock.now += seconds
    progress.parts = {"read: model": 0.5}
    rows = [line.split() for line in progress.table()]
    assert rows[0] == ["stage", "seconds", "share"]
    assert rows[1] == ["render", "3.00", "75%"]
    assert rows[2] == ["read", "1.00", "25%"]
    assert rows[-1] == ["read:", "model", "0.50", "100%"]
