from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.clean import account, clean
from generator.describe import describe
from generator.model import Document, SeedText
from generator.read import Limits, read_seed
from tests.clean.test_clean import PAGES

SEEDS = Path(__file__).parent.parent.parent / "seeds"
BODY = (
    "The ferry line that ties Port Ansel to the outer islands will get a second boat in June, the port said.\n\n"
    "Islanders have waited for it since the old boat's sister was sold to pay for a pier, the mayor said.\n"
)


def described(text: str, recurring: frozenset[str] = frozenset(), **override: str | list[str]) -> Document:
    return describe(clean(SeedText("a.txt", "0", text, "utf-8", dict(override)), recurring), "a")


def seed(prefix: str) -> Document:
    (path,) = SEEDS.glob(f"{prefix}*.txt")
    return describe(clean(read_seed(path.name, path.read_bytes(), None, Limits()), frozenset()), prefix)


def removed(document: Document) -> dict[str, str]:
    return {removal.text: removal.rule for removal in document.ledger if not removal.moved_to}


@settings(deadline=None)
@given(st.one_of(PAGES, st.text(alphabet=st.characters(exclude_categories=[]), max_size=300)))
def test_every_character_is_in_exactly_one_place(text: str) -> None:
    assert account(described(text)) == ()


@settings(deadline=None)
@given(PAGES, st.sets(st.sampled_from(["안보", "By Jane Roe", "(Yonhap)", "Share", "1. two"])))
def test_every_character_is_in_one_place_where_lines_recur(text: str, recurring: set[str]) -> None:
    document = described(text, frozenset(recurring))
    assert account(document) == ()
    assert [zone.paragraph for zone in document.body] == list(range(1, len(document.body) + 1))


def test_wire_copy_without_a_headline() -> None:
    document = seed("000")
    assert document.title.basis == "lede"
    assert document.title.inferred
    assert document.title.value.startswith("North Korean chief Kim Jong-un")
    assert document.title.value.rstrip("…").rsplit(" ", 1)[-1] in "extensively relations Cuba message"
    assert document.credit
    assert document.credit.value == "Yonhap News Agency"
    assert not document.body[-1].text.text.endswith(")")
    assert document.published.iso == ""
    assert document.authors == ()
    assert len(document.body) == 12


def test_translated_blog_with_a_glued_byline() -> None:
    document = seed("002")
    assert document.title.basis == "headline"
    assert sum(document.title.value in zone.text.text for zone in document.zones) == 1
    assert document.category
    assert (document.category.value, document.category.note) == ("안보", "security")
    assert [(author.value, author.note) for author in document.authors] == [("김종찬", "Kim Jong-chan")]
    assert (document.published.iso, document.published.precision) == ("2024-02-15T23:07", "minute")
    assert document.translated_from
    assert document.translated_from.value == "ko"
    gone = removed(document)
    assert gone["728x90"] == "ad-slot"
    assert gone[document.title.value] == "repeated-headline"
    assert "\xa0" in gone
    assert gone['"'] == "stray-quote"
    assert not any("\xa0" in zone.text.text for zone in document.zones)
    dates = [reference.date for reference in document.references]
    assert dates == ["2019-04-29", "2019-09-19", "2023-05-27", "2023-08-20", "2024-01-06"]
    assert all(reference.title and "<" not in reference.title for reference in document.references)
    assert not any("See <" in zone.text.text for zone in document.body)


def test_an_override_wins_over_what_the_seed_says() -> None:
    document = described(
        f"Second boat for the islands\nBy Jane Roe\nMarch 3, 2024\n\n{BODY}",
        title="A second boat",
        authors=["Noor Vance"],
        published="2024-03-04",
        credit="Reuters",
    )
    assert (document.title.value, document.title.basis) == ("A second boat", "override")
    assert [author.value for author in document.authors] == ["Noor Vance"]
    assert (document.published.iso, document.published.precision, document.published.basis) == (
        "2024-03-04",
        "day",
        "override",
    )
    assert document.credit
    assert document.credit.basis == "override"


def test_an_ambiguous_date_is_bracketed_and_not_guessed() -> None:
    document = described(f"Second boat for the islands\n03/04/2024\n\n{BODY}")
    assert document.published.iso == ""
    assert (document.published.earliest, document.published.latest) == ("2024-03-04", "2024-04-03")
    assert "03/04/2024" in document.published.clues[0].text


