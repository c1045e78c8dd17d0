"""Quotes in their orders, sources, what is wanted, the archives of articles, and lists in parts."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.model import Corpus, Published, Statement
from generator.pages import SiteFacts, build_pages
from generator.pages.paging import branches, parts, steps_of_date, steps_of_name
from tests.pages.fixture import corpus, facts
from tests.pages.test_pages import classed, section, tree, words


@pytest.fixture(scope="module")
def pages() -> Mapping[str, bytes]:
    return build_pages(corpus(), facts())


@given(st.integers(0, 60), st.integers(1, 9))
def test_the_parts_of_a_list_hold_all_of_it_and_lead_to_each_other(count: int, size: int) -> None:
    found = list(parts(range(count), size, "a.md", "a-{}.md"))
    assert [thing for part in found for thing in part.things] == list(range(count))
    assert all(len(part.things) <= size for part in found)
    assert [part.place.after for part in found[:-1]] == [part.path for part in found[1:]]
    assert [part.place.before for part in found[1:]] == [part.path for part in found[:-1]]
    assert (found[0].place.before, found[-1].place.after) == ("", "")
    for part in found:
        assert (part.place.number, part.place.last) == (part.number, len(found))
        assert {part.paths[0], part.path, part.paths[-1]} <= {path for _, path in part.place.near}


SLUGS = st.text("abcd-", min_size=1, max_size=8)


@given(st.lists(SLUGS, max_size=60), st.integers(1, 9))
def test_a_list_that_is_cut_by_letters_has_each_name_on_one_page_that_its_front_page_leads_to(
    names: list[str], size: int
) -> None:
    front, *rest = branches(names, size, steps_of_name)
    assert not front.things if front.below else not rest
    assert sorted(name for branch in (front, *rest) for name in branch.things) == sorted(names)
    assert {key for branch in (front, *rest) for key in branch.below} == {branch.key for branch in rest}
    by_key = {branch.key: branch for branch in (front, *rest)}
    assert len(by_key) == len(rest) + 1
    for branch in rest:
        assert branch.key in by_key[branch.above[-1]].below
        assert all(branch.key in steps_of_name(name) for name in branch.things)
        # What is longer than a page is so because the names are spelt alike.
        assert len(branch.things) <= size or len({steps_of_name(name) for name in branch.things}) == 1


@given(st.lists(SLUGS, min_size=1, max_size=60), SLUGS)
def test_one_more_name_changes_the_page_of_its_letters_and_what_leads_there(names: list[str], more: str) -> None:
    before = {branch.key: branch for branch in branches(names, 9, steps_of_name)}
    after = {branch.key: branch for branch in branches([*names, more], 9, steps_of_name)}
    # A page that grows beyond its size is cut; any other stays where it is.
    assume(before.keys() == after.keys())
    for key, branch in after.items():
        assert not key or branch == before[key] or key in steps_of_name(more)


@pytest.mark.parametrize(
    ("iso", "steps"),
    [
        ("2024-02-14", ("2024", "2024-02", "2024-02-11/2024-02-20", "2024-02-14")),
        ("2024-02-29/2024-03-02", ("2024", "2024-02", "2024-02-21/2024-02-29", "2024-02-29")),
        ("2024-02-10T08:30", ("2024", "2024-02", "2024-02-01/2024-02-10", "2024-02-10")),
        ("2024-02", ("2024", "2024-02")),
        ("2024-21", ("2024", "2024-21")),
        ("2024-W07", ("2024",)),
        ("197", ("197",)),
    ],
)
def test_a_date_is_cut_into_as_much_as_is_known(iso: str, steps: tuple[str, ...]) -> None:
    assert steps_of_date(iso) == steps


def test_names_are_cut_as_addresses_spell_them_and_never_as_a_device_of_windows() -> None:
    assert steps_of_name("Éva Čech")[:4] == ("e", "ev", "eva", "evac")
    assert steps_of_name("3M") == ("0-9",)
    assert steps_of_name("Conrad") == ("c", "co", "conr", "conra", "conrad")


def test_quotes_stand_by_the_day_of_their_article(pages: Mapping[str, bytes]) -> None:
    page = tree(pages["quotes/by-date.md"])
    assert [words(one) for one in page.iter("h2")] == ["9 May 2031", "3 May 2031", "Undated"]
    assert len(classed(page, "bf-quote")) == len(corpus().quotes)


def test_one_more_quote_changes_the_page_of_its_speaker_and_of_its_time_alone() -> None:
    whole = corpus()
    model = next(quote for quote in whole.quotes if quote.article == "courier")
    said = [
        replace(model, speaker=f"{letter}{at} Hale", speaker_entity="", via="")
        for letter in "ABCDEF"
        for at in "abcdefghijklmnopqrst"
    ]
    more = replace(model, speaker="Bc Hale", speaker_entity="", via="")
    before = build_pages(replace(whole, quotes=tuple(said)), facts())
    after = build_pages(replace(whole, quotes=(*said, more)), facts())
    changed = {path for path in after if path.startswith("quotes") and after[path] != before.get(path)}
    # Its speaker is the only one with two quotes now, and all articles of the day stand on one page.
    assert changed == {"quotes.md", "quotes/speakers/b.md", "quotes/2031-05.md", "quotes/2031-05-part-2.md"} & changed
    assert {"quotes.md", "quotes/speakers/b.md"} <= changed
    front, page = tree(after["quotes.md"]), tree(after["quotes/speakers/b.md"])
    assert [words(one) for one in front.iter("h2")] == ["Most quoted"]
    assert words(next(front.iter("h3"))) == "Bc Hale 2"
    assert [one.get("href") for one in front.iter("a")].count("quotes/speakers/b.md") == 1
    assert len(classed(page, "bf-voice")) == 20
    assert len(classed(page, "bf-quote")) == 21


def test_speakers_without_a_name_have_pages_of_their_own_behind_the_letters() -> None:
    whole = corpus()
    model = next(quote for quote in whole.quotes if quote.article == "courier")
    names = [f"{letter}{at} Hale" for letter in "AXZ" for at in "abcdefghijklmnopqrst"]
    unnamed = [f"unnamed: {letter}{at} official" for letter in "bc" for at in "abcdefghijklmnopqrstuvw"]
    said = [replace(model, speaker=name, speaker_entity="", via="") for name in (*names, *unnamed)]
    pages = build_pages(replace(whole, quotes=tuple(said)), facts())
    (letters,) = classed(tree(pages["quotes.md"]), "bf-letters")
    assert [words(one) for one in letters.iter("a")] == ["A", "X", "Z", "Unnamed or not known"]
    of_b = tree(pages["quotes/speakers/unnamed-b.md"])
    assert len(classed(of_b, "bf-voice")) == 23
    assert "Quotes › Unnamed or not known" in words(of_b)
    (index,) = classed(tree(pages["quotes/speakers/unnamed.md"]), "bf-names")
    assert [(words(one), one.get("href")) for one in index.iter("a")] == [
        (name.removeprefix("unnamed: "), f"../../quotes/speakers/unnamed-{name[9]}.md") for name in unnamed
    ]


def test_many_quotes_and_articles_without_a_date_stand_by_the_titles_of_the_articles() -> None:
    whole = corpus()
    source = next(one for one in whole.articles if one.id == "courier")
    document = source.annotated.document
    undated = [
        replace(
            source,
            published=Published(),
            annotated=replace(
                source.annotated,
                document=replace(
                    document, id=f"copy-{at}", title=replace(document.title, value=f"{'AB'[at % 2]} {at}")
                ),
            ),
        )
        for at in range(102)
    ]
    model = next(quote for quote in whole.quotes if quote.article == "courier")
    quotes = tuple(replace(model, article=article.id) for article in undated)
    pages = build_pages(Corpus(tuple(undated), (), (), (), quotes, ()), SiteFacts())
    front, of_b = tree(pages["quotes/undated.md"]), tree(pages["quotes/undated-b.md"])
    assert "by the first letters of the articles’ titles" in words(front)
    assert not classed(front, "bf-quote")
    assert len(classed(of_b, "bf-quote")) == 51
    (titles,) = [one for one in tree(pages["articles/undated/index.md"]).iter("nav") if one.get("aria-label")]
    assert titles.get("aria-label") == "By title"
    assert [words(one) for one in titles.iter("a")] == ["A 51", "B 51"]
    assert len(classed(tree(pages["articles/undated/titles/b.md"]), "bf-story__title")) == 51


def test_a_statement_in_several_wordings_stands_once_with_each_of_them() -> None:
    whole = corpus()
    statement = Statement("Tomas Lindqvist", (1, 2))
    page = tree(build_pages(replace(whole, statements=(statement,)), facts())["quotes/wordings.md"])
    (voice,) = classed(page, "bf-voice")
    assert words(next(voice.iter("h2"))) == "Tomas Lindqvist 2 articles, 2 wordings"
    assert len(classed(voice, "bf-quote")) == 2


def test_a_wording_tells_in_words_how_it_differs_from_the_first() -> None:
    whole = corpus()
    texts = (
        "The talks on the ferry were open, and they will go on in May",
        "The discussions on the ferry were, he said, open, and they will go on",
    )
    quotes = tuple(
        replace(quote, quote=replace(quote.quote, text=text))
        for quote, text in zip(whole.quotes[1:3], texts, strict=True)
    )
    changed = replace(whole, quotes=quotes, statements=(Statement("Tomas Lindqvist", (0, 1)),))
    page = tree(build_pages(changed, facts())["quotes/wordings.md"])
    (told,) = [words(one) for one in page.iter("p") if words(one).startswith("Unlike")]
    assert told == "Unlike the first wording: “discussions” instead of “talks”; adds “he said”; leaves out “in May”."
    assert [words(one) for one in page.iter("ins")] == ["“discussions”", "“he said”"]
    assert [words(one) for one in page.iter("del")] == ["“talks”", "“in May”"]


def test_a_quote_that_was_passed_on_tells_the_way_that_it_took(pages: Mapping[str, bytes]) -> None:
    ways = [words(one) for one in classed(tree(pages["quotes/passed-on.md"]), "bf-way")]
    assert "Tomas Lindqvist Nordwest Wire article without a named source 1 quote" in ways


def test_sources_tell_what_speaks_against_their_texts_and_whom_they_pass_on(pages: Mapping[str, bytes]) -> None:
    relays = [[words(cell) for cell in row] for row in section(pages["sources.md"], "relays").iter("tr")]
    assert ["Westmark Courier", "Nordwest Wire", "1", "0"] in [row[:4] for row in relays]
    rows = {words(row[0]): words(row) for row in section(pages["sources.md"], "outlets").iter("tr")}
    assert "Machine-translated" in rows["Park Do-yun"]
    assert "none" in rows["Westmark Courier"]


def test_what_is_cited_and_not_there_has_a_page_and_home_leads_to_it(pages: Mapping[str, bytes]) -> None:
    (row,) = [[words(cell) for cell in row] for row in tree(pages["wanted.md"]).iter("tr")][1:]
    assert row[:2] == ["The bridge that nobody wanted", "3 March 2030"]
    assert row[2].startswith("The bridge at Hallmar")
    assert "wanted.md" in [one.get("href") for one in tree(pages["index.md"]).iter("a")]


def test_articles_are_listed_by_source_language_and_quality(pages: Mapping[str, bytes]) -> None:
    front = tree(pages["articles/index.md"])
    labels = {one.get("aria-label"): words(one) for one in front.iter("nav")}
    assert "Nordwest Wire 1" in labels["By source"]
    assert "English 4" in labels["By language"]
    assert "translated from Korean 1" in labels["By language"]
    assert "Word-spun 1" in labels["By quality"]
    listed = tree(pages["articles/quality/word-spun/index.md"])
    assert [words(one) for one in classed(listed, "bf-story__title")] == [
        "The leader of the Osterby council has claimed that the brand new ferry line…"
    ]


def many(count: int) -> Corpus:
    source = next(one for one in corpus().articles if one.id == "courier")
    return Corpus(
        tuple(
            replace(
                source,
                published=Published(f"{2020 + number % 3}-{number % 12 + 1:02}-{number % 28 + 1:02}", "day", "byline"),
                annotated=replace(
                    source.annotated, document=replace(source.annotated.document, id=f"copy-{number:05}")
                ),
            )
            for number in range(count)
        ),
        (),
        (),
        (),
        (),
        (),
    )


def listed_below(pages: Mapping[str, bytes], folder: str) -> set[str]:
    return {
        str(next(one.iter("a")).get("href")).rsplit("/", 1)[-1]
        for path, page in pages.items()
        if path.startswith(folder) and path.count("/") > 1 and "copy" not in path and b'"index"' in page
        for one in classed(tree(page), "bf-story__title")
    }


def test_thousands_of_articles_are_all_listed_on_pages_that_open() -> None:
    whole = many(2600)
    built = build_pages(whole, SiteFacts())
    for folder in ("articles/sources/", "articles/languages/", "articles/20"):
        assert len(listed_below(built, folder)) == 2600, folder
    lists = {path: page for path, page in built.items() if b'kind: "index"' in page}
    assert max(len(gzip.compress(page)) for page in lists.values()) < 100_000
    assert max(len(page) for page in lists.values()) < 500_000


def test_one_more_article_changes_the_lists_of_its_own_month_alone() -> None:
    def lists(count: int) -> dict[str, bytes]:
        return {path: page for path, page in build_pages(many(count), SiteFacts()).items() if b'kind: "index"' in page}

    before, after = lists(2600), lists(2601)
    changed = {path for path in after if path.startswith("articles/") and after[path] != before.get(path)}
    # Number 2600 is of September 2022: its month under year, two sources and language, and what lists these.
    months = {path for path in changed if any(character.isdigit() for character in path.rpartition("/")[2])}
    assert all("2022" in path for path in months)
    assert len(changed) < len(after) / 4
