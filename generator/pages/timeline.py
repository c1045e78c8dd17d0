"""The timeline: one page where it stays readable, else pages by year, month, ten days and day, as far as need be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.model import Event, Precision
from generator.pages.library import Library
from generator.pages.listings import LISTING
from generator.pages.paging import Branch, Part, branches, parts, steps_of_date
from generator.pages.render import render
from generator.pages.wording import Words
from generator.pages.words import date_words

# Events on one page: what a reader scrolls through, and a phone opens at once.
EVENTS = 150
# Of a split timeline, this many best attested events stand on its first page.
TOP = 40
# Fewer events are seen at a glance.
FILTERED = 4
# No event has a kind of its own, since none of the texts states one: what the data does tell of each is offered.
FILTERS = ("year", "attested", "dated", "person", "organization", "place")


def timeline_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of the timeline, `timeline.md`, and of its parts where it is split (`timeline/2024.md` ...)."""
    events = sorted(library.corpus.events, key=lambda event: (event.date, event.id))
    words = library.site.words
    for branch in branches(events, EVENTS, lambda event: steps_of_date(event.date)):
        things: Sequence[Event] = branch.things
        if branch.below and not branch.key:
            attested = sorted(events, key=lambda event: (-len(event.evidence), event.date, event.id))[:TOP]
            things = sorted(attested, key=lambda event: (event.date, event.id))
        title = words.say("timeline.timeline")
        if branch.key:
            title = words.say("timeline.of", period=date_words(branch.key, words))
        path = _path(branch.key)
        for part in parts(things, EVENTS, path, path.removesuffix(".md") + "-part-{}.md"):
            yield part.path, _page(library, part, part.titled(title, words), branch)


def _path(key: str) -> str:
    return f"timeline/{key.replace('/', '-to-')}.md" if key else "timeline.md"


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


def _page(library: Library, part: Part[Event], title: str, branch: Branch[Event]) -> bytes:
    total = len(library.corpus.events)
    events = part.things
    first = not branch.key
    words = library.site.words
    deck = words.say("timeline.deck")
    if first and branch.below:
        deck = words.say("timeline.best-attested", shown=len(events), events=words.count(total, "event"))
    described = title if branch.key else words.say("timeline.description", events=words.count(total, "event"))
    return render(
        "timeline.html",
        part.path,
        library,
        {"title": title, "description": described, **LISTING},
        work=_arranged,
        title=title,
        deck=deck,
        events=events,
        density=_density(library.corpus.events) if first else [],
        place=part.place,
        parts={date_words(key, words): _path(key) for key in branch.below},
        above={date_words(key, words): _path(key) for key in branch.above if key},
        split=bool(first and branch.below),
    )


def _arranged(library: Library, values: Mapping[str, Any]) -> dict[str, Any]:
    """The events shown by year and month, and by what they can be narrowed."""
    events: Sequence[Event] = values["events"]
    told = {event.id: _values(library, event) for event in events}
    return {
        "years": {year: by_month(some) for year, some in _by_year(events).items()},
        "shown": len(events),
        "filters": _filters(list(told.values()), library.site.words),
        "values": {identity: _joined(some) for identity, some in told.items()},
    }


def _filters(events: Sequence[Sequence[tuple[str, str]]], words: Words) -> list[tuple[str, str]]:
    """By what the events shown can be narrowed, with its label: by what at least two values tell apart."""
    if len(events) < FILTERED:
        return []
    told: defaultdict[str, set[str]] = defaultdict(set)
    for values in events:
        for name, value in values:
            told[name].add(value)
    return [(name, words.say(f"timeline.by-{name}")) for name in FILTERS if len(told[name]) > 1]


def _values(library: Library, event: Event) -> list[tuple[str, str]]:
    """What the filters know of an event: when, how well it is attested, how exactly it is dated, whom it names."""
    words = library.site.words
    articles = len({one.article for one in event.evidence})
    attested = "disputed" if event.conflicts else "several" if articles > 1 else "one"
    named = (library.names[one] for one in event.entities if one in library.names)
    return [
        ("year", event.date[:4]),
        ("attested", words.say(f"timeline.attested-{attested}")),
        ("dated", words.say(f"timeline.dated-{_exactness(event.precision)}")),
        *((entity.type, entity.name) for entity in named if entity.type in FILTERS),
    ]


def _joined(values: Iterable[tuple[str, str]]) -> str:
    """What the page's script parts again at each `|`: in a value it stands as an address would write it."""
    return "|".join(
        f"{name}:{value.replace('%', '%25').replace('|', '%7C')}" for name, value in values if name != "year"
    )


def _exactness(precision: Precision) -> str:
    if precision in ("day", "minute"):
        return "day"
    return precision if precision in ("month", "year") else "range"


def _density(events: Iterable[Event]) -> list[tuple[str, int, float]]:
    counts = Counter(event.date[:4] for event in events if event.date[:4].isdigit() and len(event.date) >= 4)
    # Fewer than four columns show nothing that the list below does not.
    if len(counts) < 4:
        return []
    most = max(counts.values())
    return [(year, count, count / most) for year, count in sorted(counts.items())]
