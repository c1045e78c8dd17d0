"""Quotes tied to the entities that said and relayed them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, partial

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
        if article.annotated.quotes:
            own = partial(_of_article, article, resolution, shown, folded)
            resolved.extend(resolution.meant.made_of(article.id, "quotes", own))
    return tuple(resolved)


def _of_article(
    article: Article, resolution: Resolution, shown: Mapping[str, str], folded: Callable[[str], str]
) -> Sequence[ResolvedQuote]:
    quotes = article.annotated.quotes
    asked = {name for one in quotes for name in (one.speaker, one.via) if name and not name.startswith(_UNNAMED)}
    own = _names(article.id, resolution, folded, frozenset(map(folded, asked))) if asked else {}
    places = _Places(article.id, resolution)
    resolved: list[ResolvedQuote] = []
    for quote in quotes:
        speaker_entity = _find(quote.speaker, quote.speaker_span, own, places, folded)
        via_entity = _find(quote.via, quote.via_span, own, places, folded)
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
    return resolved


class _Places:
    """Where the mentions of an article stand, in order; one look at it serves any number of quotes."""

    def __init__(self, article: str, resolution: Resolution) -> None:
        self._article = article
        self._meant = resolution.meant

    @cached_property
    def _ordered(self) -> list[tuple[int, int, str]]:
        return self._meant.placed(self._article)

    @cached_property
    def _longest(self) -> int:
        return max((end - start for start, end, _ in self._ordered), default=0)

    def entity_at(self, span: Span) -> str:
        """Id of the entity whose mention shares most characters with `span`; empty where none does."""
        best, found = 0, ""
        for at in range(bisect_left(self._ordered, (span.start - self._longest,)), len(self._ordered)):
            start, end, entity = self._ordered[at]
            if start >= span.end:
                break
            shared = min(end, span.end) - max(start, span.start)
            if shared > best:
                best, found = shared, entity
        return found


def _find(name: str, span: Span | None, own: dict[str, str], places: _Places, folded: Callable[[str], str]) -> str:
    if name.startswith(_UNNAMED):
        return ""
    named = own.get(folded(name), "") if name else ""
    return named or (places.entity_at(span) if span else "")


def _names(article: str, resolution: Resolution, folded: Callable[[str], str], asked: frozenset[str]) -> dict[str, str]:
    """Those of the names that are `asked` for which an article uses, and the one entity each means; of several none."""
    found: dict[str, str] = {}
    for surface, name, entity in resolution.meant.called(article):
        plain = folded(name)
        if plain in asked:
            found[plain] = entity if found.get(plain, entity) == entity else ""
        if surface != name:
            plain = folded(surface)
            if plain in asked:
                found[plain] = entity if found.get(plain, entity) == entity else ""
    return found


def _plain(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())
