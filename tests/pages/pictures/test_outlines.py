from __future__ import annotations

import re
from itertools import pairwise

import pytest

from generator.data import read_rows
from generator.pages.pictures.outlines import WIDTH, Window, land, window_of


def test_every_example_place_is_within_the_window_that_is_made_for_it() -> None:
    points = [(37.57, 126.98), (23.13, -82.38), (35.69, 139.69)]
    for some in (points, points[:1], points[1:2], [(79.0, 179.0)], [(-56.0, -179.5)]):
        window = window_of(some)
        for latitude, longitude in some:
            x, y = window.place(latitude, longitude)
            assert 0 <= x <= WIDTH
            assert 0 <= y <= window.height


def test_without_places_the_window_is_the_world() -> None:
    assert (window_of([]).west, window_of([]).east) == (-180, 180)


def test_no_outline_leaves_the_window_and_none_runs_across_the_whole_map() -> None:
    for window in (window_of([]), window_of([(23.13, -82.38)], least=44), Window(170, 180, 60, 75)):
        rings = land(window).split("Z")
        assert len(rings) > 1
        for ring in rings:
            spots = [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", ring)]
            assert all(-0.1 <= x <= WIDTH + 0.1 and -1 <= y <= window.height + 1 for x, y in spots)
            if window.east - window.west == 360:
                # The seam of the earth: a ring that jumps from one edge to the other would draw a line over all.
                steps = pairwise(spots)
                assert not [1 for (x, y), (other, below) in steps if abs(x - other) > WIDTH * 0.9 and y == below > 1]


def test_outlines_are_rings_on_the_earth() -> None:
    rows = read_rows("outlines.csv")
    assert len(rows) > 200
    for row in rows:
        numbers = [int(number) for number in row["ring"].split()]
        assert len(numbers) % 2 == 0
        assert len(numbers) > 6
        assert all(-1000 <= latitude <= 1000 for latitude in numbers[1::2])


@pytest.mark.parametrize("least", [20.0, 60.0, 400.0])
def test_a_window_is_no_smaller_than_asked_for(least: float) -> None:
    window = window_of([(48.0, 11.0)], least=least)
    assert window.east - window.west >= min(least, 299)
