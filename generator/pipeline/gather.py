"""Finding the seeds: regular files below seeds/, in a fixed order."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.errors import EnvironmentFault, UsageError
from generator.model import Issue

SEED_SUFFIXES = (".txt", ".text", ".md")
OVERRIDE_SUFFIX = ".yml"

# A copy that is under way ends while we look again, or the file is a log that never ends.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class SeedFile:
    """One seed as bytes. `name` is its path below seeds/ with `/` between parts; `override` is NAME.yml, if any."""

    name: str
    raw: bytes
    override: bytes | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The seeds by name, and what was passed over."""

    seeds: tuple[SeedFile, ...]
    issues: tuple[Issue, ...]


def gather(folder: Path, max_bytes: int) -> Gathered:
    """Read every seed below `folder`.

    Only regular files count: links, devices and pipes are passed over with an issue, so nothing outside
    the folder is ever read. So are files and folders that are hidden by a dot in front of their names. A file
    that is larger than `max_bytes` is not read whole; `read` rejects it by its size. Raises `UsageError` where
    there is no such folder, `EnvironmentFault` where the folder cannot be listed.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder", "make it and put articles in it as .txt files")
    seeds: list[SeedFile] = []
    issues: list[Issue] = []
    taken: set[str] = set()
    for path in sorted(_walk(folder), key=lambda path: _portable(path.relative_to(folder))):
        name = _portable(path.relative_to(folder))
        # A file may be called what the name of another, which is no text, is told as.
        while name in taken:
            name += "~"
        taken.add(name)
        if path.name.startswith("."):
            issues.append(_skipped(name, "hidden", "names with a dot in front are hidden, and not read"))
            continue
        if path.suffix.lower() not in SEED_SUFFIXES:
            if path.suffix.lower() not in (OVERRIDE_SUFFIX, ".yaml"):
                issues.append(_skipped(name, "not-a-seed", f"files of type {path.suffix or 'none'} are not read"))
            continue
        try:
            seeds.append(SeedFile(name, _read(path, max_bytes), _override(path, max_bytes)))
        except _NoFileError:
            issues.append(_skipped(name, "not-a-file", "only regular files are read, no links, devices or pipes"))
        except _ChangingError:
            issues.append(
                Issue("error", "changing", name, "it changes while it is read", "build again once it is whole")
            )
        except OSError as error:
            issues.append(
                Issue("error", "unreadable", name, f"cannot be read: {error.strerror}", "check the file's permissions")
            )
    return Gathered(tuple(seeds), tuple(issues))


def _walk(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise EnvironmentFault(f"{error.filename}: cannot be listed: {error.strerror}", "check its permissions")

    for parent, folders, names in os.walk(folder, onerror=fail, followlinks=False):
        # A hidden folder (of version control, of a file manager) is named, and not entered.
        yield from (Path(parent) / name for name in names)
        yield from (Path(parent) / name for name in folders if name.startswith("."))
        folders[:] = sorted(name for name in folders if not name.startswith("."))


class _ChangingError(Exception):
    """Another program is writing the file."""


class _NoFileError(Exception):
    """It is a link, a device or a pipe."""


# What stands there when it is opened counts, not what stood there a moment before: a link is not followed, and a pipe
# that nobody writes to is not waited for.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _read(path: Path, max_bytes: int) -> bytes:
    for _ in range(_TRIES):
        with _opened(path) as descriptor, os.fdopen(descriptor, "rb", closefd=False) as stream:
            before = os.fstat(descriptor)
            # One byte more than allowed is enough for `read` to see that the seed is too large.
            raw = stream.read(max_bytes + 1)
            after = os.fstat(descriptor)
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return raw
    raise _ChangingError


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """The regular file `path`, open for reading. Raises `_NoFileError` where it is none."""
    # Looked at before as well: to open a device can do something.
    if not stat.S_ISREG(path.lstat().st_mode):
        raise _NoFileError
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise _NoFileError from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _NoFileError
        yield descriptor
    finally:
        os.close(descriptor)


def _override(path: Path, max_bytes: int) -> bytes | None:
    try:
        return _read(path.with_suffix(OVERRIDE_SUFFIX), max_bytes)
    except (FileNotFoundError, _NoFileError):
        return None


def _portable(path: Path) -> str:
    # What is not UTF-8 comes from the system with lone surrogates, which cannot be printed or encoded; where the
    # locale is not UTF-8, so does the rest.
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


_REMEDIES = {
    "hidden": "give it a name without the dot to have it read",
    "not-a-seed": f"save articles as one of {', '.join(SEED_SUFFIXES)}",
    "not-a-file": "copy the file itself",
}


def _skipped(name: str, code: str, why: str) -> Issue:
    return Issue("warning" if code == "not-a-file" else "info", code, name, why, _REMEDIES[code])


def line_counts(texts: Iterable[str]) -> dict[str, int]:
    """In how many of `texts` each line stands (white space folded): what recurs is furniture, not article."""
    counts: dict[str, int] = {}
    for text in texts:
        for line in {" ".join(line.split()) for line in text.splitlines()}:
            if line:
                counts[line] = counts.get(line, 0) + 1
    return counts
