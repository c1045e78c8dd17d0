"""Where text is set between quotation marks: pairing of marks, nesting, apostrophes, marks left open.

Works on one paragraph at a time, in view offsets of that paragraph. Linear in its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

Role = Literal["open", "close", "either"]

# Each mark with its family; a stretch is closed by a mark of the family that opened it. Families, not exact partners,
# because copy mixes them: “ closed by ", and „ closed by ” or “.
_DOUBLE = {
    "“": "open",
    "”": "close",
    '"': "either",
    "„": "open",
    "‟": "open",
    "＂": "either",
    "〝": "open",
    "〞": "close",
}
_DOUBLE_PAIRS = {"``": "open", "''": "close", "‘‘": "open", "’’": "close"}
_SINGLE = {"‘": "open", "’": "close", "'": "either", "‚": "open", "‛": "open"}
_FAMILIES: dict[str, tuple[str, str]] = {
    **{mark: ("double", role) for mark, role in (*_DOUBLE.items(), *_DOUBLE_PAIRS.items())},
    **{mark: ("single", role) for mark, role in _SINGLE.items()},
    "«": ("angle", "open"),
    "»": ("angle", "close"),
    "‹": ("angle-single", "open"),
    "›": ("angle-single", "close"),
    "「": ("corner", "open"),
    "」": ("corner", "close"),
    "﹁": ("corner", "open"),
    "﹂": ("corner", "close"),
    "『": ("white-corner", "open"),
    "』": ("white-corner", "close"),
}
MARKS = frozenset(mark for mark in _FAMILIES if len(mark) == 1)

# Words that begin with an apostrophe, so that the mark before them opens nothing.
_ELIDED = frozenset(
    ["em", "til", "till", "tis", "twas", "cause", "round", "bout", "n", "s", "cos", "neath", "ere", "un"]
)

# So many marks on end are a rule across the page or noise; three stand where a nested quotation ends a quotation.
_RUN = 5

# Marks of one paragraph that are read. More are no prose: a book chapter of dialogue has about 2,000.
_MOST = 10_000

# Longest text between single marks. Two apostrophes further apart than a long sentence are two apostrophes.
_SINGLE_REACH = 600


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text between marks: `[start, end)` with the marks, `[inner, close)` without them; view offsets."""

    start: int
    inner: int
    close: int
    end: int
    family: str
    closed: bool = True
    """Whether a closing mark was found."""
    opened: bool = True
    """Whether an opening mark was found."""
    continues: bool = False
    """Whether it continues a stretch that the paragraph before left open."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The quoted stretches of a paragraph: `outer` in order, not overlapping; `nested` lie inside those."""

    outer: tuple[Stretch, ...]
    nested: tuple[Stretch, ...]
    left_open: str = ""
    """The family of a mark that is still open where the paragraph ends; empty: none."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: str
    role: Role


@cache
def _pattern() -> re.Pattern[str]:
    pairs = "|".join(re.escape(pair) for pair in _DOUBLE_PAIRS)
    one = f"[{re.escape(''.join(sorted(MARKS)))}]"
    return re.compile(f"(?P<run>{one}{{{_RUN},}})|{pairs}|{one}")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\w{1,6}")


def find_stretches(
    text: str,
    open_before: str = "",
    sentence_ends: Callable[[int, int], int] | None = None,
    sentence_begins: Callable[[int, int], int] | None = None,
) -> Marked:
    """The quoted stretches of a paragraph.

    `open_before` is the family left open by the paragraph before: a mark of that family at the very start
    then continues its quotation. `sentence_ends(inner, limit)` says where a stretch without a closing mark
    ends, given where it begins and where the next mark opens (or the paragraph ends); without it, at the limit.
    `sentence_begins(floor, close)` says where one without an opening mark begins, not before `floor`, or -1.
    """
    marks = _marks(text)
    pairs: list[Stretch] = []
    unmatched: list[_Mark] = []
    for family in dict.fromkeys(mark.family for mark in marks if mark.family != "single"):
        found, left, strays = _pair([mark for mark in marks if mark.family == family])
        pairs.extend(found)
        unmatched.extend(left)
        if sentence_begins:
            pairs.extend(_without_opener(strays, found, left, sentence_begins))
    openers = sorted([stretch.start for stretch in pairs] + [mark.start for mark in unmatched])
    left_open = ""
    for mark in sorted(unmatched, key=lambda mark: mark.start):
        after = bisect_left(openers, mark.end)
        limit = openers[after] if after < len(openers) else len(text)
        end = sentence_ends(mark.end, limit) if sentence_ends else limit
        if limit == len(text) and end == limit:
            left_open = mark.family
        end = mark.end + len(text[mark.end : end].rstrip())
        if end > mark.end:
            pairs.append(Stretch(mark.start, mark.end, end, end, mark.family, closed=False))
    if open_before and marks and not text[: marks[0].start].strip():
        first = marks[0].start
        pairs = [
            replace(stretch, continues=True) if stretch.start == first and stretch.family == open_before else stretch
            for stretch in pairs
        ]
    outer, nested = _layer(pairs)
    singles = _pair_singles(text, [mark for mark in marks if mark.family == "single"])
    return _with_singles(outer, nested, singles, left_open)


def _marks(text: str) -> list[_Mark]:
    marks: list[_Mark] = []
    depth: dict[str, int] = {}
    for match in _pattern().finditer(text):
        if match["run"]:
            continue
        family, role = _FAMILIES[match.group()]
        start, end = match.span()
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if family != "single":
            role = _double_role(match.group(), role, before, after, depth.get(family, 0))
            depth[family] = max(0, depth.get(family, 0) + (1 if role == "open" else -1))
        if len(marks) == _MOST:
            break
        marks.append(_Mark(start, end, family, role))  # type: ignore[arg-type]  # the tables hold no other roles
    return marks


def _double_role(mark: str, role: str, before: str, after: str, depth: int) -> Role:
    """Whether a mark opens or closes here, by its neighbours; typists and converters get the shapes wrong."""
    opens = _leads(before) and not (after.isspace() or after in ",.;:!?)]}")
    closes = not before.isspace() and before not in "([{" and not after.isalnum()
    if role == "either":
        if opens and not closes:
            return "open"
        if closes and not opens:
            return "close"
        return "close" if depth else "open"
    if role == "open" and mark == "“" and depth and closes and not opens:
        return "close"  # „…“, and “ typed for ”
    if role == "close" and not depth and opens and not closes:
        return "open"  # ”…”, and »…«
    if role == "open" and mark in "«‹" and depth and closes and not opens:
        return "close"
    return "open" if role == "open" else "close"


def _leads(character: str) -> bool:
    return character.isspace() or character in "([{<—–-―/…=>" or character in MARKS


def _without_opener(
    strays: Sequence[_Mark], pairs: Sequence[Stretch], opened: Sequence[_Mark], begins: Callable[[int, int], int]
) -> list[Stretch]:
    """Stretches whose opening mark is missing, from closing marks with nothing open."""
    ends = sorted([pair.end for pair in pairs] + [mark.end for mark in opened] + [mark.end for mark in strays])
    found: list[Stretch] = []
    for mark in strays:
        before = bisect_left(ends, mark.end) - 1
        start = begins(ends[before] if before >= 0 else 0, mark.start)
        if 0 <= start < mark.start:
            found.append(Stretch(start, start, mark.start, mark.end, mark.family, opened=False))
    return found


def _pair(marks: Sequence[_Mark]) -> tuple[list[Stretch], list[_Mark], list[_Mark]]:
    """Match each closing mark with the nearest open one: pairs, marks left open, and strays that close nothing."""
    pairs: list[Stretch] = []
    stack: list[_Mark] = []
    strays: list[_Mark] = []
    for mark in marks:
        if mark.role == "open":
            stack.append(mark)
        elif not stack:
            strays.append(mark)
        else:
            opener = stack.pop()
            pairs.append(Stretch(opener.start, opener.end, mark.start, mark.end, mark.family))
    return pairs, stack, strays


def _layer(pairs: list[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """Outer stretches in order, and those inside them; of two that cross, the later goes."""
    outer: list[Stretch] = []
    nested: list[Stretch] = []
    for stretch in sorted(pairs, key=lambda stretch: (stretch.start, -stretch.end)):
        if outer and stretch.start < outer[-1].end:
            if stretch.end <= outer[-1].end:
                nested.append(stretch)
        else:
            outer.append(stretch)
    return outer, nested


def _pair_singles(text: str, marks: Sequence[_Mark]) -> list[Stretch]:
    """Pairs of single marks that are not apostrophes."""
    pairs: list[Stretch] = []
    opener: _Mark | None = None
    plural: _Mark | None = None  # a mark after -s: may close, or make a possessive plural
    for mark in marks:
        before = text[mark.start - 1] if mark.start else " "
        after = text[mark.end] if mark.end < len(text) else " "
        if before.isalnum() and after.isalnum():
            continue
        if opener and mark.start - opener.end > _SINGLE_REACH:
            _single(pairs, opener, plural)
            opener, plural = None, None
        if _leads(before) and (after.isalnum() or after in "[($£€…-" or after in MARKS):
            if _elided(text, mark.end):
                continue
            _single(pairs, opener, plural)
            opener, plural = mark, None
        elif opener and not before.isspace() and not after.isalnum() and mark.start > opener.end:
            if before in "sS" and after == " " and mark.end + 1 < len(text) and text[mark.end + 1].islower():
                plural = plural or mark
                continue
            _single(pairs, opener, mark)
            opener, plural = None, None
    _single(pairs, opener, plural)
    return pairs


def _elided(text: str, start: int) -> bool:
    """Whether the word at `start` has lost its beginning: 'em, '90s."""
    found = _word().match(text, start)
    word = found.group() if found else ""
    return word.casefold() in _ELIDED or (word[:2].isdigit() and word.endswith("s"))


def _single(pairs: list[Stretch], opener: _Mark | None, closer: _Mark | None) -> None:
    if opener and closer:
        pairs.append(Stretch(opener.start, opener.end, closer.start, closer.end, "single"))


def _with_singles(outer: list[Stretch], nested: list[Stretch], singles: list[Stretch], left_open: str) -> Marked:
    """Singles inside other marks are nested; those around other marks take their place."""
    top: list[Stretch] = []
    starts = [stretch.start for stretch in outer]
    taken: set[int] = set()
    inside = list(nested)
    for single in singles:
        at = bisect_left(starts, single.start)
        if at and outer[at - 1].end > single.start:
            if single.end <= outer[at - 1].end:
                inside.append(single)
            continue
        upto = bisect_left(starts, single.end)
        if upto > at and outer[upto - 1].end > single.end:
            continue
        taken.update(range(at, upto))
        top.append(single)
    inside.extend(outer[index] for index in taken)
    kept = [stretch for index, stretch in enumerate(outer) if index not in taken]
    by_start = sorted([*kept, *top], key=lambda stretch: stretch.start)
    return Marked(tuple(by_start), tuple(sorted(inside, key=lambda stretch: stretch.start)), left_open)
