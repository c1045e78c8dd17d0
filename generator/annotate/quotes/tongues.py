"""How quotations are attributed in languages other than English: the words of quote-tongues.yml, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from generator.data import read_tree

_HANGUL = re.compile("[가-힣]")
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u4e00-\u9fff]")
# A paragraph in which every fifth character is of a script is written in it; a name or two in brackets are fewer.
_SHARE = 5


@dataclass(frozen=True, slots=True)
class Tongue:
    """The attribution of one language. `said` finds its verbs, `by` the words that attribute by themselves."""

    code: str
    said: re.Pattern[str]
    by: re.Pattern[str]
    he: frozenset[str]
    titles: tuple[str, ...] = ()
    """Longest first."""

    @property
    def spaced(self) -> bool:
        """Whether the language is written in Latin letters, with spaces between words."""
        return self.code not in ("ko", "zh", "ja")


@cache
def tongues() -> dict[str, Tongue]:
    """The languages of quote-tongues.yml by ISO 639-1 code."""
    found: dict[str, Tongue] = {}
    for code, row in read_tree("quote-tongues.yml").items():
        spaced = code not in ("ko", "zh", "ja")
        found[code] = Tongue(
            code,
            _words(str(row["said"]).split(), whole=spaced, but=str(row.get("but", ""))),
            _words(str(row.get("by", "")).split(), whole=spaced),
            frozenset(str(row.get("he", "")).split()),
            tuple(sorted(str(row.get("titles", "")).split(), key=lambda one: (-len(one), one))),
        )
    return found


def _words(words: Iterable[str], *, whole: bool, but: str = "") -> re.Pattern[str]:
    either = "|".join(re.escape(word) for word in sorted(words, key=lambda one: (-len(one), one)))
    if not either:
        return re.compile(r"(?!)")
    if whole:
        return re.compile(rf"(?<![\w-])(?:{either})(?!\w)", re.IGNORECASE)
    return re.compile(f"(?<![{re.escape(but)}])(?:{either})" if but else f"(?:{either})")


def tongue_of(text: str, language: str) -> Tongue | None:
    """The language in which a paragraph attributes quotations, by its script, else that of the document.

    None for English and for languages whose words are not known.
    """
    if text.isascii():
        return tongues().get(language) if language not in ("ko", "zh", "ja") else None
    fewest = max(1, len(text) // _SHARE)
    if len(_HANGUL.findall(text)) >= fewest:
        return tongues()["ko"]
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    if han + kana >= fewest:
        return tongues()["ja" if kana * 10 >= han else "zh"]
    return tongues().get(language) if language not in ("ko", "zh", "ja") else None
