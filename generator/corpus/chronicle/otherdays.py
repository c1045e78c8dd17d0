"""Where articles tell the same of different days: events that contradict each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from generator.chronology.iso import bounds
from generator.corpus.chronicle.merging import MOST_COMPARED
from generator.corpus.chronicle.statements import Statement
from generator.model import Event

# Events of different days are set side by side as a conflict only where hardly anything else differs.
_CONFLICT_WORDS = 0.7
_CONFLICT_FEWEST = 3
_CONFLICT_DAYS = 3
# Of an event that many tell of, the clearest sentences: one of six says it as another article does, or none.
_CONFLICT_COMPARED = 6

_Cast = frozenset[str]


def with_other_days(
    events: Sequence[Event], clusters: Sequence[Sequence[Statement]], titles: Mapping[str, str]
) -> tuple[Event, ...]:
    """The events by date, with conflicts added where other articles tell the same of a day close by.

    `clusters` are the statements of each of the events, `titles` those of the articles.
    """
    order = sorted(range(len(events)), key=lambda at: (events[at].date, events[at].id))
    clearest = [_clear_ones(own) for own in clusters]
    conflicts: dict[int, dict[int, None]] = defaultdict(dict)
    for at, other in _near(events, order, [frozenset(map(_cast, own)) for own in clearest]):
        if _contradict(events[at], events[other], clearest[at], clearest[other]):
            conflicts[at][other] = conflicts[other][at] = None
    found: list[Event] = []
    for at in order:
        event = events[at]
        sides = [
            f"“{titles[events[other].evidence[0].article]}” dates this {events[other].date}"
            for other in sorted(conflicts.get(at, ()))
        ]
        found.append(_with_conflicts(event, sides) if sides else event)
    return tuple(found)


def _with_conflicts(event: Event, sides: Sequence[str]) -> Event:
    return Event(
        event.id,
        event.date,
        event.precision,
        event.title,
        event.entities,
        event.evidence,
        (*event.conflicts, *sides),
    )


def _near(
    events: Sequence[Event], order: Sequence[int], casts: Sequence[frozenset[_Cast]]
) -> Iterator[tuple[int, int]]:
    """Events that share somebody, are few days apart, and of which two statements have the very same participants.

    Each is set beside the next events of whoever takes part in it, up to the first that is not near in time; so
    `order` is that of time. `casts` are the participants of the statements of each event.
    """
    by_entity: dict[str, list[int]] = defaultdict(list)
    for at in order:
        for entity in events[at].entities:
            by_entity[entity].append(at)
    begins = {date: bounds(date) for date in {event.date for event in events}}
    days = [covered[0].toordinal() if (covered := begins[event.date]) else None for event in events]
    # Hardly any two events have a cast in common, so pairs are looked for by that first.
    told = Counter(cast for own in casts for cast in own)
    shared = [[cast for cast in own if told[cast] > 1] for own in casts]
    for members in by_entity.values():
        if len(members) == 1:
            continue
        places: dict[_Cast, list[int]] = defaultdict(list)
        for place, at in enumerate(members):
            for cast in shared[at]:
                places[cast].append(place)
        for alike in places.values():
            for number, place in enumerate(alike[:-1]):
                last = _last_near(members, days, place)
                for later in islice(alike, number + 1, None):
                    if later > last:
                        break
                    yield members[place], members[later]


def _last_near(members: Sequence[int], days: Sequence[int | None], place: int) -> int:
    """How far the members behind `place` are near it in time: the last place before the first that is not."""
    first = days[members[place]]
    last = place
    while first is not None and last - place < MOST_COMPARED and last + 1 < len(members):
        day = days[members[last + 1]]
        if day is None or day - first > _CONFLICT_DAYS:
            break
        last += 1
    return last


def _contradict(left: Event, right: Event, own: Sequence[Statement], others: Sequence[Statement]) -> bool:
    # One article may well tell of two similar days; and a month holds its days without contradiction.
    if left.date == right.date or left.precision != "day" or right.precision != "day":
        return False
    if {one.article for one in left.evidence} & {one.article for one in right.evidence}:
        return False
    return any(_same_but_the_day(one, other) for one in own for other in others)


def _clear_ones(cluster: Sequence[Statement]) -> Sequence[Statement]:
    if len(cluster) <= _CONFLICT_COMPARED:
        return cluster
    ranked = sorted(
        cluster, key=lambda one: (-one.quality, one.clause.title, one.article, one.clause.span.start, one.day)
    )
    return ranked[:_CONFLICT_COMPARED]


def _cast(one: Statement) -> _Cast:
    """Who takes part in the clause."""
    return one.acting if one.named else frozenset()


def _same_but_the_day(one: Statement, other: Statement) -> bool:
    ours, theirs = one.clause.words, other.clause.words
    common = len(ours & theirs)
    return (
        common >= _CONFLICT_FEWEST
        and common >= _CONFLICT_WORDS * max(len(ours), len(theirs))
        and _cast(one) == _cast(other)
    )
