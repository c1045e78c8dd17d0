"""The reduce over documents: dates anchored, versions found, entities resolved, events told, articles related."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.corpus.chronicle import chronicle
from generator.corpus.dating import date_articles
from generator.corpus.fingerprint import find_versions
from generator.corpus.relate import relate
from generator.corpus.resolve import Decisions, resolve, resolve_quotes
from generator.corpus.statements import align_statements
from generator.model import Annotated, Corpus


@dataclass(frozen=True, slots=True)
class Reduced:
    """The corpus, and what of the analyst's decisions met nothing in it."""

    corpus: Corpus
    unmatched: tuple[str, ...]


def reduce(annotated: Sequence[Annotated], decisions: Decisions) -> Reduced:
    """The corpus of `annotated` documents; equal input gives an equal corpus, whatever its order."""
    articles = date_articles(sorted(annotated, key=lambda one: one.document.id))
    versions = find_versions(articles)
    resolution = resolve(articles, decisions)
    quotes = resolve_quotes(articles, resolution)
    events = chronicle(articles, resolution.entities)
    links, references = relate(articles, resolution.entities, events, versions)
    corpus = Corpus(
        articles=articles,
        entities=resolution.entities,
        events=events,
        links=links,
        quotes=quotes,
        references=references,
        statements=align_statements(articles, quotes),
        suggestions=resolution.suggestions,
    )
    return Reduced(corpus, resolution.unmatched)
