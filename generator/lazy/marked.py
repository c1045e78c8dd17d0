"""The mentions of an article as numbers: where each stands, and of which kind it is.

As values of the model the names of an article take as much memory as its text. What is said of a name besides where it
stands recurs: of one kind are all mentions that differ in nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import iter_unpack, pack

import msgspec

from generator.aligned import Span
from generator.model import EntityType, Mention, ZoneKind

# Start, end, paragraph and kind of a mention, four bytes each.
_ROW = "<4I"
ROW_BYTES = 16


class Kind(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is said of a mention besides where it stands. Its fields are those of `Mention`."""

    surface: str
    type: EntityType
    name: str
    rule: str
    score: float
    zone: ZoneKind
    key: str
    title: str
    weak: bool
    note: str


class Marked(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The mentions of an article."""

    rows: bytes
    """Of each in order: start, end, paragraph (0: none, else one more than it is) and the number of its kind."""
    kinds: tuple[Kind, ...]

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> Marked:
        """The same mentions."""
        kinds: dict[Kind, int] = {}
        numbers: list[int] = []
        for one in mentions:
            kind = Kind(
                one.surface, one.type, one.name, one.rule, one.score, one.zone, one.key, one.title, one.weak, one.note
            )
            paragraph = 0 if one.paragraph is None else one.paragraph + 1
            numbers += (one.span.start, one.span.end, paragraph, kinds.setdefault(kind, len(kinds)))
        return cls(pack(f"<{len(numbers)}I", *numbers), tuple(kinds))

    def mentions(self) -> tuple[Mention, ...]:
        """The mentions as values of the model."""
        kinds = self.kinds
        return tuple([mention_of(kinds[kind], *place) for *place, kind in iter_unpack(_ROW, self.rows)])


def mention_of(kind: Kind, start: int, end: int, paragraph: int) -> Mention:
    """The mention of that kind in that place; `paragraph` as it stands in a row."""
    return Mention(
        Span(start, end),
        kind.surface,
        kind.type,
        kind.name,
        kind.rule,
        kind.score,
        kind.zone,
        paragraph - 1 if paragraph else None,
        kind.key,
        kind.title,
        kind.weak,
        kind.note,
    )
