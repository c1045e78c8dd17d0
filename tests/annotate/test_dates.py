from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.annotate.dates import Anchor, find_dates, most_dates, resolve_dates
from generator.chronology import bounds
from generator.data import read_tree
from tests.evaluation.plain import plain_document

PATTERNS: list[dict[str, Any]] = read_tree("date_patterns.yml")


def dated(text: str, published: str = "") -> dict[str, str]:
    """Surface to value of every expression found."""
    expressions = find_dates(plain_document(text))
    return {one.surface: one.iso for one in resolve_dates(expressions, Anchor(published))}


@pytest.mark.parametrize("row", PATTERNS, ids=[row["rule"] for row in PATTERNS])
def test_every_pattern_finds_its_example(row: dict[str, Any]) -> None:
    expressions = find_dates(plain_document(row["example"]))
    mentions = resolve_dates(expressions, Anchor("2024-06-12"))
    found = [(one.rule, mention.surface, mention.iso) for one, mention in zip(expressions, mentions, strict=True)]
    assert (row["rule"], row["finds"], row["iso"]) in found


@pytest.mark.parametrize(
    "text",
    [
        "The office on the 15th floor was empty.",
        "They cited the 19th amendment and the 5th Circuit.",
        "It cost $1,000 and drew 2000 people.",
        "A crowd of 2000 waited in 1500 homes.",
        "You may go, and they march on.",
        "They march in step; May they prosper.",
        "The rain lasted for three days and 65 years of records fell.",
        "They met on the 15th Street and on the 38th parallel.",
        "She told USA Today and Oster This Morning that at the end of the day it is over.",
        "See https://oster.example/2024/02/15/mill?d=2024-02-15 for more.",
        "He wore number 23 and is 44 years old.",
        "The Sunday Times of Oster printed it, as every Monday.",
        "Room 1984 is on Route 2020.",
        "It won 3-2 and scored 98-97.",
        "Version 2.10.11 fixed it.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dated(text, "2024-06-12") == {}


def test_a_relative_date_without_an_anchor_has_no_value() -> None:
    text = "Last week the mill closed. On Friday it reopened, two years ago it burned, and in March it may move."
    assert set(dated(text).values()) == {""}


@pytest.mark.parametrize(
    ("text", "surface", "iso"),
    [
        # Weekdays go by the tense of their verb; 12 June 2024 was a Wednesday.
        ("The board met on Friday.", "Friday", "2024-06-07"),
        ("The board will meet on Friday.", "Friday", "2024-06-14"),
        ("The board plans to meet in Oster on Friday.", "Friday", "2024-06-14"),
        ("The vote could come as early as Friday.", "Friday", "2024-06-14"),
        ("She toured the towns ahead of the vote in November.", "November", "2024-11"),
        ("They are trying to win support for the U.S. vote in November.", "November", "2024-11"),
        ("Until Friday, they had not met.", "Friday", "2024-06-07"),
        ("Friday's ruling will be read closely.", "Friday", "2024-06-07"),
        ("The board met Wednesday.", "Wednesday", "2024-06-12"),
        # Months and days without a year.
        ("The bridge will open in March.", "March", "2025-03"),
        ("The bridge opened in December.", "December", "2023-12"),
        ("The board set a July 14 deadline.", "July 14", "2024-07-14"),
        ("The May 7 fire killed no one and will be studied.", "May 7", "2024-05-07"),
        ("OSTER, Feb. 15 (Coast News) -- The board will meet soon.", "Feb. 15", "2024-02-15"),
        ("It opened in 2000, closed last year, and in September it burned.", "September", "2023-09"),
        ("On 3 May 1921 the mill burned. On 14 June it opened again.", "14 June", "1921-06-14"),
        ("They met on Thursday, June 6, in Oster.", "Thursday, June 6", "2024-06-06"),
        ("It rained on February 14 of last year.", "February 14 of last year", "2023-02-14"),
        # Days of the month.
        ("On 13th, the board met.", "13th", "2024-05-13"),
        ("The board met (11th).", "11th", "2024-06-11"),
        ("Guests come on the coming 20th.", "the coming 20th", "2024-06-20"),
        ("On the 4th Anna Hale resigned.", "the 4th", "2024-06-04"),
        ("Earlier on the 9th, the minister spoke.", "the 9th", "2024-06-09"),
        ("He spoke on the 20th when asked.", "the 20th", "2024-05-20"),
        # Vague and coarse ones keep their precision.
        ("It was built two centuries ago.", "two centuries ago", "1824"),
        ("It was built in the late 1970s.", "late 1970s", "197"),
        ("They met earlier this year.", "earlier this year", "2024"),
        ("They met three weeks ago.", "three weeks ago", "2024-W21"),
        # Times belong to the day named beside them.
        ("Guests left on Monday at 9:30 p.m. for Oster.", "Monday at 9:30 p.m.", "2024-06-10T21:30"),
        ("At 7 p.m. on Monday the siren rang.", "7 p.m. on Monday", "2024-06-10T19:00"),
        # Slashes are read only where the numbers tell the order.
        ("Filed on 04/05/2024 in Oster.", "04/05/2024", "2024"),
        ("Filed on 04/05/2024, answered on 25/05/2024.", "04/05/2024", "2024-05-04"),
        ("Filed on 04/05/2024, answered on 05/25/2024.", "04/05/2024", "2024-04-05"),
        # Anniversaries point back to a founding year.
        ("Next year marks the sixty fifth anniversary of the mill.", "sixty fifth anniversary", "1960"),
        ("In 2024 they keep the 50th anniversary of the 1974 treaty.", "50th anniversary", "1974"),
        ("2024년 2월 15일 오후 3시 20분에 발표했다.", "2024년 2월 15일 오후 3시 20분", "2024-02-15T15:20"),
        ("令和の話。昨年9月に会談した。", "昨年9月", "2023-09"),
    ],
)
def test_values_for_an_article_of_12_june_2024(text: str, surface: str, iso: str) -> None:
    assert dated(text, "2024-06-12").get(surface) == iso


def test_a_chain_follows_the_date_before_it() -> None:
    text = "The envoy called on the 7th, and they met the next day. Two days later they signed. That year was busy."
    assert dated(text, "2024-02-15") == {
        "the 7th": "2024-02-07",
        "the next day": "2024-02-08",
        "Two days later": "2024-02-10",
        "That year": "2024",
    }


@pytest.mark.parametrize(
    ("text", "surface", "iso"),
    [
        ("He left on 4 March, a week before the vote of 20 March. That night it rained.", "That night", "2026-03-04"),
        ("It burned on the night of May 12, three days before the vote of May 15. That night he slept.", "That night",
         "2026-05-12"),
        ("It sank on 4 March and was raised on 20 March. That day it rained.", "That day", "2026-03-20"),
        ("They met on Sunday. That evening the party split.", "That evening", "2026-05-17"),
        ("It opened in the spring of 2011 and closed two winters later.", "two winters later", "2012-24"),
        ("The vote is two weeks from Sunday.", "two weeks from", "2026-06-07"),
        ("The club's fiscal 2025 ended in March.", "March", "2026-03"),
        ("The flood of 1953 killed 300; seventy years on, the dykes are higher.", "seventy years on", "2023"),
    ],
)  # fmt: skip
def test_what_is_counted_from_a_date_is_counted_from_the_one_that_is_meant(text: str, surface: str, iso: str) -> None:
    assert dated(text, "2026-05-20").get(surface) == iso


def test_the_end_of_the_month_is_of_the_month_named_last_where_no_publication_is_known() -> None:
    text = "The camp opened on 10 June 2017. By the end of the month it was shut."
    assert dated(text, "")["the end of the month"] == "2017-06"


def test_within_days_is_no_day() -> None:
    assert not dated("The court will rule within ten days.", "2026-05-20")


def test_a_bracket_gives_only_what_both_its_ends_agree_on() -> None:
    text = "Next year they meet again. He came last month and left last Friday. On Feb. 14 they signed."
    expressions = find_dates(plain_document(text))
    mentions = resolve_dates(expressions, Anchor(earliest="2024-09-30", latest="2024-10-13"))
    found = {one.surface: (one.iso, one.precision, one.inferred) for one in mentions}
    assert found["Next year"] == ("2025", "year", True)
    assert found["last month"] == ("2024-08-01/2024-09-30", "range", True)
    assert found["last Friday"] == ("2024-09-27/2024-10-11", "range", True)
    assert found["Feb. 14"] == ("2024-02-14", "day", True)


def test_a_bracket_too_wide_to_tell_gives_nothing() -> None:
    expressions = find_dates(plain_document("They met last Friday, and in 2011."))
    mentions = resolve_dates(expressions, Anchor("2024"))
    assert [(one.surface, one.iso) for one in mentions] == [("last Friday", ""), ("2011", "2011")]


def test_an_open_bracket_anchors_nothing() -> None:
    expressions = find_dates(plain_document("They met last week."))
    assert [one.iso for one in resolve_dates(expressions, Anchor(earliest="2024-09-30"))] == [""]


def test_the_basis_names_kind_and_anchor() -> None:
    text = "They met on the 7th and on 3 May 1921. The next day it rained. Filed 04/05/2024."
    expressions = find_dates(plain_document(text))
    assert [one.basis for one in resolve_dates(expressions, Anchor("2024-06-12"))] == [
        "day of the month, from published 2024-06-12",
        "date, as written",
        "date counted from another, from “3 May 1921”",
        "date in figures, which is the day and which the month is open",
    ]
    assert resolve_dates(expressions, Anchor())[0].basis == "day of the month, nothing says of which time"


def test_spun_wording_is_read_by_its_reading_and_shown_as_written() -> None:
    text = "He left final November and comes again subsequent yr."
    plain = plain_document(text)
    zone = plain.zones[0]
    reading = zone.text.replaced([(8, 13, "last"), (39, 52, "next year")])
    document = replace(plain, zones=(replace(zone, reading=reading),))
    mentions = resolve_dates(find_dates(document), Anchor("2024-10-01"))
    assert [(one.surface, one.iso) for one in mentions] == [("final November", "2023-11"), ("subsequent yr", "2025")]
    assert [text[one.span.start : one.span.end] for one in mentions] == ["final November", "subsequent yr"]


@given(st.text(alphabet="0123456789 .,-/:'’thsndMayFriday年月日the ago last", max_size=200))
def test_any_text_gives_spans_in_order_that_do_not_overlap(text: str) -> None:
    expressions = find_dates(plain_document(text))
    for left, right in pairwise(expressions):
        assert left.span.end <= right.span.start
    for one in expressions:
        assert text[one.span.start : one.span.end] == one.surface
    for mention in resolve_dates(expressions, Anchor("2024-06-12")):
        assert not mention.iso or bounds(mention.iso)
        assert bool(mention.iso) == (mention.precision is not None)


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "2024-02-29T10:00", "9999"])
def test_no_anchor_is_too_odd(published: str) -> None:
    text = "Last fall and next spring, a century ago, in February, on the 31st, next week and Feb. 29 of last year."
    expressions = find_dates(plain_document(text))
    assert len(expressions) == 7
    for one in resolve_dates(expressions, Anchor(published)):
        assert not one.iso or bounds(one.iso)


