"""How strongly two names are tied, as pages show it."""

from __future__ import annotations

import pytest

from generator.pages.association import association, strength


@pytest.mark.parametrize(("ratio", "steps"), [(0.0, 0), (2.7, 0), (2.71, 1), (3.84, 2), (10.83, 5), (21.66, 7)])
def test_strength_grows_by_two_steps_for_each_doubling(ratio: float, steps: int) -> None:
    assert strength(ratio) == steps


def test_an_article_more_leaves_ties_as_they_were() -> None:
    pairs = [(together, one, other) for together in (1, 2, 5) for one in (5, 20, 60) for other in (5, 30, 200)]
    before = [association(*pair, 15_000) for pair in pairs]
    after = [association(*pair, 15_015) for pair in pairs]
    assert before == after
    assert len({strength(ratio) for ratio in before}) > 5
