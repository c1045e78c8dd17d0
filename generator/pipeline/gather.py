"""Finding the seeds: regular files below seeds/, in a fixed order."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO

from generator.errors import EnvironmentFault, UsageError
from generator.folders import Folders, NotThereError, Parts
from generator.model import Issue
from generator.recall import SeedRecord, Stamp, Stamps

SEED_SUFFIXES = (".txt", ".text", ".md")
OVERRIDE_SUFFIX = ".yml"

# A copy that is under way ends while we look again, or the file is a log that never ends.
_TRIES = 3
_NO_FILE = "only regular files are read, no links, devices or pipes"
# Folders in folders, each of which is held open: far more than anybody sorts articles into, far fewer than the 256 open
# files that the most sparing system grants.
_DEEPEST = 64


# A file that changed less than so long ago is read again next time: two changes may bear one time of the disk's, which
# counts in steps of two seconds where they are coarsest.
_SETTLED = 2_500_000_000


@dataclass(frozen=True, slots=True)
class SeedFile:
    """One seed as bytes. `name` is its path below seeds/ with `/` between parts; `override` is NAME.yml, if any."""

    name: str
    raw: bytes
    override: bytes | None = None
    stamps: Stamps | None = field(default=None, compare=False)
    """How the files stood when they were read, by which they can be told the next time; `None`: they cannot."""


@dataclass(frozen=True, slots=True)
class StandingSeed:
    """A seed that stands as the last build read it, and was not read again."""

    name: str
    known: SeedRecord
    read: Callable[[], SeedFile | Issue] = field(compare=False)
    """Reads it; an issue where it is by now another, or none."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The seeds by name, and what was passed over."""

    seeds: tuple[SeedFile | StandingSeed, ...]
    issues: tuple[Issue, ...]


