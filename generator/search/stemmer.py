"""The Porter 2 stemmer for English, the same step for step as `web/src/stemmer.js`.

The index is written by one language and asked by another, so both carry the algorithm themselves: a library on
either side may change it with a new version, and words would then no longer be found. The algorithm is Martin
Porter's, as published at snowballstem.org.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SPECIAL = {
    "skis": "ski",
    "skies": "sky",
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "idly": "idl",
    "gently": "gentl",
    "ugly": "ugli",
    "early": "earli",
    "only": "onli",
    "singly": "singl",
    **{word: word for word in ("sky", "news", "howe", "atlas", "cosmos", "bias", "andes")},
}
_KEPT = frozenset("inning outing canning herring earring evening proceed exceed succeed".split())  # noqa: SIM905 -- shorter
_CONSONANT_Y = re.compile(r"(^|[aeiouy])y")
_REGION = re.compile(r"[aeiouy][^aeiouy]")
_PREFIX = re.compile(r"gener|commun|arsen|past|univers|later|emerg|organ|inter")
_VOWEL = re.compile(r"[aeiouy]")
_SHORT_END = re.compile(r"(?:^[aeiouy][^aeiouy]|[^aeiouy][aeiouy][^aeiouywxY])$")
_DOUBLE = re.compile(r"(?<!^[aeo])(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$")
_STEP_1A_S = re.compile(r"[aeiouy].+s$")
_STEP_1B = re.compile(r"(?:eedly|ingly|edly|eed|ing|ed)$")
_STEP_1C = re.compile(r".[^aeiouy][yY]$")
_STEP_2 = re.compile(
    r"(?:ization|ational|fulness|ousness|iveness|tional|biliti|lessli|entli|ation|alism|aliti|ousli|iviti|fulli"
    r"|ogist|enci|anci|abli|izer|ator|alli|bli|ogi|li)$"
)
_TO_2 = {
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "abli": "able",
    "entli": "ent",
    "izer": "ize",
    "ization": "ize",
    "ational": "ate",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "aliti": "al",
    "alli": "al",
    "fulness": "ful",
    "ousli": "ous",
    "ousness": "ous",
    "iveness": "ive",
    "iviti": "ive",
    "biliti": "ble",
    "bli": "ble",
    "fulli": "ful",
    "lessli": "less",
    "ogist": "og",
}
_STEP_3 = re.compile(r"(?:ational|tional|alize|icate|iciti|ative|ical|ness|ful)$")
_TO_3 = {"tional": "tion", "ational": "ate", "alize": "al", "icate": "ic", "iciti": "ic", "ical": "ic"}
_STEP_4 = re.compile(r"(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$")
_WORD = re.compile(r"[a-z]+")
# A word longer than this is no English word; endless ones are left alone.
_LONGEST = 40


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word; a word with anything but the letters a to z is its own stem."""
    if not 3 <= len(word) <= _LONGEST or not _WORD.fullmatch(word):
        return word
    if word in _SPECIAL:
        return _SPECIAL[word]
    word = _CONSONANT_Y.sub(r"\1Y", word)
    first, second = _regions(word)
    word = _step_1a(word)
    if word in _KEPT:
        return word
    word = _step_1b(word, first)
    if _STEP_1C.search(word):
        word = word[:-1] + "i"
    word = _step_2(word, first)
    word = _step_3(word, first, second)
    word = _step_4(word, second)
    return _step_5(word, first, second).replace("Y", "y")


def _regions(word: str) -> tuple[int, int]:
    prefix = _PREFIX.match(word)
    found = _REGION.search(word)
    first = prefix.end() if prefix else found.end() if found else len(word)
    found = _REGION.search(word, first)
    return first, found.end() if found else len(word)


def _step_1a(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith(("us", "ss")):
        return word
    return word[:-1] if _STEP_1A_S.search(word) else word


def _step_1b(word: str, first: int) -> str:
    found = _STEP_1B.search(word)
    if not found:
        return word
    at = found.start()
    if found[0] in ("eed", "eedly"):
        return f"{word[:at]}ee" if at >= first else word
    if not _VOWEL.search(word[:at]):
        return word
    word = word[:at]
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if _DOUBLE.search(word):
        return word[:-1]
    return word + "e" if first >= len(word) and _SHORT_END.search(word) else word


def _step_2(word: str, first: int) -> str:
    found = _STEP_2.search(word)
    if not found or found.start() < first:
        return word
    at, ending = found.start(), found[0]
    if ending == "ogi":
        return word[:-1] if word[at - 1 : at] == "l" else word
    if ending == "li":
        return word[:at] if word[at - 1 : at] in tuple("cdeghkmnrt") else word
    return word[:at] + _TO_2[ending]


def _step_3(word: str, first: int, second: int) -> str:
    found = _STEP_3.search(word)
    if not found or found.start() < first:
        return word
    if found[0] == "ative":
        return word[: found.start()] if found.start() >= second else word
    return word[: found.start()] + _TO_3.get(found[0], "")


def _step_4(word: str, second: int) -> str:
    found = _STEP_4.search(word)
    if not found or found.start() < second:
        return word
    if found[0] == "ion" and word[found.start() - 1 : found.start()] not in ("s", "t"):
        return word
    return word[: found.start()]


def _step_5(word: str, first: int, second: int) -> str:
    at = len(word) - 1
    if word.endswith("e"):
        return word[:at] if at >= second or (at >= first and not _SHORT_END.search(word[:at])) else word
    return word[:at] if word.endswith("ll") and at >= second else word
