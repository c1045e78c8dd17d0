from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.clean import account, clean
from generator.model import Cleaned, SeedText
from generator.read import Limits, read_seed

GOLD = Path(__file__).parent.parent / "gold" / "metadata"

# Texts made of what pages are made of, so that rules meet each other.
_SCRAPS = st.sampled_from(
    [
        "Share",
        "728x90",
        "By Jane Roe",
        "안보",
        "김종찬안보 2024. 2. 15. 23:07",
        "\xa0",
        "\u200b",
        "Most Read",
        "© 2024 The Marlow Gazette",
        "See <A story of old, April 29, 2019><Another, May 1, 2020>",
        "CafÃ© â€œZoÃ«â€\x9d",
        "The council met on Friday and voted to keep the library open for another year, the mayor said.",
        'He left." She stayed.',
        "(Yonhap)",
        "3 min read · 4 Comments",
        "Home > News > Local",
        "- one",
        "1. two",
        "a\tb\tc",
        "&amp; &nbsp;",
        "inter-",
        "national law",
    ]
)
_ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", " ", "\u2028", "\t", "\f", " | ", ""])
PAGES = st.lists(st.tuples(st.one_of(_SCRAPS, st.text(max_size=20)), _ENDS), max_size=30).map(
    lambda parts: "".join(scrap + end for scrap, end in parts)
)


def cleaned(text: str, recurring: frozenset[str] = frozenset()) -> Cleaned:
    return clean(SeedText("a.txt", "0", text, "utf-8"), recurring)


def bodies(text: str) -> list[str]:
    return [block.text.text for block in cleaned(text).blocks]


def _plain(text: str) -> str:
    return "".join(character for character in text if "!" <= character <= "~")


def rules(text: str) -> dict[str, str]:
    return {removal.text: removal.rule for removal in cleaned(text).ledger if removal.rule != "spacing"}


@settings(deadline=None)  # the first example loads the data files
@given(st.one_of(PAGES, st.text(alphabet=st.characters(exclude_categories=[]), max_size=300)))
def test_every_character_is_in_exactly_one_place(text: str) -> None:
    result = cleaned(text)
    assert account(result) == ()
    assert all(removal.text == text[removal.span.start : removal.span.end] for removal in result.ledger)


@settings(deadline=None)  # the first example loads the data files
@given(PAGES)
def test_what_is_shown_is_what_stands_in_the_seed(text: str) -> None:
    for block in cleaned(text).blocks:
        for run in block.text.runs:
            if run.one_to_one:
                seen, source = block.text.text[run.at : run.at + run.length], text[run.start : run.end]
                # Beyond ASCII a character may be a mended one.
                assert _plain(seen) == _plain(source)


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.txt")), ids=lambda path: path.stem)
def test_a_cleaned_article_is_clean(path: Path) -> None:
    seed = read_seed(path.name, path.read_bytes(), None, Limits())
    once = [block.text.text for block in clean(seed, frozenset()).blocks]
    assert "".join("".join(bodies("\n\n".join(once))).split()) == "".join("".join(once).split())


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        '"',
        "<",
        " ",
        "7",
        "\n",
        "\xa0",
        "a ",
        "a.",
        "(",
        "—",
        "See <",
        "| ",
        "By A ",
        "Ã©",
        "가",
        "a\t",
        "- ",
        "#",
        "&amp;",
        "a\n",
        "ab\n\n",
        "No.\r\n",
        "a\tb\n",
        "The mayor met the baker\n",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = (unit * 200_000)[:200_000]
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        result = cleaned(text)
        best = min(best, time.process_time() - start)
    # Processor time, and the least of three, so that a busy machine hardly counts; a quadratic rule would take minutes.
    assert best < 1
    assert account(result) == ()


def test_a_column_of_thousands_of_words_keeps_every_word_and_its_headline() -> None:
    words = [f"word{number}" for number in range(12_000)]
    text = "The words of the year\n\n" + "\n".join(words) + "\n\nShare this article\n"
    result = cleaned(text)
    shown = "\n".join(block.text.text for block in result.blocks)
    assert account(result) == ()
    assert result.blocks[0].text.text == "The words of the year"
    assert shown.split()[5:] == words
    assert len(result.blocks) < 500


def test_lines_broken_at_a_column_are_joined_and_paragraphs_kept() -> None:
    text = (
        "The flood gates at Lake Torren held through the night as the river crested\n"
        "a hand's breadth below the top of the levee, sparing a town of nine thousand\n"
        "people that had been told to pack and wait for word from the county, which\n"
        "came at dawn.\n"
        "\n"
        "Crews stacked sandbags along Mill Street before dawn on Saturday, with every\n"
        "student of the inter-\n"
    )
    assert [body[-10:] for body in bodies(text)] == ["e at dawn.", "the inter-"]
    assert "crested a hand's" in bodies(text)[0]


