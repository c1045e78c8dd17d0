"""The page of an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.aligned import Span
from generator.encode.frontmatter import Value
from generator.model import Article, DateMention, Document, Field, Published, ResolvedQuote
from generator.pages.beside import side_by_side
from generator.pages.body import Cut, debris, marked_body, visible
from generator.pages.cited import cited_as
from generator.pages.library import Library, Name, Sentence
from generator.pages.links import Links
from generator.pages.render import render
from generator.pages.versions import LISTED, versions_of
from generator.pages.wording import Words
from generator.pages.words import date_words, language_words, shortened

# Of a field's evidence this much is shown: enough to recognise the place in the seed.
EXCERPT = 160
# A description in search results and link previews is cut at about this length.
DESCRIPTION = 200
# A heading longer than this is no heading; the whole title stands in the table of fields.
TITLE = 240
TYPES = ("person", "organization", "place")


@dataclass(frozen=True, slots=True)
class Row:
    """A metadata field with its evidence."""

    label: str
    value: str
    """Empty: not known."""
    basis: str = ""
    evidence: tuple[str, ...] = ()
    inferred: bool = False
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity in this article: how often, and where first."""

    entity: Name
    count: int
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the text with its sentence."""

    date: DateMention
    sentence: Sentence | None


def article_page(library: Library, article: Article) -> bytes:
    """The source of the page of `article`."""
    here = library.addresses.pages[article.id]
    links = Links(library.addresses, here)
    document = article.annotated.document
    cuts = debris(article)
    ties = library.links_of.get(article.id, ())
    words = library.site.words
    return render(
        "article.html",
        here,
        library,
        _front_matter(library, article),
        article=article,
        document=document,
        title=shortened(document.title.value, TITLE),
        published=published_words(article.published, words),
        paragraphs=marked_body(library, article, links),
        key_points=library.site.key_points.get(article.id, ()),
        rows=tuple(_rows(article, words)),
        named=_named(library, article),
        events=library.events_of.get(article.id, ()),
        dates=tuple(Dated(date, library.sentence(article.id, date.span, date.paragraph)) for date in article.dates),
        quotes=library.quotes_of.get(article.id, ()),
        relayed=relayed,
        references=tuple((one, cited_as(article, one.reference)) for one in library.references_of.get(article.id, ())),
        cited_by=library.cited_by.get(article.id, ()),
        related=tuple(tie for tie in ties if tie.kind == "related"),
        versions=versions_of(library, (tie for tie in ties if tie.kind in ("version", "duplicate"))),
        listed=LISTED,
        # That nothing states a date stands beside the title already.
        signals=tuple(signal for signal in document.signals if signal.name != "undated"),
        cuts=cuts,
        cuts_by_rule=_by_rule(cuts),
        moved=tuple(removal for removal in document.ledger if removal.moved_to and removal.text.strip()),
        invisible=_invisible(document),
        beside=side_by_side(document, {cut.removal: cut.number for cut in cuts}, words)
        if article.publish == "full"
        else None,
        clues=article.published.clues,
    )


def published_words(published: Published, words: Words) -> str:
    """When the article came out, as far as it is known."""
    if published.iso:
        return date_words(published.iso, words)
    bracket = bracket_words(published, words)
    return words.say("article.published-within", bracket=bracket) if bracket else words.say("article.date-not-known")


def bracket_words(published: Published, words: Words) -> str:
    """Between which days the article came out by the evidence; empty where there is none."""
    if published.earliest and published.latest:
        if published.earliest == published.latest:
            return words.say("article.published-on", date=date_words(published.earliest, words))
        between = date_words(f"{published.earliest}/{published.latest}", words)
        return words.say("article.published-between", dates=between)
    if published.earliest:
        return words.say("article.not-before", earliest=date_words(published.earliest, words))
    if published.latest:
        return words.say("article.not-after", latest=date_words(published.latest, words))
    return ""


def relayed(quote: ResolvedQuote) -> str:
    """Who passed the quote on, where that is not the speaker."""
    return quote.via if quote.via and quote.via != quote.speaker else ""


def _front_matter(library: Library, article: Article) -> dict[str, Value]:
    document = article.annotated.document
    body = document.body
    named: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for _, entity in library.mentions.get(article.id, ()):
        named[entity.type][entity.name] = None
    return {
        "title": document.title.value,
        "description": shortened(body[0].text.text.strip(), DESCRIPTION) if body else "",
        "date": article.published.iso,
        "authors": tuple(author.value for author in document.authors),
        "language": _value(document.language),
        "outlet": _value(document.outlet),
        "credit": _value(document.credit),
        "category": _value(document.category),
        "url": _value(document.url),
        "seed": document.seed.name,
        "seed_sha256": document.seed.sha256,
        "published_precision": article.published.precision or "",
        "published_basis": article.published.basis if article.published.iso else "",
        "title_basis": document.title.basis,
        "quality": tuple(signal.name for signal in document.signals),
        "people": tuple(named["person"]),
        "organizations": tuple(named["organization"]),
        "places": tuple(named["place"]),
        "events": tuple(event.id for event in library.events_of.get(article.id, ())),
        "kind": "article",
        "hide": ("navigation",),
    }


def _rows(article: Article, words: Words) -> Iterator[Row]:
    document = article.annotated.document
    yield _row(words.say("article.title"), document, document.title)
    for author in document.authors:
        yield _row(words.say("article.author"), document, author)
    if not document.authors:
        yield Row(words.say("article.author"), "")
    published = article.published
    yield Row(
        words.say("article.published"),
        date_words(published.iso, words) if published.iso else "",
        published.basis if published.iso else "",
        _excerpts(document, published.spans),
        note="" if published.iso else bracket_words(published, words),
    )
    if document.updated.iso:
        yield Row(
            words.say("article.updated"),
            date_words(document.updated.iso, words),
            document.updated.basis,
            _excerpts(document, document.updated.spans),
        )
    yield _row(words.say("article.outlet"), document, document.outlet)
    yield _row(words.say("article.credit"), document, document.credit)
    yield _row(words.say("article.category"), document, document.category)
    yield _in_words(_row(words.say("article.language"), document, document.language), words)
    if document.translated_from:
        yield _in_words(_row(words.say("article.translated-from"), document, document.translated_from), words)
    if document.url and document.url.value.startswith(("https://", "http://")):
        yield _row(words.say("article.address"), document, document.url, link=document.url.value)


def _row(label: str, document: Document, field: Field | None, link: str = "") -> Row:
    if field is None or not field.value:
        return Row(label, "", note=field.note if field else "")
    evidence = () if field.basis == "lede" else _excerpts(document, field.spans)
    return Row(label, field.value, field.basis, evidence, field.inferred, field.note, link)


def _in_words(row: Row, words: Words) -> Row:
    return replace(row, value=language_words(row.value, words))


def _excerpts(document: Document, spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(shortened(document.seed.text[span.start : span.end].strip(), EXCERPT) for span in spans)


def _named(library: Library, article: Article) -> dict[str, tuple[Named, ...]]:
    counts: dict[str, int] = {}
    first: dict[str, int | None] = {}
    names: dict[str, Name] = {}
    for mention, entity in library.mentions.get(article.id, ()):
        names[entity.id] = entity
        counts[entity.id] = counts.get(entity.id, 0) + 1
        if first.get(entity.id) is None:
            first[entity.id] = mention.paragraph
    ordered = sorted(counts, key=lambda identity: (-counts[identity], names[identity].name))
    named = [Named(names[identity], counts[identity], first[identity]) for identity in ordered]
    return {kind: tuple(one for one in named if one.entity.type == kind) for kind in TYPES}


def _by_rule(cuts: Iterable[Cut]) -> dict[str, tuple[Cut, ...]]:
    groups: dict[str, tuple[Cut, ...]] = {}
    for cut in cuts:
        groups[cut.removal.rule] = (*groups.get(cut.removal.rule, ()), cut)
    return groups


def _invisible(document: Document) -> tuple[tuple[str, int], ...]:
    """Rules that took out nothing that a reader could see, with how often."""
    return tuple(
        sorted(Counter(one.rule for one in document.ledger if not one.moved_to and not visible(one.text)).items())
    )


def _value(field: Field | None) -> str:
    return field.value if field else ""
