"""What a build leaves to the next one, between the stages that make it and the files that keep it.

A module of its own, so that a build without changes need not load pages and search.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import msgspec

Value = TypeVar("Value")


class Cut(NamedTuple):
    """A stretch of the file that is to be replaced: its bytes from `begin` up to `end`."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Pieced:
    """What a file is to hold, one piece after the other: new bytes, and stretches of what stands there."""

    pieces: tuple[bytes | memoryview | Cut, ...]


Made = bytes | Pieced
"""What a file is to hold, as whoever makes it gives it."""


Key = str | tuple[str, ...]
Question = tuple[str, Key]
"""What is asked about, and which of those."""


class Sourced(Mapping[str, Value]):
    """Values that are made when they are asked for, of nothing that could not be asked for itself."""

    @abstractmethod
    def questions(self, key: str) -> Iterable[Question]:
        """Questions of a page whose answers say all that the value of `key` follows from, also that there is none."""


Stamp = tuple[int, int, int, int]
"""How a file stands: inode, size, time of its content, time of its last change of any kind, in nanoseconds."""
Stamps = tuple[Stamp, Stamp | None]
"""How a seed stands, and NAME.yml beside it, if there is one."""


class Answers(msgspec.Struct, frozen=True):
    """What was asked of one mapping in the last build."""

    keys: list[Key] = []
    digests: bytes = b""
    """The digest of the answer to each, one after the other."""


class PlainMemory(msgspec.Struct, frozen=True):
    """What the texts that the engine said in the last build were told by."""

    words: bytes = b""
    """The digest of the words of the pages."""
    names: list[str] = []
    """The names of all entities."""
    titles: Answers = Answers()
    """The title of each article by its id."""
    said: dict[str, str] = {}
    """The texts that the words of the pages tell otherwise."""


class PageMemory(msgspec.Struct, frozen=True):
    """What pages asked in the last build. `version` is that of the code and data that made them."""

    version: str = ""
    answers: dict[str, Answers] = {}
    """By what was asked about. Questions are numbered through all of them."""
    pages: dict[str, int] = {}
    """Path of each page that may be kept to its place in `counts`."""
    counts: bytes = b""
    """How many questions each page asked, four bytes each."""
    asked: bytes = b""
    """The numbers of the questions of all pages, four bytes each."""
    shown: dict[str, bytes] = {}
    """Path of each page of a list to the digest of what it shows."""
    plain: PlainMemory = PlainMemory()
    bounds: dict[str, bytes] = {}
    """Where the sentences of an article begin and end, by what the article follows from."""
    stamps: dict[str, tuple[int, int, int]] = {}
    """Size, time and inode of each page by path, once it is written."""


class SearchMemory(msgspec.Struct, frozen=True):
    """The words of the last build's search index, and which of its files hold what. Numbers take four bytes each."""

    version: str = ""
    surfaces: list[str] = []
    terms: list[str] = []
    stems: bytes = b""
    """Of each surface the number of its term."""
    words: bytes = b""
    """The surfaces of all words of all records."""
    counts: bytes = b""
    """How many of them each passage has."""
    records: bytes = b""
    """The digest of what the text of each record follows from, one after the other."""
    passages: bytes = b""
    """How many passages each record has."""
    sizes: bytes = b""
    """How many bytes the texts of each article take as JSON. Articles are the first records."""
    quotes: int = 0
    """The number of the first quotation among all records."""
    quoted: bytes = b""
    """Where each begins in its paragraph and how long it is there; twice -1 where it does not stand there."""
    files: dict[str, tuple[bytes, bytes]] = {}
    """Path of each file of the index below site_src/ to the digests of what went into it and of its bytes."""


class SeedRecord(msgspec.Struct, frozen=True, array_like=True):
    """A seed as a build read it."""

    stamps: Stamps
    sha256: str = ""
    """Empty where it was rejected: it is read again, so that the reason is told again."""
    override: bytes = b""
    """What NAME.yml states of it, as JSON with its keys in order."""
    lines: bytes = b""
    """The digests of those of its lines that may be furniture, one after the other."""


class SeedMemory(msgspec.Struct, frozen=True):
    """The seeds of the last build. `version` is that of the code that read them."""

    version: str = ""
    seeds: dict[str, SeedRecord] = {}
    repeated: dict[bytes, str] = {}
    """The lines that stand in two of them or more, by digest."""


class Blocks(msgspec.Struct, frozen=True):
    """How the last build wrote rows into files, block by block. Numbers take four bytes each."""

    digests: bytes = b""
    """The digest of what the rows of each block follow from, one after the other."""
    counts: bytes = b""
    """How many rows each has."""
    sizes: list[bytes] = []
    """Of each file how many bytes each takes."""


class PointMemory(msgspec.Struct, frozen=True):
    """The key points of the last build's articles. `version` is that of the code that found them."""

    version: str = ""
    points: dict[bytes, bytes] = {}
    """By the digest of what they follow from, encoded."""


class TableMemory(msgspec.Struct, frozen=True):
    """The last build's tables. `version` is that of the code and the libraries that wrote them."""

    version: str = ""
    tables: dict[str, Blocks] = {}
    """By name, and how the citations were written."""
    stamps: dict[str, tuple[int, int, int]] = {}
    """Size, time and inode of each file by name, once it is written."""
    feeds: dict[str, bytes] = {}
    """Path of each Atom feed to the digest of what went into it."""
