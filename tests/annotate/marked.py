"""Articles with their names marked: `[p Ida Hale] of [l Orla]`; p person, o organization, l place."""

from __future__ import annotations

import re
from pathlib import Path

from generator.aligned import Span
from generator.annotate.mentions import find_mentions
from generator.annotate.recognizer import Recognizer
from generator.clean import clean
from generator.describe import describe
from generator.model import Mention
from generator.read import read_seed
from generator.read.limits import Limits

FOLDER = Path(__file__).parent.parent / "gold/mentions"
TYPES = {"p": "person", "o": "organization", "l": "place"}
_MARK = re.compile(r"\[([pol]) ([^\]]+)\]")

Named = tuple[int, int, str]
"""Where a name stands (seed offsets) and its type."""


def read_marked(path: Path) -> tuple[str, list[Named]]:
    """The text of a marked article without its marks, and the names in it."""
    text, names, position = "", [], 0
    marked = path.read_text("utf-8")
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        names.append((len(text), len(text) + len(match[2]), TYPES[match[1]]))
        text += match[2]
        position = match.end()
    return text + marked[position:], names


def mentions_of(name: str, text: str, recognizer: Recognizer) -> list[Mention]:
    """What the engine names in `text` read as a seed: cleaned, described, annotated."""
    cleaned = clean(read_seed(f"{name}.txt", text.encode(), None, Limits()), frozenset())
    return list(find_mentions(describe(cleaned, name), recognizer)[1])


def spans(mentions: list[Mention]) -> list[Named]:
    """Mentions of people, organizations and places as gold has them."""
    return [(one.span.start, one.span.end, one.type) for one in mentions if one.type in TYPES.values()]


def overlaps(one: Named, other: Named) -> bool:
    """Whether two names share a character."""
    return Span(*one[:2]).overlaps(Span(*other[:2]))
