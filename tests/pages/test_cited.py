"""What is cited and not there, ranked by how many articles cite it."""

from __future__ import annotations

from dataclasses import replace

from generator.aligned import Span
from generator.model import Article, Reference, ResolvedReference
from generator.pages.cited import cited_as, wanted
from tests.corpus.making import article

TEXT = "As we reported on March 7, the hospital counted the injured."
WORDS = Span(0, len("As we reported on March 7"))


def citing(identity: str, *cited: tuple[str, str]) -> tuple[Article, list[ResolvedReference]]:
    made = article(identity, TEXT, title="On")
    return made, [ResolvedReference(identity, Reference(WORDS, title, date, "see"), "", 0.0) for title, date in cited]


def test_titles_that_differ_in_marks_or_lack_a_date_are_one_and_the_most_cited_comes_first() -> None:
    made = [
        citing("a", ("Line buys two ships", "2025-01-10"), ("A history of the bank", "2019-06-03")),
        citing("b", ("“Line Buys Two Ships.”", "")),
        citing("c", ("Line buys two ships", "2025-01-10")),
    ]
    articles = {one.id: one for one, _ in made}
    rows = wanted([reference for _, references in made for reference in references], articles)
    assert rows == (
        ("Line buys two ships", "2025-01-10", ("a", "b", "c")),
        ("A history of the bank", "2019-06-03", ("a",)),
    )


def test_one_title_of_two_days_is_two_articles() -> None:
    one, references = citing("a", ("Weather", "2025-01-10"), ("Weather", "2025-01-11"))
    assert [date for _, date, _ in wanted(references, {"a": one})] == ["2025-01-10", "2025-01-11"]


def test_what_has_no_title_is_shown_by_the_words_that_cite_it_if_they_may_be() -> None:
    one, references = citing("a", ("", "2025-03-07"))
    assert wanted(references, {"a": one}) == (("“As we reported on March 7”", "2025-03-07", ("a",)),)
    assert cited_as(replace(one, publish="metadata"), references[0].reference) == ""
