from __future__ import annotations

import pytest

from generator.pages.render import breakable
from generator.pages.words import basis_words, date_words, machine_date, month_words, shortened


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2024", "2024"),
        ("2024-02", "February 2024"),
        ("2024-02-14", "14 February 2024"),
        ("2024-02-15T23:07", "15 February 2024, 23:07"),
        ("2024-02-15T23:07:30Z", "15 February 2024, 23:07 Z"),
        ("2024-W39", "week 39 of 2024"),
        ("2024-Q3", "quarter 3 of 2024"),
        ("2024-07/2024-09", "July–September 2024"),
        ("2024-12/2025-01", "December 2024 – January 2025"),
        ("2024-21", "spring 2024"),
        ("2024-24", "winter 2024"),
        ("197", "the 1970s"),
        ("19", "the 20th century"),
        ("20", "the 21st century"),
        ("2024-02-09/2024-02-12", "9–12 February 2024"),
        ("2024-02-27/2024-03-02", "27 February – 2 March 2024"),
        ("2023-12-30/2024-01-02", "30 December 2023 – 2 January 2024"),
        ("2024-99", "99 2024"),
        ("soon", "soon"),
    ],
)
def test_a_date_is_told_as_precisely_as_it_is_known(iso: str, words: str) -> None:
    assert date_words(iso) == words


def test_only_what_html_takes_is_a_machine_date() -> None:
    assert machine_date("2024-02-15T23:07") == "2024-02-15T23:07"
    assert machine_date("197") == ""
    assert machine_date("2024-23") == ""
    assert machine_date("2024-02-09/2024-02-12") == ""


def test_a_rule_without_an_entry_is_read_without_hyphens_and_a_sentence_as_it_is() -> None:
    assert basis_words("lede") == "opening sentence of the text"
    assert basis_words("some-new-rule") == "some new rule"
    assert basis_words("day of the month, from published 2024-02-15") == "day of the month, from published 2024-02-15"
    assert basis_words("day-of-month, from published 2024-02-15") == "day without a month, from published 2024-02-15"


def test_a_text_is_cut_between_words() -> None:
    assert shortened("one two three", 20) == "one two three"
    assert shortened("one two, three", 10) == "one two…"
    assert shortened("가" * 50, 10) == "가" * 10 + "…"


def test_a_month_is_named_without_its_year() -> None:
    assert month_words("2031-05") == "May"


def test_a_text_full_of_no_break_spaces_may_be_broken_behind_each() -> None:
    assert breakable("a\u00a0<b\u00a0c") == "a\u00a0<wbr/>&#60;b\u00a0<wbr/>c"
    assert breakable("a b") == "a b"
