"""The corpus as tables: the columns of each, and its rows in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from generator.exports.articles import (
    Origin,
    by_article,
    clues,
    dates,
    glosses,
    offsets,
    removals,
    signals,
    text,
    unknown,
    unknown_if_empty,
)
from generator.exports.rows import Column, Row, Rows, Table
from generator.lazy import counts
from generator.lazy.named import articles_of, edges_of, named_in
from generator.model import Article, Corpus, Entity, Mention


def build_tables(corpus: Corpus, addresses: Mapping[str, str], origin: Origin = unknown) -> tuple[Table, ...]:
    """Every table of the data package, in a fixed order.

    `addresses` maps the ids of articles, entities and events to their addresses in the site; `origin` tells documents
    apart by less than their text.
    """
    return (
        _articles(corpus.articles, addresses, origin),
        _entities(corpus, addresses),
        _mentions(corpus, origin),
        dates(corpus.articles, origin),
        _quotes(corpus),
        _statements(corpus),
        _references(corpus),
        removals(corpus.articles, origin),
        _events(corpus, addresses),
        _links(corpus),
        clues(corpus.articles),
        glosses(corpus.articles, origin),
        signals(corpus.articles),
    )


def _articles(articles: Sequence[Article], addresses: Mapping[str, str], origin: Origin) -> Table:
    def rows(article: Article) -> list[Row]:
        document, published = article.annotated.document, article.published
        return [
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
                unknown_if_empty(published.iso),
                published.precision if published.iso else None,
                unknown_if_empty(published.basis),
                unknown_if_empty(published.earliest),
                unknown_if_empty(published.latest),
                document.words,
                tuple(signal.name for signal in document.signals),
                document.seed.encoding,
                document.url.value if document.url else None,
                unknown_if_empty(document.updated.iso),
                article.publish,
            )
        ]

    columns = (
        text("id", "Stable id of the article, made from the seed's name."),
        text("seed", "Path of the seed below seeds/."),
        text("seed_sha256", "SHA-256 of the seed's bytes."),
        text("url", "Address of the page, relative to the site's root."),
        text("title", "Headline, or what stands in for it; see title_basis."),
        text("title_basis", "Where the title comes from."),
        Column("author", "array", "Authors as the seed names them."),
        text("outlet", "Who published it."),
        text("credit", "Wire or agency it came from."),
        text("category", "Section label as the seed gives it."),
        text("language", "BCP 47 tag of the text."),
        text("translated_from", "BCP 47 tag of the language it was translated from."),
        text("published", "ISO 8601, only where the seed or an override states it."),
        text("published_precision", "How precise published is."),
        text("published_basis", "Which rule read published, or what brackets it."),
        text("published_earliest", "Not before this date, from evidence."),
        text("published_latest", "Not after this date, from evidence."),
        Column("words", "integer", "Words in the body."),
        Column("quality", "array", "Quality signals; see the signals table."),
        text("encoding", "Character encoding that the seed was read in."),
        text("source_url", "Address of the original that the seed names."),
        text("updated", "ISO 8601, only where the seed states it."),
        text("publish", "How much of the text is here: full, excerpt or metadata."),
    )
    made = by_article(
        articles,
        len(articles),
        rows,
        lambda article: (
            article.annotated.document.seed.name,
            article.published,
            article.publish,
            addresses.get(article.id),
        ),
        origin,
    )
    return Table("articles", "Articles", columns, made, ("id",))


def _entities(corpus: Corpus, addresses: Mapping[str, str]) -> Table:
    def rows() -> Iterator[Row]:
        dated = {article.id: article.published for article in corpus.articles}
        for entity in corpus.entities:
            article_ids = articles_of(entity.mentions)
            days = sorted(date for date in (dated[article_id].iso for article_id in article_ids) if date)
            yield (
                entity.id,
                entity.type,
                entity.name,
                tuple(alias.name for alias in entity.aliases),
                addresses.get(entity.id),
                len(entity.mentions),
                len(article_ids),
                days[0][:10] if days else None,
                days[-1][:10] if days else None,
                unknown_if_empty(entity.wikidata),
                unknown_if_empty(entity.description),
                unknown_if_empty(entity.country),
                entity.latitude,
                entity.longitude,
                unknown_if_empty(entity.key),
            )

    columns = (
        text("id", "Type and slug."),
        text("type", "person, organization, place or event."),
        text("name", "Canonical name."),
        Column("aliases", "array", "Every way the corpus names it."),
        text("url", "Address of the page, relative to the site's root."),
        Column("mentions", "integer", "How often it is mentioned."),
        Column("articles", "integer", "In how many articles."),
        text("first_date", "Publication date of the first dated article that mentions it."),
        text("last_date", "Publication date of the last dated article that mentions it."),
        text("wikidata", "Wikidata id, where the gazetteer has it."),
        text("description", "What the text or the gazetteer says it is."),
        text("country", "ISO 3166-1 alpha-2 of a place."),
        Column("latitude", "number", "Degrees north."),
        Column("longitude", "number", "Degrees east."),
        text("key", "Gazetteer id."),
    )
    return Table("entities", "Entities", columns, Rows(len(corpus.entities), rows), ("id",))


def mention_order(mention: Mention) -> tuple[int, int, str]:
    """Sort key of mentions within an article."""
    return (mention.span.start, mention.span.end, mention.type)


class _Owners:
    """Who is mentioned where in each article."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        named = named_in(entities)
        self._ids = [entity.id for entity in entities]
        self._types = [kind.type for kind in named.kinds]
        order = np.argsort(named.article, kind="stable")
        self._rows = np.stack([named.entity, named.start, named.end, named.kind], axis=1)[order]
        edges = edges_of(np.bincount(named.article, minlength=len(named.ids))).tolist()
        self._places = dict(zip(named.ids, pairwise(edges), strict=True))
        # Numbers change with every name that comes and goes; what is told of an article is to stay.
        told = [_digest(one) for one in self._ids], [_digest(one) for one in self._types]
        owners, types = (np.array(some, dtype=np.uint64) for some in told)
        columns = owners[named.entity], named.start, named.end, types[named.kind]
        self._told = np.stack([column.astype(np.uint64) for column in columns], axis=1)[order]

    def told(self, article: str) -> bytes:
        """A text of numbers that is another where somebody else is mentioned, or elsewhere."""
        begin, end = self._places.get(article, (0, 0))
        return self._told[begin:end].tobytes()

    def of(self, article: str) -> dict[tuple[int, int, str], str]:
        """Id of the entity by start, end and type of each mention."""
        begin, end = self._places.get(article, (0, 0))
        rows = self._rows[begin:end].tolist()
        return {(start, end, self._types[kind]): self._ids[entity] for entity, start, end, kind in rows}


