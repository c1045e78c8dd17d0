"""Finding the seeds: regular files below seeds/, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from generator.errors import EnvironmentFault, UsageError
from generator.folders import Folders, NotThereError, Parts
from generator.model import Issue

SEED_SUFFIXES = (".txt", ".text", ".md")
OVERRIDE_SUFFIX = ".yml"

# A copy that is under way ends while we look again, or the file is a log that never ends.
_TRIES = 3
_NO_FILE = "only regular files are read, no links, devices or pipes"
# Folders in folders, each of which is held open: far more than anybody sorts articles into, far fewer than the 256 open
# files that the most sparing system grants.
_DEEPEST = 64


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
    the folder is ever read, also where a folder gives way to a link meanwhile. So are files and folders that are
    hidden by a dot in front of their names. A file that is larger than `max_bytes` is not read whole; `read` rejects
    it by its size. Raises `UsageError` where there is no such folder, `EnvironmentFault` where it or a folder in it
    cannot be listed: a site without the articles that lie there would look as if they had been taken back.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder", "make it and put articles in it as .txt files")
    seeds: list[SeedFile] = []
    issues: list[Issue] = []
    taken: set[str] = set()
    with _root(folder) as folders:
        for name, parts in sorted((_portable(parts), parts) for parts in _walk(folder, folders, issues)):
            # A file may be called what the name of another, which is no text, is told as.
            while name in taken:
                name += "~"  # noqa: PLW2901 -- the name of this one
            taken.add(name)
            suffix = PurePath(parts[-1]).suffix
            if parts[-1].startswith("."):
                issues.append(_skipped(name, "hidden", "names with a dot in front are hidden, and not read"))
                continue
            if suffix.lower() not in SEED_SUFFIXES:
                if suffix.lower() not in (OVERRIDE_SUFFIX, ".yaml"):
                    issues.append(_skipped(name, "not-a-seed", f"files of type {suffix or 'none'} are not read"))
                continue
            try:
                seeds.append(SeedFile(name, _read(folders, parts, max_bytes), _override(folders, parts, max_bytes)))
            except NotThereError:
                issues.append(_skipped(name, "not-a-file", _NO_FILE))
            except _ChangingError:
                issues.append(
                    Issue("error", "changing", name, "it changes while it is read", "build again once it is whole")
                )
            except OSError as error:
                why = f"cannot be read: {error.strerror}"
                issues.append(Issue("error", "unreadable", name, why, "check the file's permissions"))
    return Gathered(tuple(seeds), tuple(issues))


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
            raw = stream.read(max_bytes + 1)
            after = os.fstat(descriptor)
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return raw
    raise _ChangingError


def _override(folders: Folders, parts: Parts, max_bytes: int) -> bytes | None:
    beside = str(PurePath(parts[-1]).with_suffix(OVERRIDE_SUFFIX))
    try:
        return _read(folders, (*parts[:-1], beside), max_bytes)
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


def line_counts(texts: Iterable[str]) -> dict[str, int]:
    """In how many of `texts` each line stands (white space folded): what recurs is furniture, not article."""
    counts: dict[str, int] = {}
    for text in texts:
        for line in {" ".join(line.split()) for line in text.splitlines()}:
            if line:
                counts[line] = counts.get(line, 0) + 1
    return counts
