"""Copy set to a column says the same as copy that is not, however few of its lines are broken."""

from __future__ import annotations

import textwrap

import pytest

from generator.clean import clean
from generator.describe import describe
from generator.model import Document, SeedText

LEDE = (
    "SANDPORT, March 3, 2021 (Reuters) - Ferries will sail again in May, the port said. "
    "Mayor Ilse Varga opened the gangway."
)
LONGER = (
    "LENN, Westmark, 3 March 2021 (AP) — The harbour of Lenn will close for a week in April while divers look for a "
    "crane that fell into it, the harbour board said on Tuesday. Ada Morrow, the harbour master, said no ship would "
    "have to wait."
)
LAST = "The first boat carried 40 people."


def described(*paragraphs: str) -> Document:
    return describe(clean(SeedText("a.txt", "0" * 64, "\n\n".join(paragraphs), "utf-8"), frozenset()), "a")


def body(document: Document) -> list[str]:
    return [zone.text.text for zone in document.body]


@pytest.mark.parametrize("column", range(60, 121, 5))
@pytest.mark.parametrize("lede", [LEDE, LONGER])
@pytest.mark.parametrize("headline", ["", "Ferries return"])
def test_a_short_report_reads_alike_at_any_column(column: int, lede: str, headline: str) -> None:
    head = [headline] if headline else []
    plain = described(*head, lede, LAST)
    wrapped = described(*head, textwrap.fill(lede, column), LAST)
    lines = textwrap.wrap(lede, column)
    if not any(line.endswith(".") for line in lines[:-1]):
        # A line that ends as its sentence does may be a paragraph; any other is none.
        assert body(wrapped) == [lede, LAST]
    assert LAST in body(wrapped)
    assert (wrapped.published.iso, wrapped.credit and wrapped.credit.value, wrapped.title.value) == (
        plain.published.iso,
        plain.credit and plain.credit.value,
        plain.title.value,
    )
    assert wrapped.published.iso == "2021-03-03"


def test_a_dateline_is_read_where_the_line_stops_in_mid_sentence() -> None:
    found = described(LEDE.removesuffix(" Ilse Varga opened the gangway."), LAST)
    assert found.published.iso == "2021-03-03"
    assert found.credit is not None
    assert found.credit.value == "Reuters"


@pytest.mark.parametrize(
    "lines",
    [
        ("The council met on Monday and voted for the new pier by nine to two.", "Mayor Ilse Varga had asked for it."),
        ("Storm shuts the coast road for a third day. What we know", "The road will stay shut until Friday."),
        ("The mill pond as it was last week. Jo Keane/Moor Herald", "The mill will grind again in May, it said."),
        ("Ferries return to Sandport after eleven years in May", "Mayor Ilse Varga opened the gangway on Wednesday."),
    ],
)
def test_short_paragraphs_a_line_each_stay_apart(lines: tuple[str, str]) -> None:
    found = clean(SeedText("a.txt", "0" * 64, "\n".join(lines), "utf-8"), frozenset())
    assert [block.text.text for block in found.blocks] == list(lines)


def test_an_association_in_brackets_is_no_agency() -> None:
    headline = "Norland Football League (NFL) - what the new rules mean for small clubs"
    assert described(headline, LONGER, LAST).title.value == headline
