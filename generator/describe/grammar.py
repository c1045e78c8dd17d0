"""Grammar of other languages in English text: what translation programs leave behind whatever the text is about.

Each row of `translation-grammar.csv` is a construction that native news rarely has: a countable noun without its
article, a verb before its subject, the perfect with a day that is over, hearsay in the passive. None is proof, and a
native writer slips into one or another; several kinds of them in few words are no chance.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from generator.aligned import AlignedText, Span
from generator.data import read_rows, read_tree
from generator.sieve import Sieve, lowered

# About 160 words: of a translation they hold eight constructions or so, and cost a quarter of what an article does.
_OPENING = 1_000
# Rates over fewer words than a short notice has say nothing.
_SHORT = 60

_CLASS = re.compile(r"@(\w+)@")


@dataclass(frozen=True, slots=True)
class Construction:
    """A row: the kind of fault it belongs to, and how much it says alone."""

    family: str
    sieve: Sieve
    least: float
    """How often it stands in 100 words before it says anything; 0: once is enough."""
    weight: float
    what: str


@dataclass(frozen=True, slots=True)
class Found:
    """A construction in a text: the first place of it as written, and every place."""

    construction: Construction
    surface: str
    spans: tuple[Span, ...]


@cache
def constructions() -> tuple[Construction, ...]:
    """The rows of `translation-grammar.csv`, their `@classes@` put in from `translation_words.yml`."""
    classes = {name: str(value).strip() for name, value in read_tree("translation_words.yml").items()}
    found = []
    for row in read_rows("translation-grammar.csv"):
        written = _CLASS.sub(lambda match: f"(?:{classes[match[1]]})", row["pattern"])
        sieve = Sieve.of(written, re.MULTILINE)
        found.append(Construction(row["family"], sieve, float(row["least"] or 0), float(row["weight"]), row["what"]))
    return tuple(found)


def find_constructions(texts: Sequence[AlignedText]) -> tuple[Found, ...]:
    """What stands in the texts, each construction once, in the order of the rows. Spans are seed spans.

    A text whose beginning has none of them is not read further: translations have one in every other sentence.
    """
    found = _search(_opening(texts))
    return _search(texts) if found else ()


def _opening(texts: Sequence[AlignedText]) -> Sequence[AlignedText]:
    """The first paragraphs, to as many characters as tell."""
    total = 0
    for count, text in enumerate(texts, 1):
        total += len(text.text)
        if total >= _OPENING:
            return texts[:count]
    return texts


def _search(texts: Sequence[AlignedText]) -> tuple[Found, ...]:
    whole = "\n".join(text.text for text in texts)
    low = lowered(whole)
    starts = list(accumulate((len(text.text) + 1 for text in texts), initial=0))
    hundreds = max(whole.count(" ") + len(texts), _SHORT) / 100
    result = []
    for construction in constructions():
        if not construction.sieve.passes(low):
            continue
        spans: list[Span] = []
        surface = ""
        for match in construction.sieve.pattern.finditer(whole):
            paragraph = bisect_right(starts, match.start()) - 1
            text, start = texts[paragraph], match.start() - starts[paragraph]
            if start < len(text.text):
                surface = surface or " ".join(match[0].split()).strip(' .!?”"')
                spans.append(text.seed_span(start, min(match.end() - starts[paragraph], len(text.text))))
        if spans and len(spans) >= construction.least * hundreds:
            result.append(Found(construction, surface, tuple(spans)))
    return tuple(result)
