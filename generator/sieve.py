"""Patterns that are searched for only where a text holds words that every match of them has.

Most patterns of the stages stand for wording that few lines have, and searching each line for each of them was a
third of what a seed cost. A match of `(?:see|seen) (?:here|in)` holds `see`; whether a line holds it, Python tells in
a twentieth of the time that the search takes. The words are read off the pattern's own syntax tree (Cox, "Regular
Expression Matching with a Trigram Index", 2012), so that nobody has to keep a list beside each pattern.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

# More needles than these cost about what they spare.
_MOST_NEEDLES = 40
# Above this many it is worth to look for fewer ones that say nearly as much.
_MANY_NEEDLES = 6
# Words of this length are rare enough; longer ones spare no more.
_RARE = 5
# So many needles to look for cost about what one more letter in each of them spares.
_LETTERS_WORTH = 8
# Beyond this many spellings of a stretch it is cut, and its parts are weighed by themselves.
_MOST_SPELLINGS = 48
# A single mark (`@`, `©`) is as rare in prose as a word of three letters; one of these is in every line.
_EVERYWHERE = frozenset(" .,-'’\"“”\n\t")
_WORD = re.compile(r"[^\W_]+")
# What a pattern begins with that fits the beginning of any line.
_LOOSE = (".", "[^", "\\S", "(?:\\S", "[A-Z]", "(?:[A-Z]")
# What else than the plain letter the engine takes for it where case is ignored; `str.lower` leaves or splits these.
_VARIANTS = (("i\u0307", "i"), ("\u0131", "i"), ("\u017f", "s"))

_ASCII = 128

_Spellings = frozenset[str]


def lowered(text: str) -> str:
    """`text` as needles are looked up in it: in lower case, letters that match `i` and `s` written so."""
    low = text.lower()
    if not low.isascii():
        for variant, plain in _VARIANTS:
            low = low.replace(variant, plain)
    return low


@dataclass(frozen=True)
class Sieve:
    """A pattern and its needles: `lowered` text that holds none of them holds no match. No needles: no telling."""

    source: str
    flags: int
    needles: tuple[str, ...]

    @classmethod
    def of(cls, source: str, flags: int = 0) -> Sieve:
        """The sieve of the pattern `source`. Raises `re.error` where that is none."""
        return cls(source, flags, needles(source, flags))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when a text passes for the first time: of five hundred, few are ever needed."""
        return re.compile(self.source, self.flags)

    def passes(self, low: str) -> bool:
        """Whether a text may hold a match; `low` is the text `lowered`, or any text that holds it."""
        if not self.needles:
            return True
        for needle in self.needles:  # noqa: SIM110 -- a generator costs as much as ten of these
            if needle in low:
                return True
        return False

    def search(self, text: str, low: str) -> re.Match[str] | None:
        """The first match in `text`; `low` as in `passes`."""
        return self.pattern.search(text) if self.passes(low) else None

    def found(self, text: str, low: str) -> bool:
        """Whether there is a match in `text`; `low` as in `passes`."""
        return self.passes(low) and self.pattern.search(text) is not None


def needles(source: str, flags: int = 0) -> tuple[str, ...]:
    """Lower-case stretches of which every match of the pattern holds at least one; none where that says little."""
    parser = _parser()
    if parser is None:
        return ()
    return _needles(parser.parse(source, flags))


def split(patterns: Iterable[str], flags: re.RegexFlag, *, whole: bool) -> tuple[str, tuple[Sieve, ...]]:
    """`patterns` as one alternation, and those to be looked for with needles as sieves of their own.

    The alternation is empty where none is left for it. `whole`: matches are of whole texts, which fail at the first
    letter where a pattern begins with words, so that only the others are worth a sieve.
    """
    plain: list[str] = []
    sieves: list[Sieve] = []
    for source in patterns:
        sieve = None if whole and not source.startswith(_LOOSE) else Sieve.of(source, flags)
        if sieve and sieve.needles:
            sieves.append(sieve)
        else:
            plain.append(f"(?:{source})")
    return "|".join(plain), tuple(sieves)


def _parser() -> Any:
    # The tree of a pattern is no public part of Python. Where it moves to another place, each pattern is searched for.
    try:
        return importlib.import_module("re._parser")
    except ImportError:
        return None


def _needles(tree: Any) -> tuple[str, ...]:
    exact, required = _read(tree)
    best = _better(exact, required)
    if best is None:
        return ()
    best = _fewer(best)
    return tuple(sorted(best)) if _worth(best) >= 2 else ()


def _worth(spellings: _Spellings) -> int:
    """How much a set of needles spares: as much as its most common one."""
    return min(map(_rarity, spellings), default=0)


def _rarity(needle: str) -> int:
    """The length of its longest word, one more with what stands beside it; a mark is as rare as three letters."""
    longest = max(map(len, _WORD.findall(needle)), default=0)
    if needle.isascii() and longest > 1:
        return longest + (len(needle) > longest)
    return 3 if any(not mark.isascii() or not (mark.isalnum() or mark in _EVERYWHERE) for mark in needle) else 0


