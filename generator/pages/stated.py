"""Which statements two articles both report. What others say of the same statement is no part of the answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from generator.model import Corpus

Told = tuple[tuple[tuple[str, ...], str], ...]
"""Of each statement the texts of the quotes of one article, and that of the first quote of another."""
Stated = Mapping[str, Mapping[int, list[str]]]
"""Article id to the texts of its quotes by the number of their statement."""


def by_article(corpus: Corpus) -> Stated:
    """What each article reports of the statements of a corpus, in their order."""
    stated: defaultdict[str, dict[int, list[str]]] = defaultdict(dict)
    for number, statement in enumerate(corpus.statements):
        for at in statement.quotes:
            quote = corpus.quotes[at]
            stated[quote.article].setdefault(number, []).append(quote.quote.text)
    return stated


def told_in_both(stated: Stated, articles: tuple[str, str]) -> Told | None:
    """What two articles report of the same statements; nothing where there is no such statement."""
    own, theirs = (stated.get(article, {}) for article in articles)
    return tuple((tuple(texts), theirs[at][0]) for at, texts in own.items() if at in theirs) or None
