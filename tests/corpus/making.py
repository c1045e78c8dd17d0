"""Articles with hand-set sentences, names and dates, for tests of the stages over a whole corpus."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.aligned import AlignedText, Span
from generator.chronology.iso import precision_of
from generator.describe.spin import apply_glosses, gloss_document
from generator.model import (
    Alias,
    Annotated,
    Article,
    DateExpression,
    DateMention,
    Document,
    Entity,
    EntityType,
    Field,
    Located,
    Mention,
    Published,
    Reference,
    SeedText,
    Zone,
)

_SENTENCE_BREAK = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“])")
# What the test articles name: surface to (type, entity id, canonical name).
NAMES: Mapping[str, tuple[EntityType, str, str]] = {
    "Ola Brandt": ("person", "person/ola-brandt", "Ola Brandt"),
    "Brandt": ("person", "person/ola-brandt", "Ola Brandt"),
    "Ana Vrell": ("person", "person/ana-vrell", "Ana Vrell"),
    "Norland": ("place", "place/norland", "Norland"),
    "Sudland": ("place", "place/sudland", "Sudland"),
    "Northhaven": ("place", "place/northhaven", "Northhaven"),
    "Delta News": ("organization", "organization/delta-news", "Delta News"),
    "Harbour Board": ("organization", "organization/harbour-board", "Harbour Board"),
    "Polar Council": ("organization", "organization/polar-council", "Polar Council"),
}


def article(
    identity: str,
    *paragraphs: str,
    dates: Mapping[str, str] | None = None,
    title: str = "",
    published: str = "",
    references: Sequence[Reference] = (),
) -> Article:
    """An article of these paragraphs; `dates` maps each surface to its ISO value."""
    text = "\n".join(paragraphs)
    views, at = [], 0
    for paragraph in paragraphs:
        views.append(AlignedText.verbatim(paragraph, at))
        at += len(paragraph) + 1
    glosses, _ = gloss_document(views)
    zones = tuple(
        Zone("body", view, apply_glosses(view, glosses), number) for number, view in enumerate(views, 1) if view.text
    )
    sentences = tuple(span for zone in zones for span in _sentences(zone))
    when = Published(iso=published, basis="override" if published else "")
    document = Document(
        identity,
        SeedText(f"{identity}.txt", "", text, "utf-8"),
        zones,
        (),
        Field(title or f"Report {identity}", "headline"),
        (),
        None,
        None,
        None,
        Field("en", "test"),
        None,
        None,
        when,
        Published(),
        tuple(references),
        glosses,
        (),
        len(text.split()),
    )
    mentions = tuple(mention for mention, _ in sorted(_mentions(zones), key=lambda pair: pair[0].span))
    found = [
        DateMention(Span(*match.span()), surface, _paragraph(zones, match.start()), iso, precision_of(iso), "test")
        for surface, iso in (dates or {}).items()
        for match in re.finditer(re.escape(surface), text)
    ]
    ordered = tuple(sorted(found, key=lambda one: one.span))
    stated = tuple(DateExpression(one.span, one.surface, "body", one.paragraph, "test", one.iso) for one in ordered)
    return Article(Annotated(document, sentences, mentions, stated, ()), when, ordered)


def entities_of(*articles: Article) -> tuple[Entity, ...]:
    """The entities that the names of the articles mean."""
    located: dict[str, list[Located]] = {}
    for one in articles:
        for mention, entity in sorted(_mentions(one.annotated.document.zones), key=lambda pair: pair[0].span):
            located.setdefault(entity, []).append(Located(one.id, mention))
    kinds = {entity: (kind, name) for kind, entity, name in NAMES.values()}
    return tuple(
        Entity(entity, kinds[entity][0], kinds[entity][1], entity.partition("/")[2], (_alias(entity),), tuple(mentions))
        for entity, mentions in sorted(located.items())
    )


def _alias(entity: str) -> Alias:
    return Alias(entity, 1, (), "test")


def _sentences(zone: Zone) -> list[Span]:
    breaks = list(_SENTENCE_BREAK.finditer(zone.text.text))
    starts = [0, *(match.end() for match in breaks)]
    ends = [*(match.start() for match in breaks), len(zone.text.text)]
    return [zone.text.seed_span(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _mentions(zones: Sequence[Zone]) -> list[tuple[Mention, str]]:
    names = re.compile(r"\b(?:" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")\b")
    found = []
    for zone in zones:
        for match in names.finditer(zone.reading.text):
            kind, entity, _ = NAMES[match[0]]
            span = zone.reading.seed_span(*match.span())
            mention = Mention(span, match[0], kind, match[0], "test", 1.0, "body", zone.paragraph)
            found.append((mention, entity))
    return found


def _paragraph(zones: Sequence[Zone], offset: int) -> int | None:
    return next((zone.paragraph for zone in zones if zone.text.runs[0].start <= offset < zone.text.runs[-1].end), None)
