"""Lines that stand in many seeds: furniture of the pages that they were copied from.

Of a seed that is as the last build read it, the digests of its lines are known, and the text of those that stood in a
second seed. Another line of it recurs only with a seed that is new, and has its text from there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations

import numpy as np

# A line is furniture where it stands in at least this many stories: two articles may share a line by chance
# (a question, a dateline), three rarely do. Versions of one story, which share its paragraphs, are one.
FURNITURE_SEEDS = 3
# Longer lines that recur are shared paragraphs of versions of one story, not furniture.
FURNITURE_LENGTH = 120
# A sentence from this length on tells something of a story; appeals (`Sign up here.`) are shorter. Lines are wrapped
# here and joined there, so versions of a story are known by their sentences, wherever their lines end.
_TELLING_LENGTH = 50
_STOP = re.compile(r"[.!?。！？]")
_BLANK = re.compile(r"\n[^\S\n]*\n")
# 126 bits: no two are taken for one another. The last two bits of the first byte tell long lines, and sentences.
_BYTES, _LONG, _SENTENCE = 16, 1, 2
# Seeds are versions of one story where they share so many sentences, and more than this part of those of the longer
# one. A notice of the house is a sentence or two, which a short article has beside as many of its own.
_FEWEST_SHARED, _SHARE = 2, 0.5
# A sentence in more seeds than this is a notice of the house: stories do not have so many versions.
_MOST_VERSIONS = 40


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a seed: digests of them and of its sentences; where read, the texts of its short lines."""

    digests: bytes
    texts: Mapping[bytes, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines and sentences of `text`, white space folded, each once."""
        folded = {" ".join(line.split()) for line in text.splitlines()}
        lines = sorted(line for line in folded if line)
        texts = {_digest(line): line for line in lines if len(line) <= FURNITURE_LENGTH}
        long = [
            # A paragraph without a stop is one sentence.
            _digest(line, _LONG if _STOP.search(line) else _LONG | _SENTENCE)
            for line in lines
            if len(line) > FURNITURE_LENGTH
        ]
        blocks = (" ".join(block.split()) for block in _BLANK.split(text))
        pieces = {piece.strip() for block in blocks for piece in _STOP.split(block)}
        sentences = [_digest(piece, _SENTENCE) for piece in sorted(pieces) if len(piece) >= _TELLING_LENGTH]
        return cls(b"".join((*texts, *long, *sentences)), texts)


@dataclass(frozen=True, slots=True)
class Recurring:
    """What recurs in a corpus."""

    furniture: tuple[frozenset[str], ...]
    """Of each seed those of its lines that are furniture."""
    repeated: Mapping[bytes, str]
    """Every line that stands in two seeds or more, by digest."""


def find_recurring(seeds: Sequence[Lines], repeated: Mapping[bytes, str]) -> Recurring:
    """What recurs in `seeds`. `repeated` has the lines that seeds without texts share.

    Raises `KeyError` where it lacks one.
    """
    holding = _holding(seeds)
    texts = dict(repeated)
    for one in seeds:
        texts.update(one.texts)
    shared = {digest: texts[digest] for digest in holding if _is_short(digest)}
    often = [digest for digest in shared if len(holding[digest]) >= FURNITURE_SEEDS]
    furniture: list[set[str]] = [set() for _ in seeds]
    if often:
        story = _stories(seeds, holding)
        for digest in often:
            # Versions of one story are counted once.
            if len({story[at] for at in holding[digest]}) >= FURNITURE_SEEDS:
                for at in holding[digest]:
                    furniture[at].add(shared[digest])
    return Recurring(tuple(map(frozenset, furniture)), shared)


def _holding(seeds: Sequence[Lines]) -> dict[bytes, list[int]]:
    """Of every digest that stands in two seeds or more those seeds, in order."""
    digests = b"".join(one.digests for one in seeds)
    halves = np.frombuffer(digests, dtype=np.uint64).reshape(-1, 2)[:, 0]
    seed_of = np.repeat(np.arange(len(seeds)), [len(one.digests) // _BYTES for one in seeds])
    order = np.argsort(halves)
    same = halves[order[1:]] == halves[order[:-1]]
    # Most stand in one seed; what shares its first half with another may stand in two, and is looked at whole.
    likely = np.zeros(len(halves), dtype=bool)
    likely[order[1:][same]] = likely[order[:-1][same]] = True
    holding: dict[bytes, list[int]] = defaultdict(list)
    for at in np.flatnonzero(likely).tolist():
        holding[digests[at * _BYTES : (at + 1) * _BYTES]].append(int(seed_of[at]))
    return {digest: found for digest, found in holding.items() if len(found) > 1}


def _stories(seeds: Sequence[Lines], holding: Mapping[bytes, Sequence[int]]) -> dict[int, int]:
    """The first seed of the story that each seed tells: copies, and versions with the same paragraphs, tell one."""
    telling = [_telling(one) for one in seeds]
    shared: Counter[tuple[int, int]] = Counter()
    for digest, found in holding.items():
        if digest[0] & _SENTENCE and len(found) <= _MOST_VERSIONS:
            shared.update(combinations(found, 2))
    copies: dict[bytes, int] = {}
    story = {at: copies.setdefault(one.digests, at) for at, one in enumerate(seeds)}
    for (left, right), count in sorted(shared.items()):
        more = max(telling[left], telling[right])
        if count >= _FEWEST_SHARED and count > _SHARE * more:
            first, second = sorted((_first(story, left), _first(story, right)))
            story[second] = first
    return {at: _first(story, at) for at in story}


def _telling(one: Lines) -> int:
    """How many sentences it has that tell something."""
    return int(np.count_nonzero(np.frombuffer(one.digests, dtype=np.uint8)[::_BYTES] & _SENTENCE))


def _first(story: dict[int, int], at: int) -> int:
    """The first seed of the story of the seed `at`; the way there is shortened for the next who asks."""
    while story[at] != at:
        story[at] = story[story[at]]
        at = story[at]
    return at


def _is_short(digest: bytes) -> bool:
    """Whether it is the digest of a line that may be furniture."""
    return not digest[0] & (_LONG | _SENTENCE)


def _digest(text: str, kind: int = 0) -> bytes:
    found = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return bytes([found[0] & ~(_LONG | _SENTENCE) | kind]) + found[1:]
