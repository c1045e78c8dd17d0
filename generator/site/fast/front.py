"""Front matter as the generator writes it, read line by line.

Stands for `mkdocs.utils.meta.get_data`. The generator writes one key a line with a JSON value, which YAML reads
to the same; anything else is left to MkDocs.
"""

from __future__ import annotations

import copy
import json
import re
from typing import Any

from generator.encode.frontmatter import KEYS

_OPEN, _CLOSE = b"---\n", b"\n---\n\n"
_LINE = re.compile(r"([a-z][a-z0-9_]*+): ([^\n]++)\Z")
# YAML reads these escapes as JSON does. A pair of surrogates, or a solidus, it does not.
# What YAML takes for a line end or for nothing printable it does not find as it is.
_SOUND = re.compile(
    r'(?:[^\\\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]|\\["\\]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*+\Z'
)
# In YAML 1.1 a number with an exponent is a text at times.
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+\Z")
_TEXT = re.compile(r'"[^"\\]*+"\Z')
# Lines with these hardly come back.
_OF_ONE_PAGE = frozenset(("title", "description", "url", "seed", "seed_sha256"))
_REMEMBERED = 10_000
_PLAIN = re.compile(r"(?:-?(?:0|[1-9][0-9]*)|true|false)\Z")


def _decimal(written: str) -> float:
    if not _DECIMAL.match(written):
        raise ValueError(written)
    return float(written)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


_JSON = json.JSONDecoder(parse_float=_decimal, object_pairs_hook=_unique)


class FrontReader:
    """Reads front matter, and remembers the lines that most pages have."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, Any]] = {}

    def read(self, source: bytes) -> tuple[bytes, dict[str, Any]] | None:
        """What stands behind the front matter of `source`, and its values; `None` where MkDocs had better look."""
        if not source.startswith(_OPEN) or b"\r" in source:
            return None
        end = source.find(_CLOSE, len(_OPEN) - 1)
        values: dict[str, Any] = {}
        try:
            for line in source[len(_OPEN) : end].decode().split("\n") if end >= len(_OPEN) else ():
                key, value = self._known.get(line) or self._read(line)
                if key in values:
                    return None
                # Whoever changes a value changes none of another page.
                values[key] = copy.copy(value) if value.__class__ in (dict, list) else value
        except ValueError:
            return None
        return (source[end + len(_CLOSE) :], values) if values else None

    def _read(self, line: str) -> tuple[str, Any]:
        """Key and value of a line. Raises `ValueError` where YAML might read them otherwise."""
        match = _LINE.match(line)
        if match is None or match[1] not in KEYS or not _SOUND.match(match[2]):
            raise ValueError(line)
        key, written = match[1], match[2]
        if written[0] not in '"[{' and not _PLAIN.match(written):
            raise ValueError(line)
        value = written[1:-1] if _TEXT.match(written) else _JSON.decode(written)
        if key not in _OF_ONE_PAGE and len(self._known) < _REMEMBERED:
            self._known[line] = (key, value)
        return key, value
