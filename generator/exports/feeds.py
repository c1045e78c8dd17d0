"""Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1.

Atom works without an address of the site, since its links may be relative; RSS and JSON Feed ask for absolute
ones and are only made where the site has an address. An entry's id never changes with the address: it is made
from the name and the digest of the seed.

Atom wants a time for every entry. It is the publication date, at midnight where no clock is stated, read as UTC
where no zone is. An undated article has no `published`; its `updated` is the first day on which the evidence lets it
appear, or else the newest date in the feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import blake2b
from itertools import pairwise
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element

import msgspec
import numpy as np

from generator.encode.markdown import one_line
from generator.encode.xml import ATOM, add, document, line
from generator.exports.articles import Origin, unknown
from generator.exports.citations import date_parts
from generator.exports.records import Place, Record, Summaries
from generator.lazy.named import articles_of, named_in
from generator.model import Article, Corpus, Entity

FOLDER = "feeds"
ALL = f"{FOLDER}/articles.xml"
# Entries of one feed: readers fetch it again and again, and whoever wants all has the data files.
ENTRIES = 100
# Above so many articles only names that more than one article has get a feed: at 10,000 articles most names stand
# in one alone, and tens of thousands of feeds of one entry would be most of the site.
ALL_NAMES = 1000
_CLOCK = re.compile(r"T(\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:?\d{2})?")
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class _Channel:
    title: str
    own: str
    """Where the feed stands, relative to the site."""
    page: str
    """What it is the feed of, relative to the site."""
    name: str = ""
    """Id of the entity; empty: all articles."""


@dataclass(frozen=True, slots=True)
class Feeds:
    """Feeds, and what the next build needs to know to make only those that differ."""

    files: dict[str, bytes]
    """Path, relative to the site, to content."""
    kept: frozenset[str]
    """Paths of those that stand as they are to be; they are not in `files`."""
    told: dict[str, bytes]
    """Path of each Atom feed to a digest of what went into it."""


def build_feeds(
    corpus: Corpus,
    records: Sequence[Record],
    place: Place,
    addresses: Mapping[str, str],
    paths: Mapping[str, str],
    *,
    origin: Origin = unknown,
    last: Mapping[str, bytes] = MappingProxyType({}),
    stands: Callable[[str], bool] = lambda path: False,
) -> Feeds:
    """Feeds of all articles, and one Atom feed for each entity.

    `records` are the articles, newest first; `addresses` maps ids of entities to their addresses in the site, `paths`
    to their feeds, as `entity_feeds` gives them; `origin` tells documents apart by less than their text. `last` is what
    was told of feeds when those were written of which `stands` says that they are there unchanged.
    """
    newest = records[:ENTRIES]
    entries = _Entries(place, corpus.articles, origin)
    numbers = {record.id: number for number, record in enumerate(records)}
    every = [(_Channel(place.title, ALL, "index.html"), newest)]
    for entity, named in zip(corpus.entities, _named(corpus.entities, numbers), strict=True):
        own = paths.get(entity.id)
        if own:
            channel = _Channel(f"{entity.name} — {place.title}", own, addresses[entity.id], entity.id)
            every.append((channel, [records[number] for number in named[:ENTRIES]]))
    told = {channel.own: entries.digest(channel, listed) for channel, listed in every}
    kept = {own for own in told if last.get(own) == told[own] and stands(own)}
    channels = [(channel, listed) for channel, listed in every if channel.own not in kept]
    feeds = {channel.own: _atom(channel, listed, entries) for channel, listed in channels}
    if place.address:
        feeds[f"{FOLDER}/articles.rss.xml"] = _rss(newest, place, entries.summaries)
        feeds[f"{FOLDER}/articles.json"] = _json(newest, place, entries.summaries)
    return Feeds(feeds, frozenset(kept), told)


def _named(entities: Sequence[Entity], numbers: Mapping[str, int]) -> Iterator[list[int]]:
    """Of each of `entities` the articles that name it, by `numbers`, in order."""
    columns = named_in(entities)
    of_ids = np.array([numbers.get(article, -1) for article in columns.ids], dtype=np.int64)
    articles = of_ids[columns.article]
    most = len(numbers) + 1
    pairs = np.unique((columns.entity * most + articles)[articles >= 0])
    found = (pairs % most).tolist()
    for begin, end in pairwise(np.searchsorted(pairs, np.arange(len(entities) + 1) * most).tolist()):
        yield found[begin:end]


def entity_feeds(corpus: Corpus, addresses: Mapping[str, str]) -> dict[str, str]:
    """Entity id to where its feed stands, relative to the site."""
    return {
        entity.id: f"{FOLDER}/{addresses[entity.id].removesuffix('.html')}.xml"
        for entity in corpus.entities
        if len(corpus.articles) <= ALL_NAMES or (len(entity.mentions) > 1 and len(articles_of(entity.mentions)) > 1)
    }


class _Entries:
    """Entries of Atom feeds as lines of XML, each written once however many feeds it stands in."""

    def __init__(self, place: Place, articles: Iterable[Article], origin: Origin) -> None:
        self.place = place
        self._place = (place.title, place.version, place.generated, place.address, place.say("note"))
        self.summaries = Summaries(articles)
        self._origins = {article.id: origin(article.annotated) for article in articles}
        self._digests: dict[str, bytes] = {}
        self._times: dict[str, tuple[str, str, datetime | None]] = {}
        self._lines: dict[tuple[str, str, str], str] = {}

    def digest(self, channel: _Channel, records: Iterable[Record]) -> bytes:
        """Of all that the feed of `channel` with `records` follows from."""
        return _digest((channel, self._place, [self._digest(record) for record in records]))

    def _digest(self, record: Record) -> bytes:
        found = self._digests.get(record.id)
        if found is None:
            # Where it came from says how it begins, which need not be read.
            known = self._origins[record.id]
            found = _digest((record, known, "" if known else self.summaries.of(record.id)))
            self._digests[record.id] = found
        return found

    def times(self, record: Record) -> tuple[str, str, datetime | None]:
        """When the article was published and its entry changed, empty where not known, and the latter to compare."""
        told = self._times.get(record.id)
        if told is None:
            updated = _updated(record)
            told = moment(record.iso), updated, datetime.fromisoformat(updated).astimezone(UTC) if updated else None
            self._times[record.id] = told
        return told

    def newest(self, records: Iterable[Record]) -> str:
        """The newest time of any of `records`."""
        times = [(moment, updated) for _, updated, moment in map(self.times, records) if moment]
        return max(times, key=lambda told: told[0])[1] if times else self.place.generated or _NEVER

    def lines(self, record: Record, channel: _Channel, newest: str) -> str:
        """The entry of `record`, with `newest` in the place of a time that is not known."""
        published, updated, _ = self.times(record)
        key = (record.id, _link(record.path, channel.own, self.place), updated or newest)
        if key not in self._lines:
            parts = [
                line(2, "title", record.title or record.key),
                line(2, "id", _entry_id(record)),
                line(2, "updated", key[2]),
                line(2, "published", published) if published else "",
                line(2, "link", rel="alternate", type="text/html", href=key[1]),
                *(f"  <author>\n{line(3, 'name', author)}  </author>\n" for author in record.authors),
                line(2, "summary", self.summaries.of(record.id), type="text"),
                *(line(2, "category", term=signal) for signal in record.quality),
            ]
            self._lines[key] = f" <entry>\n{''.join(parts)} </entry>\n"
        return self._lines[key]


def _digest(value: object) -> bytes:
    # 128 bits: enough that no two feeds meet by accident.
    return blake2b(msgspec.msgpack.encode(value), digest_size=16).digest()


def _atom(channel: _Channel, records: Sequence[Record], entries: _Entries) -> bytes:
    place = entries.place
    newest = entries.newest(records)
    name = f"briefing:{place.address or place.title}:{channel.name}"
    parts = [
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{ATOM}">\n',
        line(1, "title", channel.title),
        line(1, "subtitle", place.say("note")),
        line(1, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"),
        line(1, "updated", newest),
        line(1, "generator", "Briefing", version=place.version),
        line(1, "link", rel="self", type="application/atom+xml", href=_link(channel.own, channel.own, place)),
        line(1, "link", rel="alternate", type="text/html", href=_link(channel.page, channel.own, place)),
        f" <author>\n{line(2, 'name', place.title)} </author>\n",
        *(entries.lines(record, channel, newest) for record in records),
        "</feed>\n",
    ]
    return "".join(parts).encode()


def _rss(records: Iterable[Record], place: Place, summaries: Summaries) -> bytes:
    root = Element("rss", {"version": "2.0"})
    channel = add(root, "channel")
    add(channel, "title", place.title)
    add(channel, "link", place.absolute("index.html"))
    add(channel, "description", place.say("newest", title=place.title))
    add(channel, "generator", f"Briefing {place.version}")
    own = {"href": place.absolute(f"{FOLDER}/articles.rss.xml"), "rel": "self", "type": "application/rss+xml"}
    add(channel, f"{{{ATOM}}}link", **own)
    for record in records:
        entry = add(channel, "item")
        add(entry, "title", record.title or record.key)
        add(entry, "link", place.absolute(record.path))
        # RSS reads a description as HTML: what stands in a seed must not become markup there.
        add(entry, "description", _as_html(summaries.of(record.id)))
        add(entry, "guid", _entry_id(record), isPermaLink="false")
        told = moment(record.iso)
        if told:
            add(entry, "pubDate", format_datetime(datetime.fromisoformat(told)))
    return document(root)


def _json(records: Iterable[Record], place: Place, summaries: Summaries) -> bytes:
    entries = [
        {
            "id": _entry_id(record),
            "url": place.absolute(record.path),
            "title": one_line(record.title),
            "content_text": one_line(summaries.of(record.id)) or one_line(record.title),
            **({"external_url": record.source} if record.source else {}),
            **({"date_published": moment(record.iso)} if moment(record.iso) else {}),
            **({"authors": [{"name": one_line(author)} for author in record.authors]} if record.authors else {}),
            **({"language": record.language} if record.language else {}),
            **({"tags": list(record.quality)} if record.quality else {}),
        }
        for record in records
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": one_line(place.title),
        "home_page_url": place.absolute("index.html"),
        "feed_url": place.absolute(f"{FOLDER}/articles.json"),
        "items": entries,
    }
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"


def moment(iso: str) -> str:
    """`iso` as RFC 3339 writes a time: the first second of what it names; empty for what is no date."""
    if "T" in iso and (match := _CLOCK.search(iso)):
        hour, minute, second, zone = match.groups()
        zone = zone if not zone or zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"
        told = f"{iso.partition('T')[0]}T{hour}:{minute}:{second or '00'}{zone or 'Z'}"
    else:
        parts = date_parts(iso)
        if not parts:
            return ""
        year, month, day = (*parts, 1, 1)[:3]
        told = f"{year:04d}-{month:02d}-{day:02d}T00:00:00Z"
    try:
        datetime.fromisoformat(told)
    except ValueError:
        return ""
    return told


def _updated(record: Record) -> str:
    return moment(record.iso) or moment(record.earliest)


def _entry_id(record: Record) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'briefing:{record.id}:{record.sha256}')}"


def _link(path: str, own: str, place: Place) -> str:
    return place.absolute(path) or "../" * own.count("/") + path


def _as_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