@pytest.mark.parametrize("unit", ["[", '"', "<", " ", "1", "1 ", "1.", "May ", "the 1st ", "年", "1日"])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    document = plain_document("a" + unit * (100_000 // len(unit)))
    started = process_time()
    resolve_dates(find_dates(document), Anchor("2024-06-12"))
    # Ten times what the slowest takes on a slow machine; quadratic work would take minutes.
    assert process_time() - started < 10


def test_a_slashed_date_that_is_the_publication_tells_the_order() -> None:
    text = "02/12/2020 by the desk. It was filed on 03/12/2020."
    found = [one.value for one in find_dates(plain_document(text, "2020-12-02"))]
    assert found == ["2020-12-02", "2020-12-03"]


def inferred(text: str) -> dict[str, bool]:
    """Surface to whether the value is marked as inferred, for every expression of an article of 12 June 2024."""
    mentions = resolve_dates(find_dates(plain_document(text)), Anchor("2024-06-12"))
    return {one.surface: one.inferred for one in mentions if one.iso}


@pytest.mark.parametrize(
    "text",
    [
        "It was built around 1910.",
        "It was built circa 1910.",
        "It closed about a decade ago.",
        "It closed more than 20 years ago.",
        "It closed a year or so ago.",
        "It was dug sometime in the 1930s.",
        "It should open by about 2030.",
    ],
)
def test_what_is_only_about_then_is_never_given_as_exact(text: str) -> None:
    assert list(inferred(text).values()) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "It was built in 1910.",
        "It closed ten years ago.",
        "She was asked about Monday's vote.",
        "Rain fell over the weekend.",
    ],
)
def test_what_is_exact_is_not_made_vague(text: str) -> None:
    assert list(inferred(text).values()) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "It drew about 2000 crates of salt.",
        "It was the first defeat in two weeks, and more will follow.",
        "He will be the only man in ten years to try.",
        "It was signed on 1 April 1999, a Thursday.",
        "The bank failed at the turn of the century.",
    ],
)
def test_counts_and_durations_are_no_dates(text: str) -> None:
    assert not [iso for iso in dated(text, "2024-06-12").values() if iso != "1999-04-01"]


