from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.chronology.iso import add_months, bounds, day_iso, month_iso, precision_of, quarter_iso, week_iso


@pytest.mark.parametrize(
    ("iso", "precision", "first", "last"),
    [
        ("19", "century", date(1900, 1, 1), date(1999, 12, 31)),
        ("197", "decade", date(1970, 1, 1), date(1979, 12, 31)),
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-07/2024-09", "quarter", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-23", "season", date(2024, 9, 1), date(2024, 11, 30)),
        ("2023-24", "season", date(2023, 12, 1), date(2024, 2, 29)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-W39", "week", date(2024, 9, 23), date(2024, 9, 29)),
        ("2024-02-14", "day", date(2024, 2, 14), date(2024, 2, 14)),
        ("2024-02-15T23:07", "minute", date(2024, 2, 15), date(2024, 2, 15)),
        ("2024-02-09/2024-02-12", "range", date(2024, 2, 9), date(2024, 2, 12)),
        ("2019/2021", "range", date(2019, 1, 1), date(2021, 12, 31)),
    ],
)
def test_a_value_has_a_precision_and_covers_days(iso: str, precision: str, first: date, last: date) -> None:
    assert precision_of(iso) == precision
    assert bounds(iso) == (first, last)


@pytest.mark.parametrize("iso", ["", "soon", "2024-02-30", "2024-13", "2023-W53", "2024-02-14/", "0000"])
def test_what_is_no_value_covers_nothing(iso: str) -> None:
    assert iso == "0000" or bounds(iso) is None


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)))
def test_a_day_lies_in_its_week_month_and_year(day: date) -> None:
    for iso in (day.isoformat(), week_iso(day), month_iso(day.year, day.month), f"{day.year:04d}"):
        span = bounds(iso)
        assert span is not None
        assert span[0] <= day <= span[1]


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.integers(-600, 600))
def test_adding_months_keeps_the_day_where_the_month_has_it(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


def test_months_and_quarters_run_over_the_year() -> None:
    assert month_iso(2024, 0) == "2023-12"
    assert month_iso(2024, 13) == "2025-01"
    assert quarter_iso(2024, 5) == "2025-01/2025-03"
    assert day_iso(2023, 2, 29) == ""
