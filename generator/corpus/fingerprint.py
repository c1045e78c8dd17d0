"""Versions: articles that are the same text, nearly the same, or the same story in other words.

Three fingerprints, each with an index, so that no article is compared with every other:

- the words of the body, for exact duplicates;
- MinHash over runs of five words (by rensa) with banding (Broder 1997; Leskovec, Rajaraman, Ullman, *Mining of Massive
  Datasets*, chapter 3), for near-duplicates, checked against the true Jaccard coefficient. The better known library,
  datasketch, would bring scipy along, which is larger than everything else together;
- the names and numbers in their order, which a spinner or a translator of synonyms keeps, for spun copies. Checked by
  their longest common subsequence (rapidfuzz).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import Literal
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq
from rensa import RMinHash  # type: ignore[import-untyped] # has no type information of its own

from generator.corpus.nearness import shared_keys
from generator.model import Article, Document, Link

_WORD = re.compile(r"\w+")
# Words in small letters are passed over by the pattern itself, and so is what follows a hyphen in them.
_ANCHOR = re.compile(r"\d+(?:[.,]\d+)*|(?<!\w)(?<![^\W\d_][’'-])[^\W\d_a-z][^\W\d_]*(?:[’'-][^\W\d_]+)*")
_SENTENCE_END = frozenset('.!?:“”"‘’')

# Runs of five words: shorter ones are shared by chance in news, longer ones do not outlive small edits.
_RUN = 5
# 64 hashes in 16 bands of 4 rows: pairs with half their runs in common meet with 64 %, with 0.7 with 99 %.
_BANDS, _ROWS = 16, 4
_NEAR = 0.5
# From here on the differences are those of a clean-up or of a correction, not of an edit.
_SAME = 0.9
# Any number; a fixed one, so that a corpus has the same fingerprints on every machine.
_SEED = 20_240_214
# Names and numbers compared at most: comparing two lists takes time by the product of their lengths, and a transcript
# that agrees in its first 4,000 names agrees.
_MOST_ANCHORS = 4000
# Texts below this have too few runs or names for chance to be ruled out.
_FEWEST_RUNS = 20
_FEWEST_ANCHORS = 12
# Two reports of one happening share up to a third of their pairs of neighbouring names, spun copies two thirds or more.
_ANCHOR_PAIRS = 0.5
# Follow-ups of one agency share their background and have up to two thirds of their names in the same order; spun
# copies, clipped copies included, have four fifths.
_ANCHOR_ORDER = 0.75
# A run's hash is 31 bits of a polynomial over the hashes of its words, so that products fit 64 bits.
_MIX, _LOW = np.uint64(1_000_003), np.uint64(0x7FFFFFFF)
_FNV = np.uint64(0x100000001B3)


class Print(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The fingerprints of one article, as small as they can be kept: a corpus holds as many as articles."""

    article: str
    digest: str
    """Of the words of the body; empty where there are none."""
    runs: bytes
    """Hashes of the runs of five words, each once, in order; four bytes each."""
    anchors: bytes
    """Hashes of the names and numbers in their order; four bytes each."""
    bands: bytes
    """Keys under which near-duplicates meet; eight bytes each, none where the text is too short for them."""
    neighbours: bytes
    """Each pair of neighbouring names and numbers once, in order; eight bytes each, none where there are too few."""


def find_versions(articles: Iterable[Article], prints: Iterable[Print] | None = None) -> tuple[Link, ...]:
    """Pairs of articles that are versions of one story, one link a pair, from the id that sorts first.

    `kind` is `duplicate` (same text, or all but) or `version`; `weight` is the share in common, 0 to 1; `reason` says
    what the two have in common. In order of source and target. `prints` are the articles' fingerprints where they are
    known.
    """
    if prints is None:
        prints = (fingerprint(article.annotated.document) for article in articles)
    ordered = sorted(prints, key=lambda one: one.article)
    links: dict[tuple[str, str], Link] = {}
    for pair, link in (*_exact(ordered), *_near(ordered), *_spun(ordered)):
        links.setdefault(pair, link)
    return tuple(links[pair] for pair in sorted(links))


