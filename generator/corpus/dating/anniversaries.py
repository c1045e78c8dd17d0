"""Clues from anniversaries whose founding year some sentence of the corpus states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from generator.aligned import Span
from generator.chronology import bounds, precision_of
from generator.corpus.dating.bracket import Bracket
from generator.corpus.dating.statements import Passages
from generator.model import Annotated, DateExpression

# The sentence of the anniversary and that of the founding share two names (two parties to a treaty, a body and its
# seat) and two words, or nothing follows.
_SHARED_NAMES = 2
_SHARED_WORDS = 2


class Founding(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A sentence that puts something in a year."""

    article: str
    span: Span
    year: int
    names: frozenset[str]
    words: frozenset[str]


def foundings(annotated: Annotated, passages: Passages) -> Iterator[Founding]:
    """The sentences of an article with a stated year (or a full date), and names enough to be compared."""
    for one in annotated.dates:
        at = passages.at(one.span)
        span = bounds(one.value)
        if at is None or not span or len(passages.names[at]) < _SHARED_NAMES:
            continue
        if precision_of(one.value) in ("day", "month", "year"):
            yield Founding(annotated.document.id, one.span, span[0].year, passages.names[at], passages.words[at])


def anniversaries(
    annotated: Annotated, passages: Passages, known: Mapping[str, Sequence[Founding]], bracket: Bracket
) -> None:
    """Bounds from `the 65th anniversary`, said to be this year or next, of what some sentence puts in a year."""
    for one in annotated.dates:
        at = passages.at(one.span)
        if one.form != "anniversary" or at is None:
            continue
        said = _year_said(annotated.dates, passages.spans[at])
        founding = _founding(passages.names[at], passages.words[at], known)
        year = founding.year if founding else _year_stated(annotated.dates, passages.spans[at], one, said)
        if year is None:
            continue
        held = year + int(one.operands["ordinal"])
        # Without `this year` or `next year` an anniversary is in the news in its own year and the one before.
        first, last = (held - 1, held) if said is None else (held - said, held - said)
        text = f"“{one.surface}” of what is dated to {year} falls in {held}."
        source = "" if founding is None or founding.article == annotated.document.id else founding.article
        bracket.narrow(text, date(first, 1, 1), date(last, 12, 31), [one.span], source)


def _year_said(dates: Sequence[DateExpression], sentence: Span) -> int | None:
    """0 for `this year` in the sentence, 1 for `next year`, -1 for `last year`."""
    for one in dates:
        if sentence.covers(one.span) and one.form == "relative" and one.operands.get("unit") == "year":
            return int(one.operands["shift"]) if "shift" in one.operands else None
    return None


def _year_stated(
    dates: Sequence[DateExpression], sentence: Span, anniversary: DateExpression, said: int | None
) -> int | None:
    """The year of the founding, where the sentence of the anniversary states it: `next year, the 65th of … in 1960`.

    The sentence has to say which year it is that has the anniversary; otherwise the year may be that one.
    """
    if said is None or "of" not in anniversary.operands:
        return None
    for one in dates:
        span = bounds(one.value)
        if sentence.covers(one.span) and one.span.start >= anniversary.span.end and span:
            return span[0].year if span[0].year == span[1].year else None
    return None


def _founding(names: frozenset[str], words: frozenset[str], known: Mapping[str, Sequence[Founding]]) -> Founding | None:
    """The sentence that dates the founding; `None` where none does or two disagree."""
    found = {
        founding
        for name in names
        for founding in known.get(name, ())
        if len(founding.names & names) >= _SHARED_NAMES and len(founding.words & words) >= _SHARED_WORDS
    }
    years = {founding.year for founding in found}
    if len(years) != 1:
        return None
    return min(found, key=lambda founding: (founding.article, founding.span))
