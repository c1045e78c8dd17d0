"""Versions of one story: which names, numbers, dates, quotes and words only one of two articles has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.model import Article, ResolvedQuote
from generator.pages.library import Library, Name, Tie

# A story that a hundred outlets run has a hundred versions: those most alike are told in full, the others named.
DETAILED = 5
# Of each kind of difference, so many; what comes after them is counted.
LISTED = 12
# Pairs of paragraphs whose wording is compared, and words of each: comparing takes the square of the words at worst.
PAIRS = 24
WORDS = 300
# More paragraphs than this are compared no more with each other: their number goes in squared.
PARAGRAPHS = 120

_NUMBER = re.compile(r"(?<![\w.,])\d{1,12}(?:[.,]\d{1,6}){0,4}(?:\s?%|(?![\w]))")
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Only:
    """Something that only one of two articles has; `paragraph` is where (0: outside the body)."""

    text: str
    paragraph: int = 0
    entity: Name | None = None
    quote: ResolvedQuote | None = None
    iso: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One kind of difference."""

    label: str
    here: tuple[Only, ...]
    there: tuple[Only, ...]
    shared: int
    """How many both have."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; `only`: the other version words it otherwise."""

    text: str
    only: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """Two paragraphs that tell the same in different words."""

    here: int
    there: int
    text_here: tuple[Piece, ...]
    text_there: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """Another article that tells the same story, and what differs."""

    link: Tie
    facets: tuple[Facet, ...] = ()
    wordings: tuple[Wording, ...] = ()
    only_here: tuple[int, ...] = ()
    """Numbers of paragraphs that have no like in the other."""
    only_there: tuple[int, ...] = ()
    apart: bool = False
    """No paragraph of one has its like in the other."""
    alike: int = 0
    """Paragraphs that both have word for word."""
    detailed: bool = True


def versions_of(library: Library, ties: Iterable[Tie]) -> tuple[Version, ...]:
    """What each of `ties` (seen from one article, strongest first) changes in the story."""
    return tuple(
        _version(library, tie) if number < DETAILED else Version(tie, detailed=False) for number, tie in enumerate(ties)
    )


def _version(library: Library, tie: Tie) -> Version:
    if any(library.articles[one].publish != "full" for one in (tie.source, tie.target)):
        # What is not published cannot be told from what is not there.
        return Version(tie, detailed=False)
    here, there = _contents(library, tie.source), _contents(library, tie.target)
    pairs = _paired(here, there)
    only_here = tuple(number for number in here if number not in pairs)
    met = set(pairs.values())
    only_there = tuple(number for number in there if number not in met and not _has_like(there[number], here))
    texts, others = _texts(library, tie.source), _texts(library, tie.target)
    changed = [(one, other) for one, other in pairs.items() if texts[one].split() != others[other].split()]
    return Version(
        tie,
        tuple(_facets(library, tie)),
        tuple(_wording(one, other, texts[one], others[other]) for one, other in changed[:PAIRS]),
        only_here,
        only_there,
        not pairs and bool(here) and bool(there),
        len(pairs) - len(changed),
    )


def _facets(library: Library, tie: Tie) -> Iterator[Facet]:
    one, other = library.articles[tie.source], library.articles[tie.target]
    words = library.site.words
    kinds = (
        (words.say("article.differing-names"), _names),
        (words.say("article.differing-numbers"), _numbers),
        (words.say("article.differing-dates"), _dates),
        (words.say("article.differing-quotes"), _quotes),
    )
    for label, find in kinds:
        here, there = find(library, one), find(library, other)
        same = _same_statements(library, one, other) if find is _quotes else {}
        matched = {key for key in here if key in there or same.get(key, "") in there}
        met = {same.get(key, key) for key in matched} | matched
        yield Facet(
            label,
            tuple(found for key, found in here.items() if key not in matched),
            tuple(found for key, found in there.items() if key not in met),
            len(matched),
        )


