"""Statements and events as they were told last time, for a process that tells of one corpus after the other.

A statement follows from its article, the dates of that and what is named in it; what is told of one day from the
statements of that day; an event from those that tell of it. Each is taken again only where all of these are the very
objects, or equal, and what it is known by keeps those objects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from operator import is_

from generator.aligned import Span
from generator.corpus.chronicle.merging import clusters_of
from generator.corpus.chronicle.statements import Statement, Told, statements_of
from generator.model import Annotated, Article, DateMention, Event

_NONE: frozenset[Span] = frozenset()


@dataclass(frozen=True, slots=True)
class _Stated:
    """The statements of an article, and what they follow from."""

    annotated: Annotated
    dates: Sequence[DateMention]
    mentions: Sequence[tuple[Span, str]]
    weak: Set[Span]
    statements: Sequence[Statement]


class Annals:
    """Tells statements and which of them belong together, and remembers those of the last corpus."""

    def __init__(self) -> None:
        self._stated: dict[str, _Stated] = {}
        self._days: dict[str, tuple[list[Statement], list[list[Statement]]]] = {}
        self._events: dict[int, tuple[Sequence[Statement], Event]] = {}

    def statements(
        self,
        articles: Sequence[Article],
        told: Sequence[Told],
        mentions: Mapping[str, Sequence[tuple[Span, str]]],
        weak: Mapping[str, Set[Span]],
    ) -> list[Statement]:
        """What `statements_of` gives of each of the articles."""
        before, self._stated = self._stated, {}
        short: dict[str, bool] = {}
        found: list[Statement] = []
        for article, own in zip(articles, told, strict=True):
            if not own.clauses:
                continue
            named, unsure = mentions.get(article.id, ()), weak.get(article.id, _NONE)
            known = before.get(article.id)
            if (
                known is None
                or known.annotated is not article.annotated
                or known.dates != article.dates
                or known.mentions != named
                or known.weak != unsure
            ):
                statements = tuple(statements_of(article, own, named, unsure, short))
                known = _Stated(article.annotated, article.dates, named, unsure, statements)
            self._stated[article.id] = known
            found.extend(known.statements)
        return found

    def clusters(self, statements: Sequence[Statement]) -> list[list[Statement]]:
        """What `clusters_of` gives of all the statements, which are compared day by day; not to be changed."""
        days: dict[str, list[Statement]] = defaultdict(list)
        for one in statements:
            days[one.day].append(one)
        before, self._days = self._days, {}
        for day in sorted(days):
            known = before.get(day)
            self._days[day] = known if known and _same(known[0], days[day]) else (days[day], clusters_of(days[day]))
        return [cluster for _, clusters in self._days.values() for cluster in clusters]

    def event(self, cluster: Sequence[Statement]) -> Event | None:
        """The event of these very statements as it was told last time; its id and participants may be others now."""
        known = self._events.get(id(cluster[0]))
        return known[1] if known and _same(known[0], cluster) else None

    def keep(self, clusters: Sequence[Sequence[Statement]], events: Sequence[Event]) -> None:
        """Remember the event of each cluster."""
        self._events = {id(own[0]): (own, event) for own, event in zip(clusters, events, strict=True)}


def _same(one: Sequence[Statement], other: Sequence[Statement]) -> bool:
    return len(one) == len(other) and all(map(is_, one, other))
