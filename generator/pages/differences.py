"""What one wording of a statement has in place of the words of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Longer wordings are not compared: it takes the square of the words at worst, and nobody reads forty differences.
WORDS = 200
# A wording that shares less than this with the other is another text; its words in place of the others' tell nothing.
ALIKE = 0.3

_WORD = re.compile(r"\S+")
_EDGE = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the other wording and those that stand here in their place; one of the two may be empty."""

    other: str
    here: str


def differences(other: str, here: str) -> tuple[Difference, ...] | None:
    """How the wording `here` differs from `other`, in order; marks and capitals aside.

    Empty where nothing differs; none where too little is alike, or too much text to compare.
    """
    left, right = _WORD.findall(other), _WORD.findall(here)
    if len(left) > WORDS or len(right) > WORDS:
        return None
    one, two = list(_bare(left)), list(_bare(right))
    if one == two:
        return ()
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    if matcher.ratio() < ALIKE:
        return None
    return tuple(
        Difference(_phrase(left[low:high]), _phrase(right[other_low:other_high]))
        for tag, low, high, other_low, other_high in matcher.get_opcodes()
        if tag != "equal"
    )


def _bare(words: list[str]) -> Iterator[str]:
    return (_EDGE.sub("", word).casefold().replace("’", "'") for word in words)


def _phrase(words: list[str]) -> str:
    return _EDGE.sub("", " ".join(words)) if words else ""
