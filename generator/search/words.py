"""Text as the words that search looks up: the same word for word as `web/src/words.js`.

A word is folded (case, diacritics, width), and one of English letters is stemmed. Hangul, Han and Kana are cut into
overlapping pairs of characters, so that each part of a word can be found.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from generator.search.stemmer import stem

# Hangul syllables and jamo, Kana, Han with its extensions: scripts in which white space does not part all words.
_CJK = (
    r"\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_APOSTROPHE = "'\u2019\u02bc\uff07"
# Before these an apostrophe leaves out a vowel: l'accord, d'Ivoire. In O'Neil or don't it is part of the word.
_ELIDED = frozenset({"l", "d", "j", "m", "t", "n", "s", "c", "qu"})
# Letters that Unicode does not take apart, as they are commonly written without their marks.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ŋ": "n",
        "ı": "i",
        "ς": "σ",
        "ŧ": "t",
    }
)
_MARKS = re.compile(r"[\u0300-\u036f]")
# Marks that are no part of a word at its edges. A stop ends initials (U.N.), but not those of a single letter; before
# them stands another stop, so that what is left is not plain.
_EDGES = ".,;:!?\"“”„«»()[]{}…—–-'‘’"
# Words longer than this are no words; only their beginning is looked up.
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `start` and `end` are code points into the text, `folded` as typed, `term` its stem."""

    start: int
    end: int
    folded: str
    term: str


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """`text` without case, diacritics and differences of width."""
    lowered = unicodedata.normalize("NFKD", text.lower()).lower()
    return unicodedata.normalize("NFC", _MARKS.sub("", lowered).translate(_LETTERS))


def words_of(text: str) -> Iterator[Word]:
    """The words of `text` in order, pairs of characters for scripts without spaces between words."""
    for match in _pattern().finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "cjk":
            yield from _pairs(text, start, end)
            continue
        folded = _joined(match[0], kind)
        if isinstance(folded, tuple):
            (head, rest), at = folded, start + match[0].index(_mark_in(match[0]))
            yield Word(start, at, head, stem(head))
            yield Word(at + 1, end, rest, stem(rest))
        elif folded:
            yield Word(start, end, folded, stem(folded))


def _pairs(text: str, start: int, end: int) -> Iterator[Word]:
    for at in range(start, end - 1):
        folded = fold(text[at : at + 2])
        yield Word(at, at + 2, folded, folded)
    # The last character stands alone too, so that each one begins some term.
    folded = fold(text[end - 1 : end])
    yield Word(end - 1, end, folded, folded)


def _joined(surface: str, kind: str | None) -> str | tuple[str, str]:
    """The folded word, or two where an apostrophe stands for a vowel left out."""
    if kind == "figure":
        return fold(surface.replace(",", ""))
    if kind == "initials":
        return fold(surface.replace(".", ""))
    if not any(mark in surface for mark in _APOSTROPHE):
        return fold(surface[:LONGEST])
    head, rest = surface.split(_mark_in(surface), 1)
    plain = "".join(character for character in rest if character not in _APOSTROPHE)
    if fold(head) in _ELIDED:
        return fold(head), fold(plain[:LONGEST])
    if fold(plain) == "s":
        return fold(head[:LONGEST])
    return fold((head + plain)[:LONGEST])


def _mark_in(surface: str) -> str:
    return next(character for character in surface if character in _APOSTROPHE)


@cache
def _pattern() -> re.Pattern[str]:
    letter = rf"(?:(?![_{_CJK}])[\w{_combining()}])"
    return re.compile(
        rf"(?P<cjk>[{_CJK}]+)"
        r"|(?P<figure>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]))"
        rf"|(?P<initials>(?:[A-Za-z]\.){{2,8}}(?!{letter}))"
        rf"|(?P<word>{letter}+(?:[{_APOSTROPHE}]{letter}+)*)"
    )


@cache
def _combining() -> str:
    """Ranges of the characters that combine with the one before them, for a character class."""
    ranges: list[list[int]] = []
    for code in range(0x300, min(sys.maxunicode, 0x1FFFF) + 1):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    ranges.append([0xE0100, 0xE01EF])
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)


def terms_of(text: str) -> list[tuple[str, str]]:
    """`words_of(text)` as pairs of folded word and term, without offsets."""
    return [pair for stretch in text.split() for pair in stretch_terms(stretch)]


def stretch_terms(stretch: str) -> list[tuple[str, str]]:
    """`terms_of` for what stands between white space, over which no word reaches; quick where it is one plain word."""
    core = stretch.strip(_EDGES)
    if core.isascii() and core.isalnum():
        folded = core[:LONGEST].lower()
        return [(folded, stem(folded))]
    return [(word.folded, word.term) for word in words_of(stretch)]


def name_key(name: str) -> str:
    """What a name is looked up by as a whole: its folded words."""
    return " ".join(folded for folded, _ in terms_of(name))
