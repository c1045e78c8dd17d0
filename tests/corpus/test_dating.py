from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from generator.aligned import Span
from generator.annotate.dates import find_dates
from generator.corpus.dating import date_articles
from generator.corpus.dating.happenings import Happening, happenings
from generator.data import read_tree
from generator.model import Annotated, Article, Field, Mention, Reference
from tests.evaluation.plain import plain_document

NAMES = ("Oster", "Vellmark", "Anna Hale", "Ferry Board", "Harbour Union")


def article(
    name: str, text: str, published: str = "", *, title: str = "", references: tuple[Reference, ...] = ()
) -> Annotated:
    """An annotated article whose mentions are the names of `NAMES` in it."""
    document = replace(plain_document(text, published), id=name, title=Field(title, "headline"), references=references)
    sentences: list[Span] = []
    for zone in document.body:
        at = zone.reading.runs[0].start
        for sentence in re.split(r"(?<!Feb)(?<!U\.N)\. ", zone.reading.text):
            sentences.append(Span(at, at + len(sentence)))
            at += len(sentence) + 2
    mentions = [
        Mention(Span(at, at + len(known)), known, "place", known, "test", 1.0, "body", 1)
        for known in NAMES
        for at in range(len(text))
        if text.startswith(known, at)
    ]
    return Annotated(document, tuple(sentences), tuple(mentions), find_dates(document), ())


def dated(*articles: Annotated) -> dict[str, Article]:
    return {one.id: one for one in date_articles(articles)}


def values(one: Article) -> dict[str, str]:
    return {mention.surface: mention.iso for mention in one.dates}


STATED = article(
    "stated",
    "The Ferry Board and Vellmark signed a lasting harbour treaty on the 14th after a night of talks.",
    "2024-02-15",
)
UNDATED = article(
    "undated",
    "On Feb. 14, Vellmark and the Ferry Board signed a harbour treaty. Anna Hale took office earlier this month.",
)


def test_a_stated_date_anchors_the_article() -> None:
    assert values(dated(STATED)["stated"]) == {"the 14th": "2024-02-14"}


def test_a_happening_that_another_article_dates_gives_the_year() -> None:
    found = dated(STATED, UNDATED)["undated"]
    assert found.published.iso == ""
    assert (found.published.earliest, found.published.latest) == ("2024-02-14", "2025-02-13")
    assert [clue.source for clue in found.published.clues] == ["stated"]
    assert values(found)["Feb. 14"] == "2024-02-14"
    assert [mention.inferred for mention in found.dates if mention.surface == "Feb. 14"] == [True]


def test_without_the_other_article_nothing_is_known() -> None:
    found = dated(UNDATED)["undated"]
    assert (found.published.earliest, found.published.latest, found.published.clues) == ("", "", ())
    assert set(values(found).values()) == {""}


def test_another_happening_of_the_same_day_tells_nothing() -> None:
    other = article("stated", "A fire in Vellmark destroyed the old mill on the 14th.", "2024-02-15")
    assert dated(other, UNDATED)["undated"].published.clues == ()


def test_two_articles_that_date_it_differently_leave_the_year_open() -> None:
    again = replace(
        STATED,
        document=replace(STATED.document, id="later", published=replace(STATED.document.published, iso="2021-02-15")),
    )
    found = dated(STATED, again, UNDATED)["undated"]
    assert values(found)["Feb. 14"] == ""
    assert found.published.clues == ()


def test_the_order_of_the_articles_does_not_matter() -> None:
    assert dated(STATED, UNDATED) == dated(UNDATED, STATED)


def test_a_gathering_of_last_week_narrows_the_bracket() -> None:
    text = (
        "On Feb. 14, Vellmark and the Ferry Board signed a harbour treaty. "
        "Anna Hale spoke on the sidelines of the U.N. General Assembly in New York last week. "
        "She left Oster in March. Next year brings more, and the first talks were last November."
    )
    found = dated(STATED, article("undated", text))["undated"]
    # The general debate of 2024 was on 24 to 30 September, a Tuesday to a Monday.
    assert (found.published.earliest, found.published.latest) == ("2024-09-30", "2024-10-13")
    known = values(found)
    assert (known["March"], known["Next year"], known["last November"]) == ("2024-03", "2025", "2023-11")
    assert all(mention.inferred for mention in found.dates)


def test_what_is_told_as_past_comes_before_publication() -> None:
    text = "The mill in Oster burned down on 3 May 2021. It will open again by June 2023."
    found = dated(article("mill", text))["mill"]
    assert (found.published.earliest, found.published.latest) == ("2021-05-03", "2023-06-30")
    assert found.published.iso == ""


def test_what_may_be_still_to_come_bounds_nothing() -> None:
    text = "The board agreed that the lease of Oster expires in 2040. It vowed to halve its losses by 2035."
    found = dated(article("lease", text))["lease"].published
    assert (found.earliest, found.latest) == ("", "")


def test_a_cited_article_came_out_before() -> None:
    reference = Reference(Span(0, 4), "The harbour treaty explained at length", "2023-05-27", "see-block")
    found = dated(article("citing", "The treaty stands.", references=(reference,)))["citing"]
    assert (found.published.earliest, found.published.latest) == ("2023-05-27", "")


