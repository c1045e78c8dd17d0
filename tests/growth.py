"""How the cost of a piece of work grows with its size: what a timed test can promise on any machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def growth(work: Callable[[str], object], unit: str, length: int = 100_000, *, tries: int = 3) -> float:
    """Processor time for 2 · `length` characters of `unit`, by the time for `length`: about 2 where it is linear.

    The best of `tries` on either side, so that what else the machine does hardly counts. Where the double takes
    less than a twentieth of a second, a ratio says nothing and the growth counts as 1.
    """
    long = (unit * (2 * length // len(unit) + 1))[: 2 * length]
    short = long[:length]
    work(short)
    ratio = float("inf")
    for _ in range(tries):
        once, twice = _cost(work, short), _cost(work, long)
        if twice < 0.05:
            return 1.0
        ratio = min(ratio, twice / max(once, 1e-9))
        if ratio < 2.5:
            break
    return ratio


def _cost(work: Callable[[str], object], text: str) -> float:
    gc.collect()
    begin = time.process_time()
    work(text)
    return time.process_time() - begin
