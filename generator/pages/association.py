"""How strongly two names are tied: one measure for the pages of names and for the network."""

from __future__ import annotations

from math import log


def association(together: int, one: int, other: int, total: int) -> float:
    """How little chance explains that two are named together: the log-likelihood ratio (Dunning 1993).

    Of `total` sentences, `one` and `other` name each of them, `together` both. 0 where they meet no more often than
    chance would have it.
    """
    total = max(total, one + other - together)
    if together * total <= one * other:
        return 0.0
    cells = (
        (together, one, other),
        (one - together, one, total - other),
        (other - together, total - one, other),
        (total - one - other + together, total - one, total - other),
    )
    return 2 * sum(seen * log(seen * total / (row * column)) for seen, row, column in cells if seen)
