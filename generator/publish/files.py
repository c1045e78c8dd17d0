"""Writing single files so that a reader sees the old content or the new, and faults name the path."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import EnvironmentFault

_TEMPORARY = re.compile(r"\.briefing-[0-9a-f]{16}\.tmp")


@contextmanager
def faults_named(path: Path) -> Iterator[None]:
    """Turn an `OSError` of the block into an `EnvironmentFault` that names the path and what to do."""
    try:
        yield
    except OSError as error:
        # A copy names its source first and what could not be written second.
        where = error.filename2 or error.filename or path
        reason = error.strerror or str(error)
        raise EnvironmentFault(f"{os.fsdecode(where)}: {reason}", _remedy(error)) from error


def replace_file(path: Path, content: bytes) -> None:
    """Write `path` whole or not at all. Raises `EnvironmentFault` where the disk says no."""
    temporary = path.with_name(temporary_name(path.name))
    with faults_named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(content)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def temporary_name(name: str) -> str:
    """What a file is called that becomes the file `name`; one of a killed run goes with the next `sweep_temporary`."""
    # A name of its own length: that of the file may already be as long as the disk allows.
    return f".briefing-{hashlib.blake2b(os.fsencode(name), digest_size=8).hexdigest()}.tmp"


def sweep_temporary(folder: Path, *, deep: bool = False) -> None:
    """Delete what a killed run left in `folder` half written, with `deep` also below it. Raises `EnvironmentFault`."""
    with faults_named(folder):
        for parent, folders, names in os.walk(folder):
            for name in names:
                if _TEMPORARY.fullmatch(name):
                    Path(parent, name).unlink()
            if not deep:
                folders.clear()


def holds(path: str | Path, content: bytes) -> bool:
    """Whether the file at `path` has exactly this content."""
    try:
        if os.stat(path).st_size != len(content):  # noqa: PTH116 -- tens of thousands of times
            return False
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 -- tens of thousands of times
            return file.read() == content
    except OSError:
        return False


def _remedy(error: OSError) -> str:
    match error:
        case PermissionError():
            return "give yourself permission to write there, or build into another folder with -d"
        case FileNotFoundError():
            return "another program removed it while the build ran; build again"
        case _ if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return "free some space on that disk and build again"
        case _ if error.errno == errno.EFBIG:
            return "raise the limit on file size (ulimit -f) and build again"
    return "mend that and build again; the published site is untouched"
