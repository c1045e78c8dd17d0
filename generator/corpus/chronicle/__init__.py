"""Events: what the articles date, told once, with the evidence of every article.

A sentence makes an event where one of its dates, known to the week or better, dates an act and not the report of it:
"said on Monday" dates the saying, which is what the quotes are for, and every wire story would be an event of its own
day. What several articles tell of one day is one event where they name the same and use the same words for it.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter

import numpy as np

from generator.aligned import Span
from generator.corpus.chronicle.annals import Annals, Standing
from generator.corpus.chronicle.merging import refined
from generator.corpus.chronicle.otherdays import with_other_days
from generator.corpus.chronicle.statements import Statement, Told, told_in
from generator.corpus.wording import Placement, Stemmer, entity_mentions, listed
from generator.lazy.named import Columns, named_in
from generator.model import Article, Entity, Event, Evidence

# Behind every letter.
_LAST = chr(sys.maxunicode)

_Count = tuple[str, str, str]
"""What is counted, as `counts_in` gives it: number, noun, verb."""

__all__ = ["Annals", "Told", "chronicle", "told_in"]


def chronicle(
    articles: Sequence[Article],
    entities: Sequence[Entity],
    told: Sequence[Told] | None = None,
    mentions: Mapping[str, Sequence[Placement]] | None = None,
    annals: tuple[Annals, Sequence[object]] | None = None,
) -> tuple[Event, ...]:
    """The dated events of the corpus, by date and id; each with the sentences of every article that tell of it.

    `title` is cut from the clearest of the sentences, as shown in its article. `conflicts` says, in sentences, where
    articles differ in a number or in the day. `told` is what `told_in` finds in each of the articles, in their order,
    where that is known, `mentions` what `entity_mentions` gives; `annals` remember the events of another corpus, which
    may be nearly the same, and come with a mark for each article: that of the other corpus, the very object, only where
    the article, its dates and what its mentions mean are the same.
    """
    kept, marks = annals or (Annals(), [None] * len(articles))
    if told is None:
        stemmer = Stemmer()
        told = [told_in(article.annotated, stemmer) for article in articles]
    if mentions is None:
        mentions = entity_mentions(entities)
    named = named_in(entities)
    statements = kept.statements(articles, told, mentions, _weak(named), marks)
    every = refined(kept.clusters(statements))
    clusters = [cluster for cluster in every if any(one.clause.title for one in cluster)]
    titles = {article.id: article.annotated.document.title.value for article in articles}
    spread = _spread(entities, named)
    events = _events(clusters, kept, titles, spread, _Counted(articles, told))
    kept.keep(events, spread)
    return with_other_days([one.event for one in events], clusters, titles)


def _weak(named: Columns) -> Callable[[str], frozenset[tuple[int, int]]]:
    """Start and end of the mentions of entities in an article that are right only in context, by its id."""
    rows = np.flatnonzero(named.said(attrgetter("weak")))
    rows = rows[np.argsort(named.article[rows], kind="stable")]
    number = {own: at for at, own in enumerate(named.ids)}
    edges = np.searchsorted(named.article[rows], np.arange(len(number) + 1)).tolist()

    def weak(article: str) -> frozenset[tuple[int, int]]:
        at = number.get(article)
        own = rows[edges[at] : edges[at + 1]] if at is not None else rows[:0]
        return frozenset(zip(named.start[own].tolist(), named.end[own].tolist(), strict=True))

    return weak


# ── events ────────────────────────────────────────────────────────────────────────────────────────


def _spread(entities: Sequence[Entity], named: Columns) -> Mapping[str, int]:
    """How many articles name each of the entities."""
    articles = max(len(named.ids), 1)
    pairs = np.unique(named.entity * articles + named.article)
    counts = np.bincount(pairs // articles, minlength=len(entities))
    return {entity.id: count for entity, count in zip(entities, counts.tolist(), strict=True)}


def _events(
    clusters: Sequence[Sequence[Statement]],
    annals: Annals,
    titles: Mapping[str, str],
    spread: Mapping[str, int],
    counted: _Counted,
) -> list[Standing]:
    """The event of each of the clusters."""
    # How often a name stands in the corpus, and which slugs others have, is all that statements do not tell.
    moved = frozenset(dict(spread.items() ^ annals.spread.items()))
    events: list[Standing] = []
    taken: Counter[str] = Counter()
    for cluster in clusters:
        before = annals.event(cluster)
        clearest = before.clearest if before else _clearest(cluster)
        # A cluster begins with its own statements; those that are less precise were added behind them.
        precision = cluster[0].date.precision or "day"
        address = before.address if before else f"{cluster[0].day.partition('/')[0]}-{clearest.clause.slug}"
        taken[address] += 1
        name = address if taken[address] == 1 else f"{address}-{taken[address]}"
        if before and before.event.id == name and moved.isdisjoint(before.event.entities):
            events.append(before)
            continue
        event = Event(
            name,
            cluster[0].day,
            "day" if precision == "minute" else precision,
            clearest.clause.title,
            _participants(cluster, clearest, spread),
            before.event.evidence if before else _evidence(cluster),
            before.event.conflicts if before else _conflicts(cluster, titles, counted),
        )
        events.append(
            before if before and before.event == event else Standing(tuple(cluster), clearest, address, event)
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
    # Of two of which one begins with the other, the longer.
    return clear[0] if len(clear) == 1 else min(clear, key=lambda one: one.clause.title + _LAST)


class _Counted:
    """What the articles count, worked out for those whose news others tell too."""

    def __init__(self, articles: Sequence[Article], told: Sequence[Told]) -> None:
        """`told` is what each of the articles tells."""
        self._told = {article.id: (article, own.counts) for article, own in zip(articles, told, strict=True)}
        self._by_sentence: dict[str, Mapping[Span, Sequence[_Count]]] = {}
        self._undated: dict[str, Sequence[_Count]] = {}

    def in_sentence(self, one: Statement) -> Sequence[_Count]:
        """In the sentence of a statement."""
        known = self._by_sentence.get(one.article)
        if known is None:
            known = self._by_sentence[one.article] = {own.span: own.found for own in self._told[one.article][1]}
        return known.get(one.clause.span, ()) if known else ()

    def undated(self, own: str) -> Sequence[_Count]:
        """In the sentences of an article that date nothing."""
        if own not in self._undated:
            article, counts = self._told[own]
            starts = sorted(date.span.start for date in article.dates if date.iso) if counts else ()
            self._undated[own] = [
                count
                for one in counts
                if one.plain and bisect_left(starts, one.span.start) == bisect_left(starts, one.span.end)
                for count in one.found
            ]
        return self._undated[own]


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
        for number, noun, act in counted.in_sentence(one):
            counts[noun, act].setdefault(one.article, number)
    for one in cluster:
        for number, noun, act in counted.undated(one.article) if one.first else ():
            counts[noun, act].setdefault(one.article, number)
    for (noun, act), by_article in sorted(counts.items()):
        by_number: dict[str, list[str]] = defaultdict(list)
        for article, number in sorted(by_article.items()):
            by_number[number].append(f"“{titles[article]}”")
        if len(by_number) > 1:
            sides = [f"{number} in {listed(sources)}" for number, sources in sorted(by_number.items())]
            yield f"{noun} {act}".strip() + ": " + "; ".join(sides)
