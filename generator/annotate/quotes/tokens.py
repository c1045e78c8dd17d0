"""A paragraph as the quotation rules read it: words, names and whole quotations as single tokens, in frame sentences.

All offsets are view offsets of the paragraph's `reading`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from generator.aligned import AlignedText, Span
from generator.annotate.quotes.lexicon import Cue, Lexicon
from generator.annotate.quotes.marks import Stretch
from generator.model import Mention

TokenKind = Literal["word", "punct", "name", "quote"]


class Token(NamedTuple):
    """A word, a punctuation mark, a mention or a whole quotation. `ref` numbers the mention or quotation."""

    start: int
    end: int
    text: str
    low: str
    kind: TokenKind
    capital: bool
    """Whether it begins with a capital letter, or is a name."""
    ref: int = -1
    entity: str = ""
    """The type of the mention, for names."""
    ending: str = ""
    """For quotations, the last character inside the marks."""
    closed: bool = True
    """For quotations, whether the closing mark is there."""


@dataclass(frozen=True, slots=True)
class Name:
    """A mention with its place in the paragraph's view."""

    start: int
    end: int
    mention: Mention


@cache
def _pattern() -> re.Pattern[str]:
    # Titles and initials keep their full stop, so that it ends no sentence; 's stands alone, so that "Lind's" is a name
    # and a possessive. Every quantifier is bounded or runs over one class only.
    return re.compile(
        r"(?:[A-Za-z]\.){2,8}"
        r"|['’]s\b"
        r"|\w+(?:[-–‑.@&/]\w+|['’](?!s\b)\w+){0,12}"
        r"|(?P<mark>[^\w\s])(?P=mark)*"
    )


def tokenize(
    text: str, bounds: tuple[int, int], names: Sequence[Name], stretches: Sequence[Stretch], words: Lexicon
) -> list[Token]:
    """The tokens of a part of the text; text inside `names` and `stretches` (both in order) is one token each."""
    tokens: list[Token] = []
    position, end = bounds
    blocks = sorted(
        [(stretch.start, stretch.end, "quote", index) for index, stretch in enumerate(stretches)]
        + [(name.start, name.end, "name", index) for index, name in enumerate(names)],
        key=lambda block: (block[0], -block[1]),
    )
    for low, high, kind, ref in blocks:
        if low < position or high > end:
            continue
        tokens.extend(_plain(text, position, low, words))
        surface = text[low:high]
        if kind == "name":
            type_ = names[ref].mention.type
            tokens.append(Token(low, high, surface, surface.casefold(), "name", capital=True, ref=ref, entity=type_))
        else:
            stretch = stretches[ref]
            ending = text[stretch.inner : stretch.close].rstrip()[-1:]
            capital = surface[:1].isupper()
            tokens.append(Token(low, high, surface, "", "quote", capital, ref, "", ending, stretch.closed))
        position = high
    tokens.extend(_plain(text, position, end, words))
    return tokens


def _plain(text: str, start: int, end: int, words: Lexicon) -> Iterable[Token]:
    pending: Token | None = None
    for match in _pattern().finditer(text, start, end):
        surface = match[0]
        if pending and surface == "." and match.start() == pending.end:
            yield Token(pending.start, match.end(), pending.text + ".", pending.low + ".", "word", pending.capital)
            pending = None
            continue
        if pending:
            yield pending
            pending = None
        is_word = surface[0].isalnum() or surface in ("'s", "’s")
        if surface in ("-", "–", "‑") and text[max(0, match.start() - 1) : match.end() + 1].strip() != surface:
            around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
            is_word = len(around) == 2 and around.isalnum()  # the hyphen between a name and a word
        capital = surface[0].isupper()
        low = surface.lower() if surface.isascii() else surface.casefold().replace("’", "'")
        token = Token(*match.span(), surface, low, "word" if is_word else "punct", capital)
        # "Gov." and "J." keep the full stop; "may" and "no" only where they are written as titles are.
        if is_word and capital and (token.low in words.abbreviations or len(surface) == 1) and surface != "I":
            pending = token
        else:
            yield token
    if pending:
        yield pending


def sentences(tokens: Sequence[Token], text: str, starts: Sequence[int], words: Lexicon) -> list[tuple[int, int]]:
    """Token ranges of the frame sentences: sentences in which each quotation counts as one word.

    `starts` are the places, in order, where the sentence splitter begins a sentence.
    """
    ranges: list[tuple[int, int]] = []
    first = 0
    for index in range(len(tokens)):
        if index + 1 == len(tokens) or _breaks(tokens, index, text, starts, words):
            ranges.append((first, index + 1))
            first = index + 1
    return ranges


