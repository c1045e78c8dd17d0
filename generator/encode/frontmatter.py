"""The only way from values into a page's front matter: a whitelist of keys, each value typed and quoted.

Front matter is YAML, which has many ways to be read as something else (`no`, `1e3`, `2024-02-15`, `!!python`).
Strings are therefore written as JSON strings, which YAML reads literally, and never any other way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from generator.encode.markdown import one_line

Value = str | int | float | bool | Sequence[str] | Mapping[str, "Value"]

KEYS = frozenset(
    (
        *("title", "description", "date", "authors", "tags", "language", "outlet", "credit", "category", "url"),
        *("seed", "seed_sha256", "published_precision", "published_basis", "title_basis", "quality"),
        *("people", "organizations", "places", "events", "hide", "search", "kind", "section", "status"),
    )
)
"""Every key that a page may have; what MkDocs, Material and trafilatura call these things."""

# JSON leaves these as they are, YAML takes them for line ends, marks or nothing printable.
_NOT_IN_YAML = re.compile("[\x7f-\xa0\u2028\u2029\ufeff]")


def front_matter(fields: Mapping[str, Value]) -> str:
    """The block from `---` to `---`, with a line feed at its end. Empty strings and lists are left out.

    Strings are normalised and stand on one line. Raises `KeyError` for a key that is not in `KEYS`, and
    `TypeError` for a value of another type.
    """
    lines: list[str] = []
    for key, value in fields.items():
        if key not in KEYS:
            raise KeyError(f"{key!r} is no key of a page's front matter")
        if value in ("", (), []):
            continue
        lines.append(f"{key}: {_flow(value)}\n")
    return "---\n" + "".join(lines) + "---\n"


def _flow(value: Value) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return json.dumps(value, allow_nan=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(key)}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_quoted(part) for part in value) + "]"
    raise TypeError(f"front matter holds no {type(value).__name__}")


def _quoted(text: str) -> str:
    quoted = json.dumps(one_line(text), ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
