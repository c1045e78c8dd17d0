"""The reduce over documents: dates anchored, versions found, entities resolved, events told, articles related."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.aligned import Span
from generator.corpus.chronicle import chronicle
from generator.corpus.dating import date_articles
from generator.corpus.fingerprint import find_versions
from generator.corpus.keypoints import Candidate
from generator.corpus.relate import relate
from generator.corpus.resolve import Decisions, resolve, resolve_quotes
from generator.corpus.statements import align_statements
from generator.corpus.wording import meant_mentions
from generator.model import Annotated, Corpus
from generator.pipeline.digests import Digests


@dataclass(frozen=True, slots=True)
class Reduced:
    """The corpus, and what of the analyst's decisions met nothing in it."""

    corpus: Corpus
    unmatched: tuple[str, ...]
    candidates: Mapping[str, Sequence[Candidate]]
    """The sentences that may be key points, by article id."""
    mentions: Mapping[str, Sequence[tuple[Span, str]]]
    """What each article names: (seed span, entity id) in order of place, by article id."""


def reduce(annotated: Sequence[Annotated], decisions: Decisions, digests: Digests | None = None) -> Reduced:
    """The corpus of `annotated` documents; equal input gives an equal corpus, whatever its order.

    `digests` are those of the documents, where they are known.
    """
    ordered = sorted(annotated, key=lambda one: one.document.id)
    known = digests or Digests.of(ordered)

    def parts(name: str) -> list[Any]:
        part = known.part(name)
        return [part[one.document.id] for one in ordered]

    articles = date_articles(ordered, parts("dated"))
    versions = find_versions(articles, parts("fingerprint"))
    resolution = resolve(articles, decisions, parts("things"))
    quotes = resolve_quotes(articles, resolution)
    mentions = meant_mentions(articles, resolution.meant)
    events = chronicle(articles, resolution.entities, parts("told"), mentions)
    links, references = relate(articles, resolution.entities, events, versions, parts("words"))
    worded = [one for own in parts("quotes") for one in own]
    corpus = Corpus(
        articles=articles,
        entities=resolution.entities,
        events=events,
        links=links,
        quotes=quotes,
        references=references,
        statements=align_statements(articles, quotes, worded, versions),
        suggestions=resolution.suggestions,
    )
    return Reduced(corpus, resolution.unmatched, known.part("candidates"), mentions)
