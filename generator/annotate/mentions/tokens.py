"""Words of a text with what the layers need to know of them: offsets, folded form, shape."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import NamedTuple

from generator.annotate.mentions.vocabulary import vocabulary

WORD = re.compile(r"(?:[^\W\d_]\.){2,8}|[^\W_]{1,60}(?:['’&][^\W_]{1,40}){0,4}|&")
"""U.S. and D.P.R.K. with their stops; O'Neal, Xi’an and AT&T whole; hyphenated words in their parts."""

POSSESSIVE = re.compile(r"['’][sS]$")
# Most gaps are one of these.
_PLAIN = frozenset({" ", ", ", "-"})
_OPENING = re.compile(r"[.!?:\n“\"«•‘「]| ['`]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


class Token(NamedTuple):
    """One word. `start` and `end` are offsets into the text; a possessive ending is outside of it."""

    text: str
    start: int
    end: int
    key: str
    """`fold(text)`: what gazetteers are keyed by."""
    full_key: str
    """The key with the possessive ending, where the word has one: Moody's is a name, Cuba's is not."""
    full_end: int
    capital: bool
    """The first letter is a capital."""
    opens: bool
    """A sentence, a quotation or a line opens here: a capital proves nothing."""
    gap: str
    """What stands between the word before and this one; a line end for the first."""

    @property
    def shouted(self) -> bool:
        """All letters are capitals, more than one."""
        return len(self.text) > 1 and self.text.isupper()


def fold(text: str) -> str:
    """`text` for comparison: lower case, without diacritics and stops, straight apostrophes."""
    if text.isascii():
        return text.lower().replace(".", "")
    return unaccented(text).replace(".", "").casefold()


def unaccented(text: str) -> str:
    """`text` without diacritics, with straight apostrophes. Hangul stays in syllables."""
    if text.isascii():
        return text
    marks = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if not unicodedata.combining(mark)))


# Four hundred an article: the constructor that takes fields one by one costs as much as all the rest of a token.
_token = partial(tuple.__new__, Token)


def tokenize(text: str) -> tuple[Token, ...]:
    """The words of `text` in order."""
    tokens: list[Token] = []
    before = 0
    for match in WORD.finditer(text):
        word = match[0]
        start, full_end = match.span()
        full_key = fold(word)
        end = full_end
        if word[-2:-1] in "'’" and len(word) > 2 and POSSESSIVE.search(word):
            word, end = word[:-2], full_end - 2
        gap = text[before:start] if before else "\n"
        opens = gap not in _PLAIN and _OPENING.search(gap) is not None
        if opens and gap == ". " and _abbreviates(tokens[-1].text):
            opens = False
        key = fold(word) if end != full_end else full_key
        tokens.append(_token((word, start, end, key, full_key, full_end, word[0].isupper(), opens, gap)))
        before = full_end
    return tuple(tokens)


def _abbreviates(word: str) -> bool:
    """Whether a stop after `word` is part of it: Mr., Sen., J., Calif."""
    return word in vocabulary().stopped or (len(word) == 1 and word.isupper())


ADJOINING = frozenset({" ", "-", "\xa0", "‐", "‑", ". ", " & ", "'s ", "’s ", "' ", "’ ", ".", "/"})
"""What stands between the words of one name."""


def adjoining(token: Token) -> bool:
    """Whether `token` may go on with a name that the word before it is part of."""
    return token.gap in ADJOINING


def last_of_row(tokens: tuple[Token, ...], index: int, most: int) -> int:
    """The last of the capitals in a row that begin at `index`, small Romance words between them; `most` words on."""
    last = position = index
    while position + 1 < len(tokens) and position - index < most:
        token = tokens[position + 1]
        if token.gap not in (" ", "-") or tokens[position].end != tokens[position].full_end:
            break
        position += 1
        if token.capital:
            last = position
        elif token.text not in vocabulary().romance:
            break
    return last
