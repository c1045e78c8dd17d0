"""What one document names: its mentions gathered under the thing they mean, before other documents are asked."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import field

from generator.corpus.resolve.names import Name
from generator.model import EntityType, Mention


class Local(msgspec.Struct, gc=False):
    """One person, organisation or place as one document names it. Grows while the document is read."""

    article: str
    type: EntityType
    key: str = ""
    key_reason: str = ""
    """Why it has the gazetteer id of a well-known person; empty where the mentions had it."""
    names: dict[str, int] = field(default_factory=dict)
    """Normalised names by number of mentions."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Why a name belongs here, by name."""
    weak_names: set[str] = field(default_factory=set)
    """Names that mean this only in this document."""
    mentions: list[int] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    """The name that each mention was counted under; empty where there is but one."""
    titles: set[frozenset[str]] = field(default_factory=set)
    title: str = ""
    """The first title of office that stands before the name, as written."""
    genders: set[str] = field(default_factory=set)
    """`male`, `female`: as titles, words beside the name or, where none states it, pronouns say."""
    description: str = ""
    description_at: int = -1
    """The mention that the description belongs to."""
    apart: set[str] = field(default_factory=set)
    """Names, their letters only, of those whom the text sets beside this one: "Ida Hale and Ada Hale" are two."""
    context: frozenset[str] = frozenset()
    """Of somebody whose name very many bear: telling words around it."""
    person: Name | None = None
    """The fullest name of a person."""
    words: tuple[str, ...] = ()
    """The telling words of an organisation or place."""
    full: bool = False
    """Whether it is named in full at least once, so that other documents can be compared with it."""
    relative: bool = False
    """Whether the text introduces a person as somebody's wife, son, brother."""
    paragraph: int | None = None
    """Number of the paragraph of the latest mention met, while the document is read."""
    last: int = -1
    """Seed offset of the latest mention met, while the document is read."""
    written: dict[int, str] = field(default_factory=dict)
    """The mentions, by index, that the text writes otherwise than the name, white space aside."""
    face: object = None
    """The same object in all things that differ in nothing but where they are named; `None` where that is not known."""

    def add(self, index: int, name: str, reason: str, *, weak: bool = False) -> None:
        """Count mention number `index`, named `name`, as one of this."""
        self.mentions.append(index)
        self.labels[index] = name
        self.names[name] = self.names.get(name, 0) + 1
        self.reasons.setdefault(name, reason)
        if weak:
            self.weak_names.add(name)

    def settle(self, mentions: Sequence[Mention]) -> None:
        """Note how the text writes the names, once the document is read, and forget what reading alone needs.

        `mentions` are the document's.
        """
        self.paragraph, self.last = None, -1
        for index, name in self.labels.items():
            surface = mentions[index].surface
            if surface != name and (written := " ".join(surface.split())) != name:
                self.written[index] = written
        if len(self.names) == 1:
            self.labels = {}

    def absorb(self, other: Local, reason: str) -> None:
        """Take over everything of `other`."""
        self.mentions.extend(other.mentions)
        self.labels.update(other.labels)
        for name, count in other.names.items():
            self.names[name] = self.names.get(name, 0) + count
            self.reasons.setdefault(name, reason)
        self.weak_names |= other.weak_names
        self.titles |= other.titles
        self.title = self.title or other.title
        self.genders |= other.genders
        self.apart |= other.apart
        self.context |= other.context
        self.key = self.key or other.key
        self.key_reason = self.key_reason or other.key_reason
        if not self.description:
            self.description, self.description_at = other.description, other.description_at
        if other.person and (not self.person or len(other.person.compact) > len(self.person.compact)):
            self.person = other.person
        if len(other.words) > len(self.words):
            self.words = other.words
        self.full = self.full or other.full
        self.relative = self.relative or other.relative
