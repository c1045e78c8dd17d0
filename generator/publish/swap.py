"""Putting a new site in the place of the old one in a single step.

The new site is built beside the old one, under a name that starts with a dot. `exchange` swaps the two
names atomically where the system can (Linux `renameat2`, macOS `renamex_np`). Elsewhere two renames
follow each other, and `sweep` mends what a kill between them leaves.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from generator.errors import UsageError
from generator.publish.files import faults_named

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # both in linux/fs.h (RENAME_EXCHANGE) and in macOS sys/stdio.h (RENAME_SWAP)

# The system or the file system does not know the exchange; anything else is a fault.
_UNKNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def staging_place(site: Path) -> Path:
    """The folder in which the successor of `site` is built: beside it, on the same disk."""
    site = site.resolve()
    return site.with_name(f".{site.name}.next")


def sweep(site: Path) -> None:
    """Clear away what a killed build left; where it was killed between two renames, bring the old site back.

    Call it only while holding the project's lock. Raises `EnvironmentFault`.
    """
    site = site.resolve()
    retired = _retired(site)
    with faults_named(site):
        if retired.exists() and not site.exists():
            retired.rename(site)
        for leftover in (staging_place(site), retired):
            _remove_tree(leftover)


def require_replaceable(site: Path) -> None:
    """Raise `UsageError` where `site` holds things that are not a built site and would be lost."""
    if not site.exists():
        return
    if not site.is_dir():
        raise UsageError(f"{site} is a file", "name a folder with -d or site_dir")
    names = {entry.name for entry in site.iterdir()}
    if names and not {"index.html", "404.html"} & names:
        raise UsageError(
            f"{site} holds files that are not a built site, and publishing would delete them",
            "name another folder with -d or site_dir, or empty that one yourself",
        )


def keep_unchanged(site: Path, staged: Path) -> int:
    """Let every file of `staged` that equals its predecessor in `site` be that very file; how many there are.

    Unchanged pages so keep inode and modification time, which spares browsers, backups and rsync.
    Where the disk knows no hard links, the staged copies stay.
    """
    kept = 0
    for new in sorted(staged.rglob("*")):
        old = site / new.relative_to(staged)
        if new.is_symlink() or old.is_symlink() or not new.is_file() or not old.is_file():
            continue
        before, after = old.stat(), new.stat()
        if (before.st_dev, before.st_ino) == (after.st_dev, after.st_ino):
            kept += 1
            continue
        if before.st_size != after.st_size or not filecmp.cmp(old, new, shallow=False):
            continue
        link = new.with_name(f".{new.name}.same")
        try:
            os.link(old, link)
        except OSError:
            return kept
        link.replace(new)
        kept += 1
    return kept


def exchange(staged: Path, site: Path) -> None:
    """Publish `staged` as `site` and delete the old site. Raises `EnvironmentFault`; then the old site stands."""
    site = site.resolve()
    with faults_named(site):
        if not site.exists():
            staged.rename(site)
            return
        if not _exchange_names(staged, site):
            retired = _retired(site)
            site.rename(retired)
            try:
                staged.rename(site)
            except OSError:
                retired.rename(site)
                raise
            staged = retired
    # The new site is public; old files that do not go now go with the next sweep.
    shutil.rmtree(staged, ignore_errors=True)


def _retired(site: Path) -> Path:
    return site.with_name(f".{site.name}.old")


def _remove_tree(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _exchange_names(one: Path, other: Path) -> bool:
    """Swap two names atomically; `False` where the system cannot. Raises `OSError` where it will not."""
    library = None
    with suppress(OSError):
        library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        outcome = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)  # type: ignore[union-attr]
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        outcome = library.renamex_np(first, second, _RENAME_EXCHANGE)
    else:
        return False
    if outcome == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))