def _names(library: Library, article: Article) -> dict[str, Only]:
    found: dict[str, Only] = {}
    for mention, entity in library.mentions.get(article.id, ()):
        if mention.zone in ("headline", "body"):
            found.setdefault(entity.id, Only(entity.name, mention.paragraph or 0, entity=entity))
    return found


def _numbers(library: Library, article: Article) -> dict[str, Only]:
    found: dict[str, Only] = {}
    for number, zone in library.paragraphs(article.id).zones.items():
        text = zone.text.text
        dated = [zone.text.view_span(date.span) for date in article.dates if date.paragraph == number]
        for match in _NUMBER.finditer(text):
            if not any(view and view[0] < match.end() and match.start() < view[1] for view in dated):
                found.setdefault(match[0].replace(",", "").replace(" ", ""), Only(match[0].strip(), number))
    return found


def _dates(_: Library, article: Article) -> dict[str, Only]:
    found: dict[str, Only] = {}
    for date in article.dates:
        if date.iso:
            found.setdefault(date.iso, Only(date.surface, date.paragraph or 0, iso=date.iso))
    return found


def _quotes(library: Library, article: Article) -> dict[str, Only]:
    found: dict[str, Only] = {}
    for quote in library.quotes_of.get(article.id, ()):
        if quote.quote.kind == "direct":
            found.setdefault(_quote_key(quote.quote.text), Only(quote.quote.text, quote.quote.paragraph, quote=quote))
    return found


def _quote_key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _same_statements(library: Library, one: Article, other: Article) -> dict[str, str]:
    """Keys of quotes of the one to those of the other that report the same statement in other words."""
    return {
        _quote_key(mine): _quote_key(theirs)
        for texts, theirs in library.same_statements.get((one.id, other.id), ())
        for mine in texts
    }


def _texts(library: Library, article: str) -> dict[int, str]:
    return {number: zone.text.text for number, zone in library.paragraphs(article).zones.items()}


def _contents(library: Library, article: str) -> dict[int, frozenset[str]]:
    zones = library.paragraphs(article).zones
    told = {number: frozenset(_content(zone.reading.text)) for number, zone in zones.items()}
    return {number: words for number, words in list(told.items())[:PARAGRAPHS] if words}


def _content(text: str) -> Iterator[str]:
    # Words of four letters and more and all numbers: short words are common to any two paragraphs.
    return (word for word in text.casefold().split() if len(word) > 3 or word.isdigit())


def _has_like(words: frozenset[str], others: Mapping[int, frozenset[str]]) -> bool:
    return any(_alike(words, other) for other in others.values())


def _alike(words: frozenset[str], other: frozenset[str]) -> bool:
    # Half of the words in common is far beyond what two paragraphs on one subject share, and well below
    # what is left of a paragraph after synonyms were spun into it.
    return len(words & other) * 2 >= len(words)


def _paired(here: Mapping[int, frozenset[str]], there: Mapping[int, frozenset[str]]) -> dict[int, int]:
    """Each paragraph here that has its like there, with the one that shares most words."""
    pairs: dict[int, int] = {}
    for number, words in here.items():
        best = max(there, key=lambda at: (len(words & there[at]), -at), default=0)
        if best and _alike(words, there[best]):
            pairs[number] = best
    return pairs


def _wording(here: int, there: int, one: str, other: str) -> Wording:
    left, right = _WORD.findall(one), _WORD.findall(other)
    if len(left) > WORDS or len(right) > WORDS:
        return Wording(here, there, (Piece(one, only=False),), (Piece(other, only=False),))
    matcher = SequenceMatcher(None, [word.strip() for word in left], [word.strip() for word in right], autojunk=False)
    mine: list[Piece] = []
    theirs: list[Piece] = []
    for tag, low, high, other_low, other_high in matcher.get_opcodes():
        for pieces, words in ((mine, left[low:high]), (theirs, right[other_low:other_high])):
            if words:
                pieces.append(Piece("".join(words), tag != "equal"))
    return Wording(here, there, tuple(mine), tuple(theirs))
