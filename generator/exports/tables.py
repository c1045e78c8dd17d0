"""The corpus as tables: the columns of each, and its rows in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.aligned import Span
from generator.model import Article, Corpus, Mention

ColumnType = Literal["string", "integer", "number", "array"]
Value = str | int | float | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, Frictionless type, and what it holds."""

    name: str
    type: ColumnType
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A named table. Rows have one value for each column; `None` is unknown."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[tuple[str, str], ...] = ()
    """`(column, table)`: the column holds ids of the table."""


def build_tables(corpus: Corpus, addresses: Mapping[str, str]) -> tuple[Table, ...]:
    """Every table of the data package, in a fixed order.

    `addresses` maps the ids of articles, entities and events to their addresses in the site.
    """
    return (
        _articles(corpus.articles, addresses),
        _entities(corpus, addresses),
        _mentions(corpus),
        _dates(corpus.articles),
        _quotes(corpus),
        _statements(corpus),
        _references(corpus),
        _removals(corpus.articles),
        _events(corpus, addresses),
        _links(corpus),
        _clues(corpus.articles),
        _glosses(corpus.articles),
        _signals(corpus.articles),
    )


def _unknown_if_empty(text: str) -> str | None:
    return text or None


def _text(name: str, description: str) -> Column:
    return Column(name, "string", description)


def _offsets() -> tuple[Column, Column]:
    return (
        Column("start", "integer", "First code point in the decoded seed text."),
        Column("end", "integer", "One past the last code point."),
    )


def _articles(articles: Iterable[Article], addresses: Mapping[str, str]) -> Table:
    rows: list[tuple[Value, ...]] = []
    for article in articles:
        document, published = article.annotated.document, article.published
        rows.append(
            (
                document.id,
                document.seed.name,
                document.seed.sha256,
                addresses.get(document.id),
                document.title.value,
                document.title.basis,
                tuple(author.value for author in document.authors),
                document.outlet.value if document.outlet else None,
                document.credit.value if document.credit else None,
                document.category.value if document.category else None,
                document.language.value if document.language else None,
                document.translated_from.value if document.translated_from else None,
                _unknown_if_empty(published.iso),
                published.precision if published.iso else None,
                _unknown_if_empty(published.basis),
                _unknown_if_empty(published.earliest),
                _unknown_if_empty(published.latest),
                document.words,
                tuple(signal.name for signal in document.signals),
                document.seed.encoding,
                document.url.value if document.url else None,
                _unknown_if_empty(document.updated.iso),
                article.publish,
            )
        )
    columns = (
        _text("id", "Stable id of the article, made from the seed's name."),
        _text("seed", "Path of the seed below seeds/."),
        _text("seed_sha256", "SHA-256 of the seed's bytes."),
        _text("url", "Address of the page, relative to the site's root."),
        _text("title", "Headline, or what stands in for it; see title_basis."),
        _text("title_basis", "Where the title comes from."),
        Column("author", "array", "Authors as the seed names them."),
        _text("outlet", "Who published it."),
        _text("credit", "Wire or agency it came from."),
        _text("category", "Section label as the seed gives it."),
        _text("language", "BCP 47 tag of the text."),
        _text("translated_from", "BCP 47 tag of the language it was translated from."),
        _text("published", "ISO 8601, only where the seed or an override states it."),
        _text("published_precision", "How precise published is."),
        _text("published_basis", "Which rule read published, or what brackets it."),
        _text("published_earliest", "Not before this date, from evidence."),
        _text("published_latest", "Not after this date, from evidence."),
        Column("words", "integer", "Words in the body."),
        Column("quality", "array", "Quality signals; see the signals table."),
        _text("encoding", "Character encoding that the seed was read in."),
        _text("source_url", "Address of the original that the seed names."),
        _text("updated", "ISO 8601, only where the seed states it."),
        _text("publish", "How much of the text is here: full, excerpt or metadata."),
    )
    return Table("articles", "Articles", columns, tuple(rows), ("id",))


