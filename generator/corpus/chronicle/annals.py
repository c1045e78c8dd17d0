"""Statements and events as they were told last time, for a process that tells of one corpus after the other.

A statement follows from its article, the dates of that and what is named in it; what is told of one day from the
statements of that day; an event from those that tell of it. Each is taken again only where all of these are the very
same, and what it is known by keeps those objects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import is_

from generator.corpus.chronicle.merging import clusters_of
from generator.corpus.chronicle.statements import Statement, Told, statements_of
from generator.corpus.wording import Placement
from generator.model import Article, Event


@dataclass(frozen=True, slots=True)
class Standing:
    """An event as it was told."""

    statements: Sequence[Statement]
    clearest: Statement
    address: str
    """What its clearest statement gives it: another event may have the same."""
    event: Event


class Annals:
    """Tells statements and which of them belong together, and remembers those of the last corpus."""

    def __init__(self) -> None:
        self._stated: dict[str, tuple[object, Sequence[Statement]]] = {}
        self._days: dict[str, tuple[list[Statement], list[list[Statement]]]] = {}
        self._events: dict[int, Standing] = {}
        self.spread: Mapping[str, int] = {}
        """How many articles named each entity of the last corpus."""

    def statements(
        self,
        articles: Sequence[Article],
        told: Sequence[Told],
        mentions: Mapping[str, Sequence[Placement]],
        weak: Callable[[str], Set[tuple[int, int]]],
        marks: Sequence[object],
    ) -> list[Statement]:
        """What `statements_of` gives of each of the articles; `weak` is asked for what it takes of an article.

        An article has the very object among `marks` that it had in the last corpus only if that holds of it, too.
        """
        before, self._stated = self._stated, {}
        short: dict[str, bool] = {}
        found: list[Statement] = []
        for article, own, mark in zip(articles, told, marks, strict=True):
            if not own.clauses:
                continue
            known = before.get(article.id)
            if known is None or known[0] is not mark:
                named = mentions.get(article.id, ())
                known = mark, tuple(statements_of(article, own, named, weak(article.id), short))
            self._stated[article.id] = known
            found.extend(known[1])
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

    def event(self, cluster: Sequence[Statement]) -> Standing | None:
        """The event of these very statements as it was told last time; its id and participants may be others now."""
        known = self._events.get(id(cluster[0]))
        return known if known and _same(known.statements, cluster) else None

    def keep(self, events: Sequence[Standing], spread: Mapping[str, int]) -> None:
        """Remember the events, and how many articles name each entity."""
        self._events = {id(one.statements[0]): one for one in events}
        self.spread = spread


def _same(one: Sequence[Statement], other: Sequence[Statement]) -> bool:
    return one is other or (len(one) == len(other) and all(map(is_, one, other)))