def _breaks(tokens: Sequence[Token], index: int, text: str, starts: Sequence[int], words: Lexicon) -> bool:
    token, after = tokens[index], tokens[index + 1]
    if token.kind in ("word", "name") and not after.capital and after.kind != "quote" and token.text[-1] != ".":
        # Most words: what goes on in small letters, or in a mark, is the same sentence.
        return False
    if (after.capital or after.kind == "quote") and "\n" in text[token.end : after.start]:
        return True
    if token.kind == "quote":
        last = token.ending
        if after.kind == "quote":
            return True
        if last == "," or after.kind == "punct" or not after.capital or not token.closed:
            return not token.closed and after.capital
        if last in ".?!…" and reported_after(tokens, index + 1, words):
            return False
        return last in ".?!…"
    if token.text in (".", "?", "!"):
        if after.kind == "punct" and after.text in (")", "]", "}", ",", ";", ":"):
            return False
        at = bisect_left(starts, token.end)
        splitter = at < len(starts) and starts[at] <= after.start
        return (
            after.capital
            or after.kind == "quote"
            or after.text[:1].isdigit()
            or splitter
            or not after.text[:1].islower()
        )
    # An abbreviation ends a sentence only where the splitter says so.
    if token.text.endswith(".") and after.kind == "quote":
        return token.low.rstrip(".") not in words.titles
    if token.text.endswith(".") and token.kind == "word" and after.capital:
        at = bisect_left(starts, token.end)
        return at < len(starts) and starts[at] == after.start and token.low.rstrip(".") not in words.titles
    return False


def reported_after(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Whether `Somebody said [on Monday].` stands at `index`, so that a quotation before it belongs to its sentence.

    Looks eight words ahead for the verb and six beyond it: a longer sentence says something of its own.
    """
    for at in range(index, min(index + 8, len(tokens))):
        token = tokens[at]
        if token.kind in ("punct", "quote"):
            return False
        found = cue_at(tokens, at, words) if at > index else None
        if found and found[0].finite and found[0].strength != "weak":
            after = at + found[1]
            for place, rest in enumerate(tokens[after : after + 7], start=after):
                if rest.text in (".", ",", ";", ":") or rest.kind == "quote":
                    introduces = place + 1 < len(tokens) and tokens[place + 1].kind == "quote"
                    return rest.kind != "quote" and (rest.text == "." or not introduces)
                if not (
                    rest.low in words.adverbs
                    or rest.low in words.times
                    or rest.low in words.prepositions
                    or rest.low in words.determiners
                    or rest.kind == "name"
                    or rest.text.isdigit()
                ):
                    return False
            return after >= len(tokens)
    return False


def cue_at(tokens: Sequence[Token], index: int, words: Lexicon) -> tuple[Cue, int] | None:
    """The reporting verb that begins at a token, and how many tokens it takes.

    Forms that are nouns as well (`report`, `claims`) do not count after an article, an adjective or a possessive.
    """
    token = tokens[index]
    if token.kind != "word":
        return None
    for cue in words.cues.get(token.low, ()):
        length = 1 + len(cue.rest)
        if cue.rest and tuple(follower.low for follower in tokens[index + 1 : index + length]) != cue.rest:
            continue
        if not cue.forms & {"past", "gerund"} and index and not _verb_place(tokens[index - 1], cue, words):
            return None
        return cue, length
    return None


def _verb_place(before: Token, cue: Cue, words: Lexicon) -> bool:
    """Whether a form that is a noun as well may be a verb behind this word."""
    if before.low in words.determiners or before.low in words.possessives or before.low in ("'s", "of"):
        return False
    if "third" in cue.forms or before.kind != "word" or before.capital:
        return True
    # The bare form needs a subject of more than one, or a helping verb: "officials report", "would report".
    return (
        before.low in words.pronouns
        or before.low in words.auxiliaries
        or (before.low.endswith("s") or before.low in ("people", "and", "men", "women", "police"))
    )


def views(aligned: AlignedText, spans: Iterable[Span]) -> list[tuple[int, int] | None]:
    """View stretches of many seed spans at once; linear in runs plus spans where spans are in order."""
    runs = [run for run in aligned.runs if run.end > run.start]
    starts = [run.start for run in runs]
    found: list[tuple[int, int] | None] = []
    for span in spans:
        low: int | None = None
        high = 0
        for index in range(max(bisect_right(starts, span.start) - 1, 0), len(runs)):
            run = runs[index]
            if run.start >= span.end:
                break
            if run.end <= span.start:
                continue
            begin = run.at + max(span.start - run.start, 0) if run.one_to_one else run.at
            low = begin if low is None else low
            high = run.at + (min(span.end - run.start, run.length) if run.one_to_one else run.length)
        found.append(None if low is None else (low, high))
    return found
