"""Whether a word for a section is the article's own, or one of the site's menu."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.aligned import Span
from generator.describe.metadata_line import are_beside, is_category
from generator.describe.parts import Claim, Draft
from generator.describe.words import Words, load_words
from generator.model import Cleaned, Field

# Entries of menus have three words at most.
_ENTRY = 3
# What heads a list of sections, though no article stands in it.
_SITE_SECTIONS = frozenset({"news", "all news", "latest", "latest news", "video", "videos", "photos"})
# A trail of crumbs as pages have it.
_CRUMBS = 4
_CRUMB = re.compile(r"\s?(?:[>›»→|＞]|/)\s?")
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
    whole = _whole_parts(draft)
    words = [claim for claim in draft.having("category") if claim.rule == "section-word" and claim.part in whole]
    doubtful = [
        claim
        for claim in words
        if _following(text, _whole(draft, claim).end) in starts
        or _preceding(text, _whole(draft, claim).start) in ends
        or _in_row(draft, claim)
    ]
    row = {claim.part for claim in doubtful}
    for claim in words:
        # The first and the last entry of a row stand beside the others: two of those are a menu.
        beside = {claim.part - 1, claim.part - 2} <= row or {claim.part + 1, claim.part + 2} <= row
        if claim not in doubtful and beside:
            doubtful.append(claim)
            row.add(claim.part)
    rest = [claim for claim in words if claim not in doubtful]
    if len({claim.value.casefold() for claim in rest}) > 1:
        # The section that comes last, right over the headline, is as often a place in the menu as the article's.
        doubtful = words
    for claim in doubtful:
        draft.claims[draft.claims.index(claim)] = replace(claim, field=None, rule="menu", value="")


def _in_row(draft: Draft, claim: Claim) -> bool:
    """Whether a word or two stand over and under the claim as well: `Local`, `Business`, `Region`."""
    beside = [draft.parts[at].text for at in (claim.part - 1, claim.part + 1) if 0 <= at < len(draft.parts)]
    return len(beside) == 2 and all(len(text.split()) <= 2 and text.replace(" ", "").isalpha() for text in beside)


def _whole_parts(draft: Draft) -> set[int]:
    """The parts that are section words from end to end: `Culture`, and `Life/Culture` as menus have it."""
    claims: dict[int, list[Claim]] = {}
    for claim in draft.claims:
        claims.setdefault(claim.part, []).append(claim)
    return {
        part
        for part, found in claims.items()
        if all(claim.field == "category" and claim.rule == "section-word" for claim in found)
        and min(claim.start for claim in found) == 0
        and max(claim.end for claim in found) == len(draft.parts[part].text)
    }


def section_over_headline(draft: Draft, cleaned: Cleaned) -> Field | None:
    """The section word that stands right over the headline and that cleaning took for an entry of the menu, or a crumb.

    It is the article's own where the entries before it are no sections (`Search`, `Register`, `Culture`), where the
    menu has it besides, or where the menu is set in another case. Otherwise it may be the menu's last entry.
    """
    title = next(iter(draft.having("title")), None)
    if title is None:
        return None
    words = load_words()
    text, start = cleaned.seed.text, _span(draft, title).start
    removed = sorted(
        (removal for removal in cleaned.ledger if removal.rule != "spacing" and removal.span.end <= start),
        key=lambda removal: removal.span,
    )
    claims = [_span(draft, claim) for claim in draft.claims if claim.rule in ("menu", "page-residue")]
    # `GUEST ESSAY` between the section and the headline is part of neither.
    kickers = [_span(draft, claim) for claim in draft.claims if claim.rule == "kicker" and claim.part < title.part]
    if kickers and text[kickers[-1].start : kickers[-1].end].isupper() and not text[kickers[-1].end : start].strip():
        start = kickers[-1].start
    pieces = [(removal.span, removal.text.strip()) for removal in removed]
    pieces += [(span, text[span.start : span.end].strip()) for span in claims if span.end <= start]
    pieces = sorted(piece for piece in pieces if piece[1])
    if not pieces or text[pieces[-1][0].end : start].strip():
        return None
    span, entry = pieces[-1]
    crumbs = [crumb.strip() for crumb in _CRUMB.split(entry)]
    word = crumbs[-1]
    if not is_category(word, words) or len(crumbs) > _CRUMBS or are_beside(entry, words):
        return None
    if len(crumbs) == 1 and not _set_apart(word, [known for _, known in _run(pieces, text)], words):
        return None
    value = word.title() if word.isupper() and len(word) > 4 else word
    return Field(value, "section-over-headline", (span,), note=words.categories.get(value.casefold(), ""))


def _run(pieces: Sequence[tuple[Span, str]], text: str) -> Iterator[tuple[Span, str]]:
    """The entries that stand together with the last of `pieces`, which is not among them."""
    for at in range(len(pieces) - 2, -1, -1):
        if text[pieces[at][0].end : pieces[at + 1][0].start].strip():
            return
        yield pieces[at]


def _set_apart(word: str, entries: Sequence[str], words: Words) -> bool:
    """Whether `word` is none of a menu's `entries`, the lines before it."""
    plain = [entry for entry in entries if len(entry.split()) <= _ENTRY and entry.replace(" ", "").isalpha()]
    if any(entry.casefold() == word.casefold() for entry in plain):
        return True
    sections = [entry for entry in plain if entry.casefold() in words.categories or entry.casefold() in _SITE_SECTIONS]
    return not sections or all(entry.isupper() != word.isupper() for entry in sections)


def _span(draft: Draft, claim: Claim) -> Span:
    return draft.parts[claim.part].view.seed_span(claim.start, claim.end)


def _whole(draft: Draft, claim: Claim) -> Span:
    view = draft.parts[claim.part].view
    return view.seed_span(0, len(view.text))


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
