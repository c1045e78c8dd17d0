"""The debris rules of `data/debris.yml`, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.data import read_tree

# Consent texts run to this length; longer lines are prose, and are not matched, which bounds the time a line takes.
LINE_LIMIT = 600
_DECORATION = " \t*-–—=|·•>»«<[](){}:▶►▲▼…~#\"'"
# Marks between the parts of a line of controls; a comma or a hyphen joins words too often.
PART_MARK = re.compile(r"\s?[|·•¦]\s?|\t+| {3,}")


@dataclass(frozen=True, slots=True)
class Rules:
    """Line, block and tail rules by id with their patterns; `inline` in the order of the file."""

    lines: tuple[tuple[str, re.Pattern[str]], ...]
    blocks: tuple[tuple[str, re.Pattern[str]], ...]
    tails: tuple[tuple[str, re.Pattern[str]], ...]
    inline: tuple[tuple[str, re.Pattern[str]], ...]
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
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {"line": [], "block": [], "tail": [], "inline": []}
    for rule in tree["rules"]:
        pattern = "|".join(f"(?:{part})" for part in rule["patterns"])
        found[rule["kind"]].append((str(rule["id"]), re.compile(pattern, re.IGNORECASE)))
    return Rules(
        lines=tuple(found["line"]),
        blocks=tuple(found["block"]),
        tails=tuple(found["tail"]),
        inline=tuple(found["inline"]),
        menu_words=frozenset(str(word).casefold() for word in tree["menu_words"]),
    )


def _first(rules: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str:
    if not text or len(text) > LINE_LIMIT:
        return ""
    core = text.strip(_DECORATION)
    for name, pattern in rules:
        if pattern.fullmatch(text) or (core != text and core and pattern.fullmatch(core)):
            return name
    return ""
