"""What one process keeps from build to build: `briefing serve` builds again and again, and need not begin afresh.

Nothing in it changes what comes out. Every value is held with what it was made of, and made anew where that is another;
it is in the memory of this process alone, and gone with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

Value = TypeVar("Value")


class Session:
    """Values by name; of each name the last one."""

    def __init__(self, *, lasting: bool = True) -> None:
        """`lasting` says whether there will be another build: without one nothing is worth keeping for it."""
        self.lasting = lasting
        self._held: dict[str, tuple[object, object]] = {}

    def hold(self, name: str, made_of: object, make: Callable[[], Value]) -> Value:
        """The value of that name, as `make` gave it when it was last `made_of` this, or as it gives it now.

        `made_of` is compared by equality, so it says all that the value follows from, and nothing changes it later.
        """
        known = self._held.get(name)
        if known is None or known[0] != made_of:
            # The old value goes before the new one comes: both may be large.
            self._held.pop(name, None)
            known = self._held[name] = (made_of, make())
        return cast("Value", known[1])
