"""Related articles and resolved references.

Two articles are related by what they share: entities, weighed by how rare they are in the corpus; dated events; words
(TF-IDF); and versions found by the fingerprints. Candidates come from inverted indexes whose lists are capped, so the
work grows with the corpus, not with its square. Every link says in words what it rests on.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import msgspec
import numpy as np
from rapidfuzz import fuzz

from generator.corpus.nearness import Near, near_pairs
from generator.corpus.wording import Stemmer, listed
from generator.model import Article, Document, Entity, EntityType, Event, Link, Reference, ResolvedReference

# At most this many related articles each: a reader follows a handful.
_MOST_LINKS = 8
# A name or word in more articles than this finds no candidates; it still counts where something else found the pair.
_MOST_SHARED = 120
# The words that tell most about an article.
_TOP_WORDS = 40
# Shares of the score. Names say what a story is about; words tell two stories about one name apart; an event is proof.
_BY_NAMES, _BY_WORDS, _BY_EVENT = 0.45, 0.25, 0.3
# Below this two articles share a country and little else.
_RELATED = 0.12
# Names shown in a reason.
_SHOWN = 4
# People and organisations say more about what two articles share than the countries in them.
_TYPE_WEIGHT = {"person": 1.5, "organization": 1.2, "event": 1.2, "place": 0.8}
# Titles that differ in this part or less are one title: translations and retyped titles vary in a word or two.
_TITLE_SURE, _TITLE_WITH_DATE = 0.92, 0.75
# Titles of fewer content words match by chance.
_FEWEST_TITLE_WORDS = 3

_SPACES = re.compile(r"[\W_]+")


class Words(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The content words of an article's body as read, and those of its title."""

    body: dict[str, int]
    """Stems by how often they stand there."""
    title: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What two articles share, with the score of each kind."""

    names: float = 0.0
    words: float = 0.0
    events: tuple[Event, ...] = ()

    @property
    def score(self) -> float:
        """0 to 1."""
        by_event = min(1.0, 0.7 + 0.15 * (len(self.events) - 1)) if self.events else 0.0
        return _BY_NAMES * self.names + _BY_WORDS * self.words + _BY_EVENT * by_event


def words_of(document: Document, stemmer: Stemmer) -> Words:
    """What `relate` asks of the words of a document."""
    counts = Counter(stem for zone in document.body for stem in stemmer.stems(zone.reading.text))
    return Words(dict(counts), tuple(sorted(set(stemmer.stems(_plain(document.title.value))))))


def relate(
    articles: Sequence[Article],
    entities: Sequence[Entity],
    events: Sequence[Event],
    versions: Sequence[Link],
    words: Sequence[Words] | None = None,
) -> tuple[tuple[Link, ...], tuple[ResolvedReference, ...]]:
    """The links between articles, and the references with the articles they mean.

    Every tie is given from both sides, but `reference` links only from the one that cites. In order of source, falling
    weight and target. Pairs that `versions` holds are not repeated as related. `words` are those of the articles, in
    their order, where they are known.
    """
    if words is None:
        stemmer = Stemmer()
        words = [words_of(article.annotated.document, stemmer) for article in articles]
    references = _resolve_references(articles, words)
    links = [side for link in versions for side in _both(link)]
    links.extend(_cited(references))
    told = {frozenset((link.source, link.target)) for link in versions}
    links.extend(
        link
        for link in _related(articles, entities, events, words)
        if frozenset((link.source, link.target)) not in told
    )
    return tuple(sorted(links, key=lambda link: (link.source, -link.weight, link.target, link.kind))), references


def _both(link: Link) -> tuple[Link, Link]:
    return link, Link(link.target, link.source, link.reason, link.weight, link.kind)


# ── related ───────────────────────────────────────────────────────────────────────────────────────


def _related(
    articles: Sequence[Article], entities: Sequence[Entity], events: Sequence[Event], words: Sequence[Words]
) -> list[Link]:
    number = {article.id: at for at, article in enumerate(articles)}
    names = _name_vectors(number, entities)
    by_event = _pairs_by_event(number, events)
    pairs, name_scores, word_scores = _scored(
        len(articles),
        near_pairs(names, _MOST_SHARED),
        near_pairs(_word_vectors([one.body for one in words]), _MOST_SHARED),
        by_event,
    )
    types = {entity.id: entity.type for entity in entities}
    best: dict[int, list[tuple[float, tuple[int, int]]]] = defaultdict(list)
    shared: dict[tuple[int, int], _Shared] = {}
    for pair, by_names, by_words in zip(pairs, name_scores, word_scores, strict=True):
        common = _Shared(by_names, by_words, tuple(by_event.get(pair, ())))
        score = common.score
        if score >= _RELATED:
            shared[pair] = common
            for side in pair:
                best[side].append((-score, pair))
    kept: set[tuple[int, int]] = set()
    kin: dict[tuple[int, int], bool] = {}
    for ties in best.values():
        found = 0
        for _, pair in sorted(ties):
            if pair not in kin:
                kin[pair] = _kin(shared[pair], names[pair[0]], names[pair[1]], types)
            if kin[pair]:
                kept.add(pair)
                found += 1
                if found == _MOST_LINKS:
                    break
    by_id = {entity.id: entity for entity in entities}
    links: list[Link] = []
    for pair in sorted(kept):
        left, right = pair
        reason = _reason(shared[pair], names[left], names[right], by_id)
        weight = round(min(shared[pair].score, 1.0), 4)
        links.extend(_both(Link(articles[left].id, articles[right].id, reason, weight)))
    return links


def _kin(
    common: _Shared, left: Mapping[str, float], right: Mapping[str, float], types: Mapping[str, EntityType]
) -> bool:
    """Whether the two share more than one place or organisation, which may be where or who wrote."""
    names = [types[name] for name in left if name in right]
    return bool(common.events) or len(names) > 1 or names == ["person"] or common.words >= 2 * _RELATED


def _name_vectors(number: Mapping[str, int], entities: Sequence[Entity]) -> list[dict[str, float]]:
    vectors: list[dict[str, float]] = [{} for _ in number]
    for entity in entities:
        # The agency of the credit line and the author of the byline do not make two stories kin.
        counts = Counter(
            number[located.article]
            for located in entity.mentions
            if located.article in number and located.mention.zone in ("body", "headline")
        )
        rarity = _rarity(len(counts), len(number)) * _TYPE_WEIGHT[entity.type]
        for at, count in counts.items():
            vectors[at][entity.id] = (1 + log(count)) * rarity
    return [_unit(vector) for vector in vectors]


def _word_vectors(counts: Sequence[Mapping[str, int]]) -> list[dict[str, float]]:
    spread = Counter(stem for one in counts for stem in one)
    rarity = {stem: _rarity(articles, len(counts)) for stem, articles in spread.items()}
    most = max((max(one.values()) for one in counts if one), default=0)
    often = [0.0, *(1 + log(count) for count in range(1, most + 1))]
    vectors: list[dict[str, float]] = []
    for one in counts:
        weighed = [(-often[count] * rarity[stem], stem) for stem, count in one.items()]
        vectors.append(_unit({stem: -weight for weight, stem in sorted(weighed)[:_TOP_WORDS]}))
    return vectors


def _rarity(spread: int, articles: int) -> float:
    # Smoothed inverse document frequency: what every article of a small corpus shares still counts for something.
    return log(1 + articles / max(spread, 1))


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def _scored(
    count: int, by_names: Near, by_words: Near, by_event: Iterable[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[float], list[float]]:
    """The pairs of articles that may be related, in order, with the cosines of their names and of their words."""
    told = np.array([left * count + right for left, right in by_event], dtype=np.int64)
    named = by_names.lefts * count + by_names.rights
    worded = by_words.lefts * count + by_words.rights
    pairs = np.unique(np.concatenate((named, told, worded[by_words.cosines >= 2 * _RELATED])))
    scores = [np.zeros(len(pairs)), np.zeros(len(pairs))]
    for keys, cosines, own in zip((named, worded), (by_names.cosines, by_words.cosines), scores, strict=True):
        if len(keys):
            order = np.argsort(keys)
            places = np.minimum(np.searchsorted(keys[order], pairs), len(keys) - 1)
            met = keys[order][places] == pairs
            own[met] = cosines[order][places[met]]
    both = zip((pairs // count).tolist(), (pairs % count).tolist(), strict=True) if count else ()
    return list(both), scores[0].tolist(), scores[1].tolist()


def _pairs_by_event(number: Mapping[str, int], events: Sequence[Event]) -> dict[tuple[int, int], list[Event]]:
    pairs: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for event in events:
        members = sorted({number[one.article] for one in event.evidence if one.article in number})[:_MOST_SHARED]
        for at, right in enumerate(members):
            for left in members[max(0, at - _MOST_LINKS) : at]:
                pairs[left, right].append(event)
    return pairs


def _reason(
    common: _Shared, left: Mapping[str, float], right: Mapping[str, float], entities: Mapping[str, Entity]
) -> str:
    parts: list[str] = []
    if common.events:
        first = common.events[0]
        more = len(common.events) - 1
        rest = f" and {more} more dated {'event' if more == 1 else 'events'}" if more else ""
        parts.append(f"both report {first.date}: {first.title}{rest}")
    weights = {name: left[name] * right[name] for name in left if name in right}
    if weights:
        top = sorted(weights, key=lambda name: (-weights[name], name))
        shown = [entities[name].name for name in top[:_SHOWN]]
        more = len(top) - len(shown)
        parts.append(
            f"both name {listed(shown)}"
            + (f" ({more} more {'name' if more == 1 else 'names'} in common)" if more else "")
        )
    if not parts:
        parts.append("much the same words")
    return "; ".join(parts)


# ── references ────────────────────────────────────────────────────────────────────────────────────


def _resolve_references(articles: Sequence[Article], words: Sequence[Words]) -> tuple[ResolvedReference, ...]:
    stemmer = Stemmer()
    titles = [_plain(article.annotated.document.title.value) for article in articles]
    by_stem: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(words):
        for stem in one.title:
            by_stem[stem].append(at)
    resolved: list[ResolvedReference] = []
    for own, article in enumerate(articles):
        for reference in article.annotated.document.references:
            candidates = _candidates(stemmer.stems(reference.title), by_stem)
            best = max(
                ((_agreement(reference, titles[at], articles[at]), -at) for at in candidates if at != own),
                default=(0.0, 0),
            )
            target = articles[-best[1]].id if best[0] >= _TITLE_WITH_DATE else ""
            resolved.append(ResolvedReference(article.id, reference, target, round(best[0], 4)))
    return tuple(resolved)


def _candidates(stems: Sequence[str], by_stem: Mapping[str, Sequence[int]]) -> list[int]:
    distinct = set(stems)
    if len(distinct) < _FEWEST_TITLE_WORDS:
        return []
    shared = Counter(at for stem in distinct for at in by_stem.get(stem, ())[:_MOST_SHARED])
    return [at for at, count in shared.items() if count >= len(distinct) / 2]


def _agreement(reference: Reference, title: str, article: Article) -> float:
    """How surely the reference means the article: 0 to 1; 0 where the dates speak against it."""
    published = article.published.iso[:10]
    same_title = fuzz.token_sort_ratio(_plain(reference.title), title) / 100
    if reference.date and published:
        known = min(len(reference.date), len(published))
        return same_title if reference.date[:known] == published[:known] else 0.0
    return same_title if same_title >= _TITLE_SURE else 0.0


def _plain(title: str) -> str:
    return _SPACES.sub(" ", title).strip().casefold()


def _cited(references: Iterable[ResolvedReference]) -> list[Link]:
    links: dict[tuple[str, str], Link] = {}
    for one in references:
        if one.resolved_article:
            reason = f"cites “{one.reference.title}”" + (f" of {one.reference.date}" if one.reference.date else "")
            link = Link(one.article, one.resolved_article, reason, one.score, "reference")
            links.setdefault((link.source, link.target), link)
    return list(links.values())
