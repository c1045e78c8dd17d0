"""Articles with hand-set mentions, for tests of the corpus stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from generator.aligned import Span
from generator.corpus.resolve import Decisions, Packed, Resolution, ThingFinder, ThingReader, Things, resolve
from generator.model import Annotated, Article, Mention, Quote
from tests.evaluation.plain import plain_document

_KINDS = {"P": "person", "O": "organization", "L": "place", "E": "event"}


def article(identity: str, marked: str, quotes: tuple[Quote, ...] = ()) -> Article:
    """An article from text with mentions marked as `[P:Mara Lind]`, `[P:Director|Lind]` (a title before the name),
    `[L:Vellamo=place:XX]` (a gazetteer id) or `[O~:the ministry]` (weak).
    """
    text, mentions = "", []
    rest = marked
    while "[" in rest:
        before, _, rest = rest.partition("[")
        inside, _, rest = rest.partition("]")
        text += before
        kind, _, body = inside.partition(":")
        title, _, name = body.rpartition("|")
        surface, _, key = name.partition("=")
        if title:
            text += title + " "
        span = Span(len(text), len(text) + len(surface))
        text += surface
        mentions.append(
            Mention(
                span,
                surface,
                _KINDS[kind[0]],  # type: ignore[arg-type]
                surface,
                "test",
                1.0,
                "body",
                1,
                key,
                title,
                weak=kind.endswith("~"),
            )
        )
    document = replace(plain_document(text + rest), id=identity)
    return Article(Annotated(document, (), tuple(mentions), (), quotes), document.published, ())


def resolved(*marked: str, decisions: Decisions | None = None) -> tuple[Resolution, list[Article]]:
    """The resolution of articles `a`, `b`, … made of marked texts; the same from what was kept of each of them."""
    articles = [article(chr(ord("a") + number), text) for number, text in enumerate(marked)]
    resolution = resolve(articles, decisions or Decisions())
    assert resolve(articles, decisions or Decisions(), kept(articles)) == resolution
    return resolution, articles


def kept(articles: Sequence[Article]) -> list[Things]:
    """What the articles name, as it comes back from where it was kept."""
    finder, reader = ThingFinder(), ThingReader()
    own = (finder.things(one.annotated.document, one.annotated.mentions).packed() for one in articles)
    return [reader.things(msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Packed)) for one in own]


def names_of(resolution: Resolution, kind: str = "person") -> dict[str, set[str]]:
    """Canonical name to all names, of the entities of one type."""
    return {
        entity.name: {alias.name for alias in entity.aliases} for entity in resolution.entities if entity.type == kind
    }


def meanings(resolution: Resolution, articles: list[Article]) -> list[list[tuple[str, str]]]:
    """For each article its mentions in order: surface, and canonical name or nothing."""
    names = {entity.id: entity.name for entity in resolution.entities}
    return [
        [
            (mention.surface, names.get(resolution.meant[one.id].get(index, ""), ""))
            for index, mention in enumerate(one.annotated.mentions)
        ]
        for one in articles
    ]
