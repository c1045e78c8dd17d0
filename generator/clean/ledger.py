"""The account of a seed: that every character is in exactly one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.aligned import AlignedText, Span
from generator.model import Cleaned, Document, Removal

SPACING = "spacing"
"""The rule of white space between paragraphs: plain line ends, spaces and tabs, of no interest to a reader."""

_GAP = re.compile(
    r"(?P<spacing>[ \t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+)"
    r"|(?P<no_break_space>[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+)"
    r"|(?P<zero_width>[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+)"
    r"|(?P<control_character>[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]+)"
    r"|(?P<list_marker>[-*•·●○▪▫◦‣■□◆◇▶▷※]|#{1,6})"
    r"|(?P<noise>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A stretch of a seed that is in no place, or in more than one."""

    kind: Literal["gap", "overlap", "outside"]
    span: Span
    text: str


def settled(text: str, views: Iterable[AlignedText], removals: Iterable[Removal]) -> tuple[Removal, ...]:
    """The whole ledger in seed order: `removals`, and every character that is neither there nor in `views`.

    The latter are white space, characters without a shape and the marks of lists and headings; each run of a kind
    becomes a removal of its own, `spacing`, `no-break-space`, `zero-width`, `control-character`,
    `list-marker` or `noise`.
    """
    known = list(removals)
    covered = sorted([*(removal.span for removal in known), *_view_spans(views)])
    position = 0
    for span in [*covered, Span(len(text), len(text))]:
        known.extend(_gap(text, position, span.start))
        position = max(position, span.end)
    return tuple(sorted(known, key=lambda removal: removal.span))


def account(result: Cleaned | Document) -> tuple[Fault, ...]:
    """Every stretch of the seed that is not in exactly one place; empty where the books balance.

    The places are the blocks of a `Cleaned` or the body zones of a `Document`, and the removals of its ledger.
    The headline, byline, credit and reference zones of a document show what the ledger lists as moved, so
    they have to lie within removals that name a field.
    """
    text = result.seed.text
    if isinstance(result, Document):
        views = [zone.text for zone in result.zones if zone.kind == "body"]
        moved = [removal.span for removal in result.ledger if removal.moved_to or removal.rule == SPACING]
        shown = [span for zone in result.zones if zone.kind != "body" for span in _view_spans([zone.text])]
    else:
        views, moved, shown = [block.text for block in result.blocks], [], []
    spans = sorted([*_view_spans(views), *(removal.span for removal in result.ledger)])
    return (*_uncovered(text, spans), *_strays(text, shown, moved))


def _uncovered(text: str, spans: Sequence[Span]) -> Iterator[Fault]:
    position = 0
    for span in [*spans, Span(len(text), len(text))]:
        if span.start > position:
            yield Fault("gap", Span(position, span.start), text[position : span.start])
        elif span.start < position and span.start < span.end:
            end = min(position, span.end)
            yield Fault("overlap", Span(span.start, end), text[span.start : end])
        position = max(position, span.end)
    if position > len(text):
        yield Fault("outside", Span(len(text), position), "")


def _strays(text: str, shown: Iterable[Span], moved: Iterable[Span]) -> Iterator[Fault]:
    merged: list[Span] = []
    for span in sorted(moved):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    index = 0
    for span in sorted(shown):
        while index < len(merged) and merged[index].end <= span.start:
            index += 1
        if index == len(merged) or not merged[index].covers(span):
            yield Fault("gap", span, text[span.start : span.end])


def _view_spans(views: Iterable[AlignedText]) -> Iterator[Span]:
    for view in views:
        for run in view.runs:
            if run.start < run.end:
                yield Span(run.start, run.end)


def _gap(text: str, start: int, end: int) -> Iterator[Removal]:
    for match in _GAP.finditer(text, start, max(start, end)):
        rule = (match.lastgroup or "noise").replace("_", "-")
        yield Removal(Span(match.start(), match.end()), rule, match[0])
