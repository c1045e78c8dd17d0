"""Links between pages: from one page's source to another's, so that MkDocs can follow and validate them."""

from __future__ import annotations

from generator.pages.addresses import Addresses


class Links:
    """Links as seen from the page at `here`, a path relative to site_src/."""

    def __init__(self, addresses: Addresses, here: str) -> None:
        self.here = here
        self._addresses = addresses
        self._up = "../" * here.count("/")

    def to(self, identity: str, paragraph: int | None = None, anchor: str = "") -> str:
        """To the page of the article or entity, to its paragraph or `anchor` where given.

        Raises `KeyError` for an id that has no page.
        """
        return self.page(self._addresses.pages[identity], f"p{paragraph}" if paragraph else anchor)

    def event(self, event: str) -> str:
        """To the page of the event with this id. Raises `KeyError` where it has none."""
        return self.to(f"event/{event}")

    def page(self, path: str, anchor: str = "") -> str:
        """To the page source or file at `path`, relative to site_src/."""
        if path == self.here and anchor:
            return f"#{anchor}"
        return f"{self._up}{path}#{anchor}" if anchor else f"{self._up}{path}"

    def seed(self, article: str) -> str:
        """To the untouched seed of the article."""
        return self.page(self._addresses.seeds[article])

    def has(self, identity: str) -> bool:
        """Whether there is a page for it."""
        return identity in self._addresses.pages
