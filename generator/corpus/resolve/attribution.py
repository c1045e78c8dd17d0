"""Quotes tied to the entities that said and relayed them."""

from __future__ import annotations

from collections.abc import Sequence

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
    names = {entity.id: entity.name for entity in resolution.entities}
    by_article = _names_by_article(resolution)
    resolved: list[ResolvedQuote] = []
    for article in articles:
        own = by_article.get(article.id, {})
        for quote in article.annotated.quotes:
            speaker_entity = _find(article.id, quote.speaker, quote.speaker_span, own, resolution)
            via_entity = _find(article.id, quote.via, quote.via_span, own, resolution)
            resolved.append(
                ResolvedQuote(
                    article=article.id,
                    quote=quote,
                    speaker=names.get(speaker_entity, quote.speaker),
                    speaker_entity=speaker_entity,
                    via=names.get(via_entity, quote.via),
                    via_entity=via_entity,
                )
            )
    return tuple(resolved)


def _find(article: str, name: str, span: Span | None, own: dict[str, str], resolution: Resolution) -> str:
    if name.startswith(_UNNAMED):
        return ""
    named = own.get(_plain(name), "") if name else ""
    return named or (resolution.entity_at(article, span) if span else "")


def _names_by_article(resolution: Resolution) -> dict[str, dict[str, str]]:
    """Article id to the names it uses and the one entity each means; names of several are left out."""
    found: dict[str, dict[str, str]] = {}
    folded: dict[str, str] = {}
    for entity in resolution.entities:
        for located in entity.mentions:
            own = found.setdefault(located.article, {})
            for name in (located.mention.name, located.mention.surface):
                plain = folded.get(name)
                if plain is None:
                    plain = folded[name] = _plain(name)
                own[plain] = entity.id if own.get(plain, entity.id) == entity.id else ""
    return found


def _plain(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())
