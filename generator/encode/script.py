"""Values to JSON that may stand inside a `script` element of a page (JSON-LD)."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from json.encoder import encode_basestring_ascii

from generator.encode.markdown import one_line

# Inside a script element HTML reads on until `</script`, and `<!--` changes how it reads; as escapes they are text.
# The others are for readers of the page's source that take entities, templates, snippets or Markdown for what they are.
_ACTIVE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&'`{}[]*_~^$|=:#!\u2028\u2029"}

_ANY_ACTIVE = re.compile(f"[{re.escape(''.join(map(chr, _ACTIVE)))}]")

Tree = str | int | float | bool | None | list["Tree"] | dict[str, "Tree"]


def script_json(value: Tree) -> str:
    """`value` as JSON in ASCII on one line; no string of it holds a character that a page's reader takes for markup."""
    return _written(value)


def _written(value: Tree) -> str:
    if isinstance(value, str):
        quoted = encode_basestring_ascii(one_line(value))
        return quoted.translate(_ACTIVE) if _ANY_ACTIVE.search(quoted) else quoted
    if isinstance(value, dict):
        return "{" + ", ".join([f"{_key(key)}: {_written(part)}" for key, part in value.items()]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([_written(part) for part in value]) + "]"
    return json.dumps(value, allow_nan=False)


# The keys are words of schema.org: some dozens, which stand on every page.
@lru_cache(maxsize=256)
def _key(name: str) -> str:
    return _written(name)
