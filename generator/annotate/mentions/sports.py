"""A town that stands for its team: Miami has lost six straight."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.tokens import tokenize

PLAYS = re.compile(
    r"(?:['’]s)? (?:(?:has|had|have|will|also|then|never|now|again|has now) ){0,2}"
    r"(?:won|lost|beat|beats|defeated|leads|led|trailed|trails|scored|outscored|plays|played|hosts|hosted|faces|improved|"
    r"finished|advanced|swept|rallied|tied|drew|clinched|fell to|committed|shot|hit|missed|outshot|opened the scoring|"
    r"is \d|was \d|went \d|went ahead|took the lead|\d{1,3}[-–]\d{1,3})\b"
)
"""What teams do, and scores behind a name."""
AGAINST = re.compile(
    r"\b(?:beat|beating|beats|defeated|defeating|over|against|versus|vs|hosts?|hosted|facing|faced|swept|sweeping|routed|"
    r"loss to|lost to|losing to|trailing|edged|downed|blanked|shut out)\.? $"
)


RESULT = re.compile(
    r" (?:(?:were |was |have |has |had )?(?:lost|beat|beaten|drew|defeated|thrashed|won|held|edged|fell|draw|level) )"
    r"(?:\d{1,3}[-–]\d{1,3} )?(?:to|by|with|against|at home to|past|over)? ?"
)
"""From one team to the other."""
_NEAR = 40


def team_towns(chosen: Iterable[Sequence[Candidate]], lexicon: Lexicon) -> dict[tuple[str, ...], str]:
    """The towns (folded words) of the teams that the document names, with the key of the one team each."""
    found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for key in {one.key for candidates in chosen for one in candidates if one.type == "organization" and one.key}:
        words = tuple(token.key for token in tokenize(lexicon.names.get(key, "")))
        roles = {entry.role for entry in lexicon.entries.get(" ".join(words), ()) if entry.key == key}
        if "team" not in roles:
            continue
        for length in range(1, len(words)):
            places = lexicon.entries.get(" ".join(words[:length]), ())
            if any(entry.type == "place" for entry in places):
                found[words[:length]].add(key)
    return {words: keys.pop() for words, keys in found.items() if len(keys) == 1}


def find_opponents(passage: Passage, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """Where a town that another team has beaten, lost to or drawn with stands for its team."""
    if passage.titled or passage.shouted:
        return
    for left, right in pairwise(sorted(chosen, key=lambda one: one.start)):
        between = passage.text[left.end : right.start]
        town = right.type == "place" and right.key.startswith("city:") and left.type == "organization"
        if town and len(between) < _NEAR and RESULT.fullmatch(between):
            note = f"{passage.text[right.start : right.end]} stands for its team here."
            yield Candidate(right.start, right.end, "organization", "team", Trust.FULL, 0.8, note=note)


def find_teams(passage: Passage, towns: dict[tuple[str, ...], str]) -> Iterator[Candidate]:
    """Where the name of a town stands for its team: before what teams do, after what is done to them."""
    if not towns or passage.titled or passage.shouted:
        return
    tokens = passage.tokens
    for index in range(len(tokens)):
        for words, key in towns.items():
            part = tokens[index : index + len(words)]
            if tuple(token.key for token in part) != words or not part[0].capital:
                continue
            start, end = part[0].start, part[-1].end
            if PLAYS.match(passage.text, end) or AGAINST.search(passage.text, max(0, start - 16), start):
                yield Candidate(
                    start, end, "organization", "team", Trust.FULL, 0.8, key=key,
                    note=f"{passage.text[start:end]} stands for its team here.",
                )  # fmt: skip
