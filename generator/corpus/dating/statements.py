"""Sentences that date something, and which of two articles tell of the same happening.

Two sentences are taken to tell of one happening where their dates can be the same day and they share participants and
wording. Candidates are looked up by date and name, so no article is compared with every other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import fsum, log

import msgspec
import numpy as np
import numpy.typing as npt

from generator.aligned import Span
from generator.chronology import bounds, precision_of
from generator.data import read_tree
from generator.model import Annotated, DateExpression

_CAPITAL = re.compile(r"\b[A-Z][^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]{3,}")
# Inflections rarely reach past the sixth letter (establish-ed, establish-ment; relation-s, relation-ship), and six
# letters tell most words apart: truncation, the plainest stemmer, is as good as any for matching news sentences.
_STEM = 6
# A name shared by two sentences weighs as two words: names are few, and what a sentence is about.
_NAME_WEIGHT = 2.0
# One shared name and three shared words, all found in few articles, reach 5; a name and a stray word do not reach 3.
_ENOUGH = 3.0
# Where no name that was recognised is shared, but a capitalised word is: that word and three more.
_ENOUGH_UNNAMED = 4.0
# How many words, and which share of the shorter sentence's, must be common. Two stories share a month and day by chance
# once a year, a day of the month twelve times and a weekday fifty times; stories of one kind (talks, attacks, matches)
# come again in nearly the same words, so the vaguer the date, the nearer the wording must be.
_ALIKE = {"month-day": (2, 0.0), "day-of-month": (4, 0.35), "weekday": (6, 0.6)}
# A second year with nearly as good a match leaves the year open.
_CLEAR = 1.25
# Sentences looked at per name and date; a name as common as that tells little anyway.
_MOST_CANDIDATES = 60


class Statement(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A sentence of an article with one date in it."""

    article: str
    span: Span
    index: int
    """Which of the article's date expressions it is."""
    iso: str
    """The day that is known; empty where the sentence leaves the year, the month or the week open."""
    kind: str
    """`day` where known, else the form of the expression."""
    slot: str
    """What is known of the day, for comparing: ``02-14``, ``15`` or ``3`` (a Wednesday)."""
    names: frozenset[str]
    words: frozenset[str]
    capitals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A dated sentence of another article that tells of the same happening."""

    statement: Statement
    other: Statement
    score: float


@dataclass(frozen=True, slots=True)
class Index:
    """The dated sentences of a corpus by date and name, and how rare each name and word is."""

    dated: Sequence[Statement]
    by_slot: Mapping[tuple[str, str], Sequence[int]]
    """Numbers of dated sentences."""
    rarity: Mapping[str, float]
    """1 for a term of one article, falling with the logarithm of how many share it (inverse document frequency)."""
    numbers: Mapping[str, int]
    """The words of the dated sentences, numbered."""
    starts: npt.NDArray[np.int64]
    """Where the words of each dated sentence begin among `words`; one more than there are sentences."""
    words: npt.NDArray[np.int64]

    def matches(self, open_statement: Statement) -> list[Match]:
        """The dated sentences of other articles that tell of the same happening, best first."""
        found: list[Match] = []
        for at in self._alike(open_statement):
            other = self.dated[at]
            if other.article == open_statement.article:
                continue
            names = open_statement.names & other.names
            rarity = self.rarity.__getitem__
            score = _NAME_WEIGHT * fsum(map(rarity, names)) + fsum(map(rarity, open_statement.words & other.words))
            if score >= (_ENOUGH if names else _ENOUGH_UNNAMED):
                found.append(Match(open_statement, other, score))
        return sorted(found, key=lambda match: (-match.score, match.other.article, match.other.index))

    def _alike(self, one: Statement) -> list[int]:
        """The numbers of the dated sentences that can be of its day, share a name with it, and words enough."""
        lists = [self.by_slot.get((one.slot, name), ())[:_MOST_CANDIDATES] for name in one.names | one.capitals]
        candidates = np.array(sorted(set().union(*lists)), dtype=np.int64)
        own = np.zeros(len(self.numbers), dtype=bool)
        own[[self.numbers[word] for word in one.words if word in self.numbers]] = True
        # Where the words of all candidates stand, one sentence after the other.
        lengths = self.starts[candidates + 1] - self.starts[candidates]
        whose = np.repeat(np.arange(len(candidates)), lengths)
        places = np.arange(len(whose)) + (self.starts[candidates] - np.cumsum(lengths) + lengths)[whose]
        common = np.bincount(whose[own[self.words[places]]], minlength=len(candidates))
        fewest, share = _ALIKE[one.kind]
        enough = common >= np.maximum(fewest, share * np.minimum(len(one.words), lengths))
        return [int(at) for at in candidates[enough]]


@dataclass(frozen=True, slots=True)
class Passages:
    """The sentences of an article with their names, their content words, and which of these are capitalised."""

    spans: tuple[Span, ...]
    names: tuple[frozenset[str], ...]
    words: tuple[frozenset[str], ...]
    capitals: tuple[frozenset[str], ...]

    def at(self, span: Span) -> int | None:
        """The number of the sentence that holds the span."""
        index = bisect_right(self.spans, span.start, key=lambda sentence: sentence.start) - 1
        return index if index >= 0 and self.spans[index].end >= span.end else None


def statements(annotated: Annotated, sentences: Passages, values: Sequence[str]) -> list[Statement]:
    """The article's dated sentences; `values` are what its date expressions are worth (ISO or empty), in order."""
    found: list[Statement] = []
    for index, (one, value) in enumerate(zip(annotated.dates, values, strict=True)):
        slot = _slot(one, value)
        at = sentences.at(one.span)
        if slot is None or at is None or one.zone != "body":
            continue
        kind, key = slot
        iso = value[:10] if kind == "day" else ""
        evidence = sentences.names[at], sentences.words[at], sentences.capitals[at]
        found.append(Statement(annotated.document.id, sentences.spans[at], index, iso, kind, key, *evidence))
    return found


