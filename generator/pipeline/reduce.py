"""The reduce over documents: dates anchored, versions found, entities resolved, events told, articles related."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from generator.corpus.chronicle import chronicle
from generator.corpus.dating import Alone, dates_elsewhere, with_dates
from generator.corpus.fingerprint import find_versions
from generator.corpus.keypoints import Candidate, Once, Tip, key_points
from generator.corpus.nearness import Near, Sparse, Stored, restored, stored
from generator.corpus.references import resolve_references
from generator.corpus.relate import Kinship, names_of, near_in_names, near_in_words, relate
from generator.corpus.resolve import Decisions, resolve, resolve_quotes
from generator.corpus.statements import align_statements
from generator.corpus.vectors import Words
from generator.corpus.wording import Placement
from generator.model import Annotated, Article, Corpus, Evidence, Link, ResolvedReference, Statement
from generator.pipeline.aside import both_aside, made_aside
from generator.pipeline.digests import Digests
from generator.pipeline.marks import Mark
from generator.pipeline.points import Found, find_points, points_of, remembered, sources
from generator.pipeline.remembered import Remembered
from generator.recall import PointMemory
from generator.session import Session

# With fewer articles a second process takes longer to start than it saves.
PARALLEL_CORPUS = 250


@dataclass(frozen=True, slots=True)
class Reduced:
    """The corpus, and what of the analyst's decisions met nothing in it."""

    corpus: Corpus
    unmatched: tuple[str, ...]
    candidates: Mapping[str, Sequence[Candidate]]
    """The sentences that may be key points, by article id."""
    mentions: Mapping[str, Sequence[Placement]]
    """What each article names, in order of place, by article id."""
    points: Mapping[str, tuple[Evidence, ...]]
    """The key points of each article, by its id."""
    memory: PointMemory
    """What the next build need not find again."""
    once: Once | None = field(default=None, compare=False)
    """Remembers best sentences of the corpus's articles, where this process builds again."""


class _OfWords(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What follows from dates and words of the articles."""

    dates: dict[int, Alone]
    versions: tuple[Link, ...]
    references: tuple[ResolvedReference, ...]


class _OfNames(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What follows from who is named and who speaks in them, too."""

    names: Stored
    near: Stored
    statements: tuple[Statement, ...]
    points: list[Found]


def reduce(
    annotated: Sequence[Annotated],
    decisions: Decisions,
    digests: Digests | None = None,
    jobs: int = 1,
    memory: PointMemory | None = None,
    *,
    session: Session | None = None,
) -> Reduced:
    """The corpus of `annotated` documents; equal input gives an equal corpus, whatever its order.

    `digests` are those of the documents, where they are known. Where there may be several `jobs`, what the other stages
    need late or not at all is worked out beside them: dates and words while names are resolved, statements and key
    points while events are told. `memory` has key points of an earlier build,
    `session` is that of a process which builds more than once: it remembers parts of digests, entities and events.
    """
    ordered = sorted(annotated, key=lambda one: one.document.id)
    known = digests or Digests.of(ordered)
    before = memory or PointMemory()
    decoded = Remembered.of(session, len(ordered))
    jobs = jobs if len(ordered) >= PARALLEL_CORPUS else 1

    def parts(name: str, first: Any = None) -> list[Any]:
        return decoded.part(name, ordered, known, first)

    alone = tuple(
        Article(one, own.published, own.dates) for one, own in zip(ordered, parts("dated", Alone), strict=True)
    )
    decoded.have(("fingerprint", "words", "quotes"), ordered, known)
    words_in = cache(lambda: parts("words"))
    of_words = (lambda: _of_words(alone, parts, words_in()), _OfWords)
    near_words = (lambda: stored(near_in_words(words_in())), Stored)
    with both_aside(of_words, near_words, jobs) as (from_words, from_near):
        # Nobody's name depends on a date.
        resolution = resolve(alone, decisions, decoded.things(ordered, known), decoded.drafts)
        quotes = resolve_quotes(alone, resolution)
        words = from_words()
        articles = with_dates(alone, words.dates)
        marks = decoded.marks.of(articles, resolution.meant) if decoded.marks else None

        def of_names() -> _OfNames:
            candidates = known.part("candidates")
            vectors = names_of(articles, resolution.entities)
            worded = [one for own in parts("quotes") for one in own]
            points = find_points(
                articles,
                sources(articles, known, resolution.meant, words.dates),
                lambda one: key_points(one, resolution.placed.get(one.id, ()), candidates[one.id]),
                before,
                marks,
            )
            statements = align_statements(articles, quotes, worded, words.versions)
            return _OfNames(stored(vectors), stored(near_in_names(vectors)), statements, points)

        # Where events are remembered, telling them takes no longer than to start another process.
        with made_aside(of_names, _OfNames, jobs if decoded.annals is None else 1) as from_names:
            annals = (decoded.annals, marks) if decoded.annals and marks else None
            events = chronicle(articles, resolution.entities, parts("told"), resolution.placed, annals)
            named = from_names()
        kinship = Kinship(
            words.references,
            Near(*restored(from_near())),
            Sparse(*restored(named.names)),
            Near(*restored(named.near)),
        )
    links, references = relate(articles, resolution.entities, events, words.versions, kinship)
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
    return Reduced(
        corpus,
        resolution.unmatched,
        known.part("candidates"),
        resolution.placed,
        points_of(articles, named.points, marks),
        remembered(before.version, named.points),
        _once(articles, marks) if marks else None,
    )


def _once(articles: Sequence[Article], marks: Sequence[Mark]) -> Once:
    of_article = {one.id: mark for one, mark in zip(articles, marks, strict=True)}

    def once(article: Article, make: Callable[[Article], Tip | None]) -> Tip | None:
        return of_article[article.id].once("tip", make, article)

    return once


def _of_words(articles: Sequence[Article], parts: Callable[[str], list[Any]], words: Sequence[Words]) -> _OfWords:
    dates = dates_elsewhere([one.annotated for one in articles], parts("dated"))
    versions = find_versions((), parts("fingerprint"))
    # A citation may say no more than the day, which is the one that the whole corpus tells.
    references = resolve_references(with_dates(articles, dates), words)
    return _OfWords(dates, versions, references)
