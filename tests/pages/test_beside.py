"""The seed beside the text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from generator.clean import clean
from generator.describe import describe
from generator.pages import build_pages
from generator.pages.beside import WHOLE, side_by_side
from generator.pages.body import debris
from generator.pages.wording import english
from generator.read import read_seed
from generator.read.limits import Limits
from tests.pages.fixture import corpus, facts
from tests.pages.test_pages import COURIER, classed, tree, words


def test_each_paragraph_stands_beside_the_seed_that_it_came_from() -> None:
    rows = classed(tree(build_pages(corpus(), facts())[COURIER]), "bf-beside__row")
    assert [words(classed(row, "bf-where")[0]) for row in rows if classed(row, "bf-where")] == [
        "¶ 1",
        "¶ 2",
        "¶ 3",
        "¶ 4",
    ]
    first = next(row for row in rows if classed(row, "bf-where"))
    raw, text = words(classed(first, "bf-beside__raw")[0]), words(classed(first, "bf-beside__text")[0])
    assert raw.removeprefix("Seed: ") == text


def test_what_was_removed_is_struck_through_with_its_rule() -> None:
    rows = classed(tree(build_pages(corpus(), facts())[COURIER]), "bf-beside__row")
    struck = [
        (one.text, words(tag)) for row in rows for one, tag in zip(row.iter("del"), classed(row, "bf-tag"), strict=True)
    ]
    assert ("ADVERTISEMENT 300x250", "advertising slot") in struck
    assert ("(Nordwest Wire)", "moved to credit") in struck
    assert ("Lenn and Osterby reopen the ferry line after eleven years", "moved to title") in struck


def test_of_a_very_long_seed_only_what_was_changed_is_shown() -> None:
    article = next(one for one in corpus().articles if one.id == "courier")
    document = article.annotated.document
    numbers = {cut.removal: cut.number for cut in debris(article)}
    long = replace(document, seed=replace(document.seed, text=document.seed.text + " " * WHOLE))
    beside = side_by_side(long, numbers, english())
    assert not beside.whole
    assert beside.rows
    assert all(any(piece.rule for piece in row.raw) for row in beside.rows)


LINES = st.sampled_from(
    [
        "The harbour of Norby opened.",
        "728x90",
        "Share this article",
        "",
        "  ",
        "By Ann Lund",
        "- a point",
        "“Yes,” she said.",
    ]
)


@given(st.lists(LINES, max_size=12))
def test_every_character_that_can_be_seen_is_shown_once_and_in_order(lines: list[str]) -> None:
    text = "\n".join(["Harbour opens", "", "Norby has a new harbour, the mayor said.", *lines])
    document = describe(clean(read_seed("a.txt", text.encode(), None, Limits()), frozenset()), "a", None)
    removed = [one for one in document.ledger if not one.moved_to and one.text.strip()]
    beside = side_by_side(document, {one: number for number, one in enumerate(removed, 1)}, english())
    shown = "".join(piece.text for row in beside.rows for piece in row.raw)
    assert "".join(shown.split()) == "".join(document.seed.text.split())