def test_another_date_of_the_file_tells_the_order() -> None:
    document = described(f"Second boat for the islands\n03/04/2024\n\n{BODY}\nThe pier dates from 25/12/1999.\n")
    assert document.published.iso == "2024-04-03"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Roe", ["Jane Roe"]),
        ("by JANE ROE and LEE TAMM", ["Jane Roe", "Lee Tamm"]),
        ("Jane Roe, Lee Tamm and Ola Brandt, Staff Writers | March 3, 2024", ["Jane Roe", "Lee Tamm", "Ola Brandt"]),
        ("Written by: Jane van der Roe", ["Jane van der Roe"]),
        ("Von Jörg Weiß", ["Jörg Weiß"]),
        ("박민수경제 2023. 11. 8. 19:42", ["박민수"]),
        ("이서연 기자 2024.02.15 11:07", ["이서연"]),
        ("By Staff", []),
        ("By the time it rained", []),
    ],
)
def test_bylines(line: str, authors: list[str]) -> None:
    document = described(f"Second boat for the outer islands\n{line}\n\n{BODY}")
    assert [author.value for author in document.authors] == authors


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Published: March 5, 2024 at 4:15 p.m.", "2024-03-05T16:15"),
        ("기사입력 2024.02.15 11:07", "2024-02-15T11:07"),
        ("2024. 2. 15. 23:07", "2024-02-15T23:07"),
        ("15.02.2024", "2024-02-15"),
        ("Feb 15 2024 11:07 p.m. KST", "2024-02-15T23:07"),
        ("2024년 2월 15일", "2024-02-15"),
        ("2024-02-15T23:07:00+09:00", "2024-02-15T23:07"),
        ("Published in March 2018", "2018-03"),
        ("2024/02/15", "2024-02-15"),
        ("31/02/2024", ""),
        ("Updated: March 6, 2024", ""),
    ],
)
def test_published_is_as_precise_as_stated(line: str, iso: str) -> None:
    assert described(f"Second boat for the outer islands\n{line}\n\n{BODY}").published.iso == iso


@pytest.mark.parametrize(
    ("tail", "credit"),
    [
        ("(Yonhap)", "Yonhap News Agency"),
        ("(AP, Reuters)", "Associated Press; Reuters"),
        ("[연합뉴스]", "Yonhap News Agency"),
        ("- Reuters", "Reuters"),
        ("(in part)", None),
        ("(the mayor)", None),
    ],
)
def test_closing_credits(tail: str, credit: str | None) -> None:
    document = described(f"Second boat for the outer islands\n\n{BODY.strip()} {tail}\n")
    assert (document.credit.value if document.credit else None) == credit
    assert document.body[-1].text.text.endswith("said." if credit else tail)


def test_a_recurring_byline_is_metadata_and_not_only_furniture() -> None:
    text = f"Second boat for the outer islands\nBy Jane Roe\n\n{BODY}"
    document = described(text, frozenset({"By Jane Roe"}))
    assert [author.value for author in document.authors] == ["Jane Roe"]
    assert account(document) == ()


def test_nothing_is_invented_for_bare_paragraphs() -> None:
    document = described(BODY)
    assert document.title.inferred
    assert (document.authors, document.outlet, document.credit, document.category, document.url) == (
        (),
        None,
        None,
        None,
        None,
    )
    assert document.published.iso == document.updated.iso == ""


def test_a_title_from_the_lede_ends_at_a_word() -> None:
    ending = "ended it all on a grey day in the port"
    for count in range(8, 40):
        text = " ".join([*(f"word{number}" for number in range(count)), ending])
        title = described(f"{text}.").title.value
        assert len(title) <= 91
        assert set(title.rstrip("…").split()) <= set(text.split())


def test_related_lines_and_lists_are_references() -> None:
    text = (
        f"Second boat for the outer islands\n\n{BODY}\nAs we reported on 18 October 2019, the pier was sold first, "
        "and then the older boat.\n\nReferences\n[1] The floor of the Sund, 4 May 2016\n"
        "[2] Tables and trust, 12 November 2017\n"
    )
    found = [(reference.title, reference.date, reference.rule) for reference in described(text).references]
    assert found == [
        ("", "2019-10-18", "as-reported"),
        ("The floor of the Sund", "2016-05-04", "reference-list"),
        ("Tables and trust", "2017-11-12", "reference-list"),
    ]


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        ("A Curious Plan to Fight the Tide on Outer Skerry: Buy the Mines and Sell the Coal.", True),
        ("The harbour board met on Friday and voted to buy a second boat for the islands.", False),
        ("ATLANTA (AP) --", False),
        ("2:45 p.m.", False),
    ],
)
def test_what_may_be_a_headline(first: str, kept: bool) -> None:
    document = described(f"{first}\n\n{BODY}")
    assert (document.title.value == first) is kept
    assert document.title.inferred is not kept


def test_a_standfirst_of_sentences_does_not_hide_the_byline() -> None:
    document = described(
        "Night school for lock keepers\nThe trade loses thirty keepers a year. A barge will train their successors.\n"
        f"Roos de Wit 30 January 2020\n\n{BODY}"
    )
    assert [author.value for author in document.authors] == ["Roos de Wit"]
    assert document.published.iso == "2020-01-30"
    assert document.body[0].text.text.startswith("The trade loses")


@pytest.mark.parametrize(("label", "language"), [("国際", "ja"), ("国际", "zh"), ("國際", "zh"), ("안보", "ko")])
def test_section_label_tells_the_language_that_was_translated(label: str, language: str) -> None:
    text = (
        (
            f"{label}\n\nFerry talks open in Lenn\n\n2024. 3. 5. 10:20\n728x90\n\n"
            "The two sides met in Lenn. It is an observation that talks will go on, it was reported on the 5th.\n"
            "A harbour official said on the 4th that the pier is closed. On this day, the ferry did not sail.\n"
        )
        .replace(" met in ", "\xa0met\xa0in\xa0")
        .replace(" official said on ", "\xa0official\xa0said\xa0on\xa0")
    )
    document = described(text)
    assert document.translated_from is not None
    assert document.translated_from.value == language
