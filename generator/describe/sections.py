"""Whether a word for a section is the article's own, or one of the site's menu."""

from __future__ import annotations

from dataclasses import replace

from generator.aligned import Span
from generator.describe.parts import Claim, Draft
from generator.model import Cleaned

# Entries of menus have three words at most.
_ENTRY = 3
_MENU_RULES = frozenset({"menu", "navigation", "furniture", "subscribe-line", "recurring-line"})


def drop_menu_words(draft: Draft, cleaned: Cleaned) -> None:
    """Take the field from claims on section words that stand in a menu, or contradict each other: then none is known.

    A menu shows by its other entries, right before or after the word, which cleaning removed. What might be either
    stays unknown.
    """
    text = cleaned.seed.text
    removed = [
        removal.span
        for removal in cleaned.ledger
        if removal.rule in _MENU_RULES
        and len(removal.text.split()) <= _ENTRY
        and any(map(str.isalpha, removal.text))
        and not any(map(str.isdigit, removal.text))
    ]
    starts, ends = {span.start for span in removed}, {span.end for span in removed}
    words = [
        claim
        for claim in draft.having("category")
        if claim.rule == "section-word" and claim.start == 0 and claim.end == len(draft.parts[claim.part].text)
    ]
    doubtful = [
        claim
        for claim in words
        if _following(text, _span(draft, claim).end) in starts or _preceding(text, _span(draft, claim).start) in ends
    ]
    rest = [claim for claim in words if claim not in doubtful]
    if len({claim.value.casefold() for claim in rest}) > 1:
        # The section that comes last, right over the headline, is as often a place in the menu as the article's.
        doubtful = words
    for claim in doubtful:
        draft.claims[draft.claims.index(claim)] = replace(claim, field=None, rule="menu", value="")


def _span(draft: Draft, claim: Claim) -> Span:
    return draft.parts[claim.part].view.seed_span(claim.start, claim.end)


def _following(text: str, position: int) -> int:
    """Where the first character after `position` is that is no white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _preceding(text: str, position: int) -> int:
    """Where the last character before `position` ends that is no white space; a blank line parts section and menu."""
    end = position
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end if text.count("\n", end, position) < 2 else -1
