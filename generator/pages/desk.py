"""What a page asks of the corpus, written down: while the answers are the same, so is the page, and it can be kept.

A page that is made at a desk gets nothing but what it asks the desk for, one thing at a time, and the desk notes each
question. The next build works the answers out anew, which costs a fraction of what the pages do, and compares digests.
A page of which no answer differs would ask the same again, first to last, and come out the same: which things a page
depends on need not be said anywhere, and cannot be forgotten. What cannot be asked for fails at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from hashlib import blake2b
from types import NoneType
from typing import Any, cast

import msgspec

from generator.aligned import Span
from generator.model import Annotated, Article, Document, Entity, Event, ResolvedQuote
from generator.pages.addresses import Addresses
from generator.pages.facts import SiteFacts
from generator.pages.library import Company, Library, Paragraphs, Sentence
from generator.recall import PageMemory, Question, Sourced

# Bytes of a digest: that two answers out of a billion have the same one is less likely than a fault of the memory.
_DIGEST = 16
_LOOKED_UP = (
    *("articles", "names", "mentions", "byline_names", "quotes_of", "quotes_by", "quotes_about", "events_of"),
    *("links_of", "statements_of", "references_of", "cited_by", "entities", "events", "neighbours"),
)
_OF_SITE = ("key_points", "citations", "linked", "feeds")


class Desk(Library):
    """The library as a page sees it. It has no corpus: whatever a page is told, it has asked for by name."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.asked: dict[Question, None] = {}
        """The questions since this was last emptied."""
        for name in _LOOKED_UP:
            setattr(self, name, _Answers(self, name))
        self.site = cast("SiteFacts", _Site(self))
        self.addresses = Addresses(_Answers(self, "path"), _Answers(self, "seed"))

    def ask(self, name: str, key: str | tuple[str, ...]) -> Any:
        """The answer, `None` where there is none; the question is noted."""
        self.asked[name, key] = None
        return _ANSWERS[name](self._library, key)

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
        for name in _OF_SITE:
            setattr(self, name, _Answers(desk, name))

    def __getattr__(self, name: str) -> Any:
        return self._desk.ask("site", name)


def _in_library(name: str) -> Callable[[Library, Any], object]:
    return lambda library, key: getattr(library, name).get(key)


def _in_site(name: str) -> Callable[[Library, Any], object]:
    return lambda library, key: getattr(library.site, name).get(key)


_ANSWERS: Mapping[str, Callable[[Library, Any], object]] = {
    **{name: _in_library(name) for name in _LOOKED_UP},
    **{name: _in_site(name) for name in _OF_SITE},
    "path": lambda library, key: library.addresses.pages.get(key),
    "seed": lambda library, key: library.addresses.seeds.get(key),
    "title": lambda library, key: library.title(key) if key in library.articles else None,
    "plain": Library.plain,
    "company": lambda library, key: library.company(key) if key in library.entities else None,
    "site": lambda library, key: getattr(library.site, key),
}


def _source(values: Mapping[str, object], key: Any) -> object:
    return values.source(key) if isinstance(values, Sourced) else values.get(key)


# What is compared in the place of an answer: what it follows from, where that costs less than the answer.
_COMPARED: Mapping[str, Callable[[Library, Any], object]] = {
    **_ANSWERS,
    "linked": lambda library, key: _source(library.site.linked, key),
    "citations": lambda library, key: _source(library.site.citations, key),
}
# Values that stand in many answers and lists.
_SHARED = (Article, Entity, Event, ResolvedQuote)
_PLAIN = (str, int, float, bool, bytes, NoneType)


Origin = Callable[[Annotated], str]
"""Says what a document follows from, where that is known: it takes less to compare than the document."""


def unknown(annotated: Annotated) -> str:
    """What a document follows from where nothing is known of it."""
    return ""


