"""Closing quotation marks that nothing opens."""

from __future__ import annotations

import re

from generator.aligned import AlignedText

_MARK = re.compile(r"[“”„«»\"]")
_OPENER = re.compile(r"[“„«»\"「『]")


def stray_closings(view: AlignedText, *, quoting: bool) -> list[int]:
    """The view offsets of closing double quotation marks without a partner in the paragraph.

    `quoting` says that the paragraph before left a quotation open, which this one may close. A mark counts as
    stray only where no mark of any kind opens before it: a mixed pair (“ and ") is a pair. A straight mark closes
    where it stands after a text and before white space or the end; after a digit it may be inches or seconds.
    """
    text = view.text
    depth = 1 if quoting else 0
    strays: list[int] = []
    for match in _MARK.finditer(text):
        at = match.start()
        mark = match[0]
        if mark in "“„" or (mark == "«" and depth == 0):
            depth = 1
            continue
        if mark == "”":
            if depth == 0:
                strays.append(at)
            depth = 0
            continue
        if mark in "«»":
            depth = 0 if depth else 1
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        closes = (
            bool(before) and not before.isspace() and before not in "([{—–-/'‘“" and (not after or not after.isalnum())
        )
        if depth and closes:
            depth = 0
        elif closes and not before.isdigit() and (not after or after.isspace()):
            strays.append(at)
        else:
            depth = 1
    return strays


def leaves_open(text: str) -> bool:
    """Whether a paragraph ends inside a quotation, as continued ones do: its last mark opens one."""
    curly = max(text.rfind("“"), text.rfind("„"))
    if curly >= 0 and curly > text.rfind("”") and not _closed(text, curly):
        return True
    return text.count('"') % 2 == 1 and bool(_OPENER.match(text.lstrip()[:1]))


def _closed(text: str, opened: int) -> bool:
    # German closes „ with “; the second mark found is then its end.
    return text[opened] == "“" and "„" in text[:opened]
