"""What the corpus stages share about words: sentences with their readings, stems, and lists of words.

Stems are those of the Snowball English stemmer (Porter 2), by `snowballstemmer`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec
import snowballstemmer  # type: ignore[import-untyped] # has no type information of its own

from generator.aligned import Span
from generator.data import read_tree
from generator.model import Annotated, Entity, Zone

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
Placement = tuple[int, int, str]
"""A mention of an entity: its start and its end in the seed, and the id of the entity."""

# A word longer than this is no word; stemming it would cost more than it tells.
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of `event_words.yml`, lower case."""

    speech: frozenset[str]
    light: frozenset[str]
    auxiliary: frozenset[str]
    irregular: frozenset[str]
    not_verbs: frozenset[str]
    markers: frozenset[str]
    breaks: frozenset[str]
    leads: frozenset[str]
    date_leads: frozenset[str]
    planning: frozenset[str]
    event_nouns: frozenset[str]
    pronouns: frozenset[str]
    prepositions: frozenset[str]
    count_nouns_ignored: frozenset[str]
    stopwords: frozenset[str]


@cache
def spelled() -> Mapping[str, str]:
    """Numbers as words to figures, to twelve; from "two" on, since "one" is more often a pronoun than a number."""
    return {word: str(value) for value, word in enumerate(read_tree("date_words.yml")["numbers"]) if 2 <= value <= 12}


@cache
def word_lists() -> WordLists:
    """The word lists of the package."""
    return WordLists(**{name: frozenset(str(words).split()) for name, words in read_tree("event_words.yml").items()})


class Stemmer:
    """Content words of texts as stems. Keeps what it has worked out; make one per stage and corpus."""

    def __init__(self) -> None:
        self._stem = snowballstemmer.stemmer("english").stemWord
        self._stopwords = word_lists().stopwords
        self._known: dict[str, str] = {}

    def stems(self, text: str) -> list[str]:
        """The stems of the content words of a text, in order; numbers and stop words are left out."""
        found: list[str] = []
        for match in _WORD.finditer(text):
            word = match[0].lower()
            stem = self._known.get(word)
            if stem is None:
                stem = self._known[word] = self._work_out(word)
            if stem:
                found.append(stem)
        return found

    def _work_out(self, word: str) -> str:
        bare = word.replace("’", "'").removesuffix("'s")
        if bare in self._stopwords or len(bare) < 2 or len(bare) > _LONGEST_WORD or bare.isdigit():
            return ""
        return str(self._stem(bare))


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A body sentence. `start` and `end` are view offsets into the texts of `zone`."""

    article: str
    paragraph: int
    span: Span
    zone: Zone
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence as shown."""
        return self.zone.text.text[self.start : self.end]

    @property
    def reading(self) -> str:
        """The sentence as read: spun phrases as their likely originals."""
        view = self.zone.reading.view_span(self.span)
        return self.zone.reading.text[view[0] : view[1]] if view else self.text


def sentences_of(annotated: Annotated) -> tuple[Sentence, ...]:
    """The body sentences of an article in order; those that are not in the shown text are left out."""
    found: list[Sentence] = []
    zones = [zone for zone in annotated.document.body if zone.text.runs]
    starts = [zone.text.runs[0].start for zone in zones]
    for span in annotated.sentences:
        place = bisect_right(starts, span.start) - 1
        if place < 0:
            continue
        zone = zones[place]
        view = zone.text.view_span(span)
        if view is not None and zone.paragraph is not None:
            found.append(Sentence(annotated.document.id, zone.paragraph, span, zone, *view))
    return tuple(found)


def entity_mentions(entities: Iterable[Entity]) -> Mapping[str, Sequence[Placement]]:
    """Article id to its mentions of entities, in order of place."""
    found: dict[str, list[Placement]] = {}
    for entity in entities:
        for located in entity.mentions:
            span = located.mention.span
            found.setdefault(located.article, []).append((span.start, span.end, entity.id))
    for mentions in found.values():
        mentions.sort()
    return found


def mentions_within(mentions: Sequence[Placement], starts: Sequence[int], span: Span) -> list[Placement]:
    """Those of the mentions that lie inside a seed span; they are in order of place, and begin at `starts`."""
    end = span.end
    low = bisect_left(starts, span.start)
    return [one for one in mentions[low : bisect_left(starts, end, low)] if one[1] <= end]


def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text, in figures whether they are spelled out or not."""
    figures = spelled()
    return frozenset(
        figures.get(word, word)
        for word in (match[0].lower().replace(",", "") for match in _NUMBER.finditer(text))
        if word[0].isdigit() or word in figures
    )


def listed(names: Sequence[str]) -> str:
    """Names as a phrase: `a`, `a and b`, `a, b and c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
