"""Text that remembers where in the seed each of its characters came from.

A seed is shown with small changes: a no-break space becomes a space, a zero-width character goes,
mojibake is mended, a spun phrase is read as its likely original. Everything downstream still has to
point at the seed. `AlignedText` is that bridge: a *view* (a `str`) plus the runs that tie every
stretch of the view to a stretch of the seed.

Offsets are code points, end exclusive, everywhere. "View offset" means an offset into
`AlignedText.text`; "seed offset" an offset into the decoded seed text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of decoded seed text: seed offsets, end exclusive."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the view and the stretch of the seed it stands for.

    Where both are equally long, characters correspond one to one. Otherwise the run is a
    replacement: any part of it stands for the whole seed stretch. A run with an empty seed stretch
    is inserted text (the blank line between joined paragraphs).
    """

    at: int
    length: int
    start: int
    end: int

    @property
    def one_to_one(self) -> bool:
        """Whether each view character is one seed character."""
        return self.length == self.end - self.start


@dataclass(frozen=True, slots=True)
class AlignedText:
    """A view of seed text with its alignment. `runs` are in view order, gapless, in seed order."""

    text: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, int, int]]) -> AlignedText:
        """Build from `(view text, seed start, seed end)` pieces in seed order.

        Adjacent one-to-one pieces are merged. Pieces with an empty view are dropped: the seed
        stretch they name is not in the view.
        """
        texts: list[str] = []
        runs: list[Run] = []
        at = 0
        for view, start, end in pieces:
            if not view:
                continue
            run = Run(at, len(view), start, end)
            last = runs[-1] if runs else None
            if last and last.one_to_one and run.one_to_one and last.end == start:
                runs[-1] = Run(last.at, last.length + run.length, last.start, end)
            else:
                runs.append(run)
            texts.append(view)
            at += len(view)
        return cls("".join(texts), tuple(runs))

    @classmethod
    def verbatim(cls, text: str, start: int = 0) -> AlignedText:
        """A view equal to the seed stretch that begins at seed offset `start`."""
        return cls.of([(text, start, start + len(text))])

    def seed_span(self, start: int, end: int) -> Span:
        """The smallest seed span that the view stretch `[start, end)` stands for.

        Raises `ValueError` for an empty or out-of-range view stretch.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"view stretch {start}:{end} is outside a text of {len(self.text)} characters")
        first = self.runs[self._run_at(start)]
        last = self.runs[self._run_at(end - 1)]
        low = first.start + (start - first.at) if first.one_to_one else first.start
        high = last.start + (end - last.at) if last.one_to_one else last.end
        return Span(low, high)

    def view_span(self, span: Span) -> tuple[int, int] | None:
        """The view stretch that shows the seed span, or `None` where none of it is in the view."""
        # Most views are one run.
        index = 0 if len(self.runs) < 3 else max(bisect_right(self.runs, span.start, key=lambda run: run.start) - 1, 0)
        low: int | None = None
        high = 0
        for position in range(index, len(self.runs)):
            run = self.runs[position]
            if run.start >= span.end:
                break
            if run.end <= span.start or run.start == run.end:
                continue
            if run.one_to_one:
                begin = run.at + max(span.start - run.start, 0)
                stop = run.at + min(span.end - run.start, run.length)
            else:
                begin, stop = run.at, run.at + run.length
            low = begin if low is None else low
            high = stop
        return None if low is None else (low, high)

    def slice(self, start: int, end: int) -> AlignedText:
        """The part `[start, end)` of the view, aligned. A replacement that is cut keeps its whole seed stretch."""
        pieces: list[tuple[str, int, int]] = []
        for position in range(max(self._run_at(start), 0), len(self.runs)):
            run = self.runs[position]
            if run.at >= end:
                break
            low, high = max(start, run.at), min(end, run.at + run.length)
            if low >= high:
                continue
            view = self.text[low:high]
            if run.one_to_one:
                pieces.append((view, run.start + low - run.at, run.start + high - run.at))
            else:
                pieces.append((view, run.start, run.end))
        return AlignedText.of(pieces)

    def replaced(self, changes: Iterable[tuple[int, int, str]]) -> AlignedText:
        """A view with each `(view start, view end, new text)` replaced; changes in order, not overlapping."""
        pieces: list[tuple[str, int, int]] = []
        position = 0
        for start, end, new in changes:
            pieces.extend(self.slice(position, start).pieces())
            span = self.seed_span(start, end)
            pieces.append((new, span.start, span.end))
            position = end
        pieces.extend(self.slice(position, len(self.text)).pieces())
        return AlignedText.of(pieces)

    def pieces(self) -> list[tuple[str, int, int]]:
        """The `(view text, seed start, seed end)` pieces this view is made of."""
        return [(self.text[run.at : run.at + run.length], run.start, run.end) for run in self.runs]

    @staticmethod
    def joined(parts: Iterable[AlignedText], separator: str = "\n\n") -> AlignedText:
        """One view of several, with inserted `separator` text between them."""
        pieces: list[tuple[str, int, int]] = []
        for part in parts:
            if pieces:
                end = pieces[-1][2]
                pieces.append((separator, end, end))
            pieces.extend(part.pieces())
        return AlignedText.of(pieces)

    def _run_at(self, position: int) -> int:
        if len(self.runs) == 1:
            # As nearly every paragraph has it.
            return 0 if position >= 0 else -1
        return bisect_left(self.runs, position + 1, key=lambda run: run.at) - 1
