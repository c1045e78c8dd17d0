"""How the cost of a piece of work grows with its size: what a timed test can promise on any machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

# Twice the text is twice the work where that is linear, four times where it grows by the square. In between lies
# what a machine and its caches add to larger work; what passes three grows faster than the text does.
SQUARE = 3.0
# Under this many seconds the clock's own steps, and what else the machine does, decide a ratio.
_BRIEF = 0.05


def growth(work: Callable[[str], object], unit: str, length: int = 100_000, *, tries: int = 5) -> float:
    """Processor time for 2 · `length` characters of `unit`, by the time for `length`: about 2 where it is linear.

    The least of up to `tries` runs on either side, taken in turn, so that what else the machine does hardly counts;
    a ratio that is linear beyond doubt ends the runs early. Where the double takes less than a twentieth of a second,
    a ratio says nothing and the growth counts as 1.
    """
    long = (unit * (2 * length // len(unit) + 1))[: 2 * length]
    short = long[:length]
    work(short)
    once = twice = float("inf")
    for _ in range(tries):
        once, twice = min(once, _cost(work, short)), min(twice, _cost(work, long))
        if twice < _BRIEF:
            return 1.0
        if twice < 2.5 * once:
            break
    return twice / max(once, 1e-9)


def _cost(work: Callable[[str], object], text: str) -> float:
    gc.collect()
    begin = time.process_time()
    work(text)
    return time.process_time() - begin
