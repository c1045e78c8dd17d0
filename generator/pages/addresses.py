"""Where each page stands. An address once published is kept for as long as its article, entity or event exists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from generator.model import Article, Corpus
from generator.slug import slugify

FOLDERS = {"person": "people", "organization": "organizations", "place": "places", "event": "events"}
"""The folder of each type of entity."""

# A slug of a headline longer than this says no more and makes addresses that mail programs break.
TITLE_SLUG = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\d{4}(?!\d)")
# Page sources that the listings own; no slug may take their place.
_RESERVED = frozenset(f"{folder}/index" for folder in (*FOLDERS.values(), "articles/undated"))


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths relative to site_src/."""

    pages: Mapping[str, str]
    """Id of an article or entity, `event/` and id of an event, to the source of its page (`people/kim-jong-un.md`)."""
    seeds: Mapping[str, str]
    """Article id to the untouched seed beside the pages (`seeds/000.txt`)."""

    @property
    def urls(self) -> dict[str, str]:
        """Id to the page's address in the built site (`people/kim-jong-un.html`), events by their id alone too."""
        urls = {identity: path.removesuffix(".md") + ".html" for identity, path in self.pages.items()}
        return {identity.removeprefix("event/"): url for identity, url in urls.items()} | urls


def wanted_paths(corpus: Corpus) -> dict[str, str]:
    """Key of each page, as in `Addresses.pages`, to the path without extension that it asks for; not yet unique.

    Articles: `articles/YYYY/DATE-slug`, as much of the date as is known, `articles/undated/slug` where nothing
    states it. A seed may be called what an event is called, so events are kept apart by `event/`.
    """
    paths = {article.id: _article_path(article) for article in corpus.articles}
    paths |= {entity.id: f"{FOLDERS[entity.type]}/{entity.slug}" for entity in corpus.entities}
    return paths | {f"event/{event.id}": f"events/{event.id}" for event in corpus.events}


def find_addresses(corpus: Corpus, published: Mapping[str, str]) -> Addresses:
    """An address for each article, entity and event of `corpus`; those in `published` (key to path) are kept.

    Two that want one address: the one with the later key gets a hash of it at the end.
    """
    seeds = {article.id: f"seeds/{slugify(article.id)}.txt" for article in corpus.articles}
    return Addresses(_settled(wanted_paths(corpus), published), seeds)


def year_of(article: Article) -> str:
    """The year in which the article came out where the seed states it; empty: undated."""
    match = _YEAR.match(article.published.iso)
    return match[0] if match else ""


def _article_path(article: Article) -> str:
    slug = slugify(article.annotated.document.title.value, TITLE_SLUG)
    year = year_of(article)
    if not year:
        return f"articles/undated/{slug}"
    day = _DAY.match(article.published.iso)
    return f"articles/{year}/{day[0] if day else article.published.iso.replace('/', '-to-').lower()}-{slug}"


def _settled(wanted: Mapping[str, str], published: Mapping[str, str]) -> dict[str, str]:
    kept = {key: path.removesuffix(".md") for key, path in published.items()}
    taken = {*kept.values(), *_RESERVED}
    pages: dict[str, str] = {}
    for key, path in sorted(wanted.items()):
        settled = kept.get(key, path)
        if key not in kept:
            length = 4  # 65,536 values: enough for namesakes; lengthened where two still meet
            while settled in taken:
                digest = sha256(key.encode()).hexdigest()
                settled = f"{path}-{digest[:length]}"
                length += 1
            taken.add(settled)
        pages[key] = f"{settled}.md"
    return pages
