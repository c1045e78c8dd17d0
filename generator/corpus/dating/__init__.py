"""When each article came out, and what its dates are worth.

An article that states its publication is read from that day. For the others the corpus is asked: what they tell as
past, what they cite, which happenings other articles date, what the calendar knows. Each clue gives bounds and is
listed; the bounds together are the bracket. Nothing is ever put in `Published.iso` that the seed does not state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import msgspec

from generator.chronology import Anchor, bounds, precision_of, resolve_dates
from generator.chronology.iso import add_months, day_iso
from generator.chronology.resolve import words_for
from generator.corpus.dating.anniversaries import Founding, anniversaries, foundings
from generator.corpus.dating.bracket import Bracket
from generator.corpus.dating.clues import cited_dates, contradictions, own_dates, stated_bounds
from generator.corpus.dating.happenings import gatherings, weekday_agreement
from generator.corpus.dating.series import sessions
from generator.corpus.dating.statements import (
    Match,
    Statement,
    passages_of,
    same_happenings,
    statements,
    stems,
)
from generator.model import Annotated, Article, DateExpression, DateMention, Published

__all__ = ["Alone", "Dated", "date_articles", "dated", "dates_elsewhere", "with_dates"]

# News writes a month and day without the year within about twelve months of it.
_YEAR = timedelta(days=365)
# How long after a day its weekday, or its number in the month, alone still names it.
_REACH = {"month-day": _YEAR, "day-of-month": timedelta(days=31), "weekday": timedelta(days=7)}
# A title shorter than this many content words is no proof that a citation means this article.
_TITLE_WORDS = 3


class Alone(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """When an article came out, and what its dates are worth."""

    published: Published
    """As stated, or with the bracket that the clues give, and with these."""
    dates: tuple[DateMention, ...]
    """Its dates, worked out from that."""


class Dated(Alone, frozen=True, array_like=True, gc=False):
    """What the dates of an article tell as long as no other article is asked."""

    statements: tuple[Statement, ...]
    """The sentences that date something."""
    foundings: tuple[Founding, ...]
    """The sentences that put something in a year."""
    anniversary: bool
    """Whether it speaks of an anniversary."""


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What the articles know of each other: dated sentences, founding years, dates in citations."""

    happenings: Mapping[int, Mapping[int, Sequence[Match]]]
    """Of articles that do not state when they came out, by number: which of their dates others date."""
    foundings: Mapping[str, list[Founding]]
    citations: Mapping[frozenset[str], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A date that other evidence than the bracket gives: its value, and why in words."""

    iso: str
    why: str


def date_articles(annotated: Sequence[Annotated], known: Sequence[Dated] | None = None) -> tuple[Article, ...]:
    """Each article with its publication (stated, or bracketed with the clues for it) and its dates worked out.

    The order of the articles is kept and does not matter to the outcome, except among equally good clues. `known` is
    what `dated` gives of each of them, in their order, where that is known.
    """
    if known is None:
        known = [dated(one) for one in annotated]
    alone = [Article(one, own.published, own.dates) for one, own in zip(annotated, known, strict=True)]
    return with_dates(alone, dates_elsewhere(annotated, known))


def with_dates(articles: Sequence[Article], found: Mapping[int, Alone]) -> tuple[Article, ...]:
    """The articles, those whose numbers are in `found` with the dates that stand there."""
    return tuple(
        Article(one.annotated, found[at].published, found[at].dates, one.publish) if at in found else one
        for at, one in enumerate(articles)
    )


def dates_elsewhere(annotated: Sequence[Annotated], known: Sequence[Dated]) -> dict[int, Alone]:
    """The dates of those articles to which others add something, by number; `known` is what `dated` gives of each."""
    if all(one.document.published.iso for one in annotated):
        return {}
    corpus = _survey(annotated, known)
    found: dict[int, Alone] = {}
    for at, (one, own) in enumerate(zip(annotated, known, strict=True)):
        evidence = None if one.document.published.iso else _elsewhere(at, one, own, corpus)
        if evidence:
            article = _bracketed(one, evidence)
            found[at] = Alone(article.published, article.dates)
    return found


def dated(annotated: Annotated) -> Dated:
    """What the dates of an article tell as long as no other article is asked."""
    article = _dated(annotated) if annotated.document.published.iso else _bracketed(annotated, _Elsewhere())
    passages = passages_of(annotated)
    values = [one.iso for one in resolve_dates(annotated.dates, Anchor(annotated.document.published.iso))]
    return Dated(
        article.published,
        article.dates,
        tuple(statements(annotated, passages, values)),
        tuple(foundings(annotated, passages)),
        any(date.form == "anniversary" for date in annotated.dates),
    )


def _survey(annotated: Sequence[Annotated], known: Sequence[Dated]) -> _Corpus:
    citations: dict[frozenset[str], list[tuple[str, str]]] = {}
    founded: dict[str, list[Founding]] = {}
    for one, own in zip(annotated, known, strict=True):
        for founding in own.foundings:
            for name in founding.names:
                founded.setdefault(name, []).append(founding)
        for reference in one.document.references:
            citations.setdefault(stems(reference.title), []).append((one.document.id, reference.date))
    asked = [not one.document.published.iso for one in annotated]
    return _Corpus(same_happenings([own.statements for own in known], asked), founded, citations)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What other articles tell of when an article came out; empty where nothing."""

    citations: Sequence[tuple[str, str]] = ()
    """Ids of articles that cite it, with the date that they state."""
    happenings: Mapping[int, Sequence[Match]] = field(default_factory=dict)
    """Sentences elsewhere that date the same, by date of this article."""
    foundings: Mapping[str, Sequence[Founding]] = field(default_factory=dict)
    """Sentences that put something in a year, by name; only where the article speaks of an anniversary."""


def _elsewhere(at: int, one: Annotated, own: Dated, corpus: _Corpus) -> _Elsewhere | None:
    title = stems(one.document.title.value) if corpus.citations else frozenset()
    cited = corpus.citations.get(title, ()) if len(title) >= _TITLE_WORDS else ()
    citations = [(source, stated) for source, stated in cited if source != one.document.id]
    happenings = corpus.happenings.get(at, {})
    known = corpus.foundings if own.anniversary else {}
    return _Elsewhere(citations, happenings, known) if citations or happenings or known else None


def _dated(one: Annotated) -> Article:
    """An article read from its stated publication."""
    published = one.document.published
    bracket = Bracket()
    contradictions(one, bracket)
    dates = resolve_dates(one.dates, Anchor(published.iso))
    return Article(one, replace(published, clues=(*published.clues, *bracket.clues)), dates)


def _bracketed(one: Annotated, elsewhere: _Elsewhere) -> Article:
    """An article that does not state its publication: what the evidence says of it."""
    bracket = Bracket()
    stated_bounds(one.document, bracket)
    own_dates(one, bracket)
    cited_dates(one.document, bracket)
    _citations(elsewhere.citations, bracket)
    fixed = _happenings_elsewhere(one, elsewhere.happenings, bracket)
    if any(date.form == "anniversary" for date in one.dates):
        anniversaries(one, passages_of(one), elsewhere.foundings, bracket)
    gatherings(one, bracket)
    sessions(one, bracket)
    _months_past(one, bracket)
    for index, year in weekday_agreement(one, bracket).items():
        parts = one.dates[index].operands
        value = day_iso(year, int(parts["month"]), int(parts["day"]))
        fixed.setdefault(index, _Fixed(value, "the year in reach in which that day is that weekday"))
    published = replace(
        one.document.published,
        earliest=bracket.earliest.isoformat() if bracket.earliest else "",
        latest=bracket.latest.isoformat() if bracket.latest else "",
        clues=tuple(bracket.clues),
    )
    return Article(one, published, _resolved(one.dates, bracket.anchor(), fixed))


def _resolved(dates: Sequence[DateExpression], anchor: Anchor, fixed: Mapping[int, _Fixed]) -> tuple[DateMention, ...]:
    """The dates from the bracket, those with evidence of their own from that."""
    known = [replace(one, value=fixed[index].iso) if index in fixed else one for index, one in enumerate(dates)]
    mentions = list(resolve_dates(known, anchor))
    for index, found in fixed.items():
        basis = f"{words_for(dates[index].form)}, {found.why}"
        mentions[index] = replace(mentions[index], precision=precision_of(found.iso), basis=basis, inferred=True)
    return tuple(mentions)


def _citations(citations: Sequence[tuple[str, str]], bracket: Bracket) -> None:
    """Bounds from articles that cite this one with a date."""
    for source, stated in citations:
        span = bounds(stated)
        if span:
            bracket.narrow(f"Another article cites it with the date {stated}.", span[0], span[1], source=source)


def _happenings_elsewhere(one: Annotated, found: Mapping[int, Sequence[Match]], bracket: Bracket) -> dict[int, _Fixed]:
    """Bounds from happenings that other articles date, and the dates that are thereby known.

    The best match comes first: where two contradict, the weaker is set aside.
    """
    fixed: dict[int, _Fixed] = {}
    for index, matches in sorted(found.items(), key=lambda pair: (-pair[1][0].score, pair[0])):
        best = matches[0]
        day = date.fromisoformat(best.other.iso)
        earliest, latest = _reach(one.dates[index], best, day)
        surface = one.dates[index].surface
        text = f"What it dates “{surface}”, another article dates to {best.other.iso}."
        if bracket.narrow(text, earliest, latest, [best.statement.span], best.other.article):
            fixed[index] = _Fixed(best.other.iso, f"the same happening is dated in {best.other.article}")
    return fixed


def _reach(expression: DateExpression, match: Match, day: date) -> tuple[date, date]:
    """When a text can have come out that names the day so."""
    reach = _REACH[match.statement.kind]
    if expression.direction == "future":
        return day - reach, day
    if expression.direction == "past":
        return day, day + reach
    return day - reach, day + reach


def _months_past(one: Annotated, bracket: Bracket) -> None:
    """A month told as past by its name alone is not the month of publication; that one would be `this month`."""
    for expression in one.dates:
        if expression.form != "month" or expression.direction != "past" or "of_year" in expression.operands:
            continue
        named = int(expression.operands["month"])
        text = f"“{expression.surface}” is told as past by its name, so the text came out in another month."
        if bracket.earliest and bracket.earliest.month == named:
            after = add_months(bracket.earliest.replace(day=1), 1)
            if not bracket.latest or after <= bracket.latest:
                bracket.narrow(text, earliest=after, spans=[expression.span])
        if bracket.latest and bracket.latest.month == named:
            before = bracket.latest.replace(day=1) - timedelta(days=1)
            if not bracket.earliest or bracket.earliest <= before:
                bracket.narrow(text, latest=before, spans=[expression.span])
