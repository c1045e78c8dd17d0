from __future__ import annotations

from datetime import date

import pytest

from generator.chronology.holidays import easter, holidays


@pytest.mark.parametrize(
    ("key", "year", "iso"),
    [
        ("christmas", 2024, "2024-12-25"),
        ("thanksgiving", 1999, "1999-11-25"),
        ("thanksgiving", 2024, "2024-11-28"),
        ("memorial-day", 2024, "2024-05-27"),
        ("election-day", 2020, "2020-11-03"),
        ("labor-day", 2025, "2025-09-01"),
        ("good-friday", 2024, "2024-03-29"),
        ("easter-week", 2000, "2000-04-16/2000-04-22"),
        ("lunar-new-year", 2024, "2024-02-10"),
        ("mid-autumn-festival", 2025, "2025-10-06"),
        ("lunar-new-year", 1800, ""),
    ],
)
def test_holidays_fall_where_the_calendar_has_them(key: str, year: int, iso: str) -> None:
    assert holidays()[key].iso(year) == iso


@pytest.mark.parametrize(
    ("year", "day"),
    [(1818, date(1818, 3, 22)), (1943, date(1943, 4, 25)), (2000, date(2000, 4, 23)), (2024, date(2024, 3, 31))],
)
def test_easter_at_its_earliest_its_latest_and_of_late(year: int, day: date) -> None:
    assert easter(year) == day


def test_every_rule_gives_a_day_and_no_name_stands_twice() -> None:
    names = [name for holiday in holidays().values() for name in holiday.names]
    assert len(names) == len(set(names))
    assert all(holiday.iso(2024) for holiday in holidays().values())
