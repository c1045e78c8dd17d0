"""Which articles tell by their dates and names what they told in the last corpus, for a process that builds again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from generator.corpus.resolve import Meaning
from generator.model import Article

Given = TypeVar("Given")
Made = TypeVar("Made")


class Mark:
    """What stages take of an article; the very object of the last corpus where nothing of it differs."""

    __slots__ = ("_article", "_made", "_meant")

    def __init__(self, article: Article, meant: bytes) -> None:
        """`meant` says what the mentions of the article mean."""
        self._article, self._meant = article, meant
        self._made: dict[str, Any] = {}

    def holds(self, article: Article, meant: bytes) -> bool:
        """Whether it marks this article as it is now."""
        own = self._article
        return (
            own.annotated is article.annotated
            and self._meant == meant
            and own.dates == article.dates
            and own.published == article.published
        )

    def once(self, name: str, make: Callable[[Given], Made], given: Given) -> Made:
        """What `make` makes under that name of the article, its dates and meanings, and of nothing else."""
        if name not in self._made:
            self._made[name] = make(given)
        made: Made = self._made[name]
        return made


class Marks:
    """Marks articles, and remembers the marks of the last corpus."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._last: dict[str, Mark] = {}

    def of(self, articles: Sequence[Article], meant: Meaning) -> list[Mark]:
        """The marks of the articles, which stand in order of their ids."""
        before, self._last = self._last, {}
        for article, own in zip(articles, meant.numbered(self._numbers), strict=True):
            known = before.get(article.id)
            self._last[article.id] = known if known and known.holds(article, own) else Mark(article, own)
        return list(self._last.values())
