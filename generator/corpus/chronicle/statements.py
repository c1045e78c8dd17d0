"""Sentences that date something: their date, the core of their clause as a title, who takes part, and their words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

import msgspec

from generator.aligned import Span
from generator.chronology.iso import bounds
from generator.corpus.chronicle.clauses import dated_core
from generator.corpus.chronicle.tokens import LONGEST_SENTENCE, counts_in
from generator.corpus.chronicle.trimming import LONGEST_TITLE
from generator.corpus.wording import Placement, Sentence, Stemmer, mentions_within, sentences_of
from generator.model import Annotated, Article, DateMention, Precision
from generator.slug import slugify

# What is known to the season or worse is background, not an event.
_FINE: frozenset[Precision] = frozenset({"minute", "day", "range", "week", "month"})
_CAPITAL = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
# `PORT ASHBY, Norland, ` before a date and ` (NordPress) -- ` behind it.
_DATELINE = re.compile(
    r"[^\W\d_a-z][\w.'’-]{1,30}(?: [^\W\d_a-z][\w.'’-]{0,30}){0,3}(?:, [^\W\d_a-z][\w. ]{1,30})?,? ?\(?"
)
_BEHIND_DATELINE = re.compile(r"\)?,? ?(?:\([^()\n]{2,40}\))? ?(?:--|—|–|- )")
# A range longer than this is a period ("from 2010 to 2020"), not a happening.
_LONGEST_RANGE = timedelta(days=31)
# Characters of an event's address behind the date.
_SLUG = 60


class Clause(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A clause that dates an act, whenever and whoever that is."""

    date: int
    """Which of the article's dates it is."""
    span: Span
    """The sentence."""
    paragraph: int
    text: str
    """The sentence as shown."""
    stretches: tuple[Span, ...]
    title: str
    """Empty where the words make no title: the sentence is evidence for an event that another one names."""
    slug: str
    """The title as part of an address."""
    marks: int
    """Brackets and marks of quotation in the title."""
    words: frozenset[str]
    capitals: frozenset[str]
    """Words of the clause with a capital, lower case: names, whether or not they were found to be names."""


