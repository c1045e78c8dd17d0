"""Events: what the articles date, told once, with the evidence of every article.

A sentence makes an event where one of its dates, known to the week or better, dates an act and not the report of it:
"said on Monday" dates the saying, which is what the quotes are for, and every wire story would be an event of its own
day. What several articles tell of one day is one event where they name the same and use the same words for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from generator.aligned import Span
from generator.chronology.iso import bounds
from generator.corpus.chronicle.merging import MOST_COMPARED, clusters_of, refined
from generator.corpus.chronicle.statements import Statement, Told, statements_of, told_in
from generator.corpus.wording import Stemmer, entity_mentions, listed
from generator.model import Article, Entity, Event, Evidence
from generator.slug import slugify

# Events of different days are set side by side as a conflict only where hardly anything else differs.
_CONFLICT_WORDS = 0.7
_CONFLICT_FEWEST = 3
_CONFLICT_DAYS = 3
# Of an event that many tell of, the clearest sentences: one of six says it as another article does, or none.
_CONFLICT_COMPARED = 6
_SLUG = 60

_Count = tuple[str, str, str]
"""What is counted, as `counts_in` gives it: number, noun, verb."""

__all__ = ["Told", "chronicle", "told_in"]


def chronicle(
    articles: Sequence[Article],
    entities: Sequence[Entity],
    told: Sequence[Told] | None = None,
    mentions: Mapping[str, Sequence[tuple[Span, str]]] | None = None,
) -> tuple[Event, ...]:
    """The dated events of the corpus, by date and id; each with the sentences of every article that tell of it.

    `title` is cut from the clearest of the sentences, as shown in its article. `conflicts` says, in sentences, where
    articles differ in a number or in the day. `told` is what `told_in` finds in each of the articles, in their order,
    where that is known, `mentions` what `entity_mentions` gives.
    """
    if told is None:
        stemmer = Stemmer()
        told = [told_in(article.annotated, stemmer) for article in articles]
    if mentions is None:
        mentions = entity_mentions(entities)
    weak = {
        (located.article, located.mention.span)
        for entity in entities
        for located in entity.mentions
        if located.mention.weak
    }
    statements = [
        statement
        for article, own in zip(articles, told, strict=True)
        for statement in statements_of(article, own, mentions.get(article.id, ()), weak)
    ]
    clusters = [cluster for cluster in refined(clusters_of(statements)) if any(one.title for one in cluster)]
    titles = {article.id: article.annotated.document.title.value for article in articles}
    events = _events(clusters, titles, _spread(entities), _counts(articles, told, clusters))
    return _with_other_days(events, clusters, titles)


# ── events ────────────────────────────────────────────────────────────────────────────────────────


def _spread(entities: Iterable[Entity]) -> Mapping[str, int]:
    return {entity.id: len({located.article for located in entity.mentions}) for entity in entities}


def _events(
    clusters: Sequence[Sequence[Statement]],
    titles: Mapping[str, str],
    spread: Mapping[str, int],
    counted: _Counted,
) -> list[Event]:
    events: list[Event] = []
    taken: Counter[str] = Counter()
    for cluster in clusters:
        clearest = _clearest(cluster)
        # A cluster begins with its own statements; those that are less precise were added behind them.
        day, precision = cluster[0].day, cluster[0].date.precision or "day"
        base = f"{day.partition('/')[0]}-{slugify(clearest.title, _SLUG)}"
        taken[base] += 1
        name = base if taken[base] == 1 else f"{base}-{taken[base]}"
        told = Counter(entity for one in cluster for entity in one.entities[: one.named])
        others = [entity for entity in clearest.entities if entity not in told]
        named = sorted(told, key=lambda entity: (-told[entity], -spread.get(entity, 0), entity))
        evidence = {
            (one.sentence.article, one.sentence.span): Evidence(
                one.sentence.article, one.sentence.paragraph, one.sentence.span, one.sentence.text
            )
            for one in sorted(cluster, key=lambda one: (one.sentence.article, one.sentence.span))
        }
        events.append(
            Event(
                name,
                day,
                "day" if precision == "minute" else precision,
                clearest.title,
                (*named, *others),
                tuple(evidence.values()),
                tuple(_number_conflicts(cluster, titles, counted)),
            )
        )
    return events


def _clearest(cluster: Sequence[Statement]) -> Statement:
    """The one with the clearest title; of equally clear ones that which comes first in order of the alphabet."""
    best = max(one.quality for one in cluster)
    clear = [one for one in cluster if one.quality == best]
    return clear[0] if len(clear) == 1 else max(clear, key=lambda one: [-ord(letter) for letter in one.title])


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the articles count whose news others tell too."""

    by_sentence: Mapping[tuple[str, Span], tuple[_Count, ...]]
    undated: Mapping[str, Sequence[_Count]]
    """By article: in the sentences that date nothing."""