def _entities(corpus: Corpus, addresses: Mapping[str, str]) -> Table:
    dated = {article.id: article.published for article in corpus.articles}
    rows: list[tuple[Value, ...]] = []
    for entity in corpus.entities:
        article_ids = sorted({located.article for located in entity.mentions})
        days = sorted(date for date in (dated[article_id].iso for article_id in article_ids) if date)
        rows.append(
            (
                entity.id,
                entity.type,
                entity.name,
                tuple(alias.name for alias in entity.aliases),
                addresses.get(entity.id),
                len(entity.mentions),
                len(article_ids),
                days[0][:10] if days else None,
                days[-1][:10] if days else None,
                _unknown_if_empty(entity.wikidata),
                _unknown_if_empty(entity.description),
                _unknown_if_empty(entity.country),
                entity.latitude,
                entity.longitude,
                _unknown_if_empty(entity.key),
            )
        )
    columns = (
        _text("id", "Type and slug."),
        _text("type", "person, organization, place or event."),
        _text("name", "Canonical name."),
        Column("aliases", "array", "Every way the corpus names it."),
        _text("url", "Address of the page, relative to the site's root."),
        Column("mentions", "integer", "How often it is mentioned."),
        Column("articles", "integer", "In how many articles."),
        _text("first_date", "Publication date of the first dated article that mentions it."),
        _text("last_date", "Publication date of the last dated article that mentions it."),
        _text("wikidata", "Wikidata id, where the gazetteer has it."),
        _text("description", "What the text or the gazetteer says it is."),
        _text("country", "ISO 3166-1 alpha-2 of a place."),
        Column("latitude", "number", "Degrees north."),
        Column("longitude", "number", "Degrees east."),
        _text("key", "Gazetteer id."),
    )
    return Table("entities", "Entities", columns, tuple(rows), ("id",))


def mention_order(mention: Mention) -> tuple[int, int, str]:
    """Sort key of mentions within an article."""
    return (mention.span.start, mention.span.end, mention.type)


def _mentions(corpus: Corpus) -> Table:
    owner = {
        (located.article, located.mention.span, located.mention.type): entity.id
        for entity in corpus.entities
        for located in entity.mentions
    }
    rows: list[tuple[Value, ...]] = []
    for article in corpus.articles:
        seed_text = article.annotated.document.seed.text
        for mention in sorted(article.annotated.mentions, key=mention_order):
            rows.append(
                (
                    article.id,
                    owner.get((article.id, mention.span, mention.type)),
                    mention.type,
                    seed_text[mention.span.start : mention.span.end],
                    mention.span.start,
                    mention.span.end,
                    mention.paragraph,
                    mention.rule,
                    round(mention.score, 3),
                    mention.zone,
                    _unknown_if_empty(mention.note),
                )
            )
    columns = (
        _text("article", "Article id."),
        _text("entity", "Entity id; empty where the mention could not be tied to an entity."),
        _text("type", "person, organization or place."),
        _text("surface", "The seed text of the span, unchanged."),
        *_offsets(),
        Column("paragraph", "integer", "Number of the paragraph; empty outside the body."),
        _text("rule", "The layer that found it."),
        Column("score", "number", "0 to 1."),
        _text("zone", "headline, byline, credit, body or reference."),
        _text("note", "For the reader."),
    )
    return Table(
        "mentions", "Mentions", columns, tuple(rows), foreign_keys=(("article", "articles"), ("entity", "entities"))
    )


