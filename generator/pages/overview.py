"""The pages about the whole corpus: home, quotes, sources, method."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Entity, Event, Evidence, Issue, ResolvedQuote
from generator.pages.changes import news_of, summary
from generator.pages.library import Library
from generator.pages.listings import LISTING, told
from generator.pages.pictures.months import spark
from generator.pages.render import render
from generator.pages.words import count_words, language_words

NEWEST = 6
MENTIONED = 7
VOICES = 6
KEY_POINTS = 5
STRIP = 14
WANTED = 12
# Rows of a table on the page of sources: more are looked up in the data files, not scrolled through.
SOURCES = 200
# Speakers on the page of quotes, and quotes of each: a page that a phone still opens at once.
SPEAKERS = 80
QUOTES_EACH = 8


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entity with its place among the others of its type."""

    entity: Entity
    count: int
    articles: int
    spark: tuple[int, ...] = ()
    """Articles in each of the last months; empty where the corpus has too few of them."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with what was said, in the order of articles and text."""

    name: str
    entity: str
    quotes: tuple[ResolvedQuote, ...]

    @property
    def sample(self) -> ResolvedQuote:
        """The quote that stands for all: the first in the speaker's own words, else the first."""
        return next((quote for quote in self.quotes if quote.quote.kind == "direct"), self.quotes[0])

    @property
    def unnamed(self) -> bool:
        """Whether the texts leave the speaker without a name."""
        return self.name.startswith("unnamed:")


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet, agency or author with the articles that carry it."""

    name: str
    roles: tuple[tuple[str, int], ...]
    articles: tuple[str, ...]
    relayed: int
    """Quotes that reached the texts through it."""
    entity: str


def overview_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of each page about the whole corpus."""
    yield "index.md", _home(library)
    yield "quotes.md", _quotes(library)
    yield "sources.md", _sources(library)
    yield "method.md", _method(library)


def _home(library: Library) -> bytes:
    corpus = library.corpus
    signals = Counter(signal.name for article in corpus.articles for signal in article.annotated.document.signals)
    return render(
        "home.html",
        "index.md",
        library,
        {
            "title": library.site.name,
            "description": f"{count_words(len(corpus.articles), 'article')}, "
            f"{count_words(len(corpus.entities), 'name')} and {count_words(len(corpus.events), 'event')}, "
            "each statement linked to its paragraph.",
            "hide": ("navigation", "toc"),
            "search": {"exclude": True},
            "kind": "home",
        },
        words=sum(article.annotated.document.words for article in corpus.articles),
        period=_period(library),
        key_points=_key_points(library),
        stories=[told(article) for article in library.newest[:NEWEST]],
        ranked={kind: _ranked(library, kind) for kind in ("person", "organization", "place")},
        strip=_strip(corpus.events),
        voices=[voice for voice in _voices(library) if voice.name and not voice.unnamed][:VOICES],
        signals=sorted(signals.items()),
        undated=[article for article in library.newest if not article.published.iso],
        wanted=library.wanted[:WANTED],
        wanted_left_out=len(library.wanted[WANTED:]),
        suggestions=corpus.suggestions[:WANTED],
        conflicts=[event for event in corpus.events if event.conflicts][:WANTED],
        quarantined=_quarantined(library),
        news=news_of(library),
        summary=summary,
    )


def _quotes(library: Library) -> bytes:
    voices = _voices(library)
    named = [voice for voice in voices if voice.name and not voice.unnamed]
    others = [voice for voice in voices if not voice.name or voice.unnamed]
    return render(
        "quotes.html",
        "quotes.md",
        library,
        {
            "title": "Quotes",
            "description": f"{count_words(len(library.corpus.quotes), 'quote')}, by who said them.",
            **LISTING,
        },
        named=named[:SPEAKERS],
        others=others[:SPEAKERS],
        left_out=len(named[SPEAKERS:]) + len(others[SPEAKERS:]),
        each=QUOTES_EACH,
    )


