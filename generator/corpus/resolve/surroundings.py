"""The words around a mention: what stands before and after it, and what they call the one named."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from generator.aligned import AlignedText, Span
from generator.corpus.resolve.lexicon import Lexicon
from generator.model import Document

_BEFORE, _AFTER = 80, 200
"""Characters: eight words before reach any title, an apposition is seldom longer than thirty words."""
_APPOSITION = re.compile(
    r"\s{0,3}[,(]\s{0,3}(?P<what>(?:[A-Z]\.|[^,.;:()\n“”\"?!]){3,140}?)"
    r"(?=\s{0,3}(?:[,;).–—“\"]|--|$|\bwho|\bsaid\b|\bsays\b|\btold\b|\bis\b|\bwas\b|\bhas\b|\bhad\b))"
)
_WHO_IS = re.compile(r",? who (?:is|was) (?:an? |the )?([a-z]{3,20})\b(?! (?:who|whose))")
_ONE_WHO = re.compile(r"\bThe ([a-z]{3,20}) who [^,.;:\n]{3,60}, $", re.IGNORECASE)
_NAMED_AFTER = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|\w{1,20}['’]s?) (?:[a-z]{1,20}['’]s? )?([a-z]{4,20})"
    r"(?: (?:of|at|for) [^,.;:()\n]{2,40})?, $"
)
_CALLED_NEXT = re.compile(r"[.!?][”\"]? The ([a-z]{4,14})(?:, \d{2},|,? who | is | was | has | had | said | told )")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_START = re.compile(r"(?:an?|the|his|her|its|their|our|former|ex|then|acting|one of|longtime|currently)\b")
_ANOTHER = re.compile(r"\b([A-Za-z-]{3,20}) ([A-Z][a-z]{1,20})")
_HEAD_ENDS = frozenset({"of", "for", "at", "on", "in", "to", "from", "with", "and", "under", "who"})


@dataclass(frozen=True, slots=True)
class Words:
    """View text before and after a mention, within its zone."""

    before: str
    after: str


class Surroundings:
    """Finds the words around spans of one document, in the text as the engine reads it."""

    def __init__(self, document: Document) -> None:
        self._texts = [zone.reading for zone in document.zones if zone.reading.runs]
        self._starts = [text.runs[0].start for text in self._texts]
        self._run_starts: dict[int, list[int]] = {}

    def of(self, span: Span) -> Words:
        """The words around `span`; empty where no zone shows it."""
        number = bisect_right(self._starts, span.start) - 1
        if number < 0:
            return Words("", "")
        text = self._texts[number]
        start = self._position(number, text, span.start)
        end = self._position(number, text, span.end - 1) + 1
        return Words(text.text[max(start - _BEFORE, 0) : start], text.text[end : end + _AFTER])

    def _position(self, number: int, text: AlignedText, offset: int) -> int:
        starts = self._run_starts.get(number)
        if starts is None:
            starts = self._run_starts[number] = [run.start for run in text.runs]
        run = text.runs[max(bisect_right(starts, offset) - 1, 0)]
        if run.one_to_one:
            return run.at + min(max(offset - run.start, 0), run.length)
        return run.at


def apposition(words: Words, lexicon: Lexicon) -> str:
    """What the text calls the one named, right after the name: `a former counselor of …`; else empty.

    Only where the phrase holds the name of an office or calling.
    """
    found = _APPOSITION.match(words.after)
    if not found:
        return ""
    what = found["what"].strip()
    if not _roles(what, lexicon):
        return ""
    first = what.split()[:3]
    if not _START.match(what) and not any(_roles(word, lexicon) for word in first):
        return ""
    # "the painter Ida Hale" is the next one in a list, not what the one before is.
    if any(
        match[1].lower().split("-")[-1] in lexicon.roles and match[2].lower() not in lexicon.roles
        for match in _ANOTHER.finditer(what)
    ):
        return ""
    # A verb form or preposition at the start tells what happened, not who it is.
    if first[0].lower() in _HEAD_ENDS or first[0].endswith(("ed", "ing")):
        return ""
    words_kept = what.split()
    while words_kept[-1].lower() in _HEAD_ENDS | {"the", "a", "an"}:
        words_kept.pop()
    return " ".join(words_kept)


def called_next(words: Words, lexicon: Lexicon) -> str:
    """What a clause or the next sentence calls the one named: `…, who is dean of`, `The singer, 71, …`; else empty.

    `The pilot who landed, Ida Hale,` too. Not where the same sentence speaks of such a one already, who is then meant.
    """
    # "The judge, Ida Hale, " but not "the judge, Ida Hale and Ada Orr".
    named = _NAMED_AFTER.search(words.before) if words.after[:1] in (",", ".", ";") else None
    for clause in (_WHO_IS.match(words.after), _ONE_WHO.search(words.before), named):
        if clause and clause[1].lower() in lexicon.roles:
            return clause[1].lower()
    found = _CALLED_NEXT.search(words.after)
    if not found or found[1] not in lexicon.roles:
        return ""
    told = f"{words.before} {words.after[: found.start()]}".lower()
    return "" if re.search(rf"\b(?:a|an|the) (?:[a-z-]+ ){{0,2}}{found[1]}\b", told) else found[1]


def head_words(phrase: str, lexicon: Lexicon) -> frozenset[str]:
    """The words of a title or apposition that name the office: `vice-minister of the …` gives vice and minister."""
    head: set[str] = set()
    for word in phrase.lower().replace("-", " ").split():
        plain = word.strip(".,;:'’")
        if plain in _HEAD_ENDS and head:
            break
        if plain in lexicon.roles or plain in lexicon.modifiers:
            head.update(lexicon.titles.get(plain, plain).split())
    return frozenset(head) if head & lexicon.roles else frozenset()


def title_before(words: Words, lexicon: Lexicon) -> str:
    """The title that ends right before the name, as written: `Vice Minister`; else empty."""
    taken: list[str] = []
    for word in reversed(words.before.rsplit("\n", 1)[-1].split()[-5:]):
        plain = word.strip(".,").lower()
        if word.endswith(",") or not (plain.split("-")[-1] in lexicon.roles or plain in lexicon.modifiers):
            break
        taken.append(word)
    return " ".join(reversed(taken)) if any(word.strip(".").lower() in lexicon.roles for word in taken) else ""


def courtesy_before(words: Words, lexicon: Lexicon) -> str:
    """`male` or `female` where a title of courtesy stands right before the name: `Mr.`, `Ms.`; else empty."""
    before = words.before.rsplit("\n", 1)[-1].split()[-1:]
    return lexicon.courtesy.get(before[0].rstrip(".").lower(), "") if before and before[0][0].isupper() else ""


def stated_gender(words: Words, phrase: str, lexicon: Lexicon) -> str:
    """`male` or `female` where a word right before the name or its apposition states it; else empty."""
    near = words.before.split()[-1:] + phrase.split()[:6]
    for word in near:
        gender = lexicon.gender_words.get(word.strip(".,").lower())
        if gender:
            return gender
    return ""


def is_relative(words: Words, phrase: str, lexicon: Lexicon) -> bool:
    """Whether a word of kinship stands right before the name or begins its apposition: `his wife`, `the son of`."""
    near = words.before.split()[-1:] + phrase.split()[:3]
    return any(word.strip(".,").lower() in lexicon.kinship for word in near)


def _roles(phrase: str, lexicon: Lexicon) -> bool:
    return any(part in lexicon.roles for word in _WORD.findall(phrase.lower()) for part in (word, *word.split("-")))
