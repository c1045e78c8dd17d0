"""The body of an article with its marks: names linked, dates, quotes and glosses explained, cuts shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import count
from typing import TypeVar

from markupsafe import Markup

from generator.aligned import Span
from generator.encode.markdown import encoded, tooltip
from generator.model import Article, Removal, ResolvedQuote, Zone
from generator.pages.library import Library
from generator.pages.links import Links
from generator.pages.wording import Words
from generator.pages.words import basis_words, date_words, machine_date, speaker_words

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Cut:
    """Debris that was removed; `number` is its place in the article's list of removals, from 1."""

    number: int
    removal: Removal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as shown. `cuts` are what was removed within it, or before it."""

    number: int
    shape: str
    markup: Markup
    cuts: tuple[Cut, ...]
    voices: tuple[ResolvedQuote, ...] = ()
    """Whoever is quoted in it, told by the first quotation of each."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Markup around a stretch of shown text, offsets into it."""

    start: int
    end: int
    opening: str
    """A start tag, its values encoded."""
    closing: str
    whole: bool = False
    """Never split where it crosses another."""


def marked_body(library: Library, article: Article, links: Links) -> tuple[Paragraph, ...]:
    """The paragraphs of `article`. The first mention of each entity links to its page."""
    zones = [zone for zone in article.annotated.document.body if zone.paragraph is not None]
    cuts = _cuts_by_paragraph(article, zones)
    marks = _Marks(library, article, links)
    return tuple(
        Paragraph(
            zone.paragraph or 0,
            zone.shape,
            with_marks(zone.text.text, marks.within(zone)),
            cuts.get(zone.paragraph or 0, ()),
            marks.voices(zone),
        )
        for zone in zones
    )


def debris(article: Article) -> tuple[Cut, ...]:
    """What the cleaning removed from the article and did not move to a field, what nobody sees left aside."""
    removed = (one for one in article.annotated.document.ledger if not one.moved_to and visible(one.text))
    return tuple(Cut(number, removal) for number, removal in enumerate(removed, 1))


def visible(text: str) -> bool:
    """Whether a reader would see anything of `text`: not of white space, controls and zero-width characters."""
    return any(character.isprintable() and not character.isspace() for character in text)


def with_marks(text: str, marks: Iterable[Mark]) -> Markup:
    """`text` encoded, with `marks` as nested markup.

    Where two cross, one is split at the edge of the other: never a link, which must stay one. A link within a
    link is left out.
    """
    waiting = [(mark.start, -mark.end, order, mark) for order, mark in enumerate(marks)]
    heapify(waiting)
    orders = count(len(waiting))
    out: list[str] = []
    stack: list[Mark] = []
    position = 0

    def wait(mark: Mark, start: int, end: int) -> None:
        if start < end:
            heappush(waiting, (start, -end, next(orders), replace(mark, start=start, end=end)))

    def close(at: int) -> None:
        nonlocal position
        mark = stack.pop()
        out.extend((encoded(text[position:at]), mark.closing))
        position = at

    while waiting:
        mark = heappop(waiting)[-1]
        while stack and stack[-1].end <= mark.start:
            close(stack[-1].end)
        if mark.whole:
            if any(outer.whole for outer in stack):
                continue
            while stack and stack[-1].end < mark.end:
                wait(stack[-1], mark.start, stack[-1].end)
                close(mark.start)
        elif stack and stack[-1].end < mark.end:
            wait(mark, stack[-1].end, mark.end)
            mark = replace(mark, end=stack[-1].end)
        out.extend((encoded(text[position : mark.start]), mark.opening))
        position = mark.start
        stack.append(mark)
    while stack:
        close(stack[-1].end)
    out.append(encoded(text[position:]))
    return Markup("".join(out))  # noqa: S704 -- text is encoded, and so is what the marks hold


