"""A page's front matter as templates and search may print it: known keys, known types, no markup.

Material prints title, description, author and tags as they are, the search index's reader too.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from html import escape
from typing import Any

from generator.encode.frontmatter import KEYS
from generator.encode.markdown import one_line

# What templates compare or take apart, and never print.
_SETTINGS = frozenset(("hide", "search", "template", "status", "icon"))


def printable(meta: Mapping[str, Any], *, generated: bool) -> dict[str, Any]:
    """`meta` with every text normalised, on one line and HTML-escaped, and dates as text.

    Of a generated page only the keys that the generator writes are kept; what a hand-made page says besides
    is the user's, and kept. Settings such as `hide` and `template` stay as they are.
    """
    return {
        key: value if key in _SETTINGS else _escaped(value)
        for key, value in meta.items()
        if not generated or key in KEYS
    }


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return escape(one_line(value))
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_escaped(part) for part in value]
    if isinstance(value, dict):
        return {escape(str(key)): _escaped(part) for key, part in value.items()}
    return value
