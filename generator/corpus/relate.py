"""Related articles and resolved references.

Two articles are related by what they share: entities, weighed by how rare they are in the corpus; dated events; words
(TF-IDF); and versions found by the fingerprints. Candidates come from inverted indexes whose lists are capped, so the
work grows with the corpus, not with its square. Every link says in words what it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.corpus.nearness import (
    Near,
    Numbers,
    Sparse,
    Weights,
    begins,
    distinct,
    falling,
    in_order,
    near_pairs,
    terms_in_common,
)
from generator.corpus.references import resolve_references
from generator.corpus.vectors import Words, name_vectors, word_vectors, words_of
from generator.corpus.wording import Stemmer, listed
from generator.model import Article, Entity, Event, Link, ResolvedReference

# At most this many related articles each: a reader follows a handful.
_MOST_LINKS = 8
# A name or word in more articles than this finds no candidates; it still counts where something else found the pair.
_MOST_SHARED = 120
# Shares of the score. Names say what a story is about; words tell two stories about one name apart; an event is proof.
_BY_NAMES, _BY_WORDS, _BY_EVENT = 0.45, 0.25, 0.3
# What the first dated event in common is worth, and each further one; three are as good as proof can be.
_ONE_EVENT, _MORE_EVENTS = 0.7, 0.15
# Below this two articles share a country and little else.
_RELATED = 0.12
# Names shown in a reason.
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of articles, in order."""

    lefts: Numbers
    rights: Numbers
    scores: Weights
    """How near they are."""
    words: Weights
    """The cosines of their words."""
    events: Numbers
    """How many dated events they share."""

    def of(self, places: Numbers) -> _Pairs:
        """Those that stand at these places."""
        return _Pairs(
            self.lefts[places], self.rights[places], self.scores[places], self.words[places], self.events[places]
        )


@dataclass(frozen=True, slots=True)
class Kinship:
    """What ties articles besides versions and events; the numbers are those of the articles."""

    references: tuple[ResolvedReference, ...]
    """As `resolve_references` finds them."""
    worded: Near
    """As `near_in_words` finds them."""
    names: Sparse
    """What each names: the number of an entity is its term."""
    named: Near
    """As `near_in_names` finds them."""


def relate(
    articles: Sequence[Article],
    entities: Sequence[Entity],
    events: Sequence[Event],
    versions: Sequence[Link],
    kinship: Kinship | None = None,
) -> tuple[tuple[Link, ...], tuple[ResolvedReference, ...]]:
    """The links between articles, and the references with the articles they mean.

    Every tie is given from both sides, but `reference` links only from the one that cites. In order of source, falling
    weight and target. Pairs that `versions` holds are not repeated as related. `kinship` is what ties the articles
    besides, where it is known.
    """
    if kinship is None:
        stemmer = Stemmer()
        words = [words_of(article.annotated.document, stemmer) for article in articles]
        names = names_of(articles, entities)
        kinship = Kinship(resolve_references(articles, words), near_in_words(words), names, near_in_names(names))
    links = [side for link in versions for side in _both(link)]
    links.extend(_cited(kinship.references))
    told = {pair for link in versions for pair in ((link.source, link.target), (link.target, link.source))}
    links.extend(
        link for link in _related(articles, entities, events, kinship) if (link.source, link.target) not in told
    )
    links.sort(key=lambda link: (link.source, -link.weight, link.target, link.kind))
    return tuple(links), kinship.references


def near_in_words(words: Sequence[Words]) -> Near:
    """Pairs of articles with many telling words in common; `words` are those of each."""
    return near_pairs(word_vectors(words), _MOST_SHARED)


def names_of(articles: Sequence[Article], entities: Sequence[Entity]) -> Sparse:
    """What each of the articles names, by how much it tells."""
    return name_vectors({article.id: at for at, article in enumerate(articles)}, entities)


def near_in_names(names: Sparse) -> Near:
    """Pairs of articles that name much the same; `names` is what each names."""
    return near_pairs(names, _MOST_SHARED)


def _both(link: Link) -> tuple[Link, Link]:
    return link, Link(link.target, link.source, link.reason, link.weight, link.kind)


# ── related ───────────────────────────────────────────────────────────────────────────────────────


def _related(
    articles: Sequence[Article], entities: Sequence[Entity], events: Sequence[Event], kinship: Kinship
) -> list[Link]:
    """The links from both sides, in order of source, falling weight and target."""
    by_event = _pairs_by_event({article.id: at for at, article in enumerate(articles)}, events)
    pairs = _nearest(_scored(len(articles), kinship.named, kinship.worded, by_event), kinship.names, entities)
    reasons = _reasons(pairs, by_event, kinship.names, entities)
    weights = [round(min(score, 1.0), 4) for score in pairs.scores.tolist()]
    ids = [article.id for article in articles]
    # From here on one link from each side of each pair.
    sources, targets = np.concatenate((pairs.lefts, pairs.rights)), np.concatenate((pairs.rights, pairs.lefts))
    rank = _ranks(ids)
    order = in_order(rank[targets])
    order = order[falling(rank[sources[order]], np.tile(np.array(weights), 2)[order])]
    sides = zip(sources[order].tolist(), targets[order].tolist(), (order % max(len(weights), 1)).tolist(), strict=True)
    return [Link(ids[source], ids[target], reasons[at], weights[at]) for source, target, at in sides]


