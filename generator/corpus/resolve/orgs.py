"""Names of organisations, places and events: what is equal, what is short for what."""

from __future__ import annotations

import re

from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.names import fold

_WORD = re.compile(r"[a-z0-9]+")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\.?", re.IGNORECASE)
_SEAT = 2
"""Words of a town or county; more are what a body is about."""
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 8


def words_of(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words that tell one organisation from another: no article, no legal form at the end."""
    joined = _DOTTED.sub(lambda match: match.group().replace(".", "") + " ", name)
    words = _WORD.findall(fold(joined.replace("&", " and ").replace("-", " ")))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in lexicon.legal_forms:
        words = words[:-1]
    if len(words) > 2 and words[0] in lexicon.inverted_heads and words[1] == "of":
        rest = words[3:] if words[2] == "the" and len(words) > 3 else words[2:]
        two = words[0] == "university" and rest[0] in lexicon.two_universities
        if words[0] in {"department", "ministry", "university"} and len(rest) == 1 and not two:
            words = [*rest, words[0]]
    if words and words[-1] not in lexicon.seated and (turned := _seat_first(words, lexicon)):
        words = turned
    return tuple(words)


def _seat_first(words: list[str], lexicon: Lexicon) -> list[str]:
    """A court or council with its seat in front: "District Court of Varn" is the "Varn District Court"; else empty."""
    if "of" not in words[1:-1]:
        return []
    at = words.index("of", 1)
    seat = words[at + 1 :]
    if seat[0] == "the" or len(seat) > _SEAT or any(word in lexicon.linking for word in seat):
        return []
    body = words[:at]
    told = all(word in lexicon.seat_heads for word in body)
    return [*seat, *body] if told and body[-1] in lexicon.seated else []


def says_of(name: str) -> bool:
    """Whether a university is named `University of …`."""
    return name.removeprefix("the ").removeprefix("The ").startswith("University of ")


def initials(name: str, lexicon: Lexicon) -> frozenset[str]:
    """The acronyms that a name can have: initials of its words with and without linking words."""
    words = _WORD.findall(fold(name.replace("-", " ").replace("&", " and ")))
    if words and words[0] == "the":
        words = words[1:]
    telling = [word for word in words if word not in lexicon.linking]
    without_form = [word for word in telling if word not in lexicon.legal_forms]
    found = {"".join(word[0] for word in chosen) for chosen in (words, telling, without_form) if len(chosen) > 1}
    return frozenset(found)


def acronym(name: str, lexicon: Lexicon) -> str:
    """`name` as an acronym in lower case, where it is shaped as one (`KCNA`, `U.N.`); else empty."""
    letters = name.replace(".", "").replace(" ", "") if _DOTTED.fullmatch(name.strip()) else name.strip()
    if not letters.isalpha() or not letters.isupper() or not letters.isascii():
        return ""
    if not _SHORTEST_ACRONYM <= len(letters) <= _LONGEST_ACRONYM or letters.lower() in lexicon.acronym_stop:
        return ""
    return letters.lower()


def shortens(short: tuple[str, ...], long: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether `short` can stand for `long`: its beginning or end, telling by itself, and not a thing of its own.

    "Bank of Ostrow" is no short name of its stadium, "Tides" none of the Council on Tides, and a university none
    of its law school.
    """
    if (
        not short
        or len(short) >= len(long)
        or all(word in lexicon.generic or word in lexicon.linking for word in short)
    ):
        return False
    if long[-len(short) :] == short:
        return long[-len(short) - 1] not in lexicon.linking
    rest = long[len(short) :]
    if long[: len(short)] != short:
        return False
    if len(short) > 1 and short[-1] in lexicon.generic and rest[0] != "of":  # First Bank, of First Bank of Tarn
        return False
    return not any(word in lexicon.units for word in rest)


def trade_name(short: tuple[str, ...], long: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether `long` is `short` and words that companies add to their names, such as "Stores" or "Holdings"."""
    return long[: len(short)] == short and all(word in lexicon.trade for word in long[len(short) :])
