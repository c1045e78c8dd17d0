"""What the quotation tests share: an article from plain text, with its names given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.annotate.quotes import find_quotes
from generator.annotate.sentences import document_sentences
from generator.model import EntityType, Field, Mention, Quote
from tests.evaluation.plain import plain_document

PEOPLE = ("Mara Lind", "Mara Lind-Holm", "Lind", "Tor Hale", "Hale", "Vera Holm", "Holm", "Ishiro Vane", "Vane")
BODIES = ("Harbour Times", "Coast News Agency", "Radio Lund", "Salt Union", "Port Authority")
PLACES = ("Lund", "Port Ashby")
_TITLE = re.compile(r"((?:President|Mayor|Minister|Vice Minister|Mr\.|Ms\.|Mrs\.) ?){1,2}$")


def quotes_in(
    text: str,
    people: Sequence[str] = PEOPLE,
    bodies: Sequence[str] = BODIES,
    *,
    translated: bool = False,
) -> list[Quote]:
    """The quotations of an article; paragraphs are parted by blank lines."""
    document = plain_document(text)
    if translated:
        document = replace(document, translated_from=Field("ko", "test"))
    kinds: list[tuple[str, EntityType]] = [
        *((name, "person") for name in people),
        *((name, "organization") for name in bodies),
        *((name, "place") for name in PLACES),
    ]
    mentions: list[Mention] = []
    for zone in document.body:
        shown = zone.text.text
        taken: list[tuple[int, int]] = []
        for name, kind in sorted(kinds, key=lambda pair: -len(pair[0])):
            for found in re.finditer(rf"\b{re.escape(name)}\b", shown):
                if any(low < found.end() and found.start() < high for low, high in taken):
                    continue
                taken.append(found.span())
                title = _TITLE.search(shown[: found.start()])
                mentions.append(
                    Mention(
                        zone.text.seed_span(*found.span()), name, kind, name, "test", 1.0, "body", zone.paragraph,
                        title=title.group().strip() if title else "",
                    )
                )  # fmt: skip
    ordered = tuple(sorted(mentions, key=lambda mention: mention.span))
    quotes = list(find_quotes(document, document_sentences(document), ordered))
    for quote in quotes:
        assert text[quote.span.start : quote.span.end] == quote.text
    return quotes


def direct(quotes: Sequence[Quote]) -> list[tuple[str, str]]:
    """Speaker and text of the direct quotations."""
    return [(quote.speaker, quote.text) for quote in quotes if quote.kind == "direct"]


def indirect(quotes: Sequence[Quote]) -> list[tuple[str, str]]:
    """Speaker and text of the indirect quotations."""
    return [(quote.speaker, quote.text) for quote in quotes if quote.kind == "indirect"]
