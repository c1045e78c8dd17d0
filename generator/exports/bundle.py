"""Everything that goes out beside the pages, in one call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.exports.citations import Citation, citation_files, cite
from generator.exports.discovery import build_discovery
from generator.exports.feeds import ALL, build_feeds, entity_feeds
from generator.exports.jsonld import build_linked
from generator.exports.package import package_files
from generator.exports.records import Place, read_records
from generator.exports.tables import Table, build_tables
from generator.model import Corpus

DATA_FOLDER = "data"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the exports give to the writer and to the pages."""

    files: Mapping[str, bytes]
    """Content by path relative to the site: data, feeds, robots.txt, llms.txt."""
    data: tuple[str, ...]
    """Those of `files` that are data files, sorted."""
    tables: tuple[Table, ...]
    """Those of the data package."""
    citations: Mapping[str, Citation]
    """By article id."""
    feeds: Mapping[str, str]
    """Path of the Atom feed by id of the entity; that of all articles by the empty string."""
    linked: Mapping[str, str]
    """JSON-LD by id of the page, `event/` and id for events; that of the home page by the empty string."""


def build_bundle(corpus: Corpus, addresses: Mapping[str, str], place: Place) -> Bundle:
    """Data package, database, citations, feeds, linked data. Equal input gives equal bytes.

    `addresses` maps ids of articles, entities and events to their addresses in the site.
    """
    records = read_records(corpus, addresses)
    tables = build_tables(corpus, addresses)
    citations = {record.id: cite(record, place) for record in records}
    package = {
        **package_files(tables, title=place.title, version=place.version),
        **citation_files(citations.values()),
    }
    data = {f"{DATA_FOLDER}/{name}": content for name, content in package.items()}
    names = tuple(sorted(data))
    feeds = build_feeds(corpus, records, place, addresses)
    return Bundle(
        {**data, **feeds, **build_discovery(records, names, place)},
        names,
        tables,
        citations,
        {"": ALL, **entity_feeds(corpus, addresses)},
        build_linked(corpus, records, place, addresses, names),
    )
