"""Names in Hangul: known places and bodies, bodies by their endings, people by name and title, particles cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.data import read_rows
from generator.hangul import is_hangul_name
from generator.model import EntityType

_HANGUL = re.compile("[가-힣]")

BODY_ENDINGS = ("부", "청", "처", "당", "회", "시", "군")
"""Last syllables of bodies and towns that hardly a name of a person ends with."""


@dataclass(frozen=True, slots=True)
class KoreanRules:
    """The rows of `hangul.csv`, ready to use."""

    known: dict[str, tuple[EntityType, str]]
    """A name to its type and its key; the key may be empty."""
    known_pattern: re.Pattern[str]
    body_pattern: re.Pattern[str]
    titled_pattern: re.Pattern[str]
    surname_pattern: re.Pattern[str]
    stops: frozenset[str]
    follow: str
    """A pattern that looks for the end of a noun: particles and the copula may stand behind it."""
    boundary: re.Pattern[str]


@cache
def load_korean() -> KoreanRules:
    """The rules of the package's data file."""
    known: dict[str, tuple[EntityType, str]] = {}
    lists: dict[str, list[str]] = {}
    for row in read_rows("hangul.csv"):
        names = row["names"].split()
        if row["kind"] == "place":
            known |= dict.fromkeys(names, ("place", row["key"]))
        elif row["kind"] == "organization":
            known |= dict.fromkeys(names, ("organization", row["key"]))
        else:
            lists[row["kind"]] = names
    titles = _either(lists["title"])
    follow = rf"(?=(?:{_either(lists['particle'])})?(?![가-힣]))"
    return KoreanRules(
        known,
        re.compile(rf"(?<![가-힣])(?:{_either(known)}){follow}"),
        # Two syllables and more before the ending: 은행 alone is any bank.
        re.compile(rf"(?<![가-힣A-Z])[가-힣A-Z]{{2,10}}?(?:{_either(lists['suffix'])}){follow}"),
        re.compile(rf"(?<![가-힣])([가-힣]{{2,4}}?)(?: (?:{titles})|씨){follow}"),
        re.compile(rf"(?<![가-힣])([가-힣]) ?(?:{titles}){follow}"),
        frozenset(lists["stop"]),
        follow,
        re.compile(follow),
    )


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the Hangul at `[start, end)` is a word by itself, particles behind it aside; true of other scripts."""
    if not _HANGUL.match(text, start):
        return True
    return not (start and _HANGUL.match(text, start - 1)) and load_korean().boundary.match(text, end) is not None


def find_korean(passages: Iterable[Passage]) -> list[list[Candidate]]:
    """Candidates per passage. A full name that a title shows to be one is found everywhere; so are titled surnames."""
    passages = list(passages)
    if not any(_HANGUL.search(passage.text) for passage in passages):
        return [[] for _ in passages]
    rules = load_korean()
    people = {name for passage in passages for name in _titled(passage.text, rules)}
    again = re.compile(rf"(?<![가-힣])(?:{_either(people)}){rules.follow}") if people else None
    return [list(_find(passage.text, rules, people, again)) for passage in passages]


def _titled(text: str, rules: KoreanRules) -> Iterator[str]:
    for match in rules.titled_pattern.finditer(text):
        name = match[1]
        # Three syllables are the rule; a word of two before a title is seldom a name (신임 장관, the new minister).
        if (
            len(name) > 2
            and is_hangul_name(name)
            and name not in rules.known
            and name[:2] not in rules.stops
            and not name.endswith(BODY_ENDINGS)
        ):
            yield name


def _find(text: str, rules: KoreanRules, people: set[str], again: re.Pattern[str] | None) -> Iterator[Candidate]:
    for match in rules.known_pattern.finditer(text):
        type_, key = rules.known[match.group()]
        yield Candidate(match.start(), match.end(), type_, "gazetteer", Trust.FULL, 0.9, key=key)
    for match in rules.body_pattern.finditer(text):
        yield Candidate(match.start(), match.end(), "organization", "ending", Trust.FULL, 0.8)
    if again is None:
        return
    for match in again.finditer(text):
        yield Candidate(match.start(), match.end(), "person", "title", Trust.FULL, 0.9)
    surnames = {name[:1] for name in people}
    for match in rules.surname_pattern.finditer(text):
        if match[1] in surnames:
            yield Candidate(match.start(1), match.end(1), "person", "title", Trust.SINGLE, 0.8, weak=True)


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
