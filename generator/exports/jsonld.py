"""Pages as linked data: schema.org in JSON-LD 1.1, for a script element of type `application/ld+json`.

Only what the page says is said here too: an unknown date, outlet or place is absent. Addresses are relative to the
page, as JSON-LD resolves them against it, so that the same bytes are right on any host and from a disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from generator.encode.script import Tree, script_json
from generator.exports.citations import date_parts
from generator.exports.records import Place, Record, Summaries
from generator.lazy.named import edges_of, named_in
from generator.model import Corpus, Entity, Event
from generator.recall import Question, Sourced

# Of the names of an article, the most mentioned: what the article is about, not a register of it.
ABOUT = 20
ALIASES = 10
# Google's rule for `headline`; longer ones are cut by readers of the data anyway.
HEADLINE = 110
Questions = tuple[Question, ...]
_TYPES = {"person": "Person", "organization": "Organization", "place": "Place", "event": "Event"}
_SECTIONS = {
    "articles": "Articles",
    "people": "People",
    "organizations": "Organizations",
    "places": "Places",
    "events": "Events",
}


@dataclass(frozen=True, slots=True)
class _Said:
    """What a page says, made when it is asked for, and what of the corpus that follows from."""

    tree: Callable[[], Tree]
    asked: Callable[[], Questions]


class Linked(Sourced[str]):
    """Page to the content of its script element: by id of article, entity and event; the home page by the empty string.

    Each is made when it is asked for: pages that are kept need none.
    """

    def __init__(
        self,
        corpus: Corpus,
        records: Iterable[Record],
        place: Place,
        addresses: Mapping[str, str],
        data: Iterable[str],
    ) -> None:
        """`addresses` maps those ids to addresses in the site, `data` names the data files that the site has."""
        self._corpus = corpus
        self._records = {record.id: record for record in records}
        self._entities = {entity.id: entity for entity in corpus.entities}
        self._events = {f"event/{event.id}": event for event in corpus.events}
        self._addresses = addresses
        self._home = partial(_home, corpus, place, data)

    def questions(self, key: str) -> Questions:
        """What the element of the page `key` follows from; of the home page, which asks for all, nothing is said."""
        said = self._said(key)
        return said.asked() if said else (("path", key),)

    def __getitem__(self, page: str) -> str:
        said = self._said(page)
        if said is None:
            raise KeyError(page)
        return script_json(said.tree())

    def __iter__(self) -> Iterator[str]:
        return iter(("", *self._records, *self._entities, *self._events))

    def __len__(self) -> int:
        return 1 + len(self._records) + len(self._entities) + len(self._events)

    def _said(self, key: str) -> _Said | None:
        if not key:
            return _Said(self._home, tuple)
        if key in self._records:
            return self._article(self._records[key])
        if key in self._entities:
            return self._entity(self._entities[key])
        return self._event(self._events[key]) if key in self._events else None

    def _article(self, record: Record) -> _Said:
        named = self._about.of(record.id)

        def tree() -> Tree:
            thing = _article(record, self._summaries.of(record.id), named, self._addresses)
            return _page(record.path, record.title, thing)

        # Who is named in the article, its mentions say.
        own: Questions = (("articles", record.id), ("mentions", record.id), ("path", record.id))
        return _Said(tree, lambda: (*own, *(("path", entity.id) for entity in named)))

    def _entity(self, entity: Entity) -> _Said:
        own: Questions = (("entities", entity.id), ("path", entity.id))
        return _Said(lambda: _page(self._addresses[entity.id], entity.name, _entity(entity)), lambda: own)

    def _event(self, event: Event) -> _Said:
        path = self._addresses[f"event/{event.id}"]

        def asked() -> Questions:
            addressed = (*event.entities, *(one.article for one in event.evidence), f"event/{event.id}")
            named = (("names", one) for one in event.entities)
            return (("events", event.id), *named, *(("path", one) for one in addressed))

        return _Said(lambda: _page(path, event.title, _event(event, path, self._entities, self._addresses)), asked)

    @cached_property
    def _summaries(self) -> Summaries:
        return Summaries(self._corpus.articles)

    @cached_property
    def _about(self) -> _About:
        return _About(self._corpus)


def _page(path: str, title: str, thing: dict[str, Tree]) -> Tree:
    return _graph([thing, _crumbs(path, title)])


def _graph(things: list[dict[str, Tree]]) -> Tree:
    return {"@context": "https://schema.org", "@graph": [_known(thing) for thing in things]}


def _known(thing: dict[str, Tree]) -> dict[str, Tree]:
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}


def _article(record: Record, summary: str, about: Iterable[Entity], addresses: Mapping[str, str]) -> dict[str, Tree]:
    named: list[Tree] = [
        {"@type": _TYPES[entity.type], "name": entity.name, "url": _from(record.path, addresses[entity.id])}
        for entity in about
    ]
    return {
        "@type": "NewsArticle",
        "headline": record.title[:HEADLINE],
        "author": [{"@type": "Person", "name": author} for author in record.authors],
        "publisher": {"@type": "Organization", "name": record.outlet} if record.outlet else None,
        "datePublished": record.iso if date_parts(record.iso) else None,
        "inLanguage": record.language,
        "isBasedOn": record.source,
        "description": summary,
        "mentions": named,
        "identifier": f"sha256:{record.sha256}",
    }


def _entity(entity: Entity) -> dict[str, Tree]:
    others: list[Tree] = [
        alias.name
        for alias in sorted(entity.aliases, key=lambda alias: (-alias.count, alias.name))
        if alias.name != entity.name and not alias.weak
    ]
    located = entity.latitude is not None and entity.longitude is not None
    return {
        "@type": _TYPES[entity.type],
        "name": entity.name,
        "alternateName": others[:ALIASES],
        "description": entity.description,
        "sameAs": f"https://www.wikidata.org/entity/{entity.wikidata}" if entity.wikidata else None,
        "geo": {"@type": "GeoCoordinates", "latitude": entity.latitude, "longitude": entity.longitude}
        if located
        else None,
    }


def _event(event: Event, path: str, entities: Mapping[str, Entity], addresses: Mapping[str, str]) -> dict[str, Tree]:
    named = [entities[identity] for identity in event.entities if identity in entities]
    articles = dict.fromkeys(evidence.article for evidence in event.evidence)
    return {
        "@type": "Event",
        "name": event.title,
        # Which of the places that the sentence names is where it happened is not known, so no location is claimed.
        "startDate": event.date if date_parts(event.date) else None,
        "about": [
            {"@type": _TYPES[entity.type], "name": entity.name, "url": _from(path, addresses[entity.id])}
            for entity in named
        ],
        "subjectOf": [{"@type": "NewsArticle", "url": _from(path, addresses[article])} for article in articles],
    }


def _home(corpus: Corpus, place: Place, data: Iterable[str]) -> Tree:
    return _graph([_site(place), _dataset(corpus, place, data)])


def _site(place: Place) -> dict[str, Tree]:
    return {"@type": "WebSite", "name": place.title, "url": place.absolute("index.html") or "index.html"}


def _dataset(corpus: Corpus, place: Place, data: Iterable[str]) -> dict[str, Tree]:
    kinds = {".csv": "text/csv", ".json": "application/json", ".sqlite": "application/vnd.sqlite3"}
    files: list[Tree] = [
        {"@type": "DataDownload", "contentUrl": path, "encodingFormat": kinds[path[path.rindex(".") :]]}
        for path in data
        if path[path.rindex(".") :] in kinds
    ]
    return {
        "@type": "Dataset",
        "name": f"{place.title}: data",
        "description": (
            f"{len(corpus.articles)} articles with {len(corpus.entities)} people, organizations and places, "
            f"{len(corpus.events)} dated events and {len(corpus.quotes)} quotes, each with its offsets in the text."
        ),
        "url": "data.html",
        "distribution": files,
    }


def _crumbs(path: str, title: str) -> dict[str, Tree]:
    section = path.split("/", maxsplit=1)[0]
    steps = [("Briefing", "index.html"), (_SECTIONS[section], f"{section}/index.html"), (title, path)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": _from(path, target)}
            for number, (name, target) in enumerate(steps, 1)
        ],
    }


class _About:
    """Whom the articles name."""

    def __init__(self, corpus: Corpus) -> None:
        self._entities = corpus.entities
        named = named_in(corpus.entities)
        self._place = {article: number for number, article in enumerate(named.ids)}
        order = np.argsort(named.article, kind="stable")
        self._entity = named.entity[order]
        self._edges = edges_of(np.bincount(named.article, minlength=len(named.ids)))

    def of(self, article: str) -> list[Entity]:
        """Those whom the article names most."""
        number = self._place.get(article)
        if number is None:
            return []
        count = Counter(self._entity[self._edges[number] : self._edges[number + 1]].tolist())
        entities = self._entities
        return [entities[one] for one in sorted(count, key=lambda one: (-count[one], entities[one].id))[:ABOUT]]


def _from(page: str, path: str) -> str:
    return "../" * page.count("/") + path
