"""Sentences that date something, and which of two articles tell of the same happening.

Two sentences are taken to tell of one happening where their dates can be the same day and they share participants and
wording. Candidates are looked up by date and name, so no article is compared with every other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import repeat
from math import fsum, log

import msgspec
import numpy as np
import numpy.typing as npt

from generator.aligned import Span
from generator.chronology import bounds, precision_of
from generator.corpus.nearness import Sparse, distinct, how_many_in_common, numbered
from generator.corpus.vectors import KEY_BYTES, keys_of
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
    names: bytes
    """As numbers of eight bytes each, like its words and those of them that are capitalised."""
    words: bytes
    capitals: bytes


@dataclass(frozen=True, slots=True)
class Match:
    """A dated sentence of another article that tells of the same happening."""

    statement: Statement
    other: Statement
    score: float


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
        own = (sentences.names[at], sentences.words[at], sentences.capitals[at])
        evidence = (keys_of(sorted(terms)) for terms in own)
        found.append(Statement(annotated.document.id, sentences.spans[at], index, iso, kind, key, *evidence))
    return found


def same_happenings(groups: Sequence[Sequence[Statement]], asked: Sequence[bool]) -> dict[int, dict[int, list[Match]]]:
    """For open dates of the articles that are `asked`: the sentences elsewhere that date the same happening.

    `groups` are the dated sentences of each article. What comes out is by the article's number, then by that of the
    date, and all on one day; best first. A date whose best matches fall on different days stays open.
    """
    found: dict[int, dict[int, list[Match]]] = {}
    for article, one, matches in _matches(groups, asked):
        best = matches[0]
        rivals = [match for match in matches if match.other.iso != best.other.iso]
        if not rivals or best.score >= rivals[0].score * _CLEAR:
            same = [match for match in matches if match.other.iso == best.other.iso]
            found.setdefault(article, {})[one.index] = same
    return found


def _matches(
    groups: Sequence[Sequence[Statement]], asked: Sequence[bool]
) -> Iterator[tuple[int, Statement, list[Match]]]:
    """The open dates for which other articles have dated sentences that tell of the same, with these; best first."""
    every = [one for group in groups for one in group]
    owners = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    opened = np.array([at for at, one in enumerate(every) if not one.iso and asked[owners[at]]], dtype=np.int64)
    if not len(opened):
        return
    terms = _Terms.of(every)
    lefts, rights = _of_one_day(every, opened, terms)
    elsewhere = owners[lefts] != owners[rights]
    lefts, rights = lefts[elsewhere], rights[elsewhere]
    sizes = np.diff(terms.words.starts)
    common = how_many_in_common(terms.words, lefts, rights)
    needed = np.zeros((len(every), 2))
    needed[opened] = [_ALIKE[every[at].kind] for at in opened.tolist()]
    fewest, share = needed[lefts].T
    enough = common >= np.maximum(fewest, share * np.minimum(sizes[lefts], sizes[rights]))
    rarity = _rarity(terms, owners, len(groups))
    found: dict[int, list[Match]] = defaultdict(list)
    for left, right in zip(lefts[enough].tolist(), rights[enough].tolist(), strict=True):
        names = terms.shared(terms.names, left, right)
        score = _NAME_WEIGHT * fsum(rarity[names].tolist())
        score += fsum(rarity[terms.shared(terms.words, left, right)].tolist())
        if score >= (_ENOUGH if len(names) else _ENOUGH_UNNAMED):
            found[left].append(Match(every[left], every[right], score))
    for at, matches in found.items():
        ranked = sorted(matches, key=lambda match: (-match.score, match.other.article, match.other.index))
        yield int(owners[at]), every[at], ranked


@dataclass(frozen=True, slots=True)
class _Terms:
    """The names, words and capitalised words of sentences, all numbered alike."""

    names: Sparse
    words: Sparse
    capitals: Sparse

    @classmethod
    def of(cls, every: Sequence[Statement]) -> _Terms:
        """Those of dated sentences."""
        parts = [[one.names for one in every], [one.words for one in every], [one.capitals for one in every]]
        joined = [b"".join(part) for part in parts]
        numbers = numbered(np.frombuffer(b"".join(joined), dtype="<u8").astype(np.uint64, copy=False))
        ends = np.cumsum([len(part) // KEY_BYTES for part in joined]).tolist()
        return cls(
            *(
                Sparse(
                    np.cumsum([0, *(len(own) // KEY_BYTES for own in part)]),
                    numbers[begin:end],
                    np.ones(end - begin),
                )
                for part, begin, end in zip(parts, [0, *ends[:-1]], ends, strict=True)
            )
        )

    def shared(self, kind: Sparse, left: int, right: int) -> npt.NDArray[np.int64]:
        """The terms of that kind that two sentences share."""
        one, other = (kind.terms[kind.starts[at] : kind.starts[at + 1]] for at in (left, right))
        return np.intersect1d(one, other, assume_unique=True)


def _rarity(terms: _Terms, owners: npt.NDArray[np.int64], articles: int) -> npt.NDArray[np.float64]:
    """1 for a term of one article, falling with the logarithm of how many share it (inverse document frequency)."""
    every = np.concatenate((terms.names.terms, terms.words.terms))
    whose = np.concatenate([np.repeat(owners, np.diff(kind.starts)) for kind in (terms.names, terms.words)])
    bits = len(every).bit_length() + 1
    spread = np.bincount(distinct(whose << bits | every) & ((1 << bits) - 1), minlength=1)
    # A term that two articles share still counts in full: that is what is looked for.
    scale = 0.8 / log(max(articles, 3))
    return np.array([1.0 - scale * log(max(count - 1, 1)) for count in range(int(spread.max()) + 1)])[spread]


def _of_one_day(
    every: Sequence[Statement], opened: npt.NDArray[np.int64], terms: _Terms
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Open dates and the dated sentences that can be of their day and share a name or a capitalised word with them."""
    slots = {slot: at for at, slot in enumerate(sorted({every[at].slot for at in opened.tolist()}))}

    @cache
    def asked(iso: str) -> list[int]:
        day = iso[:10]
        names = (day[5:], day[8:], str(date.fromisoformat(day).isoweekday()))
        return [slots[slot] for slot in names if slot in slots]

    dated: list[int] = []
    places: list[int] = []
    for at, one in enumerate(every):
        if one.iso:
            own = asked(one.iso)
            dated.extend(repeat(at, len(own)))
            places.extend(own)
    bits = len(every).bit_length()
    wanted, whose = _named(terms, opened, np.array([slots[every[at].slot] for at in opened.tolist()], dtype=np.int64))
    offered, theirs = _named(terms, np.array(dated, dtype=np.int64), np.array(places, dtype=np.int64))
    # Those that share a name and a day, list after list, each in order.
    listed = numbered(np.concatenate((wanted, offered)).astype(np.uint64))
    keys = distinct(listed[len(wanted) :] << bits | theirs)
    begins, ends = (
        np.searchsorted(keys, number << bits) for number in (listed[: len(wanted)], listed[: len(wanted)] + 1)
    )
    lengths = np.minimum(ends - begins, _MOST_CANDIDATES)
    until = np.cumsum(lengths)
    at_key = np.arange(int(until[-1]) if len(until) else 0) + np.repeat(begins - until + lengths, lengths)
    pairs = distinct(np.repeat(whose, lengths) << bits | keys[at_key] & ((1 << bits) - 1))
    return pairs >> bits, pairs & ((1 << bits) - 1)


def _named(
    terms: _Terms, numbers: npt.NDArray[np.int64], slots: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The names and capitalised words of sentences with their slots, in one number; and whose each is."""
    found: list[npt.NDArray[np.int64]] = []
    whose: list[npt.NDArray[np.int64]] = []
    bits = (len(terms.names.terms) + len(terms.words.terms) + len(terms.capitals.terms)).bit_length()
    for kind in (terms.names, terms.capitals):
        lengths = np.diff(kind.starts)[numbers]
        places = np.arange(int(lengths.sum())) + np.repeat(kind.starts[numbers] - np.cumsum(lengths) + lengths, lengths)
        found.append(np.repeat(slots, lengths) << bits | kind.terms[places])
        whose.append(np.repeat(numbers, lengths))
    return np.concatenate(found), np.concatenate(whose)


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
