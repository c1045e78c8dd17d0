"""The words of the index as bytes, forwards to look them up and backwards to find typos near their beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

from generator.search.inverted import Inverted
from generator.search.packing import Blobs, Numbers, batches, ordered, varints, woven
from generator.search.pairs import NEAR, PAIR

# Before packing, which takes off half.
WORDS_SHARD = 16_000
# A word begins with at most so many letters of the one before: their number takes one byte to say.
_SHARED = 100
# What is offered as a correction. Typos are forgiven in words of five letters and up, so no shorter ones; numbers that
# differ in a figure are other numbers; letters beyond the basic plane have no typing errors known; nor names and pairs.
_CORRECTABLE = re.compile(rf"(?![={PAIR}{NEAR}])[^0-9\ud800-\U0010ffff]{{4,}}")
# Words whose letters are compared at a time; a block of them takes some megabytes.
_AT_ONCE = 1 << 13


def dictionary(inverted: Inverted) -> Iterator[tuple[str, bytes]]:
    """Shards of words as they stand in texts, each with the number of its postings and in how many records it is.

    A stem that no text has as a word stands behind `~`: it is looked up when another word with this stem is asked for.
    """
    bare = [number for number, term in enumerate(inverted.terms) if inverted.surfaces.get(term) != number]
    words = [*inverted.surfaces, *(f"~{inverted.terms[number]}" for number in bare)]
    sequence = ordered(words)
    numbers = np.array([*inverted.surfaces.values(), *bare], dtype=np.int64)[sequence]
    words = [words[at] for at in sequence]
    shards = list(batches([len(word.encode()) // 2 + 4 for word in words], WORDS_SHARD))
    begins = [start for start, _ in shards]
    steps = np.diff(numbers, prepend=0)
    steps[begins] = numbers[begins]
    # Small where it is near zero, and of either sign.
    signed = np.where(steps >= 0, steps * 2, -steps * 2 - 1)
    columns = [*_front_coded(words, begins), Blobs(*varints(signed)), Blobs(*varints(inverted.counts[numbers]))]
    return _shards(words, shards, woven(columns))


def backwards(surfaces: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Shards of those words that are offered as a correction, turned round."""
    turned = [surface[::-1] for surface in surfaces if _CORRECTABLE.fullmatch(surface)]
    turned = [turned[at] for at in ordered(turned)]
    shards = list(batches([len(word.encode()) // 2 + 2 for word in turned], WORDS_SHARD))
    return _shards(turned, shards, woven(_front_coded(turned, [start for start, _ in shards])))


def _shards(words: Sequence[str], shards: Sequence[tuple[int, int]], coded: Blobs) -> Iterator[tuple[str, bytes]]:
    ends = [0, *coded.ends.tolist()]
    for start, end in shards:
        yield words[start], coded.content[ends[start] : ends[end]]


def _front_coded(words: Sequence[str], begins: Sequence[int]) -> list[Blobs]:
    """Of each of `words` how many letters it shares with the one before, how long the rest is, and the rest.

    Those at `begins` share none.
    """
    shared = _shared(words)
    shared[begins] = 0
    rests = [word[letters:].encode() for word, letters in zip(words, shared.tolist(), strict=True)]
    sizes = list(map(len, rests))
    return [
        Blobs(shared.astype(np.uint8).tobytes(), np.arange(1, len(words) + 1)),
        Blobs(*varints(sizes)),
        Blobs(b"".join(rests), np.array(list(accumulate(sizes)), dtype=np.int64)),
    ]


def _shared(words: Sequence[str]) -> Numbers:
    """With how many letters each word begins like the one before; never cut between surrogates."""
    shared = np.zeros(len(words), dtype=np.int64)
    for start in range(1, len(words), _AT_ONCE):
        some = words[start - 1 : start + _AT_ONCE]
        letters = np.array(some, dtype=f"U{_SHARED + 1}").view(np.uint32).reshape(len(some), -1)
        same = (letters[1:] == letters[:-1]) & (letters[1:] < 0xD800)
        same[:, _SHARED] = False
        # Behind the end of both nothing differs either.
        lengths = np.fromiter(map(len, some), np.int64, len(some))
        shared[start : start + len(some) - 1] = np.minimum(same.argmin(axis=1), np.minimum(lengths[1:], lengths[:-1]))
    return shared
