"""What can be found: articles, entities, quotes and events as records, in the order of their numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from generator.chronology.iso import bounds
from generator.data import read_rows
from generator.model import Article, Corpus, Document, Entity, Event, Field, Published, ResolvedQuote

ARTICLE, ENTITY, QUOTE, EVENT = range(4)
KINDS = ("article", "entity", "quote", "event")
"""The kinds of records, each numbered from 0."""

ENTITY_TYPES = ("person", "organization", "place", "event")

# A word counts once for each place it stands at, and more where it says what the text is about: a headline of ten
# words against five hundred of the text is chosen with care; the opening paragraph tells the story once over.
TITLE_WEIGHT = 5
LEDE_WEIGHT = 2
TEXT_WEIGHT = 1
# A word of a name outweighs one of a description, and so marks itself as one (see `NAME_FLOOR` in the client).
NAME_WEIGHT = 4
# So many mentions make an article about someone; more do not make it more so.
MENTIONS = 15
# No article came out on such days; they stand for "not known".
FIRST_DAY, LAST_DAY = 0, 3_652_059

_GAZETTEERS = {"person": "persons.csv", "agency": "agencies.csv", "outlet": "outlets.csv"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that phrases do not reach beyond, and what each of its words counts."""

    text: str
    weight: int = TEXT_WEIGHT


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that can be found."""

    stored: list[Any]
    """What the client shows, as JSON; see docs/search.md for the fields of each kind."""
    passages: tuple[Passage, ...]
    first: int = FIRST_DAY
    last: int = LAST_DAY
    """The days (ordinals of the Gregorian calendar) between which it falls."""
    entities: Mapping[int, int] = field(default_factory=dict)
    """Number of each entity that it has to do with, to how much."""
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Of an entity: every name that means it, whole."""
    type: str = ""
    """Of an entity: its type."""


@dataclass(frozen=True, slots=True)
class Records:
    """All records by kind. Entities: most mentioned first. Others: oldest first, so that a new one changes little."""

    articles: tuple[Record, ...]
    entities: tuple[Record, ...]
    quotes: tuple[Record, ...]
    events: tuple[Record, ...]

    @property
    def kinds(self) -> tuple[tuple[Record, ...], ...]:
        """The four, by number of their kind."""
        return (self.articles, self.entities, self.quotes, self.events)


def find_records(corpus: Corpus, urls: Mapping[str, str]) -> Records:
    """The records of `corpus`; `urls` are addresses by id of article, entity and event, relative to the site."""
    entities = sorted(corpus.entities, key=lambda entity: (-len(entity.mentions), entity.id))
    numbers = {entity.id: number for number, entity in enumerate(entities)}
    articles = sorted(corpus.articles, key=lambda article: (_days(article.published), article.id))
    places = {article.id: (number, article) for number, article in enumerate(articles)}
    mentioned = _mentioned(entities)
    spans = _spans(entities)
    quotes = sorted(
        (quote for quote in corpus.quotes if quote.article in places),
        key=lambda quote: (places[quote.article][0], quote.quote.span, quote.quote.text),
    )
    return Records(
        tuple(_article(article, urls, mentioned[article.id], numbers) for article in articles),
        tuple(_entity(entity, urls) for entity in entities),
        tuple(_quote(quote, places[quote.article][1], urls, spans, numbers) for quote in quotes),
        tuple(
            _event(event, {key: article for key, (_, article) in places.items()}, urls, numbers)
            for event in sorted(corpus.events, key=lambda event: (_range(event.date), event.id))
        ),
    )


def _article(article: Article, urls: Mapping[str, str], mentioned: Counter[str], numbers: Mapping[str, int]) -> Record:
    document = article.annotated.document
    texts = [(zone.paragraph, zone.text.text) for zone in document.body if zone.paragraph is not None]
    first, last = _days(article.published)
    title = document.title.value
    return Record(
        [
            urls.get(article.id, ""),
            title,
            article.published.iso[:10],
            "" if article.published.iso else _bracket(article.published),
            _source(document),
            texts,
        ],
        (
            Passage(title, TITLE_WEIGHT),
            *(Passage(text, LEDE_WEIGHT if place == 0 else TEXT_WEIGHT) for place, (_, text) in enumerate(texts)),
        ),
        first,
        last,
        {numbers[entity]: min(count, MENTIONS) for entity, count in mentioned.items()},
        _sources(document),
        _values((document.language,)),
        tuple(dict.fromkeys(signal.name for signal in document.signals)),
    )


