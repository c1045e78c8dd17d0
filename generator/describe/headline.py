"""Which of the lines over an article is its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from generator.data import read_tree
from generator.describe.names import is_office, is_outlet_name, is_person_name, read_byline
from generator.describe.parts import Draft, comparable, is_prose
from generator.describe.words import Words

_WORD = re.compile(r"[^\W\d_]{4,}")
_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,}")
_NOISE = re.compile(
    r"[+-]?\d[\d.,]*\s?%|[|›»]|\b\d{1,2} (?:min|hours?|h|mins|minutes?)\b"
    r"|\b\d[\d.,]*\s?[KMG]B\b"
    r"|^[^\w\s‘’'“\"«„‹「『《<\[(【#¿¡]|@|^[\d\s.,:/-]+$"
)
_COMPANY = re.compile(r"\b(?:plc|inc|ltd|llc|gmbh|corp|co|s\.a|ag|limited)\.?$", re.IGNORECASE)
# The story is told in the first paragraphs; what comes after speaks of everything.
_PARAGRAPHS = 12
# Five letters are a word without its ending in the languages of Europe.
_STEM = 5
# Three authors have no more words than this.
_BYLINE = 12
# The longest sections in capitals: "COMPANIES & MARKETS", "LETTER FROM THE COAST".
_KICKER = 4
# Two words of a section or a club that the story names too are no headline yet.
_TELLING = 4
# What a headline may be worse than the best line and still be it, because it stands first: a standfirst says more of
# the story than the headline over it.
_TOLERANCE = 1.2


def best_headline(draft: Draft, candidates: Sequence[int], words: Words) -> list[int]:
    """`candidates`, indices of parts in order, from the one that is the headline: the first that is nearly the best.

    A headline shares words with the story, is said again in page titles, stands by the byline, and is longer than
    the names of sections and sites. Those before it are no headlines.
    """
    if len(candidates) < 2:
        return list(candidates)
    story = _stems(" ".join([part.text for part in draft.parts if is_prose(part.text)][:_PARAGRAPHS]))
    if not story:
        return list(candidates)
    repeated: dict[str, int] = {}
    for part in draft.parts:
        key = comparable(part.text[:260])
        repeated[key] = repeated.get(key, 0) + 1
    scores = [_score(draft, index, story, repeated, words) for index in candidates]
    best = max(scores)
    first = next(at for at, score in enumerate(scores) if score >= best - _TOLERANCE)
    return list(candidates[first:])


def _score(draft: Draft, index: int, story: frozenset[str], repeated: dict[str, int], words: Words) -> float:
    text = draft.parts[index].text
    stems = _stems(text)
    size = len(text.split()) if not _SCRIPT.search(text) else max(len(text.split()), len(_SCRIPT.findall(text)) // 2)
    score = -2.5 if size <= 1 else -1.5 if size == 2 else -0.5 if size == 3 else 0.5 if size <= 30 else -0.5
    score += 3.0 * len(stems & story) / max(len(stems), _TELLING)
    if repeated.get(comparable(text), 0) > 1 and size >= 5:
        score += 1.5
    if is_outlet_name(text, words) or is_person_name(text, words):
        score -= 1.5
    elif size <= _BYLINE and _are_names(text):
        # "Jo Keane and Lena Falk" says as much of the story as a note about them does.
        score -= 3.0
    if _COMPANY.search(text) or is_office(text, words):
        score -= 1.5
    if draft.parts[index].shape == "list":
        # A point of a summary says more of the story than the headline over it.
        score -= 1.5
    if _NOISE.search(text):
        score -= 1.5
    if text.endswith(".") and size >= 4:
        # A standfirst is a sentence, a headline hardly ever.
        score -= 1.5
    if text[0].islower() or _is_kicker(draft, index, size):
        score -= 1.5
    beside = {claim.field for claim in draft.claims if claim.part in (index - 1, index + 1)}
    if any(claim.part == index + 1 and claim.field == "author" and claim.value for claim in draft.claims):
        # Slogans and standfirsts stand beside dates as well, a headline right over who wrote it.
        score += 1.2
    elif beside & {"author", "published"}:
        score += 0.7
    return score


def _is_kicker(draft: Draft, index: int, size: int) -> bool:
    """Whether a few words in capitals stand right over a line that is longer and is set as a sentence."""
    text, below = draft.parts[index].text, draft.parts[index + 1].text if index + 1 < len(draft.parts) else ""
    return size <= _KICKER and text.isupper() and len(below.split()) > size and not (below.isupper() or is_prose(below))


def _are_names(text: str) -> bool:
    credited = read_byline(text, explicit=False)
    return credited is not None and len(credited.authors) >= 2


@cache
def _little_words() -> frozenset[str]:
    """Words of every language that say little of what a text is about."""
    return frozenset(str(word) for words in read_tree("little_words.yml").values() for word in words)


def _stems(text: str) -> frozenset[str]:
    little = _little_words()
    found = {word[:_STEM].rstrip("s") for word in _WORD.findall(text.casefold()) if word not in little}
    for run in _RUN.findall(text):
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)
