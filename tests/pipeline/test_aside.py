"""What a second process works out beside the build is what the build would have, and nothing is left of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time

import pytest

from generator.corpus.resolve import Decisions
from generator.pipeline import reduce as reducing
from generator.pipeline.aside import aside, both_aside
from generator.pipeline.reduce import reduce
from tests.pipeline.test_digests import encoded, made

FORKS = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux alone")


def own_number() -> bytes:
    return str(os.getpid()).encode()


@FORKS
def test_another_process_does_it() -> None:
    with aside(own_number, 2) as outcome:
        assert outcome() != own_number()
    assert not multiprocessing.active_children()


@FORKS
def test_it_is_told_whether_it_has_come() -> None:
    begin, go = os.pipe()
    with aside(lambda: os.read(begin, 1), 2) as outcome:
        assert not outcome.there()
        os.write(go, b"x")
        deadline = time.monotonic() + 60
        while not outcome.there():
            assert time.monotonic() < deadline
        assert outcome() == b"x"
    os.close(begin)
    os.close(go)


def test_one_job_is_one_process() -> None:
    with aside(own_number, 1) as outcome:
        assert outcome() == own_number()


@FORKS
def test_what_the_system_ends_is_done_here() -> None:
    here = os.getpid()

    def work() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return own_number()

    with aside(work, 2) as outcome:
        assert outcome() == own_number()


def test_a_failure_is_raised_here() -> None:
    def work() -> bytes:
        raise ZeroDivisionError

    with aside(work, 2) as outcome, pytest.raises(ZeroDivisionError):
        outcome()


def test_where_no_process_is_to_be_had_this_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(multiprocessing.get_context("fork").Process, "start", refuse)
    with aside(own_number, 2) as outcome:
        assert outcome() == own_number()
    monkeypatch.setattr(sys, "platform", "darwin")
    with aside(own_number, 2) as outcome:
        assert outcome() == own_number()


@FORKS
def test_nothing_is_left_of_a_block_that_ends_early() -> None:
    def forever() -> bytes:
        signal.pause()
        return b""

    with pytest.raises(KeyboardInterrupt), aside(forever, 2):
        raise KeyboardInterrupt
    assert not multiprocessing.active_children()


@FORKS
def test_the_second_of_two_works_does_not_wait_until_somebody_takes_the_first() -> None:
    begin = time.monotonic()

    def large() -> bytes:
        return b"." * 10_000_000

    with both_aside(
        (large, bytes), (lambda: (os.getpid(), time.monotonic() - begin), tuple[int, float]), 2
    ) as outcomes:
        time.sleep(1)
        assert outcomes[0]() == large()
        process, done = outcomes[1]()
    assert process != os.getpid()
    assert done < 1


@FORKS
def test_of_two_works_that_are_cut_off_the_rest_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return here

    for first in (os.getpid, work):
        with both_aside((first, int), (work, int), 2) as (one, other):
            # Cut off in the second, it may have handed over the first.
            assert one() == here or first is os.getpid
            assert other() == here


def test_a_corpus_is_the_same_on_two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reducing, "PARALLEL_CORPUS", 1)
    assert encoded(reduce(made(), Decisions(), None, 2)) == encoded(reduce(made(), Decisions()))
