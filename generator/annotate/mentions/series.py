"""Portfolios in a row: what ministries, departments and committees are for ("Trade, Industry and Energy")."""

from __future__ import annotations

from generator.annotate.mentions.tokens import Token

ITEM = 4
"""Words of one portfolio: "Small and Medium Business" is the longest in use but for the joint."""

JOINTS = frozenset({"and", "&"})


def series_end(tokens: tuple[Token, ...], first: int, portfolios: frozenset[str]) -> int:
    """The last word of a row of portfolios with commas that begins at `first`; `first - 1` where there is none.

    Only a row that ends with "and" and another portfolio counts: what follows a bare comma is another name.
    """
    position = first
    commas = 0
    while True:
        last = _item(tokens, position, portfolios)
        if last < position or last + 2 >= len(tokens):
            return first - 1
        following = tokens[last + 1]
        if following.gap == ", ":
            commas += 1
            position = last + 2 if following.text in JOINTS else last + 1
            final = following.text in JOINTS
        elif following.text in JOINTS and following.gap == " ":
            position, final = last + 2, True
        else:
            return first - 1
        if final:
            end = _item(tokens, position, portfolios)
            return end if end >= position and commas else first - 1


def _item(tokens: tuple[Token, ...], first: int, portfolios: frozenset[str]) -> int:
    """The last word of the portfolio that begins at `first`; `first - 1` where none does."""
    last = first
    while (
        last + 1 < len(tokens)
        and last - first < ITEM - 1
        and tokens[last + 1].capital
        and tokens[last + 1].gap == " "
        and tokens[last].end == tokens[last].full_end
    ):
        last += 1
    words = tokens[first : last + 1]
    capital = bool(words) and all(token.capital for token in words)
    return last if capital and any(token.key in portfolios for token in words) else first - 1
