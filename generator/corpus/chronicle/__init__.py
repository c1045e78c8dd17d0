"""Events: what the articles date, told once, with the evidence of every article.

A sentence makes an event where one of its dates, known to the week or better, dates an act and not the report of it:
"said on Monday" dates the saying, which is what the quotes are for, and every wire story would be an event of its own
day. What several articles tell of one day is one event where they name the same and use the same words for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from generator.aligned import Span
from generator.chronology.iso import bounds
from generator.corpus.chronicle.clauses import LONGEST_TITLE, counts_in, dated_core
from generator.corpus.wording import Sentence, Stemmer, entity_mentions, listed, sentences_of, within
from generator.model import Article, DateMention, Entity, Event, Evidence, Precision
from generator.slug import slugify

# What is known to the season or worse is background, not an event.
_FINE: frozenset[Precision] = frozenset({"minute", "day", "range", "week", "month"})
# A range longer than this is a period ("from 2010 to 2020"), not a happening.
_LONGEST_RANGE = timedelta(days=31)
# Two sentences tell of one event of a day where they share this part of the words of the shorter one, and as many
# words at least. Two events of one day with one set of names share one word at most, two accounts of one event three.
_SHARED_WORDS = 0.4
_FEWEST_WORDS = 2
# Without the same day the words have to agree more.
_SHARED_WORDS_COARSE = 0.6
# Events of different days are set side by side as a conflict only where hardly anything else differs.
_CONFLICT_WORDS = 0.7
_CONFLICT_FEWEST = 3
_CONFLICT_DAYS = 3
# Statements compared per day and entity: a day on which one name stands in more sentences is told well enough.
_MOST_COMPARED = 40
_SLUG = 60


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence that dates something."""

    sentence: Sentence
    date: DateMention
    title: str
    """Empty where the words make no title: the sentence is evidence for an event that another one names."""
    entities: tuple[str, ...]
    """Of the sentence; those of the clause first."""
    named: int
    """How many of them stand in the clause."""
    words: frozenset[str]
    quality: float

    @property
    def day(self) -> str:
        """The date as the events' key: minutes fall away."""
        return self.date.iso[:10] if self.date.precision == "minute" else self.date.iso


def chronicle(articles: Sequence[Article], entities: Sequence[Entity]) -> tuple[Event, ...]:
    """The dated events of the corpus, by date and id; each with the sentences of every article that tell of it.

    `title` is cut from the clearest of the sentences, as shown in its article. `conflicts` says, in sentences, where
    articles differ in a number or in the day.
    """
    mentions = entity_mentions(entities)
    weak = {
        (located.article, located.mention.span)
        for entity in entities
        for located in entity.mentions
        if located.mention.weak
    }
    stemmer = Stemmer()
    statements = [
        statement
        for article in articles
        for statement in _statements(article, mentions.get(article.id, ()), weak, stemmer)
    ]
    clusters = [cluster for cluster in _refined(_clusters(statements)) if any(one.title for one in cluster)]
    titles = {article.id: article.annotated.document.title.value for article in articles}
    events = _events(clusters, titles, _spread(entities))
    return _with_other_days(events, clusters, titles)


# ── statements ────────────────────────────────────────────────────────────────────────────────────


def _statements(
    article: Article, mentions: Sequence[tuple[Span, str]], weak: set[tuple[str, Span]], stemmer: Stemmer
) -> Iterator[_Statement]:
    dates = sorted((one for one in article.dates if one.paragraph is not None), key=lambda one: one.span)
    at = 0
    for sentence in sentences_of(article):
        while at < len(dates) and dates[at].span.end <= sentence.span.start:
            at += 1
        inside = []
        for one in dates[at:]:
            if one.span.start >= sentence.span.end:
                break
            if sentence.span.covers(one.span):
                inside.append(one)
        if inside and sentence.zone.shape == "text":
            yield from _dated(sentence, inside, mentions, weak, stemmer)


