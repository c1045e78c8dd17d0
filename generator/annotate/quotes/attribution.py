"""Which words of a sentence say whose quotation it is: before it, after it, between its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.annotate.quotes.after import after_quote
from generator.annotate.quotes.before import before_quote
from generator.annotate.quotes.claim import DASHES, Claim
from generator.annotate.quotes.grammar import Grammar, Range
from generator.annotate.quotes.relay import is_outlet
from generator.annotate.quotes.tokens import Token

# A verb within these many words of the opening mark introduces the quotation whatever follows it.
_NEAR = 6
# Words from the first thing that somebody calls a name to the second: "and the cost of it a".
_SECOND_NAMING = 7
# From this score on, words behind a quotation win over words that stand far before it.
_SURE = 0.9


def attribute(grammar: Grammar, sentence: Range) -> dict[int, Claim]:
    """The claims of a frame sentence, by the number of the quotation (`Token.ref`)."""
    tokens = grammar.tokens
    places = [index for index in range(*sentence) if tokens[index].kind == "quote"]
    claims: dict[int, Claim] = {}
    for number, place in enumerate(places):
        floor = places[number - 1] + 1 if number else sentence[0]
        limit = places[number + 1] if number + 1 < len(places) else sentence[1]
        earlier = claims.get(tokens[places[number - 1]].ref) if number else None
        before = before_quote(grammar, place, floor, sentence[0], earlier)
        after = after_quote(grammar, place, limit, opens=place == sentence[0])
        claim = _choose(grammar, before, after, place)
        if claim is None and earlier and _joined(tokens[floor:place]):
            claim = replace(earlier, rule="joined", score=earlier.score * 0.95, filling=True)
        if claim is None and earlier and earlier.rule == "naming" and tokens[floor].low == "and":
            claim = earlier if place - floor < _SECOND_NAMING else None  # called it “bold” and the cost a “scandal”
        if claim:
            claims[tokens[place].ref] = claim
    if places and places[0] > sentence[0]:
        return claims
    return _backwards(grammar, places, claims)


def _choose(grammar: Grammar, before: Claim | None, after: Claim | None, place: int) -> Claim | None:
    """Of the words before and behind a quotation, those that say whose it is."""
    if before and before.filling and before.subject:
        # "…, and spoke of the harm it said the plan would do: “…,” the union wrote": the nearer verb is right.
        if after is None or after.subject is None:
            return before
        if is_outlet(grammar, after.subject):
            return replace(before, relay=before.relay or after.subject)  # "Lind said, “…,” the agency reported"
        distant = before.cue is None or place - before.cue[1] > _NEAR
        return after if distant and after.score > _SURE else before
    return after or before


def _joined(between: Sequence[Token]) -> bool:
    """Whether nothing but `,`, `and`, `and that` and the like stands between two quotations of a sentence."""
    return len(between) <= 4 and all(
        token.text in (",", ";", ".", "…", "[", "]", "(", ")", *DASHES)
        or token.low in ("and", "but", "that", "or", "then", "also", "because")
        for token in between
    )


def _backwards(grammar: Grammar, places: Sequence[int], claims: dict[int, Claim]) -> dict[int, Claim]:
    """A first quotation without words of its own takes those behind the next: `“A” and “B,” he said`."""
    for left, right in zip(reversed(places[:-1]), reversed(places[1:]), strict=True):
        first, second = grammar.tokens[left].ref, grammar.tokens[right].ref
        if first not in claims and second in claims and _joined(grammar.tokens[left + 1 : right]):
            claims[first] = replace(claims[second], rule="joined")
    return claims
