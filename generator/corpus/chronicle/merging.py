"""Which statements tell of one event. Only those of one day that share an entity are compared."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from generator.chronology.iso import bounds
from generator.corpus.chronicle.statements import Statement

# Two sentences tell of one event of a day where they share this part of the words of the shorter one, and as many
# words at least. Two events of one day with one set of names share one word at most, two accounts of one event three.
_SHARED_WORDS = 0.4
_FEWEST_WORDS = 2
# Where the participants were not told alike, two words with a capital and two more must be common.
_FEWEST_CAPITALS = 2
_FEWEST_WORDS_UNNAMED = 4
# Fifteen pairs; a clause with more words with a capital is a list, or a headline.
_MOST_CAPITALS = 6
# Without the same day the words have to agree more.
_SHARED_WORDS_COARSE = 0.6
# Statements compared per day and entity: a day on which one name stands in more sentences is told well enough.
MOST_COMPARED = 40


def clusters_of(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements of one happening together. Only those of one day that share an entity are compared."""
    clusters: list[list[Statement]] = []
    index: dict[str, list[int]] = {}
    day = ""
    for statement in sorted(statements, key=_rank):
        if statement.day != day:
            day, index = statement.day, {}
        handles = _handles(statement)
        home = _home(statement, handles, clusters, index)
        if home is None:
            home = len(clusters)
            clusters.append([])
        clusters[home].append(statement)
        for entity in handles:
            known = index.setdefault(entity, [])
            if len(known) < MOST_COMPARED and home not in known:
                known.append(home)
    return clusters


def _rank(one: Statement) -> tuple[str, float, str, int, int]:
    """By day, the clearest first."""
    return one.day, -one.quality, one.article, one.clause.span.start, one.clause.span.end


def refined(clusters: Sequence[list[Statement]]) -> list[list[Statement]]:
    """The clusters, those of a week or month put into that of a day within it where they tell of the same.

    One article dates the treaty to May, another to May 3: the day is the better known of the two.
    """
    coarse = [at for at, cluster in enumerate(clusters) if cluster[0].date.precision not in ("day", "minute")]
    asked = {entity for at in coarse for one in clusters[at] for entity in one.entities}
    by_entity: dict[str, list[int]] = defaultdict(list)
    unsure = set(coarse)
    for at, cluster in enumerate(clusters) if asked else ():
        if at not in unsure:
            for entity in asked.intersection([entity for one in cluster for entity in one.entities]):
                by_entity[entity].append(at)
    # Those that nothing is added to stay the very same.
    refined = list(clusters)
    for at in coarse:
        cluster = clusters[at]
        own = {entity for one in cluster for entity in one.entities}
        days = sorted({day for entity in own for day in _within(cluster[0].day, by_entity[entity], clusters)})
        scored = [(max(_likeness(one, other) for one in cluster for other in clusters[day]), -day) for day in days]
        best = max(scored, default=(0.0, 0))
        if best[0] >= _SHARED_WORDS_COARSE:
            refined[-best[1]] = [*refined[-best[1]], *cluster]
            refined[at] = []
    return [cluster for cluster in refined if cluster]


def _within(stretch: str, days: Sequence[int], clusters: Sequence[Sequence[Statement]]) -> Sequence[int]:
    """Those of the clusters at `days`, which are in order of time, whose day lies in a stretch of time."""
    covered = bounds(stretch)
    if covered is None:
        return ()
    low = bisect_left(days, covered[0].isoformat(), key=lambda at: clusters[at][0].day)
    high = bisect_right(days, covered[1].isoformat(), key=lambda at: clusters[at][0].day)
    return days[low : min(high, low + MOST_COMPARED)]


def _home(
    statement: Statement,
    handles: Sequence[str],
    clusters: Sequence[Sequence[Statement]],
    index: Mapping[str, Sequence[int]],
) -> int | None:
    best: tuple[float, int] | None = None
    candidates = {home for entity in handles if entity in index for home in index[entity]}
    for home in sorted(candidates):
        score = max([_likeness(statement, other) for other in clusters[home][:MOST_COMPARED]])
        if score >= _SHARED_WORDS and (best is None or score > best[0]):
            best = (score, home)
    return best[1] if best else None


def _handles(statement: Statement) -> Sequence[str]:
    """What a statement is looked up by: those whom it names, and each two of its words with a capital."""
    capitals = statement.clause.capitals
    if len(capitals) < _FEWEST_CAPITALS:
        return statement.entities
    pairs = combinations(sorted(capitals)[:_MOST_CAPITALS], 2)
    return (*statement.entities, *map(" ".join, pairs))


def _same_capitals(left: Statement, right: Statement) -> bool:
    """Whether two clauses name alike although not everything in them was found to be a name."""
    ours, theirs = left.clause.capitals, right.clause.capitals
    return len(ours & theirs) >= max(_FEWEST_CAPITALS, min(len(ours), len(theirs)))


def _likeness(left: Statement, right: Statement) -> float:
    """The share of words in common, 0 where the two have too few words or not half their participants in common."""
    one, another = left.clause, right.clause
    if left.article == right.article and one.span == another.span:
        return 1.0
    common = len(one.words & another.words)
    if common < _FEWEST_WORDS:
        return 0.0
    own, other = left.acting, right.acting
    parted = len(own & right.present) < len(own) / 2 and len(other & left.present) < len(other) / 2
    if parted and (common < _FEWEST_WORDS_UNNAMED or not _same_capitals(left, right)):
        return 0.0
    return common / min(len(one.words), len(another.words))