def _dated(
    sentence: Sentence,
    dates: Sequence[DateMention],
    mentions: Sequence[tuple[Span, str]],
    weak: set[tuple[str, Span]],
    stemmer: Stemmer,
) -> Iterator[_Statement]:
    view = sentence.zone.reading
    place = view.view_span(sentence.span)
    if place is None:
        return
    low, high = place
    text = view.text[low:high]
    where = [_offset(sentence, one) for one in dates]
    named = within(mentions, sentence.span)
    if not named:
        return
    for one, own in zip(dates, where, strict=True):
        if one.precision not in _FINE or not one.iso or own is None or not _short(one.iso):
            continue
        core = dated_core(text, *own, [other for other in where if other is not None and other != own])
        if core is None:
            continue
        spans = [view.seed_span(low + start, low + end) for start, end in core.stretches]
        clause = tuple(dict.fromkeys(entity for span in spans for entity in within(mentions, span)))
        title = _shown(sentence, spans) if core.telling else ""
        words = frozenset(stem for start, end in core.stretches for stem in stemmer.stems(text[start:end]))
        strong = [
            entity
            for span in spans
            for mention, entity in mentions
            if span.covers(mention) and (sentence.article, mention) not in weak
        ]
        quality = _quality(title, len(set(strong)), len(clause))
        everyone = tuple(dict.fromkeys((*clause, *named)))
        yield _Statement(sentence, one, title, everyone, len(clause), words, quality)


def _offset(sentence: Sentence, one: DateMention) -> tuple[int, int] | None:
    view = sentence.zone.reading.view_span(one.span)
    start = sentence.zone.reading.view_span(sentence.span)
    return (view[0] - start[0], view[1] - start[0]) if view and start else None


def _short(iso: str) -> bool:
    covered = bounds(iso)
    return covered is not None and covered[1] - covered[0] <= _LONGEST_RANGE


def _shown(sentence: Sentence, spans: Sequence[Span]) -> str:
    parts = []
    for span in spans:
        view = sentence.zone.text.view_span(span)
        if view:
            parts.append(" ".join(sentence.zone.text.text[view[0] : view[1]].split()))
    title = " ".join(parts)
    return title[:1].upper() + title[1:]


def _quality(title: str, strong: int, named: int) -> float:
    """How well a title stands alone: names in full, not too long, no quotation. Below zero without one."""
    if not title:
        return -10.0
    # Two names in full say who did it to whom; a weak one ("the ministry", "Korea") makes the reader ask.
    score = min(strong, 2) + 0.25 * min(named, 3) - 0.5 * max(named - strong, 0)
    score -= 0.5 * sum(mark in '“”‘"()' for mark in title)
    score -= 0.03 * max(len(title) - 50, 0)
    return round(score - (0.5 if len(title) >= LONGEST_TITLE - 5 else 0.0), 4)


# ── merging ───────────────────────────────────────────────────────────────────────────────────────


def _clusters(statements: Sequence[_Statement]) -> list[list[_Statement]]:
    """Statements of one happening together. Only those of one day that share an entity are compared."""
    clusters: list[list[_Statement]] = []
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for statement in sorted(
        statements, key=lambda one: (one.day, -one.quality, one.sentence.article, one.sentence.span)
    ):
        home = _home(statement, clusters, index)
        if home is None:
            home = len(clusters)
            clusters.append([])
        clusters[home].append(statement)
        for entity in statement.entities:
            known = index[statement.day, entity]
            if home not in known:
                known.append(home)
    return clusters


def _refined(clusters: Sequence[list[_Statement]]) -> list[list[_Statement]]:
    """The clusters, those of a week or month put into that of a day within it where they tell of the same.

    One article dates the treaty to May, another to May 3: the day is the better known of the two.
    """
    by_entity: dict[str, list[int]] = defaultdict(list)
    for at, cluster in enumerate(clusters):
        if cluster[0].date.precision in ("day", "minute"):
            for entity in {entity for one in cluster for entity in one.entities}:
                by_entity[entity].append(at)
    refined = [list(cluster) for cluster in clusters]
    for at, cluster in enumerate(clusters):
        if cluster[0].date.precision in ("day", "minute"):
            continue
        own = {entity for one in cluster for entity in one.entities}
        days = sorted({day for entity in own for day in _within(cluster[0].day, by_entity[entity], clusters)})
        scored = [(max(_likeness(one, other) for one in cluster for other in clusters[day]), -day) for day in days]
        best = max(scored, default=(0.0, 0))
        if best[0] >= _SHARED_WORDS_COARSE:
            refined[-best[1]].extend(cluster)
            refined[at] = []
    return [cluster for cluster in refined if cluster]


def _within(stretch: str, days: Sequence[int], clusters: Sequence[Sequence[_Statement]]) -> Sequence[int]:
    """Those of the clusters at `days`, which are in order of time, whose day lies in a stretch of time."""
    covered = bounds(stretch)
    if covered is None:
        return ()
    low = bisect_left(days, covered[0].isoformat(), key=lambda at: clusters[at][0].day)
    high = bisect_right(days, covered[1].isoformat(), key=lambda at: clusters[at][0].day)
    return days[low : min(high, low + _MOST_COMPARED)]