def test_a_citation_with_a_date_dates_the_cited_article() -> None:
    title = "Harbour treaty explained at length"
    reference = Reference(Span(0, 4), title, "2023-05-27", "see-block")
    citing = article("citing", "The treaty stands.", references=(reference,))
    found = dated(citing, article("cited", "Ships wait in Oster since last week.", title=title))["cited"]
    assert (found.published.earliest, found.published.latest, found.published.iso) == ("2023-05-27", "2023-05-27", "")
    assert values(found)["last week"] == "2023-W20"


def test_an_anniversary_next_year_dates_by_the_year_that_its_sentence_gives_the_founding() -> None:
    one = dated(article("a", "Next year the port marks the 65th anniversary of its founding in 1960. It is glad."))["a"]
    assert (one.published.earliest, one.published.latest) == ("2024-01-01", "2024-12-31")
    assert values(one)["65th anniversary"] == "1960"


def test_a_year_behind_an_anniversary_may_be_that_of_either() -> None:
    one = dated(article("a", "The port marked the 65th anniversary of its founding in 1960. It was glad."))["a"]
    assert values(one)["65th anniversary"] == ""
    assert one.published.latest == ""


def test_an_anniversary_next_year_dates_by_its_founding() -> None:
    text = "Next year marks the 65th anniversary of the founding treaty of Oster and Vellmark."
    known = article("history", "Oster and Vellmark signed their founding treaty in 1960.", "2019-01-01")
    found = dated(known, article("undated", text))["undated"]
    assert (found.published.earliest, found.published.latest) == ("2024-01-01", "2024-12-31")
    assert values(found)["Next year"] == "2025"


def test_clues_that_contradict_the_rest_are_set_aside_and_said_so() -> None:
    text = (
        "The mill of Oster burned down on 3 May 2025. "
        "On Feb. 14, Vellmark and the Ferry Board signed a harbour treaty. It was long in the making."
    )
    found = dated(STATED, article("undated", text))["undated"].published
    assert found.earliest == "2025-05-03"
    assert found.latest == ""
    assert any("set aside" in clue.text for clue in found.clues)


def test_a_stated_date_is_kept_against_later_dates_in_the_text() -> None:
    found = dated(article("odd", "The mill of Oster burned down on 3 May 2025.", "2024-01-01"))["odd"].published
    assert found.iso == "2024-01-01"
    assert any("stated date is kept" in clue.text for clue in found.clues)


@pytest.mark.parametrize("text", ["", "Nothing here tells when.", "On Monday it rained. Yesterday too."])
def test_no_evidence_gives_no_bracket(text: str) -> None:
    found = dated(article("bare", text))["bare"]
    assert (found.published.iso, found.published.earliest, found.published.latest) == ("", "", "")
    assert not any(mention.iso for mention in found.dates)


@pytest.mark.parametrize("happening", happenings(), ids=lambda one: one.name)
def test_gatherings_are_known_by_their_example_and_their_days_are_in_order(happening: Happening) -> None:
    rows = read_tree("calendar.yml")["happenings"].values()
    example = next(row["example"] for row in rows if row["name"] == happening.name)
    assert happening.phrase.search(example)
    assert all(first <= last and first.year == last.year for first, last in happening.days)
    assert list(happening.days) == sorted(happening.days)


@pytest.mark.parametrize("row", read_tree("series.yml").values(), ids=lambda row: row["name"])
def test_a_numbered_gathering_dates_its_example(row: dict[str, Any]) -> None:
    text, month = row["example"]
    found = dated(article("undated", text))["undated"].published
    assert (found.earliest, found.latest, found.iso) == (f"{month}-01", "", "")
    assert row["name"] in found.clues[0].text


def test_a_numbered_gathering_to_come_bounds_the_other_end() -> None:
    text = "He will address the 79th session of the UN General Assembly."
    found = dated(article("undated", text))["undated"].published
    assert (found.earliest, found.latest) == ("", "2025-09-01")


@pytest.mark.parametrize("text", ["The 2nd Human Rights Council of Vellport met.", "It was the 3rd UNGA-like meeting."])
def test_a_number_that_the_count_does_not_reach_tells_nothing(text: str) -> None:
    assert dated(article("undated", text))["undated"].published.clues == ()


def test_a_gathering_of_a_year_without_record_tells_nothing() -> None:
    text = "On Feb. 14, Vellmark and the Ferry Board signed a harbour treaty. They spoke at the NATO summit last week."
    stated = replace(
        STATED, document=replace(STATED.document, published=replace(STATED.document.published, iso="1997-02-15"))
    )
    found = dated(stated, article("undated", text))["undated"].published
    assert (found.earliest, found.latest) == ("1997-02-14", "1998-02-14")


def test_names_that_were_not_recognised_match_by_more_words() -> None:
    one = replace(STATED, mentions=())
    other = replace(UNDATED, mentions=())
    assert values(dated(one, other)["undated"])["Feb. 14"] == "2024-02-14"
    unlike = article("stated", "The Ferry Board of Vellmark sold a boat on the 14th.", "2024-02-15")
    assert values(dated(replace(unlike, mentions=()), other)["undated"])["Feb. 14"] == ""


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "9999"])
def test_dates_at_the_ends_of_the_calendar_break_nothing(published: str) -> None:
    stated = replace(STATED.document, published=replace(STATED.document.published, iso=published))
    found = dated(replace(STATED, document=stated), UNDATED)
    assert found["stated"].published.iso == published
    assert found["undated"].published.iso == ""
