"""Key points: the sentences of an article, and of the whole corpus, that tell most.

Extractive: what comes out is what the seed says, where it says it. A sentence scores by its place (news puts the most
important first), by how central its names are to the article, and by whether it dates something; fragments of
quotations and sentences that lean on the one before lose.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TypeVar

import msgspec

from generator.aligned import Span
from generator.corpus.wording import Placement, Sentence, Stemmer, entity_mentions, sentences_of, word_lists
from generator.model import Annotated, Article, Corpus, Evidence

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

_Stem = TypeVar("_Stem", int, str)
"""A content word, as text or as a number."""


class Candidate(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A sentence of an article that is long enough and short enough to be a key point."""

    order: int
    """Its number among the body sentences."""
    span: Span
    paragraph: int
    zone: int
    """Which zone of the document it stands in, and where in the text of it."""
    start: int
    end: int
    leaning: bool
    """Whether it begins with a pronoun."""
    quoted: bool
    """Whether it is a quotation, or a part of one."""
    stems: tuple[int, ...]
    """Its content words as read, each once, as numbers that hold for this article."""


class _Scored(msgspec.Struct, frozen=True, gc=False):
    candidate: Candidate
    score: float


class Tip(msgspec.Struct, frozen=True, gc=False):
    """The best sentence of an article, with its stems."""

    candidate: Candidate
    score: float
    stems: frozenset[str]


Once = Callable[[Article, Callable[[Article], Tip | None]], Tip | None]
"""Gives what the function gives of the article, or gave of the very same with the same mentions."""


@dataclass(frozen=True, slots=True)
class _Best:
    """The best sentence of an article, with its rank among the newest articles and its stems."""

    article: Article
    candidate: Candidate
    rank: int
    score: float
    stems: frozenset[str]


def candidates_of(annotated: Annotated, stemmer: Stemmer) -> tuple[Candidate, ...]:
    """The sentences of an article that may be key points, in order."""
    places = {id(zone): number for number, zone in enumerate(annotated.document.zones)}
    numbers: dict[str, int] = {}
    found: list[Candidate] = []
    for order, sentence in enumerate(sentences_of(annotated)):
        if sentence.zone.shape != "text":
            continue
        text = sentence.text.strip()
        words = _WORD.findall(text)
        if not _SHORTEST <= len(words) <= _LONGEST:
            continue
        stems = {numbers.setdefault(stem, len(numbers)) for stem in stemmer.stems(sentence.reading)}
        found.append(
            Candidate(
                order,
                sentence.span,
                sentence.paragraph,
                places[id(sentence.zone)],
                sentence.start,
                sentence.end,
                leaning=words[0].lower() in word_lists().pronouns,
                quoted=text[0] in _OPENING or len(_QUOTE_MARKS.findall(text)) % 2 == 1,
                stems=tuple(sorted(stems)),
            )
        )
    return tuple(found)


def key_points(
    article: Article, mentions: Sequence[Placement], candidates: Sequence[Candidate], limit: int = POINTS
) -> tuple[Evidence, ...]:
    """The `limit` sentences of an article that tell most, in order of the text; fewer where there are fewer.

    `mentions` are those of entities in the article, in order of place, `candidates` those of `candidates_of`.
    """
    chosen: list[Candidate] = []
    said: list[frozenset[int]] = []
    for one in _scored(article, mentions, candidates):
        if len(chosen) == limit:
            break
        stems = frozenset(one.candidate.stems)
        if not any(_repeats(stems, other) for other in said):
            chosen.append(one.candidate)
            said.append(stems)
    return tuple(_evidence(article, one) for one in sorted(chosen, key=lambda one: one.order))


