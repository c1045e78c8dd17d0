from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from generator.encode.script import script_json
from generator.exports.bundle import build_bundle
from generator.exports.jsonld import Linked, build_linked
from generator.exports.records import Summaries, read_records
from generator.model import Alias, Corpus, Entity, Event
from tests.exports.sample import ADDRESSES, HERE, ONLINE
from tests.pages.fixture import corpus


@pytest.fixture(scope="module")
def linked() -> Linked:
    return build_linked(
        corpus(), read_records(corpus(), ADDRESSES), HERE, ADDRESSES, ("data/articles.csv", "data/x.bib")
    )


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


def test_what_a_page_says_is_known_before_it_is_written(linked: Linked) -> None:
    assert {page for page in linked if linked.source(page)} == set(linked)
    assert linked.source("person/nobody") is None


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


def _of(whole: Corpus, addresses: Mapping[str, str] = ADDRESSES) -> Linked:
    return build_linked(whole, read_records(whole, addresses), HERE, addresses, ())


@pytest.mark.parametrize("change", sorted(_CHANGES))
def test_what_an_entity_changes_is_told_by_what_pages_follow_from(change: str) -> None:
    others = (Alias("Somebody else", 2, ("courier",), ""), Alias("Anybody", 1, ("courier",), ""))
    entities = tuple(replace(one, aliases=(*one.aliases, *others)) for one in corpus().entities)
    whole = replace(corpus(), entities=entities)
    changed = replace(whole, entities=tuple(map(_CHANGES[change], entities)))
    _told_apart(_of(whole), _of(changed))


def test_what_an_event_or_an_address_changes_is_told_by_what_pages_follow_from() -> None:
    whole = corpus()
    before = _of(whole)
    changes: tuple[Callable[[Event], Event], ...] = (
        lambda one: replace(one, title=f"{one.title} again"),
        lambda one: replace(one, date="2031-04-01"),
        lambda one: replace(one, entities=one.entities[1:]),
        lambda one: replace(one, evidence=one.evidence[1:]),
    )
    for change in changes:
        _told_apart(before, _of(replace(whole, events=tuple(map(change, whole.events)))))
    _told_apart(before, _of(whole, {page: path.replace(".html", "-2.html") for page, path in ADDRESSES.items()}))


def _told_apart(before: Linked, after: Linked) -> None:
    """Some pages differ, and so does what each of those follows from."""
    differing = [page for page in before if page and before[page] != after[page]]
    assert differing
    assert all(before.source(page) != after.source(page) for page in differing)


def test_of_an_article_whose_origin_is_known_no_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def sources(addresses: Mapping[str, str] = ADDRESSES, mark: str = "") -> dict[str, object]:
        one = corpus()
        some = read_records(one, addresses)
        found = build_linked(one, some, HERE, addresses, (), origin=lambda annotated: f"{mark}{annotated.document.id}")
        return {page: found.source(page) for page in found}

    monkeypatch.setattr(Summaries, "of", lambda self, article: pytest.fail("a text is read"))
    articles = {article.id for article in corpus().articles}
    known = sources()
    assert known == sources()
    other, moved = (
        sources(mark="another "),
        sources({page: path.replace(".html", "-2.html") for page, path in ADDRESSES.items()}),
    )
    for page in articles:
        assert other[page] != known[page] != moved[page]
