from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from generator.encode.script import script_json
from generator.exports.bundle import build_bundle
from generator.exports.jsonld import Linked
from generator.exports.records import Summaries, read_records
from generator.model import Alias, Corpus, Entity, Event
from generator.pages import find_addresses
from generator.pages.library import Library
from generator.pages.questions import answers_about
from tests.exports.sample import ADDRESSES, HERE, ONLINE
from tests.pages.fixture import corpus, facts


@pytest.fixture(scope="module")
def linked() -> Linked:
    return Linked(corpus(), read_records(corpus(), ADDRESSES), HERE, ADDRESSES, ("data/articles.csv", "data/x.bib"))


def things(content: str) -> dict[str, Any]:
    return {thing["@type"]: thing for thing in json.loads(content)["@graph"]}


def test_each_page_of_a_thing_says_what_it_is(linked: Mapping[str, str]) -> None:
    assert things(linked["courier"])["NewsArticle"]["datePublished"] == "2031-05-03"
    assert things(linked["courier"])["NewsArticle"]["publisher"]["name"] == "Westmark Courier"
    assert things(linked["person/ada-morrow"])["Person"]["name"] == "Ada Morrow"
    assert things(linked["place/hallmar"])["Place"]["geo"]["latitude"] == 58.25
    assert things(linked["organization/nordwest-wire"])["Organization"]["description"] == "news agency"
    event = things(linked["event/2031-05-02-lenn-and-osterby-reopen-the-ferry-line"])["Event"]
    assert event["startDate"] == "2031-05-02"
    assert {"Dataset", "WebSite"} <= things(linked[""]).keys()
    assert [one["contentUrl"] for one in things(linked[""])["Dataset"]["distribution"]] == ["data/articles.csv"]


def test_nothing_unknown_is_claimed(linked: Mapping[str, str]) -> None:
    assert not {"datePublished", "publisher", "author"} & things(linked["spun"])["NewsArticle"].keys()
    assert "geo" not in things(linked["place/lenn"])["Place"]
    assert "location" not in linked["event/2031-05-02-lenn-and-osterby-reopen-the-ferry-line"]


def test_addresses_lead_from_the_page(linked: Mapping[str, str]) -> None:
    steps = things(linked["courier"])["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert [step["item"] for step in steps] == [
        "../../index.html",
        "../../articles/index.html",
        f"../../{ADDRESSES['courier']}",
    ]


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--", "]]>", "{{ config }}", "[TOC] `x` *y* &lt;"]
)
def test_nothing_in_a_string_can_be_taken_for_markup_and_nothing_is_lost(text: str) -> None:
    encoded = script_json({"name": [text, None, 1.5, True]})
    assert json.loads(encoded) == {"name": [text, None, 1.5, True]}
    inside = re.sub(r'[{}\[\]:,"]', "", encoded)
    assert not set("<>&`*_") & set(inside)
    assert "{{" not in encoded


def test_all_of_it_is_the_same_each_time_and_every_file_is_named() -> None:
    bundle = build_bundle(corpus(), ADDRESSES, ONLINE)
    again = build_bundle(corpus(), ADDRESSES, ONLINE)
    assert bundle.files == again.files
    assert (bundle.data, bundle.feeds, dict(bundle.linked)) == (again.data, again.feeds, dict(again.linked))
    assert set(bundle.data) == {path for path in bundle.files if path.startswith("data/")}
    assert {"data/briefing.sqlite", "data/citations.bib", "feeds/articles.xml", "robots.txt", "llms.txt"} <= set(
        bundle.files
    )
    assert set(bundle.feeds.values()) <= set(bundle.files)
    assert "Sitemap: https://ferries.example/briefing/sitemap.xml" in bundle.files["robots.txt"].decode()
    assert "Sitemap" not in build_bundle(corpus(), ADDRESSES, HERE).files["robots.txt"].decode()
    assert "<script" not in bundle.files["llms.txt"].decode()


_CHANGES: dict[str, Callable[[Entity], Entity]] = {
    "name": lambda one: replace(one, name=f"{one.name} II"),
    "type": lambda one: replace(one, type="organization" if one.type == "person" else "person"),
    "description": lambda one: replace(one, description="another thing"),
    "item of Wikidata": lambda one: replace(one, wikidata="Q1"),
    "latitude": lambda one: replace(one, latitude=1.5, longitude=one.longitude or 2.5),
    "longitude": lambda one: replace(one, latitude=one.latitude or 2.5, longitude=1.5),
    "another name": lambda one: replace(one, aliases=(*one.aliases, Alias("Somebody", 1, ("courier",), ""))),
    "names by count": lambda one: replace(
        one, aliases=tuple(replace(alias, count=-alias.count) for alias in one.aliases)
    ),
    "weak names": lambda one: replace(one, aliases=tuple(replace(alias, weak=not alias.weak) for alias in one.aliases)),
}


def _linked(whole: Corpus, addresses: Mapping[str, str]) -> Linked:
    return Linked(whole, read_records(whole, addresses), HERE, addresses, ())


@pytest.mark.parametrize("change", sorted(_CHANGES))
def test_what_an_entity_changes_is_told_by_what_pages_follow_from(change: str) -> None:
    others = (Alias("Somebody else", 2, ("courier",), ""), Alias("Anybody", 1, ("courier",), ""))
    entities = tuple(replace(one, aliases=(*one.aliases, *others)) for one in corpus().entities)
    whole = replace(corpus(), entities=entities)
    changed = replace(whole, entities=tuple(map(_CHANGES[change], entities)))
    _told_apart((whole, ADDRESSES), (changed, ADDRESSES))


def test_what_an_event_or_an_address_changes_is_told_by_what_pages_follow_from() -> None:
    whole = corpus()
    changes: tuple[Callable[[Event], Event], ...] = (
        lambda one: replace(one, title=f"{one.title} again"),
        lambda one: replace(one, date="2031-04-01"),
        lambda one: replace(one, entities=one.entities[1:]),
        lambda one: replace(one, evidence=one.evidence[1:]),
    )
    for change in changes:
        _told_apart((whole, ADDRESSES), (replace(whole, events=tuple(map(change, whole.events))), ADDRESSES))
    moved = {page: path.replace(".html", "-2.html") for page, path in ADDRESSES.items()}
    _told_apart((whole, ADDRESSES), (whole, moved))


def _told_apart(before: tuple[Corpus, Mapping[str, str]], after: tuple[Corpus, Mapping[str, str]]) -> None:
    """Some pages differ, and so do answers to the questions of each of those."""
    old, new = _linked(*before), _linked(*after)
    differing = [page for page in old if page and old[page] != new[page]]
    assert differing
    assert all(_answers(old, *before, page) != _answers(new, *after, page) for page in differing)


def _answers(linked: Linked, whole: Corpus, addresses: Mapping[str, str], page: str) -> list[object]:
    library = Library(whole, facts(), find_addresses(whole, {}))
    return [
        (name, key, addresses.get(str(key)) if name == "path" else answers_about(library, name)(key))
        for name, key in linked.questions(page)
    ]


def test_of_a_page_that_there_is_not_its_address_is_asked(linked: Linked) -> None:
    assert linked.questions("person/nobody") == (("path", "person/nobody"),)


def test_to_know_what_is_asked_no_text_is_read(linked: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Summaries, "of", lambda self, article: pytest.fail("a text is read"))
    assert all(linked.questions(page) for page in linked if page)
