"""A page comes in stretches: what a line is likely to be depends on all lines before and after it.

Two states, article and page, and how likely a line is one of them given the whole sequence: forward and backward
(Rabiner 1989, "A tutorial on hidden Markov models"). So a run of titles that are each half likely goes as one, and a
short paragraph between two sure ones stays.
"""

from __future__ import annotations

from collections.abc import Sequence

# How likely the next line is of the same kind: two lines in three on the gold pages are, and fewer across a blank line.
_STAYS, _STAYS_ACROSS = 0.7, 0.6
# What a rule took is the page's but for slips; a judgement is never surer than this of a line.
_TAKEN, _LIMIT = 0.97, 0.98
# The second stage has looked at the neighbours already: with half the weight each, debris that is left falls by a tenth
# on pages left out of the learning and no more text is lost; with the whole weight a third more text is.
_SHARE = 0.5


def smoothed(chances: Sequence[float], gaps: Sequence[bool], removed: Sequence[bool]) -> list[float]:
    """How likely each line is furniture, given `chances` of each by itself.

    `gaps` says whether a blank line stands before each line; `removed` which ones a rule took already.
    """
    bounded = [
        _TAKEN if gone else min(max(chance, 1 - _LIMIT), _LIMIT) for chance, gone in zip(chances, removed, strict=True)
    ]
    forward: list[float] = []
    before = 0.5
    for chance, gap in zip(bounded, gaps, strict=True):
        stays = _STAYS_ACROSS if gap else _STAYS
        expected = before * stays + (1 - before) * (1 - stays) if forward else 0.5
        before = _share(expected * chance, (1 - expected) * (1 - chance))
        forward.append(before)
    found = [0.0] * len(bounded)
    page = article = 0.5
    for at in range(len(bounded) - 1, -1, -1):
        found[at] = _share(forward[at] * page, (1 - forward[at]) * article)
        stays = _STAYS_ACROSS if gaps[at] else _STAYS
        both = bounded[at] * page, (1 - bounded[at]) * article
        page, article = both[0] * stays + both[1] * (1 - stays), both[1] * stays + both[0] * (1 - stays)
        total = page + article
        page, article = page / total, article / total
    return [(1 - _SHARE) * chance + _SHARE * whole for chance, whole in zip(chances, found, strict=True)]


def _share(one: float, other: float) -> float:
    return one / (one + other)
