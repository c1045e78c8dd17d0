"""The debris rules of `data/debris.yml`, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.data import read_tree
from generator.sieve import Sieve, lowered, split

# Consent texts run to this length; longer lines are prose, and are not matched, which bounds the time a line takes.
LINE_LIMIT = 600
_DECORATION = " \t*-–—=|·•>»«<[](){}:▶►▲▼…~#\"'"
# Marks between the parts of a line of controls; a comma or a hyphen joins words too often.
PART_MARK = re.compile(r"\s?[|·•¦]\s?|\t+| {3,}")


@dataclass(frozen=True, slots=True)
class Whole:
    """The patterns of a rule of which one has to match a whole text."""

    plain: re.Pattern[str] | None
    sieves: tuple[Sieve, ...]

    def fits(self, text: str, low: str) -> bool:
        """Whether one of them matches the whole of `text`, which stands in `low` in lower case."""
        if self.plain is not None and self.plain.fullmatch(text):
            return True
        for sieve in self.sieves:  # noqa: SIM110 -- read eighteen times for each line, a generator costs too much
            if sieve.passes(low) and sieve.pattern.fullmatch(text):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Rules:
    """Line, block and tail rules by id with their patterns; `inline` in the order of the file."""

    lines: tuple[tuple[str, Whole], ...]
    blocks: tuple[tuple[str, Whole], ...]
    tails: tuple[tuple[str, Whole], ...]
    inline: tuple[tuple[str, Sieve], ...]
    menu_words: frozenset[str]

    def line(self, text: str) -> str:
        """The id of the line rule that `text`, its white space folded, is debris by; empty where none is."""
        return _first(self.lines, text)

    def block(self, text: str) -> str:
        """The id of the rule by which `text` opens a group of lines that is debris."""
        return _first(self.blocks, text)

    def tail(self, text: str) -> str:
        """The id of the rule by which `text` heads a list of links."""
        return _first(self.tails, text)

    def menu_entry(self, text: str) -> bool:
        """Whether `text` is a word that menus are made of."""
        return text.casefold().strip(_DECORATION) in self.menu_words


@cache
def load_rules() -> Rules:
    """The rules of the package. The result is immutable."""
    tree = read_tree("debris.yml")
    whole: dict[str, list[tuple[str, Whole]]] = {"line": [], "block": [], "tail": []}
    inline: list[tuple[str, Sieve]] = []
    for rule in tree["rules"]:
        name = str(rule["id"])
        if rule["kind"] == "inline":
            pattern = "|".join(f"(?:{part})" for part in rule["patterns"])
            inline.append((name, Sieve.of(pattern, re.IGNORECASE)))
            continue
        plain, sieves = split(rule["patterns"], re.IGNORECASE, whole=True)
        found = Whole(re.compile(plain, re.IGNORECASE) if plain else None, sieves)
        whole[rule["kind"]].append((name, found))
    return Rules(
        lines=tuple(whole["line"]),
        blocks=tuple(whole["block"]),
        tails=tuple(whole["tail"]),
        inline=tuple(inline),
        menu_words=frozenset(str(word).casefold() for word in tree["menu_words"]),
    )


def _first(rules: tuple[tuple[str, Whole], ...], text: str) -> str:
    if not text or len(text) > LINE_LIMIT:
        return ""
    low = lowered(text)
    core = text.strip(_DECORATION)
    other = core if core != text else ""
    for name, patterns in rules:
        if patterns.fits(text, low) or (other and patterns.fits(other, low)):
            return name
    return ""
