"""Full names of one document that mean one person: with and without middle name, misspelled, or stated to be one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from generator.corpus.resolve.cluster import Clusters, candidate_pairs
from generator.corpus.resolve.gazetteer import Gazetteer
from generator.corpus.resolve.judge import compare
from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.names import Name, NameReader
from generator.model import Document, Mention

MANY = 200
"""More of one name, or people in one document, make a list of names, of which context says nothing."""
STATED = "the text says that it is another name of the same person"
_SLIP = 6
"""Letters of a word; in shorter ones, one other letter is as often another name (Kerry, Terry)."""
_CLAUSE_ENDS = re.compile(r"[\s”\"]{0,2}(?:[,).;:—–]|$)")
# Differences that one document settles: it seldom names two people that differ in these alone.
_IN_CONTEXT = frozenset({"initial", "middle", "nickname", "generation", "spelling"})


@dataclass(frozen=True, slots=True)
class PeopleTools:
    """What reading the people of a document needs, the same for every document of one resolution."""

    lexicon: Lexicon
    reader: NameReader
    gazetteer: Gazetteer
    ambiguous: Callable[[Name], bool]
    """Whether the gazetteer knows several bearers of a name."""
    known_surname: Callable[[str], bool]
    """Whether a token is a surname of somebody: in the gazetteer, in a list, or in full in the corpus."""
    held_apart: Callable[[str, str], bool]
    """Whether the analyst says that two names are two people."""


def _join_parts(people: list[Local], lexicon: Lexicon) -> list[Local]:
    """Names of several words that are the end or the given names of the one longer name in the document."""
    by_end: dict[str, list[Local]] = {}
    for person in people:
        if person.person and len(person.person.tokens) > 2 and not person.person.readings:
            for token in {person.person.tokens[-1], person.person.given[-1] if person.person.given else ""}:
                if len(longer := by_end.setdefault(token, [])) < MANY:
                    longer.append(person)
    kept: list[Local] = []
    for person in people:
        part = person.person.tokens if person.person and not person.key else ()
        # An end that begins with a given name is a whole name: "Ida Hale" may be another than "Otto Ida Hale".
        # "Al" is the Arabic article where a longer name has it inside: Al Mazrui of Khalid bin Saif Al Mazrui.
        surnames = bool(part) and (part[0] not in lexicon.given_names or part[0] in lexicon.arabic_particles)
        fitting = [
            other
            for other in (by_end.get(part[-1], ()) if part else ())
            if other.person
            and len(other.person.tokens) > len(part)
            and (other.person.given == part or (surnames and other.person.tokens[-len(part) :] == part))
        ]
        if len(fitting) == 1 and fitting[0] is not person:
            person.weak_names |= set(person.names)
            fitting[0].absorb(person, "part of the one longer name in the document")
        else:
            kept.append(person)
    return kept


def _join_stated(
    document: Document, mentions: Sequence[Mention], people: list[Local], tools: PeopleTools
) -> list[Local]:
    """Names that the text itself gives to one person: "Ida Hale-Voss, once Ida Hale, "."""
    text = document.seed.text
    named = sorted((mentions[index].span, number) for number, person in enumerate(people) for index in person.mentions)
    gone: set[int] = set()
    cue = tools.lexicon.alias_cue
    for (left, number), (right, other) in pairwise(named):
        if number == other or {number, other} & gone or not cue.fullmatch(text[left.end : right.start]):
            continue
        if not _CLAUSE_ENDS.match(text, right.end):
            continue
        one, two = people[number], people[other]
        if not (one.key and two.key) and not _held_apart(one, two, tools):
            whole = one.person
            one.absorb(two, STATED)
            # By the name in use, not by the longer one.
            one.person = whole
            gone.add(other)
    return [person for number, person in enumerate(people) if number not in gone]


def _join_misspelled(people: list[Local], tools: PeopleTools) -> list[Local]:
    """Names met once that are one slip of the hand away from another full name of the document."""
    if len(people) > MANY:
        return people
    by_token: dict[str, list[int]] = {}
    for number, person in enumerate(people):
        for token in person.person.tokens if person.person else ():
            if len(bearers := by_token.setdefault(token, [])) < MANY:
                bearers.append(number)
    gone: set[int] = set()
    for number, person in enumerate(people):
        if person.person is None or person.key or len(person.mentions) > 1:
            continue
        near = {other for token in person.person.tokens for other in by_token[token]} - {number} - gone
        fitting = [other for other in sorted(near) if _slip(person, people[other], tools)]
        if len(fitting) == 1:
            target = people[fitting[0]]
            if len(target.mentions) == 1 and number < fitting[0]:
                continue
            whole = target.person
            person.weak_names |= set(person.names)
            target.absorb(person, "a misspelling: one letter is off, and only this document writes it so")
            target.person = whole
            gone.add(number)
    return [person for number, person in enumerate(people) if number not in gone]


def _slip(one: Local, other: Local, tools: PeopleTools) -> bool:
    """Whether two names differ in one letter inside one long word, and that is no other name that people bear."""
    left, right = one.person, other.person
    if left is None or right is None or left.readings or right.readings or len(left.tokens) != len(right.tokens):
        return False
    differing = [(a, b) for a, b in zip(left.tokens, right.tokens, strict=True) if a != b]
    if len(differing) != 1 or len(left.tokens) == 1:
        return False
    a, b = differing[0]
    # Another last letter makes another name: Zimin and Zimina, Martin and Martina.
    if min(len(a), len(b)) < _SLIP or a[0] != b[0] or a[-1] != b[-1] or OSA.distance(a, b, score_cutoff=1) > 1:
        return False
    lexicon = tools.lexicon
    if any(a in known and b in known for known in (lexicon.given_names, lexicon.census_surnames)):
        return False
    return not _held_apart(one, other, tools)


def _held_apart(one: Local, other: Local, tools: PeopleTools) -> bool:
    """Whether the text or the analyst sets two people apart."""
    if len(one.genders | other.genders) > 1 or not (one.person and other.person):
        return True
    if one.person.compact in other.apart or other.person.compact in one.apart:
        return True
    if one.person.generation != other.person.generation:
        return True
    return tools.held_apart(one.person.compact, other.person.compact)


def join_full(document: Document, mentions: Sequence[Mention], people: list[Local], tools: PeopleTools) -> list[Local]:
    """Full names that one document uses for one person: with and without middle name, short and long given name."""
    people = _join_stated(document, mentions, people, tools)
    people = _join_misspelled(_join_parts(people, tools.lexicon), tools)
    names = [person.person for person in people]
    keys = [tuple(tools.reader.keys(name)) if name else () for name in names]

    def apart(left: int, right: int) -> bool:
        one, other = people[left], people[right]
        if one.key and other.key and one.key != other.key:
            return True
        if len(one.genders | other.genders) > 1 or not (one.person and other.person):
            return True
        if one.person.compact in other.apart or other.person.compact in one.apart:
            return True
        if tools.held_apart(one.person.compact, other.person.compact):
            return True
        finding = compare(one.person, other.person, tools.lexicon)
        kin = finding.kind == "generation" and (one.relative or other.relative)
        open_ = kin or finding.kind not in _IN_CONTEXT
        return finding.verdict == "different" or (finding.verdict == "unsure" and open_)

    found: list[tuple[float, int, int, str]] = []
    partners: dict[int, int] = {}
    for left, right in candidate_pairs(keys):
        one, other = names[left], names[right]
        if one is None or other is None:
            continue
        finding = compare(one, other, tools.lexicon)
        if finding.verdict == "different" or finding.kind not in _IN_CONTEXT | {"equal", "order"}:
            continue
        short = min(one, other, key=lambda name: len(name.compact))
        if finding.verdict == "unsure":
            if finding.kind == "middle" and tools.ambiguous(short):
                continue
            partners[left] = partners.get(left, 0) + 1
            partners[right] = partners.get(right, 0) + 1
        found.append((finding.score, left, right, finding.reason))
    clusters = Clusters(len(people), apart)
    reasons: dict[int, str] = {}
    for score, left, right, reason in sorted(found, key=lambda edge: (-edge[0], edge[1:])):
        # An unsure pair is settled by the document only where no third name fits as well.
        if score < 0.8 and (partners.get(left, 0) > 1 or partners.get(right, 0) > 1):
            continue
        if clusters.union(left, right):
            reasons[right] = reason
    joined: list[Local] = []
    for number, person in enumerate(people):
        root = clusters.find(number)
        if root == number:
            joined.append(person)
        else:
            people[root].absorb(person, reasons.get(number, "the same name"))
    return joined
