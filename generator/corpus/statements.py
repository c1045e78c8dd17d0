"""One statement in several wordings: quotations of different articles that report the same words.

A statement is translated twice, shortened, or spun; its content words mostly stay. Two quotations are taken
for one statement where the content words of the shorter are mostly among those of the longer, and nothing
holds them apart: two known speakers, or too few words to tell.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np
from rapidfuzz.distance import LCSseq

from generator.aligned import AlignedText
from generator.corpus.nearness import Numbers, pairs_before
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
# Pairs are looked for by the rarest words of each quotation: two wordings share one of six nearly always.
_RAREST = 6


class Worded(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a quotation is compared by."""

    stems: frozenset[str]
    """Of its content words."""
    plain: tuple[str, ...]
    """All its words in order, of a short direct quotation; empty of others."""
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

    for left, right in _candidates(quotes, worded):
        if root(left) == root(right):
            continue
        one, other = quotes[left], quotes[right]
        known = bool(one.speaker_entity) and one.speaker_entity == other.speaker_entity
        in_versions = known and (one.article, other.article) in retold
        if _same(worded[left], worded[right], known=known, retold=in_versions):
            parent[max(root(left), root(right))] = min(root(left), root(right))
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(quotes)):
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
    stems = frozenset(stemmer.stems(text))
    short = len(stems) < _SHORT and quote.kind == "direct"
    plain = tuple(_WORD.findall(text.lower().replace("’", "'"))) if short else ()
    return Worded(stems, plain, numbers_in(text))


def _candidates(quotes: Sequence[ResolvedQuote], worded: Sequence[Worded]) -> Iterator[tuple[int, int]]:
    """Pairs of quotations of different articles that share a rare word or a run, but not those of two speakers.

    Those are left out whose words cannot be of one statement, whoever said them.
    """
    spread = Counter(stem for one in worded for stem in one.stems)
    holders: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(worded):
        if len(one.stems) >= _FEWEST:
            for stem in sorted(one.stems, key=lambda stem: (spread[stem], stem))[:_RAREST]:
                holders[stem].append(at)
        for run in {" ".join(one.plain[start : start + _RUN]) for start in range(len(one.plain) - _RUN + 1)}:
            holders[run].append(at)
    numbers: dict[str, int] = {"": 0}
    articles = _numbered((one.article for one in quotes), numbers)
    speakers = _numbered((one.speaker_entity for one in quotes), numbers)
    outlets = _numbered((one.via_entity for one in quotes), numbers)
    stems = [one.stems for one in worded]
    sizes = np.array([len(own) for own in stems], dtype=np.int64)
    plain = np.array([len(one.plain) for one in worded], dtype=np.int64)
    stems = [one.stems for one in worded]
    sizes = np.array([len(own) for own in stems], dtype=np.int64)
    plain = np.array([len(one.plain) for one in worded], dtype=np.int64)
    for ones, others in pairs_before(holders.values(), len(worded), _BEFORE):
        two_speakers = (speakers[ones] != 0) & (speakers[others] != 0) & (speakers[ones] != speakers[others])
        # An outlet is named as the speaker of what it relays, so what it relays may be the same statement.
        relayed = (speakers[ones] == outlets[others]) | (speakers[others] == outlets[ones])
        fit = (articles[ones] != articles[others]) & (~two_speakers | relayed)
        lefts, rights = ones[fit], others[fit]
        # What is cheap to see of all at once is seen first, since one in ten or less goes on.
        known = (speakers[lefts] == speakers[rights]) & (speakers[lefts] != 0)
        fewer = np.minimum(sizes[lefts], sizes[rights])
        enough = np.where(fewer >= _FEWEST, np.where(known, _SHARED, _SHARED_UNKNOWN) * fewer, np.inf)
        shorter, longer = np.minimum(plain[lefts], plain[rights]), np.maximum(plain[lefts], plain[rights])
        of_a_length = (shorter >= _FEWEST_WORDS) & (shorter >= _INSIDE * longer)
        for left, right, needed, alike in zip(
            lefts.tolist(), rights.tolist(), enough.tolist(), of_a_length.tolist(), strict=True
        ):
            if alike or len(stems[left] & stems[right]) >= needed:
                yield left, right


def _numbered(names: Iterable[str], numbers: dict[str, int]) -> Numbers:
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def _same(left: Worded, right: Worded, *, known: bool, retold: bool) -> bool:
    """Whether two wordings are of one statement; `known`: by one speaker, `retold`: and in versions of one story."""
    # "Three people were injured" and "five people were injured" by nobody known are two reports, not one statement.
    if not known and left.numbers - right.numbers and right.numbers - left.numbers:
        return False
    common = len(left.stems & right.stems)
    fewer = min(len(left.stems), len(right.stems))
    if fewer >= _FEWEST and common >= (_SHARED if known else _SHARED_UNKNOWN) * fewer:
        return True
    # Small words alone ("we will not …") are shared by any two sayings, so one word of content must be among them.
    if retold and common and _in_order(left.plain, right.plain, _IN_ORDER_RETOLD):
        return True
    return _in_order(left.plain, right.plain, _IN_ORDER if known else _IN_ORDER_UNKNOWN)


def _in_order(left: tuple[str, ...], right: tuple[str, ...], share: float) -> bool:
    fewer, more = min(len(left), len(right)), max(len(left), len(right))
    if fewer < _FEWEST_WORDS or fewer < _INSIDE * more:
        return False
    return LCSseq.similarity(left, right) >= share * fewer
