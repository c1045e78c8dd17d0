"""The feeds against what their formats ask: RFC 4287 (Atom), RSS 2.0 as the RSS Advisory Board keeps it, JSON Feed 1.1.

The checks are those that the W3C's feed validation service names as errors and that such feeds can meet.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from tools.quality.figures import Figure, count

_ATOM = "{http://www.w3.org/2005/Atom}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")


def check_feeds(site: Path) -> Figure:
    """Errors in every feed under `site`. Raises `RuntimeError` where there is none of one of the formats."""
    findings: list[str] = []
    seen: Counter[str] = Counter()
    for path in sorted((site / "feeds").rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(site).as_posix()
        if path.suffix == ".json":
            kind, errors = "JSON Feed", list(_json_feed(path.read_text(encoding="utf-8")))
        else:
            try:
                root = ElementTree.fromstring(path.read_bytes())  # noqa: S314 -- a file that this project has just made
            except ElementTree.ParseError as error:
                findings.append(f"{name}: not well-formed: {error}")
                continue
            atom = root.tag == f"{_ATOM}feed"
            kind, errors = ("Atom", list(_atom(root))) if atom else ("RSS", list(_rss(root)))
        seen[kind] += 1
        findings += [f"{name}: {error}" for error in errors]
    missing = {"Atom", "RSS", "JSON Feed"} - set(seen)
    if missing:
        raise RuntimeError(f"{site}: no feed of the kind {', '.join(sorted(missing))}")
    return count(f"feeds: errors in {', '.join(f'{number} {kind}' for kind, number in sorted(seen.items()))}", findings)


def _atom(root: ElementTree.Element) -> Iterator[str]:
    yield from _once(root, "id", "title", "updated")
    yield from _container(root, "feed")
    selves = [link for link in root.findall(f"{_ATOM}link") if link.get("rel") == "self"]
    if len(selves) != 1:
        yield f"{len(selves)} links to itself, not one"
    feed_author = root.find(f"{_ATOM}author") is not None
    entries = root.findall(f"{_ATOM}entry")
    yield from _twice("entry id", (entry.findtext(f"{_ATOM}id") or "" for entry in entries))
    for entry in entries:
        yield from _once(entry, "id", "title", "updated")
        yield from _container(entry, "entry")
        if not feed_author and entry.find(f"{_ATOM}author") is None:
            yield "an entry without an author, in a feed without one"
        alternates = [link for link in entry.findall(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"]
        if not alternates and entry.find(f"{_ATOM}content") is None:
            yield "an entry with neither content nor a link to its page"
        if len(entry.findall(f"{_ATOM}published")) > 1 or len(entry.findall(f"{_ATOM}summary")) > 1:
            yield "an entry with more than one published or summary"


def _container(element: ElementTree.Element, what: str) -> Iterator[str]:
    identity = element.findtext(f"{_ATOM}id") or ""
    if not urlsplit(identity).scheme:
        yield f"{what} id {identity!r} is no absolute address"
    for name in ("updated", "published"):
        told = element.findtext(f"{_ATOM}{name}")
        if told is not None and not _rfc3339(told):
            yield f"{what} {name} {told!r} is no time of RFC 3339"
    for person in element.findall(f"{_ATOM}author"):
        if not (person.findtext(f"{_ATOM}name") or "").strip():
            yield f"{what}: an author without a name"
    for link in element.findall(f"{_ATOM}link"):
        if not link.get("href"):
            yield f"{what}: a link without an address"
    for text in [*element.findall(f"{_ATOM}title"), *element.findall(f"{_ATOM}summary")]:
        if text.get("type", "text") not in {"text", "html", "xhtml"}:
            yield f"{what}: text of the unknown type {text.get('type')!r}"
    for category in element.findall(f"{_ATOM}category"):
        if not category.get("term"):
            yield f"{what}: a category without a term"


def _once(element: ElementTree.Element, *names: str) -> Iterator[str]:
    for name in names:
        found = element.findall(f"{_ATOM}{name}")
        if len(found) != 1:
            yield f"{element.tag.removeprefix(_ATOM)}: {len(found)} {name}, not one"
        elif not (found[0].text or "").strip():
            yield f"{element.tag.removeprefix(_ATOM)}: an empty {name}"


def _rss(root: ElementTree.Element) -> Iterator[str]:
    if root.tag != "rss" or root.get("version") != "2.0":
        yield f"the root is {root.tag} {root.get('version')}, not rss 2.0"
    channel = root.find("channel")
    if channel is None:
        yield "no channel"
        return
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"the channel has no {name}"
    itself = channel.find(f"{_ATOM}link")
    if itself is None or itself.get("rel") != "self":
        yield "the channel has no link to itself"
    entries = channel.findall("item")
    yield from _twice("guid", (entry.findtext("guid") or "" for entry in entries))
    for entry in entries:
        if not (entry.findtext("title") or entry.findtext("description")):
            yield "an item with neither title nor description"
        link = entry.findtext("link") or ""
        if urlsplit(link).scheme not in {"http", "https"}:
            yield f"the link {link!r} is not absolute"
        guid = entry.find("guid")
        if guid is not None and guid.get("isPermaLink", "true") == "true" and not urlsplit(guid.text or "").netloc:
            yield f"the guid {guid.text!r} says it is a permanent link and is none"
        told = entry.findtext("pubDate")
        if told is not None:
            try:
                parsedate_to_datetime(told)
            except ValueError:
                yield f"pubDate {told!r} is no date of RFC 822"


def _json_feed(text: str) -> Iterator[str]:
    feed = json.loads(text)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"version {feed.get('version')!r}"
    if not isinstance(feed.get("title"), str) or not feed["title"]:
        yield "no title"
    for name in ("home_page_url", "feed_url"):
        if name in feed and not urlsplit(feed[name]).netloc:
            yield f"{name} {feed[name]!r} is not absolute"
    yield from _twice("id", (str(entry.get("id")) for entry in feed["items"]))
    for entry in feed["items"]:
        if not isinstance(entry.get("id"), str):
            yield f"the id {entry.get('id')!r} is no string"
        if not (entry.get("content_text") or entry.get("content_html")):
            yield f"{entry.get('id')}: neither content_text nor content_html"
        for name in ("url", "external_url"):
            if name in entry and not urlsplit(entry[name]).netloc:
                yield f"{entry['id']}: {name} {entry[name]!r} is not absolute"
        for name in ("date_published", "date_modified"):
            if name in entry and not _rfc3339(entry[name]):
                yield f"{entry['id']}: {name} {entry[name]!r} is no time of RFC 3339"
        if "language" in entry and not _LANGUAGE.fullmatch(entry["language"]):
            yield f"{entry['id']}: language {entry['language']!r}"
        for author in entry.get("authors", ()):
            if not (author.get("name") or author.get("url") or author.get("avatar")):
                yield f"{entry['id']}: an author without name, url and avatar"


def _rfc3339(told: str) -> bool:
    if not _TIME.fullmatch(told):
        return False
    try:
        datetime.fromisoformat(told)
    except ValueError:
        return False
    return True


def _twice(what: str, values: Iterable[str]) -> Iterator[str]:
    return (f"{what} {value!r} stands {number} times" for value, number in Counter(values).items() if number > 1)
