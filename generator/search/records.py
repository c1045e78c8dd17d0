"""What can be found: articles, entities, quotes and events as records, in the order of their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import msgspec
import numpy as np

from generator.chronology.iso import bounds
from generator.data import read_rows
from generator.lazy import in_turn
from generator.lazy.named import articles_of
from generator.model import Article, Corpus, Document, Entity, Event, Field, Published, ResolvedQuote
from generator.recall import SearchMemory
from generator.search.about import About, Mentioned, nobody, paired
from generator.search.known import NOWHERE, Known, Origin, article_key, quote_key, unknown
from generator.search.packing import json_bytes

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
# No article came out on such days; they stand for "not known".
FIRST_DAY, LAST_DAY = 0, 3_652_059

# Characters that are two units each.
_BEYOND = re.compile("[\U00010000-\U0010ffff]")

_GAZETTEERS = {"person": "persons.csv", "agency": "agencies.csv", "outlet": "outlets.csv"}


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text that phrases do not reach beyond, and what each of its words counts."""

    text: str
    weight: int = TEXT_WEIGHT


class Texts:
    """The paragraphs of an article as they are shown; they are read when somebody first asks for them."""

    __slots__ = ("_document", "_json", "_read", "_size")

    def __init__(self, document: Document, size: int = -1) -> None:
        """`size`: how many bytes they take as JSON, where that is known."""
        self._document = document
        self._size = size
        self._read: dict[int, str] | None = None
        self._json = b""

    @property
    def paragraphs(self) -> Mapping[int, str]:
        """Each by its number."""
        if self._read is None:
            body = self._document.body
            self._read = {zone.paragraph: zone.text.text for zone in body if zone.paragraph is not None}
        return self._read

    @property
    def json(self) -> bytes:
        """Pairs of number and text as JSON."""
        if not self._json:
            self._json = json_bytes(list(self.paragraphs.items()))
        return self._json

    @property
    def size(self) -> int:
        """How many bytes they take as JSON."""
        return self._size if self._size >= 0 else len(self.json)


class Record(msgspec.Struct, frozen=True):
    """One thing that can be found."""

    head: list[Any]
    """What the client shows besides `texts`."""
    own: tuple[Passage, ...]
    """What is read of it besides `texts`."""
    first: int = FIRST_DAY
    last: int = LAST_DAY
    """The days (ordinals of the Gregorian calendar) between which it falls."""
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Of an entity: every name that means it, whole."""
    type: str = ""
    """Of an entity: its type."""
    texts: Texts | None = None
    """Of an article: its paragraphs."""
    key: bytes = b""
    """A digest of what its passages follow from and, of an article, its texts; none where that is not known."""
    quoted: tuple[int, int] = NOWHERE
    """Of a quotation: where it begins in its paragraph and how long it is there."""

    @property
    def stored(self) -> list[Any]:
        """What the client shows, as JSON; see docs/search.md for the fields of each kind."""
        return [*self.head, list(self.texts.paragraphs.items())] if self.texts else self.head

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What is read of it."""
        if not self.texts:
            return self.own
        texts = self.texts.paragraphs.values()
        weights = self.weights(len(self.own) + len(texts))[len(self.own) :]
        return (*self.own, *map(Passage, texts, weights))

    def weights(self, count: int) -> list[int]:
        """What the words of each of its `count` passages count."""
        weights = [passage.weight for passage in self.own]
        rest = count - len(weights)
        return weights + [LEDE_WEIGHT, *[TEXT_WEIGHT] * (rest - 1)][:rest] if rest else weights


@dataclass(frozen=True, slots=True)
class Records:
    """All records by kind. Entities: most mentioned first. Others: oldest first, so that a new one changes little."""

    articles: tuple[Record, ...]
    entities: tuple[Record, ...]
    quotes: tuple[Record, ...]
    events: tuple[Record, ...]
    about: tuple[About, ...] = ()
    """Whom those of each kind have to do with."""

    @property
    def kinds(self) -> tuple[tuple[Record, ...], ...]:
        """The four, by number of their kind."""
        return (self.articles, self.entities, self.quotes, self.events)


@dataclass(frozen=True, slots=True)
class _Told:
    """An article, and what its quotes and events share with it."""

    article: Article
    number: int
    first: int
    last: int
    sources: tuple[str, ...]
    languages: tuple[str, ...]
    texts: Texts
    key: bytes


def find_records(
    corpus: Corpus, urls: Mapping[str, str], origin: Origin = unknown, known: Known | None = None
) -> Records:
    """The records of `corpus`; `urls` are addresses by id of article, entity and event, relative to the site.

    By `origin` those are told that are `known`, whose texts need not be read.
    """
    last = known or Known(SearchMemory())
    entities = sorted(corpus.entities, key=lambda entity: (-len(entity.mentions), entity.id))
    numbers = {entity.id: number for number, entity in enumerate(entities)}
    days = {article.id: _days(article.published) for article in corpus.articles}
    articles = sorted(corpus.articles, key=lambda article: (days[article.id], article.id))
    told = {
        article.id: _told(article, number, days[article.id], article_key(origin(article.annotated)), last)
        for number, article in enumerate(articles)
    }
    for article in in_turn(article for article in articles if told[article.id].key not in last.places):
        _ = told[article.id].texts.paragraphs
    quotes = sorted(
        (quote for quote in corpus.quotes if quote.article in told),
        key=lambda one: (told[one.article].number, one.quote.span.start, one.quote.span.end, one.quote.text),
    )
    events = sorted(corpus.events, key=lambda event: (_range(event.date), event.id))
    mentioned = Mentioned(entities, {article: one.number for article, one in told.items()})
    return Records(
        tuple(_article(one, urls) for one in told.values()),
        tuple(_entity(entity, urls) for entity in entities),
        tuple(_quote(quote, told[quote.article], last) for quote in quotes),
        tuple(_event(event, told, urls) for event in events),
        (mentioned.in_articles(), nobody(), _in_quotes(quotes, told, mentioned, numbers), _in_events(events, numbers)),
    )


