"""How strongly two names are tied: one measure for the pages of names and for the network."""

from __future__ import annotations

from math import floor, log, log2

from generator.corpus.vectors import steady

# The ratio that chance reaches in one pair of ten (chi-square, one degree of freedom).
CHANCE = 2.706


def association(together: int, one: int, other: int, total: int) -> float:
    """How little chance explains that two are named together: the log-likelihood ratio (Dunning 1993).

    Of about `total` sentences, `one` and `other` name each of them, `together` both. 0 where they meet no more often
    than chance would have it. The total is taken as a power of two, so that a tie stays as it is while articles come
    that name neither; where it is half as much again, two of five ties are a step stronger, and two in a hundred of
    the first twelve of a name are others.
    """
    total = max(steady(total), one + other - together)
    if together * total <= one * other:
        return 0.0
    cells = (
        (together, one, other),
        (one - together, one, total - other),
        (other - together, total - one, other),
        (total - one - other + together, total - one, total - other),
    )
    ratio = 0.0
    # Tens of thousands of times: `sum` of a generator takes twice as long.
    for seen, row, column in cells:
        if seen:
            ratio += seen * log(seen * total / (row * column))
    return 2 * ratio


def strength(ratio: float) -> int:
    """`ratio` as a whole number that does not move with every article of the corpus: two steps for each doubling.

    Chance alone reaches 1 in about one pair of ten, 2 in one of twenty, 5 in one of a thousand; 0 is less than that.
    """
    return 1 + floor(2 * log2(ratio / CHANCE)) if ratio >= CHANCE else 0
