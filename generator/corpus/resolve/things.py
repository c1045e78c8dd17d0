"""What each document names, worked out from the document alone as far as that goes.

Two things about a document's people are for the corpus or the analyst to say: whether somebody bears a surname, and
whether two names are two people. Both are asked seldom. What was asked is noted, so that what was found without the
answers can be used wherever they make no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from generator.corpus.resolve.bodies import bodies_of
from generator.corpus.resolve.faces import Packed, Unpacker, row_of
from generator.corpus.resolve.fullnames import PeopleTools
from generator.corpus.resolve.gazetteer import load_gazetteer
from generator.corpus.resolve.lexicon import load_lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.names import Name, NameReader
from generator.corpus.resolve.nodes import Knowledge
from generator.corpus.resolve.people import people_of
from generator.hangul import surname_readings
from generator.model import Document, Mention


class Things(msgspec.Struct, frozen=True, gc=False):
    """What a document names, as it is if the corpus bears none of `surnames` and no pair of `pairs` is held apart."""

    found: tuple[Local, ...]
    surnames: frozenset[str] = frozenset()
    """Surnames that no list knows and that it was asked for."""
    pairs: frozenset[tuple[str, str]] = frozenset()
    """Names, their letters only, of which it was asked whether they are held apart."""

    def packed(self) -> Packed:
        """The same, small and with what recurs in other documents as it is there."""
        article = self.found[0].article if self.found else ""
        return Packed(article, tuple(map(row_of, self.found)), self.surnames, self.pairs)


class ThingReader:
    """Gives things back as they were packed; make one for many documents. What it gives may not be changed."""

    def __init__(self) -> None:
        self._unpacker = Unpacker()

    def things(self, packed: Packed) -> Things:
        """What a document names."""
        return Things(self._unpacker.locals(packed), packed.surnames, packed.pairs)


def _nobody(_surname: str) -> bool:
    return False


def _nothing(_one: str, _other: str) -> bool:
    return False


class ThingFinder:
    """Finds what documents name; remembers names that it has read, so make one for many documents."""

    def __init__(self) -> None:
        lexicon = load_lexicon()
        self.knowledge = Knowledge(load_gazetteer(), lexicon, NameReader(lexicon))
        self._listed = frozenset().union(*lexicon.surnames.values())
        self._ambiguous: dict[str, bool] = {}

    def things(
        self,
        document: Document,
        mentions: Sequence[Mention],
        borne: Callable[[str], bool] = _nobody,
        held_apart: Callable[[str, str], bool] = _nothing,
    ) -> Things:
        """What `document` names by its `mentions`.

        `borne` says whether somebody in the corpus bears a surname, `held_apart` whether the analyst says that two
        names are two people.
        """
        surnames: set[str] = set()
        pairs: set[tuple[str, str]] = set()

        def known_surname(token: str) -> bool:
            gazetteer = self.knowledge.gazetteer
            if token in self._listed or token in gazetteer.surnames or surname_readings(token):
                return True
            surnames.add(token)
            return borne(token)

        def apart(one: str, other: str) -> bool:
            pairs.add((one, other))
            return held_apart(one, other)

        tools = PeopleTools(
            lexicon=self.knowledge.lexicon,
            reader=self.knowledge.reader,
            gazetteer=self.knowledge.gazetteer,
            ambiguous=self.ambiguous,
            known_surname=known_surname,
            held_apart=apart,
        )
        found = people_of(document, mentions, tools)
        for kind in ("organization", "place", "event"):
            weak = tools.gazetteer.weak_places if kind == "place" else {}
            found.extend(bodies_of(document, mentions, kind, tools.lexicon, weak))
        for one in found:
            one.settle(mentions)
        return Things(tuple(found), frozenset(surnames), frozenset(pairs))

    def ambiguous(self, name: Name) -> bool:
        """Whether the gazetteer knows several bearers of a name."""
        known = self._ambiguous.get(name.compact)
        if known is None:
            bearers = self.knowledge.gazetteer.bearers(name, self.knowledge.reader, self.knowledge.lexicon)
            known = self._ambiguous[name.compact] = len(bearers) > 1
        return known
