"""The corpus as page sources for MkDocs: Markdown files with front matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast

from generator.model import Corpus
from generator.pages.addresses import Addresses, find_addresses, wanted_paths
from generator.pages.archives import article_lists
from generator.pages.article import article_page
from generator.pages.cards import card_files
from generator.pages.census import Bounds, Origin, unknown
from generator.pages.changes import changes_pages
from generator.pages.desk import Desk
from generator.pages.entity import entity_page
from generator.pages.event import event_page
from generator.pages.explore import explore_pages
from generator.pages.facts import Figure, SiteFacts, TableFacts, published_figures
from generator.pages.keeper import Keeper
from generator.pages.library import Library
from generator.pages.listings import entity_lists, event_lists
from generator.pages.overview import overview_pages
from generator.pages.prints import Known
from generator.pages.quotes import quote_pages
from generator.pages.render import compile_templates
from generator.pages.shelf import Shelf
from generator.pages.sources import source_pages
from generator.pages.timeline import timeline_pages
from generator.recall import PageMemory
from generator.session import Session

# As many as the stages over the corpus remember: what is known of more takes memory that others need.
MOST_KNOWN = 4000

__all__ = [
    "Addresses",
    "Figure",
    "Pages",
    "SiteFacts",
    "TableFacts",
    "build_all",
    "build_pages",
    "compile_templates",
    "find_addresses",
    "published_figures",
    "wanted_paths",
]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a build that may keep some of the build before."""

    files: Mapping[str, bytes]
    """Path below site_src/ to content: pages, and the files that pages load."""
    kept: frozenset[str]
    """Paths of pages that are as the last build made them; they are not in `files`."""
    memory: PageMemory


def build_all(
    corpus: Corpus,
    site: SiteFacts,
    addresses: Addresses,
    memory: PageMemory | None = None,
    origin: Origin = unknown,
    *,
    session: Session | None = None,
) -> Pages:
    """Every page, as `build_pages` gives them, and the files that pages load.

    `memory` is that of the last build, of the pages alone that still stand as it wrote them, and only where the code
    that makes pages is the same; `None`: nothing is kept. `origin` tells documents apart by less than their text.
    `session` is that of a process which builds more than once.
    """
    memory = memory or PageMemory()
    library = Library(corpus, site, addresses, Bounds(origin, memory.bounds))
    keeper = Keeper(library, memory, origin, _known(session, len(corpus.articles)))
    desk = Desk(library)
    shelf = Shelf(library, desk, keeper)
    seen = cast("Library", shelf)
    files = {**_lists(library, seen), **dict(card_files(seen))}
    for path in shelf.kept:
        del files[path]
    kept = shelf.kept
    for path, page in _single_pages(desk, library):
        if keeper.keeps(path):
            kept.add(path)
        else:
            desk.asked = {}
            files[path] = page()
            keeper.made(path, desk.asked)
    return Pages(files, frozenset(kept), keeper.memory())


def _known(session: Session | None, articles: int) -> Known | None:
    """What `session` was told of the last corpus, where it keeps that."""
    if session is None or not session.lasting or articles > MOST_KNOWN:
        return None
    return session.hold("told", "", Known)


def build_pages(corpus: Corpus, site: SiteFacts, addresses: Addresses | None = None) -> Mapping[str, bytes]:
    """Every page of the site as path below site_src/ to content; equal input gives equal bytes.

    `addresses` are those of `find_addresses(corpus, site.published)`, worked out here where they are not given.
    The pages link to files that the caller puts beside them: the seeds at `addresses.seeds`, and what
    `site.downloads` names.
    """
    library = Library(corpus, site, addresses or find_addresses(corpus, site.published))
    return {**_lists(library, library), **{path: page() for path, page in _single_pages(library, library)}}


def _lists(library: Library, shelf: Library) -> dict[str, bytes]:
    """Pages by path: those that show something of everything out of `library`, the others out of `shelf`."""
    pages: dict[str, bytes] = {}
    for of_everything in (overview_pages, changes_pages):
        pages.update(of_everything(library))
    for lists in (explore_pages, article_lists, entity_lists, event_lists, timeline_pages, quote_pages, source_pages):
        pages.update(lists(shelf))
    return pages


def _single_pages(desk: Library, library: Library) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Path of each page of one article, entity or event, and what makes it out of what `desk` tells."""
    places = library.addresses.pages
    for article in library.articles:
        yield places[article], partial(_article, desk, article)
    for entity in library.entities:
        yield places[entity], partial(_entity, desk, entity)
    for event in library.events:
        yield places[f"event/{event}"], partial(_event, desk, event)


def _article(desk: Library, identity: str) -> bytes:
    return article_page(desk, desk.articles[identity])


def _entity(desk: Library, identity: str) -> bytes:
    return entity_page(desk, desk.entities[identity])


def _event(desk: Library, identity: str) -> bytes:
    return event_page(desk, desk.events[identity])
