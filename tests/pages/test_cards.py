"""What the preview cards tell."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from zlib import crc32

import pytest

from generator.pages import build_all, build_pages, find_addresses
from tests.pages.fixture import corpus, facts
from tests.pages.test_pages import COURIER, classed, tree

LINE = re.compile(rb"\(self\.__briefingCards=self\.__briefingCards\|\|\[\]\)\.push\((.*)\);\n")


def cards_of(files: dict[str, bytes]) -> dict[str, list[str]]:
    """Every card by its page, each found in the file that the script in the page would look in."""
    parts = {}
    for path, content in files.items():
        if path.startswith("cards/"):
            match = LINE.fullmatch(content)
            assert match, path
            name, part = json.loads(match[1])
            assert path == f"cards/{name}.js"
            parts[name] = part
    shards = parts.pop("index")
    assert set(parts) == {str(number) for number in range(shards)}
    for name, part in parts.items():
        assert all(str(crc32(page.encode()) % shards) == name for page in part)
    return {page: card for part in parts.values() for page, card in part.items()}


@pytest.fixture(scope="module")
def cards() -> dict[str, list[str]]:
    return cards_of(dict(build_all(corpus(), facts(), find_addresses(corpus(), {})).files))


def test_each_article_name_and_event_has_a_card(cards: dict[str, list[str]]) -> None:
    assert set(cards) == {path.removesuffix(".md") for path in find_addresses(corpus(), {}).pages.values()}


def test_a_name_says_what_it_is_how_often_it_stands_and_where_first(cards: dict[str, list[str]]) -> None:
    kind, name, what, counts, sentence, source = cards["people/ada-morrow"]
    assert (kind, name, what) == ("Person", "Ada Morrow", "harbour master of Lenn")
    assert counts == "5 mentions in 3 articles" or re.fullmatch(r"\d+ mentions in \d articles", counts)
    assert "Harbour master Ada Morrow cut the ribbon" in sentence
    assert source == "Lenn and Osterby reopen the ferry line after eleven years · 3 May 2031"


def test_what_is_not_known_is_said_to_be_unknown(cards: dict[str, list[str]]) -> None:
    assert cards["people/tomas-lindqvist"][2] == "No description in the texts or the lists of known names."


def test_an_article_tells_its_date_source_length_and_first_words(cards: dict[str, list[str]]) -> None:
    kind, _, what, counts, sentence, _ = cards[COURIER.removesuffix(".md")]
    assert (kind, what) == ("Article", "3 May 2031 · Nordwest Wire")
    assert counts.endswith("words")
    assert sentence.startswith("Lenn and Osterby reopened their ferry line on 2 May")


def test_an_event_tells_its_date_and_the_sentence_that_says_so(cards: dict[str, list[str]]) -> None:
    kind, title, date, counts, sentence, _ = cards["events/2031-05-02-lenn-and-osterby-reopen-the-ferry-line"]
    assert (kind, title, date) == ("Event", "Lenn and Osterby reopen the ferry line", "2 May 2031")
    assert counts == "2 sentences in 2 articles"
    assert "reopened their ferry line" in sentence


def test_no_file_holds_what_a_browser_could_take_for_markup() -> None:
    files = build_all(corpus(), facts(), find_addresses(corpus(), {})).files
    for path, content in files.items():
        if path.startswith("cards/"):
            assert not re.search(rb"[<>\x80-\xff]", content), path


def test_many_cards_are_spread_over_many_files() -> None:
    person = next(one for one in corpus().entities if one.id == "person/tomas-lindqvist")
    many = tuple(replace(person, id=f"person/n{at}", slug=f"n{at}", name=f"N {at}") for at in range(950))
    whole = replace(corpus(), entities=many, events=(), quotes=(), links=(), suggestions=())
    files = dict(build_all(whole, replace(facts(), key_points={}), find_addresses(whole, {})).files)
    sizes = [len(content) for path, content in files.items() if path.startswith("cards/") and "index" not in path]
    assert len(cards_of(files)) == 954
    assert len(sizes) == 32
    assert max(sizes) < 30_000


def test_one_more_mention_elsewhere_leaves_a_page_as_it_is() -> None:
    whole = corpus()
    person = next(one for one in whole.entities if one.id == "person/ada-morrow")
    elsewhere = tuple(one for one in person.mentions if one.article != "translated")
    assert elsewhere != person.mentions
    fewer = replace(
        whole, entities=tuple(replace(one, mentions=elsewhere) if one is person else one for one in whole.entities)
    )
    assert build_pages(fewer, facts())[COURIER] == build_pages(whole, facts())[COURIER]


def test_links_in_the_text_leave_hovering_to_the_cards() -> None:
    body = classed(tree(build_pages(corpus(), facts())[COURIER]), "bf-body")[0]
    assert {one.get("title") for one in classed(body, "bf-m")} == {None}
