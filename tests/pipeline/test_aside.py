"""What a second process works out beside the build is what the build would have, and nothing is left of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys

import pytest

from generator.corpus.resolve import Decisions
from generator.pipeline import reduce as reducing
from generator.pipeline.aside import aside
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


def test_a_corpus_is_the_same_on_two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reducing, "PARALLEL_CORPUS", 1)
    assert encoded(reduce(made(), Decisions(), None, 2)) == encoded(reduce(made(), Decisions()))
