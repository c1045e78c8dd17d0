"""What the words around and the shape of a name show it to be, where the model took it for something else."""

from __future__ import annotations

import re
from functools import cache

from generator.annotate.mentions.candidate import Passage
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.tokens import Token
from generator.annotate.mentions.vocabulary import vocabulary
from generator.data import common_words
from generator.model import EntityType

_IN_A_PLACE = re.compile(
    r"(?P<before>[\w’']*) ?\b(?:in|off|near|outside|"
    r"(?:district|state|province|town|city|village|island|mayor|people) of) $"
)
"""What stands before a place. "At" and "from" stand before bodies as often."""

_TELLS = re.compile(
    r",? (?:reported|wrote|writes|said it|says it|said its|announced|tweeted|posted)\b|"
    r"['’]s (?:shares|stock|board|website)\b| (?:shares|stock|executives|spokes\w{3,8})\b"
)
"""What stands behind a body, and behind a place hardly ever."""

_RUNS = re.compile(r"[\s”\"]{0,2}(?:,? who\b|, \d{1,2}[,.;]|,? told (?:the )?[A-Z])")
"""What stands behind the full name of a person and of nothing else."""

_LONG_WORD = 7
"""Letters: in shorter words such an end is as often chance."""
_EVERYDAY = 6000
"""Families of English words; a word outside of them is as likely a name as anything."""


@cache
def english() -> frozenset[str]:
    """The common words of English, lower case."""
    return frozenset(word for word, rank in common_words().items() if rank <= _EVERYDAY)


def shown_type(passage: Passage, tokens: tuple[Token, ...], type_: EntityType, lexicon: Lexicon) -> EntityType:
    """The type of what the model takes for `type_`: that which its shape or the words beside it show, else the same."""
    if type_ == "person":
        return type_
    if _shaped_as_a_person(passage, tokens, type_, lexicon):
        return "person"
    if any(token.text in lexicon.words.endings for token in tokens) or tokens[0].text in vocabulary().national_bodies:
        return type_
    if any(not entry.weak for entry in lexicon.entries.get(" ".join(token.key for token in tokens), ())):
        return type_
    start = tokens[0].start
    if type_ == "organization" and not any(token.shouted for token in tokens):
        before = _IN_A_PLACE.search(passage.text, max(0, start - 30), start)
        if before and before["before"] not in vocabulary().published:
            return "place"
    if type_ == "place" and _TELLS.match(passage.text, tokens[-1].end):
        return "organization"
    return type_


def _shaped_as_a_person(passage: Passage, tokens: tuple[Token, ...], type_: EntityType, lexicon: Lexicon) -> bool:
    """Whether two or three capitalised words that no list knows end like a surname, or are explained as a person."""
    words = lexicon.words
    parts = [token for token in tokens if token.gap != "-" or token is tokens[0]]
    if not 2 <= len(parts) <= 3 or any(
        not token.capital
        or token.shouted
        or len(token.text) < 2
        or token.gap not in (" ", "-")
        or token.text in words.endings
        or token.key in english()
        or token.key in words.stops
        for token in (parts[0]._replace(gap=" "), *tokens[1:])
    ):
        return False
    if any(not entry.weak for token in tokens for entry in lexicon.entries.get(token.key, ())):
        return False
    double = type_ == "organization" and len(parts) == 2 and tokens[-1].gap == "-"
    return double or ends_as_surname(tokens[-1].key) or _RUNS.match(passage.text, tokens[-1].end) is not None


def ends_as_surname(key: str) -> bool:
    """Whether a folded word ends as surnames do in a language in which that tells them from other words."""
    return len(key) >= _LONG_WORD and key.endswith(_surname_ends())


@cache
def _surname_ends() -> tuple[str, ...]:
    return tuple(sorted(vocabulary().surname_ends))
