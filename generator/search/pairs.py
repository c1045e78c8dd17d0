"""Pairs of words side by side, noted as if they were one word: those with too many places to load for a phrase.

The places of "of" and "the" in 10,000 articles are half a megabyte, those of "of the" a sixth of that: nextword indexes
(H. E. Williams, J. Zobel, P. Anderson, 1999) for the few words that need one. Which words do is a list and no count, so
that what is noted of an article depends on nothing but its text.

Of one of them beside any other frequent word only the records are noted in which the two stand so: a bit or two each,
where places would take ten. That is the whole answer to a phrase of two words, and leaves less to a longer one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator.data import read_tree
from generator.search.packing import Numbers, Small
from generator.search.words import terms_of

# Stands in front of two terms with a space between. No word holds it.
PAIR = "+"
# The same of a pair of which only the records are noted.
NEAR = "&"
# Places of a word that stands oftener take more than 250 KB; with what else a phrase loads, more than the 400 KB that a
# question may take. Over 10,000 articles of English news that is "the" alone, at 300,000 places.
HEAVY = 200_000
# Words in fewer articles need no pair: the texts of those are looked at, or the few places loaded. As in the client.
MANY_ARTICLES = 1500


@cache
def common_terms() -> frozenset[str]:
    """The terms of the commonest words of each language."""
    return frozenset(
        term for words in read_tree("common_words.yml").values() for word in words for _, term in terms_of(str(word))
    )


def common_pairs(
    terms: Small, records: Small, places: Small, numbers: Mapping[str, int]
) -> tuple[Numbers, Numbers, list[str]]:
    """Where two common terms stand side by side, which pair each is, and the pairs as terms.

    Comes in: the number of the term, the record and the place of every word, in the order in which they stand; the
    number of each term, counted from 0. Goes out: places in these arrays, of the first of two; numbers from 0; names.
    """
    names = list(numbers)
    held = _common(numbers)[terms]
    at = np.flatnonzero(held[:-1] & held[1:] & _side_by_side(records, places))
    keys, which = np.unique(terms[at].astype(np.int64) * len(names) + terms[at + 1], return_inverse=True)
    return at, which.reshape(-1), _named(PAIR, keys, names)


def near_pairs(
    terms: Small,
    records: Small,
    places: Small,
    numbers: Mapping[str, int],
    articles: int,
    *,
    heavy: int = HEAVY,
    many: int = MANY_ARTICLES,
) -> tuple[Numbers, Numbers, list[str]]:
    """In which records a word of more than `heavy` places stands beside one in more than `many` articles.

    Comes in as for `common_pairs`, the `articles` being the first records. Goes out: records; which pair stands in
    each, from 0; the pairs as terms. Those that `common_pairs` gives are left out.
    """
    often = np.bincount(terms, minlength=len(numbers))
    weighty = often > heavy
    if not weighty.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), []
    names = list(numbers)
    asked = (records < articles) & (often > many)[terms]
    held = _each_once(terms[asked].astype(np.int64) << 32 | records[asked])
    frequent = np.bincount(held >> 32, minlength=len(numbers)) > many
    common = _common(numbers)
    first, second = terms[:-1], terms[1:]
    wanted = (weighty[first] & frequent[second]) | (frequent[first] & weighty[second])
    wanted &= ~(common[first] & common[second]) & _side_by_side(records, places)
    at = np.flatnonzero(wanted)
    keys, which = np.unique(first[at].astype(np.int64) * len(names) + second[at], return_inverse=True)
    cells = _each_once(which.reshape(-1) << 32 | records[at])
    return cells & 0xFFFFFFFF, cells >> 32, _named(NEAR, keys, names)


def _each_once(numbers: Numbers) -> Numbers:
    """`numbers` in order, each once. numpy's own way over a table takes four times as long for millions."""
    ordered = np.sort(numbers)
    once: Numbers = ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)]]
    return once


def _common(numbers: Mapping[str, int]) -> NDArray[np.bool_]:
    common = np.zeros(len(numbers), dtype=bool)
    common[[numbers[term] for term in common_terms() if term in numbers]] = True
    return common


def _side_by_side(records: Small, places: Small) -> NDArray[np.bool_]:
    side_by_side: NDArray[np.bool_] = (records[1:] == records[:-1]) & (places[1:] == places[:-1] + 1)
    return side_by_side


def _named(mark: str, keys: Numbers, names: list[str]) -> list[str]:
    return [f"{mark}{names[key // len(names)]} {names[key % len(names)]}" for key in keys.tolist()]