class _Marks:
    """The marks of one article. Names are linked once: at their first mention in the body."""

    def __init__(self, library: Library, article: Article, links: Links) -> None:
        self._article = article
        self._words = library.site.words
        self._plain = library.plain
        self._links = links
        self._linked: set[str] = set()
        self._quotes = library.quotes_of.get(article.id, ())
        self._dates = _by_paragraph((date.paragraph, date) for date in article.dates)
        self._mentions = _by_paragraph(
            (mention.paragraph, (mention, entity)) for mention, entity in library.mentions.get(article.id, ())
        )

    def voices(self, zone: Zone) -> tuple[ResolvedQuote, ...]:
        """The quotations of `zone`, one of each speaker; of several without a name one."""
        found: dict[tuple[str, str], ResolvedQuote] = {}
        for quote in self._quotes:
            if quote.quote.kind == "direct" and _in_zone(zone, quote.quote.span):
                found.setdefault((quote.speaker, quote.via), quote)
        return tuple(found.values())

    def within(self, zone: Zone) -> list[Mark]:
        """The marks within `zone`; outer ones before inner ones of the same extent."""
        found: list[Mark] = []
        unknown = self._words.say("article.speaker-not-known")
        for quote in self._quotes:
            if _in_zone(zone, quote.quote.span):
                who = speaker_words(quote.speaker, self._words)
                said = self._words.say("article.said-by", speaker=who) if who else unknown
                kind = "" if quote.quote.kind == "direct" else " bf-q--indirect"
                opening = f'<span class="bf-q{kind}" title="{tooltip(said)}">'
                self._add(found, zone, quote.quote.span, opening, "span")
        for gloss in self._article.annotated.document.glosses:
            if _in_zone(zone, gloss.span):
                told = self._words.say("article.probably", words=gloss.original)
                opening = f'<abbr class="bf-g" title="{tooltip(told)}">'
                self._add(found, zone, gloss.span, opening, "abbr")
        for date in self._dates.get(zone.paragraph, ()):
            basis = self._plain(basis_words(date.basis, self._words))
            self._add(found, zone, date.span, *_time(date.iso, basis, self._words, inferred=date.inferred))
        for mention, entity in self._mentions.get(zone.paragraph, ()):
            if entity.id not in self._linked:
                self._linked.add(entity.id)
                opening = f'<a class="bf-m bf-m--{entity.type}" href="{encoded(self._links.to(entity.id))}">'
                self._add(found, zone, mention.span, opening, "a")
        return found

    def _add(self, found: list[Mark], zone: Zone, span: Span, opening: str, tag: str) -> None:
        view = zone.text.view_span(span)
        if view:
            found.append(Mark(*view, opening, f"</{tag}>", whole=tag == "a"))


def _by_paragraph(pairs: Iterable[tuple[int | None, Value]]) -> dict[int | None, list[Value]]:
    groups: defaultdict[int | None, list[Value]] = defaultdict(list)
    for paragraph, value in pairs:
        groups[paragraph].append(value)
    return groups


def _time(iso: str, basis: str, words: Words, *, inferred: bool) -> tuple[str, str]:
    if not iso:
        return f'<span class="bf-d bf-d--open" title="{encoded(words.say("article.date-not-read"))}">', "span"
    date = date_words(iso, words)
    shown = words.say("article.date-inferred", date=date) if inferred else date
    told = tooltip(f"{shown} — {basis}" if basis else date)
    if machine_date(iso):
        return f'<time class="bf-d" datetime="{encoded(iso)}" title="{told}">', "time"
    return f'<span class="bf-d" title="{told}">', "span"


def _in_zone(zone: Zone, span: Span) -> bool:
    runs = zone.text.runs
    return bool(runs) and span.start < runs[-1].end and runs[0].start < span.end


def _cuts_by_paragraph(article: Article, zones: Sequence[Zone]) -> dict[int, tuple[Cut, ...]]:
    placed: dict[int, tuple[Cut, ...]] = {}
    for cut in debris(article):
        after = (zone for zone in zones if zone.text.runs and zone.text.runs[-1].end > cut.removal.span.start)
        zone = next(after, zones[-1] if zones else None)
        if zone is not None and zone.paragraph is not None:
            placed[zone.paragraph] = (*placed.get(zone.paragraph, ()), cut)
    return placed
