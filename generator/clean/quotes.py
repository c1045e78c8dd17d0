"""Closing quotation marks that nothing opens."""

from __future__ import annotations

import re

from generator.aligned import AlignedText

_MARK = re.compile(r"[“”„«»\"]")
_ENDED = re.compile(r"[.!?,。！？]")
# Who said it, behind the closing mark of a quotation whose opening one is missing: `,” said the mayor`.
_SAID = re.compile(
    r"\s(?:(?:[A-Z][\w.’'-]{0,30}|the|he|she|they|it)\s){0,5}"
    r"(?:said|says|told|asked|added|wrote|answered|replied|explained|stated)\b"
)


def stray_closings(view: AlignedText, *, quoting: bool) -> list[int]:
    """The view offset of a closing double quotation mark without a partner in the paragraph, if there is one.

    `quoting` says that the paragraph before left a quotation open, which this one may close. Taking a mark off that
    belongs to a quotation would do more harm than leaving a stray one, so all of this has to hold: the marks of its
    kind do not pair up, none of any kind is open before it, it stands after the stop of a sentence and before white
    space, and more text follows (at the end of a paragraph it may close what earlier paragraphs opened).
    """
    text = view.text
    straight = text.count('"')
    surplus = text.count("”") - text.count("“") - text.count("„")
    if quoting or (straight % 2 == 0 and surplus != 1):
        return []
    opened = False
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        lost = bool(_ENDED.match(before)) and after.isspace() and not opened
        lost = lost and not (before in ",?!" and _SAID.match(text, at + 1))
        if lost and ((mark == '"' and straight % 2 == 1) or (mark == "”" and surplus == 1)):
            return [at]
        if mark in "“„«":
            opened = True
        elif mark in "”»":
            opened = False
        else:
            opened = not opened
    return []


def leaves_open(text: str) -> bool:
    """Whether a paragraph ends inside a quotation, as continued ones do: its last mark opens one."""
    curly = max(text.rfind("“"), text.rfind("„"))
    if curly >= 0 and curly > text.rfind("”") and not _closed(text, curly):
        return True
    return text.count('"') % 2 == 1 and text.lstrip()[:1] == '"'


def _closed(text: str, opened: int) -> bool:
    # German closes „ with “; the second mark found is then its end.
    return text[opened] == "“" and "„" in text[:opened]
