"""What the sentences around names tell of people: whom they set beside each other, whom pronouns make man or woman."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from generator.corpus.resolve.lexicon import load_lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.names import Name
from generator.model import Document, Mention

# Quotations are stepped over: in them somebody else speaks, of whom is not known.
_PRONOUN = re.compile(
    r"“[^“”]{0,400}”|\"[^\"\n]{0,400}\"|\b(?P<word>he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE
)
_SUBJECTS = frozenset({"he", "she"})
_MALE = frozenset({"he", "him", "his", "himself"})
_SAME_SENTENCE = re.compile(r"[^.!?;:“”\"\n()]{0,60}?[^\W\d_]{2}[^.!?;:“”\"\n()]{0,100}")
"""Some words between two names, without the end of a sentence or a bracket: that may hold another spelling."""
_VOTES = 2
"""Pronouns that must agree: one alone is as often a slip or means somebody whom the text calls by the office."""
_REACH = 400
"""Characters between name and pronoun, about three sentences; farther on the text may have come to somebody else."""


def set_beside(
    document: Document, mentions: Sequence[Mention], people: Sequence[Local], alike: Callable[[Name, Name], bool]
) -> None:
    """Note in `people` whom the text lists beside whom: two names with but "and" between them are two people.

    Two full names in one sentence are too, even where they are so alike that they could be spellings of one: nobody is
    introduced twice in a sentence.
    """
    cue = load_lexicon().alias_cue
    text = document.seed.text
    named = sorted((mentions[index].span, number) for number, one in enumerate(people) for index in one.mentions)
    for (left, number), (right, other) in pairwise(named):
        one, two = people[number].person, people[other].person
        if number == other or one is None or two is None:
            continue
        between = text[left.end : right.start]
        listed = between.strip(", ") in {"and", "&", "or"}
        if listed or (_SAME_SENTENCE.fullmatch(between) and not cue.fullmatch(between) and alike(one, two)):
            people[number].apart.add(two.compact)
            people[other].apart.add(one.compact)


def spoken_of(document: Document, mentions: Sequence[Mention], people: Sequence[Local]) -> Mapping[int, str]:
    """`male` or `female` by position in `people`, for those of whom two pronouns or more say so and none otherwise.

    One of them at least is "he" or "she". A pronoun counts outside quotations, where a paragraph has named nobody else
    before it. Translations are left out: languages without
    such pronouns have them put in by guess.
    """
    if document.translated_from or any(
        signal.name in ("machine-translated", "word-spun") for signal in document.signals
    ):
        return {}
    named = sorted(
        (mentions[index].span.start, number) for number, person in enumerate(people) for index in person.mentions
    )
    others = sorted(mention.span.start for mention in mentions if mention.type == "person")
    votes: dict[int, Counter[str]] = {}
    subjects: set[int] = set()
    for zone in document.body:
        if not zone.text.runs:
            continue
        begin, end = zone.text.runs[0].start, zone.text.runs[-1].end
        own = named[bisect_left(named, (begin, -1)) : bisect_left(named, (end, -1))]
        if not own:
            continue
        first, who = own[0]
        # Up to the first mention of anybody else, known or not.
        known = [start for start, number in own if number == who]
        mine = frozenset(known)
        inside = others[bisect_left(others, begin) : bisect_left(others, end)]
        stop = next((start for start in inside if start not in mine), end)
        if stop < first:
            continue
        for match in _PRONOUN.finditer(document.seed.text, first, stop):
            word = (match["word"] or "").lower()
            if not word:
                continue
            last = known[bisect_right(known, match.start()) - 1]
            if match.start() - last <= _REACH:
                votes.setdefault(who, Counter())["male" if word in _MALE else "female"] += 1
                if word in _SUBJECTS:
                    subjects.add(who)
    return {
        who: next(iter(counts))
        for who, counts in votes.items()
        if len(counts) == 1 and counts.total() >= _VOTES and who in subjects
    }
