"""Quotations set as paragraphs of their own without marks: `Lind said in a statement:`, and then her words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.annotate.quotes.grammar import Grammar, Range
from generator.annotate.quotes.lexicon import Cue
from generator.annotate.quotes.tokens import cue_at

# Paragraphs that one announcement can hold. A letter printed in full runs to about a dozen.
MOST = 12
# Behind its verb, an announcement has room for "in a statement sent to the paper on Monday:".
_TAIL = 16
_KINDS = ("say", "tell", "write", "read", "continue")


@cache
def _quoting() -> re.Pattern[str]:
    return re.compile(r"\s{0,4}(?:>\s{0,2}){1,3}(?=\S)")


@cache
def _own_voice() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w’'])(?:I|[Ww]e|[Oo]ur|[Oo]urs|[Uu]s|[Mm]y|[Mm]e|[Mm]ine|[Mm]yself|[Oo]urselves)(?![\w-])"
    )


@dataclass(frozen=True, slots=True)
class Announcement:
    """A sentence that ends in a colon and announces words: `wrote:`, `said in a statement:`."""

    cue: Range
    verb: Cue
    sure: bool
    """Whether the verb stands right before the colon, or a text is named that is quoted: a statement, a letter."""


def announcement(grammar: Grammar, sentence: Range) -> Announcement | None:
    """The announcement that a sentence is, if it is one."""
    start, end = sentence
    if end - start < 2 or grammar.tokens[end - 1].text != ":":
        return None
    for at in range(end - 2, max(start, end - _TAIL), -1):
        found = cue_at(grammar.tokens, at, grammar.words)
        if found and found[0].finite and found[0].kind in _KINDS and found[0].strength != "weak":
            text = any(grammar.low(i) in grammar.words.works for i in range(start, end))
            ends = at + found[1] == end - 1
            return Announcement((at, at + found[1]), found[0], ends or text)
    return None


def begin(text: str) -> int:
    """Where the words of a paragraph begin behind a `>` that marks it as quoted; 0 where none does."""
    found = _quoting().match(text)
    return found.end() if found else 0


def in_own_voice(text: str) -> bool:
    """Whether a paragraph speaks of itself as I or we, as a writer of news does not."""
    return _own_voice().search(text) is not None
