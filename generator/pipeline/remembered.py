"""Digests of documents, decoded, and what came of them: the next build of the same process need not do it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from generator.corpus.chronicle import Annals
from generator.corpus.resolve import Drafts, ThingReader, Things
from generator.model import Annotated
from generator.pipeline.digests import MOST_REMEMBERED, Digests
from generator.pipeline.marks import Marks
from generator.session import Session


class Remembered:
    """What the digests of the last corpus's documents hold, and the entities and events that came of it.

    It is known by the document itself: in one process the same object has the same digest. Whoever has documents read
    anew in every build gets what is right, and nothing sooner.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self.drafts = Drafts() if keeps else None
        self.annals = Annals() if keeps else None
        self.marks = Marks() if keeps else None
        self._keeps = keeps
        self._reader = ThingReader()
        self._parts: dict[str, dict[str, tuple[Annotated, Any]]] = {}

    @classmethod
    def of(cls, session: Session | None, documents: int) -> Remembered:
        """What `session` remembers, where there is one and the corpus has not too many `documents`."""
        if session is None or not session.lasting or documents > MOST_REMEMBERED:
            return cls(keeps=False)
        return session.hold("digests", "", cls)

    def things(self, documents: Sequence[Annotated], digests: Digests) -> list[Things]:
        """What each of the documents names, in their order; `digests` are theirs."""
        # What recurs in things is of no use to the next build where nothing is kept for it.
        reader = self._reader if self._keeps else ThingReader()
        part, unpacked = digests.part("things"), reader.things
        return self._recall("things", documents, lambda own: unpacked(part[own]))

    def part(self, name: str, documents: Sequence[Annotated], digests: Digests, first: Any = None) -> list[Any]:
        """The part `name` of the digest of each of the documents, in their order; `digests` are theirs.

        `first` is a type with the first fields of that part's, where no more of it is needed.
        """
        # What is kept is kept whole, for whoever needs the rest.
        return self._recall(name, documents, digests.part(name, None if self._keeps else first).__getitem__)

    def have(self, names: Iterable[str], documents: Sequence[Annotated], digests: Digests) -> None:
        """Decode these parts, where they are kept: what another process decodes is lost to the next build."""
        for name in names if self._keeps else ():
            self.part(name, documents, digests)

    def _recall(self, name: str, documents: Sequence[Annotated], read: Callable[[str], Any]) -> list[Any]:
        if not self._keeps:
            return [read(one.document.id) for one in documents]
        before, now = self._parts.get(name, {}), {}
        for one in documents:
            own = one.document.id
            known = before.get(own)
            now[own] = known if known is not None and known[0] is one else (one, read(own))
        self._parts[name] = now
        return [value for _, value in now.values()]
