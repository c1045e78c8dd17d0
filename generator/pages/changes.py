"""What changed since the last edition. What is gone is counted, not named: it was taken out of the briefing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.corpus.editions import Changes, History, Past, Tally, date_digests, digest, quote_digest
from generator.model import Article, DateMention, Entity, Event, ResolvedQuote
from generator.pages.library import Library
from generator.pages.listings import LISTING
from generator.pages.render import render
from generator.pages.wording import Words

# Rows of each part: a first large delivery is read in the listings, not here.
LISTED = 100
KINDS = ("articles", "names", "events", "quotes", "dates")


@dataclass(frozen=True, slots=True)
class Altered:
    """An article that is not as it was."""

    article: Article
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A name that had a page of its own, and the entity that it is counted for now; or the other way round."""

    name: str
    entity: Entity


@dataclass(frozen=True, slots=True)
class News:
    """What the last edition changed, as far as it is still in the corpus."""

    edition: int
    first: bool
    articles: tuple[Article, ...]
    altered: tuple[Altered, ...]
    entities: tuple[Entity, ...]
    merged: tuple[Joined, ...]
    parted: tuple[Joined, ...]
    events: tuple[Event, ...]
    quotes: tuple[tuple[ResolvedQuote, str], ...]
    dates: tuple[tuple[Article, DateMention], ...]
    rows: tuple[tuple[str, Tally], ...]
    past: tuple[Past, ...]

    @property
    def any(self) -> bool:
        """Whether the last edition changed anything that has a number."""
        return any(tally.added or tally.changed or tally.gone for _, tally in self.rows)


def news_of(library: Library) -> News | None:
    """What changed, with the values of the corpus in the place of ids; `None` where nobody keeps a record."""
    history = library.site.history
    if history is None or not history.edition:
        return None
    changes = history.changes
    new = frozenset(changes.articles)
    return News(
        edition=history.edition,
        first=history.edition == 1,
        articles=tuple(article for article in library.newest if article.id in new),
        altered=tuple(
            Altered(library.articles[one], parts) for one, parts in changes.altered if one in library.articles
        ),
        entities=tuple(
            sorted(
                (library.entities[one] for one in changes.entities if one in library.entities),
                key=lambda entity: (-len(entity.mentions), entity.name),
            )
        ),
        merged=tuple(_merged(library, changes)),
        parted=tuple(
            Joined(library.entities[was].name, library.entities[one])
            for one, was in changes.parted
            if one in library.entities and was in library.entities
        ),
        events=tuple(_events(library, changes.events)),
        quotes=tuple(_quotes(library, changes)),
        dates=tuple(_dates(library, changes)),
        rows=_rows(history),
        past=history.past,
    )


def changes_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of the page of changes; none where nobody keeps a record."""
    news = news_of(library)
    if news is None:
        return
    words = library.site.words
    told = (
        words.say("changes.first-description") if news.first else words.say("changes.description", edition=news.edition)
    )
    yield (
        "changes.md",
        render(
            "changes.html",
            "changes.md",
            library,
            {"title": words.say("changes.what-changed"), "description": told, "section": "index", **LISTING},
            news=news,
            listed=LISTED,
            kinds=[(kind, words.say(f"changes.kind-{kind}")) for kind in KINDS],
            summary=partial(summary, words=words),
        ),
    )


def summary(tallies: Sequence[tuple[str, Tally]], words: Words) -> str:
    """Figures in words: `2 articles and 7 names new, 1 article changed, 3 quotes gone`."""
    parts: list[str] = []
    for what in ("added", "changed", "gone"):
        counts = [(getattr(tally, what), kind) for kind, tally in tallies]
        told = [words.count(count, f"changed-{kind}") for count, kind in counts if count]
        if told:
            several = words.say("changes.and", first=", ".join(told[:-1]), last=told[-1]) if told[:-1] else told[0]
            parts.append(words.say(f"changes.told-{what}", what=several))
    return "; ".join(parts) or words.say("changes.nothing")


def _rows(history: History) -> tuple[tuple[str, Tally], ...]:
    return tuple((kind, history.changes.tallies.get(kind, Tally())) for kind in KINDS)


def _merged(library: Library, changes: Changes) -> Iterator[Joined]:
    for name, identity in changes.merged:
        entity = library.entities.get(identity)
        known = next((alias.name for alias in entity.aliases if digest(alias.name) == name), "") if entity else ""
        if entity and known:
            yield Joined(known, entity)


def _events(library: Library, identities: Sequence[str]) -> Iterator[Event]:
    wanted = frozenset(identities)
    yield from (event for event in library.corpus.events if event.id in wanted)


def _quotes(library: Library, changes: Changes) -> Iterator[tuple[ResolvedQuote, str]]:
    wanted = {(article, text): kind for article, text, kind in changes.quotes}
    for article in sorted({article for article, _ in wanted}):
        for quote in library.quotes_of.get(article, ()):
            kind = wanted.pop((article, quote_digest(quote)), "")
            if kind:
                yield quote, kind


def _dates(library: Library, changes: Changes) -> Iterator[tuple[Article, DateMention]]:
    wanted = frozenset(changes.dates)
    for identity in sorted({article for article, _ in wanted}):
        article = library.articles.get(identity)
        if article:
            for key, date in zip(date_digests(article), article.dates, strict=True):
                if (identity, key) in wanted:
                    yield article, date
