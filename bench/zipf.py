"""Draws as words and names are used: a few again and again, most hardly ever."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Zipf:
    """Draws from a list, the k-th entry with weight 1/(k + offset) (Zipf's law; with an offset, Mandelbrot's)."""

    values: tuple[str, ...]
    sums: tuple[float, ...]

    @classmethod
    def over(cls, values: Sequence[str], offset: int = 0) -> Zipf:
        """Draws from `values`, the commonest first."""
        return cls(tuple(values), tuple(accumulate(1 / (rank + offset) for rank in range(1, len(values) + 1))))

    def draw(self, dice: random.Random) -> str:
        """One of them."""
        return self.values[bisect(self.sums, dice.random() * self.sums[-1])]

    def draws(self, dice: random.Random, count: int) -> list[str]:
        """So many of them."""
        return dice.choices(self.values, cum_weights=self.sums, k=count)


def distinct(count: int, make: Callable[[], str]) -> list[str]:
    """The first `count` different values that `make` gives."""
    names: dict[str, None] = {}
    while len(names) < count:
        names[make()] = None
    return list(names)
