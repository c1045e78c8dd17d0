"""What the engine says, in the words of the pages: reasons, clues, evidence, notes, names of columns and measures.

The stages say why in English sentences, and the data files keep them so. Each of these sentences stands in the
catalogue with a placeholder for what varies: by what stands between, it is found again here and said in another
language. What nobody wrote into the catalogue stays as the engine said it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from generator.pages.wording import Words, english

_SECTIONS = ("engine", "table", "column", "measure")
_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
# Reasons are a sentence or two; what is longer quotes an article at length, and to look for a pattern in it takes long.
LONGEST = 4_000
# Reasons stand side by side between semicolons: of these, the one does not reach into the next.
_SHAPES = {"titles": "(?:(?!”; ).)+?", "number": "[^;]+?", "title": "(?:(?!; both ).)+?"}
# Reasons within reasons ("…; but it fits two …, one without the middle name") go three deep.
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class _Pattern:
    key: str
    whole: re.Pattern[str]
    sentence: re.Pattern[str] | None
    """The same at the beginning of more sentences."""


def told(text: str, words: Words, known: Callable[[str], bool] = lambda _: False) -> str:
    """`text` of the engine in the language of `words`; as it is where the catalogue does not have it.

    `known` says whether a text is a name or title as it stands: "and" may be part of one, and is then left alone.
    """
    if words is english() or not text or len(text) > LONGEST:
        return text
    return _Teller(words, known).tell(text)


@dataclass(frozen=True, slots=True)
class _Teller:
    words: Words
    known: Callable[[str], bool]

    def tell(self, text: str, depth: int = 0) -> str:
        exact = _exact().get(text)
        if exact:
            return self.words.say(exact)
        if depth == _DEEPEST:
            return text
        # Several sentences first: the last place of the first one would take in all others.
        first = self._sentence(text, depth) if ". " in text else None
        if first:
            return f"{first[0]} {self.tell(text[first[1] :].lstrip(), depth + 1)}"
        for pattern in _patterns():
            match = pattern.whole.fullmatch(text)
            if match:
                return self._fill(pattern, match, depth)
        return text

    def _sentence(self, text: str, depth: int) -> tuple[str, int] | None:
        """The first sentence of `text`, told, and where it ends; none where it is not known."""
        for key, exact in _sentences():
            if text.startswith(f"{exact} "):
                return self.words.say(key), len(exact)
        for pattern in _patterns():
            match = pattern.sentence.match(text) if pattern.sentence else None
            if match:
                return self._fill(pattern, match, depth), match.end()
        return None

    def _fill(self, pattern: _Pattern, match: re.Match[str], depth: int) -> str:
        return self.words.say(
            pattern.key, **{name: self._value(name, value, depth) for name, value in match.groupdict().items()}
        )

    def _value(self, name: str, value: str, depth: int) -> str:
        """What fills a placeholder, by what its name says it is."""
        if name == "code":
            return str(self.words.texts.get(f"language.{value}", value))
        if name in ("reason", "more", "one", "other"):
            return self.tell(value, depth + 1)
        if name == "parts":
            return ", ".join(self.tell(part, depth + 1) for part in value.split(", "))
        if name == "language":
            return self.words.say(_languages()[value]) if value in _languages() else value
        if name in ("names", "people", "traces"):
            first, sign, last = value.rpartition(" and ")
            if name == "traces" and not sign:
                return self.tell(value, depth + 1)
            if sign and (name != "names" or (not self.known(value) and self.known(last))):
                told_parts = (self.tell(first, depth + 1), self.tell(last, depth + 1)) if name == "traces" else ()
                first, last = told_parts or (first, last)
                return self.words.say("changes.and", first=first, last=last)
        if name == "titles":
            # Titles stand in quotation marks, so that the word between two of them is not in one.
            *firsts, last = value.split("” and “")
            return (
                self.words.say("changes.and", first="” and “".join(firsts) + "”", last="“" + last) if firsts else value
            )
        return value


@cache
def _exact() -> dict[str, str]:
    """Text without placeholders to its key."""
    return {
        text: key
        for key, text in english().texts.items()
        if isinstance(text, str) and key.partition(".")[0] in _SECTIONS and "{" not in text
    }


@cache
def _sentences() -> tuple[tuple[str, str], ...]:
    """Key and text of each that is a sentence without placeholders."""
    return tuple((key, text) for text, key in _exact().items() if text.endswith(".") and key.startswith("engine."))


@cache
def _languages() -> dict[str, str]:
    """Name of a language in English to the key of its name."""
    return {str(text): key for key, text in english().texts.items() if key.startswith("language.")}


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Those with placeholders, the most telling first: the one with the most letters of its own."""
    texts = {
        key: text
        for key, text in english().texts.items()
        if isinstance(text, str) and key.startswith("engine.") and "{" in text
    }
    ordered = sorted(texts, key=lambda key: (-len(_PLACEHOLDER.sub("", texts[key])), key))
    return tuple(_pattern(key, texts[key]) for key in ordered)


def _pattern(key: str, text: str) -> _Pattern:
    parts = _PLACEHOLDER.split(text)
    body = "".join(_group(part) if index % 2 else re.escape(part) for index, part in enumerate(parts))
    sentence = (
        re.compile(rf"{body}(?=\s)", re.DOTALL) if text.endswith(".") and not text.startswith("{reason}") else None
    )
    return _Pattern(key, re.compile(body, re.DOTALL), sentence)


def _group(name: str) -> str:
    return f"(?P<{name}>{_SHAPES.get(name, '.+?')})"
