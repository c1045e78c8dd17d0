"""What documents name, small: what a thing is called and said to be stands once, however many documents name it so.

Most things are named as they were in some other document. Of such a one a digest holds the same bytes for everything
but its mentions; they are decoded once, and what follows from them is worked out once.
"""

from __future__ import annotations

import msgspec

from generator.corpus.resolve.local import Local
from generator.corpus.resolve.names import Name
from generator.model import EntityType


class Face(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a document tells of a thing besides where it names it. Its fields are those of `Local`.

    Locals of one face have one object here, so that it can be known by its identity.
    """

    type: EntityType
    key: str
    key_reason: str
    names: tuple[str, ...]
    reasons: dict[str, str]
    weak_names: set[str]
    titles: set[frozenset[str]]
    title: str
    genders: set[str]
    description: str
    apart: set[str]
    person: Name | None
    words: tuple[str, ...]
    full: bool
    relative: bool


_SETS = ("weak_names", "titles", "genders", "apart")


class Row(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True, gc=False):
    """One thing of one document: its face, encoded, and where it is named."""

    face: bytes
    mentions: list[int]
    context: frozenset[str] = frozenset()
    description_at: int = -1
    labels: tuple[int, ...] = ()
    """Of one with several names: of each mention, in the order in which they were met, its index and its name's."""
    written: dict[int, str] = msgspec.field(default_factory=dict)


class Packed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The things of a document as a digest holds them."""

    article: str
    rows: tuple[Row, ...]
    surnames: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def row_of(local: Local) -> Row:
    """A thing of a document, packed."""
    names = tuple(local.names)
    numbers = {name: number for number, name in enumerate(names)}
    face = Face(
        local.type,
        local.key,
        local.key_reason,
        names,
        local.reasons,
        local.weak_names,
        local.titles,
        local.title,
        local.genders,
        local.description,
        local.apart,
        local.person,
        local.words,
        local.full,
        local.relative,
    )
    return Row(
        # In order, so that equal faces are equal bytes.
        msgspec.msgpack.encode(face, order="deterministic"),
        local.mentions,
        local.context,
        local.description_at,
        tuple(part for index, name in local.labels.items() for part in (index, numbers[name])),
        local.written,
    )


class Unpacker:
    """Unpacks things; make one for many documents. What it gives is shared, so nobody may change it."""

    def __init__(self) -> None:
        self._decoder = msgspec.msgpack.Decoder(Face)
        self._faces: dict[bytes, Face] = {}
        self._counts: dict[tuple[str, int], dict[str, int]] = {}
        self._unlabelled: dict[int, str] = {}
        self._none: set[str] = set()

    def locals(self, packed: Packed) -> tuple[Local, ...]:
        """The things of a document. Raises `msgspec.DecodeError` where a face is none."""
        faces, article = self._faces, packed.article
        found: list[Local] = []
        for row in packed.rows:
            face = faces.get(row.face)
            if face is None:
                face = faces[row.face] = self._smaller(self._decoder.decode(row.face))
            names, mentions = face.names, row.mentions
            if len(names) == 1:
                of_this = (names[0], len(mentions))
                counts = self._counts.get(of_this)
                if counts is None:
                    counts = self._counts[of_this] = {names[0]: len(mentions)}
                labels = self._unlabelled
            else:
                pairs = iter(row.labels)
                labels = {index: names[number] for index, number in zip(pairs, pairs, strict=True)}
                counts = dict.fromkeys(names, 0)
                for label in labels.values():
                    counts[label] += 1
            found.append(
                Local(
                    article,
                    face.type,
                    face.key,
                    face.key_reason,
                    counts,
                    face.reasons,
                    face.weak_names,
                    mentions,
                    labels,
                    face.titles,
                    face.title,
                    face.genders,
                    face.description,
                    row.description_at,
                    face.apart,
                    row.context,
                    face.person,
                    face.words,
                    face.full,
                    face.relative,
                    written=row.written or self._unlabelled,
                    face=face,
                )
            )
        return tuple(found)

    def _smaller(self, face: Face) -> Face:
        """The same face: an empty set takes as much memory as one of four, and most sets of most faces are empty."""
        for name in _SETS:
            if not getattr(face, name):
                msgspec.structs.force_setattr(face, name, self._none)
        return face