def _ranks(names: Sequence[str]) -> Numbers:
    """The place of each of the names in their order."""
    ranks = np.zeros(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks


def _nearest(pairs: _Pairs, names: Sparse, entities: Sequence[Entity]) -> _Pairs:
    """Of the pairs that are kin those that are among the nearest of one of the two, in the same order."""
    kin = (pairs.events > 0) | (pairs.words >= 2 * _RELATED)
    asked = kin.copy()
    count = len(kin)
    # The nearest of each article first; of those equally near the pair that comes first.
    sides, places = np.column_stack((pairs.lefts, pairs.rights)).ravel(), np.repeat(np.arange(count), 2)
    ranked = falling(sides, pairs.scores[places])
    sides, places = sides[ranked], places[ranked]
    while True:
        nearest = np.arange(len(sides)) - begins(sides) < _MOST_LINKS
        among = np.zeros(count, dtype=bool)
        among[places[nearest]] = True
        chosen = np.flatnonzero(among)
        open_ones = chosen[~asked[chosen]]
        if not len(open_ones):
            return pairs.of(chosen)
        kin[open_ones] = _share_names(pairs.of(open_ones), names, entities)
        asked[open_ones] = True
        left = kin[places] | ~asked[places]
        sides, places = sides[left], places[left]


def _share_names(pairs: _Pairs, names: Sparse, entities: Sequence[Entity]) -> npt.NDArray[np.bool_]:
    """Whether two share more than one place or organisation, which may be where or who wrote."""
    people = np.array([entity.type == "person" for entity in entities], dtype=np.int64)
    whose, terms, _ = terms_in_common(names, pairs.lefts, pairs.rights)
    common = np.bincount(whose, minlength=len(pairs.lefts))
    persons = np.bincount(whose, weights=people[terms], minlength=len(pairs.lefts))
    return (common > 1) | (persons > 0)


def _scored(count: int, by_names: Near, by_words: Near, by_event: Mapping[tuple[int, int], Sequence[Event]]) -> _Pairs:
    """The pairs of articles that are related enough, with what each of their ties is worth."""
    told = np.array([left * count + right for left, right in by_event], dtype=np.int64)
    named = by_names.lefts * count + by_names.rights
    worded = by_words.lefts * count + by_words.rights
    pairs = distinct(np.concatenate((named, told, worded[by_words.cosines >= 2 * _RELATED])))
    reports = np.array([len(both) for both in by_event.values()], dtype=np.float64)
    by_names_of, by_words_of, reported = (
        _looked_up(pairs, keys, values)
        for keys, values in ((named, by_names.cosines), (worded, by_words.cosines), (told, reports))
    )
    events = np.where(reported > 0, np.minimum(1.0, _ONE_EVENT + _MORE_EVENTS * (reported - 1)), 0.0)
    scores = _BY_NAMES * by_names_of + _BY_WORDS * by_words_of + _BY_EVENT * events
    lefts, rights = (pairs // count, pairs % count) if count else (pairs, pairs)
    every = _Pairs(lefts, rights, scores, by_words_of, reported.astype(np.int64))
    return every.of(np.flatnonzero(scores >= _RELATED))


def _looked_up(pairs: Numbers, keys: Numbers, values: Weights) -> Weights:
    """The value of each of `pairs` among `keys`; 0 where it has none."""
    found = np.zeros(len(pairs))
    if len(keys):
        order = np.argsort(keys)
        places = np.minimum(np.searchsorted(keys[order], pairs), len(keys) - 1)
        met = keys[order][places] == pairs
        found[met] = values[order][places[met]]
    return found


def _pairs_by_event(number: Mapping[str, int], events: Sequence[Event]) -> dict[tuple[int, int], list[Event]]:
    pairs: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for event in events:
        members = sorted({number[one.article] for one in event.evidence if one.article in number})[:_MOST_SHARED]
        for at, right in enumerate(members):
            for left in members[max(0, at - _MOST_LINKS) : at]:
                pairs[left, right].append(event)
    return pairs


def _reasons(
    pairs: _Pairs,
    by_event: Mapping[tuple[int, int], Sequence[Event]],
    names: Sparse,
    entities: Sequence[Entity],
) -> list[str]:
    """What each of the pairs has in common, in words."""
    whose, terms, products = terms_in_common(names, pairs.lefts, pairs.rights)
    rank = _ranks([entity.id for entity in entities])
    order = in_order(rank[terms])
    order = order[falling(whose[order], products[order])]
    starts = np.searchsorted(whose[order], np.arange(len(pairs.lefts) + 1)).tolist()
    top = terms[order].tolist()
    reasons: list[str] = []
    both = zip(pairs.lefts.tolist(), pairs.rights.tolist(), starts[:-1], starts[1:], strict=True)
    for left, right, begin, end in both:
        parts: list[str] = []
        events = by_event.get((left, right), ())
        if events:
            more = len(events) - 1
            rest = f" and {more} more dated {'event' if more == 1 else 'events'}" if more else ""
            parts.append(f"both report {events[0].date}: {events[0].title}{rest}")
        if begin < end:
            shown = [entities[name].name for name in top[begin : min(end, begin + _SHOWN)]]
            more = end - begin - len(shown)
            rest = f" ({more} more {'name' if more == 1 else 'names'} in common)" if more else ""
            parts.append(f"both name {listed(shown)}{rest}")
        reasons.append("; ".join(parts or ("much the same words",)))
    return reasons


def _cited(references: Iterable[ResolvedReference]) -> list[Link]:
    links: dict[tuple[str, str], Link] = {}
    for one in references:
        if one.resolved_article:
            dated = f" of {one.reference.date}" if one.reference.date else ""
            reason = f"cites “{one.reference.title}”{dated}" if one.reference.title else f"cites the report{dated}"
            link = Link(one.article, one.resolved_article, reason, one.score, "reference")
            links.setdefault((link.source, link.target), link)
    return list(links.values())
