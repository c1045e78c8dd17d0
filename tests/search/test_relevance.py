"""The ranking is held to what was promised: a tenth above Material's search, never below it on known articles."""

from __future__ import annotations

from tests.evaluation.relevance import score


def test_search_ranks_better_than_the_one_it_replaces() -> None:
    for measure in score():
        assert measure.figure >= measure.floor, measure
        assert measure.figure >= measure.goal, measure