def gather(
    folder: Path,
    max_bytes: int,
    known: Mapping[str, SeedRecord] | None = None,
    unknown: Callable[[int], None] = lambda _count: None,
) -> Gathered:
    """Read every seed below `folder` but those that stand as `known` has them.

    `unknown` is called with the number of the others before they are read.

    Only regular files count: links, devices and pipes are passed over with an issue, so nothing outside
    the folder is ever read, also where a folder gives way to a link meanwhile. So are files and folders that are
    hidden by a dot in front of their names. A file that is larger than `max_bytes` is not read whole; `read` rejects
    it by its size. Raises `UsageError` where there is no such folder, `EnvironmentFault` where it or a folder in it
    cannot be listed: a site without the articles that lie there would look as if they had been taken back.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder", "make it and put articles in it as .txt files")
    seeds: dict[str, SeedFile | StandingSeed] = {}
    order: list[str] = []
    issues: list[Issue] = []
    taken: set[str] = set()
    others: list[tuple[str, Parts]] = []
    rejected: list[tuple[str, Parts]] = []
    with _root(folder) as folders:
        listed = sorted((_portable(parts), parts) for parts in _walk(folder, folders, issues))
        # A file system may take NAME.YML for NAME.yml; where a folder has nothing of the kind nobody looks for it.
        overridden = {parts[:-1] for _, parts in listed if parts[-1].lower().endswith(OVERRIDE_SUFFIX)}
        for name, parts in listed:
            # A file may be called what the name of another, which is no text, is told as.
            while name in taken:
                name += "~"  # noqa: PLW2901 -- the name of this one
            taken.add(name)
            suffix = _suffix(parts[-1])
            if parts[-1].startswith("."):
                issues.append(_skipped(name, "hidden", "names with a dot in front are hidden, and not read"))
                continue
            if suffix.lower() not in SEED_SUFFIXES:
                if suffix.lower() not in (OVERRIDE_SUFFIX, ".yaml"):
                    issues.append(_skipped(name, "not-a-seed", f"files of type {suffix or 'none'} are not read"))
                continue
            order.append(name)
            record = known.get(name) if known else None
            if record is None or _stamps(folders, parts, beside=parts[:-1] in overridden) != record.stamps:
                others.append((name, parts))
            elif record.sha256:
                seeds[name] = StandingSeed(name, record, partial(_read_again, folder, parts, name, record, max_bytes))
            else:
                rejected.append((name, parts))
        unknown(len(others))
        for name, parts in (*others, *rejected):
            found = _seed(folders, parts, name, max_bytes)
            if isinstance(found, Issue):
                issues.append(found)
            else:
                seeds[name] = found
    return Gathered(tuple(seeds[name] for name in order if name in seeds), tuple(issues))


def _seed(folders: Folders, parts: Parts, name: str, max_bytes: int) -> SeedFile | Issue:
    try:
        now = time.time_ns()
        before = _stamps(folders, parts)
        raw, override = _read(folders, parts, max_bytes), _override(folders, parts, max_bytes)
        same = before is not None and before == _stamps(folders, parts) and _settled(before, now)
        return SeedFile(name, raw, override, before if same else None)
    except NotThereError:
        return _skipped(name, "not-a-file", _NO_FILE)
    except _ChangingError:
        return Issue("error", "changing", name, "it changes while it is read", "build again once it is whole")
    except OSError as error:
        why = f"cannot be read: {error.strerror}"
        return Issue("error", "unreadable", name, why, "check the file's permissions")


def _read_again(folder: Path, parts: Parts, name: str, record: SeedRecord, max_bytes: int) -> SeedFile | Issue:
    with _root(folder) as folders:
        found = _seed(folders, parts, name, max_bytes)
    if isinstance(found, SeedFile) and sha256(found.raw).hexdigest() != record.sha256:
        return Issue("error", "changing", name, "it changes while it is read", "build again once it is whole")
    return found


def _suffix(name: str) -> str:
    """As that of a `PurePath`, which takes five times as long to make."""
    at = name.rfind(".")
    return name[at:] if 0 < at < len(name) - 1 else ""


def _stamps(folders: Folders, parts: Parts, *, beside: bool = True) -> Stamps | None:
    """How the seed and its NAME.yml stand, which may stand `beside` it; `None` where it is no regular file any more."""
    try:
        seed = folders.state(parts)
    except (NotThereError, OSError):
        return None
    if not stat.S_ISREG(seed.st_mode):
        return None
    if not beside:
        return _stamp(seed), None
    try:
        return _stamp(seed), _stamp(folders.state(_beside(parts)))
    except (NotThereError, OSError):
        return _stamp(seed), None


def _stamp(state: os.stat_result) -> Stamp:
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def _settled(stamps: Stamps, now: int) -> bool:
    return all(max(stamp[2:]) + _SETTLED < now for stamp in stamps if stamp)


def _beside(parts: Parts) -> Parts:
    return (*parts[:-1], f"{parts[-1].rpartition('.')[0]}{OVERRIDE_SUFFIX}")


def _root(folder: Path) -> Folders:
    try:
        return Folders(folder)
    except OSError as error:
        raise _no_list(folder, error) from error


def _walk(root: Path, folders: Folders, issues: list[Issue]) -> Iterator[Parts]:
    """Everything below `root` that is no folder, and folders that are hidden; into `issues` links to folders."""
    waiting: list[Parts] = [()]
    while waiting:
        folder = waiting.pop()
        if len(folder) > _DEEPEST:
            why = f"it lies more than {_DEEPEST} folders deep, and is not entered"
            issues.append(Issue("error", "too-deep", _portable(folder), why, "move its articles further up"))
            continue
        try:
            entries = folders.listed(folder)
        except NotThereError:
            issues.append(_skipped(_portable(folder), "not-a-file", _NO_FILE))
            continue
        except FileNotFoundError:
            why = "it was there a moment ago and is gone"
            issues.append(Issue("error", "changing", _portable(folder), why, "build again once nobody moves folders"))
            continue
        except OSError as error:
            raise _no_list(root.joinpath(*folder), error) from error
        for name, kind in entries:
            # A hidden folder (of version control, of a file manager) is named, and not entered.
            if kind == "other" or name.startswith("."):
                yield (*folder, name)
            elif kind == "folder":
                waiting.append((*folder, name))
            else:
                issues.append(_skipped(_portable((*folder, name)), "not-a-file", _NO_FILE))


def _no_list(folder: Path, error: OSError) -> EnvironmentFault:
    return EnvironmentFault(f"{folder}: cannot be listed: {error.strerror}", "check its permissions")


class _ChangingError(Exception):
    """Another program is writing the file."""


def _read(folders: Folders, parts: Parts, max_bytes: int) -> bytes:
    for _ in range(_TRIES):
        with folders.opened(parts) as descriptor, os.fdopen(descriptor, "rb", closefd=False) as stream:
            before = os.fstat(descriptor)
            # One byte more than allowed is enough for `read` to see that the seed is too large.
            raw = _first_bytes(stream, max_bytes + 1)
            after = os.fstat(descriptor)
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return raw
    raise _ChangingError


# Less than what an allocator asks of the system as a block by itself. Python makes room for all that is asked for and
# cuts it to what came: of seeds read in one go each would keep a mapping of its own, of which Linux grants 65,530.
_AT_ONCE = 65_536


def _first_bytes(stream: IO[bytes], most: int) -> bytes:
    parts: list[bytes] = []
    while most > 0 and (part := stream.read(min(most, _AT_ONCE))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _override(folders: Folders, parts: Parts, max_bytes: int) -> bytes | None:
    try:
        return _read(folders, _beside(parts), max_bytes)
    except (FileNotFoundError, NotThereError):
        return None


def _portable(parts: Parts) -> str:
    # What is not UTF-8 comes from the system with lone surrogates, which cannot be printed or encoded; where the
    # locale is not UTF-8, so does the rest.
    return os.fsencode("/".join(parts)).decode("utf-8", "backslashreplace")


_REMEDIES = {
    "hidden": "give it a name without the dot to have it read",
    "not-a-seed": f"save articles as one of {', '.join(SEED_SUFFIXES)}",
    "not-a-file": "copy the file itself",
}


def _skipped(name: str, code: str, why: str) -> Issue:
    return Issue("warning" if code == "not-a-file" else "info", code, name, why, _REMEDIES[code])
