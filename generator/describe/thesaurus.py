"""Rare words where everyday ones are usual: the mark of a spinner whose phrases no glossary lists.

A spinner that works from a thesaurus puts a rare synonym in place of a common word wherever it can: "the edifice is
aged" for "the building is old". Rare words alone prove nothing: a review of a play has more of them than a spun copy
of a council's report. But an author's rare words name rare things (organza, moraine), while a spinner's stand for
everyday ones. So two things are measured: how many words in a hundred stand for an everyday one, and what share of
all rare words of the text they are. Their product decides.

How often word pairs stand side by side was tried as well and does not tell spun text from other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.aligned import AlignedText, Span
from generator.data import common_words, read_rows

# What a swapped word counts: in full where it is none of the words of every newspaper, less where it is one of them
# ("utilize", "folks"), nothing among the words of every page.
_RARE, _UNCOMMON = 1.0, 0.4
_EVERY_PAGE, _NEWSPAPER = 2_000, 6_000
# Fewer different ones than this are an author's taste; a heated leading article had six.
_ENOUGH = 6
# A text below this many words counts as this long, so that two words of one sentence do not decide.
_SHORTEST = 100
# Swapped words per 100 times their share of the rare words: on 480 articles of many kinds at most 0.3, on the most
# ornate of columns 1.5, on copies with every fourth word swapped from 2.5 on. At 1.8 the score is just enough: 0.4.
_HALF = 2.7
_SHORTEST_WORD = 4
_WORD = re.compile(r"(?<![\w'’-])[a-z]+(?![\w'’-])|[A-Z][\w]*")
_EXAMPLES = 6


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with how common they are, and rare words with the everyday one that they stand for."""

    bands: Mapping[str, int]
    """Words of newspapers to the rank up to which their family is common."""
    usual: Mapping[str, str]
    """Forms of rarer synonyms to the everyday word."""


@dataclass(frozen=True, slots=True)
class Swaps:
    """The words of a document that stand where an everyday one is usual."""

    score: float
    """0 to 1; 0.4 and more means spun."""
    found: tuple[tuple[Span, str, str], ...] = ()
    """Seed span, word as written, everyday word; each word once, in order of place."""

    def evidence(self) -> str:
        """A sentence for the reader."""
        shown = ", ".join(f"“{word}” (usually “{usual}”)" for _, word, usual in self.found[:_EXAMPLES])
        return (
            f"{len(self.found)} different words stand where writers use an everyday one, as if a program had taken "
            f"them from a thesaurus: {shown}."
        )


@cache
def load_lexicon() -> Lexicon:
    """The words of `common-words.csv` and `rare-synonyms.csv`."""
    usual: dict[str, str] = {}
    for row in read_rows("rare-synonyms.csv"):
        for word in row["rarer"].split():
            for form in _forms(word):
                usual.setdefault(form, row["usual"])
    return Lexicon(common_words(), usual)


def find_swaps(texts: Sequence[AlignedText]) -> Swaps:
    """The swapped words of one document, and how surely they are a spinner's.

    Reads words in small letters only, so that names are none of them; words that the text also writes with a capital
    are left out. Linear in the length of the texts.
    """
    lexicon = load_lexicon()
    words = 0
    first: dict[str, tuple[AlignedText, int]] = {}
    capitals: set[str] = set()
    for text in texts:
        for match in _WORD.finditer(text.text):
            word = match[0]
            words += 1
            if word[0].isupper():
                capitals.add(word.lower())
            elif word not in first:
                first[word] = text, match.start()
    rare = swapped = 0
    points = 0.0
    found: list[tuple[Span, str, str]] = []
    for word, (text, start) in first.items():
        band = lexicon.bands.get(word, 0)
        if word in capitals or 0 < band <= _EVERY_PAGE:
            continue
        usual = lexicon.usual.get(word)
        if not band and len(word) >= _SHORTEST_WORD:
            rare += 1
            swapped += usual is not None
        if usual is not None:
            points += _UNCOMMON if band else _RARE
            found.append((text.seed_span(start, start + len(word)), word, usual))
    if len(found) < _ENOUGH or not rare:
        return Swaps(0.0)
    measure = points * 100 / max(words, _SHORTEST) * swapped / rare
    return Swaps(round(measure / (measure + _HALF), 3), tuple(found))


def _forms(word: str) -> Iterator[str]:
    """The word with the endings of English nouns and verbs; some forms do not exist, which does no harm."""
    yield from (word + ending for ending in ("", "s", "es", "ed", "d", "ing", "ly"))
    yield word[:-1] + "ing"
    yield word + word[-1] + "ed"
    yield word + word[-1] + "ing"
    if word.endswith("y"):
        yield word[:-1] + "ies"
        yield word[:-1] + "ied"
