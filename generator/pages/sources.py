"""Where the articles come from: outlets, agencies, authors, what they pass on; and what is cited and not there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from generator.encode.frontmatter import Value
from generator.pages.library import Library
from generator.pages.listings import LISTING
from generator.pages.paging import parts
from generator.pages.render import render
from generator.pages.words import basis_words, language_words

# Rows of a table on the page of sources: more are looked up in the data files, not scrolled through.
SOURCES = 200
# Of the articles of a source, so many by their titles; of those with a sign of poor quality; of those without a source.
EACH, TITLES, UNKNOWN = 8, 50, 200
RELAYS = 100
WANTED = 150


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet, agency or author with the articles that carry it."""

    name: str
    roles: tuple[tuple[str, int], ...]
    count: int
    """How many articles that are."""
    articles: tuple[str, ...]
    """The newest of them."""
    relayed: int
    """Quotes that reached the texts through it."""
    entity: str
    signals: tuple[tuple[str, int], ...]
    """What its articles give to doubt: name of the signal and number of articles."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Who passes on what comes from whom."""

    source: str
    """Outlet or agency of the articles; empty where they name none."""
    origin: str
    articles: int
    """Articles that credit the origin."""
    quotes: int
    """Quotes that name the origin as who had them first."""
    sample: str
    """An article of them."""


def source_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of the page of sources and those of what is cited and not there."""
    yield "sources.md", _sources(library)
    yield from _wanted(library)


def _sources(library: Library) -> bytes:
    signals: defaultdict[str, list[str]] = defaultdict(list)
    languages: Counter[str] = Counter()
    unknown: list[str] = []
    words = library.site.words
    for article in library.newest:
        document = article.annotated.document
        for signal in document.signals:
            signals[signal.name].append(article.id)
        if document.language:
            origin = document.translated_from
            language = language_words(document.language.value, words)
            if origin:
                language = words.say(
                    "sources.language-translated", language=language, origin=language_words(origin.value, words)
                )
            languages[language] += 1
        if not (document.outlet or document.credit):
            unknown.append(article.id)
    rows, left_out = _rows(library)
    relays = _relays(library)
    return render(
        "sources.html",
        "sources.md",
        library,
        {
            "title": words.say("sources.sources"),
            "description": words.say("sources.description"),
            "hide": ("navigation",),
        },
        sources=rows,
        sources_left_out=left_out,
        relays=relays[:RELAYS],
        relays_left_out=len(relays[RELAYS:]),
        signals=[(name, len(articles), articles[:TITLES]) for name, articles in sorted(signals.items())],
        # Their counts stand in the list of articles: here each article would change them.
        languages=sorted(languages, key=lambda language: (-languages[language], language)),
        unknown=unknown[:UNKNOWN],
        unknown_left_out=len(unknown) > UNKNOWN,
        wanted=len(library.wanted),
    )


def _wanted(library: Library) -> Iterator[tuple[str, bytes]]:
    words = library.site.words
    total = len(library.wanted)
    for part in parts(library.wanted, WANTED, "wanted.md", "wanted/page-{}.md"):
        title = part.titled(words.say("wanted.wanted"), words)
        meta: dict[str, Value] = {
            "title": title,
            "description": words.say("wanted.description", articles=words.count(total, "article")),
            "section": "sources",
            **LISTING,
        }
        yield (
            part.path,
            render(
                "wanted.html",
                part.path,
                library,
                meta,
                things=part.things,
                place=part.place,
                title=title,
                total=total,
            ),
        )


def _rows(library: Library) -> tuple[list[Source], int]:
    """The sources shown, and how many more there are."""
    roles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    articles: defaultdict[str, dict[str, None]] = defaultdict(dict)
    words = library.site.words
    for article in library.newest:
        document = article.annotated.document
        fields = [(words.say("sources.outlet"), document.outlet), (words.say("sources.credit"), document.credit)]
        fields += [(words.say("sources.author"), author) for author in document.authors]
        for role, field in fields:
            if field and field.value:
                roles[field.value][role] += 1
                articles[field.value][article.id] = None
    relayed = Counter(quote.via for quote in library.corpus.quotes if quote.via and quote.via != quote.speaker)
    entities = {entity.name: entity.id for entity in library.corpus.entities if entity.type != "place"}
    names = sorted({*roles, *relayed}, key=lambda name: (-len(articles[name]), -relayed[name], name))
    rows = [
        Source(
            name,
            tuple(sorted(roles[name].items())),
            len(articles[name]),
            tuple(islice(articles[name], EACH)),
            relayed[name],
            entities.get(name, ""),
            _signals(library, articles[name]),
        )
        for name in names[:SOURCES]
    ]
    return rows, len(names[SOURCES:])


def _signals(library: Library, articles: dict[str, None]) -> tuple[tuple[str, int], ...]:
    words = library.site.words
    names = (signal.name for article in articles for signal in library.document(article).signals)
    counts = Counter(basis_words(name, words) for name in names)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _relays(library: Library) -> list[Relay]:
    articles: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    quotes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for article in library.newest:
        document = article.annotated.document
        outlet, credit = (field.value if field else "" for field in (document.outlet, document.credit))
        if outlet and credit and outlet != credit:
            articles[outlet, credit].append(article.id)
        for quote in library.quotes_of.get(article.id, ()):
            if quote.via and quote.via != quote.speaker and quote.via not in (outlet, credit):
                quotes[outlet or credit, quote.via].append(article.id)
    relays = [
        Relay(source, origin, len(articles[source, origin]), len(quotes[source, origin]), sample)
        for source, origin in {**articles, **quotes}
        if (sample := next(iter((*articles[source, origin], *quotes[source, origin])), ""))
    ]
    return sorted(relays, key=lambda one: (-one.articles - one.quotes, one.source, one.origin))
