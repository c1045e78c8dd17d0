"""Tables whose rows follow from one article alone, and what columns of all tables have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from generator.aligned import Span
from generator.exports.rows import Column, Group, Grouped, Row, Rows, Table
from generator.lazy import counts
from generator.model import Annotated, Article


def text(name: str, description: str) -> Column:
    """A column of text."""
    return Column(name, "string", description)


def offsets() -> tuple[Column, Column]:
    """The columns that say where in the seed a row comes from."""
    return (
        Column("start", "integer", "First code point in the decoded seed text."),
        Column("end", "integer", "One past the last code point."),
    )


def unknown_if_empty(text: str) -> str | None:
    """`None`, which is unknown, in the place of no text."""
    return text or None


Origin = Callable[[Annotated], str]
"""What a document was read from and by, as a text that is another for another; empty where that is not known."""


def unknown(annotated: Annotated) -> str:
    """The origin of documents of which none is known."""
    return ""


def by_article(
    articles: Iterable[Article],
    count: int,
    make: Callable[[Article], Sequence[Row]],
    added: Callable[[Article], object],
    origin: Origin,
) -> Rows:
    """`count` rows, which `make` gives for each of `articles` that has any.

    They follow from the article's document and what is `added` to it alone.
    """

    def groups() -> Iterator[Group]:
        for article in articles:
            known = origin(article.annotated)
            yield Group(article.id, (known, added(article)) if known else None, partial(make, article))

    return Grouped(count, groups)


def _nothing(article: Article) -> None:
    """What is added to rows that follow from the document alone."""


def dates(articles: Sequence[Article], origin: Origin) -> Table:
    """Dates that the articles name."""

    def rows(article: Article) -> list[Row]:
        seed_text = article.annotated.document.seed.text
        return [
            (
                article.id,
                seed_text[date.span.start : date.span.end],
                date.span.start,
                date.span.end,
                unknown_if_empty(date.iso),
                date.precision if date.iso else None,
                unknown_if_empty(date.basis),
                date.paragraph,
                "inferred" if date.inferred else "stated",
            )
            for date in sorted(article.dates, key=lambda date: date.span)
        ]

    columns = (
        text("article", "Article id."),
        text("surface", "The seed text of the span, unchanged."),
        *offsets(),
        text("iso", "ISO 8601, as precise as known and no more; empty where nothing anchors it."),
        text("precision", "How precise iso is."),
        text("basis", "Rule and anchor."),
        Column("paragraph", "integer", "Number of the paragraph; empty outside the body."),
        text("status", "stated or inferred."),
    )
    return Table(
        "dates",
        "Dates",
        columns,
        by_article(
            [article for article in articles if article.dates],
            sum(len(article.dates) for article in articles),
            rows,
            lambda article: article.dates,
            origin,
        ),
        foreign_keys=(("article", "articles"),),
    )


def removals(articles: Sequence[Article], origin: Origin) -> Table:
    """What cleaning took out of the body."""

    def rows(article: Article) -> list[Row]:
        seed_text = article.annotated.document.seed.text
        return [
            (
                article.id,
                removal.span.start,
                removal.span.end,
                removal.rule,
                seed_text[removal.span.start : removal.span.end],
                unknown_if_empty(removal.moved_to),
            )
            for removal in sorted(article.annotated.document.ledger, key=lambda removal: removal.span)
        ]

    columns = (
        text("article", "Article id."),
        *offsets(),
        text("rule", "The rule that took it out of the body."),
        text("text", "The seed text of the span, unchanged."),
        text("moved_to", "The metadata field that holds it; empty: removed."),
    )
    made = by_article(
        [article for article in articles if counts(article.annotated).ledger],
        sum(counts(article.annotated).ledger for article in articles),
        rows,
        _nothing,
        origin,
    )
    return Table("removals", "Cleaning ledger", columns, made, foreign_keys=(("article", "articles"),))


def clues(articles: Sequence[Article]) -> Table:
    """Clues to undated articles' dates."""
    rows = Rows(
        sum(len(article.published.clues) for article in articles),
        lambda: (
            (
                article.id,
                clue.text,
                unknown_if_empty(clue.earliest),
                unknown_if_empty(clue.latest),
                unknown_if_empty(clue.source),
                *_first_offsets(clue.spans),
            )
            for article in articles
            for clue in article.published.clues
        ),
    )
    columns = (
        text("article", "Article id."),
        text("clue", "What the clue is and what follows from it."),
        text("earliest", "Not before this date."),
        text("latest", "Not after this date."),
        text("source", "The other article that the clue rests on."),
        *offsets(),
    )
    keys = (("article", "articles"), ("source", "articles"))
    return Table("clues", "Clues to undated articles' dates", columns, rows, foreign_keys=keys)


def glosses(articles: Sequence[Article], origin: Origin) -> Table:
    """Spun phrases with their likely originals."""

    def rows(article: Article) -> list[Row]:
        seed_text = article.annotated.document.seed.text
        return [
            (
                article.id,
                seed_text[gloss.span.start : gloss.span.end],
                gloss.span.start,
                gloss.span.end,
                gloss.original,
                gloss.entry,
            )
            for gloss in article.annotated.document.glosses
        ]

    columns = (
        text("article", "Article id."),
        text("surface", "The seed text of the span, unchanged."),
        *offsets(),
        text("original", "What the phrase probably was before it was spun."),
        text("entry", "The glossary entry that explains it."),
    )
    made = by_article(
        [article for article in articles if counts(article.annotated).glosses],
        sum(counts(article.annotated).glosses for article in articles),
        rows,
        _nothing,
        origin,
    )
    return Table("glosses", "Spun wording", columns, made, foreign_keys=(("article", "articles"),))


def signals(articles: Sequence[Article]) -> Table:
    """What is said of the quality of the texts."""
    rows = Rows(
        sum(len(article.annotated.document.signals) for article in articles),
        lambda: (
            (article.id, signal.name, round(signal.score, 3), signal.evidence, *_first_offsets(signal.spans))
            for article in articles
            for signal in article.annotated.document.signals
        ),
    )
    columns = (
        text("article", "Article id."),
        text("signal", "What is said about the text."),
        Column("score", "number", "0 to 1, how strong the evidence is."),
        text("evidence", "The evidence in words."),
        *offsets(),
    )
    return Table("signals", "Quality signals", columns, rows, foreign_keys=(("article", "articles"),))


def _first_offsets(spans: Sequence[Span]) -> tuple[int | None, int | None]:
    return (spans[0].start, spans[0].end) if spans else (None, None)
