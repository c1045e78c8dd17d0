"""Full dates as pages write them."""

from __future__ import annotations

import pytest

from generator.clean import clean
from generator.describe import describe
from generator.describe.timestamps import find_stamps
from generator.model import SeedText


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("(Juche113.2.15.)", "2024-02-15"),
        ("주체113(2024)년 2월 15일", "2024-02-15"),
        ("令和6年2月15日", "2024-02-15"),
        ("平成31年4月30日 10:05", "2019-04-30T10:05"),
    ],
)
def test_years_are_counted_in_eras_too(text: str, iso: str) -> None:
    assert [stamp.iso for stamp in find_stamps(text, "")] == [iso]


def test_an_era_without_a_day_is_no_date() -> None:
    assert list(find_stamps("It was founded in Juche 77 and closed in Juche 90.", "")) == []


def test_a_date_of_an_era_below_the_article_is_when_it_came_out() -> None:
    text = (
        "Harbour opens\n\nThe harbour of Marn was opened on Thursday by the council, which had paid for it.\n\n"
        "Ships from nine towns came in on the first tide, and the band played until dark.\n\n"
        "www.marn.example (Juche113.2.15.)\n"
    )
    document = describe(clean(SeedText("a.txt", "", text, "utf-8"), frozenset()), "a")
    assert document.published is not None
    assert document.published.iso == "2024-02-15"
    assert "Juche" not in " ".join(zone.text.text for zone in document.body)
