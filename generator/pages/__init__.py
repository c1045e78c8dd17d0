"""The corpus as page sources for MkDocs: Markdown files with front matter."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Corpus
from generator.pages.addresses import Addresses, find_addresses, wanted_paths
from generator.pages.archives import article_lists
from generator.pages.article import article_page
from generator.pages.cards import card_files
from generator.pages.changes import changes_pages
from generator.pages.entity import entity_page
from generator.pages.event import event_page
from generator.pages.explore import explore_pages
from generator.pages.facts import Figure, SiteFacts, TableFacts, published_figures
from generator.pages.library import Library
from generator.pages.listings import entity_lists, event_lists
from generator.pages.overview import overview_pages
from generator.pages.quotes import quote_pages
from generator.pages.sources import source_pages
from generator.pages.timeline import timeline_pages

__all__ = [
    "Addresses",
    "Figure",
    "SiteFacts",
    "TableFacts",
    "build_all",
    "build_pages",
    "find_addresses",
    "published_figures",
    "wanted_paths",
]


def build_all(corpus: Corpus, site: SiteFacts, addresses: Addresses) -> Mapping[str, bytes]:
    """Every page, as `build_pages` gives them, and the files that pages load: path below site_src/ to content."""
    library = Library(corpus, site, addresses)
    return {**_pages(library), **dict(card_files(library))}


def build_pages(corpus: Corpus, site: SiteFacts, addresses: Addresses | None = None) -> Mapping[str, bytes]:
    """Every page of the site as path below site_src/ to content; equal input gives equal bytes.

    `addresses` are those of `find_addresses(corpus, site.published)`, worked out here where they are not given.
    The pages link to files that the caller puts beside them: the seeds at `addresses.seeds`, and what
    `site.downloads` names.
    """
    return _pages(Library(corpus, site, addresses or find_addresses(corpus, site.published)))


def _pages(library: Library) -> dict[str, bytes]:
    corpus = library.corpus
    pages = dict(overview_pages(library))
    for lists in (
        article_lists,
        entity_lists,
        event_lists,
        timeline_pages,
        explore_pages,
        quote_pages,
        source_pages,
        changes_pages,
    ):
        pages.update(lists(library))
    places = library.addresses.pages
    for article in corpus.articles:
        pages[places[article.id]] = article_page(library, article)
    for entity in corpus.entities:
        pages[places[entity.id]] = entity_page(library, entity)
    events = sorted(corpus.events, key=lambda event: (event.date, event.id))
    for before, event, after in zip([None, *events], events, [*events[1:], None], strict=False):
        pages[places[f"event/{event.id}"]] = event_page(library, event, before, after)
    return pages
