"""Spun wording: phrases of a text spinner and what they probably were.

A *spinner* passes a text off as new by putting synonyms in place of words, blind to context: "last week" becomes
"final week", "News Agency" becomes "Information Company". The glossary lists such phrases. Some are proof by themselves
("satellite tv for pc"); others are ordinary English in ordinary text ("final week") and are glossed only where the
document as a whole is judged spun. `gloss_document` is the way in: it reads all texts of a document, judges, and then
glosses each. The text itself is never changed; `apply_glosses` makes the `reading` of it.

Judging a text by its tortured phrases is the method of Cabanac, Labbé and Magazinov, "Tortured phrases: a dubious
writing style emerging in science" (2021).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from generator.aligned import AlignedText
from generator.describe.glossary import STRENGTHS, Glossary, Strength, load_glossary
from generator.describe.matching import GlossaryMatch, Openings, match_glossary
from generator.model import Gloss

# How much one entry says about the text it stands in. A sure one is proof of a spinner at work, two likely ones are as
# good; weak ones come up about seven times in 100,000 words of ordinary news, so several together say something.
_WEIGHTS: dict[Strength, float] = {"sure": 1.0, "likely": 0.5, "weak": 0.3}
# Spun wire copy has 3 to 8 points per 100 words, ordinary copy under 0.1. One point per 100 words gives even odds.
_EVEN_ODDS = 1.0
# Less than two sure entries, or as much in odder ones, may be a slip of the pen or a quotation.
_ENOUGH = 2.0
# Below this many words a single odd phrase would decide, so shorter texts count as this long.
_SHORTEST = 100
_CHUNK = re.compile(r"\S+")

SPUN = 0.4
"""The score of `judge_spin` from which a document counts as spun."""


def gloss_document(texts: Sequence[AlignedText], glossary: Glossary | None = None) -> tuple[tuple[Gloss, ...], float]:
    """The glosses of all texts of one document, and how surely the document is spun (0 to 1).

    Pass the body paragraphs, and the headline where there is one, as shown; one call per document, because phrases
    that are ordinary English elsewhere are glossed only where the whole is judged spun. Spans are seed spans, in the
    order of `texts`. Then make each zone's reading with `apply_glosses(zone_text, glosses)`.
    """
    glossary = glossary or load_glossary()
    openings = Openings(glossary)
    matches = [match_glossary(text.text, glossary, STRENGTHS, openings) for text in texts]
    score = _score(texts, matches)
    if score < SPUN:
        # What is left must be looked for anew: a longer weak phrase may have covered a sure one.
        matches = [
            match_glossary(text.text, glossary, ("sure",), openings) if found else []
            for text, found in _each(texts, matches)
        ]
    return tuple(gloss for text, found in _each(texts, matches) for gloss in _glosses(text, found)), score


def judge_spin(texts: Iterable[AlignedText], glossary: Glossary | None = None) -> float:
    """How surely texts of one document are the work of a spinner: 0 to 1, `SPUN` and more means spun.

    Weighs the distinct glossary entries that match per 100 words. One or two of them, however dense in a short
    text, keep the score below `SPUN`.
    """
    glossary = glossary or load_glossary()
    texts = list(texts)
    return _score(texts, [match_glossary(text.text, glossary, STRENGTHS) for text in texts])


def _each(
    texts: Sequence[AlignedText], matches: Sequence[list[GlossaryMatch]]
) -> Iterable[tuple[AlignedText, list[GlossaryMatch]]]:
    return zip(texts, matches, strict=True)


def _score(texts: Sequence[AlignedText], matches: Sequence[Sequence[GlossaryMatch]]) -> float:
    weights = {match.entry.spun: _WEIGHTS[match.entry.strength] for found in matches for match in found}
    if not weights:
        return 0.0
    words = sum(len(text.text.split()) for text in texts)
    total = sum(weights.values())
    points = total * 100 / max(words, _SHORTEST)
    score = points / (points + _EVEN_ODDS)
    return round(score if total >= _ENOUGH else min(score, SPUN / 2), 3)


def find_glosses(text: AlignedText, glossary: Glossary | None = None) -> tuple[Gloss, ...]:
    """The glosses of one text, judged by itself alone. For the zones of a document use `gloss_document`."""
    return gloss_document((text,), glossary)[0]


def apply_glosses(text: AlignedText, glosses: Sequence[Gloss]) -> AlignedText:
    """The `reading` of a text: each glossed stretch stands as its likely original, still aligned to the seed.

    Words that the phrase and its original share keep their own alignment, so that a name inside a glossed phrase is
    still found where it stands. `glosses` may be those of the whole document: what lies outside this text is left out.
    Overlapping glosses: the first wins.
    """
    return readings((text,), glosses)[0]


def readings(texts: Sequence[AlignedText], glosses: Sequence[Gloss]) -> tuple[AlignedText, ...]:
    """The `reading` of each text of one document, as `apply_glosses` makes it of the glosses of all of them."""
    ordered = sorted(glosses, key=lambda gloss: gloss.span)
    starts = [gloss.span.start for gloss in ordered]
    return tuple(_reading(text, ordered, starts) for text in texts)


def _reading(text: AlignedText, glosses: Sequence[Gloss], starts: Sequence[int]) -> AlignedText:
    """`starts`: where each of the `glosses` starts, in order."""
    changes: list[tuple[int, int, str]] = []
    if text.runs:
        low, high = text.runs[0].start, text.runs[-1].end
        position = 0
        for gloss in glosses[bisect_left(starts, low) : bisect_left(starts, high)]:
            if gloss.span.end > high:
                continue
            view = text.view_span(gloss.span)
            if view is not None and view[0] >= position:
                changes.extend(_word_changes(text.text, *view, gloss.original))
                position = view[1]
    return text.replaced(changes) if changes else text


def _word_changes(text: str, start: int, end: int, original: str) -> list[tuple[int, int, str]]:
    """Changes that turn the stretch `[start, end)` into `original` and leave shared words at its ends alone."""
    old = [(start + match.start(), start + match.end()) for match in _CHUNK.finditer(text[start:end])]
    new = original.split()
    while len(old) > 1 and len(new) > 1 and text[slice(*old[0])] == new[0]:
        old, new = old[1:], new[1:]
    while len(old) > 1 and len(new) > 1 and text[slice(*old[-1])] == new[-1]:
        old, new = old[:-1], new[:-1]
    if len(old) == len(new):
        return [(*where, word) for where, word in zip(old, new, strict=True) if text[slice(*where)] != word]
    return [(old[0][0], old[-1][1], " ".join(new))]


def _glosses(text: AlignedText, matches: Iterable[GlossaryMatch]) -> Iterable[Gloss]:
    for match in matches:
        surface = text.text[match.start : match.end]
        if surface.lower() != match.original.lower():
            yield Gloss(text.seed_span(match.start, match.end), surface, match.original, match.entry.spun)
