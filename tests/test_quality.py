"""The audit's own checks find what is wrong, and say nothing where nothing is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.quality.building import kinds
from tools.quality.feeds import check_feeds
from tools.quality.figures import Figure, absent, count, table

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour news</title><id>urn:uuid:1</id>
<updated>2024-03-01T00:00:00Z</updated><link rel="self" href="all.xml"/><author><name>Harbour news</name></author>
<entry><title>Ferries sail</title><id>urn:uuid:2</id><updated>2024-03-01T00:00:00Z</updated>
<link rel="alternate" href="../ferries.html"/><summary type="text">They sail.</summary></entry></feed>"""
RSS = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Harbour news</title><link>https://harbour.example/</link>
<description>News.</description><link xmlns="http://www.w3.org/2005/Atom" rel="self" href="https://harbour.example/f"/>
<item><title>Ferries sail</title><link>https://harbour.example/ferries.html</link>
<guid isPermaLink="false">urn:uuid:2</guid><pubDate>Fri, 01 Mar 2024 00:00:00 +0000</pubDate></item></channel></rss>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour news",
"feed_url": "https://harbour.example/feed.json", "items": [{"id": "2", "url": "https://harbour.example/ferries.html",
"content_text": "They sail.", "date_published": "2024-03-01T00:00:00Z", "language": "en"}]}"""


@pytest.fixture
def feeds(tmp_path: Path) -> Callable[..., Figure]:
    """Checks three feeds, where each text is changed as asked."""

    def check(old: str = "", new: str = "") -> Figure:
        folder = tmp_path / "feeds"
        folder.mkdir(exist_ok=True)
        for name, text in (("all.xml", ATOM), ("all.rss.xml", RSS), ("all.json", JSON)):
            (folder / name).write_text(text.replace(old, new), encoding="utf-8")
        return check_feeds(tmp_path)

    return check


def test_sound_feeds_have_no_errors(feeds: Callable[..., Figure]) -> None:
    assert feeds().value == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<updated>2024-03-01T00:00:00Z</updated>", "<updated>March 1</updated>", "no time of RFC 3339"),
        ("<id>urn:uuid:2</id>", "<id>2</id>", "no absolute address"),
        ("<id>urn:uuid:2</id>", "", "0 id"),
        ('rel="self"', 'rel="other"', "itself"),
        ("<name>Harbour news</name>", "<name> </name>", "without a name"),
        ("https://harbour.example/ferries.html", "ferries.html", "not absolute"),
        ("Fri, 01 Mar 2024 00:00:00 +0000", "yesterday", "RFC 822"),
        ('"id": "2"', '"id": 2', "no string"),
        ('"content_text": "They sail.",', "", "neither content_text"),
        ('"language": "en"', '"language": "English tongue"', "language"),
        ("</feed>", "", "not well-formed"),
    ],
)
def test_what_a_format_forbids_is_found(feeds: Callable[..., Figure], old: str, new: str, said: str) -> None:
    if said == "not well-formed":
        with pytest.raises(RuntimeError, match="no feed of the kind Atom"):
            feeds(old, new)
        return
    found = feeds(old, new)
    assert found.reached is False
    assert any(said in finding for finding in found.findings), found.findings


def test_the_table_tells_a_missed_goal_from_a_check_that_was_not_made() -> None:
    text = table([count("links", ["one leads nowhere"]), absent("markup", "no Java"), Figure("weight", 9, 10)])
    assert [line.split()[-1] for line in text.splitlines()[1:]] == ["REACHED", "skipped", "reached"]
    assert "NOT REACHED" in text


def test_one_page_of_each_kind_is_looked_at(tmp_path: Path) -> None:
    for path, size in (("index.html", 1), ("people/a.html", 1), ("people/b.html", 9), ("404.html", 1)):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x" * size)
    assert kinds(tmp_path) == {"home": "index.html", "404": "404.html", "person": "people/b.html"}
