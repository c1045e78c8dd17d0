"""Articles as vectors of what they name and of their words, weighed by how rare each is in the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from math import log

import msgspec
import numpy as np

from generator.corpus.nearness import Sparse, begins, falling, numbered
from generator.corpus.wording import Stemmer
from generator.lazy.named import named_in
from generator.model import Document, Entity

# The words that tell most about an article.
_TOP_WORDS = 40
# People and organisations say more about what two articles share than the countries in them.
_TYPE_WEIGHT = {"person": 1.5, "organization": 1.2, "event": 1.2, "place": 0.8}
# A word as a number: among a billion of them two are the same by chance once in forty times.
KEY_BYTES = 8

_SPACES = re.compile(r"[\W_]+")


class Words(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The content words of an article's body as read, and those of its title."""

    stems: bytes
    """Their stems in order of the alphabet, as numbers of eight bytes each."""
    counts: bytes
    """How often each stands there, four bytes each."""
    title: tuple[str, ...]
    """The stems of its title."""


def words_of(document: Document, stemmer: Stemmer) -> Words:
    """The content words of a document's body, and those of its title."""
    counts: dict[str, int] = {}
    for zone in document.body:
        for stem in stemmer.stems(zone.reading.text):
            counts[stem] = counts.get(stem, 0) + 1
    ordered = sorted(counts)
    keys = keys_of(ordered)
    title = tuple(sorted(set(stemmer.stems(plain_title(document.title.value)))))
    return Words(keys, np.array([counts[stem] for stem in ordered], dtype="<u4").tobytes(), title)


def share_held(stems: Sequence[str], words: Words) -> float:
    """How large a part of `stems` stands in the body of an article with these words; 0 of none."""
    body = {words.stems[at : at + KEY_BYTES] for at in range(0, len(words.stems), KEY_BYTES)}
    return sum(keys_of((stem,)) in body for stem in stems) / len(stems) if stems else 0.0


def keys_of(words: Iterable[str]) -> bytes:
    """Words as numbers of eight bytes each, which take less time and room to compare, join and keep."""
    return b"".join([blake2b(word.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest() for word in words])


def plain_title(title: str) -> str:
    """A title in small letters without marks."""
    return _SPACES.sub(" ", title).strip().casefold()


def word_vectors(words: Sequence[Words]) -> Sparse:
    """Each article's words that tell most, of length 1."""
    terms = np.frombuffer(b"".join(one.stems for one in words), dtype="<u8")
    counts = np.frombuffer(b"".join(one.counts for one in words), dtype="<u4").astype(np.int64)
    owners = np.repeat(np.arange(len(words)), np.array([len(one.counts) // 4 for one in words], dtype=np.int64))
    numbers = numbered(terms.astype(np.uint64, copy=False))
    spread = np.bincount(numbers, minlength=1)
    # Tables by `math`, since an array's logarithm may differ in the last place from one machine to the next.
    rarity = np.array([_rarity(articles, len(words)) for articles in range(int(spread.max(initial=0)) + 1)])
    often = np.array([0.0, *(1 + log(count) for count in range(1, int(counts.max(initial=0)) + 1))])
    weights = often[counts] * rarity[spread[numbers]]
    # Where words weigh the same, the first in order of the alphabet.
    order = falling(owners, weights)
    kept = order[np.arange(len(order)) - begins(owners[order]) < _TOP_WORDS]
    return Sparse.unit(owners[kept], numbers[kept], weights[kept], len(words))


def name_vectors(number: Mapping[str, int], entities: Sequence[Entity]) -> Sparse:
    """What each article names, of length 1: the number of an entity in `entities` is its term.

    `number` gives the number of an article by its id.
    """
    named = named_in(entities)
    articles = np.array([number.get(own, -1) for own in named.ids], dtype=np.int64)[named.article]
    # The agency of the credit line and the author of the byline do not make two stories kin.
    kin = named.said(lambda kind: kind.zone in ("body", "headline")) & (articles >= 0)
    every = articles[kin] * max(len(entities), 1) + named.entity[kin]
    keys, counts = np.unique(every, return_counts=True)
    terms = keys % max(len(entities), 1)
    spread = np.bincount(terms, minlength=len(entities))
    rarity = np.array([_rarity(int(n), len(number)) for n in range(int(spread.max(initial=0)) + 1)])[spread]
    rarity = rarity * np.array([_TYPE_WEIGHT[entity.type] for entity in entities])
    often = np.array([0.0, *(1 + log(count) for count in range(1, int(counts.max(initial=0)) + 1))])
    return Sparse.unit(keys // max(len(entities), 1), terms, often[counts] * rarity[terms], len(number))


def steady(count: int) -> int:
    """The power of two nearest to `count`, 1 for 0: what follows from it stays as it is while a corpus grows a little.

    Counts of 6 to 11 are 8.
    """
    spare = max(count.bit_length() - 1, 0)
    return max(count + (1 << spare >> 1) >> spare << spare, 1)


def _rarity(spread: int, articles: int) -> float:
    # Smoothed inverse document frequency: what every article of a small corpus shares still counts for something. Of
    # steady counts: with exact ones each article more weighs all others anew, and turns round the order in which they
    # are told and what they share. Of the eight nearest 98 in 100 are the same.
    return log(1 + steady(articles) / steady(spread))
