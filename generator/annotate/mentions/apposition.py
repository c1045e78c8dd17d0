"""Names that the words beside them explain: `Orla Salvage, a unit of`, `the journal Tides`, `its head, Ida Hale,`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.persons import is_known, name_run
from generator.annotate.mentions.tokens import Token
from generator.annotate.mentions.vocabulary import vocabulary

MEDIA = frozenset({"journal", "newspaper", "daily", "broadcaster", "weekly", "tabloid", "website"})
"""Before a capital, and lower-case themselves, these introduce the name of one."""

_AFTER = frozenset(
    {"of", "in", "that", "which", "based", "for", "with", "owned", "run", "founded", "headquartered", "from"}
)
_INNER = frozenset({"of", "and", "the", "in", "for", "&", "de", "la"})
# Words between an article and the noun: "a state-owned shipping and salvage company".
_NOUN_REACH = 7
_LONGEST = 6


@cache
def _domain() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w@/.-])[a-z0-9][a-z0-9-]{2,30}\.(?:com|org|net|news|info|co\.[a-z]{2})(?![\w@/-])"
        r"(?=,? (?:said|says|reported|reports|wrote|quoted))"
        r"|(?<=told )[a-z0-9][a-z0-9-]{2,30}\.(?:com|org|net|news|info|co\.[a-z]{2})(?![\w@/-])"
    )


def find_apposed(passage: Passage, lexicon: Lexicon) -> Iterator[Candidate]:
    """People, organizations and places of which the text itself says what they are."""
    if passage.titled or passage.shouted:
        return
    tokens = passage.tokens
    for index, token in enumerate(tokens):
        if token.capital:
            if token.gap == ", " and (last := _explained(passage, index, lexicon)):
                yield Candidate(token.start, tokens[last].end, "person", "apposition", Trust.FULL, 0.82)
            continue
        if not index:
            continue
        if token.gap == ", " and token.key in ("a", "an", "the"):
            found = _company(tokens, index, lexicon)
        elif token.text in MEDIA:
            found = _medium(tokens, index, lexicon)
        elif token.text in vocabulary().explaining_places and token.gap == " ":
            yield from _pair(tokens, index, lexicon)
            continue
        else:
            continue
        if found:
            yield found
    if ".c" in passage.text or ".n" in passage.text or ".o" in passage.text or ".i" in passage.text:
        for match in _domain().finditer(passage.text):
            yield Candidate(match.start(), match.end(), "organization", "domain", Trust.FULL, 0.85)


def _run_before(tokens: tuple[Token, ...], last: int) -> int:
    """Where the run of capitals that ends at `last` begins; after `last` where it is no run."""
    first = last + 1
    while (
        first
        and last - first < _LONGEST
        and (tokens[first - 1].capital or tokens[first - 1].text == "&")
        and (first > last or tokens[first].gap in (" ", "-"))
        and (first > last or tokens[first - 1].end == tokens[first - 1].full_end)
    ):
        first -= 1
    return first


_OWNERS = frozenset({"its", "his", "her", "their", "our", "the", "whose"})
# "the bank's chief executive officer", "its new parliamentary spokesman": words back to whose it is.
_OWNER_REACH = 6


def _explained(passage: Passage, index: int, lexicon: Lexicon) -> int:
    """The last word of the full name behind `its spokesman,` that a comma or a stop closes; 0 where none is."""
    tokens, words = passage.tokens, lexicon.words
    role = tokens[index - 1]
    if not tokens[index].capital or role.capital or not (role.key in words.roles or role.key in words.titles):
        return 0
    if role.end != role.full_end:
        return 0
    for at in range(index - 1, max(index - 1 - _OWNER_REACH, -1), -1):
        token = tokens[at]
        if token.key in _OWNERS or token.end != token.full_end:
            break
        if at < index - 1 and tokens[at + 1].gap not in (" ", "-"):
            return 0
    else:
        return 0
    last = name_run(passage, index, lexicon, after_title=True)
    behind = passage.text[tokens[last].full_end : tokens[last].full_end + 1]
    if last <= index or behind not in (",", ".", ";", ")") or is_known(tokens, index, last, lexicon):
        return 0
    return last


def _company(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Candidate | None:
    """The organization before `, a unit of`; a person before `, a company director` is none."""
    for at in range(index + 1, min(index + _NOUN_REACH, len(tokens))):
        token = tokens[at]
        if token.gap not in (" ", "-") or (token.capital and at > index + 3):
            return None
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.text in vocabulary().explaining_bodies and (
            following is None or following.gap != " " or following.text in _AFTER
        ):
            break
    else:
        return None
    first = _run_before(tokens, index - 1)
    while first < index and (tokens[first].key in lexicon.words.stops or tokens[first].key in lexicon.demonyms):
        first += 1
    head = tokens[first:index]
    if not head or head[-1].end != head[-1].full_end or (len(head) == 1 and lexicon.entries.get(head[0].key)):
        return None
    person = head[0].key in lexicon.words.first and head[-1].key in lexicon.words.last
    if person or head[0].key in lexicon.words.titles:
        return None
    return Candidate(head[0].start, head[-1].end, "organization", "apposition", Trust.KNOWN, 0.75)


def _medium(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Candidate | None:
    """The name behind `the journal`: capitals, with small words between them."""
    last = position = index
    while position + 1 < len(tokens) and position - index < _LONGEST:
        token = tokens[position + 1]
        if token.gap != " " or (position > index and tokens[position].end != tokens[position].full_end):
            break
        position += 1
        if token.capital:
            last = position
        elif token.text not in _INNER or last == index or (token.text == "and" and tokens[index].text != "journal"):
            break
    head = tokens[index + 1 : last + 1]
    if not head or head[0].key in lexicon.words.stops or head[0].key in lexicon.demonyms:
        return None
    # "Al" is the Arabic article here: the weekly Al Maqal.
    given = head[0].key in lexicon.words.first and not (head[0].key == "al" and len(head) > 1)
    if given or head[0].key in lexicon.words.titles:
        return None
    return Candidate(head[0].start, head[-1].end, "organization", "medium", Trust.FULL, 0.87)


def _pair(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """Both names of `the Orla and Tarn rivers`, and those before them in a row."""
    last = index - 1
    first = _run_before(tokens, last)
    if first > last or first < 2 or tokens[first - 1].text not in ("and", "or"):
        return
    runs = [(first, last)]
    at = first - 2
    while at >= 0 and len(runs) < _LONGEST and tokens[at].capital:
        begin = _run_before(tokens, at)
        runs.append((begin, at))
        if tokens[begin].gap != ", ":
            break
        at = begin - 1
    for low, high in runs:
        if tokens[low].key in lexicon.words.stops or any(one.key in lexicon.demonyms for one in tokens[low : high + 1]):
            continue
        yield Candidate(tokens[low].start, tokens[high].end, "place", "apposition", Trust.FULL, 0.8)
