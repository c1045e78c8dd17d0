from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from generator.exports.feeds import ALL, Feeds, build_feeds, entity_feeds, moment
from generator.exports.records import Place, read_records
from generator.model import Annotated
from tests.exports.sample import ADDRESSES, HERE, ONLINE
from tests.pages.fixture import corpus

ATOM = "{http://www.w3.org/2005/Atom}"


def feeds(place: Place = HERE) -> dict[str, bytes]:
    return build_feeds(
        corpus(), read_records(corpus(), ADDRESSES), place, ADDRESSES, entity_feeds(corpus(), ADDRESSES)
    ).files


def read(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 -- our own output


@pytest.mark.parametrize("place", [HERE, ONLINE])
def test_every_atom_feed_has_what_rfc_4287_asks_for(place: Place) -> None:
    atoms = [content for path, content in feeds(place).items() if path.endswith(".xml") and "rss" not in path]
    assert len(atoms) == 1 + len(corpus().entities)
    seen: list[str] = []
    for content in atoms:
        feed = read(content)
        assert feed.tag == f"{ATOM}feed"
        seen.append(str(feed.findtext(f"{ATOM}id")))
        for element in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert element.findtext(f"{ATOM}{name}"), name
            assert datetime.fromisoformat(str(element.findtext(f"{ATOM}updated"))).tzinfo
        # An entry without an author of its own has the feed's.
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
        assert len(ids) == len(set(ids))
        assert max(str(one.findtext(f"{ATOM}updated")) for one in feed.iter(f"{ATOM}entry")) == feed.findtext(
            f"{ATOM}updated"
        )
    assert len(seen) == len(set(seen))


def test_an_undated_article_has_no_date_of_publication() -> None:
    entries = list(read(feeds()["feeds/articles.xml"]).iter(f"{ATOM}entry"))
    dated = [
        entry.findtext(f"{ATOM}published") for entry in entries if "council" not in str(entry.findtext(f"{ATOM}title"))
    ]
    assert "2031-05-03T00:00:00Z" in dated
    assert "2031-05-09T21:40:00Z" in dated
    (spun,) = [entry for entry in entries if "council has claimed" in str(entry.findtext(f"{ATOM}title"))]
    assert spun.find(f"{ATOM}published") is None
    assert spun.findtext(f"{ATOM}updated") == "2031-05-02T00:00:00Z"


def test_links_of_a_feed_lead_from_where_it_stands() -> None:
    link = read(feeds()["feeds/people/ada-morrow.xml"]).find(f"{ATOM}entry/{ATOM}link")
    assert link is not None
    assert str(link.get("href")).startswith("../../articles/")
    assert f"people/{ADDRESSES['person/ada-morrow'].split('/')[1]}" == "people/ada-morrow.html"


def test_a_feed_of_an_entity_has_the_articles_that_name_it() -> None:
    titles = [one.text for one in read(feeds()["feeds/people/park-do-yun.xml"]).findall(f"{ATOM}entry/{ATOM}title")]
    assert titles == ["The bridge at Hallmar and the ferry ‘secretly agreed’"]


def test_rss_and_json_feed_are_made_where_addresses_are_absolute_and_nowhere_else() -> None:
    assert not {"feeds/articles.rss.xml", "feeds/articles.json"} & feeds().keys()
    online = feeds(ONLINE)
    rss = read(online["feeds/articles.rss.xml"])
    for entry in rss.iter("item"):
        assert str(entry.findtext("link")).startswith("https://ferries.example/briefing/articles/")
    assert "Sat, 03 May 2031 00:00:00 +0000" in [entry.findtext("pubDate") for entry in rss.iter("item")]
    feed = json.loads(online["feeds/articles.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(one["url"].startswith("https://") and one["id"] and one["content_text"] for one in feed["items"])
    assert "date_published" not in next(one for one in feed["items"] if "council has claimed" in one["title"])


def test_hostile_text_is_text_in_every_feed() -> None:
    for path, content in feeds(ONLINE).items():
        assert b"<script" not in content or path.endswith(".json")
        if path.endswith("rss.xml"):
            # What a reader of RSS takes for HTML holds no tag either.
            assert not [one for one in read(content).iter("description") if "<" in str(one.text)]
    summaries = [one.text for one in read(feeds()["feeds/articles.xml"]).iter(f"{ATOM}title")]
    assert any("<script>alert(1)</script>" in str(text) for text in summaries)


def test_in_a_large_corpus_names_of_one_article_have_no_feed() -> None:
    whole = corpus()
    many = replace(whole, articles=whole.articles * 300)
    assert "person/park-do-yun" in entity_feeds(whole, ADDRESSES)
    assert "person/park-do-yun" not in entity_feeds(many, ADDRESSES)
    assert "place/lenn" in entity_feeds(many, ADDRESSES)


@pytest.mark.parametrize(
    ("iso", "told"),
    [
        ("2031", "2031-01-01T00:00:00Z"),
        ("2031-05-09T21:40", "2031-05-09T21:40:00Z"),
        ("2031-05-09T21:40:10+0900", "2031-05-09T21:40:10+09:00"),
        ("2031-02-30", ""),
        ("2031-05-02/2031-05-04", ""),
        ("", ""),
    ],
)
def test_a_time_is_the_first_second_of_what_is_known(iso: str, told: str) -> None:
    assert moment(iso) == told


def test_a_feed_is_kept_where_nothing_in_it_differs_and_it_stands() -> None:
    one = corpus()

    def made(place: Place = HERE, origin: str = "{id}", **named: Any) -> Feeds:
        def told(annotated: Annotated) -> str:
            return origin.format(id=annotated.document.id)

        return build_feeds(
            one, read_records(one, ADDRESSES), place, ADDRESSES, entity_feeds(one, ADDRESSES), origin=told, **named
        )

    first = made()
    names = set(first.told)
    assert names == {ALL, *entity_feeds(one, ADDRESSES).values()}
    again = made(last=first.told, stands=lambda path: True)
    assert again.kept == names
    assert set(again.files) == set(first.files) - names
    assert not made(last=first.told).kept
    assert not made(replace(HERE, title="Another"), last=first.told, stands=lambda path: True).kept
    for origin in ("", "{id}, read anew"):
        assert not made(origin=origin, last=first.told, stands=lambda path: True).kept
