"""Which texts of the engine a reader is told otherwise than in the last build, without telling them all again.

What is told of a text follows from it, from the words of the pages, from the titles of the articles whose ids stand in
it, and, in another language than English, from the names of entities that stand in it: see `Library.said` and
`Library.shown`. A text in which no id and no name stands that is new, gone or retitled is told as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from generator.pages.library import Library
from generator.pages.prints import DIGEST, digest, encode
from generator.pages.wording import english
from generator.recall import Answers, PlainMemory

# To look for so many ids and names takes as long as to tell the texts again.
_MOST = 200


class PlainTexts:
    """What the engine says, as this build tells it and as the last one did."""

    def __init__(self, library: Library, memory: PlainMemory) -> None:
        self._library = library
        self._memory = memory
        words = library.site.words
        self._words = digest(encode(words))
        self._english = words is english()
        self._said: dict[str, str] = {}
        titles = {article: library.title(article) for article in library.articles}
        self._titles = Answers(list(titles), b"".join([digest(title.encode()) for title in titles.values()]))

    def changed(self, texts: Sequence[str]) -> list[int]:
        """The places of those of `texts`, all told in the last build, that may be told otherwise in this one."""
        if self._words != self._memory.words:
            return list(range(len(texts)))
        names: set[str] = set()
        if not self._english:
            names = set(self._memory.names) ^ {entity.name for entity in self._library.corpus.entities}
        articles = {article for article, _ in _titles(self._memory.titles) ^ _titles(self._titles)}
        if len(names) + len(articles) > _MOST:
            return list(range(len(texts)))
        otherwise = self._memory.said
        told = [otherwise.get(text, text) for text in texts] if otherwise else texts
        return sorted({*_holding(texts, names), *_holding(told, articles)})

    def print(self, text: str) -> bytes:
        """The digest of what is told of `text`."""
        self._said[text] = said = self._library.said(text)
        return digest(self._library.shown(said).encode())

    def memory(self, texts: Iterable[str]) -> PlainMemory:
        """What the next build needs to know of `texts`, each of which was told now, or else in the last build."""
        if self._english:
            return PlainMemory(self._words, titles=self._titles)
        before = self._memory.said
        said = ((text, self._said[text] if text in self._said else before.get(text, text)) for text in texts)
        names = [entity.name for entity in self._library.corpus.entities]
        return PlainMemory(self._words, names, self._titles, {text: told for text, told in said if text != told})


def _titles(answers: Answers) -> set[tuple[str, bytes]]:
    digests = answers.digests
    parts = [digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST)]
    return set(zip(cast("list[str]", answers.keys), parts, strict=True))


def _holding(texts: Sequence[str], parts: Iterable[str]) -> list[int]:
    """The places of those of `texts` in which one of `parts` stands."""
    # No text holds a line end where it matters: at worst one is found that none of them has.
    together = "\n".join(texts)
    found = [part for part in parts if part in together]
    return [at for at, text in enumerate(texts) if any(part in text for part in found)] if found else []
