"""The timeline: one page where it stays readable, else a page for each year, or month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from generator.model import Event
from generator.pages.library import Library
from generator.pages.listings import LISTING
from generator.pages.render import render
from generator.pages.words import date_words

# Events on one page: what a reader scrolls through, and a phone opens at once.
EVENTS = 400
# Of a split timeline, this many best attested events stand on its first page.
TOP = 60


def timeline_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of the timeline, `timeline.md`, and of its parts where it is split (`timeline/2024.md` ...)."""
    events = sorted(library.corpus.events, key=lambda event: (event.date, event.id))
    words = library.site.words
    title = words.say("timeline.timeline")
    if len(events) <= EVENTS:
        yield "timeline.md", _page(library, "timeline.md", title, events, {})
        return
    parts: dict[str, str] = {}
    for year, some in _by_year(events).items():
        parts[year] = f"timeline/{year}.md"
        months: dict[str, list[Event]] = by_month(some) if len(some) > EVENTS else {}
        for month, few in months.items():
            if month:
                path = f"timeline/{month}.md"
                yield path, _page(library, path, words.say("timeline.of", period=date_words(month, words)), few, {})
        monthly = {month: f"timeline/{month}.md" for month in months if month}
        # What is known to the year alone stands on the page of the year.
        shown = months.get("", []) if months else some
        yield (
            parts[year],
            _page(library, parts[year], words.say("timeline.of", period=date_words(year, words)), shown, monthly),
        )
    attested = sorted(events, key=lambda event: (-len(event.evidence), event.date, event.id))[:TOP]
    shown = sorted(attested, key=lambda event: (event.date, event.id))
    yield "timeline.md", _page(library, "timeline.md", title, shown, parts)


def by_month(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Events by month (empty where only the year is known), in the order given."""
    grouped: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        grouped[event.date[:7] if event.date[4:5] == "-" and event.date[5:7].isdigit() else ""].append(event)
    return dict(grouped)


def _by_year(events: Iterable[Event]) -> dict[str, list[Event]]:
    grouped: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        grouped[event.date[:4]].append(event)
    return dict(grouped)


def _page(library: Library, path: str, title: str, events: Sequence[Event], parts: dict[str, str]) -> bytes:
    total = len(library.corpus.events)
    first = path == "timeline.md"
    words = library.site.words
    deck = words.say("timeline.deck")
    if first and parts:
        deck = words.say("timeline.best-attested", shown=len(events), events=words.count(total, "event"))
    return render(
        "timeline.html",
        path,
        library,
        {
            "title": title,
            "description": words.say("timeline.description", events=words.count(len(events), "event")),
            **LISTING,
        },
        title=title,
        deck=deck,
        years={year: by_month(some) for year, some in _by_year(events).items()},
        density=_density(library.corpus.events) if first else [],
        parts=parts,
        who=lambda event: _who(library, event),
    )


def _who(library: Library, event: Event) -> str:
    """Everyone and everything that the event names, for the filters: `person:Kim Jong-un|place:Cuba`."""
    named = (library.entities[one] for one in event.entities if one in library.entities)
    return "|".join(f"{entity.type}:{entity.name.replace('|', ' ')}" for entity in named)


def _density(events: Iterable[Event]) -> list[tuple[str, int, float]]:
    counts = Counter(event.date[:4] for event in events if event.date[:4].isdigit() and len(event.date) >= 4)
    # Fewer than four columns show nothing that the list below does not.
    if len(counts) < 4:
        return []
    most = max(counts.values())
    return [(year, count, count / most) for year, count in sorted(counts.items())]
