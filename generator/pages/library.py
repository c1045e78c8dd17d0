"""The corpus as the pages ask for it: one owner of every look-up, built once, never changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast

from generator.aligned import Span
from generator.model import (
    Article,
    Corpus,
    Document,
    Entity,
    EntityType,
    Event,
    Mention,
    ResolvedQuote,
    ResolvedReference,
    Zone,
)
from generator.pages.addresses import Addresses
from generator.pages.census import Bounds, Census
from generator.pages.cited import Wanted, wanted
from generator.pages.company import Circles, Company
from generator.pages.facts import SiteFacts
from generator.pages.reasons import told
from generator.pages.stated import Told, by_article, told_in_both
from generator.pages.words import date_words, shortened

# The texts of so many articles are held, some 30 KB each: a corpus of more need not fit into memory.
HELD = 10_000
# What may be the id of an article, with a paragraph, or an ISO date; with the group, splitting keeps it.
_WORD = re.compile(r"(\w[\w-]*(?:#p\d+)?)")
# A word as it may be an id, and a beginning of a date: without them there is nothing to be told.
_IDENTITY = re.compile(r"\w(?:[\w-]*\w)?")
_YEAR = re.compile(r"\d{4}-\d{2}")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_ISO_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as shown, and the part of it (offsets into `text`) that it is shown for."""

    article: str
    paragraph: int
    text: str
    low: int = 0
    high: int = 0

    @property
    def before(self) -> str:
        """What stands before the part."""
        return self.text[: self.low]

    @property
    def part(self) -> str:
        """The part it is shown for."""
        return self.text[self.low : self.high]

    @property
    def after(self) -> str:
        """What stands after the part."""
        return self.text[self.high :]


# So much of a sentence is shown on either side of what it is shown for. No sentence of prose is as long; a text of
# nothing but dates is one sentence, and to show all of it beside each date would take gigabytes.
_AROUND = 2_000


class Paragraphs:
    """The body of one article by paragraph number, with its sentences."""

    def __init__(self, article: Article) -> None:
        self.zones: dict[int, Zone] = {
            zone.paragraph: zone for zone in article.annotated.document.body if zone.paragraph is not None
        }
        self._article = article.id
        self._sentences = sorted(article.annotated.sentences, key=attrgetter("start", "end"))
        self._starts = [span.start for span in self._sentences]

    def sentence_at(self, span: Span) -> int:
        """The number of the sentence that `span` begins in; -1 where it is in none."""
        number = bisect_right(self._starts, span.start) - 1
        return number if number >= 0 and span.start < self._sentences[number].end else -1

    def sentence(self, span: Span, paragraph: int | None) -> Sentence | None:
        """The sentence around `span`, or its paragraph where no sentence is known; `None` outside the body."""
        zone = self.zones.get(paragraph or 0)
        if zone is None or paragraph is None:
            return None
        number = self.sentence_at(span)
        whole = zone.text.view_span(self._sentences[number]) if number >= 0 else None
        low, high = whole or (0, len(zone.text.text))
        part = zone.text.view_span(span)
        if part is None or part[0] < low:
            return Sentence(self._article, paragraph, zone.text.text[low : min(high, low + _AROUND)])
        low, high = max(low, part[0] - _AROUND), min(high, part[1] + _AROUND)
        return Sentence(self._article, paragraph, zone.text.text[low:high], part[0] - low, min(part[1], high) - low)


@dataclass(frozen=True, slots=True)
class Name:
    """An entity as pages of others speak of it."""

    id: str
    type: EntityType
    name: str


class Headline(NamedTuple):
    """An event as pages of others speak of it."""

    id: str
    date: str
    title: str


class Tie(NamedTuple):
    """A link between articles as seen from `source`, without its weight, which changes with every new article."""

    source: str
    target: str
    reason: str
    kind: str


