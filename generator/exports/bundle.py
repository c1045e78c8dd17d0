"""Everything that goes out beside the pages, in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, cast

import msgspec

from generator.exports.articles import Origin, unknown
from generator.exports.blocks import write_rows
from generator.exports.citations import FORMS, Citations, listed
from generator.exports.discovery import build_discovery
from generator.exports.feeds import ALL, build_feeds, entity_feeds
from generator.exports.jsonld import Linked
from generator.exports.package import build_package, package_names
from generator.exports.records import Place, read_records
from generator.exports.rows import Table
from generator.exports.tables import build_tables
from generator.model import Corpus
from generator.recall import Blocks, Made, TableMemory

DATA_FOLDER = "data"
_CITATIONS = "citations"


@dataclass(frozen=True, slots=True)
class BundleFiles:
    """The files, and what the next build needs to make less of them anew."""

    files: Mapping[str, Made]
    """Content by path relative to the site: data, feeds, robots.txt, llms.txt."""
    memory: TableMemory
    kept: frozenset[str] = frozenset()
    """Paths of files that stand as they are to be; they are not in `files`."""


class Last(Protocol):
    """The files of the last build, by their paths relative to the site."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; none where it does not stand as that build wrote it."""

    def stands(self, path: str) -> bool:
        """Whether a file stands as that build wrote it."""


Making = Callable[[TableMemory, Last], BundleFiles]


class Nothing:
    """What stands where no build was before."""

    def read(self, path: str) -> bytes:
        """No bytes."""
        return b""

    def stands(self, path: str) -> bool:
        """No file."""
        return False


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the exports give to the pages, and the files, which take longest and are made when they are asked for."""

    data: tuple[str, ...]
    """The paths of the data files, sorted."""
    tables: tuple[Table, ...]
    """Those of the data package."""
    citations: Citations
    """By article id and format."""
    feeds: Mapping[str, str]
    """Path of the Atom feed by id of the entity; that of all articles by the empty string."""
    linked: Linked
    """JSON-LD by id of the page, `event/` and id for events; that of the home page by the empty string."""
    make: Making = field(compare=False, repr=False)
    """Makes the files, from what the last build left of tables, and its files."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files, with nothing of the last build."""
        # Of nothing there is nothing to take.
        return cast("Mapping[str, bytes]", self.make(TableMemory(), Nothing()).files)


def build_bundle(corpus: Corpus, addresses: Mapping[str, str], place: Place, origin: Origin = unknown) -> Bundle:
    """Data package, database, citations, feeds, linked data. Equal input gives equal bytes.

    `addresses` maps ids of articles, entities and events to their addresses in the site; `origin` tells documents apart
    by less than their text.
    """
    records = read_records(corpus, addresses)
    tables = build_tables(corpus, addresses, origin)
    citations = Citations(records, place)
    paths = entity_feeds(corpus, addresses)
    data = tuple(sorted(f"{DATA_FOLDER}/{name}" for name in (*package_names(tables), *(form.name for form in FORMS))))

    def make(memory: TableMemory, last: Last) -> BundleFiles:
        def stands(name: str) -> bool:
            return last.stands(f"{DATA_FOLDER}/{name}")

        package = build_package(
            tables,
            title=place.title,
            version=place.version,
            last={name: blocks for name, blocks in memory.tables.items() if name != _CITATIONS},
            read=lambda name: last.read(f"{DATA_FOLDER}/{name}"),
            stands=stands,
        )
        cited = write_rows(listed(records, place), FORMS, memory.tables.get(_CITATIONS, Blocks()), stands)
        feeds = build_feeds(
            corpus, records, place, addresses, paths, origin=origin, last=memory.feeds, stands=last.stands
        )
        files = {
            **{f"{DATA_FOLDER}/{name}": content for name, content in {**package.files, **cited.files}.items()},
            **feeds.files,
            **build_discovery(records, data, place),
        }
        kept = feeds.kept.union(f"{DATA_FOLDER}/{name}" for name in package.kept | cited.kept)
        # They are known once the files are written.
        stamps = dict.fromkeys((*data, *feeds.told), (0, 0, 0))
        told = {**package.blocks, _CITATIONS: cited.blocks}
        return BundleFiles(files, msgspec.structs.replace(memory, tables=told, feeds=feeds.told, stamps=stamps), kept)

    return Bundle(
        data,
        tables,
        citations,
        {"": ALL, **paths},
        Linked(corpus, records, place, addresses, data),
        make,
    )
