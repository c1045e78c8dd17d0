"""Nodes of the resolution graph: what each document names, gathered by equal names over the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from operator import is_
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from generator.corpus.resolve.gazetteer import Gazetteer
from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.names import Name, NameReader
from generator.corpus.resolve.namesakes import unlinked_namesakes
from generator.corpus.resolve.orgs import says_of
from generator.model import EntityType

_ASKED = 2
"""Mentions of a bare surname from which on it is asked whose it is: one is passing, or no name at all."""

_FAR_OFTENER = 3
"""So many times as often as the next one: a name without a calling is then most likely his."""


class Places(NamedTuple):
    """Where the things of a node are named."""

    articles: Sequence[str]
    """Of each thing."""
    counts: npt.NDArray[np.int64]
    """How many mentions each has."""
    numbers: npt.NDArray[np.int64]
    """The mentions of one after those of the other, by their numbers in the article."""


@dataclass(slots=True)
class Node:
    """One name (or gazetteer id) of one type, with everything that bears it. Grows while locals are gathered."""

    type: EntityType
    key: str = ""
    person: Name | None = None
    words: tuple[str, ...] = ()
    locals: list[Local] = field(default_factory=list)
    mentions: int = 0
    titles: set[frozenset[str]] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)
    reason: str = ""
    """Why it is an entity at all, or has its gazetteer id, where its name alone does not say so."""
    first: tuple[str, int] = ("", 0)
    """Where the first of the locals is: its article, and its number there."""
    _names: Counter[str] = field(default_factory=Counter)
    _places: Places | None = None

    def add(self, local: Local, apart: Collection[str] = ()) -> None:
        """Take in what one document names. `apart`: names, letters only, of those whom other documents tell it from."""
        self.locals.append(local)
        self.mentions += len(local.mentions)
        self.titles |= local.titles
        self.genders |= local.genders
        self.apart |= local.apart
        self.apart.update(apart)
        if local.person and (self.person is None or _tells_more(local.person, self.person)):
            self.person = local.person
        if len(local.words) > len(self.words):
            self.words = local.words

    def add_again(self, local: Local) -> None:
        """Take in what is named as something that it has: it tells nothing new."""
        self.locals.append(local)
        self.mentions += len(local.mentions)

    def names(self) -> Counter[str]:
        """All names by number of mentions; not to be changed. To be asked once all locals are gathered."""
        if not self._names:
            total = self._names
            for local in self.locals:
                for name, count in local.names.items():
                    total[name] += count
        return self._names

    def places(self) -> Places:
        """Where its things are named. To be asked once all locals are gathered."""
        if self._places is None:
            mentions = [local.mentions for local in self.locals]
            self._places = Places(
                [local.article for local in self.locals],
                np.fromiter(map(len, mentions), np.int64, len(mentions)),
                np.fromiter(chain.from_iterable(mentions), np.int64, self.mentions),
            )
        return self._places

    def label(self) -> str:
        """A stable string to order by."""
        return self.person.compact if self.person else " ".join(self.words)

    def is_as(self, other: Node) -> bool:
        """Whether the other has the very same things, and all else that is no matter of these alone."""
        return (
            len(self.locals) == len(other.locals)
            and all(map(is_, self.locals, other.locals))
            and (self.key, self.reason, self.apart, self.first) == (other.key, other.reason, other.apart, other.first)
        )

    def rank(self) -> tuple[object, ...]:
        """What nodes are ordered by, heaviest first. To be asked once all locals are gathered."""
        return -self.mentions, self.type, self.label(), self.key, self.first


def _tells_more(one: Name, other: Name) -> bool:
    """Whether one name is longer, or known to end with two surnames where of the other that is not known."""
    return (len(one.compact), one.double) > (len(other.compact), other.double)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The look-ups that gathering needs."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    reader: NameReader


@dataclass(frozen=True, slots=True)
class Around:
    """What the rest of the corpus tells of the things of some articles."""

    borne: Container[str]
    """Surnames of those who are named in full."""
    told_apart: Container[tuple[str, ...]]
    """Words of universities, such as "tarn university", that somewhere are told from a "University of Tarn"."""


Placed = tuple[str, int, Local]
"""A thing, its article and its number there."""


def home_of(local: Local, told_apart: Container[tuple[str, ...]]) -> str:
    """By which gazetteer id or name the thing is gathered, before what else is said of it is looked at."""
    # Where one article tells "Tarn University" from the "University of Tarn", they are two in all.
    if local.words[-1:] == ("university",) and local.words in told_apart and all(map(says_of, local.names)):
        return " ".join(("university", "of", *local.words[:-1]))
    return local.key or _own_name(local)


def gather(found: Iterable[Sequence[Local]], knowledge: Knowledge) -> list[Node]:
    """Things of all articles, in order of their ids, by type and gazetteer id or name, heaviest first."""
    things = [(local.article, at, local) for own in found for at, local in enumerate(own)]
    alike = _by_face(local for _, _, local in things)
    borne = {surname_of(local.person) for local, _ in alike if local.full and local.person}
    told_apart = {(*local.words[2:], "university") for local, _ in alike if local.words[:2] == ("university", "of")}
    return sorted(nodes_of(things, Around(borne, told_apart), knowledge), key=Node.rank)


def nodes_of(things: Sequence[Placed], around: Around, knowledge: Knowledge) -> list[Node]:
    """The nodes of `things`, which are in order of their articles, and all of the corpus that can share a node.

    In order of the first thing of each. Unnamed fragments are left out.
    """
    nodes: dict[tuple[str, str], Node] = {}
    lexicon = knowledge.lexicon
    # Nobody has a namesake alone.
    own = [local for _, _, local in things] if len(things) > 1 else []
    namesakes = _namesakes(_by_face(own), lexicon)
    unlinked = unlinked_namesakes(own, lexicon)
    # The node of what is named as something before it was, where that alone decides.
    known: dict[int, Node] = {}
    for number, (article, at, local) in enumerate(things):
        face = id(local.face) if local.face is not None and number not in unlinked else 0
        if face in known:
            known[face].add_again(local)
            continue
        reason = local.key_reason
        apart: set[str] = set()
        if local.type == "person" and not local.full and not local.key:
            reason = _worthy(local, knowledge) or _asking(local, around.borne, knowledge)
            face = 0
            if not reason:
                continue
        identity = home_of(local, around.told_apart)
        named = local.person if local.full and not local.key else None
        if named and named.compact in namesakes and not lexicon.kinds(local.titles):
            apart.add(named.compact)
            identity = f"{identity}|open"
        elif named and number in unlinked:
            apart.add(named.compact)
            identity = f"{identity}|{unlinked[number]}"
        # Two of one name whose genders are stated otherwise are two.
        sex = "".join(sorted(local.genders)) if len(local.genders) == 1 and not local.key else ""
        node = nodes.get((local.type, identity))
        if node is not None and sex and node.genders and local.genders.isdisjoint(node.genders):
            identity, face = f"{identity}|{sex}", 0
            node = nodes.get((local.type, identity))
        if node and local.person and not local.key and lexicon.other_calling(node.titles, local.titles):
            kinds = "".join(sorted(lexicon.kinds(local.titles)))
            # Each keeps from whoever bears the name by another calling; which is meant elsewhere, nothing tells.
            node.apart.add(local.person.compact)
            apart.add(local.person.compact)
            identity, face = f"{identity}|{kinds}", 0
            node = nodes.get((local.type, identity))
        if node is None:
            node = nodes[local.type, identity] = Node(local.type, local.key, first=(article, at))
        node.reason = node.reason or reason
        node.add(local, apart)
        if face:
            known[face] = node
    return list(nodes.values())


def _by_face(things: Iterable[Local]) -> Sequence[tuple[Local, int]]:
    """One of each that are named and described alike, and how many they are."""
    first: dict[int, Local] = {}
    counts: Counter[int] = Counter()
    for local in things:
        face = id(local if local.face is None else local.face)
        first.setdefault(face, local)
        counts[face] += 1
    return [(local, counts[face]) for face, local in first.items()]


def _namesakes(things: Iterable[tuple[Local, int]], lexicon: Lexicon) -> set[str]:
    """Names of people whom articles give callings that do not go together, none of them far oftener than the next.

    Of one who is named without any calling nothing tells then which of them is meant. `things` come with how many are
    alike.
    """
    kinds: dict[str, Counter[str]] = {}
    for local, count in things:
        if local.titles and local.person and local.full and not local.key:
            for kind in lexicon.kinds(local.titles):
                kinds.setdefault(local.person.compact, Counter())[kind] += count
    found = set()
    for name, counts in kinds.items():
        if any(frozenset(pair) in lexicon.callings_apart for pair in combinations(counts, 2)):
            (_, most), (_, next_) = counts.most_common(2)
            if most < _FAR_OFTENER * next_:
                found.add(name)
    return found


def _own_name(local: Local) -> str:
    if local.person is None:
        return " ".join(local.words)
    if local.full:
        return f"{local.person.compact} {local.person.generation}".strip()
    title = max(sorted(" ".join(sorted(title)) for title in local.titles), key=len, default="")
    # A bare surname of one article is not that of another.
    return f"{title} | {local.person.compact}" if title else f"{local.article} | {local.person.compact}"


def surname_of(name: Name) -> str:
    """The surname as a partial name is written: without spaces and hyphens."""
    return "".join(name.surname)


def _asking(local: Local, borne: Container[str], knowledge: Knowledge) -> str:
    """Why somebody known by a bare surname gets a page: the article goes on about a bearer of a known surname.

    Which bearer is meant is left open; those who bear it are suggested.
    """
    if local.person is None or local.titles or len(local.mentions) < _ASKED:
        return ""
    surname = local.person.compact
    if surname not in borne and surname not in knowledge.gazetteer.surnames:
        return ""
    return f"named {len(local.mentions)} times by the surname alone"


def _worthy(local: Local, knowledge: Knowledge) -> str:
    """Why somebody known by one name only gets a page: a title of office before it, and more than one mention.

    Not where several well-known people with the surname held the office: nothing tells which one is meant.
    """
    if local.person is None or not local.titles or len(local.mentions) < 2:
        return ""
    # A title of office is written with a capital before a name; "star" and "partner" are not.
    if not local.title[:1].isupper() or set(local.person.tokens) & (
        knowledge.lexicon.roles | knowledge.lexicon.modifiers
    ):
        return ""
    bearers = knowledge.gazetteer.surnames.get(local.person.compact, ())
    if sum(bearer.held(title) for bearer in bearers for title in local.titles) > 1:
        return ""
    return f"named {len(local.mentions)} times, with the title “{local.title}”, never in full"
