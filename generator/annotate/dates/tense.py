"""Whether a time expression looks back or ahead, from the words of its sentence."""

from __future__ import annotations

import re

from generator.annotate.dates.lexicon import Lexicon
from generator.model import Direction

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLAUSE = re.compile(r"[.!?;:]|,?\s(?:but|while|although|whereas|after|when|because)\s|\s--?\s|—|[“”]|``|''")
# A participle in -ed is five letters at least (`ended`); below that most words in -ed are none (`need`, `red`, `bed`).
_SHORTEST_PARTICIPLE = 5
_NOT_PAST = frozenset(
    {"united", "indeed", "exceed", "proceed", "succeed", "hundred", "speed", "breed", "unprecedented"}
)


def direction(sentence: str, start: int, end: int, words: Lexicon) -> Direction:
    """`past`, `future` or `none` for the expression at `[start, end)` of the sentence.

    The nearest word of its clause that tells decides, those before it first: a verb governs the time that follows it
    more often than the time before it. `to` with a verb right before the expression counts as future.
    """
    before, after = sentence[:start], sentence[end:]
    clause_start = 0
    for boundary in _CLAUSE.finditer(before):
        clause_start = boundary.end()
    left = [word.lower() for word in _WORD.findall(before[clause_start:])]
    stop = _CLAUSE.search(after)
    right = [word.lower() for word in _WORD.findall(after[: stop.start() if stop else len(after)])]
    if left and left[-1] in words.lists["toward"] and not _looks_back(left + right, words):
        return "future"
    found = _nearest(list(reversed(left)), words) or _nearest(right, words)
    if found:
        return found
    whole = [word.lower() for word in _WORD.findall(sentence)]
    strong = any(word in words.lists["future_strong"] for word in whole)
    if strong:
        return "future"
    return "past" if _looks_back(whole, words) else "none"


def _nearest(outward: list[str], words: Lexicon) -> Direction | None:
    for index, word in enumerate(outward):
        if word in words.lists["future_words"] or word.endswith(("'ll", "’ll")):
            return "future"
        if _is_past(word, words):
            follows = outward[index + 1] if index + 1 < len(outward) else ""
            return "future" if follows in words.lists["future_strong"] else "past"
        if index + 1 < len(outward) and outward[index + 1] == "to" and word not in ("the", "a"):
            return None
    return None


def _looks_back(tokens: list[str], words: Lexicon) -> bool:
    return any(_is_past(token, words) for token in tokens)


def _is_past(word: str, words: Lexicon) -> bool:
    if word in words.lists["past_words"]:
        return True
    return word.endswith("ed") and len(word) >= _SHORTEST_PARTICIPLE and word not in _NOT_PAST