def test_single_line_ends_between_paragraphs_stay_paragraph_ends() -> None:
    text = "The council met on Friday.\nIt voted to keep the library.\nThe mayor was pleased with that.\n"
    assert len(bodies(text)) == 3


def test_no_break_spaces_read_as_spaces_and_lines_of_them_are_listed() -> None:
    text = "On\xa0the\xa014th,\xa0the\xa0town\xa0voted.\n\xa0\nIt was close."
    assert bodies(text) == ["On the 14th, the town voted.", "It was close."]
    assert rules(text) == {"\xa0": "no-break-space"}


def test_a_misread_closing_mark_that_lost_its_last_byte_is_mended() -> None:
    text = "â€œIt was late,â€ she said. â€œWe sailed on.â€"
    (block,) = cleaned(text).blocks
    assert block.text.text == "“It was late,” she said. “We sailed on.”"
    span = block.text.seed_span(13, 14)
    assert text[span.start : span.end] == "â€"


def test_mojibake_is_mended_and_still_points_at_the_seed() -> None:
    text = "â€œWeâ€™re closed,â€\x9d said ZoÃ« at the CafÃ© du Phare."
    (block,) = cleaned(text).blocks
    assert block.text.text == "“We’re closed,” said Zoë at the Café du Phare."
    at = block.text.text.index("Zoë")
    span = block.text.seed_span(at, at + 3)
    assert text[span.start : span.end] == "ZoÃ«"


def test_a_closing_mark_without_a_partner_goes_and_pairs_stay() -> None:
    text = 'Few were involved." A clerk said, "It was quick," and left.'
    assert bodies(text) == ['Few were involved. A clerk said, "It was quick," and left.']
    assert rules(text) == {'"': "stray-quote"}


@pytest.mark.parametrize(
    "text",
    [
        'The plank is 12" wide. It holds.',
        "”Fear. I am truly afraid,” she wrote. She left.",
        'It comes across as “too loud” to people. And I can’t yell."',
    ],
)
def test_marks_that_may_belong_to_a_quotation_or_a_measure_stay(text: str) -> None:
    assert "stray-quote" not in rules(text).values()


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_left_alone() -> None:
    text = "“We begin here and do not close.\n“We go on,” she said.\n"
    assert "stray-quote" not in rules(text).values()


def test_buttons_menus_and_link_lists_go_and_the_article_stays() -> None:
    text = (
        "Home\nNews\nSports\n\nBridge reopens\n\nShare on Facebook\n\n"
        "The bridge over the Sund reopened on Friday after two years of work, the county said.\n\n"
        "Most Read\n1. Library stays\n2. Chess title won\n\n© 2024 The Marlow Gazette\n"
    )
    assert bodies(text) == [
        "Bridge reopens",
        "The bridge over the Sund reopened on Friday after two years of work, the county said.",
    ]


def test_a_recurring_line_is_furniture_of_the_site() -> None:
    text = "Tide of the day: see page 2\n\nThe bridge reopened on Friday."
    result = cleaned(text, frozenset({"Tide of the day: see page 2"}))
    assert [block.text.text for block in result.blocks] == ["The bridge reopened on Friday."]
    assert [removal.rule for removal in result.ledger if removal.rule != "spacing"] == ["recurring-line"]


def test_tables_lists_and_headings_are_told_apart() -> None:
    text = (
        "Harvest by valley\n\nThe harvest was small this year in all of the three valleys of the county.\n\n"
        "Valley\t2021\t2022\nUpper\t388\t290\n\n- plums\n- pears\n"
    )
    kinds = [(block.kind, block.text.text) for block in cleaned(text).blocks]
    assert kinds[0] == ("heading", "Harvest by valley")
    assert kinds[2] == ("table", "Valley\t2021\t2022\nUpper\t388\t290")
    assert kinds[3:] == [("list", "plums"), ("list", "pears")]


def test_two_paragraphs_run_together_are_parted_only_in_long_text() -> None:
    sentence = "The council met on Friday and voted to keep the library open for another year after a long debate."
    glued = f"{sentence} {sentence} {sentence}The mayor was pleased. {sentence}"
    assert [body[:9] for body in bodies(glued)] == ["The counc", "The mayor"]
    assert len(bodies("It ended.The end.")) == 1
