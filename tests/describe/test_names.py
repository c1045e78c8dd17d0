"""Who a line without its `By` may name."""

from __future__ import annotations

import pytest

from generator.describe.names import read_byline


@pytest.mark.parametrize(
    "line",
    [
        "Foreign Minister Meets with Harbour Counterpart on Occasion of the Summit",
        "Special Report and Daily Opinion",
        "Read Next, Latest Stories",
    ],
)
def test_words_of_every_day_are_nobody(line: str) -> None:
    assert read_byline(line, explicit=False) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [("Grace Field and Olav Tarn", ["Grace Field", "Olav Tarn"]), ("Han Vrell", ["Han Vrell"])],
)
def test_a_given_name_or_an_unknown_word_is_somebody(line: str, names: list[str]) -> None:
    credited = read_byline(line, explicit=False)
    assert credited is not None
    assert [name for _, _, name in credited.authors] == names


def test_after_by_a_name_of_everyday_words_stands() -> None:
    credited = read_byline("Rose Hill", explicit=True)
    assert credited is not None
    assert [name for _, _, name in credited.authors] == ["Rose Hill"]
