"""The cache of per-seed results: one SQLite file, addressed by content, safe to lose at any time.

A key is the digest of everything that a result depends on (the pipeline makes it), so an entry is right
or absent, never stale. Whatever is wrong with the file (flipped bits, cut short, of another version, read-only)
means a cold start and a warning, never a wrong result: every value carries its own checksum.
Values are bytes, compressed where that pays; never pickle.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from errno import ENOSPC
from pathlib import Path

from generator.errors import EnvironmentFault

_FORMAT = 1
_CHECKSUM_BYTES = 16  # 128 bits: enough that no accident goes unseen; this guards against rot, not against attack
_WORTHWHILE = 0.5  # of its size; a value that keeps more is not worth the time to read it back in every build
_PLAIN = b"\0"  # stands before a value that is not compressed: no stream of zlib's begins so
_SLACK = 1000  # entries that cost a few megabytes at most, and are not worth a clearing-out
_PARAMETERS = 500  # SQLite allows 999 parameters in a statement where it was built long ago


class Cache:
    """Bytes by key. Made by `Cache.open` or `Cache.none`."""

    def __init__(self, connection: sqlite3.Connection | None, path: Path | None, warning: str = "") -> None:
        self._connection = connection
        self._path = path
        self.warning = warning
        """Why the cache is cold or will not be kept; empty where all is well."""
        self._used: set[str] = set()
        self._owner = os.getpid()
        self._inherited: sqlite3.Connection | None = None

    @classmethod
    def none(cls) -> Cache:
        """A cache that holds nothing and keeps nothing."""
        return cls(None, None)

    @classmethod
    def open(cls, path: Path) -> Cache:
        """The cache in the file `path`, made where missing, made anew where damaged.

        Where nothing can be kept, the cache answers nothing and `warning` says why; only a full disk, on which the
        build would come to nothing later, raises `EnvironmentFault` at once.
        """
        try:
            return cls(_connect(path), path)
        except (sqlite3.OperationalError, OSError) as error:
            _require_room(error, path)
            # No permission, no space, held by another: the file may be good, so it stays.
            return cls(None, path, f"the cache {path} cannot be used ({error}); everything is worked out again")
        except sqlite3.Error as error:
            first = str(error)
        try:
            _remove(path)
            return cls(_connect(path), path, f"the cache {path} was not fit for use ({first}) and is started afresh")
        except (sqlite3.Error, OSError) as error:
            return cls(None, path, f"the cache {path} cannot be used ({error}); everything is worked out again")

    @property
    def keeps(self) -> bool:
        """Whether what is put here can be got again."""
        return self._connection is not None

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The values of those `keys` that are known and whole."""
        found: dict[str, bytes] = {}
        wanted = list(keys)
        self._used.update(wanted)
        self._part_from_parent()
        if self._connection is None:
            return found
        try:
            for at in range(0, len(wanted), _PARAMETERS):
                part = wanted[at : at + _PARAMETERS]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, value FROM results WHERE key IN ({marks})"  # noqa: S608 -- marks are question marks
                for key, stored in self._connection.execute(query, part):
                    # A flipped bit can make bytes of what was text.
                    value = _unpacked(key, stored) if isinstance(key, str) else None
                    if value is not None:
                        found[key] = value
        except sqlite3.Error as error:
            self._lose(error)
        return found

    def get(self, key: str) -> bytes | None:
        """The value of `key`, or `None` where it is not known or not whole."""
        return self.get_many([key]).get(key)

    def put_many(self, entries: Mapping[str, bytes]) -> None:
        """Keep values by key, all or none. What cannot be kept is lost with a warning.

        Raises `EnvironmentFault` where the disk is full: the site goes to the same disk as a rule, and hours of work
        that nothing keeps would be done again.
        """
        self._used.update(entries)
        self._part_from_parent()
        if self._connection is None or self._inherited is not None:
            return
        try:
            with self._connection:
                self._connection.executemany(
                    "INSERT OR REPLACE INTO results (key, value) VALUES (?, ?)",
                    ((key, _packed(key, value)) for key, value in entries.items()),
                )
        except sqlite3.Error as error:
            _require_room(error, self._path)
            self._lose(error)

    def use(self, keys: Iterable[str]) -> None:
        """Count `keys` among those that were asked for."""
        self._used.update(keys)

    def prune(self) -> int:
        """Forget what this run neither asked for nor kept, once it is most of the file; how many entries went.

        Results of seeds that are set aside for a while so survive, and the file stays within bounds.
        """
        if self._connection is None:
            return 0
        try:
            with self._connection:
                total = self._connection.execute("SELECT count(*) FROM results").fetchone()[0]
                if total <= _SLACK + 3 * len(self._used):
                    return 0
                self._connection.execute("CREATE TEMP TABLE used (key TEXT PRIMARY KEY) WITHOUT ROWID")
                self._connection.executemany("INSERT INTO used VALUES (?)", ((key,) for key in self._used))
                gone = self._connection.execute("DELETE FROM results WHERE key NOT IN (SELECT key FROM used)").rowcount
                self._connection.execute("DROP TABLE used")
            self._connection.execute("VACUUM")
        except sqlite3.Error as error:
            self._lose(error)
            return 0
        return gone

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _part_from_parent(self) -> None:
        """In a forked process, read by a connection of its own: SQLite's may not be used on both sides of a fork.

        Such a process writes nothing, and removes nothing.
        """
        if self._connection is None or self._path is None or self._owner == os.getpid():
            return
        self._owner = os.getpid()
        # Held for ever: to close it here would take its locks from the process that it belongs to.
        self._inherited = self._connection
        try:
            self._connection = sqlite3.connect(self._path, timeout=5.0, check_same_thread=False)
            self._connection.text_factory = _lenient
        except sqlite3.Error:
            self._connection = None

    def _lose(self, error: sqlite3.Error) -> None:
        self.warning = self.warning or f"the cache stopped working ({error}); what follows is worked out again"
        self.close()
        if self._path and self._inherited is None and not isinstance(error, sqlite3.OperationalError):
            with suppress(OSError):
                _remove(self._path)


