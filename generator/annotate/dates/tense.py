"""Whether a time expression looks back or ahead, from the words of its sentence."""

from __future__ import annotations

import re

from generator.annotate.dates.lexicon import Lexicon
from generator.model import Direction

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# A stop behind a capital is that of an abbreviation: the U.S. election.
_CLAUSE = re.compile(
    r"(?<![A-Z])\.|[!?;:]|,?\s(?:but|while|although|whereas|after|when|because)\s|\s--?\s|—|[“”]|``|''"
)
_POSSESSIVE = re.compile(r"['’]s\s")
_NOUN_NEXT = re.compile(r"\s{1,2}[a-z]{3,}")
# `SEOUL, Feb. 15 (Yonhap) -- `: the day of writing, whatever the sentence tells.
_DATELINE_BEFORE = re.compile(r"[A-Z][A-Z .'’-]{1,30}(?:,\s[\w .]{2,30})?,\s{1,2}")
_DATELINE_AFTER = re.compile(r"\s?(?:\([A-Z][\w .&-]{1,40}\)|--|—|–)")
# A participle in -ed is five letters at least (`ended`); below that most words in -ed are none (`need`, `red`, `bed`).
_SHORTEST_PARTICIPLE = 5


def direction(sentence: str, start: int, end: int, words: Lexicon) -> Direction:
    """`past`, `future` or `none` for the expression at `[start, end)` of the sentence.

    The nearest word of its clause that tells decides, those before it first: a verb governs the time that follows it
    more often than the time before it. An infinitive before the expression counts as future (`planned to leave on
    Monday`), a date that qualifies a noun as neither (`the Jan. 14 deadline`).
    """
    before, after = sentence[:start], sentence[end:]
    if _DATELINE_BEFORE.fullmatch(before) and _DATELINE_AFTER.match(after):
        return "past"
    clause_start = 0
    for boundary in _CLAUSE.finditer(before):
        clause_start = boundary.end()
    left = _WORD.findall(before[clause_start:])
    stop = _CLAUSE.search(after)
    right = _WORD.findall(after[: stop.start() if stop else len(after)])
    if _qualifies(left, after, words):
        return "none"
    if _leads_ahead(left, words) and not _over_by_then(left, right, words):
        return "future"
    if right and _is_past(right[0].lower(), words) and not _tells_now(left, words):
        return "past"
    found = _nearest(list(reversed(left)), words) or _ahead_or_back(right, words)
    if found:
        return found
    whole = {word.lower() for word in _WORD.findall(sentence)}
    if not whole.isdisjoint(words.lists["future_strong"]):
        return "future"
    return "past" if any(_is_past(word, words) for word in whole) else "none"


def _qualifies(left: list[str], after: str, words: Lexicon) -> bool:
    """Whether the date stands before a noun that it qualifies: `Wednesday's ruling`, `the Aug. 7 bombing`."""
    if _POSSESSIVE.match(after):
        return True
    determined = bool(left) and left[-1].lower() in words.lists["determiners"]
    noun = _NOUN_NEXT.match(after)
    return determined and noun is not None and noun[0].strip() not in words.lists["after_day"]


def _leads_ahead(left: list[str], words: Lexicon) -> bool:
    """Whether the words right before turn to what is to come: `until`, `by`, `as early as`, `from now to`."""
    lead = [word.lower() for word in left[-3:]]
    if not lead:
        return False
    return (
        lead[-1] in words.lists["toward"]
        or lead[-2:] == ["now", "to"]
        or lead in (["as", "soon", "as"], ["as", "early", "as"])
    )


def _over_by_then(left: list[str], right: list[str], words: Lexicon) -> bool:
    """Whether what lasted `until` or was done `by` a time is told as over: `Until Thursday, they had not called`."""
    told = {word.lower() for word in right[:8]} & words.lists["over_after"]
    return bool(told or {word.lower() for word in left[-8:]} & words.lists["lasting"])


def _tells_now(left: list[str], words: Lexicon) -> bool:
    """Whether one of the two words right before tells by itself; then what follows the date is another clause."""
    return any(_tells(word, "", words) for word in left[-2:])


def _nearest(outward: list[str], words: Lexicon) -> Direction | None:
    """What the nearest telling word says; `outward` goes from the expression to the start of its clause."""
    for index, word in enumerate(outward):
        if word == "ahead" and index and outward[index - 1] == "of":
            return "future"  # "ahead of the election in November"
        nxt = outward[index + 1].lower() if index + 1 < len(outward) else ""
        told = _tells(word, nxt, words)
        if told:
            return told
        if nxt == "to" and word.islower() and word not in words.lists["no_verbs"]:
            governor = outward[index + 2].lower() if index + 2 < len(outward) else ""
            done = governor in words.lists["implicative"] or word in words.lists["purposes"]
            return "past" if done else "future"
    return None


def _ahead_or_back(right: list[str], words: Lexicon) -> Direction | None:
    for index, word in enumerate(right):
        told = _tells(word, right[index - 1].lower() if index else "", words)
        if told:
            return told
    return None


def _tells(word: str, before: str, words: Lexicon) -> Direction | None:
    """What one word tells, given the one before it: `will`, `said`, `be held`; `is held` tells nothing."""
    lower = word.lower()
    if lower == "set" and before in ("is", "are", "was", "were"):
        return "future"
    if word == "May":
        return None
    if lower in words.lists["future_words"] or lower.endswith(("'ll", "’ll")):
        return "future"
    if not _is_past(lower, words):
        return None
    if before == "be" or before in words.lists["future_strong"]:
        return "future"
    return "none" if before in ("is", "are") else "past"


def _is_past(word: str, words: Lexicon) -> bool:
    if word in words.lists["past_words"]:
        return True
    return word.endswith("ed") and len(word) >= _SHORTEST_PARTICIPLE and word not in words.lists["no_verbs"]
