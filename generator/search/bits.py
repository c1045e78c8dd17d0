"""Millions of numbers as codes of as many bits as they need, all at once; `web/src/bytes.js` reads them.

Distances between records or places are near to geometric, which Rice's code fits (R. F. Rice, 1979); how often a word
stands in a text is small as a rule, which Elias' gamma code fits (P. Elias, 1975).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.search.packing import Blobs, Numbers

# From here on the high part of a number in Rice's code is gamma coded: where records cluster, one step over the years
# between is a thousand times the mean, and would take as many bits.
ESCAPE = 8
# The mean of a geometric distribution times this, rounded down to a power of two, is Rice's parameter: the logarithm of
# two, as a fraction that a browser computes exactly alike.
_LOG2 = (11, 16)


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of numbers: parallel arrays."""

    bits: NDArray[np.uint64]
    lengths: Numbers
    """How many of the lowest bits count."""


def gamma(numbers: Numbers) -> Codes:
    """Numbers from 1: as many zeros as follow digits behind the first, then the number in binary."""
    return Codes(numbers.astype(np.uint64), 2 * _digits(numbers) - 1)


def rice(numbers: Numbers, parameters: Numbers) -> Codes:
    """Numbers from 0, below two to the 28th: the high part as so many ones and a zero, then `parameters` low bits."""
    bits = np.empty(len(numbers), dtype=np.uint64)
    lengths = np.empty(len(numbers), dtype=np.int64)
    for block in _blocks(len(numbers)):
        bits[block], lengths[block] = _rice(numbers[block], parameters[block])
    return Codes(bits, lengths)


def _rice(numbers: Numbers, parameters: Numbers) -> tuple[Numbers, Numbers]:
    high = numbers >> parameters
    head = (1 << np.minimum(high, ESCAPE) + 1) - 2
    lengths = high + 1 + parameters
    # Eight ones and the gamma code of what is left.
    many = np.flatnonzero(high >= ESCAPE)
    if len(many):
        rest = high[many] - ESCAPE + 1
        long = 2 * _digits(rest) - 1
        head[many] = (2**ESCAPE - 1 << long) | rest
        lengths[many] = ESCAPE + long + parameters[many]
    return head << parameters | numbers & (1 << parameters) - 1, lengths


def parameter(span: Numbers, count: Numbers) -> Numbers:
    """Rice's parameter for `count` numbers that add up to `span`."""
    return _digits(np.maximum(span * _LOG2[0] // (np.maximum(count, 1) * _LOG2[1]), 1)) - 1


def packed(codes: Codes, ends: Numbers) -> Blobs:
    """Blobs of codes, the highest bit first: blob i holds the codes up to `ends[i]`, and begins at a whole byte."""
    if not len(ends):
        return Blobs(b"", np.zeros(0, dtype=np.int64))
    codes_ends = np.concatenate([[0], np.cumsum(codes.lengths)])
    bit_ends = codes_ends[ends]
    byte_ends = np.cumsum(-(-np.diff(bit_ends, prepend=0) // 8))
    counts = np.diff(ends, prepend=0)
    moved = np.concatenate([[0], byte_ends[:-1]]) * 8 - np.concatenate([[0], bit_ends[:-1]])
    ats = codes_ends[:-1] + np.repeat(moved, counts)
    total = int(byte_ends[-1])
    words = np.zeros(total // 8 + 2, dtype=np.uint64)
    for block in _blocks(len(ats)):
        _write(words, codes.bits[block], codes.lengths[block], ats[block])
    return Blobs(words.astype(">u8").tobytes()[:total], byte_ends)


def _write(words: NDArray[np.uint64], bits: NDArray[np.uint64], lengths: Numbers, ats: Numbers) -> None:
    """Put codes into `words` of 64 bits, each where `ats` says, in order."""
    word = ats >> 6
    # Where the code ends, counted from the end of its word: negative where it reaches into the next.
    left = 64 - (ats & 63) - lengths
    over = np.flatnonzero(left < 0)
    here = bits << np.maximum(left, 0).astype(np.uint64)
    here[over] = bits[over] >> (-left[over]).astype(np.uint64)
    first = np.flatnonzero(np.concatenate([[True], word[1:] != word[:-1]]))
    words[word[first]] |= np.bitwise_or.reduceat(here, first)
    words[word[over] + 1] |= bits[over] << (64 + left[over]).astype(np.uint64)


def _blocks(count: int) -> Iterator[slice]:
    """Stretches small enough to stay in a processor's cache from one step to the next: twice as fast as all at once."""
    return (slice(start, start + _BLOCK) for start in range(0, count, _BLOCK))


def _digits(numbers: Numbers) -> Numbers:
    """How many binary digits each number has; numbers from 1 to 2 to the 53rd."""
    if len(numbers) and numbers.max() < len(_DIGITS):
        return _DIGITS[numbers]
    return np.frexp(numbers.astype(np.float64))[1].astype(np.int64)


_DIGITS: Numbers = np.frexp(np.arange(1 << 16, dtype=np.float64))[1].astype(np.int64)
_BLOCK = 1 << 16
