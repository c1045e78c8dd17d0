"""Where sentences begin and end. Linear in the text; quotation marks that close a sentence belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.aligned import Span
from generator.data import read_rows, read_tree
from generator.model import Document

CLOSERS = "\"'”’»)]」』》"

_STOP = re.compile(
    r"[.!?…]{1,12}[" + re.escape(CLOSERS) + r"]{0,4}(?=\s|$)|[。！？｡]{1,12}[" + re.escape(CLOSERS) + r"]{0,4}|\n+"
)
_WORD_BEFORE = re.compile(r"[^\W_]+(?:\.[^\W_]+){0,6}$")
_NEXT_WORD = re.compile(r"[^\W_]+")
_OPENERS = "\"'“‘«([「『《"
_LOOK_BACK = 24  # no abbreviation with its inner stops is longer


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Words that a full stop follows without ending a sentence, by what follows them."""

    before_name: frozenset[str]
    before_number: frozenset[str]
    maybe_end: frozenset[str]


@cache
def load_abbreviations() -> Abbreviations:
    """The abbreviations of the package's data file, lower-case."""
    rows = read_rows("abbreviations.csv")
    return Abbreviations(
        *(
            frozenset(row["word"] for row in rows if row["kind"] == kind)
            for kind in ("before-name", "before-number", "maybe-end")
        )
    )


@cache
def starters() -> frozenset[str]:
    """Words that begin a sentence after an abbreviation; a name or a noun there goes on with the sentence."""
    return frozenset(read_tree("sentence_words.yml")["starters"].split())


@cache
def _saying() -> re.Pattern[str]:
    # After a quotation that asks or exclaims: up to four words of a name, and the verb.
    verbs = "|".join(read_tree("sentence_words.yml")["saying"].split())
    return re.compile(rf"(?:[A-Z][\w’'.-]{{0,30}} ){{1,4}}(?:{verbs})\b")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as `(start, end)` offsets, without the white space between them. Line ends end one."""
    abbreviations = load_abbreviations()
    sentences: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        if stop.group()[0] != "\n" and not _ends(text, stop.start(), end, abbreviations):
            continue
        _append(text, start, stop.start() if stop.group()[0] == "\n" else end, sentences)
        start = end
    _append(text, start, len(text), sentences)
    return sentences


def document_sentences(document: Document) -> tuple[Span, ...]:
    """The sentences of the body in order, as seed spans; none crosses a paragraph.

    They are split on what is shown, so that they cover it; spun phrases change no sentence end.
    """
    return tuple(
        zone.text.seed_span(start, end) for zone in document.body for start, end in split_sentences(zone.text.text)
    )


def _append(text: str, start: int, end: int, sentences: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        sentences.append((start, end))


def _ends(text: str, start: int, end: int, abbreviations: Abbreviations) -> bool:
    mark = text[start]
    if mark in "。！？｡":
        return True
    following = text[end : end + 60].lstrip(" \t\xa0")
    if not following:
        return True
    opened = following.lstrip(_OPENERS)
    first = opened[:1]
    if first.islower():
        return False
    closed = end - start > 1 and text[end - 1] in CLOSERS
    if closed and mark in "!?" and _saying().match(following):
        return False
    if mark != "." or text[start : start + 2] == "..":
        return True
    before = _WORD_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    if before is None or closed:
        return True
    word = before.group()
    lowered = word.lower()
    next_word = _NEXT_WORD.match(opened)
    starts = next_word is not None and next_word.group() in starters()
    if (lowered in abbreviations.before_name and word[0].isupper()) or lowered == "vs":
        return False
    if lowered in abbreviations.before_number:
        return not first.isdigit()
    if (lowered in abbreviations.maybe_end and word[0].isupper()) or lowered in ("etc", "al"):
        return starts or following[:1] in _OPENERS
    if len(word) == 1 and word.isupper():  # an initial: J. Hale; but "Plan B. The …" ends
        return starts
    if "." in word and len(word.replace(".", "")) * 2 - 1 == len(word):  # U.S., a.m., D.P.R.K.
        return starts or following[:1] in _OPENERS or (word[0].islower() and first.isupper() and word != "i.e")
    return True
