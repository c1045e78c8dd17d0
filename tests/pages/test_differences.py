"""How one wording of a statement differs from another."""

from __future__ import annotations

import time

from generator.pages.differences import Difference, differences


def test_what_stands_instead_is_told_with_what_it_stands_for() -> None:
    assert differences(
        "The rudder did not answer, and I had eleven seconds to warn the passengers,",
        "The rudder did now not reply, and I had eleven seconds to alert the travelers,",
    ) == (
        Difference("", "now"),
        Difference("answer", "reply"),
        Difference("warn", "alert"),
        Difference("passengers", "travelers"),
    )


def test_marks_and_capitals_are_no_difference() -> None:
    assert differences("“The ferry sails,", "the ferry sails.") == ()


def test_another_text_is_not_compared_word_by_word() -> None:
    assert differences("We sail in May", "Nobody knows why the dyke gave way") is None


def test_long_texts_cost_little() -> None:
    started = time.process_time()
    assert differences("a " * 100_000, "b " * 100_000) is None
    differences("a b " * 100, "b a " * 100)
    assert time.process_time() - started < 1
