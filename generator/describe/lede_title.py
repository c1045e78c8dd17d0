"""A title for an article that has none: the opening of its first paragraph."""

from __future__ import annotations

import re

from generator.aligned import AlignedText
from generator.describe.words import load_words
from generator.model import Field

# About what fits a headline: the longest that wires send have 15 words or 90 characters.
_LONGEST = 90
# A clause that is shorter says too little to tell the article from others.
_SHORTEST = 40
_DATELINE = re.compile(
    r"[^()\[\]\n]{0,80}[(（\[][^()（）\[\]]{2,40}[)）\]]\s?(?:[-–—―=.:]{1,3})\s{0,2}"
    r"(?:[가-힣 ,·]{2,40}?(?:특파원|기자)\s?=\s?)?"
    r"|[A-ZÀ-Ý][\w .,'’()-]{2,60}\s(?:--|–|—|―)\s"
)
_SENTENCE = re.compile(r"[.!?]['\"”’)]{0,2}(?=\s)|[。！？][」』”]?")
_CLAUSE = re.compile(r"[,;:，、；](?=\s|[^\x00-\x7f])|\s[–—-]\s|\s\(")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Gov|Sen|Rep|Col|Lt|Sgt|Capt|Rev|No|Inc|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|vs|U\.S|U\.N|U\.K))\.['\"”’)]{0,2}$"
)


def title_from_lede(view: AlignedText) -> Field:
    """The first sentence of `view` without its dateline, cut at a clause, or else at a word, if it is long.

    The value is text of the article and ends in `…` where it stops short of a clause; never in mid-word.
    """
    text = view.text
    dateline = _DATELINE.match(text)
    start = dateline.end() if dateline and len(text) - dateline.end() > 20 else 0
    while start < len(text) and text[start].isspace():
        start += 1
    end = _sentence_end(text, start)
    more = ""
    if end - start > _LONGEST:
        clauses = [match.start() for match in _CLAUSE.finditer(text, start, start + _LONGEST)]
        fitting = [at for at in clauses if at - start >= _SHORTEST]
        if fitting:
            end = fitting[-1]
        else:
            end, more = _word_end(text, start), "…"
    value = " ".join(text[start:end].split()).rstrip(" ,;:–—-，、；")
    if not more and not re.search(r"\b[A-Z]\.$", value):
        value = value.rstrip(".。")
    span = (view.seed_span(start, end),) if start < end else ()
    return Field(value + more, "lede", span, inferred=True, note="the seed has no headline; these are its first words")


def _sentence_end(text: str, start: int) -> int:
    for match in _SENTENCE.finditer(text, start, start + _LONGEST * 3):
        if not _ABBREVIATION.search(text[max(start, match.end() - 12) : match.end()]):
            return match.end()
    return min(len(text), start + _LONGEST * 3)


def _word_end(text: str, start: int) -> int:
    limit = start + _LONGEST
    if " " not in text[start:limit]:
        return limit
    end = limit if text[limit : limit + 1].isspace() else text.rindex(" ", start, limit)
    # A title does not stop at "of the".
    dangling = load_words().dangling
    while " " in text[start:end]:
        last = text.rindex(" ", start, end)
        if text[last + 1 : end].casefold() not in dangling:
            break
        end = last
    return end
