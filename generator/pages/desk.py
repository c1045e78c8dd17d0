"""What a page asks of the corpus, written down: while the answers are the same, so is the page, and it can be kept.

A page that is made at a desk gets nothing but what it asks the desk for, one thing at a time, and the desk notes each
question. The next build works the answers out anew, which costs a fraction of what the pages do, and compares digests.
A page of which no answer differs would ask the same again, first to last, and come out the same: which things a page
depends on need not be said anywhere, and cannot be forgotten. What cannot be asked for fails at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from generator.aligned import Span
from generator.model import Document
from generator.pages.addresses import Addresses
from generator.pages.company import Company
from generator.pages.facts import SiteFacts
from generator.pages.library import Library, Paragraphs, Sentence
from generator.pages.questions import LOOKED_UP, OF_SITE, answers_about
from generator.recall import Question, Sourced


class Desk(Library):
    """The library as a page sees it. It has no corpus: whatever a page is told, it has asked for by name."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._answers: dict[str, Callable[[Any], object]] = {}
        self._sourced = {name: values for name in OF_SITE if isinstance(values := getattr(library.site, name), Sourced)}
        self._last: dict[str, tuple[Any, ...]] = {}
        self.asked: dict[Question, None] = {}
        """The questions since this was last emptied."""
        for name in LOOKED_UP:
            setattr(self, name, _Answers(self, name))
        self.site = cast("SiteFacts", _Site(self))
        self.addresses = Addresses(_Answers(self, "path"), _Answers(self, "seed"))

    def ask(self, name: str, key: str | tuple[str, ...]) -> Any:
        """The answer, `None` where there is none; the question is noted."""
        if name in self._sourced:
            return self._ask_further(name, cast("str", key))
        self.asked[name, key] = None
        return self._answer(name, key)

    def _ask_further(self, name: str, key: str) -> Any:
        """The answer, and noted is what it follows from."""
        self.asked.update(dict.fromkeys(self._sourced[name].questions(key)))
        # Templates ask whether there is one, then what it is, and to make it takes long.
        if self._last.get(name, ("",))[0] != key:
            self._last[name] = key, self._answer(name, key)
        return self._last[name][1]

    def _answer(self, name: str, key: str | tuple[str, ...]) -> Any:
        answer = self._answers.get(name)
        if answer is None:
            answer = self._answers[name] = answers_about(self._library, name)
        return answer(key)

    def document(self, article: str) -> Document:
        """The document of the article."""
        return self.articles[article].annotated.document

    def title(self, article: str) -> str:
        """The article's title."""
        return cast("str", self.ask("title", article))

    def plain(self, text: str) -> str:
        """`text` of the engine for a reader."""
        return cast("str", self.ask("plain", text))

    def company(self, entity: str) -> tuple[Company, ...]:
        """Who is named in the same sentences as the entity."""
        return cast("tuple[Company, ...]", self.ask("company", entity))

    def paragraphs(self, article: str) -> Paragraphs:
        """The article's body, ready to look sentences up in."""
        # They follow from the article alone.
        self.ask("articles", article)
        return self._library.paragraphs(article)

    def sentence(self, article: str, span: Span, paragraph: int | None) -> Sentence | None:
        """The sentence of the article around `span`."""
        return self.paragraphs(article).sentence(span, paragraph)


class _Answers(Mapping[Any, Any]):
    """A mapping of which a page can ask what stands under a key, and nothing about all keys together."""

    def __init__(self, desk: Desk, name: str) -> None:
        self._desk = desk
        self._name = name

    def __getitem__(self, key: Any) -> Any:
        found = self._desk.ask(self._name, key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        found = self._desk.ask(self._name, key)
        return default if found is None else found

    def __contains__(self, key: object) -> bool:
        return self._desk.ask(self._name, cast("str", key)) is not None

    def __iter__(self) -> Iterator[Any]:
        raise TypeError(self._name)

    def __len__(self) -> int:
        raise TypeError(self._name)


class _Site:
    """The facts of the site: mappings by key, everything else whole."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        for name in OF_SITE:
            setattr(self, name, _Answers(desk, name))

    def __getattr__(self, name: str) -> Any:
        return self._desk.ask("site", name)