def _digest(text: str) -> int:
    # 64 bits: of a million names two have the same one with a chance of one in forty million.
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _mentions(corpus: Corpus, origin: Origin) -> Table:
    owners = cache(lambda: _Owners(corpus.entities))

    def rows(article: Article) -> list[Row]:
        owner = owners().of(article.id)
        seed_text = article.annotated.document.seed.text
        return [
            (
                article.id,
                owner.get((mention.span.start, mention.span.end, mention.type)),
                mention.type,
                seed_text[mention.span.start : mention.span.end],
                mention.span.start,
                mention.span.end,
                mention.paragraph,
                mention.rule,
                round(mention.score, 3),
                mention.zone,
                unknown_if_empty(mention.note),
            )
            for mention in sorted(article.annotated.mentions, key=mention_order)
        ]

    columns = (
        text("article", "Article id."),
        text("entity", "Entity id; empty where the mention could not be tied to an entity."),
        text("type", "person, organization or place."),
        text("surface", "The seed text of the span, unchanged."),
        *offsets(),
        Column("paragraph", "integer", "Number of the paragraph; empty outside the body."),
        text("rule", "The layer that found it."),
        Column("score", "number", "0 to 1."),
        text("zone", "headline, byline, credit, body or reference."),
        text("note", "For the reader."),
    )
    return Table(
        "mentions",
        "Mentions",
        columns,
        by_article(
            [article for article in corpus.articles if counts(article.annotated).mentions],
            sum(counts(article.annotated).mentions for article in corpus.articles),
            rows,
            lambda article: owners().told(article.id),
            origin,
        ),
        foreign_keys=(("article", "articles"), ("entity", "entities")),
    )


