"""The pages about the whole corpus: home and method."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from generator.lazy.named import articles_of
from generator.model import Entity, Event, Evidence, Issue
from generator.pages.changes import news_of, summary
from generator.pages.facts import Figure
from generator.pages.library import Library
from generator.pages.listings import told
from generator.pages.pictures.months import spark
from generator.pages.render import render
from generator.pages.voices import sample, voices_of
from generator.pages.wording import Words

# How the names of measures begin, and the task that they are of, in the order of the work.
_MEASURES = (
    ("metadata", "reading"),
    ("debris", "reading"),
    ("article", "reading"),
    ("signals", "reading"),
    ("mentions", "names"),
    ("clusters", "clusters"),
    ("dates", "dates"),
    ("quotes", "quotes"),
    ("stories", "stories"),
    ("search", "search"),
)
NEWEST = 6
MENTIONED = 7
VOICES = 6
KEY_POINTS = 5
STRIP = 14
WANTED = 12


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entity with its place among the others of its type."""

    entity: Entity
    count: int
    articles: int
    spark: tuple[int, ...] = ()
    """Articles in each of the last months; empty where the corpus has too few of them."""


@dataclass(frozen=True, slots=True)
class Task:
    """A part of the engine's work with the figures that say how well it does it."""

    name: str
    title: str
    means: str
    figures: tuple[Figure, ...]


def overview_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of each page about the whole corpus."""
    yield "index.md", _home(library)
    yield "method.md", _method(library)


def _home(library: Library) -> bytes:
    corpus = library.corpus
    words = library.site.words
    key_points = _key_points(library)
    voices = islice((voice for voice in voices_of(library) if not voice.unnamed), VOICES)
    signals = Counter(signal.name for article in corpus.articles for signal in article.annotated.document.signals)
    return render(
        "home.html",
        "index.md",
        library,
        {
            "title": library.site.name,
            "description": words.say(
                "home.description",
                articles=words.count(len(corpus.articles), "article"),
                names=words.count(len(corpus.entities), "name"),
                events=words.count(len(corpus.events), "event"),
            ),
            "hide": ("navigation", "toc"),
            "search": {"exclude": True},
            "kind": "home",
        },
        counts=Counter(entity.type for entity in corpus.entities),
        words=sum(article.annotated.document.words for article in corpus.articles),
        period=_period(library),
        key_points=key_points,
        # What stands among the key points need not stand beside them once more.
        quoted=frozenset(one.article for one in key_points),
        stories=[told(article, words) for article in library.newest[:NEWEST]],
        ranked={kind: _ranked(library, kind) for kind in ("person", "organization", "place")},
        strip=_strip(corpus.events),
        voices=[sample(voice) for voice in voices],
        signals=sorted(signals.items()),
        undated=[article for article in library.newest if not article.published.iso],
        wanted=library.wanted[:WANTED],
        wanted_left_out=len(library.wanted[WANTED:]),
        suggestions=corpus.suggestions[:WANTED],
        conflicts=[event for event in corpus.events if event.conflicts][:WANTED],
        quarantined=_quarantined(library),
        news=news_of(library),
        summary=partial(summary, words=words),
    )


def _method(library: Library) -> bytes:
    words = library.site.words
    return render(
        "method.html",
        "method.md",
        library,
        {
            "title": words.say("method.method"),
            "description": words.say("method.description"),
            "hide": ("navigation",),
        },
        quarantined=_quarantined(library),
        newest=(_period(library) or ("", ""))[1],
        tasks=_tasks(library.site.figures, words),
    )


def _tasks(figures: Sequence[Figure], words: Words) -> list[Task]:
    """The figures by what the engine has to do, each measure by how its name begins."""
    grouped: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        name = figure.measure.removeprefix("own ").removeprefix("unseen ")
        grouped[next((task for start, task in _MEASURES if name.startswith(start)), "other")].append(figure)
    return [
        Task(task, words.say(f"method.task-{task}"), words.say(f"method.means-{task}"), tuple(grouped[task]))
        for task in dict.fromkeys((*(task for _, task in _MEASURES), "other"))
        if grouped[task]
    ]


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
        articles = articles_of(entity.mentions)
        ranked.append(Ranked(entity, len(entity.mentions), len(articles), spark(library, articles)))
    return ranked


def _strip(events: Sequence[Event]) -> list[Event]:
    # The best attested events, in order of time: a strip of all of them would be the timeline again.
    attested = sorted(events, key=lambda event: (-len(event.evidence), event.date, event.id))[:STRIP]
    return sorted(attested, key=lambda event: (event.date, event.id))


def _quarantined(library: Library) -> list[Issue]:
    return [issue for issue in library.site.issues if issue.severity == "error"]
