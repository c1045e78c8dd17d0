"""Zones and ledger from the parts of a draft and the claims on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.aligned import AlignedText, Span
from generator.describe.parts import Claim, Draft, Part
from generator.model import Cleaned, ParagraphKind, Removal, ZoneKind

_KINDS: dict[str, ZoneKind] = {"title": "headline", "credit": "credit", "references": "reference"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A zone before its reading is known."""

    kind: ZoneKind
    view: AlignedText
    paragraph: int | None
    shape: ParagraphKind


@dataclass(frozen=True, slots=True)
class Assembly:
    """The zones and the completed ledger, both in seed order; body zones and ledger cover the seed exactly once."""

    shown: tuple[Shown, ...]
    ledger: tuple[Removal, ...]


def assemble(cleaned: Cleaned, draft: Draft) -> Assembly:
    """What `draft` claims leaves the body; furniture that holds metadata is listed as moved, not as debris."""
    text = cleaned.seed.text
    taken = {id(part.furniture) for index, part in enumerate(draft.parts) if part.furniture and draft.claimed(index)}
    ledger = [removal for removal in cleaned.ledger if id(removal) not in taken]
    shown: list[Shown] = []
    number = 0
    by_part: dict[int, list[Claim]] = {}
    for claimed in draft.claims:
        by_part.setdefault(claimed.part, []).append(claimed)
    for index, part in enumerate(draft.parts):
        claims = sorted(by_part.get(index, ()), key=lambda claim: claim.start)
        if not claims:
            if part.furniture is None:
                number += 1
                shown.append(Shown("body", part.view, number, part.shape))
            continue
        position = 0
        for claim in [*claims, None]:
            start = claim.start if claim else len(part.text)
            rest = _tight(part.view, position, start)
            low, high = rest if rest and _readable(part.text[slice(*rest)]) and not part.furniture else (start, start)
            if low < high:
                number += 1
                shown.append(Shown("body", part.view.slice(low, high), number, part.shape))
            ledger.extend(_removals(text, part.view.slice(position, low), _left(part.text[position:low])))
            ledger.extend(_removals(text, part.view.slice(high, start), _left(part.text[high:start])))
            if claim is None:
                break
            ledger.extend(_removals(text, part.view.slice(claim.start, claim.end), claim.rule, claim.field or ""))
            view = _view(part, claim)
            if view and claim.field:
                shown.append(Shown(_KINDS.get(claim.field, "byline"), view, None, "text"))
            position = claim.end
    return Assembly(tuple(shown), tuple(sorted(ledger, key=lambda removal: removal.span)))


def spans_of(view: AlignedText) -> Iterator[Span]:
    """The seed stretches that `view` shows, adjoining ones as one."""
    start = end = -1
    for run in view.runs:
        if run.start == end:
            end = run.end
            continue
        if start >= 0:
            yield Span(start, end)
        start, end = run.start, run.end
    if start >= 0:
        yield Span(start, end)


def _removals(text: str, view: AlignedText, rule: str, moved_to: str = "") -> Iterator[Removal]:
    for span in spans_of(view):
        yield Removal(span, rule, text[span.start : span.end], moved_to)


def _left(text: str) -> str:
    """The rule for what stands between claims and is no text: marks, or white space."""
    return "separator" if text.strip() else "spacing"


def _view(part: Part, claim: Claim) -> AlignedText | None:
    low, high = claim.shown or (claim.start, claim.end)
    tight = _tight(part.view, low, high)
    return part.view.slice(*tight) if tight else None


def _tight(view: AlignedText, start: int, end: int) -> tuple[int, int] | None:
    text = view.text[start:end]
    low = start + len(text) - len(text.lstrip())
    high = start + len(text.rstrip())
    return (low, high) if low < high else None


def _readable(text: str) -> bool:
    return any(character.isalnum() for character in text)