def test_a_range_of_months_is_of_the_year_that_it_names() -> None:
    text = "It ran May–June 2021, and from November to January 2023."
    assert set(dated(text, "2024-06-12").values()) == {"2021-05/2021-06", "2022-11/2023-01"}


def test_half_a_year_that_is_named_needs_no_anchor() -> None:
    assert dated("Sales fell in the first half of 2023.") == {"first half of 2023": "2023-01/2023-06"}


def test_a_month_is_not_of_the_year_since_which_something_lasts() -> None:
    found = dated("Ships have called here since 2015; as of June 1 they pay.", "2024-06-12")
    assert found["June 1"] == "2024-06-01"


def test_of_a_table_of_dates_the_first_are_read_wherever_its_lines_end() -> None:
    for unit in ("2 May\n", "on Monday ", "2 May 2021\n\n"):
        document = plain_document(unit * 8000)
        assert len(find_dates(document)) == most_dates(document) < 8000


def test_every_date_of_a_long_chronicle_is_read() -> None:
    lines = [f"On {day} May {year} the ferry of Sandport sank.\n" for year in range(1900, 2000) for day in range(1, 31)]
    assert len(find_dates(plain_document("".join(lines)))) == len(lines)


def test_a_weekend_is_by_tense_and_a_sunday_is_in_its_own() -> None:
    assert dated("They lost at the weekend.", "2025-01-22") == {"the weekend": "2025-01-18/2025-01-19"}
    assert dated("They will play at the weekend.", "2025-01-22") == {"the weekend": "2025-01-25/2025-01-26"}
    assert dated("They lost at the weekend.", "2025-01-19") == {"the weekend": "2025-01-18/2025-01-19"}


def test_a_weekday_that_ends_a_stretch_lies_behind_its_beginning() -> None:
    found = dated("Snow is forecast from tomorrow evening until Friday noon.", "2025-01-22")
    assert found["Friday noon"] == "2025-01-24"


def test_a_day_further_on_in_a_sentence_is_of_the_month_that_it_tells_of() -> None:
    found = dated("The convoy left on 30 October 1943; on the 5th it was sighted, and two days later sunk.")
    assert (found["the 5th"], found["two days later"]) == ("1943-11-05", "1943-11-07")


def test_the_spring_that_follows_a_year_is_of_the_next() -> None:
    assert dated("The hall was begun in 1904 and opened the following spring.")["the following spring"] == "1905-21"


def test_later_than_counts_nothing() -> None:
    assert dated("School starts tomorrow, a week later than in 2022.", "2023-08-31") == {
        "tomorrow": "2023-09-01",
        "2022": "2022",
    }
