"""Putting a new site in the place of the old one in a single step.

The new site is built beside the old one, under a name that starts with a dot. Three ways, the best that there is:

exchange
    The two names are swapped atomically (Linux `renameat2`, macOS `renamex_np`).
link
    Where the system or the disk knows no exchange, the site's name is a symbolic link to `.site.1` or `.site.2`
    beside it, and a new link replaces it atomically. Where a folder stands in its place already, it gives way to
    the link by two renames, that once.
two renames
    Where there are no symbolic links either (Windows without the right to make them, FAT), the site is away for
    the moment between the two.

`sweep` mends what a kill at any point leaves.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path

from generator.errors import UsageError
from generator.publish.files import faults_named
from generator.publish.twin import retire

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # both in linux/fs.h (RENAME_EXCHANGE) and in macOS sys/stdio.h (RENAME_SWAP)

# The system or the file system does not know the exchange; anything else is a fault.
_UNKNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
# Seconds for which the old files stay. A reader who is just opening one has found the old folder by the site's name,
# and not yet the file in it: of two million reads one was lost where it went after 1 ms, of five million none after 10.
_GRACE = 0.05
# As many as Linux follows on one path.
_LINKS_FOLLOWED = 40


def staging_place(site: Path) -> Path:
    """The folder in which the successor of `site` is built: beside it, on the same disk."""
    site = _place(site)
    return site.with_name(f".{site.name}.next")


def sweep(site: Path) -> None:
    """Clear away what a killed build left; where it was killed between two renames, bring the old site back.

    Call it only while holding the project's lock. Raises `EnvironmentFault`.
    """
    site = _place(site)
    retired = _retired(site)
    with faults_named(site):
        if retired.exists() and not os.path.lexists(site):
            retired.rename(site)
        current = site.readlink().name if site.is_symlink() else ""
        for leftover in (staging_place(site), retired, _probe(site), _link(site), *_sides(site)):
            if leftover.name != current:
                _remove_tree(leftover)


def remove_site(site: Path) -> None:
    """Delete the built site, whichever way it was published; a link of the user to its folder stays."""
    site = _place(site)
    with faults_named(site):
        for path in (site, *_sides(site)):
            _remove_tree(path)


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


def keep_unchanged(
    site: Path, staged: Path, known: Set[str] = frozenset(), names: Iterable[str] | None = None
) -> set[str]:
    """Let every file of `staged` that equals its predecessor in `site` be that very file; their paths.

    Unchanged pages so keep inode and modification time, which spares browsers, backups and rsync.
    Of those that are `known` to be the very file nothing is asked. Where the disk knows no hard links, the staged
    copies stay. `names`: the path of every file of `staged`, where they are known.
    """
    kept = set(known)
    for below in set(_files_below(staged) if names is None else names) - known:
        old, new = f"{site}/{below}", f"{staged}/{below}"
        try:
            before, after = os.lstat(old), os.lstat(new)
        except OSError:
            continue
        if not (stat.S_ISREG(before.st_mode) and stat.S_ISREG(after.st_mode)):
            continue
        if (before.st_dev, before.st_ino) == (after.st_dev, after.st_ino):
            kept.add(below)
            continue
        if before.st_size != after.st_size or not filecmp.cmp(old, new, shallow=False):
            continue
        folder, _, name = new.rpartition("/")
        link = f"{folder}/.{name}.same"
        try:
            os.link(old, link)
        except OSError:
            return kept
        os.replace(link, new)  # noqa: PTH105 -- tens of thousands of files: texts take a tenth of the time that paths take
        kept.add(below)
    return kept


def _files_below(folder: Path) -> Iterator[str]:
    """Every file below `folder` that is no link: its path from there with slashes."""
    ahead = [""]
    while ahead:
        below = ahead.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            # All of a folder first: its files are replaced meanwhile.
            found = list(entries)
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                ahead.append(f"{below}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield below + entry.name


def exchange(
    staged: Path,
    site: Path,
    twin: Path | None = None,
    kept: Set[str] = frozenset(),
    *,
    public: Callable[[], None] = lambda: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Publish `staged` as `site` and delete the old site. Raises `EnvironmentFault`; then the old site stands.

    The folder of the old site becomes the `twin`, with the files that both have, which are `kept`. `public` is called
    as soon as readers get the new site, then `meanwhile`, since the old files stay for a while.
    """
    site = _place(site)
    with faults_named(site):
        if site.is_symlink():
            retired = site.with_name(site.readlink().name)
            _point(staged, site)
        elif not site.exists():
            _put(staged, site)
            public()
            meanwhile()
            return
        elif _exchange_names(staged, site):
            retired = staged
        else:
            retired = _retired(site)
            _replace_folder(staged, site, retired)
    until = time.monotonic() + _GRACE
    try:
        public()
        meanwhile()
        time.sleep(max(0.0, until - time.monotonic()))
    finally:
        # The new site is public; old files that do not go now go with the next sweep.
        if twin:
            retire(retired, twin, kept)
        else:
            shutil.rmtree(retired, ignore_errors=True)


def _put(staged: Path, site: Path) -> None:
    """Publish the first site, in the way in which the next can replace it."""
    probe = _probe(site)
    probe.mkdir()
    if _exchange_names(staged, probe):
        # `probe` is the new site now, and `staged` the empty folder.
        probe.rename(site)
        staged.rmdir()
        return
    probe.rmdir()
    if not _point(staged, site):
        staged.rename(site)


def _point(staged: Path, site: Path, retired: Path | None = None) -> bool:
    """Make `site` a link to `staged`, renamed; `False` where there are no links. A folder `site` becomes `retired`."""
    link = _link(site)
    current = site.readlink().name if site.is_symlink() else ""
    side = next(side for side in _sides(site) if side.name != current)
    try:
        link.symlink_to(side.name, target_is_directory=True)
    except (OSError, NotImplementedError):
        if current:
            raise
        return False
    try:
        staged.rename(side)
        if retired:
            site.rename(retired)
        link.replace(site)
    except BaseException:
        if os.path.lexists(link):
            if retired and retired.exists():
                retired.rename(site)
            if side.exists():
                side.rename(staged)
            link.unlink()
        raise
    return True


def _replace_folder(staged: Path, site: Path, retired: Path) -> None:
    """Replace the folder `site` where the system knows no exchange: by a link, or by a folder."""
    if _point(staged, site, retired):
        return
    site.rename(retired)
    try:
        staged.rename(site)
    except BaseException:
        if not site.exists():
            retired.rename(site)
        raise


def _place(site: Path) -> Path:
    """Where the site's name lies: links of the user are followed, the one that publishing makes is not."""
    site = site.absolute()
    with faults_named(site):
        for _ in range(_LINKS_FOLLOWED):
            if not site.is_symlink() or str(site.readlink()) in {side.name for side in _sides(site)}:
                return site.parent.resolve() / site.name
            site = site.parent / site.readlink()
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(site))


def _sides(site: Path) -> tuple[Path, Path]:
    return site.with_name(f".{site.name}.1"), site.with_name(f".{site.name}.2")


def _link(site: Path) -> Path:
    return site.with_name(f".{site.name}.link")


def _probe(site: Path) -> Path:
    return site.with_name(f".{site.name}.probe")


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
        places = (_AT_FDCWD, first, _AT_FDCWD, second)
        outcome = library.renameat2(*places, _RENAME_EXCHANGE)  # type: ignore[union-attr]  # hasattr has seen it
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
