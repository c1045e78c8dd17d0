"""What a reader finds on the pages, before MkDocs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from generator.aligned import Span
from generator.model import Corpus, Located, Mention, Removal
from generator.pages import SiteFacts, build_pages, find_addresses, wanted_paths
from tests.pages.fixture import corpus, facts

COURIER = "articles/2031/2031-05-03-lenn-and-osterby-reopen-the-ferry-line-after-eleven-years.md"
TRANSLATED = "articles/2031/2031-05-09-the-bridge-at-hallmar-and-the-ferry-secretly-agreed.md"
SPUN = "articles/undated/the-leader-of-the-osterby-council-has-claimed-that-the-brand.md"
HOSTILE = "articles/undated/script-alert-1-script-quotes-toc-config.md"


@pytest.fixture(scope="module")
def pages() -> Mapping[str, bytes]:
    return build_pages(corpus(), facts())


def tree(page: bytes) -> ElementTree.Element:
    block = page.decode().split("<!-- briefing -->\n")[1].split("\n<!-- /briefing -->")[0]
    return ElementTree.fromstring(f"<div>{block}</div>")  # noqa: S314 -- our own output


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def section(page: bytes, name: str) -> ElementTree.Element:
    found = next((one for one in tree(page).iter("section") if one.get("aria-labelledby") == name), None)
    assert found is not None, f"no section {name}"
    return found


def meta(page: bytes) -> dict[str, Any]:
    return dict(yaml.safe_load(page.decode().split("---\n")[1]))


def classed(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in element.iter() if name in (one.get("class") or "").split()]


def test_there_is_a_page_for_each_thing_and_each_overview(pages: Mapping[str, bytes]) -> None:
    for path in (COURIER, TRANSLATED, SPUN, HOSTILE, "people/ada-morrow.md", "places/hallmar.md", "index.md"):
        assert path in pages
    for path in ("timeline.md", "quotes.md", "sources.md", "method.md", "articles/index.md", "people/index.md"):
        assert path in pages
    assert "events/2031-05-02-lenn-and-osterby-reopen-the-ferry-line.md" in pages


def test_every_internal_link_leads_to_a_page_and_to_an_anchor_of_it(pages: Mapping[str, bytes]) -> None:
    seeds = set(find_addresses(corpus(), {}).seeds.values())
    anchors = {path: {one.get("id") for one in tree(page).iter()} for path, page in pages.items()}
    for path, page in pages.items():
        for link in tree(page).iter("a"):
            target, _, anchor = (link.get("href") or "").partition("#")
            if "://" in target:
                continue
            depth = path.count("/")
            assert target.count("../") in (0, depth)
            wanted = target.replace("../", "") or path
            assert wanted in pages or wanted in seeds, f"{path} links to {target}"
            assert not anchor or anchor in anchors[wanted], f"{path} links to #{anchor} of {wanted}"


def test_equal_input_gives_equal_bytes(pages: Mapping[str, bytes]) -> None:
    assert build_pages(corpus(), facts()) == pages


def test_the_body_is_the_text_of_the_seed_with_an_anchor_for_each_paragraph(pages: Mapping[str, bytes]) -> None:
    body = classed(tree(pages[COURIER]), "bf-body")[0]
    article = next(one for one in corpus().articles if one.id == "courier")
    shown = [one.find("p") for one in classed(body, "bf-par")]
    assert ["".join(one.itertext()) for one in shown if one is not None] == [
        zone.text.text for zone in article.annotated.document.body
    ]
    assert [one.get("id") for one in classed(body, "bf-par")] == ["p1", "p2", "p3", "p4"]


def test_only_the_first_mention_of_a_name_is_a_link(pages: Mapping[str, bytes]) -> None:
    body = classed(tree(pages[COURIER]), "bf-body")[0]
    linked = [one.get("href") for one in classed(body, "bf-m")]
    assert linked.count("../../people/ada-morrow.md") == 1
    assert len(linked) == len(set(linked))


def test_a_date_of_the_text_carries_its_value(pages: Mapping[str, bytes]) -> None:
    body = classed(tree(pages[COURIER]), "bf-body")[0]
    assert [(one.get("datetime"), words(one)) for one in classed(body, "bf-d")] == [("2031-05-02", "2 May,")]
    assert "not known" in words(section(pages[SPUN], "dates"))


def test_a_spun_phrase_is_explained_and_left_as_it_is(pages: Mapping[str, bytes]) -> None:
    glossed = classed(classed(tree(pages[SPUN]), "bf-body")[0], "bf-g")
    assert ("final Friday (native time)", "Probably: last Friday (local time)") in [
        (words(one), one.get("title")) for one in glossed
    ]
    assert "Word-spun" in words(classed(tree(pages[SPUN]), "bf-note")[0])


def test_each_field_says_what_it_rests_on_and_unknown_ones_that_they_are_unknown(pages: Mapping[str, bytes]) -> None:
    rows = {words(row[0]): words(row) for row in section(pages[COURIER], "fields").iter("tr")}
    assert "author line" in rows["Author"]
    assert "Ida Falk" in rows["Author"]
    assert "3 May 2031" in rows["Published"]
    spun = {words(row[0]): words(row) for row in section(pages[SPUN], "fields").iter("tr")}
    assert "not stated" in spun["Author"]
    assert "by the evidence 2 May – 30 June 2031" in spun["Published"]
    assert "inferred" in spun["Title"]


def test_a_bracketed_date_lists_its_clues_and_never_stands_in_the_front_matter(pages: Mapping[str, bytes]) -> None:
    assert "as still to come" in words(section(pages[SPUN], "fields"))
    assert "date" not in meta(pages[SPUN])
    assert "published_basis" not in meta(pages[SPUN])


def test_what_was_removed_is_listed_by_rule_and_marked_where_it_stood(pages: Mapping[str, bytes]) -> None:
    cleaning = section(pages[COURIER], "cleaning")
    assert [one.text for one in cleaning.iter("pre")] == ["ADVERTISEMENT 300x250", "Share this article   Tweet   Mail"]
    marks = classed(classed(tree(pages[COURIER]), "bf-body")[0], "bf-cut")
    assert [one.get("href") for one in marks] == ["#cut-1", "#cut-2"]


def test_quotes_name_their_speaker_and_who_passed_them_on(pages: Mapping[str, bytes]) -> None:
    quotes = words(section(pages[TRANSLATED], "quotes"))
    assert "senior official of the Westmark Ministry of Transport (unnamed)" in quotes
    assert "via Westmark Courier" in quotes


def test_references_are_linked_or_named_as_missing(pages: Mapping[str, bytes]) -> None:
    references = section(pages[TRANSLATED], "references")
    assert "The bridge that nobody wanted 3 March 2030 · not in this corpus" in words(references)
    assert [words(one) for one in references.iter("a")] == ["Ferry line reopens"]
    assert "Cited by" in words(section(pages[COURIER], "references"))


def test_related_articles_and_versions_link_both_ways_with_the_reason(pages: Mapping[str, bytes]) -> None:
    for path in (COURIER, SPUN):
        assert "both name Ada Morrow" in words(section(pages[path], "related"))
        assert "names and numbers stand in the same order" in words(section(pages[path], "versions"))
        above = pages[path].decode().partition('aria-labelledby="versions"')[0]
        assert "<strong>Near copy of another seed</strong>" in above
        assert "names and numbers stand in the same order" in above


def test_front_matter_has_the_known_fields_only(pages: Mapping[str, bytes]) -> None:
    found = meta(pages[TRANSLATED])
    assert found["title"] == "The bridge at Hallmar and the ferry ‘secretly agreed’"
    assert found["date"] == "2031-05-09T21:40"
    assert found["authors"] == ["Park Do-yun"]
    assert found["quality"] == ["machine-translated"]
    assert found["people"] == ["Park Do-yun", "Ada Morrow"]
    assert found["places"] == ["Hallmar"]
    assert found["seed"] == "translated.txt"
    assert len(found["seed_sha256"]) == 64
    assert not {"outlet", "credit", "url", "events"} & {key for key, value in found.items() if not value}
    assert "credit" not in found


def test_the_untouched_seed_is_linked(pages: Mapping[str, bytes]) -> None:
    assert "../../seeds/courier.txt" in [one.get("href") for one in tree(pages[COURIER]).iter("a")]


def test_an_entity_page_tells_names_sentences_quotes_events_and_company(pages: Mapping[str, bytes]) -> None:
    page = pages["people/ada-morrow.md"]
    assert "harbour master of Lenn" in words(tree(page))
    assert "surname; the document names one bearer" in words(section(page, "names"))
    mentions = section(page, "mentions")
    assert "Harbour master Ada Morrow cut the ribbon" in words(mentions)
    assert f"../{COURIER}#p1" in [one.get("href") for one in mentions.iter("a")]
    assert "We have waited long enough" in words(section(page, "said"))
    assert "Lenn and Osterby reopen" in words(section(page, "events"))
    hallmar = pages["places/hallmar.md"]
    assert "58.25° N, 11.50° E" in words(tree(hallmar))
    assert "Osterby" in words(section(hallmar, "with"))
    assert "No description" in words(tree(pages["places/lenn.md"]))


def test_an_event_page_has_the_evidence_of_every_article_and_its_conflicts(pages: Mapping[str, bytes]) -> None:
    page = pages["events/2031-05-02-lenn-and-osterby-reopen-the-ferry-line.md"]
    evidence = section(page, "evidence")
    assert {f"../{COURIER}#p1", f"../{SPUN}#p3"} <= {one.get("href") for one in evidence.iter("a")}
    assert "crossings a day: six" in words(section(page, "conflicts"))


def test_home_is_a_briefing(pages: Mapping[str, bytes]) -> None:
    home = pages["index.md"]
    assert "ending eleven years" in words(section(home, "key-points"))
    assert "Ada Morrow" in words(section(home, "most"))
    assert "could not be read" in words(section(home, "open"))
    assert "The bridge that nobody wanted" in words(section(home, "open"))
    assert "Park Do-yun · Tomas Lindqvist" in words(section(home, "open"))


def test_hostile_text_is_shown_as_those_characters(pages: Mapping[str, bytes]) -> None:
    page = tree(pages[HOSTILE])
    assert words(next(page.iter("h1"))) == '<script>alert(1)</script> & "quotes" [TOC] {{ config }}'
    assert "&lt;b&gt; stays as written" in words(page)
    assert not {"script", "img", "b"} & {one.tag for one in page.iter()}
    assert not [one for one in page.iter() for key in one.attrib if key.startswith("on")]
    assert not [one for one in page.iter("a") if (one.get("href") or "").startswith("javascript")]


def test_without_the_encoder_a_hostile_page_would_not_even_be_well_formed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pages.render.encoded", str)
    monkeypatch.setattr("generator.pages.body.encoded", str)
    with pytest.raises(ElementTree.ParseError):
        tree(build_pages(corpus(), facts())[HOSTILE])


def test_an_address_once_published_is_kept() -> None:
    first = find_addresses(corpus(), {})
    moved = find_addresses(corpus(), {"courier": "articles/2031/old-slug", "person/ada-morrow": "people/a-morrow.md"})
    assert moved.pages["courier"] == "articles/2031/old-slug.md"
    assert moved.pages["person/ada-morrow"] == "people/a-morrow.md"
    assert find_addresses(corpus(), first.pages) == first
    assert first.urls["spun"] == SPUN.replace(".md", ".html")


def test_two_articles_of_one_title_and_day_get_two_addresses() -> None:
    courier = next(one for one in corpus().articles if one.id == "courier")
    twin = replace(
        courier, annotated=replace(courier.annotated, document=replace(courier.annotated.document, id="courier-2"))
    )
    pages = find_addresses(Corpus((courier, twin), (), (), (), (), ()), {}).pages
    assert pages["courier"] == COURIER
    assert re.fullmatch(re.escape(COURIER.removesuffix(".md")) + r"-[0-9a-f]{4}\.md", pages["courier-2"])


def test_no_slug_takes_the_place_of_an_index() -> None:
    hostile = next(one for one in corpus().articles if one.id == "hostile")
    document = hostile.annotated.document
    named = replace(document, title=replace(document.title, value="Index"))
    odd = replace(hostile, annotated=replace(hostile.annotated, document=named))
    odd_corpus = Corpus((odd,), (), (), (), (), ())
    assert wanted_paths(odd_corpus)["hostile"] == "articles/undated/index"
    assert find_addresses(odd_corpus, {}).pages["hostile"] != "articles/undated/index.md"


def test_an_empty_corpus_still_has_pages_that_make_sense() -> None:
    pages = build_pages(Corpus((), (), (), (), (), ()), SiteFacts())
    assert "There are no articles yet" in words(tree(pages["index.md"]))
    assert "None could be recognised" in words(tree(pages["people/index.md"]))


def test_a_person_with_thousands_of_mentions_has_a_page_that_opens() -> None:
    whole = corpus()
    person = next(one for one in whole.entities if one.id == "person/ada-morrow")
    source = next(one for one in whole.articles if one.id == "courier")
    # Copies of one article under many ids: each has a sentence or two with the name.
    copies = tuple(
        replace(
            source,
            annotated=replace(source.annotated, document=replace(source.annotated.document, id=f"copy-{number:04}")),
        )
        for number in range(2500)
    )
    mentions = tuple(
        Located(copy.id, located.mention)
        for copy in copies
        for located in person.mentions
        if located.article == "courier"
    )
    many = Corpus(copies, (replace(person, mentions=mentions),), (), (), (), ())
    pages = build_pages(many, SiteFacts())
    page = pages["people/ada-morrow.md"]
    assert len(page) < 400_000
    assert "5,000 mentions in 2,500 articles" in words(tree(page))
    assert "4,700 further" in words(section(page, "mentions"))
    # No time tells 2,500 articles of one day apart.
    assert "articles/2031/index-part-25.md" in pages


def test_five_thousand_names_are_split_by_letter() -> None:
    person = next(one for one in corpus().entities if one.id == "person/ada-morrow")
    many = tuple(
        replace(
            person,
            id=f"person/{letter}{number}",
            slug=f"{letter}{number}",
            name=f"{letter.upper()}{number}",
            mentions=(),
        )
        for letter in "abcde"
        for number in range(100)
    )
    pages = build_pages(Corpus((), many, (), (), (), ()), SiteFacts())
    assert "people/letters/a.md" in pages
    assert len(classed(tree(pages["people/index.md"]), "bf-chip")) == 60
    assert len(classed(tree(pages["people/letters/a.md"]), "bf-chip")) == 100


def test_more_names_than_a_page_shows_that_all_begin_alike_are_all_listed() -> None:
    person = next(one for one in corpus().entities if one.id == "person/ada-morrow")
    many = tuple(
        replace(person, id=f"person/alexandra-{number}", slug=f"alexandra-{number}", mentions=())
        for number in range(200)
    )
    pages = build_pages(Corpus((), many, (), (), (), ()), SiteFacts())
    listed = {str(one.get("href")) for one in classed(tree(pages["people/index.md"]), "bf-chip")}
    assert listed == {f"../people/alexandra-{number}.md" for number in range(200)}


def test_a_long_timeline_is_split_by_year_and_a_long_year_by_month() -> None:
    event = corpus().events[0]
    many = tuple(
        replace(event, id=f"{year}-{month:02}-{number}", date=f"{year}-{month:02}", evidence=())
        for year, months, count in (("2029", (1, 2), 140), ("2030", (5,), 100))
        for month in months
        for number in range(count)
    )
    year_only = replace(event, id="2029-x", date="2029", evidence=())
    pages = build_pages(Corpus((), (), (*many, year_only), (), (), ()), SiteFacts())
    assert {path for path in pages if path.startswith("timeline")} == {
        "timeline.md",
        "timeline/2029.md",
        "timeline/2029-01.md",
        "timeline/2029-02.md",
        "timeline/2030.md",
    }
    listed = [
        one for path in pages if path.startswith("timeline/") for one in classed(tree(pages[path]), "bf-track__when")
    ]
    assert len(listed) == len(many) + 1
    assert "40 best attested of 381 events" in words(tree(pages["timeline.md"]))


def test_a_month_with_more_events_than_a_page_shows_is_split_by_days_and_what_no_date_tells_apart_by_number() -> None:
    event = corpus().events[0]
    days = tuple(
        replace(event, id=f"{day}-{number}", date=day, evidence=())
        for day, count in (("2029-03-02", 90), ("2029-03-09", 61), ("2029-03-12", 20), ("2029-03-31", 160))
        for number in range(count)
    )
    vague = tuple(replace(event, id=f"2029-{number}", date="2029", evidence=()) for number in range(151))
    pages = build_pages(Corpus((), (), (*days, *vague), (), (), ()), SiteFacts())
    shown = {
        path.removeprefix("timeline/"): len(classed(tree(page), "bf-track__when"))
        for path, page in pages.items()
        if path.startswith("timeline/")
    }
    assert shown == {
        "2029.md": 150,
        "2029-part-2.md": 1,
        "2029-03.md": 0,
        "2029-03-01-to-2029-03-10.md": 0,
        "2029-03-02.md": 90,
        "2029-03-09.md": 61,
        "2029-03-11-to-2029-03-20.md": 20,
        "2029-03-21-to-2029-03-31.md": 150,
        "2029-03-21-to-2029-03-31-part-2.md": 10,
    }
    month, day = tree(pages["timeline/2029-03.md"]), tree(pages["timeline/2029-03-02.md"])
    parts = [words(one) for one in month.iter("li")]
    assert parts == ["1–10 March 2029", "11–20 March 2029", "21–31 March 2029"]
    assert "Timeline › March 2029 › 1–10 March 2029" in words(day)
    assert "No sentence" not in words(month)


def test_the_author_is_the_linked_person_with_the_name_that_the_seed_has() -> None:
    whole = corpus()
    article = next(one for one in whole.articles if one.id == "translated")
    document = article.annotated.document
    (author,) = document.authors
    mention = Mention(author.spans[0], "Park Do-yun", "person", "Park Do-yun", "byline", 1.0, "byline", None)
    documented = replace(document, authors=(replace(author, value="박도윤"),))
    changed = replace(article, annotated=replace(article.annotated, document=documented))
    entities = tuple(
        replace(one, mentions=(*one.mentions, Located("translated", mention))) if one.slug == "park-do-yun" else one
        for one in whole.entities
    )
    articles = tuple(changed if one.id == "translated" else one for one in whole.articles)
    strip = classed(
        tree(build_pages(replace(whole, articles=articles, entities=entities), facts())[TRANSLATED]), "bf-strip"
    )
    assert "By Park Do-yun (박도윤)" in words(strip[0]).replace("ByPark", "By Park")
    assert "people/park-do-yun.md" in [str(one.get("href"))[6:] for one in strip[0].iter("a")]


def test_what_nobody_sees_is_counted_and_not_listed() -> None:
    whole = corpus()
    article = next(one for one in whole.articles if one.id == "courier")
    document = article.annotated.document
    spaces = tuple(Removal(Span(at, at + 1), "spacing", "\n") for at in (0, 1, 2))
    changed = replace(
        article, annotated=replace(article.annotated, document=replace(document, ledger=document.ledger + spaces))
    )
    articles = tuple(changed if one.id == "courier" else one for one in whole.articles)
    cleaning = section(build_pages(replace(whole, articles=articles), facts())[COURIER], "cleaning")
    assert "spacing (3)" in words(cleaning)
    assert [words(one) for one in cleaning.iter("pre")] == ["ADVERTISEMENT 300x250", "Share this article Tweet Mail"]