def _counts(articles: Sequence[Article], told: Sequence[Told], clusters: Sequence[Sequence[Statement]]) -> _Counted:
    shared: set[str] = set()
    first: set[str] = set()
    for cluster in clusters:
        if len({one.sentence.article for one in cluster}) > 1:
            shared.update(one.sentence.article for one in cluster)
            first.update(one.sentence.article for one in cluster if one.first)
    by_sentence: dict[tuple[str, Span], tuple[_Count, ...]] = {}
    undated: dict[str, list[_Count]] = {}
    for article, own in zip(articles, told, strict=True):
        if article.id not in shared or not own.counts:
            continue
        by_sentence.update(((article.id, counts.span), counts.found) for counts in own.counts)
        if article.id in first:
            starts = sorted(date.span.start for date in article.dates if date.iso)
            undated[article.id] = [
                count
                for counts in own.counts
                if counts.plain and bisect_left(starts, counts.span.start) == bisect_left(starts, counts.span.end)
                for count in counts.found
            ]
    return _Counted(by_sentence, undated)


def _number_conflicts(cluster: Sequence[Statement], titles: Mapping[str, str], counted: _Counted) -> Iterator[str]:
    """Counts of one thing that differ between articles: "12 people killed" here, "15 people were killed" there.

    Looked for in the sentences that date the event, then, where it is what an article is news of, in those of the
    article that date nothing.
    """
    if len({one.sentence.article for one in cluster}) < 2:
        return
    counts: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in cluster:
        for number, noun, act in counted.by_sentence.get((one.sentence.article, one.sentence.span), ()):
            counts[noun, act].setdefault(one.sentence.article, number)
    for one in cluster:
        for number, noun, act in counted.undated.get(one.sentence.article, ()) if one.first else ():
            counts[noun, act].setdefault(one.sentence.article, number)
    for (noun, act), by_article in sorted(counts.items()):
        by_number: dict[str, list[str]] = defaultdict(list)
        for article, number in sorted(by_article.items()):
            by_number[number].append(f"“{titles[article]}”")
        if len(by_number) > 1:
            sides = [f"{number} in {listed(sources)}" for number, sources in sorted(by_number.items())]
            yield f"{noun} {act}".strip() + ": " + "; ".join(sides)


def _with_other_days(
    events: Sequence[Event], clusters: Sequence[Sequence[Statement]], titles: Mapping[str, str]
) -> tuple[Event, ...]:
    """The events by date, with conflicts added where other articles tell the same of a day close by."""
    by_entity: dict[str, list[int]] = defaultdict(list)
    order = sorted(range(len(events)), key=lambda at: (events[at].date, events[at].id))
    for at in order:
        for entity in events[at].entities:
            by_entity[entity].append(at)
    clearest = [_clear_ones(own) for own in clusters]
    conflicts: dict[int, dict[int, None]] = defaultdict(dict)
    for members in by_entity.values():
        for number, at in enumerate(members):
            for other in members[number + 1 : number + 1 + MOST_COMPARED]:
                if not _near_in_time(events[at].date, events[other].date):
                    break
                if _contradict(events[at], events[other], clearest[at], clearest[other]):
                    conflicts[at][other] = conflicts[other][at] = None
    found: list[Event] = []
    for at in order:
        event = events[at]
        sides = [
            f"“{titles[events[other].evidence[0].article]}” dates this {events[other].date}"
            for other in sorted(conflicts.get(at, ()))
        ]
        found.append(
            Event(
                event.id,
                event.date,
                event.precision,
                event.title,
                event.entities,
                event.evidence,
                (*event.conflicts, *sides),
            )
        )
    return tuple(found)


def _near_in_time(left: str, right: str) -> bool:
    first, second = bounds(left), bounds(right)
    return first is not None and second is not None and (second[0] - first[0]) <= timedelta(days=_CONFLICT_DAYS)


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
        cluster, key=lambda one: (-one.quality, one.title, one.sentence.article, one.sentence.span.start, one.day)
    )
    return ranked[:_CONFLICT_COMPARED]


def _same_but_the_day(one: Statement, other: Statement) -> bool:
    common = one.words & other.words
    return (
        set(one.entities[: one.named]) == set(other.entities[: other.named])
        and len(common) >= _CONFLICT_FEWEST
        and len(common) >= _CONFLICT_WORDS * max(len(one.words), len(other.words))
    )
