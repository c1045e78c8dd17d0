"""Matching the spin glossary against a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.describe.glossary import (
    SLOT,
    SLOT_NAMES,
    Condition,
    Entry,
    Form,
    Glossary,
    Lexicon,
    Node,
    Strength,
    Word,
    Words,
    fold,
    split_words,
)

_SENTENCE_ENDS = frozenset('.!?:;"“”‘’()[]—–-|>')
# A noun phrase longer than this is not the plain name of an office; the look ahead stays bounded.
_LONGEST_SOURCE = 9


@dataclass(frozen=True, slots=True)
class GlossaryMatch:
    """A phrase found: view offsets, the entry and what the phrase probably was."""

    start: int
    end: int
    entry: Entry
    original: str


class Openings:
    """Which phrases of a glossary the words of a document may begin: most begin none, and the same words come again."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self._begun: dict[str, tuple[Node, ...]] = {}
        self._folded: dict[str, str] = {}

    def at(self, texts: Sequence[str], at: int) -> bool:
        """Whether a phrase may begin with the word at a place of `texts`, and go on with the next."""
        text = texts[at]
        nodes = self._begun.get(text)
        if nodes is None:
            nodes = self._begun[text] = self._begin(Word(text, fold(text)))
        return bool(nodes) and (at + 1 == len(texts) or self._goes_on(nodes, texts[at + 1]))

    def _begin(self, word: Word) -> tuple[Node, ...]:
        if word.text.islower() and word.folded not in self.glossary.lexicon.small:
            # No slot holds it: figures and Roman numbers have no small letters, names and months have a capital.
            step = self.glossary.root.words.get(word.folded)
            return (step,) if step else ()
        return tuple(_steps([self.glossary.root], word, self.glossary))

    def _goes_on(self, nodes: Sequence[Node], text: str) -> bool:
        """Whether a phrase may end at `nodes` or go on with the word `text`."""
        word = self._folded.get(text)
        if word is None:
            word = self._folded[text] = fold(text)
        for node in nodes:  # noqa: SIM110 -- asked at every third word, a generator costs too much
            if node.forms or node.slots or word in node.words:
                return True
        return False


def match_glossary(
    text: str, glossary: Glossary, strengths: Sequence[Strength], openings: Openings | None = None
) -> list[GlossaryMatch]:
    """The phrases of the given strengths in a text, leftmost first, the longest of those that begin together.

    Offsets are view offsets into `text`. `openings`, of the same glossary, may serve all texts of a document. Time is
    linear in the text: the trie is as deep as its longest row.
    """
    openings = openings or Openings(glossary)
    words = split_words(text)
    title_case = _is_title_case(words)
    found: list[GlossaryMatch] = []
    texts = words.texts
    at = 0
    while at < len(texts):
        if not openings.at(texts, at):
            at += 1
            continue
        best = _match_at(words, at, glossary, strengths, title_case=title_case)
        if best is None:
            at += 1
            continue
        length, form = best
        stretch = words[at : at + length]
        found.append(
            GlossaryMatch(
                *words.span(at, at + length),
                form.entry,
                _original(form, stretch, glossary.lexicon, title_case=title_case),
            )
        )
        at += length
    return found


def _is_title_case(words: Words) -> bool:
    # Words of four letters and more are capitalised in headlines and running text in capitals, rarely all in prose.
    long_words = [text for text in words.texts if len(text) >= 4]
    return len(long_words) >= 3 and sum(text[0].isupper() for text in long_words) >= 0.8 * len(long_words)


def _match_at(
    words: Words, at: int, glossary: Glossary, strengths: Sequence[Strength], *, title_case: bool
) -> tuple[int, Form] | None:
    best: tuple[int, Form] | None = None
    nodes = [glossary.root]
    for offset in range(at, len(words) + 1):
        for node in nodes:
            for form in node.forms:
                length = offset - at
                if best is not None and length <= best[0]:
                    break
                if form.entry.strength in strengths and _applies(
                    form, words, at, length, glossary, title_case=title_case
                ):
                    best = (length, form)
        if offset == len(words):
            break
        nodes = _steps(nodes, words[offset], glossary)
        if not nodes:
            break
    return best