def _dates(articles: Iterable[Article]) -> Table:
    rows: list[tuple[Value, ...]] = []
    for article in articles:
        seed_text = article.annotated.document.seed.text
        rows.extend(
            (
                article.id,
                seed_text[date.span.start : date.span.end],
                date.span.start,
                date.span.end,
                _unknown_if_empty(date.iso),
                date.precision if date.iso else None,
                _unknown_if_empty(date.basis),
                date.paragraph,
                "inferred" if date.inferred else "stated",
            )
            for date in sorted(article.dates, key=lambda date: date.span)
        )
    columns = (
        _text("article", "Article id."),
        _text("surface", "The seed text of the span, unchanged."),
        *_offsets(),
        _text("iso", "ISO 8601, as precise as known and no more; empty where nothing anchors it."),
        _text("precision", "How precise iso is."),
        _text("basis", "Rule and anchor."),
        Column("paragraph", "integer", "Number of the paragraph; empty outside the body."),
        _text("status", "stated or inferred."),
    )
    return Table("dates", "Dates", columns, tuple(rows), foreign_keys=(("article", "articles"),))


def _quotes(corpus: Corpus) -> Table:
    rows = tuple(
        (
            resolved.article,
            resolved.quote.text,
            resolved.quote.span.start,
            resolved.quote.span.end,
            _unknown_if_empty(resolved.speaker),
            _unknown_if_empty(resolved.speaker_entity),
            _unknown_if_empty(resolved.quote.cue),
            _unknown_if_empty(resolved.via),
            resolved.quote.kind,
            resolved.quote.paragraph,
            _unknown_if_empty(resolved.via_entity),
            _unknown_if_empty(resolved.quote.rule),
            round(resolved.quote.score, 3),
        )
        for resolved in corpus.quotes
    )
    columns = (
        _text("article", "Article id."),
        _text("text", "The words, without outer marks."),
        *_offsets(),
        _text("speaker", "Canonical name, or `unnamed: …`."),
        _text("speaker_entity", "Entity id of the speaker."),
        _text("cue", "The reporting word."),
        _text("via", "The outlet that relayed it."),
        _text("kind", "direct or indirect."),
        Column("paragraph", "integer", "Number of the paragraph."),
        _text("via_entity", "Entity id of the relaying outlet."),
        _text("rule", "Which rule tied speaker and words."),
        Column("score", "number", "0 to 1."),
    )
    keys = (("article", "articles"), ("speaker_entity", "entities"), ("via_entity", "entities"))
    return Table("quotes", "Quotes", columns, rows, foreign_keys=keys)


def _statements(corpus: Corpus) -> Table:
    rows = tuple(
        (
            number,
            _unknown_if_empty(statement.speaker),
            corpus.quotes[at].article,
            corpus.quotes[at].quote.text,
            corpus.quotes[at].quote.span.start,
            corpus.quotes[at].quote.span.end,
        )
        for number, statement in enumerate(corpus.statements, 1)
        for at in statement.quotes
    )
    columns = (
        Column("statement", "integer", "Rows with one number are wordings of one statement."),
        _text("speaker", "Canonical name."),
        _text("article", "Article id."),
        _text("text", "The words, as in the quotes table."),
        *_offsets(),
    )
    keys = (("article", "articles"),)
    return Table("statements", "Wordings of one statement", columns, rows, foreign_keys=keys)


def _references(corpus: Corpus) -> Table:
    rows = tuple(
        (
            resolved.article,
            resolved.reference.title,
            _unknown_if_empty(resolved.reference.date),
            resolved.reference.span.start,
            resolved.reference.span.end,
            _unknown_if_empty(resolved.resolved_article),
        )
        for resolved in corpus.references
    )
    columns = (
        _text("article", "Article id."),
        _text("title", "Title as cited."),
        _text("date", "ISO 8601 date as cited."),
        *_offsets(),
        _text("resolved_article", "Article of this corpus that is meant; empty: not in this corpus."),
    )
    keys = (("article", "articles"), ("resolved_article", "articles"))
    return Table("references", "References", columns, rows, foreign_keys=keys)


