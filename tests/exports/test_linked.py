from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

import pytest

from generator.encode.script import Tree, script_json
from generator.exports.bundle import build_bundle
from generator.exports.jsonld import Linked, build_linked
from generator.exports.records import Summaries, read_records
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
    assert {page: script_json(cast("Tree", linked.source(page))) for page in linked} == dict(linked)
    assert linked.source("person/nobody") is None


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
