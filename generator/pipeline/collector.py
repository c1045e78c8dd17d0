"""Python's garbage collector, held still while very many values are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_still() -> Iterator[None]:
    """No garbage collection during the block; what was made in it is not walked through afterwards either.

    Decoding an article makes hundreds of values. None is garbage and none is part of a cycle, but the collector walks
    through all of them again and again as their number grows, which takes four times as long as decoding them does.
    """
    # What the last build left behind, where a process builds again and again.
    gc.unfreeze()
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