def corpus_points(
    corpus: Corpus,
    known: Mapping[str, Sequence[Candidate]] | None = None,
    mentions: Mapping[str, Sequence[Placement]] | None = None,
    made: Mapping[str, tuple[Evidence, ...]] | None = None,
    once: Once | None = None,
) -> dict[str, tuple[Evidence, ...]]:
    """Article id to its key points; the empty id has those of the whole corpus. Linear in the corpus.

    `known` are the candidates by article id where they are known; of an article that is not published in full they are
    looked for anew, in what is left of it. `mentions` is what `entity_mentions` gives, `made` what `key_points` gives
    of each article, where they are known. `once` remembers the best sentences of articles.
    """
    if mentions is None:
        mentions = entity_mentions(corpus.entities)
    stemmer = Stemmer()

    def candidates(article: Article) -> Sequence[Candidate]:
        if known is not None and article.publish == "full":
            return known[article.id]
        return candidates_of(article.annotated, stemmer)

    points = (
        dict(made)
        if made is not None
        else {
            article.id: key_points(article, mentions.get(article.id, ()), candidates(article))
            for article in corpus.articles
        }
    )

    def tip(article: Article) -> Tip | None:
        return _tip(article, mentions.get(article.id, ()), candidates(article), stemmer)

    points[""] = _briefing_points(corpus, lambda article: once(article, tip) if once else tip(article))
    return points


def _tip(
    article: Article, mentions: Sequence[Placement], candidates: Sequence[Candidate], stemmer: Stemmer
) -> Tip | None:
    for one in _scored(article, mentions, candidates)[:1]:
        own = one.candidate
        zone = article.annotated.document.zones[own.zone]
        sentence = Sentence(article.id, own.paragraph, own.span, zone, own.start, own.end)
        return Tip(own, one.score, frozenset(stemmer.stems(sentence.reading)))
    return None


def _briefing_points(corpus: Corpus, tip_of: Callable[[Article], Tip | None]) -> tuple[Evidence, ...]:
    """The sentences that tell most about the whole corpus: one an article at most, one a story, newest first.

    An article counts for more where others are tied to it, and a sentence where it is evidence of an event that
    several articles report. `tip_of` gives the best sentence of an article, where it has one.
    """
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
    best: list[_Best] = []
    for rank, article in enumerate(newest):
        one = tip_of(article)
        if one is not None:
            weight = log(2 + ties[article.id]) + attested.get((article.id, one.candidate.span), 0)
            best.append(_Best(article, one.candidate, rank, one.score * weight, one.stems))
    chosen: list[_Best] = []
    for tip in sorted(best, key=lambda tip: (-tip.score, tip.rank)):
        if len(chosen) < BRIEFING_POINTS and not any(_repeats(tip.stems, other.stems) for other in chosen):
            chosen.append(tip)
    return tuple(_evidence(tip.article, tip.candidate) for tip in sorted(chosen, key=lambda tip: tip.rank))


def _scored(article: Article, mentions: Sequence[Placement], candidates: Sequence[Candidate]) -> list[_Scored]:
    """The candidates with their scores, best first."""
    starts, ends, named = zip(*mentions, strict=True) if mentions else ((), (), ())
    counts = Counter(named)
    most = log(1 + max(counts.values(), default=1))
    weights = {entity: log(1 + count) / most for entity, count in counts.items()}
    dated = sorted(date.span.start for date in article.dates if date.iso)
    found: list[_Scored] = []
    for one in candidates:
        begin, end = one.span.start, one.span.end
        low = bisect_left(starts, begin)
        high = bisect_left(starts, end, low)
        inside = set(named[low:high])
        if inside and max(ends[low:high]) > end:
            # One that goes on beyond the sentence.
            inside = {named[at] for at in range(low, high) if ends[at] <= end}
        names = sorted(map(weights.__getitem__, inside), reverse=True)
        # The three most central names; a roll call of ten is no better than a sentence about three.
        score = _PLACE / (1 + 0.5 * one.order) + _NAMES * sum(names[:3]) / 3
        if bisect_left(dated, end) > bisect_left(dated, begin):
            score += _DATED
        if one.leaning:
            score -= _LEANING
        if one.quoted:
            score -= _QUOTED
        found.append(_Scored(one, score))
    return sorted(found, key=lambda one: (-one.score, one.candidate.order))


def _evidence(article: Article, one: Candidate) -> Evidence:
    text = article.annotated.document.zones[one.zone].text.text[one.start : one.end]
    return Evidence(article.id, one.paragraph, one.span, text)


def _repeats(one: frozenset[_Stem], other: frozenset[_Stem]) -> bool:
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) > _REPEATED * smaller