def index_of(groups: Collection[Sequence[Statement]]) -> Index:
    """The index of the statements of a corpus, one group an article. Only days that some open date can be are kept."""
    wanted = {one.slot for group in groups for one in group if not one.iso}
    by_slot: dict[tuple[str, str], list[int]] = defaultdict(list)
    frequency: Counter[str] = Counter()
    dated: list[Statement] = []
    articles = 0
    for group in groups:
        articles += 1
        frequency.update({term for one in group for term in one.names | one.words})
        for one in group:
            if not one.iso:
                continue
            day = date.fromisoformat(one.iso)
            slots = wanted.intersection((f"{day:%m-%d}", f"{day.day:02d}", str(day.isoweekday())))
            for slot in slots:
                for name in one.names | one.capitals:
                    by_slot[slot, name].append(len(dated))
            if slots:
                dated.append(one)
    # A term that two articles share still counts in full: that is what is looked for.
    scale = 0.8 / log(max(articles, 3))
    rarity = [1.0 - scale * log(max(spread - 1, 1)) for spread in range(max(frequency.values(), default=0) + 1)]
    numbers: dict[str, int] = {}
    words = [numbers.setdefault(word, len(numbers)) for one in dated for word in one.words]
    return Index(
        dated,
        by_slot,
        {term: rarity[spread] for term, spread in frequency.items()},
        numbers,
        np.cumsum([0, *(len(one.words) for one in dated)]),
        np.array(words, dtype=np.int64),
    )


def same_happening(index: Index, group: Sequence[Statement]) -> dict[int, list[Match]]:
    """For each open date of an article: the sentences elsewhere that date the same happening, all on one day.

    A date whose best matches fall on different days stays open.
    """
    found: dict[int, list[Match]] = {}
    for one in group:
        if one.iso:
            continue
        matches = index.matches(one)
        if not matches:
            continue
        best = matches[0]
        rivals = [match for match in matches if match.other.iso != best.other.iso]
        if not rivals or best.score >= rivals[0].score * _CLEAR:
            found[one.index] = [match for match in matches if match.other.iso == best.other.iso]
    return found


def _slot(one: DateExpression, value: str) -> tuple[str, str] | None:
    if precision_of(value) in ("day", "minute") and bounds(value) and "1000" <= value[:4] <= "9000":
        return "day", value[5:10]
    if value or "which" in one.operands:
        return None
    if one.form == "month-day" and "day" in one.operands:
        return "month-day", f"{int(one.operands['month']):02d}-{int(one.operands['day']):02d}"
    if one.form == "day-of-month":
        return "day-of-month", f"{int(one.operands['day']):02d}"
    if one.form == "weekday" and one.direction != "future":
        return "weekday", one.operands["weekday"]
    return None


def passages_of(annotated: Annotated) -> Passages:
    """Names and words of the body sentences that hold a date, as read: spun phrases as their likely originals.

    Sentences without a date have neither: they are never compared.
    """
    spans = tuple(sorted(annotated.sentences))
    bare = Passages(spans, (), (), ())
    dated = {at for one in annotated.dates if (at := bare.at(one.span)) is not None}
    named: dict[int, set[str]] = defaultdict(set)
    for mention in annotated.mentions:
        at = bare.at(mention.span)
        if at in dated:
            named[at].add(mention.key or mention.name.casefold())
    zones = [zone for zone in annotated.document.body if zone.reading.runs]
    starts = [zone.reading.runs[0].start for zone in zones]
    words = [frozenset[str]()] * len(spans)
    capitals = [frozenset[str]()] * len(spans)
    for at in dated:
        place = bisect_right(starts, spans[at].start) - 1
        view = zones[place].reading.view_span(spans[at]) if place >= 0 else None
        text = zones[place].reading.text[view[0] : view[1]] if view else ""
        words[at] = stems(text)
        capitals[at] = stems(" ".join(_CAPITAL.findall(text)))
    names = tuple(frozenset(named.get(at, ())) for at in range(len(spans)))
    return Passages(spans, names, tuple(words), tuple(capitals))


def stems(text: str) -> frozenset[str]:
    """The content words of a text, cut to their stems."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word.rstrip("s")[:_STEM] for word in words if word not in _common())


@cache
def _common() -> frozenset[str]:
    return frozenset(str(word) for word in read_tree("date_words.yml")["common"])
