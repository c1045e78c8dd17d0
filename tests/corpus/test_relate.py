"""Related articles with their reasons, and references with the articles they mean."""

from __future__ import annotations

import pytest

from generator.aligned import Span
from generator.corpus.chronicle import chronicle
from generator.corpus.relate import relate
from generator.corpus.vectors import steady
from generator.model import Article, Link, Reference, ResolvedReference
from tests.corpus.making import article, entities_of

TREATY = article(
    "a",
    "On May 3, Norland and Sudland signed a fishing treaty. Ola Brandt of the Harbour Board praised it.",
    dates={"May 3": "2021-05-03"},
    title="Norland and Sudland sign fishing treaty",
    published="2021-05-04",
)
COMMENT = article(
    "b",
    "The fishing treaty that Norland and Sudland signed on May 3 is weak, writes a reader who knows Ola Brandt well.",
    "Ola Brandt and the Harbour Board should have asked for more.",
    dates={"May 3": "2021-05-03"},
    title="A weak treaty",
    published="2021-05-06",
)
CAKES = article("c", "Bake the cakes for nine minutes and let them cool. Serve with cream.", title="Cakes for May")


def related(*articles: Article) -> tuple[Link, ...]:
    entities = entities_of(*articles)
    return relate(articles, entities, chronicle(articles, entities), ())[0]


def cited(title: str, date: str = "") -> ResolvedReference:
    reference = Reference(Span(0, 5), title, date, "see")
    citing = article("z", "See below for more.", references=(reference,))
    (resolved,) = relate((TREATY, COMMENT, CAKES, citing), (), (), ())[1]
    return resolved


def test_two_articles_about_one_event_are_related_from_both_sides_with_the_reason() -> None:
    links = related(TREATY, COMMENT, CAKES)
    assert [(link.source, link.target, link.kind) for link in links] == [("a", "b", "related"), ("b", "a", "related")]
    assert "both report 2021-05-03: Norland and Sudland signed a fishing treaty" in links[0].reason
    assert "both name " in links[0].reason
    assert "Ola Brandt" in links[0].reason
    assert 0.12 <= links[0].weight <= 1


def test_one_shared_agency_makes_no_kin() -> None:
    first = article("a", "The cat show opened on Monday, Delta News reported from the tents.")
    second = article("b", "Nine bridges need paint, the board found. Delta News asked for the price.")
    assert related(first, second) == ()


def test_versions_are_told_once_from_both_sides() -> None:
    version = Link("a", "b", "the same text, word for word", 1.0, "duplicate")
    links, _ = relate((TREATY, COMMENT), entities_of(TREATY, COMMENT), (), (version,))
    assert [(link.source, link.target, link.kind) for link in links] == [
        ("a", "b", "duplicate"),
        ("b", "a", "duplicate"),
    ]


def test_a_name_that_everybody_shares_relates_nobody_strongly() -> None:
    some = [
        article(f"n{number}", f"Norland has a town called Place{number}, where {number} cats live.")
        for number in range(30)
    ]
    assert all(link.weight < 0.6 for link in related(*some))


@pytest.mark.parametrize(
    ("title", "date", "target"),
    [
        ("Norland and Sudland Sign Fishing Treaty", "2021-05-04", "a"),
        ("Norland, Sudland sign the fishing treaty", "2021-05-04", "a"),
        ("Norland and Sudland sign fishing treaty", "", "a"),
        ("Norland and Sudland sign fishing treaty", "2021-05", "a"),
        ("Norland and Sudland sign fishing treaty", "2019-09-19", ""),
        ("Norland and Sudland quarrel over whaling", "2021-05-04", ""),
        ("Treaty", "2021-05-06", ""),
        ("", "", ""),
    ],
)
def test_references_mean_an_article_where_title_and_date_agree(title: str, date: str, target: str) -> None:
    assert cited(title, date).resolved_article == target


REPORTED = "As we reported on May 4, the treaty of Norland and Sudland on fishing holds."


def reporting(date: str, *others: Article) -> ResolvedReference:
    citing = article(
        "z",
        REPORTED,
        dates={"May 4": date},
        published="2021-06-01",
        references=(Reference(Span(0, len("As we reported on May 4")), "", "", "as-reported"),),
    )
    (resolved,) = relate((TREATY, COMMENT, *others, citing), (), (), ())[1]
    return resolved


def test_what_was_reported_on_a_day_is_the_article_of_that_day_whose_title_the_text_tells() -> None:
    found = reporting("2021-05-04")
    assert (found.resolved_article, found.reference.date) == ("a", "2021-05-04")
    assert reporting("2021-05-06").resolved_article == ""
    copy = article("d", "Fish.", title="Norland and Sudland sign fishing treaty", published="2021-05-04")
    assert reporting("2021-05-04", copy).resolved_article == ""  # either one of two


def test_a_citation_is_a_link_from_the_one_that_cites() -> None:
    reference = Reference(Span(0, 5), "Norland and Sudland sign fishing treaty", "2021-05-04", "see")
    citing = article("z", "See below for more.", references=(reference,))
    links, _ = relate((TREATY, citing), (), (), ())
    assert [(link.source, link.target, link.kind) for link in links] == [("z", "a", "reference")]
    assert "cites “Norland and Sudland sign fishing treaty” of 2021-05-04" in links[0].reason


def test_an_article_more_leaves_the_ties_of_others_as_they_are() -> None:
    crew = [
        article(f"n{number}", f"Ola Brandt of the Harbour Board has {number} boats in Norland.", "Ana Vrell agreed.")
        for number in range(6)
    ]
    before = related(TREATY, COMMENT, *crew)
    # It shares a name with all, and a word with some.
    after = related(TREATY, COMMENT, *crew, article("z", "Norland sells its boats. Bake the cakes with cream."))
    old = [link for link in after if "z" not in (link.source, link.target)]
    assert old == list(before)
    assert len(old) > 20


@pytest.mark.parametrize(
    ("count", "power"), [(0, 1), (1, 1), (2, 2), (3, 4), (5, 4), (6, 8), (11, 8), (12, 16), (10_000, 8192)]
)
def test_a_steady_count_is_a_power_of_two(count: int, power: int) -> None:
    assert steady(count) == power


def test_nothing_gives_nothing() -> None:
    assert relate((), (), (), ()) == ((), ())
