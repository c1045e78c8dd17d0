"""Versions: articles that are the same text, nearly the same, or the same story in other words.

Three fingerprints, each with an index, so that no article is compared with every other:

- the words of the body, for exact duplicates;
- MinHash over runs of five words with banding (Broder 1997; Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*,
  chapter 3), for near-duplicates, checked against the true Jaccard coefficient. It is worked out on numpy here: the
  kept library for it, datasketch, would bring scipy along, which is larger than everything else together;
- the names and numbers in their order, which a spinner or a translator of synonyms keeps, for spun copies. Checked by
  their longest common subsequence (rapidfuzz).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice, pairwise
from typing import Literal
from zlib import crc32

import numpy as np
from rapidfuzz.distance import LCSseq

from generator.model import Article, Link

_WORD = re.compile(r"\w+")
_ANCHOR = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE_END = frozenset('.!?:“”"‘’')

# Runs of five words: shorter ones are shared by chance in news, longer ones do not outlive small edits.
_RUN = 5
# 64 hashes in 16 bands of 4 rows: pairs with half their runs in common meet with 64 %, with 0.7 with 99 %.
_BANDS, _ROWS = 16, 4
_NEAR = 0.5
# From here on the differences are those of a clean-up or of a correction, not of an edit.
_SAME = 0.9
# Runs hashed at once: 64 times as many numbers of eight bytes are 4 MB, which a processor's cache holds.
_AT_ONCE = 8192
# Names and numbers compared at most: comparing two lists takes time by the product of their lengths, and a transcript
# that agrees in its first 4,000 names agrees.
_MOST_ANCHORS = 4000
# Texts below this have too few runs or names for chance to be ruled out.
_FEWEST_RUNS = 20
_FEWEST_ANCHORS = 12
# A feature that more articles share than this says nothing about versions; it also bounds the work per article.
_MOST_SHARED = 30
# Two reports of one happening share up to a third of their pairs of neighbouring names, spun copies two thirds or more.
_ANCHOR_PAIRS = 0.5
# Follow-ups of one agency share their background and have up to two thirds of their names in the same order; spun
# copies, clipped copies included, have four fifths.
_ANCHOR_ORDER = 0.75
# The prime 2^61 - 1 of the usual universal hash family does not fit 64-bit products; 2^31 - 1 does.
_PRIME = np.uint64((1 << 31) - 1)


@dataclass(frozen=True, slots=True)
class _Print:
    article: str
    digest: str
    runs: frozenset[int]
    anchors: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]


def find_versions(articles: Sequence[Article]) -> tuple[Link, ...]:
    """Pairs of articles that are versions of one story, one link a pair, from the id that sorts first.

    `kind` is `duplicate` (same text, or all but) or `version`; `weight` is the share in common, 0 to 1; `reason` says
    what the two have in common. In order of source and target.
    """
    prints = [_print(article) for article in sorted(articles, key=lambda article: article.id)]
    links: dict[tuple[str, str], Link] = {}
    for pair, link in (*_exact(prints), *_near(prints), *_spun(prints)):
        links.setdefault(pair, link)
    return tuple(links[pair] for pair in sorted(links))


def _print(article: Article) -> _Print:
    document = article.annotated.document
    words = [word.lower() for zone in document.body for word in _WORD.findall(zone.text.text)]
    hashes = [crc32(word.encode("utf-8", "surrogatepass")) for word in words]
    runs = frozenset(_mix(hashes[at : at + _RUN]) for at in range(len(hashes) - _RUN + 1))
    every = (anchor for zone in document.body for anchor in _anchors(zone.reading.text))
    anchors = tuple(islice(every, _MOST_ANCHORS))
    digest = sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest() if words else ""
    return _Print(article.id, digest, runs, anchors, frozenset(pairwise(anchors)))


def _mix(hashes: Sequence[int]) -> int:
    mixed = 0
    for one in hashes:
        mixed = (mixed * 1_000_003 ^ one) & 0x7FFFFFFF
    return mixed


def _anchors(text: str) -> Iterator[str]:
    """Numbers, and capitalised words that do not merely open a sentence."""
    for match in _ANCHOR.finditer(text):
        word = match[0]
        if word[0].isdigit():
            yield word
        elif word[0].isupper() and len(word) > 1:
            before = text[: match.start()].rstrip()[-1:] if match.start() < 3 else text[match.start() - 2]
            if match.start() and before not in _SENTENCE_END:
                yield word.removesuffix("’s").removesuffix("'s").lower()


def _pair(left: _Print, right: _Print) -> tuple[str, str]:
    return (left.article, right.article) if left.article < right.article else (right.article, left.article)


def _exact(prints: Iterable[_Print]) -> Iterator[tuple[tuple[str, str], Link]]:
    groups: dict[str, list[_Print]] = defaultdict(list)
    for one in prints:
        if one.digest:
            groups[one.digest].append(one)
    for group in groups.values():
        # Each copy is tied to the first: copies of copies need no links of their own.
        for other in group[1:]:
            pair = _pair(group[0], other)
            yield pair, Link(*pair, "the same text, word for word", 1.0, "duplicate")


def _near(prints: Sequence[_Print]) -> Iterator[tuple[tuple[str, str], Link]]:
    long_enough = [one for one in prints if len(one.runs) >= _FEWEST_RUNS]
    by_band: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    # Fixed multipliers and offsets of the hash family: the same corpus has the same fingerprints on every machine.
    dice = np.random.default_rng(20_240_214)
    factors = dice.integers(1, int(_PRIME), size=(_BANDS * _ROWS, 1), dtype=np.uint64)
    offsets = dice.integers(0, int(_PRIME), size=(_BANDS * _ROWS, 1), dtype=np.uint64)
    seen: set[tuple[int, int]] = set()
    for number, one in enumerate(long_enough):
        runs = np.fromiter(one.runs, dtype=np.uint64, count=len(one.runs))
        smallest = np.full(_BANDS * _ROWS, _PRIME, dtype=np.uint64)
        for at in range(0, len(runs), _AT_ONCE):
            hashes = (runs[at : at + _AT_ONCE] * factors + offsets) % _PRIME
            smallest = np.minimum(smallest, hashes.min(axis=1))
        for band in range(_BANDS):
            bucket = by_band[band, smallest[band * _ROWS : (band + 1) * _ROWS].tobytes()]
            for other in bucket[-_MOST_SHARED:]:
                if (other, number) not in seen:
                    seen.add((other, number))
                    yield from _compared(long_enough[other], one)
            bucket.append(number)


def _compared(left: _Print, right: _Print) -> Iterator[tuple[tuple[str, str], Link]]:
    share = len(left.runs & right.runs) / len(left.runs | right.runs)
    if share < _NEAR:
        return
    kind: Literal["duplicate", "version"] = "duplicate" if share >= _SAME else "version"
    pair = _pair(left, right)
    yield pair, Link(*pair, f"{share:.0%} of the text is the same, in runs of five words", round(share, 4), kind)


def _spun(prints: Sequence[_Print]) -> Iterator[tuple[tuple[str, str], Link]]:
    named = [one for one in prints if len(one.anchors) >= _FEWEST_ANCHORS]
    by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(named):
        shared: dict[int, int] = defaultdict(int)
        for pair in one.pairs:
            for other in by_pair[pair][-_MOST_SHARED:]:
                shared[other] += 1
            by_pair[pair].append(number)
        for other, count in sorted(shared.items()):
            smaller = min(len(one.pairs), len(named[other].pairs))
            if count >= _ANCHOR_PAIRS * smaller:
                yield from _in_order(named[other], one)


def _in_order(left: _Print, right: _Print) -> Iterator[tuple[tuple[str, str], Link]]:
    length = min(len(left.anchors), len(right.anchors))
    common = LCSseq.similarity(left.anchors, right.anchors)
    if common < _FEWEST_ANCHORS or common < _ANCHOR_ORDER * length:
        return
    pair = _pair(left, right)
    reason = f"{common} of {length} names and numbers stand in the same order: one story in other words"
    yield pair, Link(*pair, reason, round(common / length, 4), "version")
