"""Pages of lists, kept like those of single things: by what they show, and by what their templates ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.pages.desk import Desk
from generator.pages.keeper import Keeper
from generator.pages.library import Library


class Shelf:
    """The library as whatever makes lists sees it: all of it, but a page that shows what it showed is not made again.

    What a page shows is handed to its template, and worked out in every build; what the template looks up besides, it
    asks a desk for.
    """

    def __init__(self, library: Library, desk: Desk, keeper: Keeper) -> None:
        self._library = library
        self._desk = desk
        self._keeper = keeper
        self.kept: set[str] = set()
        """Paths of the pages that were not made again."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def page(self, here: str, shown: object, fill: Callable[[Library], bytes]) -> bytes:
        """The page at `here` that `fill` makes of what is `shown`; nothing where it is as it was, see `kept`."""
        digest = self._keeper.digest_of(here, shown)
        if self._keeper.keeps(here, digest):
            self.kept.add(here)
            return b""
        self._desk.asked = {}
        page = fill(self._desk)
        self._keeper.made(here, self._desk.asked, digest)
        return page


def put(library: Library, here: str, shown: object, fill: Callable[[Library], bytes]) -> bytes:
    """What `fill` makes of what is `shown` and of the library; nothing where that is a `Shelf` that keeps `here`."""
    return library.page(here, shown, fill) if isinstance(library, Shelf) else fill(library)