def _home(
    statement: _Statement, clusters: Sequence[Sequence[_Statement]], index: Mapping[tuple[str, str], Sequence[int]]
) -> int | None:
    best: tuple[float, int] | None = None
    candidates = {
        home for entity in statement.entities for home in index.get((statement.day, entity), ())[:_MOST_COMPARED]
    }
    for home in sorted(candidates):
        score = max(_likeness(statement, other) for other in clusters[home][:_MOST_COMPARED])
        if score >= _SHARED_WORDS and (best is None or score > best[0]):
            best = (score, home)
    return best[1] if best else None


def _likeness(left: _Statement, right: _Statement) -> float:
    """The share of words in common, 0 where the two have too few words or not half their participants in common."""
    if left.sentence.span == right.sentence.span and left.sentence.article == right.sentence.article:
        return 1.0
    own, other = set(left.entities[: left.named or None]), set(right.entities[: right.named or None])
    if len(own & set(right.entities)) < len(own) / 2 and len(other & set(left.entities)) < len(other) / 2:
        return 0.0
    common = left.words & right.words
    if len(common) < _FEWEST_WORDS:
        return 0.0
    return len(common) / min(len(left.words), len(right.words))


# ── events ────────────────────────────────────────────────────────────────────────────────────────


def _spread(entities: Iterable[Entity]) -> Mapping[str, int]:
    return {entity.id: len({located.article for located in entity.mentions}) for entity in entities}


def _events(
    clusters: Sequence[Sequence[_Statement]], titles: Mapping[str, str], spread: Mapping[str, int]
) -> list[Event]:
    events: list[Event] = []
    taken: Counter[str] = Counter()
    for cluster in clusters:
        clearest = max(cluster, key=lambda one: (one.quality, [-ord(letter) for letter in one.title]))
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
                tuple(_number_conflicts(cluster, titles)),
            )
        )
    return events


def _number_conflicts(cluster: Sequence[_Statement], titles: Mapping[str, str]) -> Iterator[str]:
    """Counts of one thing that differ between articles: "12 people killed" here, "15 people were killed" there."""
    counts: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in cluster:
        for number, noun, act in counts_in(one.sentence.reading):
            counts[noun, act].setdefault(one.sentence.article, number)
    for (noun, act), by_article in sorted(counts.items()):
        by_number: dict[str, list[str]] = defaultdict(list)
        for article, number in sorted(by_article.items()):
            by_number[number].append(f"“{titles[article]}”")
        if len(by_number) > 1:
            sides = [f"{number} in {listed(sources)}" for number, sources in sorted(by_number.items())]
            yield f"{noun} {act}".strip() + ": " + "; ".join(sides)


def _with_other_days(
    events: Sequence[Event], clusters: Sequence[Sequence[_Statement]], titles: Mapping[str, str]
) -> tuple[Event, ...]:
    """The events by date, with conflicts added where other articles tell the same of a day close by."""
    by_entity: dict[str, list[int]] = defaultdict(list)
    order = sorted(range(len(events)), key=lambda at: (events[at].date, events[at].id))
    for at in order:
        for entity in events[at].entities:
            by_entity[entity].append(at)
    conflicts: dict[int, dict[int, None]] = defaultdict(dict)
    for members in by_entity.values():
        for number, at in enumerate(members):
            for other in members[number + 1 : number + 1 + _MOST_COMPARED]:
                if not _near_in_time(events[at].date, events[other].date):
                    break
                if _contradict(events[at], events[other], clusters[at], clusters[other]):
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


def _contradict(left: Event, right: Event, own: Sequence[_Statement], others: Sequence[_Statement]) -> bool:
    # One article may well tell of two similar days; and a month holds its days without contradiction.
    if left.date == right.date or left.precision != "day" or right.precision != "day":
        return False
    if {one.article for one in left.evidence} & {one.article for one in right.evidence}:
        return False
    one, other = max(own, key=lambda one: one.quality), max(others, key=lambda one: one.quality)
    common = one.words & other.words
    return (
        set(one.entities[: one.named]) == set(other.entities[: other.named])
        and len(common) >= _CONFLICT_FEWEST
        and len(common) >= _CONFLICT_WORDS * max(len(one.words), len(other.words))
    )
