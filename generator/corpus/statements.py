"""One statement in several wordings: quotations of different articles that report the same words.

A statement is translated twice, shortened, or spun; its content words mostly stay. Two quotations are taken
for one statement where the content words of the shorter are mostly among those of the longer, and nothing
holds them apart: two known speakers, or too few words to tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

import msgspec
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from generator.aligned import AlignedText
from generator.corpus.nearness import (
    Numbers,
    Sparse,
    begins,
    distinct,
    falling,
    how_many_in_common,
    in_order,
    numbered,
    pairs_sharing,
)
from generator.corpus.vectors import KEY_BYTES, keys_of
from generator.corpus.wording import Stemmer, numbers_in
from generator.model import Annotated, Article, Link, Quote, ResolvedQuote, Statement

_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?")
# With fewer content words ("we heard it before we saw it") the wording itself is compared, small words and all.
_FEWEST = 4
# Of direct quotations, words in the same order of the shorter one's; fewer words than six are a phrase that anybody may
# use ("we will see what happens"). Where no speaker is known, a word in ten may differ: the other outlet's ear.
_FEWEST_WORDS = 6
_IN_ORDER, _IN_ORDER_UNKNOWN = 0.8, 0.9
# Of one speaker's words in two versions of one story: a spinner swaps about every third word and keeps the order.
_IN_ORDER_RETOLD = 0.6
# A saying that is less than this of the other quotation stands inside it: two thirds is what a cut leaves.
_INSIDE = 0.65
# The share of the shorter quotation's content words that the longer must have. Two translations of one sentence share
# about 60 to 80 per cent of their stems, a spun copy half, two statements on one subject by one speaker under 35.
_SHARED = 0.5
# Where nothing says that the speakers are one, the words alone must carry it.
_SHARED_UNKNOWN = 0.75
# Quotations compared with the ones before them that share a stem; it bounds the pairs where many share one.
_BEFORE = 20
# Quotations with fewer content words than this are compared by their wording too, by runs of this many words.
_SHORT, _RUN = 7, 3
_FNV = np.uint64(0x100000001B3)
# Pairs are looked for by the rarest words of each quotation: two wordings share one of six nearly always.
_RAREST = 6

Keys = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


class Worded(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a quotation is compared by."""

    stems: bytes
    """Of its content words, each once, in order of the alphabet, as numbers of eight bytes each."""
    plain: bytes
    """All its words in order, likewise, of a short direct quotation; empty of others."""
    numbers: frozenset[str]