def _quotes(corpus: Corpus) -> Table:
    rows = Rows(
        len(corpus.quotes),
        lambda: (
            (
                resolved.article,
                resolved.quote.text,
                resolved.quote.span.start,
                resolved.quote.span.end,
                unknown_if_empty(resolved.speaker),
                unknown_if_empty(resolved.speaker_entity),
                unknown_if_empty(resolved.quote.cue),
                unknown_if_empty(resolved.via),
                resolved.quote.kind,
                resolved.quote.paragraph,
                unknown_if_empty(resolved.via_entity),
                unknown_if_empty(resolved.quote.rule),
                round(resolved.quote.score, 3),
            )
            for resolved in corpus.quotes
        ),
    )
    columns = (
        text("article", "Article id."),
        text("text", "The words, without outer marks."),
        *offsets(),
        text("speaker", "Canonical name, or `unnamed: …`."),
        text("speaker_entity", "Entity id of the speaker."),
        text("cue", "The reporting word."),
        text("via", "The outlet that relayed it."),
        text("kind", "direct or indirect."),
        Column("paragraph", "integer", "Number of the paragraph."),
        text("via_entity", "Entity id of the relaying outlet."),
        text("rule", "Which rule tied speaker and words."),
        Column("score", "number", "0 to 1."),
    )
    keys = (("article", "articles"), ("speaker_entity", "entities"), ("via_entity", "entities"))
    return Table("quotes", "Quotes", columns, rows, foreign_keys=keys)


def _statements(corpus: Corpus) -> Table:
    rows = Rows(
        sum(len(statement.quotes) for statement in corpus.statements),
        lambda: (
            (
                number,
                unknown_if_empty(statement.speaker),
                corpus.quotes[at].article,
                corpus.quotes[at].quote.text,
                corpus.quotes[at].quote.span.start,
                corpus.quotes[at].quote.span.end,
            )
            for number, statement in enumerate(corpus.statements, 1)
            for at in statement.quotes
        ),
    )
    columns = (
        Column("statement", "integer", "Rows with one number are wordings of one statement."),
        text("speaker", "Canonical name."),
        text("article", "Article id."),
        text("text", "The words, as in the quotes table."),
        *offsets(),
    )
    keys = (("article", "articles"),)
    return Table("statements", "Wordings of one statement", columns, rows, foreign_keys=keys)


def _references(corpus: Corpus) -> Table:
    rows = Rows(
        len(corpus.references),
        lambda: (
            (
                resolved.article,
                resolved.reference.title,
                unknown_if_empty(resolved.reference.date),
                resolved.reference.span.start,
                resolved.reference.span.end,
                unknown_if_empty(resolved.resolved_article),
            )
            for resolved in corpus.references
        ),
    )
    columns = (
        text("article", "Article id."),
        text("title", "Title as cited."),
        text("date", "ISO 8601 date as cited."),
        *offsets(),
        text("resolved_article", "Article of this corpus that is meant; empty: not in this corpus."),
    )
    keys = (("article", "articles"), ("resolved_article", "articles"))
    return Table("references", "References", columns, rows, foreign_keys=keys)


def _events(corpus: Corpus, addresses: Mapping[str, str]) -> Table:
    rows = Rows(
        len(corpus.events),
        lambda: (
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
        ),
    )
    columns = (
        text("id", "Date and slug."),
        text("date", "ISO 8601, as precise as known."),
        text("precision", "How precise date is."),
        text("title", "Words of the sentence that states it best."),
        Column("articles", "array", "Ids of the articles that give evidence."),
        Column("entities", "array", "Ids of the entities that take part."),
        text("url", "Address of the page, relative to the site's root."),
        Column("conflicts", "array", "Where articles disagree."),
    )
    return Table("events", "Events", columns, rows, ("id",))


def _links(corpus: Corpus) -> Table:
    rows = Rows(
        len(corpus.links),
        lambda: ((link.source, link.target, link.reason, round(link.weight, 4), link.kind) for link in corpus.links),
    )
    columns = (
        text("source", "Article id."),
        text("target", "Article id."),
        text("reason", "Why, in words."),
        Column("weight", "number", "0 to 1."),
        text("kind", "related, version, duplicate or reference."),
    )
    keys = (("source", "articles"), ("target", "articles"))
    return Table("links", "Links between articles", columns, rows, foreign_keys=keys)
