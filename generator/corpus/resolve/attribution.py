"""Quotes tied to the entities that said and relayed them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from generator.aligned import Span
from generator.corpus.resolve.names import fold
from generator.corpus.resolve.resolution import Resolution
from generator.model import Article, ResolvedQuote

_UNNAMED = "unnamed:"


def resolve_quotes(articles: Sequence[Article], resolution: Resolution) -> tuple[ResolvedQuote, ...]:
    """Every quote of `articles`, in order, with speaker and relaying outlet as entities where they are known.

    A speaker is looked up where the quote says it stands, then by its name among the names that the same article
    uses; the canonical name is shown. An unnamed speaker stays one.
    """
    shown = {entity.id: entity.name for entity in resolution.entities}
    folded = cache(_plain)
    resolved: list[ResolvedQuote] = []
    for article in articles:
        quotes = article.annotated.quotes
        own = _names(article, resolution, folded) if any(one.speaker or one.via for one in quotes) else {}
        for quote in quotes:
            speaker_entity = _find(article, quote.speaker, quote.speaker_span, own, resolution)
            via_entity = _find(article, quote.via, quote.via_span, own, resolution)
            resolved.append(
                ResolvedQuote(
                    article=article.id,
                    quote=quote,
                    speaker=shown.get(speaker_entity, quote.speaker),
                    speaker_entity=speaker_entity,
                    via=shown.get(via_entity, quote.via),
                    via_entity=via_entity,
                )
            )
    return tuple(resolved)


def _find(article: Article, name: str, span: Span | None, own: dict[str, str], resolution: Resolution) -> str:
    if name.startswith(_UNNAMED):
        return ""
    named = own.get(_plain(name), "") if name else ""
    return named or (resolution.entity_at(article, span) if span else "")


def _names(article: Article, resolution: Resolution, folded: Callable[[str], str]) -> dict[str, str]:
    """The names that an article uses and the one entity each means; those of several mean none."""
    found: dict[str, str] = {}
    mentions = article.annotated.mentions
    for index, entity in resolution.meant.get(article.id, {}).items():
        mention = mentions[index]
        for name in {mention.name, mention.surface}:
            plain = folded(name)
            found[plain] = entity if found.get(plain, entity) == entity else ""
    return found


def _plain(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())
