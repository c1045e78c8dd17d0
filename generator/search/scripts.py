"""Shards as script files; a script of the last build is taken from its file, where that stands as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType

from generator.search.known import key_of
from generator.search.packing import renamed, script

FOLDER = "search"
# Begins the names of shards of records; the name of what their compression points back into.
RECORDS, DICTIONARY = "d", "z"
# Begin the names of shards of codes, postings and places.
DENSE = "pw"


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the index."""

    follows: tuple[bytes, ...]
    """What its content follows from, and nothing else does."""
    make: Callable[[], bytes]
    """Gives its content."""

    @classmethod
    def of(cls, content: bytes) -> Shard:
        """One whose content is made already."""
        return cls((content,), lambda: content)


class Scripts:
    """Makes shards into scripts."""

    def __init__(
        self,
        known: Mapping[str, tuple[bytes, bytes]] = MappingProxyType({}),
        read: Callable[[str], bytes] = lambda path: b"",
    ) -> None:
        """Begin with what the last build left.

        `known`: of each of its files by path the digests of what went into it and of its bytes; `read` gives the bytes
        that stand at a path now, or none.
        """
        self._known = {key: (path, whole) for path, (key, whole) in known.items()}
        self._read = read
        self.made: dict[str, tuple[bytes, bytes]] = {}
        """The same of the scripts that were made."""
        self.standing: set[str] = set()
        """The paths of those that stand there already."""

    def files(self, shards: Mapping[str, Shard]) -> dict[str, bytes]:
        """The scripts of `shards`, which are by name, by path; compression of records points back into `DICTIONARY`."""
        dictionary = shards[DICTIONARY]
        back = {name: dictionary if name[0] == RECORDS else Shard.of(b"") for name in shards}
        keys = {
            name: key_of(name[0].encode(), key_of(*shard.follows), key_of(*back[name].follows))
            for name, shard in shards.items()
        }
        made = {name: self._kept(name, keys[name]) for name in shards}
        # Texts are read one after the other.
        new = [(name, shards[name].make(), back[name].make()) for name, kept in made.items() if not kept]
        # Compression takes most of the time, and lets other threads run meanwhile.
        with ThreadPoolExecutor() as pool:
            for (name, _, _), content in zip(new, pool.map(_scripted, new), strict=True):
                made[name] = content
                self.made[_path(name)] = keys[name], key_of(content)
        return {_path(name): content for name, content in made.items()}

    def _kept(self, name: str, key: bytes) -> bytes:
        path, whole = self._known.get(key, ("", b""))
        made = self._read(path) if path else b""
        if not made or key_of(made) != whole:
            return b""
        if path == _path(name):
            self.standing.add(path)
        else:
            made = renamed(made, name)
            whole = key_of(made)
        self.made[_path(name)] = key, whole
        return made


def _path(name: str) -> str:
    return f"{FOLDER}/{name}.js"


def _scripted(shard: tuple[str, bytes, bytes]) -> bytes:
    name, content, dictionary = shard
    return script(name, content, dictionary, dense=name[0] in DENSE)