def _better(one: _Spellings | None, other: _Spellings | None) -> _Spellings | None:
    """Of two sets of needles of which either would do, the one that spares more."""
    if one is None or other is None:
        return one if other is None else other
    return max(one, other, key=_value)


def _value(spellings: _Spellings) -> float:
    if len(spellings) > _MOST_NEEDLES:
        return -len(spellings)
    return min(_worth(spellings), _RARE) - len(spellings) / _LETTERS_WORTH


def _fewer(spellings: _Spellings) -> _Spellings:
    """`spellings`, or a smaller set of parts of them that says about as much."""
    ways = [_least(spellings)]
    if len(ways[0]) > _MANY_NEEDLES:
        words = [max(_WORD.findall(one), key=len, default=one) for one in spellings]
        ways.append(_least(frozenset(words)))
        ways.append(frozenset({_shared(spellings)}))
        ways.append(frozenset({_shared(frozenset(one[::-1] for one in spellings))[::-1]}))
    return max(ways, key=_value)


def _least(spellings: _Spellings) -> _Spellings:
    """Those in which no other one stands: where `photos` is, there is `photo`."""
    kept: list[str] = []
    for one in sorted(spellings, key=lambda one: (len(one), one)):
        if not any(other in one for other in kept):
            kept.append(one)
    return frozenset(kept)


def _shared(spellings: _Spellings) -> str:
    """What all of them begin with."""
    low, high = min(spellings), max(spellings)
    length = next((at for at, (one, other) in enumerate(zip(low, high, strict=False)) if one != other), len(low))
    return low[:length]


def _read(items: Sequence[Any]) -> tuple[_Spellings | None, _Spellings | None]:
    """All spellings of a sequence, where they are few; and else spellings of which each match holds one."""
    whole: _Spellings | None = frozenset({""})
    current: _Spellings = frozenset({""})
    best: _Spellings | None = None
    at = 0
    while at < len(items):
        run = ""
        while at < len(items) and str(items[at][0]) == "LITERAL" and items[at][1] < _ASCII:
            run += chr(items[at][1])
            at += 1
        if run:
            # Letter by letter, the same would take most of the time.
            current = frozenset(start + run.lower() for start in current)
            continue
        exact, required = _item(items[at])
        at += 1
        if exact is not None and len(current) * len(exact) <= _MOST_SPELLINGS:
            current = frozenset(start + end for start in current for end in exact)
            continue
        best = _better(best, _fewer(current))
        best = _better(best, required)
        whole = None
        current = exact if exact is not None else frozenset({""})
    if whole is not None:
        return current, None
    return None, _better(best, _fewer(current))


def _item(item: Any) -> tuple[_Spellings | None, _Spellings | None]:
    kind, value = str(item[0]), item[1]
    if kind == "LITERAL":
        return _letters([value]), None
    if kind == "IN":
        return _class(value), None
    if kind == "BRANCH":
        return _branch(value[1])
    if kind == "SUBPATTERN":
        return _read(value[3])
    if kind == "ATOMIC_GROUP":
        return _read(value)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeated(*value)
    if kind in ("AT", "ASSERT", "ASSERT_NOT"):
        # They look and take nothing.
        return frozenset({""}), None
    return None, None


def _repeated(least: int, most: Any, items: Sequence[Any]) -> tuple[_Spellings | None, _Spellings | None]:
    exact, required = _read(items)
    if least == 0:
        return (exact | {""} if exact is not None and most == 1 else None), None
    if exact is not None and least == most and len(exact) ** least <= _MOST_SPELLINGS:
        whole: _Spellings = frozenset({""})
        for _ in range(least):
            whole = frozenset(start + end for start in whole for end in exact)
        return whole, None
    return None, _better(_fewer(exact) if exact is not None else None, required)


def _branch(ways: Sequence[Any]) -> tuple[_Spellings | None, _Spellings | None]:
    all_exact: _Spellings | None = frozenset()
    all_required: _Spellings | None = frozenset()
    for way in ways:
        exact, required = _read(way)
        all_exact = all_exact | exact if all_exact is not None and exact is not None else None
        one = _better(_fewer(exact) if exact is not None else None, required)
        all_required = all_required | one if all_required is not None and one is not None else None
    if all_exact is not None and len(all_exact) <= _MOST_SPELLINGS:
        return all_exact, None
    return None, _fewer(all_required) if all_required is not None else None


def _class(members: Sequence[Any]) -> _Spellings | None:
    if any(str(kind) != "LITERAL" for kind, _ in members):
        return None
    return _letters([code for _, code in members])


def _letters(codes: Sequence[int]) -> _Spellings | None:
    """The lower-case letters of `codes`; none where one has a case and is not ASCII, since its other case may vary."""
    letters = [chr(code) for code in codes]
    if any(not letter.isascii() and letter.lower() != letter.upper() for letter in letters):
        return None
    return frozenset(letter.lower() for letter in letters)
