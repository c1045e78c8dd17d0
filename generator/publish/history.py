"""The record of editions, `changes.json`: what the page of changes compares a corpus with.

It lies beside `permalinks.json` and belongs under version control like it: from the same folder a clean build then
tells the same changes as one over the last. It holds ids and digests, no text of a seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import msgspec

from generator.corpus.editions import History
from generator.errors import UsageError
from generator.publish.files import holds, replace_file
from generator.publish.stated import read_stated

_FORMAT = 1


def read_history(path: Path) -> History:
    """The record in the file `path`; an empty one where there is none, or one of another format.

    Raises `UsageError` where the file cannot be understood.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return History()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", "make the file readable") from error
    try:
        # Another version of Briefing took other digests: nothing could be compared with them.
        return read_stated(raw, "history", History, _FORMAT) or History()
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: not a record of editions: {error}",
            "restore it from version control, or delete it: the next build is then the first",
        ) from error


def write_history(path: Path, history: History) -> bool:
    """Record `history`; whether the file differed. Raises `EnvironmentFault`."""
    content = _lines(history)
    if holds(path, content):
        return False
    replace_file(path, content)
    return True


def _lines(history: History) -> bytes:
    """As JSON with a line for each article and name, so that version control shows what changed."""
    snapshot = history.snapshot
    rows = (("articles", snapshot.articles), ("entities", snapshot.entities))
    parts = [b'"%b": {\n%b\n}' % (kind.encode(), _joined(some)) for kind, some in rows]
    parts.append(b'"events": [\n%b\n]' % b",\n".join(map(_dumped, snapshot.events)))
    rest = {one.name: getattr(history, one.name) for one in fields(history) if one.name != "snapshot"}
    return b'{"format": %d, "history": {\n%b,\n"snapshot": {\n%b\n}}}\n' % (_FORMAT, _joined(rest), b",\n".join(parts))


def _joined(values: Mapping[str, object]) -> bytes:
    return b",\n".join([b"%b: %b" % (_dumped(key), _dumped(value)) for key, value in values.items()])


def _dumped(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=0)
