"""What belongs to a title and stands between it and the name: where an envoy is sent, what a minister is for."""

from __future__ import annotations

from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.tokens import Token

# "the United States of America", "the United Nations General Assembly": what an envoy is sent to is no longer.
_POSTING = 4
# "for Trade, Industry and Small Business": a minister's portfolio is no longer.
_PORTFOLIO = 8
_SMALL = frozenset({"and", "of", "the"})
_LINKING = _SMALL | {"affairs"}


def name_after(tokens: tuple[Token, ...], after: int, lexicon: Lexicon, portfolios: frozenset[str]) -> int:
    """The index of the first word of the name behind a title whose words end before `after`.

    It is `after`, except where the title goes on: `Ambassador to Japan Orla Hale`, `Minister of Economy Orla Hale`.
    """
    if tokens[after].text == "to":
        return _posting(tokens, after, lexicon)
    if tokens[after].text in ("of", "for"):
        return _portfolio(tokens, after, portfolios)
    return after


def _posting(tokens: tuple[Token, ...], after: int, lexicon: Lexicon) -> int:
    first = after + 1
    if first < len(tokens) and tokens[first].text == "the":
        first += 1
    for last in range(min(first + _POSTING, len(tokens) - 1), first, -1):
        if not _begins_name(tokens, last):
            continue
        entries = lexicon.entries.get(" ".join(token.key for token in tokens[first:last]), ())
        if any(entry.role == "country" or entry.type == "organization" for entry in entries):
            return last
    return after


def _portfolio(tokens: tuple[Token, ...], after: int, portfolios: frozenset[str]) -> int:
    at = after + 1
    while at < min(after + _PORTFOLIO, len(tokens)):
        token = tokens[at]
        joined = token.gap == " " or (token.gap == ", " and tokens[at - 1].key in portfolios)
        if not joined or not (token.key in _LINKING or (token.capital and token.key in portfolios)):
            break
        at += 1
    found = at < len(tokens) and tokens[at - 1].capital and tokens[at - 1].key not in _SMALL and at > after + 1
    return at if found and _begins_name(tokens, at) else after


def _begins_name(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at].capital and tokens[at].gap == " " and tokens[at - 1].end == tokens[at - 1].full_end
