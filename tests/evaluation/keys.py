"""Gazetteer ids that the engine gives to stretches of a document."""

from __future__ import annotations

from functools import cache

from generator.aligned import Span
from generator.annotate.mentions import find_mentions
from generator.annotate.recognizer import Recognizer, load_recognizer
from generator.model import Document, EntityType


@cache
def _recognizer() -> Recognizer:
    return load_recognizer(None)


def gazetteer_keys(document: Document) -> dict[tuple[Span, EntityType], str]:
    """Gazetteer id by span and type, of the mentions that the engine finds in `document`."""
    _, mentions = find_mentions(document, _recognizer())
    return {(mention.span, mention.type): mention.key for mention in mentions if mention.key}
