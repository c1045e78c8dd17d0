"""Files of a project that are JSON with the number of their format, and that people may have edited."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from generator.parsing import read_json

Value = TypeVar("Value")


def read_stated(raw: bytes, name: str, kind: type[Value], version: int) -> Value | None:
    """What stands under `name` in the file `raw`; `None` where its format is not `version`.

    Raises `ValueError`, `KeyError` or `TypeError` where there is no such value.
    """
    try:
        parts = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        if msgspec.json.decode(parts["format"]) == version:
            return msgspec.json.decode(parts[name], type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError):
        # What is wrong is told in the words of a reader that takes its time, and takes what a person's editor writes.
        pass
    content = read_json(raw)
    return msgspec.convert(content[name], kind) if content["format"] == version else None
