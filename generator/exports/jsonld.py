"""Pages as linked data: schema.org in JSON-LD 1.1, for a script element of type `application/ld+json`.

Only what the page says is said here too: an unknown date, outlet or place is absent. Addresses are relative to the
page, as JSON-LD resolves them against it, so that the same bytes are right on any host and from a disk.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.encode.script import Tree, script_json
from generator.exports.citations import date_parts
from generator.exports.records import Place, Record, Summaries
from generator.lazy.named import named_in
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


def build_linked(
    corpus: Corpus,
    records: Iterable[Record],
    place: Place,
    addresses: Mapping[str, str],
    data: Iterable[str],
) -> Linked:
    """Page to the content of its script element: by id of article, entity and event; the home page by the empty string.

    `addresses` maps those ids to addresses in the site, `data` names the data files that the site has.
    """
    entities = {entity.id: entity for entity in corpus.entities}
    about = _about(corpus, entities)
    summaries = Summaries(corpus.articles)

    def of_article(record: Record) -> _Said:
        named = about.get(record.id, ())

        def tree() -> Tree:
            return _page(record.path, record.title, _article(record, summaries.of(record.id), named, addresses))

        # Who is named in the article, its mentions say.
        own: Questions = (("articles", record.id), ("mentions", record.id), ("path", record.id))
        return _Said(tree, lambda: (*own, *(("path", entity.id) for entity in named)))

    def of_entity(entity: Entity) -> _Said:
        own: Questions = (("entities", entity.id), ("path", entity.id))
        return _Said(lambda: _page(addresses[entity.id], entity.name, _entity(entity)), lambda: own)

    def of_event(event: Event) -> _Said:
        path = addresses[f"event/{event.id}"]

        def asked() -> Questions:
            addressed = (*event.entities, *(one.article for one in event.evidence), f"event/{event.id}")
            named = (("names", one) for one in event.entities)
            return (("events", event.id), *named, *(("path", one) for one in addressed))

        return _Said(lambda: _page(path, event.title, _event(event, path, entities, addresses)), asked)

    return Linked(
        {
            "": _Said(lambda: _graph([_site(place), _dataset(corpus, place, data)])),
            **{record.id: of_article(record) for record in records},
            **{entity.id: of_entity(entity) for entity in corpus.entities},
            **{f"event/{event.id}": of_event(event) for event in corpus.events},
        }
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What a page says, made when it is asked for."""

    tree: Callable[[], Tree]
    asked: Callable[[], Questions] = tuple
    """What of the corpus it follows from."""


class Linked(Sourced[str]):
    """The contents of script elements by page, each made when it is asked for: pages that are kept need none."""

    def __init__(self, said: Mapping[str, _Said]) -> None:
        self._said = said

    def questions(self, key: str) -> Questions:
        """What the element of the page `key` follows from; of the home page, which asks for all, nothing is said."""
        said = self._said.get(key)
        return said.asked() if said else (("path", key),)

    def __getitem__(self, page: str) -> str:
        return script_json(self._said[page].tree())

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)


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


def _about(corpus: Corpus, entities: Mapping[str, Entity]) -> dict[str, list[Entity]]:
    named = named_in(corpus.entities)
    ids = [entity.id for entity in corpus.entities]
    told: defaultdict[str, list[str]] = defaultdict(list)
    for entity, article in zip(named.entity.tolist(), named.article.tolist(), strict=True):
        told[named.ids[article]].append(ids[entity])
    counts = {article: Counter(those) for article, those in told.items()}
    return {
        article: [entities[one] for one in sorted(count, key=lambda one: (-count[one], one))[:ABOUT]]
        for article, count in counts.items()
    }


def _from(page: str, path: str) -> str:
    return "../" * page.count("/") + path