def align_statements(
    articles: Sequence[Article],
    quotes: Sequence[ResolvedQuote],
    worded: Sequence[Worded] | None = None,
    versions: Sequence[Link] = (),
) -> tuple[Statement, ...]:
    """The statements that at least two articles report, each with the indexes of its quotations in `quotes`.

    In order of the first quotation. Linear in the number of quotations but for the pairs that share a rare word.
    `worded` is what the quotations are compared by, in their order, where it is known. `versions` are the pairs of
    articles that tell one story in one order: there a spinner may have left little of a short quotation.
    """
    retold = {(link.source, link.target) for link in versions} | {(link.target, link.source) for link in versions}
    if worded is None:
        worded = _worded(articles, quotes)
    parent = list(range(len(quotes)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    met: set[int] = set()
    for left, right in _alike(quotes, worded, retold):
        met.update((left, right))
        one, other = root(left), root(right)
        parent[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for at in sorted(met):
        groups[root(at)].append(at)
    return tuple(
        Statement(next((quotes[at].speaker for at in group if quotes[at].speaker_entity), ""), tuple(group))
        for group in groups.values()
        if len({quotes[at].article for at in group}) > 1
    )


def worded_quotes(annotated: Annotated, stemmer: Stemmer) -> tuple[Worded, ...]:
    """What the quotations of an article are compared by, in their order."""
    zones = {zone.paragraph: zone.reading for zone in annotated.document.body}
    return tuple(_wording(quote, zones.get(quote.paragraph), stemmer) for quote in annotated.quotes)


def _worded(articles: Sequence[Article], quotes: Sequence[ResolvedQuote]) -> list[Worded]:
    stemmer = Stemmer()
    zones = {
        (article.id, zone.paragraph): zone.reading for article in articles for zone in article.annotated.document.body
    }
    return [_wording(one.quote, zones.get((one.article, one.quote.paragraph)), stemmer) for one in quotes]


def _wording(quote: Quote, reading: AlignedText | None, stemmer: Stemmer) -> Worded:
    """A quotation as read: spun phrases as their likely originals."""
    view = reading.view_span(quote.span) if reading else None
    text = reading.text[view[0] : view[1]] if reading and view else quote.text
    stems = sorted(set(stemmer.stems(text)))
    short = len(stems) < _SHORT and quote.kind == "direct"
    plain = _WORD.findall(text.lower().replace("’", "'")) if short else ()
    return Worded(keys_of(stems), keys_of(plain), numbers_in(text))


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of quotations."""

    lefts: Numbers
    rights: Numbers
    known: Flags
    """Whether they are of one speaker."""

    def of(self, places: Numbers | Flags) -> _Pairs:
        """Those that stand at these places."""
        return _Pairs(self.lefts[places], self.rights[places], self.known[places])


def _alike(
    quotes: Sequence[ResolvedQuote], worded: Sequence[Worded], retold: Set[tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    """The pairs of quotations that are two wordings of one statement."""
    pairs = _candidates(quotes, worded)
    # "Three people were injured" and "five people were injured" by nobody known are two reports, not one statement.
    counted = np.array([bool(one.numbers) for one in worded], dtype=bool)
    doubtful = np.flatnonzero(~pairs.known & counted[pairs.lefts] & counted[pairs.rights])
    differ = [
        at for at in doubtful.tolist() if _differ(worded[pairs.lefts[at]].numbers, worded[pairs.rights[at]].numbers)
    ]
    pairs = pairs.of(np.delete(np.arange(len(pairs.lefts)), differ))
    stems = _vectors([one.stems for one in worded])
    common = how_many_in_common(stems, pairs.lefts, pairs.rights)
    sizes = np.diff(stems.starts)
    fewer = np.minimum(sizes[pairs.lefts], sizes[pairs.rights])
    sure = (fewer >= _FEWEST) & (common >= np.where(pairs.known, _SHARED, _SHARED_UNKNOWN) * fewer)
    yield from zip(pairs.lefts[sure].tolist(), pairs.rights[sure].tolist(), strict=True)
    # The others are compared by the order of all their words, where they have about as many.
    lengths = _lengths(list(map(attrgetter("plain"), worded)))
    shorter = np.minimum(lengths[pairs.lefts], lengths[pairs.rights])
    longer = np.maximum(lengths[pairs.lefts], lengths[pairs.rights])
    open_ones = np.flatnonzero(~sure & (shorter >= _FEWEST_WORDS) & (shorter >= _INSIDE * longer))
    yield from _ordered(pairs.of(open_ones), common[open_ones] > 0, quotes, worded, retold)


def _ordered(
    pairs: _Pairs,
    alike: Flags,
    quotes: Sequence[ResolvedQuote],
    worded: Sequence[Worded],
    retold: Set[tuple[str, str]],
) -> Iterator[tuple[int, int]]:
    """Those of the pairs that have their words in one order; `alike` says which share a word of content."""
    # Small words alone ("we will not …") are shared by any two sayings, so one word of content must be among them.
    shares = np.where(pairs.known, _IN_ORDER, _IN_ORDER_UNKNOWN)
    for at in np.flatnonzero(pairs.known & alike).tolist() if retold else ():
        if (quotes[pairs.lefts[at]].article, quotes[pairs.rights[at]].article) in retold:
            shares[at] = _IN_ORDER_RETOLD
    parts = [one.plain for one in worded]
    numbers, owners = _each_once(*_joined(parts))
    words = Sparse(np.searchsorted(owners, np.arange(len(parts) + 1)), numbers, np.ones(len(numbers)))
    lengths = _lengths(parts)
    repeated = lengths - np.diff(words.starts)
    needed = shares * np.minimum(lengths[pairs.lefts], lengths[pairs.rights])
    # No more can stand in one order than are in both, and what either repeats.
    most = how_many_in_common(words, pairs.lefts, pairs.rights)
    most += np.minimum(repeated[pairs.lefts], repeated[pairs.rights])
    likely = most >= needed
    plain = cache(lambda at: np.frombuffer(parts[at], dtype="<u8").tolist())
    rest = pairs.of(likely)
    for left, right, enough in zip(rest.lefts.tolist(), rest.rights.tolist(), needed[likely].tolist(), strict=True):
        if LCSseq.similarity(plain(left), plain(right)) >= enough:
            yield left, right


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each of the two has numbers that the other lacks."""
    return bool(one - other and other - one)


def _candidates(quotes: Sequence[ResolvedQuote], worded: Sequence[Worded]) -> _Pairs:
    """Pairs of quotations of different articles that share a rare word or a run, but not those of two speakers."""
    names: dict[str, int] = {"": 0}
    articles, speakers, outlets = (
        _numbered(list(map(attrgetter(name), quotes)), names) for name in ("article", "speaker_entity", "via_entity")
    )
    rarest, of_stems = _rarest([one.stems for one in worded])
    runs, of_runs = _runs([one.plain for one in worded])
    owners = np.concatenate((of_stems, of_runs))
    order = in_order(owners)
    found: list[_Pairs] = []
    keys = np.concatenate((rarest, runs))[order]
    for lefts, rights, _ in pairs_sharing(keys, owners[order], len(worded), _BEFORE):
        known = (speakers[lefts] == speakers[rights]) & (speakers[lefts] != 0)
        two_speakers = (speakers[lefts] != 0) & (speakers[rights] != 0) & ~known
        # An outlet is named as the speaker of what it relays, so what it relays may be the same statement.
        relayed = (speakers[lefts] == outlets[rights]) | (speakers[rights] == outlets[lefts])
        fit = (articles[lefts] != articles[rights]) & (~two_speakers | relayed)
        found.append(_Pairs(lefts, rights, known).of(fit))
    if not found:
        return _Pairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool))
    return _Pairs(*(np.concatenate([getattr(one, name) for one in found]) for name in ("lefts", "rights", "known")))


def _rarest(stems: Sequence[bytes]) -> tuple[Keys, Numbers]:
    """The rarest stems of each quotation that has enough of them, and whose they are."""
    keys, owners = _joined(stems)
    numbers = numbered(keys)
    spread = np.bincount(numbers, minlength=1)[numbers]
    sizes = np.bincount(owners, minlength=1)[owners]
    enough = np.flatnonzero(sizes >= _FEWEST)
    # Of equally rare ones the first in order of the alphabet, in which they stand.
    order = enough[falling(owners[enough], -spread[enough].astype(np.float64))]
    kept = order[np.arange(len(order)) - begins(owners[order]) < _RAREST]
    return keys[kept], owners[kept]


def _runs(plain: Sequence[bytes]) -> tuple[Keys, Numbers]:
    """The runs of words of each short quotation, each run once, and whose they are."""
    keys, owners = _joined(plain)
    runs = np.zeros(max(len(keys) - _RUN + 1, 0), dtype=np.uint64)
    for at in range(_RUN):
        # 64-bit FNV-1a over whole numbers, which wrap around: what meets by chance is compared and found to differ.
        runs = (runs ^ keys[at : at + len(runs)]) * _FNV
    within = np.flatnonzero(owners[: len(runs)] == owners[_RUN - 1 :])
    runs, owners = runs[within], owners[within]
    numbers, owners = _each_once(runs, owners)
    values = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.uint64)
    values[numbered(runs)] = runs
    return values[numbers], owners