def _connect(path: Path) -> sqlite3.Connection:
    """Open, check and prepare the file; raises `sqlite3.Error` or `OSError` where it is not fit for use."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=5.0, check_same_thread=False)
    connection.text_factory = _lenient
    try:
        with closing(connection.execute("PRAGMA user_version")) as cursor:
            version = cursor.fetchone()[0]
        if version not in (0, _FORMAT):
            raise sqlite3.DatabaseError(f"written by another version of Briefing: format {version}, not {_FORMAT}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        # Values are kilobytes long, and in a tree of keys each would lie on pages of its own: to read them takes a
        # third of the time so. A file that was made otherwise stays as it is, and is asked alike.
        connection.execute("CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, value BLOB NOT NULL)")
        connection.execute(f"PRAGMA user_version = {_FORMAT}")
    except BaseException:
        connection.close()
        raise
    return connection


def _lenient(raw: bytes) -> str:
    # A key that a flipped bit made no UTF-8 is a key that nobody asks for, and no reason to do without all the others.
    return raw.decode("utf-8", "replace")


def _require_room(error: Exception, path: Path | None) -> None:
    """Raise `EnvironmentFault` where `error` says that the disk is full."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == ENOSPC:
        raise EnvironmentFault(
            f"{path}: the disk under the cache is full", "free some space; `briefing clean --cache` empties the cache"
        ) from error


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _checksum(key: str, body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_CHECKSUM_BYTES, key=key.encode()[:64]).digest()


def _packed(key: str, value: bytes) -> bytes:
    # Level 1: annotated articles shrink to a fifth at 100 MB/s; higher levels cost more time than they save in reads.
    body = zlib.compress(value, 1)
    # Digests keep six tenths, for they are hashes mostly: that is not worth making them larger in each build again.
    if len(body) > len(value) * _WORTHWHILE:
        body = _PLAIN + value
    return _checksum(key, body) + body


def _unpacked(key: str, stored: object) -> bytes | None:
    if not isinstance(stored, bytes) or len(stored) <= _CHECKSUM_BYTES:
        return None
    checksum, body = stored[:_CHECKSUM_BYTES], stored[_CHECKSUM_BYTES:]
    if _checksum(key, body) != checksum:
        return None
    try:
        return body[1:] if body.startswith(_PLAIN) else zlib.decompress(body)
    except zlib.error:
        # Somebody else's bytes, sealed as ours are.
        return None
