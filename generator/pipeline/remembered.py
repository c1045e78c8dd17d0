"""What documents name and tell, decoded: the next build of the same process need not do it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from generator.corpus.chronicle import Told
from generator.corpus.resolve import Drafts, ThingReader, Things
from generator.model import Annotated
from generator.pipeline.digests import Digests
from generator.session import Session

# At some fifteen kilobytes an article these take sixty megabytes. A corpus of more is built once by a process, as a
# rule, and what comes after this stage needs the memory.
MOST_REMEMBERED = 4000

_Part = TypeVar("_Part")


class Remembered:
    """What the documents of the last corpus name and tell, and the entities that came of it.

    It is known by the document itself: in one process the same object has the same digest. Whoever has documents read
    anew in every build gets what is right, and nothing sooner.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self.drafts = Drafts() if keeps else None
        self._keeps = keeps
        self._reader = ThingReader()
        self._things: dict[str, tuple[Annotated, Things]] = {}
        self._told: dict[str, tuple[Annotated, Told]] = {}

    @classmethod
    def of(cls, session: Session | None, documents: int) -> Remembered:
        """What `session` remembers, where there is one and the corpus has not too many `documents`."""
        if session is None or documents > MOST_REMEMBERED:
            return cls(keeps=False)
        return session.hold("named and told", "", cls)

    def things(self, documents: Sequence[Annotated], digests: Digests) -> list[Things]:
        """What each of the documents names, in their order; `digests` are theirs."""
        part, unpacked = digests.part("things"), self._reader.things
        return self._recall(documents, self._things, lambda own: unpacked(part[own]))

    def told(self, documents: Sequence[Annotated], digests: Digests) -> list[Told]:
        """What each of the documents tells, in their order; `digests` are theirs."""
        return self._recall(documents, self._told, digests.part("told").__getitem__)

    def _recall(
        self, documents: Sequence[Annotated], memory: dict[str, tuple[Annotated, Any]], read: Callable[[str], _Part]
    ) -> list[_Part]:
        found: list[_Part] = []
        before = memory.copy()
        memory.clear()
        for one in documents:
            own = one.document.id
            known = before.get(own)
            value = known[1] if known is not None and known[0] is one else read(own)
            if self._keeps:
                memory[own] = (one, value)
            found.append(value)
        return found
