"""A clause as a title: without its dates and what only leads in, and no longer than a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.corpus.chronicle.tokens import CLOSING, OPENING, tokenize
from generator.corpus.wording import WordLists

LONGEST_TITLE = 100
"""Characters; a longer clause is cut before a preposition."""

# "NAIROBI, Kenya (AP) _", "WASHINGTON -": where the report was filed, in front of its first sentence.
_WIRE = re.compile(r"\W{0,4}\w{0,20}/? ?--? (?=[A-Z])")
_DATELINE = re.compile(r"[A-Z][A-Z.' -]{2,40}(?:, [A-Z][\w.]{1,20}){0,2}(?: \([A-Z]{2,12}\))? ?[-–—_]{1,2} ")
_ENDS_QUOTE = frozenset("\"'”’»")


def without_dates(
    sentence: str, stretches: Sequence[tuple[int, int]], dates: Sequence[tuple[int, int]], words: WordLists
) -> list[tuple[int, int]]:
    """The stretches without dates, the prepositions before them, and words that only lead in."""
    kept: list[tuple[int, int]] = []
    for low, high in stretches:
        filed = _DATELINE.match(sentence, low)
        position = filed.end() if filed and filed.end() < high else low
        for start, end in sorted(dates):
            if end <= low or start >= high:
                continue
            kept.append((position, _before_preposition(sentence, position, start, words)))
            position = max(position, end)
        kept.append((position, high))
    # "PORT ANSEL, June 3 /PRNewswire/ -- The board …": the dash closes the dateline that the date was taken out of.
    kept = [
        (low + len(filed[0]), high) if (filed := _WIRE.match(sentence[low:high])) else (low, high) for low, high in kept
    ]
    cleaned = [_stripped(sentence, low, high, words, first=not number) for number, (low, high) in enumerate(kept)]
    whole = [(low, high) for low, high in cleaned if low < high]
    for number, (low, high) in enumerate(whole[1:], 1):
        first = tokenize(sentence[low : min(high, low + 40)])[0].low
        # What follows a date that was taken out goes on with a phrase, or is another clause.
        if first in words.markers | (words.pronouns - {"that"}) | {"and", "but", "or"}:
            return whole[:number]
    return whole


def _before_preposition(sentence: str, low: int, start: int, words: WordLists) -> int:
    tokens = [token for token in tokenize(sentence[low:start]) if token.text[0].isalnum()]
    end = start
    while tokens and tokens[-1].low in words.leads | words.date_leads:
        end = low + tokens[-1].start
        tokens.pop()
    return end


def _stripped(sentence: str, low: int, high: int, words: WordLists, *, first: bool) -> tuple[int, int]:
    tokens = tokenize(sentence[low:high])
    begin, stop = 0, len(tokens)
    while begin < stop and (
        not (tokens[begin].text[0].isalnum() or tokens[begin].text in OPENING)
        or (first and tokens[begin].low in words.leads - {"the", "this"} and begin == 0)
    ):
        begin += 1
    while stop > begin and (
        not (tokens[stop - 1].text[0].isalnum() or tokens[stop - 1].text in CLOSING)
        or tokens[stop - 1].low in words.leads
    ):
        stop -= 1
    return (low + tokens[begin].start, low + tokens[stop - 1].end) if begin < stop else (low, low)


def shortened_to_fit(
    sentence: str, stretches: Sequence[tuple[int, int]], words: WordLists
) -> tuple[tuple[int, int], ...]:
    """The stretches up to `LONGEST_TITLE` characters, cut before a preposition where there is one in the last half."""
    room = LONGEST_TITLE
    kept: list[tuple[int, int]] = []
    for low, high in stretches:
        if room < 12:
            break
        stop = high if high - low <= room else low + _cut(sentence[low:high], room, words)
        # A quotation that the title opens is closed.
        if sentence[stop : stop + 1] in _ENDS_QUOTE and _opens(sentence[low:stop]):
            stop += 1
        kept.append((low, stop))
        room -= stop - low + 1
    return tuple(kept)


def _opens(text: str) -> bool:
    """Whether a quotation mark is left open at the end of a text."""
    marks = [
        mark.start() for mark in re.finditer("[\"'“‘«]", text) if mark.start() == 0 or text[mark.start() - 1] == " "
    ]
    return bool(marks) and not any(
        text[at] in _ENDS_QUOTE and (at + 1 == len(text) or not text[at + 1].isalnum())
        for at in range(marks[-1] + 1, len(text))
    )


def _cut(text: str, room: int, words: WordLists) -> int:
    tokens = [token for token in tokenize(text) if token.end <= room]
    cuts = [token.start for token in tokens if token.low in words.prepositions and token.start > room // 2]
    end = cuts[-1] if cuts else tokens[-1].end if tokens else room
    kept = [token for token in tokens if token.end <= end]
    loose = words.prepositions | words.markers | words.pronouns | {"and", "or", "but", "the"}
    while len(kept) > 1 and (kept[-1].low in loose or not kept[-1].text[0].isalnum()):
        kept.pop()
    return kept[-1].end if kept else end