def _in_quotes(
    quotes: Sequence[ResolvedQuote], told: Mapping[str, _Told], mentioned: Mentioned, numbers: Mapping[str, int]
) -> About:
    """Who is named in each quotation, and who speaks."""
    rows = [(told[one.article].number, one.quote.span.start, one.quote.span.end) for one in quotes]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    named = mentioned.in_stretches(table[:, 0], table[:, 1], table[:, 2])
    speaking = paired(
        (at, numbers[one.speaker_entity]) for at, one in enumerate(quotes) if one.speaker_entity in numbers
    )
    records, entities = (np.concatenate(columns) for columns in zip(named, speaking, strict=True))
    weights = np.repeat([1, 2], [len(named[0]), len(speaking[0])])
    return About.of(records, entities, weights)


def _in_events(events: Sequence[Event], numbers: Mapping[str, int]) -> About:
    records, entities = paired(
        (at, numbers[entity]) for at, event in enumerate(events) for entity in event.entities if entity in numbers
    )
    return About.of(records, entities, np.ones_like(records))


def _told(article: Article, number: int, days: tuple[int, int], key: bytes, known: Known) -> _Told:
    document = article.annotated.document
    return _Told(
        article,
        number,
        *days,
        _sources(document),
        _values((document.language,)),
        Texts(document, known.size(key)),
        key,
    )


def _article(told: _Told, urls: Mapping[str, str]) -> Record:
    article, document = told.article, told.article.annotated.document
    title = document.title.value
    return Record(
        [
            urls.get(article.id, ""),
            title,
            article.published.iso[:10],
            "" if article.published.iso else _bracket(article.published),
            next(iter(told.sources), ""),
        ],
        (Passage(title, TITLE_WEIGHT),),
        told.first,
        told.last,
        told.sources,
        told.languages,
        tuple(dict.fromkeys(signal.name for signal in document.signals)),
        texts=told.texts,
        key=told.key,
    )


def _entity(entity: Entity, urls: Mapping[str, str]) -> Record:
    shown = tuple(dict.fromkeys([entity.name, *(alias.name for alias in entity.aliases if not alias.weak)]))
    names = tuple(dict.fromkeys([*shown, *known_names().get(entity.key, ())]))
    weak = [alias.name for alias in entity.aliases if alias.weak]
    articles = len(articles_of(entity.mentions))
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


def _quote(quote: ResolvedQuote, told: _Told, known: Known) -> Record:
    text, paragraph = quote.quote.text, quote.quote.paragraph
    speaker = quote.speaker.removeprefix("unnamed: ")
    key = quote_key(told.key, quote.quote, speaker)
    place = known.quoted(key) or _place(told.texts.paragraphs.get(paragraph, ""), text)
    return Record(
        [
            told.number,
            paragraph,
            text if place == NOWHERE else list(place),
            quote.speaker,
            quote.via if quote.via != quote.speaker else "",
            int(quote.quote.kind == "direct"),
        ],
        (Passage(text), Passage(speaker)),
        told.first,
        told.last,
        tuple(dict.fromkeys([quote.via, *told.sources])) if quote.via else told.sources,
        told.languages,
        key=key,
        quoted=place,
    )


def _place(paragraph: str, text: str) -> tuple[int, int]:
    """Where `text` begins in `paragraph` and how long it is, in UTF-16 units as browsers count, or `NOWHERE`."""
    at = paragraph.find(text)
    if at < 0:
        return NOWHERE
    if not _BEYOND.search(paragraph):
        return at, len(text)
    return (
        len(paragraph[:at].encode("utf-16-le", "surrogatepass")) // 2,
        len(text.encode("utf-16-le", "surrogatepass")) // 2,
    )


def _event(event: Event, told: Mapping[str, _Told], urls: Mapping[str, str]) -> Record:
    first, last = _range(event.date)
    tellers = [told[one] for one in dict.fromkeys(e.article for e in event.evidence) if one in told]
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
        tuple(dict.fromkeys(source for one in tellers for source in one.sources)),
        tuple(dict.fromkeys(code for one in tellers for code in one.languages)),
    )


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


@lru_cache(maxsize=10_000)
def _range(iso: str) -> tuple[int, int]:
    try:
        found = bounds(iso)
    except ValueError:
        found = None
    return (found[0].toordinal(), found[1].toordinal()) if found else (FIRST_DAY, LAST_DAY)


@cache
def known_names() -> dict[str, tuple[str, ...]]:
    """Names of well-known people, agencies and outlets by their id in the gazetteers, in whatever script."""
    return {key: names for file in _GAZETTEERS.values() for key, names in _rows(file)}


def _rows(file: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in read_rows(file):
        names = (row["name"], *row["aliases"].split(";"))
        yield row["id"], tuple(name.strip() for name in names if name.strip())