def _each_once(keys: Keys, owners: Numbers) -> tuple[Numbers, Numbers]:
    """The keys of each owner as numbers, each once, and whose they are."""
    numbers = numbered(keys)
    bits = len(numbers).bit_length()
    both = distinct(owners << bits | numbers)
    return both & ((1 << bits) - 1), both >> bits


def _joined(parts: Sequence[bytes]) -> tuple[Keys, Numbers]:
    """All keys one after the other, and whose each is."""
    lengths = _lengths(parts)
    keys = np.frombuffer(b"".join(parts), dtype="<u8").astype(np.uint64, copy=False)
    return keys, np.repeat(np.arange(len(parts), dtype=np.int64), lengths)


def _lengths(parts: Sequence[bytes]) -> Numbers:
    """How many keys each has."""
    return np.fromiter(map(len, parts), np.int64, len(parts)) // KEY_BYTES


def _vectors(parts: Sequence[bytes]) -> Sparse:
    keys, owners = _joined(parts)
    starts = np.searchsorted(owners, np.arange(len(parts) + 1)).astype(np.int64)
    return Sparse(starts, numbered(keys), np.ones(len(keys)))


def _numbered(names: Sequence[str], numbers: dict[str, int]) -> Numbers:
    for name in dict.fromkeys(names):
        numbers.setdefault(name, len(numbers))
    return np.fromiter(map(numbers.__getitem__, names), np.int64, len(names))