def _steps(nodes: Sequence[Node], word: Word, glossary: Glossary) -> list[Node]:
    """Where `word` leads from `nodes`."""
    following: list[Node] = []
    for node in nodes:
        step = node.words.get(word.folded)
        if step is not None:
            following.append(step)
        following.extend(step for slot, step in node.slots.items() if glossary.slots[slot](word))
    return following


def _applies(form: Form, words: Words, at: int, length: int, glossary: Glossary, *, title_case: bool) -> bool:
    if not title_case:
        for offset, (pattern, capital) in enumerate(zip(form.words, form.capitals, strict=True)):
            word = words[at + offset]
            if capital and not word.capital:
                return False
            named = word.capital and not capital and pattern == word.folded
            if named and not (offset == 0 and _opens_sentence(words, at)):
                return False
    return all(_holds(condition, words, at, at + length, glossary) for condition in form.entry.conditions)


def _opens_sentence(words: Words, at: int) -> bool:
    return at == 0 or words.texts[at - 1] in _SENTENCE_ENDS


def _holds(condition: Condition, words: Words, start: int, end: int, glossary: Glossary) -> bool:
    if condition.where == "source":
        return _is_source(words, start, end, glossary.lexicon)
    if condition.where == "lower":
        return not any(word.capital for word in words[start:end])
    if condition.where == "after":
        hit = any(
            start >= len(phrase) and _same(phrase, words[start - len(phrase) : start], glossary)
            for phrase in condition.phrases
        )
    elif end == len(words):
        hit = (".",) in condition.phrases
    else:
        hit = any(_same(phrase, words[end : end + len(phrase)], glossary) for phrase in condition.phrases)
    return hit != condition.negated


def _same(phrase: tuple[str, ...], words: Sequence[Word], glossary: Glossary) -> bool:
    if len(phrase) != len(words):
        return False
    for pattern, word in zip(phrase, words, strict=True):
        slot = SLOT.fullmatch(pattern)
        if slot and slot[1] in glossary.slots:
            if not glossary.slots[slot[1]](word):
                return False
        elif pattern != word.folded:
            return False
    return True


def _is_source(words: Words, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the words after a phrase name a source of statements.

    The noun that ends the phrase decides. Office-holders and offices count anywhere, papers and bare names only where
    a comma comes before ("…, in response to Reuters"), since one can act in response to a report or to a country.
    """
    last: Word | None = None
    for word in words[end : end + _LONGEST_SOURCE]:
        if word.folded in lexicon.stops or not (word.text[0].isalnum() or word.folded in "'-."):
            break
        if word.text == "." and not (last is not None and len(last.text) == 1):
            break
        if word.text[0].isalnum() and word.folded != "s":
            last = word
    if last is None:
        return False
    comma = start > 0 and words[start - 1].text == ","
    return last.folded in lexicon.speakers or (comma and (last.folded in lexicon.papers or last.capital))


def _original(form: Form, stretch: Sequence[Word], lexicon: Lexicon, *, title_case: bool) -> str:
    captured: dict[str, list[str]] = {}
    for pattern, word in zip(form.words, stretch, strict=True):
        slot = SLOT.fullmatch(pattern)
        if slot and slot[1] in SLOT_NAMES:
            captured.setdefault(slot[1], []).append(word.text)

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name == "nth":
            number = lexicon.tens[captured["tens"][0].lower()] + lexicon.ordinals[captured["ordinal"][0].lower()]
            return f"{number}{_ending(number)}"
        if name not in captured:
            return match[0]
        value = captured[name].pop(0)
        return lexicon.digits[value] if name == "digit" else value

    original = SLOT.sub(fill, form.original)
    if all(word.text.isupper() for word in stretch if word.text.isalpha()):
        return original.upper()
    if title_case and all(word.capital for word in stretch if word.text.isalpha()):
        return " ".join(part[:1].upper() + part[1:] for part in original.split(" "))
    return original[:1].upper() + original[1:] if stretch[0].capital else original


def _ending(number: int) -> str:
    # 11th to 13th cannot come up: the tens begin at twenty.
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
