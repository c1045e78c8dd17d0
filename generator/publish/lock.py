"""One build at a time: a lock that the operating system holds, so that a killed holder's goes with it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.encode.scalars import plain
from generator.errors import SiteLocked
from generator.parsing import read_json
from generator.publish.files import faults_named

# A process that is forked while the lock is held would hold it too, even when its parent is killed.
_held: set[int] = set()

_RETRY = 0.1  # seconds; a person does not notice, and ten looks a second cost nothing


@contextmanager
def project_lock(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock file `path` during the block, waiting up to `wait` seconds for another holder.

    Raises `SiteLocked`, which says who holds it, and `EnvironmentFault` where the file cannot be made.
    The file stays behind, empty: to delete it would let two builds hold two files of one name.
    """
    with faults_named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not through a link: what the lock file points at would be emptied.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        deadline = time.monotonic() + wait
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                holder = _holder(descriptor)
                raise SiteLocked(
                    f"another build of this project is running: {holder}",
                    "wait for it to end, or stop it; set timeouts.lock in briefing.yml to wait by itself",
                )
            time.sleep(_RETRY)
        # The holder's name stands behind the locked first byte, which Windows would not let others read.
        note = b" " + json.dumps({"pid": os.getpid(), "since": time.strftime("%H:%M:%S")}).encode()
        # On a full disk the lock holds without the name; what cannot be written is said of what matters.
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, note)
        _held.add(descriptor)
        try:
            yield
        finally:
            if descriptor in _held:
                _held.remove(descriptor)
                with suppress(OSError):
                    os.ftruncate(descriptor, 0)
                _unlock(descriptor)
    finally:
        with suppress(OSError):
            os.close(descriptor)


def _leave_to_parent() -> None:
    while _held:
        with suppress(OSError):
            os.close(_held.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_parent)


def _holder(descriptor: int) -> str:
    try:
        os.lseek(descriptor, 1, os.SEEK_SET)
        content = read_json(os.read(descriptor, 4096))
        return f"process {int(content['pid'])}, since {plain(str(content['since']))[:20]}"
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError):
        return "its process did not leave its name"


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
