"""The seed beside the cleaned text, paragraph by paragraph: what was there, what was taken out and by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Document, Removal
from generator.pages.wording import Words
from generator.pages.words import basis_words, field_words

# Characters of a seed beyond which only the stretches that were changed are shown: the seed itself is one link away,
# and a page of more than this twice over takes long to open on a phone.
WHOLE = 60_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the seed."""

    text: str
    rule: str = ""
    """Why it is not in the body, in words; empty: it is, or nobody can see it."""
    cut: int = 0
    """Its number in the article's list of removals; 0: not debris."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of the seed and the paragraph that it became; no paragraph where nothing of it is in the body."""

    raw: tuple[Piece, ...]
    paragraph: int = 0
    clean: str = ""
    shape: str = "text"


@dataclass(frozen=True, slots=True)
class Beside:
    """All rows in the order of the seed, or of a very long seed those that were changed."""

    rows: tuple[Row, ...]
    whole: bool


def side_by_side(document: Document, numbers: dict[Removal, int], words: Words) -> Beside:
    """Seed and body of `document`; `numbers` are those of the removals in the article's list.

    Every character of the seed that can be seen is in one row.
    """
    whole = len(document.seed.text) <= WHOLE
    rows = tuple(row for row in _rows(document, numbers, words) if whole or any(piece.rule for piece in row.raw))
    return Beside(rows, whole)


def _rows(document: Document, numbers: dict[Removal, int], words: Words) -> Iterator[Row]:
    walk = _Walk(document, numbers, words)
    zones = sorted((zone for zone in document.body if zone.text.runs), key=lambda zone: zone.text.runs[0].start)
    for zone in zones:
        yield from walk.between(zone.text.runs[0].start)
        raw = walk.pieces(zone.text.runs[-1].end)
        yield Row(raw, zone.paragraph or 0, zone.text.text, zone.shape)
    yield from walk.between(len(document.seed.text))


class _Walk:
    """Goes through the seed once, from stretch to stretch."""

    def __init__(self, document: Document, numbers: dict[Removal, int], words: Words) -> None:
        self._text = document.seed.text
        self._numbers = numbers
        self._words = words
        self._ledger: Sequence[Removal] = sorted(document.ledger, key=lambda one: one.span)
        self._next = 0
        self._at = 0

    def between(self, end: int) -> Iterator[Row]:
        """What stands before `end` and belongs to no paragraph; nothing where it is white space alone."""
        pieces = self.pieces(end)
        first = next((at for at, piece in enumerate(pieces) if piece.rule), None)
        if first is not None:
            last = max(at for at, piece in enumerate(pieces) if piece.rule)
            yield Row(pieces[first : last + 1])

    def pieces(self, end: int) -> tuple[Piece, ...]:
        """The seed up to `end`, parted where something was removed that can be seen."""
        found: list[Piece] = []
        kept = self._at
        while self._next < len(self._ledger) and self._ledger[self._next].span.start < end:
            removal = self._ledger[self._next]
            self._next += 1
            low, high = max(removal.span.start, kept), min(removal.span.end, end)
            rule = _rule(removal, self._numbers, self._words)
            if low >= high or not rule:
                continue
            if low > kept:
                found.append(Piece(self._text[kept:low]))
            found.append(Piece(self._text[low:high], rule, self._numbers.get(removal, 0)))
            kept = high
        if end > kept:
            found.append(Piece(self._text[kept:end]))
        self._at = max(end, self._at)
        return tuple(piece for piece in found if piece.text)


def _rule(removal: Removal, numbers: dict[Removal, int], words: Words) -> str:
    """Why a reader does not find it in the body; empty where there was nothing to be seen."""
    if removal.moved_to:
        return words.say("article.moved-to", field=field_words(removal.moved_to, words)) if removal.text.strip() else ""
    return basis_words(removal.rule, words).lower() if removal in numbers else ""
