"""The record of editions, `changes.json`: what the page of changes compares a corpus with.

It lies beside `permalinks.json` and belongs under version control like it: from the same folder a clean build then
tells the same changes as one over the last. It holds ids and digests, no text of a seed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from generator.corpus.editions import History
from generator.errors import UsageError
from generator.parsing import read_json
from generator.publish.files import holds, replace_file

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
        content = read_json(raw)
        # Another version of Briefing took other digests: nothing could be compared with them.
        return msgspec.convert(content["history"], History) if content["format"] == _FORMAT else History()
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: not a record of editions: {error}",
            "restore it from version control, or delete it: the next build is then the first",
        ) from error


def write_history(path: Path, history: History) -> bool:
    """Record `history`; whether the file differed. Raises `EnvironmentFault`."""
    content = _lines(msgspec.to_builtins(history)).encode()
    if holds(path, content):
        return False
    replace_file(path, content)
    return True


def _lines(history: dict[str, Any]) -> str:
    """As JSON with a line for each article and name, so that version control shows what changed."""
    snapshot = history.pop("snapshot")
    parts = [
        f'"{kind}": {{\n' + ",\n".join(f"{_dumped(key)}: {_dumped(value)}" for key, value in rows.items()) + "\n}"
        for kind, rows in ((kind, snapshot[kind]) for kind in ("articles", "entities"))
    ]
    parts.append('"events": [\n' + ",\n".join(map(_dumped, snapshot["events"])) + "\n]")
    rest = ",\n".join(f"{_dumped(key)}: {_dumped(value)}" for key, value in history.items())
    return f'{{"format": {_FORMAT}, "history": {{\n{rest},\n"snapshot": {{\n' + ",\n".join(parts) + "\n}}}\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
