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

import numpy as np

from generator.aligned import Span
from generator.corpus.chronicle.annals import Annals
from generator.corpus.chronicle.merging import refined
from generator.corpus.chronicle.otherdays import with_other_days
from generator.corpus.chronicle.statements import Statement, Told, told_in
from generator.corpus.wording import Stemmer, entity_mentions, listed
from generator.lazy.named import articles_of, named_in
from generator.model import Article, Entity, Event, Evidence

_Count = tuple[str, str, str]
"""What is counted, as `counts_in` gives it: number, noun, verb."""

__all__ = ["Annals", "Told", "chronicle", "told_in"]


def chronicle(
    articles: Sequence[Article],
    entities: Sequence[Entity],
    told: Sequence[Told] | None = None,
    mentions: Mapping[str, Sequence[tuple[Span, str]]] | None = None,
    annals: Annals | None = None,
) -> tuple[Event, ...]:
    """The dated events of the corpus, by date and id; each with the sentences of every article that tell of it.

    `title` is cut from the clearest of the sentences, as shown in its article. `conflicts` says, in sentences, where
    articles differ in a number or in the day. `told` is what `told_in` finds in each of the articles, in their order,
    where that is known, `mentions` what `entity_mentions` gives; `annals` remember the events of another corpus, which
    may be nearly the same.
    """
    annals = annals or Annals()
    if told is None:
        stemmer = Stemmer()
        told = [told_in(article.annotated, stemmer) for article in articles]
    if mentions is None:
        mentions = entity_mentions(entities)
    named = named_in(entities)
    weak: dict[str, set[Span]] = {}
    for row in np.flatnonzero(named.said(lambda kind: kind.weak)).tolist():
        weak.setdefault(named.ids[named.article[row]], set()).add(Span(int(named.start[row]), int(named.end[row])))
    statements = annals.statements(articles, told, mentions, weak)
    every = refined(annals.clusters(statements))
    clusters = [cluster for cluster in every if any(one.clause.title for one in cluster)]
    titles = {article.id: article.annotated.document.title.value for article in articles}
    known = [annals.event(cluster) for cluster in clusters]
    counted = _counts(
        articles, told, [cluster for cluster, event in zip(clusters, known, strict=True) if event is None]
    )
    events = _events(clusters, known, titles, _spread(entities), counted)
    annals.keep(clusters, events)
    return with_other_days(events, clusters, titles)


# ── events ────────────────────────────────────────────────────────────────────────────────────────


def _spread(entities: Iterable[Entity]) -> Mapping[str, int]:
    return {entity.id: len(articles_of(entity.mentions)) for entity in entities}


def _events(
    clusters: Sequence[Sequence[Statement]],
    known: Sequence[Event | None],
    titles: Mapping[str, str],
    spread: Mapping[str, int],
    counted: _Counted,
) -> list[Event]:
    """The event of each of the clusters; `known` are those that were told before."""
    events: list[Event] = []
    taken: Counter[str] = Counter()
    for cluster, before in zip(clusters, known, strict=True):
        clearest = _clearest(cluster)
        # A cluster begins with its own statements; those that are less precise were added behind them.
        day = cluster[0].day
        base = f"{day.partition('/')[0]}-{clearest.clause.slug}"
        taken[base] += 1
        name = base if taken[base] == 1 else f"{base}-{taken[base]}"
        participants = _participants(cluster, clearest, spread)
        # How often a name stands in the corpus, and which slugs others have, is all that statements do not tell.
        if before is not None and before.id == name and before.entities == participants:
            events.append(before)
            continue
        evidence, conflicts = (
            (before.evidence, before.conflicts)
            if before
            else (_evidence(cluster), _conflicts(cluster, titles, counted))
        )
        precision = cluster[0].date.precision or "day"
        events.append(
            Event(
                name,
                day,
                "day" if precision == "minute" else precision,
                clearest.clause.title,
                participants,
                evidence,
                conflicts,
            )
        )
    return events


def _evidence(cluster: Sequence[Statement]) -> tuple[Evidence, ...]:
    """The sentences of the statements, each once."""
    found = {
        (one.article, one.clause.span): Evidence(one.article, one.clause.paragraph, one.clause.span, one.clause.text)
        for one in sorted(cluster, key=_place)
    }
    return tuple(found.values())


def _place(one: Statement) -> tuple[str, int, int]:
    return one.article, one.clause.span.start, one.clause.span.end


def _participants(cluster: Sequence[Statement], clearest: Statement, spread: Mapping[str, int]) -> tuple[str, ...]:
    """Those who act in most of the statements first, of them the ones named in most articles; then those beside."""
    if len(cluster) == 1:
        acting = clearest.entities[: clearest.named]
        return (*sorted(acting, key=lambda one: (-spread.get(one, 0), one)), *clearest.entities[clearest.named :])
    told = Counter(entity for one in cluster for entity in one.entities[: one.named])
    others = [entity for entity in clearest.entities if entity not in told]
    return (*sorted(told, key=lambda one: (-told[one], -spread.get(one, 0), one)), *others)


def _clearest(cluster: Sequence[Statement]) -> Statement:
    """The one with the clearest title; of equally clear ones that which comes first in order of the alphabet."""
    if len(cluster) == 1:
        return cluster[0]
    best = max(one.quality for one in cluster)
    clear = [one for one in cluster if one.quality == best]
    return clear[0] if len(clear) == 1 else max(clear, key=lambda one: [-ord(letter) for letter in one.clause.title])


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
        if len(cluster) > 1 and len({one.article for one in cluster}) > 1:
            shared.update(one.article for one in cluster)
            first.update(one.article for one in cluster if one.first)
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


def _conflicts(cluster: Sequence[Statement], titles: Mapping[str, str], counted: _Counted) -> tuple[str, ...]:
    return tuple(_number_conflicts(cluster, titles, counted)) if len(cluster) > 1 else ()


def _number_conflicts(cluster: Sequence[Statement], titles: Mapping[str, str], counted: _Counted) -> Iterator[str]:
    """Counts of one thing that differ between articles: "12 people killed" here, "15 people were killed" there.

    Looked for in the sentences that date the event, then, where it is what an article is news of, in those of the
    article that date nothing.
    """
    if len({one.article for one in cluster}) < 2:
        return
    counts: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in cluster:
        for number, noun, act in counted.by_sentence.get((one.article, one.clause.span), ()):
            counts[noun, act].setdefault(one.article, number)
    for one in cluster:
        for number, noun, act in counted.undated.get(one.article, ()) if one.first else ():
            counts[noun, act].setdefault(one.article, number)
    for (noun, act), by_article in sorted(counts.items()):
        by_number: dict[str, list[str]] = defaultdict(list)
        for article, number in sorted(by_article.items()):
            by_number[number].append(f"“{titles[article]}”")
        if len(by_number) > 1:
            sides = [f"{number} in {listed(sources)}" for number, sources in sorted(by_number.items())]
            yield f"{noun} {act}".strip() + ": " + "; ".join(sides)