def _removals(articles: Iterable[Article]) -> Table:
    rows = tuple(
        (
            article.id,
            removal.span.start,
            removal.span.end,
            removal.rule,
            article.annotated.document.seed.text[removal.span.start : removal.span.end],
            _unknown_if_empty(removal.moved_to),
        )
        for article in articles
        for removal in sorted(article.annotated.document.ledger, key=lambda removal: removal.span)
    )
    columns = (
        _text("article", "Article id."),
        *_offsets(),
        _text("rule", "The rule that took it out of the body."),
        _text("text", "The seed text of the span, unchanged."),
        _text("moved_to", "The metadata field that holds it; empty: removed."),
    )
    return Table("removals", "Cleaning ledger", columns, rows, foreign_keys=(("article", "articles"),))


def _events(corpus: Corpus, addresses: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            event.id,
            event.date,
            event.precision,
            event.title,
            tuple(dict.fromkeys(evidence.article for evidence in event.evidence)),
            event.entities,
            addresses.get(event.id),
            event.conflicts,
        )
        for event in corpus.events
    )
    columns = (
        _text("id", "Date and slug."),
        _text("date", "ISO 8601, as precise as known."),
        _text("precision", "How precise date is."),
        _text("title", "Words of the sentence that states it best."),
        Column("articles", "array", "Ids of the articles that give evidence."),
        Column("entities", "array", "Ids of the entities that take part."),
        _text("url", "Address of the page, relative to the site's root."),
        Column("conflicts", "array", "Where articles disagree."),
    )
    return Table("events", "Events", columns, rows, ("id",))


def _links(corpus: Corpus) -> Table:
    rows = tuple((link.source, link.target, link.reason, round(link.weight, 4), link.kind) for link in corpus.links)
    columns = (
        _text("source", "Article id."),
        _text("target", "Article id."),
        _text("reason", "Why, in words."),
        Column("weight", "number", "0 to 1."),
        _text("kind", "related, version, duplicate or reference."),
    )
    keys = (("source", "articles"), ("target", "articles"))
    return Table("links", "Links between articles", columns, rows, foreign_keys=keys)


def _clues(articles: Iterable[Article]) -> Table:
    rows = tuple(
        (
            article.id,
            clue.text,
            _unknown_if_empty(clue.earliest),
            _unknown_if_empty(clue.latest),
            _unknown_if_empty(clue.source),
            *_first_offsets(clue.spans),
        )
        for article in articles
        for clue in article.published.clues
    )
    columns = (
        _text("article", "Article id."),
        _text("clue", "What the clue is and what follows from it."),
        _text("earliest", "Not before this date."),
        _text("latest", "Not after this date."),
        _text("source", "The other article that the clue rests on."),
        *_offsets(),
    )
    keys = (("article", "articles"), ("source", "articles"))
    return Table("clues", "Clues to undated articles' dates", columns, rows, foreign_keys=keys)


def _glosses(articles: Iterable[Article]) -> Table:
    rows = tuple(
        (
            article.id,
            article.annotated.document.seed.text[gloss.span.start : gloss.span.end],
            gloss.span.start,
            gloss.span.end,
            gloss.original,
            gloss.entry,
        )
        for article in articles
        for gloss in article.annotated.document.glosses
    )
    columns = (
        _text("article", "Article id."),
        _text("surface", "The seed text of the span, unchanged."),
        *_offsets(),
        _text("original", "What the phrase probably was before it was spun."),
        _text("entry", "The glossary entry that explains it."),
    )
    return Table("glosses", "Spun wording", columns, rows, foreign_keys=(("article", "articles"),))


def _signals(articles: Iterable[Article]) -> Table:
    rows = tuple(
        (article.id, signal.name, round(signal.score, 3), signal.evidence, *_first_offsets(signal.spans))
        for article in articles
        for signal in article.annotated.document.signals
    )
    columns = (
        _text("article", "Article id."),
        _text("signal", "What is said about the text."),
        Column("score", "number", "0 to 1, how strong the evidence is."),
        _text("evidence", "The evidence in words."),
        *_offsets(),
    )
    return Table("signals", "Quality signals", columns, rows, foreign_keys=(("article", "articles"),))


def _first_offsets(spans: Sequence[Span]) -> tuple[int | None, int | None]:
    return (spans[0].start, spans[0].end) if spans else (None, None)
