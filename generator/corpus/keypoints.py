"""Key points: the sentences of an article, and of the whole corpus, that tell most.

Extractive: what comes out is what the seed says, where it says it. A sentence scores by its place (news puts the most
important first), by how central its names are to the article, and by whether it dates something; fragments of
quotations and sentences that lean on the one before lose.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from generator.aligned import Span
from generator.corpus.wording import Sentence, Stemmer, entity_mentions, sentences_of, within, word_lists
from generator.model import Article, Corpus, Entity, Evidence

# How many sentences stand for an article, and for a corpus.
POINTS = 4
BRIEFING_POINTS = 6
# Sentences below are headings or scraps, those above cannot be taken in at a glance.
_SHORTEST, _LONGEST = 7, 60
# Shares of the score: the first sentence alone beats a central one far down, two good signs beat the place.
_PLACE, _NAMES, _DATED = 1.0, 0.8, 0.25
_LEANING, _QUOTED = 0.4, 0.35
# Two sentences that share this part of the words of the shorter one say the same.
_REPEATED = 0.5
# Among this many of the newest articles the briefing's points are looked for.
_NEWEST = 60

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_OPENING = "“\"‘'«「"
_QUOTE_MARKS = re.compile('[“”"]')


@dataclass(frozen=True, slots=True)
class _Scored:
    sentence: Sentence
    order: int
    score: float

    @property
    def evidence(self) -> Evidence:
        one = self.sentence
        return Evidence(one.article, one.paragraph, one.span, one.text)


def key_points(article: Article, entities: Sequence[Entity], limit: int = POINTS) -> tuple[Evidence, ...]:
    """The `limit` sentences of an article that tell most, in order of the text; fewer where there are fewer.

    Looks through all mentions of `entities`: for every article of a corpus use `corpus_points`.
    """
    return _points(article, entity_mentions(entities).get(article.id, ()), Stemmer(), limit)


def corpus_points(corpus: Corpus) -> dict[str, tuple[Evidence, ...]]:
    """Article id to its key points; the empty id has those of the whole corpus. Linear in the corpus."""
    mentions = entity_mentions(corpus.entities)
    stemmer = Stemmer()
    points = {
        article.id: _points(article, mentions.get(article.id, ()), stemmer, POINTS) for article in corpus.articles
    }
    points[""] = briefing_points(corpus)
    return points


def briefing_points(corpus: Corpus, limit: int = BRIEFING_POINTS) -> tuple[Evidence, ...]:
    """The sentences that tell most about the whole corpus: one an article at most, one a story, newest first.

    An article counts for more where others are tied to it, and a sentence where it is evidence of an event that
    several articles report.
    """
    mentions = entity_mentions(corpus.entities)
    stemmer = Stemmer()
    attested = {
        (evidence.article, evidence.span): len({one.article for one in event.evidence})
        for event in corpus.events
        for evidence in event.evidence
    }
    ties = Counter(link.source for link in corpus.links if link.kind == "related")
    # Of the versions of a story the one that sorts first speaks; links are given from both sides.
    retold = {max(link.source, link.target) for link in corpus.links if link.kind in ("version", "duplicate")}
    # The day known, or the earliest it can be: an undated article does not pass as new.
    newest = sorted(
        (article for article in corpus.articles if article.id not in retold),
        key=lambda article: (article.published.iso or article.published.earliest, article.id),
        reverse=True,
    )[:_NEWEST]
    best: list[_Scored] = []
    for order, article in enumerate(newest):
        scored = _scored(article, mentions.get(article.id, ()))
        for one in _chosen(scored, 1, stemmer):
            weight = log(2 + ties[article.id]) + attested.get((article.id, one.sentence.span), 0)
            best.append(_Scored(one.sentence, order, one.score * weight))
    chosen = _chosen(best, limit, stemmer)
    return tuple(one.evidence for one in sorted(chosen, key=lambda one: one.order))


def _points(
    article: Article, mentions: Sequence[tuple[Span, str]], stemmer: Stemmer, limit: int
) -> tuple[Evidence, ...]:
    chosen = _chosen(_scored(article, mentions), limit, stemmer)
    return tuple(one.evidence for one in sorted(chosen, key=lambda one: one.order))


def _scored(article: Article, mentions: Sequence[tuple[Span, str]]) -> list[_Scored]:
    counts = Counter(entity for _, entity in mentions)
    most = log(1 + max(counts.values(), default=1))
    dated = sorted(date.span.start for date in article.dates if date.iso)
    found: list[_Scored] = []
    for order, sentence in enumerate(sentences_of(article)):
        if sentence.zone.shape != "text":
            continue
        text = sentence.text.strip()
        words = _WORD.findall(text)
        if not _SHORTEST <= len(words) <= _LONGEST:
            continue
        names = sorted((log(1 + counts[name]) / most for name in within(mentions, sentence.span)), reverse=True)
        # The three most central names; a roll call of ten is no better than a sentence about three.
        score = _PLACE / (1 + 0.5 * order) + _NAMES * sum(names[:3]) / 3
        if bisect_left(dated, sentence.span.end) > bisect_left(dated, sentence.span.start):
            score += _DATED
        if words[0].lower() in word_lists().pronouns:
            score -= _LEANING
        if text[0] in _OPENING or len(_QUOTE_MARKS.findall(text)) % 2:
            score -= _QUOTED
        found.append(_Scored(sentence, order, score))
    return found


def _chosen(scored: Iterable[_Scored], limit: int, stemmer: Stemmer) -> list[_Scored]:
    chosen: list[_Scored] = []
    said: list[frozenset[str]] = []
    for one in sorted(scored, key=lambda one: (-one.score, one.order)):
        if len(chosen) == limit:
            break
        stems = frozenset(stemmer.stems(one.sentence.reading))
        if not any(_repeats(stems, other) for other in said):
            chosen.append(one)
            said.append(stems)
    return chosen


def _repeats(one: frozenset[str], other: frozenset[str]) -> bool:
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) > _REPEATED * smaller
