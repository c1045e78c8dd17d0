"""Pairs of very common words, noted as if they were one word.

The places of "of" and "the" in 10,000 articles are half a megabyte, those of "of the" a sixth of that: nextword indexes
(H. E. Williams, J. Zobel, P. Anderson, 1999) for the few words that need one. Which words do is a list and no count, so
that what is noted of an article depends on nothing but its text.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from generator.data import read_tree
from generator.search.packing import Numbers
from generator.search.words import terms_of

# Stands in front of two terms with a space between. No word holds it.
PAIR = "+"


@cache
def common_terms() -> frozenset[str]:
    """The terms of the commonest words of each language."""
    return frozenset(
        term for words in read_tree("common_words.yml").values() for word in words for _, term in terms_of(str(word))
    )


def common_pairs(
    terms: Numbers, records: Numbers, places: Numbers, numbers: Mapping[str, int]
) -> tuple[Numbers, Numbers, list[str]]:
    """Where two common terms stand side by side, which pair each is, and the pairs as terms.

    Comes in: the number of the term, the record and the place of every word, in the order in which they stand; the
    number of each term, counted from 0. Goes out: places in these arrays, of the first of two; numbers from 0; names.
    """
    names = list(numbers)
    common = np.zeros(len(names), dtype=bool)
    common[[numbers[term] for term in common_terms() if term in numbers]] = True
    held = common[terms]
    side_by_side = (records[1:] == records[:-1]) & (places[1:] == places[:-1] + 1)
    at = np.flatnonzero(held[:-1] & held[1:] & side_by_side)
    keys, which = np.unique(terms[at] * len(names) + terms[at + 1], return_inverse=True)
    pairs = [f"{PAIR}{names[key // len(names)]} {names[key % len(names)]}" for key in keys.tolist()]
    return at, which.reshape(-1), pairs