def _sources(library: Library) -> bytes:
    signals: defaultdict[str, list[str]] = defaultdict(list)
    languages: Counter[str] = Counter()
    for article in library.newest:
        document = article.annotated.document
        for signal in document.signals:
            signals[signal.name].append(article.id)
        if document.language:
            origin = document.translated_from
            told = f", translated from {language_words(origin.value)}" if origin else ""
            languages[language_words(document.language.value) + told] += 1
    rows = _source_rows(library)
    return render(
        "sources.html",
        "sources.md",
        library,
        {
            "title": "Sources",
            "description": "Outlets, agencies and authors of the articles, and what is known of the texts.",
            "hide": ("navigation",),
        },
        sources=rows[:SOURCES],
        sources_left_out=len(rows[SOURCES:]),
        signals=sorted(signals.items()),
        languages=sorted(languages.items(), key=lambda pair: (-pair[1], pair[0])),
        unknown=[
            article.id
            for article in library.newest
            if not (article.annotated.document.outlet or article.annotated.document.credit)
        ],
        wanted=library.wanted[:SOURCES],
        wanted_left_out=len(library.wanted[SOURCES:]),
    )


def _method(library: Library) -> bytes:
    return render(
        "method.html",
        "method.md",
        library,
        {
            "title": "Method",
            "description": "How this briefing was made, what it can and cannot do, and how well.",
            "hide": ("navigation",),
        },
        quarantined=_quarantined(library),
        newest=(_period(library) or ("", ""))[1],
    )


def _period(library: Library) -> tuple[str, str] | None:
    dates = sorted(article.published.iso[:10] for article in library.corpus.articles if article.published.iso)
    return (dates[0], dates[-1]) if dates else None


def _key_points(library: Library) -> list[Evidence]:
    chosen = library.site.key_points.get("", ())
    if chosen:
        return list(chosen[:KEY_POINTS])
    # One sentence of each of the newest articles, so that no single long text fills the briefing.
    firsts = (library.site.key_points.get(article.id, ())[:1] for article in library.newest)
    return [one for first in firsts for one in first][:KEY_POINTS]


def _ranked(library: Library, kind: str) -> list[Ranked]:
    some = sorted(
        (entity for entity in library.corpus.entities if entity.type == kind),
        key=lambda entity: (-len(entity.mentions), entity.name),
    )[:MENTIONED]
    ranked: list[Ranked] = []
    for entity in some:
        articles = {located.article for located in entity.mentions}
        ranked.append(Ranked(entity, len(entity.mentions), len(articles), spark(library, sorted(articles))))
    return ranked


def _strip(events: Sequence[Event]) -> list[Event]:
    # The best attested events, in order of time: a strip of all of them would be the timeline again.
    attested = sorted(events, key=lambda event: (-len(event.evidence), event.date, event.id))[:STRIP]
    return sorted(attested, key=lambda event: (event.date, event.id))


def _voices(library: Library) -> list[Voice]:
    groups: defaultdict[tuple[str, str], list[ResolvedQuote]] = defaultdict(list)
    for quote in library.corpus.quotes:
        groups[quote.speaker_entity, "" if quote.speaker_entity else quote.speaker].append(quote)
    voices = [
        Voice(
            library.entities[entity].name if entity in library.entities else name,
            entity if entity in library.entities else "",
            tuple(sorted(quotes, key=lambda quote: (library.rank.get(quote.article, 0), quote.quote.span))),
        )
        for (entity, name), quotes in groups.items()
    ]
    return sorted(voices, key=lambda voice: (-len(voice.quotes), voice.name))


def _source_rows(library: Library) -> list[Source]:
    roles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    articles: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for article in library.newest:
        document = article.annotated.document
        fields = [("outlet", document.outlet), ("credit", document.credit)]
        fields += [("author", author) for author in document.authors]
        for role, field in fields:
            if field and field.value:
                roles[field.value][role] += 1
                articles[field.value][article.id] = None
    relayed = Counter(quote.via for quote in library.corpus.quotes if quote.via and quote.via != quote.speaker)
    entities = {entity.name: entity.id for entity in library.corpus.entities if entity.type != "place"}
    names = sorted({*roles, *relayed}, key=lambda name: (-len(articles[name]), -relayed[name], name))
    return [
        Source(name, tuple(sorted(roles[name].items())), tuple(articles[name]), relayed[name], entities.get(name, ""))
        for name in names
    ]


def _quarantined(library: Library) -> list[Issue]:
    return [issue for issue in library.site.issues if issue.severity == "error"]
