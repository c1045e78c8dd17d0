"""Sentences that date something: their date, the core of their clause as a title, who takes part, and their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from generator.aligned import Span
from generator.chronology.iso import bounds
from generator.corpus.chronicle.clauses import dated_core
from generator.corpus.chronicle.tokens import LONGEST_SENTENCE
from generator.corpus.chronicle.trimming import LONGEST_TITLE
from generator.corpus.wording import Sentence, Stemmer, mentions_within, sentences_of, within
from generator.model import Article, DateMention, Precision

# What is known to the season or worse is background, not an event.
_FINE: frozenset[Precision] = frozenset({"minute", "day", "range", "week", "month"})
_CAPITAL = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
# A range longer than this is a period ("from 2010 to 2020"), not a happening.
_LONGEST_RANGE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Statement:
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
    capitals: frozenset[str] = frozenset()
    """Words of the clause with a capital, lower case: names, whether or not they were found to be names."""
    first: bool = False
    """Whether it is the first of its article: what the article is news of."""

    @property
    def day(self) -> str:
        """The date as the events' key: minutes fall away."""
        return self.date.iso[:10] if self.date.precision == "minute" else self.date.iso


def statements_of(
    article: Article, mentions: Sequence[tuple[Span, str]], weak: set[tuple[str, Span]], stemmer: Stemmer
) -> Iterator[Statement]:
    """The dated sentences of an article, in order; one a date.

    `mentions` are the article's (seed span, entity id) in order of place; `weak` holds (article id, span) of those that
    are right only in context.
    """
    dates = sorted((one for one in article.dates if one.paragraph is not None), key=lambda one: one.span)
    at, first = 0, True
    for sentence in sentences_of(article):
        while at < len(dates) and dates[at].span.end <= sentence.span.start:
            at += 1
        inside = []
        for index in range(at, len(dates)):
            one = dates[index]
            if one.span.start >= sentence.span.end:
                break
            if sentence.span.covers(one.span):
                inside.append(one)
        if inside and sentence.zone.shape == "text" and sentence.end - sentence.start <= LONGEST_SENTENCE:
            for statement in _dated(sentence, inside, mentions, weak, stemmer):
                yield replace(statement, first=first)
                first = False


def _dated(
    sentence: Sentence,
    dates: Sequence[DateMention],
    mentions: Sequence[tuple[Span, str]],
    weak: set[tuple[str, Span]],
    stemmer: Stemmer,
) -> Iterator[Statement]:
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
        strong = {
            entity
            for span in spans
            for mention, entity in mentions_within(mentions, span)
            if (sentence.article, mention) not in weak
        }
        quality = _quality(title, len(strong), len(clause))
        everyone = tuple(dict.fromkeys((*clause, *named)))
        capitals = frozenset(
            word.lower() for start, end in core.stretches for word in _CAPITAL.findall(text[start:end])
        )
        yield Statement(sentence, one, title, everyone, len(clause), words, quality, capitals)


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
