"""What differs between versions of one story."""

from __future__ import annotations

import time
from dataclasses import replace

from generator.aligned import AlignedText, Span
from generator.model import Article, Corpus, Link, Quote, ResolvedQuote, Statement, Zone
from generator.pages import build_pages, find_addresses
from generator.pages.facts import SiteFacts
from generator.pages.library import Library, Tie
from generator.pages.versions import Version, versions_of
from tests.pages.fixture import corpus, facts
from tests.pages.test_pages import COURIER, section, words

TIE = Link("one", "two", "the same story", 0.9, "version")
SEEN = Tie(TIE.source, TIE.target, TIE.reason, TIE.kind)


def article(identity: str, *paragraphs: str) -> Article:
    template = next(one for one in corpus().articles if one.id == "hostile")
    document = template.annotated.document
    text, zones = "", []
    for number, paragraph in enumerate(paragraphs, 1):
        view = AlignedText.verbatim(paragraph, len(text))
        zones.append(Zone("body", view, view, number))
        text += paragraph + "\n"
    whole = replace(document, id=identity, seed=replace(document.seed, text=text), zones=tuple(zones), ledger=())
    return replace(template, annotated=replace(template.annotated, document=whole, sentences=(), mentions=()), dates=())


def compared(one: Article, other: Article, **more: object) -> Version:
    whole = Corpus((one, other), (), (), (TIE,), (), (), **more)  # type: ignore[arg-type]
    return versions_of(Library(whole, SiteFacts(), find_addresses(whole, {})), (SEEN,))[0]


def test_numbers_that_only_one_version_has_are_told_with_their_paragraph() -> None:
    version = compared(
        article("one", "The harbour cost 12 million crowns, the mayor of Norby said, and 40% was borrowed."),
        article("two", "The harbour cost 14 million crowns, the mayor of Norby said, and 40% was borrowed."),
    )
    facet = next(one for one in version.facets if one.label == "Numbers")
    assert [(one.text, one.paragraph) for one in facet.here] == [("12", 1)]
    assert [one.text for one in facet.there] == ["14"]
    assert facet.shared == 1


def test_the_words_that_differ_are_marked_in_both() -> None:
    version = compared(
        article("one", "The harbour reopened after eleven long years of repairs."),
        article("two", "The harbour reopened after eleven years of costly repairs."),
    )
    (wording,) = version.wordings
    assert [piece.text.strip() for piece in wording.text_here if piece.only] == ["long"]
    assert [piece.text.strip() for piece in wording.text_there if piece.only] == ["costly"]
    assert (
        "".join(piece.text for piece in wording.text_here) == "The harbour reopened after eleven long years of repairs."
    )


def test_paragraphs_that_are_the_same_are_counted_and_those_without_a_like_named() -> None:
    version = compared(
        article("one", "The harbour of Norby reopened yesterday morning.", "Gulls were seen above the western pier."),
        article("two", "The harbour of Norby reopened yesterday morning.", "Tickets cost three crowns until autumn."),
    )
    assert version.alike == 1
    assert version.wordings == ()
    assert (version.only_here, version.only_there) == ((2,), (2,))


def test_texts_without_a_common_paragraph_are_said_to_differ_throughout() -> None:
    version = compared(article("one", "The harbour of Norby reopened."), article("two", "Ships sail once more."))
    assert version.apart


def test_one_statement_in_two_wordings_is_no_quote_that_one_lacks() -> None:
    one, other = article("one", "It is “sound”, he said."), article("two", "It is “in order”, he said.")
    quotes = tuple(
        ResolvedQuote(identity, Quote(Span(7, 7 + len(text)), text, "direct", 1, "Ann Lund"), "Ann Lund", "", "", "")
        for identity, text in (("one", "sound"), ("two", "in order"))
    )
    whole = Corpus((one, other), (), (), (TIE,), quotes, (), (Statement("Ann Lund", (0, 1)),))
    version = versions_of(Library(whole, SiteFacts(), find_addresses(whole, {})), (SEEN,))[0]
    facet = next(one for one in version.facets if one.label == "Quotes")
    assert (facet.here, facet.there, facet.shared) == ((), (), 1)
    apart = replace(whole, statements=())
    version = versions_of(Library(apart, SiteFacts(), find_addresses(apart, {})), (SEEN,))[0]
    facet = next(one for one in version.facets if one.label == "Quotes")
    assert [found.text for found in facet.here] == ["sound"]


def test_nothing_is_said_to_be_missing_from_a_text_that_is_withheld() -> None:
    other = replace(article("two"), publish="metadata")
    assert not compared(article("one", "The harbour of Norby reopened."), other).detailed


def test_only_the_versions_most_alike_are_told_in_full_and_long_texts_cost_little() -> None:
    many = tuple(article(f"a{at}", *["harbour " * 400] * 150) for at in range(9))
    ties = tuple(Link("a0", f"a{at}", "x", 0.9, "version") for at in range(1, 9))
    whole = Corpus(many, (), (), ties, (), ())
    begin = time.process_time()
    library = Library(whole, SiteFacts(), find_addresses(whole, {}))
    versions = versions_of(library, library.links_of["a0"])
    assert time.process_time() - begin < 5
    assert [version.detailed for version in versions] == [True] * 5 + [False] * 3


def test_the_page_tells_names_dates_and_wording_of_each_version() -> None:
    part = section(build_pages(corpus(), facts())[COURIER], "versions")
    rows = {words(row[0]): [words(cell) for cell in row[1:]] for row in part.iter("tr")}
    assert any(label.startswith("Names") for label in rows)
    numbers = next(cells for label, cells in rows.items() if label.startswith("Numbers"))
    assert "1,200" in numbers[0]
    assert "5" in numbers[1]
