"""The reduce over documents: dates anchored, versions found, entities resolved, events told, articles related."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from generator.aligned import Span
from generator.corpus.chronicle import chronicle
from generator.corpus.dating import date_articles
from generator.corpus.fingerprint import find_versions
from generator.corpus.keypoints import Candidate, key_points
from generator.corpus.nearness import Near
from generator.corpus.relate import near_in_words, relate
from generator.corpus.resolve import Decisions, resolve, resolve_quotes
from generator.corpus.statements import align_statements
from generator.corpus.wording import meant_mentions
from generator.model import Annotated, Corpus, Evidence, Link, Statement
from generator.pipeline.aside import aside
from generator.pipeline.digests import Digests

# With fewer articles a second process takes longer to start than it saves.
PARALLEL_CORPUS = 250


@dataclass(frozen=True, slots=True)
class Reduced:
    """The corpus, and what of the analyst's decisions met nothing in it."""

    corpus: Corpus
    unmatched: tuple[str, ...]
    candidates: Mapping[str, Sequence[Candidate]]
    """The sentences that may be key points, by article id."""
    mentions: Mapping[str, Sequence[tuple[Span, str]]]
    """What each article names: (seed span, entity id) in order of place, by article id."""
    points: Mapping[str, tuple[Evidence, ...]]
    """The key points of each article, by its id."""


class _OfWords(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What follows from the words of the articles."""

    versions: tuple[Link, ...]
    near: tuple[bytes, bytes, bytes]


class _OfNames(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What follows from who is named and who speaks in them, too."""

    statements: tuple[Statement, ...]
    points: dict[str, tuple[Evidence, ...]]


def reduce(
    annotated: Sequence[Annotated], decisions: Decisions, digests: Digests | None = None, jobs: int = 1
) -> Reduced:
    """The corpus of `annotated` documents; equal input gives an equal corpus, whatever its order.

    `digests` are those of the documents, where they are known. Where there may be several `jobs`, what the other stages
    need late or not at all is worked out beside them.
    """
    ordered = sorted(annotated, key=lambda one: one.document.id)
    known = digests or Digests.of(ordered)
    names = [one.document.id for one in ordered]
    jobs = jobs if len(ordered) >= PARALLEL_CORPUS else 1

    def parts(name: str) -> list[Any]:
        part = known.part(name)
        return [part[own] for own in names]

    def of_words() -> bytes:
        versions = find_versions((), parts("fingerprint"))
        return msgspec.msgpack.encode(_OfWords(versions, near_in_words(parts("words")).stored()))

    with aside(of_words, jobs) as outcome:
        articles = date_articles(ordered, parts("dated"))
        resolution = resolve(articles, decisions, parts("things"))
        quotes = resolve_quotes(articles, resolution)
        mentions = meant_mentions(articles, resolution.meant)
        worded = msgspec.msgpack.decode(outcome(), type=_OfWords)
    versions = worded.versions

    def of_names() -> bytes:
        statements = align_statements(articles, quotes, [one for own in parts("quotes") for one in own], versions)
        candidates = known.part("candidates")
        points = {one.id: key_points(one, mentions.get(one.id, ()), candidates[one.id]) for one in articles}
        return msgspec.msgpack.encode(_OfNames(statements, points))

    with aside(of_names, jobs) as outcome:
        events = chronicle(articles, resolution.entities, parts("told"), mentions)
        near = Near.restored(*worded.near)
        links, references = relate(articles, resolution.entities, events, versions, parts("words"), worded=near)
        named = msgspec.msgpack.decode(outcome(), type=_OfNames)
    corpus = Corpus(
        articles=articles,
        entities=resolution.entities,
        events=events,
        links=links,
        quotes=quotes,
        references=references,
        statements=named.statements,
        suggestions=resolution.suggestions,
    )
    return Reduced(corpus, resolution.unmatched, known.part("candidates"), mentions, named.points)
