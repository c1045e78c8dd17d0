"""What of a text is there to be read: stretches without words stand as one space in the reading.

A page of brackets, a drawing in characters, a column of small numbers: no rule can read anything in them, and each
rule would look at every mark of them. They stay in the text that is shown.
"""

from __future__ import annotations

import re

from generator.aligned import AlignedText

# Longer than any rule of dashes or table of contents' leader in an article, and than any list of short words:
# prose of any language that is written with spaces has a word of three letters in every ten, East Asian text has its
# own characters.
_LONGEST_GAP = 400
_WORD = re.compile(
    r"\w{3,}+|[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)


def legible(view: AlignedText) -> AlignedText:
    """`view` with each long stretch that holds no word as one space, still aligned to the seed."""
    text = view.text
    if len(text) <= _LONGEST_GAP:
        return view
    changes: list[tuple[int, int, str]] = []
    position = 0
    for word in _WORD.finditer(text):
        if word.start() - position > _LONGEST_GAP:
            changes.append((position, word.start(), " "))
        position = word.end()
    # A stretch at an end keeps its outermost character, so that a text is never read as empty.
    if len(text) - position > _LONGEST_GAP:
        changes.append((position, len(text) - 1, " "))
    return view.replaced(changes) if changes else view
