"""What a line is likely to be depends on the lines around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.clean.smoothing import smoothed


def test_a_doubtful_line_among_buttons_goes_with_them_and_among_paragraphs_stays() -> None:
    page = smoothed([0.9, 0.9, 0.5, 0.9, 0.9], [False] * 5, [False] * 5)
    article = smoothed([0.1, 0.1, 0.5, 0.1, 0.1], [False] * 5, [False] * 5)
    assert page[2] > 0.6
    assert article[2] < 0.4


def test_what_rules_took_draws_its_neighbour_along() -> None:
    beside = smoothed([0.5, 0.5, 0.5], [False] * 3, [True, False, True])
    alone = smoothed([0.5, 0.5, 0.5], [False] * 3, [False] * 3)
    assert beside[1] > alone[1]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.booleans()), max_size=60))
def test_chances_stay_chances(lines: list[tuple[float, bool, bool]]) -> None:
    found = smoothed([chance for chance, _, _ in lines], [gap for _, gap, _ in lines], [out for _, _, out in lines])
    assert len(found) == len(lines)
    assert all(0 <= chance <= 1 for chance in found)
