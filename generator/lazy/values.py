"""Values of the model that read what they hold when they are asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol, TypeVar

from generator.lazy.drawer import AHEAD
from generator.lazy.marked import Marked
from generator.lazy.parts import DOCUMENT_PARTS, MARKS
from generator.model import Annotated, Article, Document, Mention, SeedText

# The entities and the quotes of a corpus are made of these, so they stay in memory anyhow once they were asked for.
STAYING = frozenset({"marked", "quotes"})
# Frozen values can be given their attributes in this way alone.
give = object.__setattr__


class Parts(Protocol):
    """Has the parts of articles."""

    def part(self, key: str, name: str) -> Any:
        """The part of an article that the field `name` holds."""

    def bring(self, keys: Iterable[str]) -> None:
        """Have the texts of the articles of `keys` at hand, as far as there is room."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is in an article."""

    characters: int
    """Of the seed."""
    paragraphs: int
    ledger: int
    glosses: int
    sentences: int
    mentions: int
    dates: int
    quotes: int


# Longer than anything that a list shows of a paragraph, and than most titles.
OPENING = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rest of an article is."""

    shelf: Parts
    key: str
    size: int
    counts: Counts
    opening: tuple[str, ...]


def fill(value: Any, place: Place, **known: Any) -> None:
    """Give a value its place and what is known of it."""
    give(value, "place", place)
    for name, one in known.items():
        give(value, name, one)


# Attributes that are not set are asked of `__getattr__`, so what a head holds is as quick to get as from any value.


class LazySeed(SeedText):
    """A seed whose text is read when it is asked for."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        """With all its attributes, as `replace` gives them, it is a plain value."""
        return SeedText(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        if name == "text":
            return self.place.shelf.part(self.place.key, name)
        raise AttributeError(name)

    def __eq__(self, other: object) -> Any:
        return _same(self, other, SeedText)

    __hash__ = SeedText.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        return _plain(self, SeedText)


class LazyDocument(Document):
    """A document whose zones, ledger and glosses are read when they are asked for."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        """With all its attributes, as `replace` gives them, it is a plain value."""
        return Document(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        if name in DOCUMENT_PARTS:
            return self.place.shelf.part(self.place.key, name)
        raise AttributeError(name)

    def __eq__(self, other: object) -> Any:
        return _same(self, other, Document)

    __hash__ = Document.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        return _plain(self, Document)


class LazyAnnotated(Annotated):
    """An article whose sentences, mentions, dates and quotes are read when they are asked for.

    Its mentions stay as numbers (`marked`), and are made anew whenever they are asked for.
    """

    __slots__ = ("marked", "place")
    place: Place
    marked: Marked

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        """With all its attributes, as `replace` gives them, it is a plain value."""
        return Annotated(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        if name == "mentions":
            return self.marked.mentions()
        if name in MARKS:
            value = self.place.shelf.part(self.place.key, name)
            if name in STAYING:
                give(self, name, value)
            return value
        raise AttributeError(name)

    def __eq__(self, other: object) -> Any:
        return _same(self, other, Annotated)

    __hash__ = Annotated.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        return _plain(self, Annotated)


def _same(value: Any, other: object, kind: type[Any]) -> Any:
    if value is other:
        return True
    if not isinstance(other, kind):
        return NotImplemented
    return all(getattr(value, one.name) == getattr(other, one.name) for one in fields(kind))


def _plain(value: Any, kind: type[Any]) -> tuple[Any, ...]:
    return kind, tuple(getattr(value, one.name) for one in fields(kind))


def marked_in(annotated: Annotated) -> Marked:
    """The mentions of an article as numbers."""
    return annotated.marked if isinstance(annotated, LazyAnnotated) else Marked.of(annotated.mentions)


def counts(annotated: Annotated) -> Counts:
    """How much there is in an article, for which its text need not be read."""
    if isinstance(annotated, LazyAnnotated):
        return annotated.place.counts
    document = annotated.document
    return Counts(
        len(document.seed.text),
        len(document.body),
        len(document.ledger),
        len(document.glosses),
        len(annotated.sentences),
        len(annotated.mentions),
        len(annotated.dates),
        len(annotated.quotes),
    )


def opening(document: Document) -> tuple[str, ...]:
    """How the first two paragraphs of the body begin, for which its text need not be read.

    Each is as shown, without white space around it, and cut only where it is longer than the title and `OPENING`.
    """
    if isinstance(document, LazyDocument):
        return document.place.opening
    most = max(OPENING, len(document.title.value))
    return tuple(zone.text.text.strip()[:most] for zone in document.body[:2])


def with_mentions(annotated: Annotated, mentions: tuple[Mention, ...]) -> Annotated:
    """The article with `mentions` in place of its own, each of which stands where one of its own does."""
    if not isinstance(annotated, LazyAnnotated):
        return replace(annotated, mentions=mentions)
    changed: Annotated = object.__new__(LazyAnnotated)
    fill(changed, annotated.place, document=annotated.document, marked=Marked.of(mentions))
    return changed


Holder = TypeVar("Holder", Annotated, Article)


def in_turn(articles: Iterable[Holder]) -> Iterator[Holder]:
    """The same articles in the same order, their texts fetched many at a time: for whoever reads all of those.

    Who asks one article of a corpus after the other, in order of their ids, has the same without it.
    """
    batch: list[Holder] = []
    places: list[Place] = []
    size = 0
    for one in articles:
        annotated = one.annotated if isinstance(one, Article) else one
        batch.append(one)
        if isinstance(annotated, LazyAnnotated):
            places.append(annotated.place)
            size += annotated.place.size
        if size >= AHEAD:
            _bring(places)
            yield from batch
            batch, places, size = [], [], 0
    _bring(places)
    yield from batch


def _bring(places: Sequence[Place]) -> None:
    for shelf in dict.fromkeys(place.shelf for place in places):
        shelf.bring(place.key for place in places if place.shelf is shelf)
