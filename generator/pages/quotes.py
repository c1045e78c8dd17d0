"""The quotes: by speaker, by date, one statement in several wordings, and by which way they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from generator.model import ResolvedQuote
from generator.pages.differences import Difference, differences
from generator.pages.library import Library
from generator.pages.listings import LISTING
from generator.pages.paging import Part, Thing, parts
from generator.pages.render import Work, render
from generator.pages.words import date_words

# Speakers on a page, quotes of each, quotes on a page by date, statements and ways on theirs: each about 100 KB of
# text at most, which a phone opens at once.
SPEAKERS = 60
QUOTES_EACH = 8
BY_DATE = 150
STATEMENTS = 60
WAYS = 80
# Views whose headings are a way of three steps, or a name with counts: no contents of a page.
_WITHOUT_CONTENTS = frozenset(("passed-on", "wordings"))
SAMPLES = 3
# Wordings of one statement that are shown; a wire's words stand in many papers as they are.
WORDINGS = 12
# Differences from the first wording that are told one by one; a wording with more is another text.
DIFFERING = 10


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with everything that was said, in the order of the corpus."""

    name: str
    entity: str
    quotes: tuple[ResolvedQuote, ...]

    @property
    def unnamed(self) -> bool:
        """Whether the texts leave the speaker without a name."""
        return self.name.startswith("unnamed:")


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker with some of the quotes."""

    name: str
    entity: str
    count: int
    """How many quotes there are."""
    quotes: tuple[ResolvedQuote, ...]
    """Those of the newest articles, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """One statement as several articles have it."""

    speaker: str
    entity: str
    quotes: tuple[ResolvedQuote, ...]
    articles: int
    wordings: int
    """How many different wordings there are."""
    left_out: int

    @property
    def unlike(self) -> tuple[tuple[Difference, ...] | None, ...]:
        """For each quote how it differs from the first; none where that cannot be told in words."""
        first = self.quotes[0].quote.text
        return tuple(differences(first, quote.quote.text) for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class Way:
    """How quotes came: from a speaker, through who passed them on, into articles."""

    speaker: ResolvedQuote
    """One of the quotes, for the names and their pages."""
    source: str
    """Credit or outlet of the articles; empty where they name none."""
    count: int
    quotes: tuple[ResolvedQuote, ...]
    """The first of them."""


def quote_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of the pages of quotes."""
    yield from _by_speaker(library)
    yield from _by_date(library)
    yield from _wordings_pages(library)
    yield from _ways_pages(library)


def voices_of(library: Library) -> list[Voice]:
    """Everyone who is quoted, the most quoted first; those without a name last."""
    groups: defaultdict[tuple[str, str], list[ResolvedQuote]] = defaultdict(list)
    for quote in library.corpus.quotes:
        groups[quote.speaker_entity, "" if quote.speaker_entity else quote.speaker].append(quote)
    voices = [
        Voice(
            library.entities[entity].name if entity in library.entities else name,
            entity if entity in library.entities else "",
            tuple(quotes),
        )
        for (entity, name), quotes in groups.items()
    ]
    return sorted(voices, key=lambda voice: (voice.unnamed or not voice.name, -len(voice.quotes), voice.name))


def said(library: Library, voice: Voice) -> Said:
    """The voice with the first of its quotes."""
    shown = nsmallest(QUOTES_EACH, voice.quotes, key=_order(library))
    return Said(voice.name, voice.entity, len(voice.quotes), tuple(shown))


def sample(library: Library, voice: Voice) -> Said:
    """The voice with one quote for all: the first in the speaker's own words, else the first."""
    direct = tuple(quote for quote in voice.quotes if quote.quote.kind == "direct")
    first = min(direct or voice.quotes, key=_order(library))
    return Said(voice.name, voice.entity, len(voice.quotes), (first,))


def _order(library: Library) -> Callable[[ResolvedQuote], tuple[int, int, int]]:
    """By what to sort quotes so that those of the newest article stand first."""
    rank = library.rank

    def key(quote: ResolvedQuote) -> tuple[int, int, int]:
        span = quote.quote.span
        return rank.get(quote.article, 0), span.start, span.end

    return key


def statements_of(library: Library) -> list[Wordings]:
    """Statements that several articles report, those with most articles first."""
    found: list[Wordings] = []
    for statement in library.corpus.statements:
        quotes = sorted((library.corpus.quotes[at] for at in statement.quotes), key=_order(library))
        texts = {" ".join(quote.quote.text.casefold().split()) for quote in quotes}
        shown = quotes[:WORDINGS]
        entity = next((quote.speaker_entity for quote in quotes if quote.speaker_entity in library.entities), "")
        found.append(
            Wordings(
                library.entities[entity].name if entity else statement.speaker,
                entity,
                tuple(shown),
                len({quote.article for quote in quotes}),
                len(texts),
                len(quotes[WORDINGS:]),
            )
        )
    return sorted(found, key=lambda one: (-one.articles, -one.wordings, one.speaker, one.quotes[0].quote.text))


def _by_speaker(library: Library) -> Iterator[tuple[str, bytes]]:
    words = library.site.words

    def voices(part: Part[Voice]) -> dict[str, Any]:
        told = [(voice, said(library, voice)) for voice in part.things]
        return {
            "named": [one for voice, one in told if voice.name and not voice.unnamed],
            "others": [one for voice, one in told if not voice.name or voice.unnamed],
        }

    yield from _pages(
        library,
        parts(voices_of(library), SPEAKERS, "quotes.md", "quotes/speakers-{}.md"),
        words.say("quotes.quotes"),
        words.say("quotes.description", quotes=words.count(len(library.corpus.quotes), "quote")),
        "speaker",
        shown=voices,
        each=QUOTES_EACH,
    )


def _by_date(library: Library) -> Iterator[tuple[str, bytes]]:
    months: defaultdict[str, list[ResolvedQuote]] = defaultdict(list)
    newest: list[ResolvedQuote] = []
    total = 0
    for article in library.newest:
        quotes = library.quotes_of.get(article.id, ())
        if quotes:
            months[article.published.iso[:7]].extend(quotes)
            total += len(quotes)
            if len(newest) < BY_DATE:
                newest.extend(quotes)
    first = "quotes/by-date.md"
    words = library.site.words
    # By month, so that one more article changes the pages of its own month alone.
    split = total > BY_DATE
    archives = {month: f"quotes/{month or 'undated'}.md" for month in sorted(months, reverse=True)} if split else {}
    front = next(parts(newest[:BY_DATE], BY_DATE, first, ""))
    yield first, _dated(library, front, words.say("quotes.title-by-date"), archives, total - len(front.things))
    for month, path in archives.items():
        for part in parts(months[month], BY_DATE, path, path.removesuffix(".md") + "-part-{}.md"):
            title = words.say("quotes.of", period=date_words(month, words)) if month else words.say("quotes.of-undated")
            yield part.path, _dated(library, part, part.titled(title, words), {}, 0)


def _dated(
    library: Library, part: Part[ResolvedQuote], title: str, archives: Mapping[str, str], left_out: int
) -> bytes:
    told = library.site.words.say("quotes.deck-by-date")
    return _page(
        library,
        part.path,
        title,
        told,
        "date",
        work=_days,
        place=part.place,
        quotes=part.things,
        dates=[library.articles[quote.article].published.iso[:10] for quote in part.things],
        archives=archives,
        left_out=left_out,
    )


def _days(library: Library, values: Mapping[str, Any]) -> dict[str, Any]:
    """The quotes shown by the day on which their article came out."""
    words = library.site.words
    days: dict[str, list[ResolvedQuote]] = {}
    for quote, iso in zip(values["quotes"], values["dates"], strict=True):
        days.setdefault(date_words(iso, words) if iso else words.say("quotes.undated"), []).append(quote)
    return {"days": days}


def _wordings_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    words = library.site.words
    yield from _pages(
        library,
        parts(statements_of(library), STATEMENTS, "quotes/wordings.md", "quotes/wordings-{}.md"),
        words.say("quotes.title-wordings"),
        words.say("quotes.deck-wordings"),
        "wordings",
    )


def _ways_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    groups: defaultdict[tuple[str, str, str], list[ResolvedQuote]] = defaultdict(list)
    for quote in library.corpus.quotes:
        if quote.via and quote.via != quote.speaker:
            document = library.document(quote.article)
            source = document.credit or document.outlet
            groups[quote.speaker, quote.via, source.value if source else ""].append(quote)
    ways = [Way(quotes[0], source, len(quotes), tuple(quotes[:SAMPLES])) for (_, _, source), quotes in groups.items()]
    ways.sort(key=lambda way: (-way.count, way.speaker.via, way.speaker.speaker, way.source))
    words = library.site.words
    yield from _pages(
        library,
        parts(ways, WAYS, "quotes/passed-on.md", "quotes/passed-on-{}.md"),
        words.say("quotes.title-passed-on"),
        words.say("quotes.deck-passed-on"),
        "passed-on",
    )


def _all(part: Part[Thing]) -> dict[str, Any]:
    return {"things": part.things}


def _pages(
    library: Library,
    those: Iterable[Part[Thing]],
    title: str,
    description: str,
    view: str,
    *,
    shown: Callable[[Part[Thing]], dict[str, Any]] = _all,
    **values: Any,
) -> Iterator[tuple[str, bytes]]:
    """A page of each part of a list; `shown` tells what a part has besides `values`, which all have."""
    for part in those:
        titled = part.titled(title, library.site.words)
        yield (
            part.path,
            _page(library, part.path, titled, description, view, place=part.place, **values, **shown(part)),
        )


def _page(
    library: Library, path: str, title: str, description: str, view: str, *, work: Work | None = None, **values: Any
) -> bytes:
    meta = {"title": title, "description": description, **LISTING}
    if view in _WITHOUT_CONTENTS:
        meta["hide"] = ("navigation", "toc")
    defaults: dict[str, Any] = {
        "named": [],
        "others": [],
        "each": 0,
        "things": (),
        "quotes": (),
        "archives": {},
        "left_out": 0,
        "differing": DIFFERING,
    }
    shown = {"title": title, "deck": description, "view": view, **defaults, **values}
    return render("quotes.html", path, library, meta, work=work, **shown)
