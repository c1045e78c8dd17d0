"""How the cost of a piece of work grows with its size: what a timed test can promise on any machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

# Between linear and square: many small objects cost Python more than in proportion, up to 8 was seen for linear work.
SQUARE = 12


def growth(work: Callable[[str], object], unit: str, length: int = 200_000, *, tries: int = 3) -> float:
    """Processor time for `length` characters of `unit`, by the time for a quarter.

    About 4 where it is linear, 16 where it grows by the square. The best of `tries` on either side, so that what
    else the machine does hardly counts. Where the whole takes less than a tenth of a second, a ratio says nothing
    and the growth counts as 1.
    """
    long = (unit * (length // len(unit) + 1))[:length]
    short = long[: length // 4]
    work(short)
    once = min(_cost(work, short) for _ in range(tries))
    ratio = float("inf")
    for _ in range(tries):
        whole = _cost(work, long)
        if whole < 0.1:
            return 1.0
        ratio = min(ratio, whole / max(once, 1e-9))
        if ratio < 5:
            break
    return ratio


def _cost(work: Callable[[str], object], text: str) -> float:
    gc.collect()
    begin = time.process_time()
    work(text)
    return time.process_time() - begin
