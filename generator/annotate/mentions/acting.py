"""Names that no list knows and the model passes over: by what they do, by whose they are, by who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.shown import ends_as_surname, english
from generator.annotate.mentions.tokens import Token, last_of_row
from generator.annotate.mentions.vocabulary import vocabulary

_VERB = re.compile(r" (?:has |had |will |have |also |now |later ){0,2}([a-z]{3,12})\b(?!-)")
_OWNED = re.compile(r"['’]s (?:shares|stock|board|spokes\w{3,8}|offices?|headquarters|employees|chief executive)\b")
_WHO = re.compile(r",? who\b|, \d{1,2}[,.;]")
_QUOTED = re.compile(r"[,!?.][”\"’] $")
_SPEAKS = re.compile(r" (?:said|says|told|added|asked|recalled|wrote|explained)\b")
_TOLD = re.compile(r"\btold (?:the )?$")
_SOURCE = re.compile(r"\b[Aa]ccording to $")
_SEATED = re.compile(
    r"\b(?:[Mm]ayor|[Gg]overnor|town|city|village|municipality|district|hamlet|parish|port|archbishop|bishop) of $"
)
_BEHIND_A_RUN = re.compile(r"[\s”\"]{0,2}(?:[,.;:)]|$| (?:in|was|were|is|has|had|who|and|on|at|said|for)\b)")
_LONGEST = 5
_NAME = 3
"""Words of a person's name, without particles."""
_SHORTEST, _LONGEST_ACRONYM = 4, 6
"""Letters of a word that can be a name by itself, and of an acronym that stands without its expansion."""


def find_acting(passage: Passage, lexicon: Lexicon) -> Iterator[Candidate]:
    """Candidates that anything better known overrules."""
    if passage.titled or passage.shouted:
        return
    tokens, text = passage.tokens, passage.text
    national = vocabulary().national_bodies
    for index, token in enumerate(tokens):
        if not token.capital:
            continue
        before = tokens[index - 1] if index and token.gap in (" ", "-") else None
        if before and before.capital and before.key not in lexicon.words.calendar:
            continue
        if token.text not in national and not _unknown(token, lexicon):
            continue
        last = last_of_row(tokens, index, _LONGEST)
        run = tokens[index : last + 1]
        end = tokens[last].end
        if token.text in national and len(run) == 2 and _country(run[1], lexicon):
            yield Candidate(token.start, end, "organization", "national-body", Trust.FULL, 0.85)
            continue
        if not all(_unknown(one, lexicon) for one in run if one.capital):
            continue
        # Only "of" and "to" end what is looked for.
        led = text[token.start - 3 : token.start] in ("of ", "to ")
        leading = text[max(0, token.start - 24) : token.start] if led else ""
        if token.shouted and _TOLD.search(text, max(0, token.start - 9), token.start):
            yield Candidate(token.start, end, "organization", "told", Trust.HINT, 0.5)
        elif _SEATED.search(leading):
            yield Candidate(token.start, end, "place", "seated", Trust.SINGLE, 0.75)
        elif len(run) > 1 and _person(passage, token.start, run):
            yield Candidate(token.start, end, "person", "who", Trust.FULL, 0.78)
        elif _SOURCE.search(leading) and _BEHIND_A_RUN.match(text, tokens[last].full_end) and not _personal(run):
            yield Candidate(token.start, end, "organization", "source", Trust.HINT, 0.5)
        elif len(run) == 1 and _acts(passage, token, lexicon):
            yield Candidate(token.start, end, "organization", "acting", Trust.HINT, 0.5)


def _unknown(token: Token, lexicon: Lexicon) -> bool:
    """Whether no list knows a word: no word of English, no name, no place, no title."""
    words = lexicon.words
    return not (
        token.key in words.stops
        or token.key in lexicon.demonyms
        or token.key in words.titles
        or token.key in words.calendar
        or token.key in vocabulary().function
        or (token.key in english() and not token.shouted)
    )


def _country(token: Token, lexicon: Lexicon) -> bool:
    return any(entry.role in ("country", "region") for entry in lexicon.entries.get(token.key, ()))


def _person(passage: Passage, start: int, run: tuple[Token, ...]) -> bool:
    """Whether what stands beside two or three words explains them as a person: `, who heads`, `, 61,`, a quotation."""
    parts = [one for one in run if one.gap != "-" or one is run[0]]
    if not 2 <= len(parts) <= _NAME or any(not one.capital or one.shouted or len(one.text) < 2 for one in run):
        return False
    if _WHO.match(passage.text, run[-1].full_end):
        return True
    spoke = _SPEAKS.match(passage.text, run[-1].full_end) is not None
    return spoke and _QUOTED.search(passage.text, max(0, start - 3), start) is not None


def _personal(run: tuple[Token, ...]) -> bool:
    """Whether a run looks like a person's name: two or three capitals, none of them an acronym."""
    capitals = all(one.capital and not one.shouted for one in run)
    return ends_as_surname(run[-1].key) or (capitals and 1 < len(run) <= _NAME)


def _acts(passage: Passage, token: Token, lexicon: Lexicon) -> bool:
    """Whether a word that is nobody's name does what bodies do: Ukrenergo cut power, OQ signed a deal."""
    words = lexicon.words
    if token.key in words.first or token.key in words.last or lexicon.entries.get(token.key) or "." in token.text:
        return False
    if token.gap == "-" or passage.text[token.end : token.end + 1] == "-" or ends_as_surname(token.key):
        return False
    if not token.text.isalpha() or len(token.text) < (2 if token.shouted else _SHORTEST):
        return False
    if token.shouted and len(token.text) > _LONGEST_ACRONYM:
        return False
    # Only the sentence may give it its capital: a plural, or a form of a verb.
    if token.opens and not token.shouted and token.key.endswith(("s", "ing", "ed", "ly", "ers", "ists")):
        return False
    if _OWNED.match(passage.text, token.end):
        return True
    verb = _VERB.match(passage.text, token.full_end) if token.end == token.full_end else None
    return verb is not None and verb[1] in vocabulary().acts_of_bodies
