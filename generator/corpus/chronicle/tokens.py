"""Words of a sentence, which of them are verbs, and what the sentence counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from generator.corpus.wording import WordLists, spelled, word_lists

# A sentence longer than this is a table or a list pasted in one line.
LONGEST_SENTENCE = 1200
OPENING, CLOSING = "“‘«「", "”’»」"
"""Quotation marks that open and close; straight ones do either."""

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)+|[^\W_]+(?:[.'’-][^\W_]+)*|[^\w\s]")


class Token(NamedTuple):
    """A word or mark, with its offsets in the sentence, and whether it stands inside quotation marks."""

    text: str
    start: int
    end: int
    quoted: bool
    low: str
    """Lower case."""


def tokenize(sentence: str) -> list[Token]:
    """The words and marks of a sentence. Straight double quotes open and close in turn."""
    tokens: list[Token] = []
    depth = 0
    straight = False
    for match in _TOKEN.finditer(sentence):
        mark = match[0]
        apostrophe = mark == "’" and match.start() > 0 and sentence[match.start() - 1].isalnum() and depth == 0
        closing = mark in CLOSING and not apostrophe
        if closing:
            depth = max(depth - 1, 0)
        tokens.append(Token(mark, match.start(), match.end(), depth > 0 or straight, mark.lower()))
        if mark in OPENING:
            depth += 1
        elif mark == '"':
            straight = not straight
    return tokens


def is_verb(token: Token, words: WordLists, *, first: bool = False) -> bool:
    """Whether a word is taken for a finite verb: by the lists, or by the ending of regular past forms."""
    low = token.low
    if low in words.not_verbs or not token.text[0].isalpha():
        return False
    if token.text[0].isupper() and not first:
        return False
    return (
        low in words.auxiliary or low in words.irregular or low in words.speech or (len(low) > 3 and low.endswith("ed"))
    )


# Characters on either side of a count that hold the words next to it.
_NEAR = 80


@cache
def _count() -> re.Pattern[str]:
    # A number before a word in small letters; it is not looked at where it goes on from something.
    return re.compile(rf"(?<![\w.,:-])(?:\d+(?:[.,]\d+)*|(?i:{'|'.join(spelled())}))\s+[^\W\d_A-Z]")


def counts_in(sentence: str) -> Iterator[tuple[str, str, str]]:
    """What a sentence counts, as (number, noun, verb): `("12", "people", "killed")`.

    The verb is the one next to the count, within three words; empty where there is none. Without it nothing can be
    compared: 12 people killed and 90 people hurt are no contradiction.
    """
    words, figures = word_lists(), spelled()
    for match in _count().finditer(sentence[:LONGEST_SENTENCE]):
        low = sentence.find(" ", max(match.start() - _NEAR, 0), match.start()) if match.start() > _NEAR else 0
        start = match.start() - max(low, 0)
        tokens = tokenize(sentence[max(low, 0) : match.end() + _NEAR])
        at = next(number for number, token in enumerate(tokens) if token.end > start)
        if at + 1 == len(tokens):
            continue
        token, noun = tokens[at], tokens[at + 1]
        number = figures.get(token.low, token.text)
        if not number[0].isdigit() or not noun.text.isalpha() or not noun.text.islower():
            continue
        if noun.low in words.count_nouns_ignored | words.stopwords | words.prepositions:
            continue
        near = [*tokens[at + 2 : at + 5], *reversed(tokens[max(at - 3, 0) : at])]
        act = next((one.low for one in near if is_verb(one, words) and one.low not in words.auxiliary), "")
        if act:
            yield number.replace(",", ""), noun.low, act
