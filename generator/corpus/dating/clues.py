"""What an article itself says about when it came out: dates it tells of as past or to come, articles it cites."""

from __future__ import annotations

import re
from datetime import date, timedelta

from generator.chronology import bounds, precision_of
from generator.corpus.dating.bracket import Bracket
from generator.model import Annotated, Clue, DateExpression, Document

_TO_COME = re.compile(
    r"\b(?:will|won['’]t|shall|(?:is|are) (?:due|set|scheduled|expected|slated|planned|to)|upcoming|forthcoming)\b",
    re.IGNORECASE,
)
# Any of these before a date leaves open whether it is past: a treaty signed long ago `expires in 2040`.
_MAYBE_TO_COME = re.compile(
    _TO_COME.pattern
    + r"|\b(?:by|until|till|before|through|effective|starting|beginning|takes?|comes?|enters?|expires?|begins?|starts?"
    r"|opens?|ends?|lasts?|runs?|targets?|goals?|deadline|plan\w*|aim\w*|hop\w+|would|could|may|might|should|must|if)\b",
    re.IGNORECASE,
)
# What governs a date stands before it in its sentence, within about this many characters.
_GOVERNS = 80
_SURE = ("day", "minute", "month", "year", "season", "quarter", "range")
# A day of grace for time zones: a dateline in Seoul can be a day ahead of the outlet's own date.
_GRACE = timedelta(days=1)


def own_dates(annotated: Annotated, bracket: Bracket) -> None:
    """Bounds from full dates in the text: it came out after what it tells as past, before what it tells as to come.

    Only the strongest clue of each kind is kept: the latest past date and the earliest future one.
    """
    past: tuple[date, DateExpression] | None = None
    ahead: tuple[date, DateExpression] | None = None
    for one in annotated.dates:
        span = bounds(one.value)
        if one.zone != "body" or not span or precision_of(one.value) not in _SURE:
            continue
        to_come = _governed(annotated.document, one, _TO_COME)
        maybe = _governed(annotated.document, one, _MAYBE_TO_COME)
        if to_come and one.direction == "future":
            if ahead is None or span[1] < ahead[0]:
                ahead = span[1], one
        elif not maybe and one.direction == "past" and (past is None or span[0] > past[0]):
            past = span[0], one
    if past:
        text = f"The text tells of “{past[1].surface}” as past."
        bracket.narrow(text, earliest=past[0], spans=[past[1].span])
    if ahead:
        text = f"The text tells of “{ahead[1].surface}” as still to come."
        bracket.narrow(text, latest=ahead[0], spans=[ahead[1].span])


def cited_dates(document: Document, bracket: Bracket) -> None:
    """A bound from the newest article that this one cites."""
    dated = [(span[0], reference) for reference in document.references if (span := bounds(reference.date))]
    if dated:
        day, newest = max(dated, key=lambda pair: pair[0])
        text = f"It cites “{newest.title}” of {newest.date}."
        bracket.narrow(text, earliest=day, spans=[newest.span])


def stated_bounds(document: Document, bracket: Bracket) -> None:
    """Bounds from what the metadata states without stating the publication: a known update, a bracket given before."""
    given = document.published
    first, last = bounds(given.earliest), bounds(given.latest)
    for clue in given.clues:
        low, high = bounds(clue.earliest), bounds(clue.latest)
        bracket.narrow(clue.text, low[0] if low else None, high[1] if high else None, clue.spans, clue.source)
    if first and (bracket.earliest is None or first[0] > bracket.earliest):
        bracket.narrow("The metadata give an earliest date.", earliest=first[0], spans=given.spans)
    if last and (bracket.latest is None or last[1] < bracket.latest):
        bracket.narrow("The metadata give a latest date.", latest=last[1], spans=given.spans)
    updated = bounds(document.updated.iso)
    if updated:
        bracket.narrow(f"It was updated {document.updated.iso}.", latest=updated[1], spans=document.updated.spans)


def contradictions(annotated: Annotated, bracket: Bracket) -> None:
    """Clues against a stated date of publication: full dates that the text tells as past and that lie after it."""
    stated = bounds(annotated.document.published.iso)
    if not stated:
        return
    for one in annotated.dates:
        span = bounds(one.value)
        if one.zone != "body" or not span or one.direction != "past" or precision_of(one.value) not in _SURE:
            continue
        if span[0] > stated[1] + _GRACE and not _governed(annotated.document, one, _MAYBE_TO_COME):
            text = f"The text tells of “{one.surface}” as past, after the stated date; the stated date is kept."
            bracket.clues.append(Clue(text, earliest=span[0].isoformat(), spans=(one.span,)))


def _governed(document: Document, one: DateExpression, words: re.Pattern[str]) -> bool:
    """Whether one of the words stands before the expression in its sentence, no full stop between."""
    before = document.seed.text[max(0, one.span.start - _GOVERNS) : one.span.start]
    sentence = re.split(r"[.!?;]\s", before)[-1]
    return words.search(sentence) is not None