def fingerprint(document: Document) -> Print:
    """The fingerprints of a document's body."""
    words = [word for zone in document.body for word in _WORD.findall(zone.text.text.lower())]
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    hashes = np.fromiter(map(crc32, encoded), dtype=np.uint64, count=len(encoded))
    runs = np.zeros(max(len(hashes) - _RUN + 1, 0), dtype=np.uint64)
    for at in range(_RUN):
        runs = (runs * _MIX ^ hashes[at : at + len(runs)]) & _LOW
    every = (anchor for zone in document.body for anchor in _anchors(zone.reading.text))
    anchors = [crc32(anchor.encode("utf-8", "surrogatepass")) for anchor in islice(every, _MOST_ANCHORS)]
    digest = sha256(b" ".join(encoded)).hexdigest() if words else ""
    distinct = np.unique(runs)
    named = np.array(anchors, dtype=np.uint64)
    return Print(
        document.id,
        digest,
        distinct.astype("<u4").tobytes(),
        named.astype("<u4").tobytes(),
        _bands(distinct).astype("<u8").tobytes() if len(distinct) >= _FEWEST_RUNS else b"",
        _neighbours(named).astype("<u8").tobytes() if len(named) >= _FEWEST_ANCHORS else b"",
    )


def _numbers(stored: bytes) -> npt.NDArray[np.uint64]:
    return np.frombuffer(stored, dtype="<u4").astype(np.uint64)


def _keys(stored: bytes) -> npt.NDArray[np.uint64]:
    return np.frombuffer(stored, dtype="<u8").astype(np.uint64, copy=False)


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


def _exact(prints: Iterable[Print]) -> Iterator[tuple[tuple[str, str], Link]]:
    groups: dict[str, list[Print]] = defaultdict(list)
    for one in prints:
        if one.digest:
            groups[one.digest].append(one)
    for group in groups.values():
        # Each copy is tied to the first: copies of copies need no links of their own.
        for other in group[1:]:
            pair = (group[0].article, other.article)
            yield pair, Link(*pair, "the same text, word for word", 1.0, "duplicate")


def _near(prints: Sequence[Print]) -> Iterator[tuple[tuple[str, str], Link]]:
    long_enough = [one for one in prints if one.bands]
    for lefts, rights, _ in shared_keys([_keys(one.bands) for one in long_enough]):
        for left, right in zip(lefts.tolist(), rights.tolist(), strict=True):
            yield from _compared(long_enough[left], long_enough[right])


def _bands(runs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A key for each band: its smallest hashes, mixed, with the band's number."""
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(runs, [0, len(runs)], _BANDS * _ROWS, _SEED)
    smallest = np.array(matrix.to_rows()[0], dtype=np.uint64)
    mixed = np.arange(_BANDS, dtype=np.uint64)
    for row in range(_ROWS):
        # 64-bit FNV-1a over whole numbers, which wrap around: what meets by chance is compared and found to differ.
        mixed = (mixed ^ smallest[row::_ROWS]) * _FNV
    return mixed


def _compared(left: Print, right: Print) -> Iterator[tuple[tuple[str, str], Link]]:
    one, other = _numbers(left.runs), _numbers(right.runs)
    common = len(np.intersect1d(one, other, assume_unique=True))
    share = common / (len(one) + len(other) - common)
    if share < _NEAR:
        return
    kind: Literal["duplicate", "version"] = "duplicate" if share >= _SAME else "version"
    pair = (left.article, right.article)
    yield pair, Link(*pair, f"{share:.0%} of the text is the same, in runs of five words", round(share, 4), kind)


def _spun(prints: Sequence[Print]) -> Iterator[tuple[tuple[str, str], Link]]:
    named = [one for one in prints if one.neighbours]
    pairs = [_keys(one.neighbours) for one in named]
    sizes = np.array([len(own) for own in pairs])
    for lefts, rights, counts in shared_keys(pairs):
        enough = counts >= _ANCHOR_PAIRS * np.minimum(sizes[lefts], sizes[rights])
        for left, right in zip(lefts[enough].tolist(), rights[enough].tolist(), strict=True):
            yield from _in_order(named[left], named[right])


def _neighbours(anchors: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Each pair of neighbouring names once, both hashes in one number."""
    return np.unique(anchors[:-1] << np.uint64(32) | anchors[1:])


def _in_order(left: Print, right: Print) -> Iterator[tuple[tuple[str, str], Link]]:
    one, other = _numbers(left.anchors).tolist(), _numbers(right.anchors).tolist()
    length = min(len(one), len(other))
    common = LCSseq.similarity(one, other)
    if common < _FEWEST_ANCHORS or common < _ANCHOR_ORDER * length:
        return
    pair = (left.article, right.article)
    reason = f"{common} of {length} names and numbers stand in the same order: one story in other words"
    yield pair, Link(*pair, reason, round(common / length, 4), "version")