class Statement(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A clause with its date and those who take part."""

    article: str
    clause: Clause
    date: DateMention
    day: str
    """The date as the events' key: minutes fall away."""
    entities: tuple[str, ...]
    """Of the sentence; those of the clause first."""
    named: int
    """How many of them stand in the clause."""
    acting: frozenset[str]
    """Those of the clause, or all where none stands in it."""
    present: frozenset[str]
    """All of them."""
    quality: float
    first: bool
    """Whether it is the first of its article: what the article is news of."""


class Counts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a sentence counts."""

    span: Span
    plain: bool
    """Whether it is running text."""
    found: tuple[tuple[str, str, str], ...]
    """As `counts_in` gives it."""


class Told(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an article tells, as far as it does not take other articles to know."""

    clauses: tuple[Clause, ...]
    """In order of the sentences, and of the dates in each."""
    counts: tuple[Counts, ...]
    """Of the sentences that count something, in order."""


def told_in(annotated: Annotated, stemmer: Stemmer) -> Told:
    """The clauses of an article that date something, and what its sentences count."""
    dates = sorted(
        ((one.span, index) for index, one in enumerate(annotated.dates) if one.paragraph is not None),
    )
    clauses: list[Clause] = []
    counts: list[Counts] = []
    at = 0
    for sentence in sentences_of(annotated):
        plain = sentence.zone.shape == "text"
        found = tuple(counts_in(sentence.reading))
        if found:
            counts.append(Counts(sentence.span, plain, found))
        while at < len(dates) and dates[at][0].end <= sentence.span.start:
            at += 1
        inside = []
        for index in range(at, len(dates)):
            if dates[index][0].start >= sentence.span.end:
                break
            if sentence.span.covers(dates[index][0]):
                inside.append(dates[index])
        if inside and plain and sentence.end - sentence.start <= LONGEST_SENTENCE:
            clauses.extend(_dated(sentence, inside, stemmer))
    return Told(tuple(clauses), tuple(counts))


def _dated(sentence: Sentence, dates: Sequence[tuple[Span, int]], stemmer: Stemmer) -> Iterator[Clause]:
    view = sentence.zone.reading
    place = view.view_span(sentence.span)
    if place is None:
        return
    low, high = place
    text = view.text[low:high]
    where = [_offset(sentence, span) for span, _ in dates]
    for (_, date), own in zip(dates, where, strict=True):
        if own is None or (low == 0 and _in_dateline(text, *own)):
            continue
        core = dated_core(text, *own, [other for other in where if other is not None and other != own])
        if core is None:
            continue
        spans = tuple(view.seed_span(low + start, low + end) for start, end in core.stretches)
        parts = [text[start:end] for start, end in core.stretches]
        title = _shown(sentence, spans) if core.telling else ""
        yield Clause(
            date,
            sentence.span,
            sentence.paragraph,
            sentence.text,
            spans,
            title,
            slugify(title, _SLUG) if title else "",
            sum(map(title.count, '“”‘"()')),
            frozenset(stem for part in parts for stem in stemmer.stems(part)),
            frozenset(word.lower() for part in parts for word in _CAPITAL.findall(part)),
        )


def _in_dateline(text: str, start: int, end: int) -> bool:
    """Whether a date is that of a dateline, which says when was written and not when it happened."""
    return _DATELINE.fullmatch(text, 0, start) is not None and _BEHIND_DATELINE.match(text, end) is not None


def statements_of(
    article: Article,
    told: Told,
    mentions: Sequence[Placement],
    weak: Collection[tuple[int, int]],
    short: dict[str, bool],
) -> Iterator[Statement]:
    """The dated sentences of an article, in order; one a date.

    `told` is what `told_in` finds, `mentions` are those of entities in the article, in order of place; `weak` holds the
    starts and ends of those that are right only in context. `short` remembers which dates may be an event's, in all of
    them.
    """
    first = True
    starts = [start for start, _, _ in mentions] if told.clauses else []
    for clause in told.clauses:
        date = article.dates[clause.date]
        iso = date.iso
        if date.precision not in _FINE or not iso:
            continue
        if iso not in short:
            short[iso] = _short(iso)
        if not short[iso]:
            continue
        named = [entity for *_, entity in mentions_within(mentions, starts, clause.span)]
        if not named:
            continue
        acting = [mention for span in clause.stretches for mention in mentions_within(mentions, starts, span)]
        own = tuple(dict.fromkeys([entity for *_, entity in acting]))
        strong = len({entity for *place, entity in acting if tuple(place) not in weak}) if weak else len(own)
        entities = tuple(dict.fromkeys([*own, *named]))
        present = frozenset(entities)
        yield Statement(
            article.id,
            clause,
            date,
            iso[:10] if date.precision == "minute" else iso,
            entities,
            len(own),
            frozenset(own) if own else present,
            present,
            _quality(clause, strong, len(own)),
            first,
        )
        first = False


def _offset(sentence: Sentence, span: Span) -> tuple[int, int] | None:
    view = sentence.zone.reading.view_span(span)
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


def _quality(clause: Clause, strong: int, named: int) -> float:
    """How well a title stands alone: names in full, not too long, no quotation. Below zero without one."""
    length = len(clause.title)
    if not length:
        return -10.0
    # Two names in full say who did it to whom; a weak one ("the ministry", "Korea") makes the reader ask.
    score = min(strong, 2) + 0.25 * min(named, 3) - 0.5 * max(named - strong, 0)
    score -= 0.5 * clause.marks
    score -= 0.03 * max(length - 50, 0)
    return round(score - (0.5 if length >= LONGEST_TITLE - 5 else 0.0), 4)
