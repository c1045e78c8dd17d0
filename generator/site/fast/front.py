"""Front matter as the generator writes it, read line by line.

Stands for `mkdocs.utils.meta.get_data`. The generator writes one key a line with a JSON value, which YAML reads
to the same; anything else is left to MkDocs.
"""

from __future__ import annotations

import json
import re
from typing import Any

from generator.encode.frontmatter import KEYS

_HEAD = re.compile(r"---\n((?:[a-z][a-z0-9_]*+: [^\n]++\n)*+)---\n\n*")
# YAML reads these escapes as JSON does. A pair of surrogates, or a solidus, it does not.
_SOUND = re.compile(r'(?:[^\\]|\\["\\]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*+\Z')
# In YAML 1.1 a number with an exponent is a text at times.
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+\Z")
_PLAIN = re.compile(r"(?:-?(?:0|[1-9][0-9]*)|true|false)\Z")


def read_front(source: str) -> tuple[str, dict[str, Any]] | None:
    """The text behind the front matter and its values, or `None` where MkDocs had better look itself."""
    head = _HEAD.match(source)
    if head is None:
        return None
    values: dict[str, Any] = {}
    for line in head[1].splitlines():
        key, _, written = line.partition(": ")
        if key in values or key not in KEYS or not _SOUND.match(written):
            return None
        if written[0] not in '"[{' and not _PLAIN.match(written):
            return None
        try:
            values[key] = json.loads(written, parse_float=_decimal, object_pairs_hook=_unique)
        except ValueError:
            return None
    return source[head.end() :], values


def _decimal(written: str) -> float:
    if not _DECIMAL.match(written):
        raise ValueError(written)
    return float(written)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