class Keeper:
    """Says which pages of the last build are still right, and remembers what those of this one ask."""

    def __init__(self, library: Library, memory: PageMemory, origin: Origin = unknown) -> None:
        self._library = library
        self._origin = origin
        self._version = memory.version
        self._digests: dict[Question, bytes] = {}
        self._of_value: dict[int, bytes] = {}
        self._fields: dict[type[Any], tuple[str, ...]] = {}
        self._numbers: dict[Question, int] = {}
        self._pages: dict[str, bytes] = {}
        self._shown: dict[str, bytes] = {}
        self._old = memory
        self._changed = frozenset(
            number
            for number, question in enumerate(memory.questions)
            if self._digest(question) != memory.answers[number * _DIGEST : (number + 1) * _DIGEST]
        )

    def keeps(self, path: str, shown: bytes = b"") -> bool:
        """Whether the page at `path` is as it was; it is then remembered further.

        `shown` is the digest of what it shows, where that is not all asked for.
        """
        stored = self._old.pages.get(path)
        if stored is None or self._old.shown.get(path, b"") != shown:
            return False
        numbers = array("I", stored)
        if not self._changed.isdisjoint(numbers):
            return False
        self._note(path, (self._old.questions[number] for number in numbers), shown)
        return True

    def made(self, path: str, asked: Mapping[Question, None], shown: bytes = b"") -> None:
        """Remember what the page at `path` asked, and the digest of what it shows besides."""
        self._note(path, iter(asked), shown)

    def digest_of(self, shown: object) -> bytes:
        """The digest of values that are not asked for by name: of the corpus, or made of such.

        Raises `TypeError` for what is no value, such as a function.
        """
        return _digest(_ENCODER.encode(self._spelt(shown)))

    def memory(self) -> PageMemory:
        """What this build is remembered by."""
        answers = b"".join(map(self._digest, self._numbers))
        return PageMemory(self._version, list(self._numbers), answers, self._pages, self._shown)

    def _note(self, path: str, questions: Iterator[Question], shown: bytes) -> None:
        if shown:
            self._shown[path] = shown
        numbers = self._numbers
        self._pages[path] = array("I", [numbers.setdefault(one, len(numbers)) for one in questions]).tobytes()

    def _digest(self, question: Question) -> bytes:
        found = self._digests.get(question)
        if found is None:
            name, key = question
            answer = _COMPARED[name](self._library, key)
            found = self._of_shared(answer) if _is_shared(answer) else _digest(_ENCODER.encode(answer))
            self._digests[question] = found
        return found

    def _of_shared(self, value: Any) -> bytes:
        """The digest of `value`, which the library holds; it is taken once however many answers it stands in."""
        found = self._of_value.get(id(value))
        if found is None:
            if isinstance(value, tuple):
                # Marked, so that a row of values is not taken for the value that its digests spell.
                found = _digest(b"row" + b"".join(map(self._of_shared, value)))
            elif isinstance(value, Article) and (origin := self._origin(value.annotated)):
                document = value.annotated.document
                of_corpus = (value.published, value.dates, value.publish)
                found = _digest(_ENCODER.encode(("article", origin, document.id, document.seed.name, of_corpus)))
            else:
                found = _digest(_ENCODER.encode(value))
            self._of_value[id(value)] = found
        return found

    def _spelt(self, value: object) -> object:
        """`value` as what can be encoded, with digests in the place of what the library holds."""
        kind: type[Any] = type(value)
        if kind in _PLAIN:
            return value
        if kind in _SHARED:
            return self._of_shared(value)
        if isinstance(value, (tuple, list)):
            return [self._spelt(one) for one in value]
        if isinstance(value, dict):
            # In their order, which a page may show.
            return [(self._spelt(key), self._spelt(one)) for key, one in value.items()]
        if kind not in self._fields:
            self._fields[kind] = tuple(one.name for one in fields(kind))
        return kind.__name__, [self._spelt(getattr(value, name)) for name in self._fields[kind]]


def _is_shared(value: object) -> bool:
    """Whether the library holds `value`, and it stands in many answers: it, or a row of such."""
    while isinstance(value, tuple) and value:
        value = value[0]
    return isinstance(value, _SHARED)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST).digest()


_ENCODER = msgspec.msgpack.Encoder()