class Library:
    """Every look-up that pages make. Keys that nothing is known of give empty tuples."""

    def __init__(self, corpus: Corpus, site: SiteFacts, addresses: Addresses, bounds: Bounds | None = None) -> None:
        """`bounds` tell of articles without reading them where their sentences are."""
        self.bounds = bounds or Bounds()
        self.corpus = corpus
        self.site = site
        self.addresses = addresses
        self.articles: Mapping[str, Article] = {article.id: article for article in corpus.articles}
        self.entities: Mapping[str, Entity] = {entity.id: entity for entity in corpus.entities}
        self.newest: tuple[Article, ...] = tuple(newest_first(corpus.articles))
        self.rank: Mapping[str, int] = {article.id: number for number, article in enumerate(self.newest)}
        self._spoken = frozenset(entity.name for entity in corpus.entities).__contains__
        self._paragraphs: dict[str, Paragraphs] = {}

    @cached_property
    def names(self) -> Mapping[str, Name]:
        """Entity id to the entity as other pages speak of it."""
        return {entity.id: Name(entity.id, entity.type, entity.name) for entity in self.corpus.entities}

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[Headline | None, Headline | None]]:
        """Event id to the events before and after it in time."""
        events = sorted(self.corpus.events, key=lambda event: (event.date, event.id))
        told = [None, *(Headline(event.id, event.date, event.title) for event in events), None]
        return {event.id: (told[number], told[number + 2]) for number, event in enumerate(events)}

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """Event id to the event."""
        return {event.id: event for event in self.corpus.events}

    def document(self, article: str) -> Document:
        """The document of the article."""
        return self.articles[article].annotated.document

    def title(self, article: str) -> str:
        """The article's title."""
        return self.document(article).title.value

    def plain(self, text: str) -> str:
        """`text` of the engine for a reader: ids of articles as their titles, ISO dates in words."""
        return self.shown(self.said(text))

    def said(self, text: str) -> str:
        """`text` of the engine in the words of the pages; what stands in it may be the name of an entity."""
        return told(text, self.site.words, self._spoken)

    def shown(self, text: str) -> str:
        """`text` with titles in the place of ids of articles, and dates in words."""

        def shown(word: str) -> str:
            found = word.rstrip("-")
            identity, _, paragraph = found.partition("#p")
            if identity in self.articles:
                title = f"“{shortened(self.title(identity), 60)}”"
                return f"{title}, ¶\u00a0{paragraph}" if paragraph else title
            return date_words(found, self.site.words) if _ISO_DATE.fullmatch(found) else word

        # Most reasons name no article and no date, and to look at every word of them takes four times as long.
        if self.articles.keys().isdisjoint(_IDENTITY.findall(text)) and not _YEAR.search(text):
            return text
        parts = _WORD.split(text)
        for at in range(1, len(parts), 2):
            word = parts[at]
            # All that `shown` may change: few of the words, and to ask it of each takes five times as long.
            if word in self.articles or word[:4].isdigit() or word[-1] == "-" or "#" in word:
                parts[at] = shown(word)
        return "".join(parts)

    @cached_property
    def byline_names(self) -> Mapping[tuple[str, str], Name]:
        """(article, author as the seed names them) to the entity that is meant, where one is known."""
        return Asked(self._byline_name)

    def _byline_name(self, key: tuple[str, str]) -> Name | None:
        article, author = key
        if article not in self.articles:
            return None
        named = [pair for pair in self.mentions.get(article, ()) if pair[1].type != "place"]
        for one in self.document(article).authors:
            for mention, entity in named if one.value == author else ():
                if any(span.covers(mention.span) or mention.span.covers(span) for span in one.spans):
                    return entity
        return None

    def paragraphs(self, article: str) -> Paragraphs:
        """The article's body, ready to look sentences up in."""
        found = self._paragraphs.get(article)
        if found is None:
            if len(self._paragraphs) >= HELD:
                del self._paragraphs[next(iter(self._paragraphs))]
            found = self._paragraphs[article] = Paragraphs(self.articles[article])
        return found

    def sentence(self, article: str, span: Span, paragraph: int | None) -> Sentence | None:
        """The sentence of the article around `span`; `None` outside its body."""
        return self.paragraphs(article).sentence(span, paragraph)

    @cached_property
    def census(self) -> Census:
        """Who is named where."""
        return Census(self.corpus, self.bounds)

    @cached_property
    def mentions(self) -> Mapping[str, tuple[tuple[Mention, Name], ...]]:
        """Article id to its mentions of entities, in the order of the text."""
        return Asked(self._mentions)

    def _mentions(self, article: str) -> tuple[tuple[Mention, Name], ...] | None:
        census = self.census
        return (
            tuple(
                (census.located[row].mention, self.names[census.entities[census.entity[row]].id])
                for row in census.rows_of(article).tolist()
            )
            or None
        )

    @cached_property
    def quotes_of(self) -> Mapping[str, tuple[ResolvedQuote, ...]]:
        """Article id to its quotes, in the order of the text."""
        return _grouped((quote.article, quote) for quote in self.corpus.quotes)

    @cached_property
    def quotes_by(self) -> Mapping[str, tuple[ResolvedQuote, ...]]:
        """Entity id to what it said."""
        return _grouped((quote.speaker_entity, quote) for quote in self.corpus.quotes if quote.speaker_entity)

    @cached_property
    def quotes_about(self) -> Mapping[str, tuple[ResolvedQuote, ...]]:
        """Entity id to the quotes of others that name it."""
        quotes = [quote for own in self.quotes_of.values() for quote in own]
        named, found = self.census.within(quotes)
        entities = self.census.entities
        return _grouped(
            (entities[entity].id, quotes[at]) for entity, at in zip(named.tolist(), found.tolist(), strict=True)
        )

    @cached_property
    def events_of(self) -> Mapping[str, tuple[Headline, ...]]:
        """Article id, or entity id, to the events that it has to do with, by date."""
        pairs: list[tuple[str, Headline]] = []
        for event in sorted(self.corpus.events, key=lambda event: (event.date, event.id)):
            headline = Headline(event.id, event.date, event.title)
            pairs.extend((article, headline) for article in sorted({evidence.article for evidence in event.evidence}))
            pairs.extend((entity, headline) for entity in event.entities)
        return _grouped(pairs)

    @cached_property
    def links_of(self) -> Mapping[str, tuple[Tie, ...]]:
        """Article id to its ties to others, strongest first, seen from that article (`target` is the other)."""
        return Asked(lambda article: tuple(Tie(article, *row) for row in self.ties(article)) or None)

    def ties(self, article: str) -> list[tuple[str, str, str]]:
        """Of each tie of the article, strongest first, the other article, the reason and the kind."""
        own = self._ties.get(article)
        if own is None:
            return []
        ordered = sorted(own.items(), key=lambda tie: (-tie[1][0], tie[0][0]))
        return [(target, reason, kind) for (target, kind), (_, reason) in ordered]

    @cached_property
    def _ties(self) -> Mapping[str, Mapping[tuple[str, str], tuple[float, str]]]:
        """By article, the other article and kind of tie: weight and reason."""
        articles = self.articles
        ties: defaultdict[str, dict[tuple[str, str], tuple[float, str]]] = defaultdict(dict)
        for link in self.corpus.links:
            source, target, kind = link.source, link.target, link.kind
            if source not in articles or target not in articles:
                continue
            told = (link.weight, link.reason)
            for one, other in ((source, target), (target, source)) if kind != "reference" else ((source, target),):
                own = ties[one]
                known = own.get((other, kind))
                if known is None or known[0] < link.weight:
                    own[other, kind] = told
        return ties

    @cached_property
    def same_statements(self) -> Mapping[tuple[str, str], Told]:
        """Of two articles the statements that both report: the quotes of the one, and the first of the other."""
        return Asked(partial(told_in_both, by_article(self.corpus)))

    def company(self, entity: str) -> tuple[Company, ...]:
        """Who is named in the same sentences as the entity, those first whom chance explains least."""
        return self.circles.company(entity)

    @cached_property
    def circles(self) -> Circles:
        """Who is named in the same sentences as whom."""
        return Circles(self.census)

    @cached_property
    def references_of(self) -> Mapping[str, tuple[ResolvedReference, ...]]:
        """Article id to what it cites."""
        return _grouped((reference.article, reference) for reference in self.corpus.references)

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[ResolvedReference, ...]]:
        """Article id to the citations of it."""
        resolved = (one for one in self.corpus.references if one.resolved_article)
        return _grouped((one.resolved_article, one) for one in resolved)

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """Cited articles that are not in the corpus, most cited first."""
        return wanted(self.corpus.references, self.articles)

    @cached_property
    def months(self) -> tuple[str, ...]:
        """Every month from the first in which a dated article appeared to the last."""
        stated = [article.published.iso[:7] for article in self.corpus.articles]
        dated = sorted(month for month in stated if _MONTH.fullmatch(month))
        if not dated:
            return ()
        low, high = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (dated[0], dated[-1]))
        return tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(low, high + 1))


class Asked(Mapping[Key, Value]):
    """A mapping of which a value is worked out when it is asked for; its keys are not known."""

    def __init__(self, find: Callable[[Any], Value | None]) -> None:
        self._find = find
        self._found: dict[Key, Value | None] = {}

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of `key`, `default` where there is none."""
        if key not in self._found:
            self._found[key] = self._find(key)
        found = self._found[key]
        return default if found is None else found

    def __getitem__(self, key: Key) -> Value:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return cast("Value", found)

    def __contains__(self, key: object) -> bool:
        return self.get(key) is not None

    def __iter__(self) -> Iterator[Key]:
        raise TypeError

    def __len__(self) -> int:
        raise TypeError


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    groups: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """The articles, the newest first, those of one date by id. An undated one stands where it can first be from."""
    ordered = sorted(articles, key=attrgetter("id"))
    ordered.sort(key=lambda one: one.published.iso or one.published.earliest or one.published.latest, reverse=True)
    return ordered