def _entity(entity: Entity, urls: Mapping[str, str]) -> Record:
    shown = tuple(dict.fromkeys([entity.name, *(alias.name for alias in entity.aliases if not alias.weak)]))
    names = tuple(dict.fromkeys([*shown, *_known_names().get(entity.key, ())]))
    weak = [alias.name for alias in entity.aliases if alias.weak]
    articles = len({located.article for located in entity.mentions})
    return Record(
        [
            urls.get(entity.id, ""),
            entity.name,
            entity.type,
            entity.description,
            [name for name in names if name != entity.name],
            len(entity.mentions),
            articles,
        ],
        (*(Passage(name, NAME_WEIGHT) for name in (*names, *weak)), Passage(entity.description)),
        names=names,
        type=entity.type,
    )


def _quote(
    quote: ResolvedQuote,
    article: Article,
    urls: Mapping[str, str],
    spans: Mapping[str, tuple[tuple[int, int, str], ...]],
    numbers: Mapping[str, int],
) -> Record:
    document = article.annotated.document
    first, last = _days(article.published)
    said = quote.quote.span
    named = {
        numbers[entity]: 1
        for start, end, entity in spans.get(article.id, ())
        if said.start <= start and end <= said.end
    }
    if quote.speaker_entity in numbers:
        named[numbers[quote.speaker_entity]] = 2
    return Record(
        [
            f"{urls.get(article.id, '')}#p{quote.quote.paragraph}",
            quote.quote.text,
            quote.speaker,
            quote.via if quote.via != quote.speaker else "",
            document.title.value,
            article.published.iso[:10],
            int(quote.quote.kind == "direct"),
        ],
        (Passage(quote.quote.text), Passage(quote.speaker.removeprefix("unnamed: "))),
        first,
        last,
        named,
        tuple(dict.fromkeys([*([quote.via] if quote.via else []), *_sources(document)])),
        _values((document.language,)),
    )


def _event(
    event: Event, articles: Mapping[str, Article], urls: Mapping[str, str], numbers: Mapping[str, int]
) -> Record:
    first, last = _range(event.date)
    told = [
        articles[one].annotated.document for one in dict.fromkeys(e.article for e in event.evidence) if one in articles
    ]
    return Record(
        [
            urls.get(event.id, urls.get(f"event/{event.id}", "")),
            event.title,
            event.date,
            len(event.evidence),
            event.evidence[0].text if event.evidence else "",
        ],
        (Passage(event.title, TITLE_WEIGHT), *(Passage(one.text) for one in event.evidence)),
        first,
        last,
        {numbers[entity]: 1 for entity in event.entities if entity in numbers},
        tuple(dict.fromkeys(source for document in told for source in _sources(document))),
        tuple(dict.fromkeys(code for document in told for code in _values((document.language,)))),
    )


def _mentioned(entities: Iterable[Entity]) -> defaultdict[str, Counter[str]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entity in entities:
        for located in entity.mentions:
            counts[located.article][entity.id] += 1
    return counts


def _spans(entities: Iterable[Entity]) -> dict[str, tuple[tuple[int, int, str], ...]]:
    """Article id to where its mentions stand: start, end, entity."""
    found: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for entity in entities:
        for located in entity.mentions:
            span = located.mention.span
            found[located.article].append((span.start, span.end, entity.id))
    return {article: tuple(sorted(places)) for article, places in found.items()}


def _source(document: Document) -> str:
    return next(iter(_values((document.outlet, document.credit, *document.authors))), "")


def _sources(document: Document) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_values((document.outlet, document.credit, *document.authors))))


def _values(fields: Iterable[Field | None]) -> tuple[str, ...]:
    return tuple(one.value for one in fields if one is not None and one.value)


def _bracket(published: Published) -> str:
    return f"{published.earliest[:10]}/{published.latest[:10]}" if published.earliest or published.latest else ""


def _days(published: Published) -> tuple[int, int]:
    """The first and last day on which the article can have come out."""
    if published.iso:
        return _range(published.iso)
    first, last = _range(published.earliest)[0], _range(published.latest)[1]
    return (first, last) if first <= last else (FIRST_DAY, LAST_DAY)


def _range(iso: str) -> tuple[int, int]:
    try:
        found = bounds(iso)
    except ValueError:
        found = None
    return (found[0].toordinal(), found[1].toordinal()) if found else (FIRST_DAY, LAST_DAY)


@cache
def _known_names() -> dict[str, tuple[str, ...]]:
    """Names of well-known people, agencies and outlets by their id in the gazetteers, in whatever script."""
    return {key: names for file in _GAZETTEERS.values() for key, names in _rows(file)}


def _rows(file: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in read_rows(file):
        names = (row["name"], *row["aliases"].split(";"))
        yield row["id"], tuple(name.strip() for name in names if name.strip())
