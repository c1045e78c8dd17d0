"""Writing single files so that a reader sees the old content or the new, and faults name the path."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import EnvironmentFault


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
    temporary = path.with_name(f".{path.name}.tmp")
    with faults_named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(content)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def holds(path: Path, content: bytes) -> bool:
    """Whether the file at `path` has exactly this content."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
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
