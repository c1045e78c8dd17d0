"""Related articles and resolved references.

Two articles are related by what they share: entities, weighed by how rare they are in the corpus; dated events; words
(TF-IDF); and versions found by the fingerprints. Candidates come from inverted indexes whose lists are capped, so the
work grows with the corpus, not with its square. Every link says in words what it rests on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from generator.corpus.nearness import Near, Sparse, near_pairs
from generator.corpus.vectors import Words, name_vectors, plain_title, share_held, word_vectors, words_of
from generator.corpus.wording import Stemmer, listed
from generator.model import Article, Entity, Event, Link, Reference, ResolvedReference

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
# Titles that differ in this part or less are one title: translations and retyped titles vary in a word or two.
_TITLE_SURE, _TITLE_WITH_DATE = 0.92, 0.75
# Titles of fewer content words match by chance.
_FEWEST_TITLE_WORDS = 3
# "As we reported on March 7" means the article of that day whose title the text has half the words of, two at least.
_TOLD_SHARE, _FEWEST_TOLD = 0.5, 2


@dataclass(frozen=True, slots=True)
class _Shared:
    """What two articles share beside names."""

    words: float
    """The cosine of their words."""
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of articles that are related enough, in order."""

    pairs: Sequence[tuple[int, int]]
    scores: Sequence[float]
    words: Sequence[float]
    lefts: npt.NDArray[np.int64]
    rights: npt.NDArray[np.int64]

    def shared(self, at: int, by_event: Mapping[tuple[int, int], Sequence[Event]]) -> _Shared:
        """What the pair shares beside names."""
        return _Shared(self.words[at], by_event.get(self.pairs[at], ()))

    def best(self) -> Iterator[list[int]]:
        """For each article that has any, its pairs, the highest score first."""
        sides = np.concatenate((self.lefts, self.rights))
        places = np.tile(np.arange(len(self.pairs)), 2)
        order = np.lexsort((places, -np.tile(np.array(self.scores), 2), sides)) if len(places) else places
        ends = (np.flatnonzero(np.diff(sides[order], append=-1)) + 1).tolist()
        ranked = places[order].tolist()
        begin = 0
        for end in ends:
            yield ranked[begin:end]
            begin = end


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
    by_event = _pairs_by_event({article.id: at for at, article in enumerate(articles)}, events)
    near = _scored(len(articles), kinship.named, kinship.worded, by_event)
    named = cache(kinship.names.mapping)
    kept: list[tuple[int, _Shared]] = []
    chosen: dict[int, bool] = {}
    for ties in near.best():
        found = 0
        for at in ties:
            if at not in chosen:
                left, right = near.pairs[at]
                common = near.shared(at, by_event)
                chosen[at] = _kin(common, named(left), named(right), entities)
                if chosen[at]:
                    kept.append((at, common))
            if chosen[at]:
                found += 1
                if found == _MOST_LINKS:
                    break
    links: list[Link] = []
    for at, common in sorted(kept, key=itemgetter(0)):
        left, right = near.pairs[at]
        reason = _reason(common, named(left), named(right), entities)
        weight = round(min(near.scores[at], 1.0), 4)
        links.extend(_both(Link(articles[left].id, articles[right].id, reason, weight)))
    return links


def _kin(common: _Shared, left: Mapping[int, float], right: Mapping[int, float], entities: Sequence[Entity]) -> bool:
    """Whether the two share more than one place or organisation, which may be where or who wrote."""
    if common.events or common.words >= 2 * _RELATED:
        return True
    names = [entities[name].type for name in left.keys() & right.keys()]
    return len(names) > 1 or names == ["person"]


def _scored(count: int, by_names: Near, by_words: Near, by_event: Mapping[tuple[int, int], Sequence[Event]]) -> _Pairs:
    """The pairs of articles that are related enough, with what each of their ties is worth."""
    told = np.array([left * count + right for left, right in by_event], dtype=np.int64)
    named = by_names.lefts * count + by_names.rights
    worded = by_words.lefts * count + by_words.rights
    pairs = np.unique(np.concatenate((named, told, worded[by_words.cosines >= 2 * _RELATED])))
    reports = np.array([len(both) for both in by_event.values()], dtype=np.float64)
    by_names_of, by_words_of, reported = (
        _looked_up(pairs, keys, values)
        for keys, values in ((named, by_names.cosines), (worded, by_words.cosines), (told, reports))
    )
    events = np.where(reported > 0, np.minimum(1.0, _ONE_EVENT + _MORE_EVENTS * (reported - 1)), 0.0)
    scores = _BY_NAMES * by_names_of + _BY_WORDS * by_words_of + _BY_EVENT * events
    enough = np.flatnonzero(scores >= _RELATED)
    pairs = pairs[enough]
    lefts, rights = (pairs // count, pairs % count) if count else (pairs, pairs)
    return _Pairs(
        list(zip(lefts.tolist(), rights.tolist(), strict=True)),
        scores[enough].tolist(),
        by_words_of[enough].tolist(),
        lefts,
        rights,
    )


def _looked_up(
    pairs: npt.NDArray[np.int64], keys: npt.NDArray[np.int64], values: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
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


def _reason(common: _Shared, left: Mapping[int, float], right: Mapping[int, float], entities: Sequence[Entity]) -> str:
    parts: list[str] = []
    if common.events:
        first = common.events[0]
        more = len(common.events) - 1
        rest = f" and {more} more dated {'event' if more == 1 else 'events'}" if more else ""
        parts.append(f"both report {first.date}: {first.title}{rest}")
    weights = {name: left[name] * right[name] for name in left.keys() & right.keys()}
    if weights:
        top = sorted(weights, key=lambda name: (-weights[name], entities[name].id))
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


def resolve_references(articles: Sequence[Article], words: Sequence[Words]) -> tuple[ResolvedReference, ...]:
    """The references with the articles that they mean, by title and date; `words` are those of the articles."""
    stemmer = Stemmer()
    titles = [plain_title(article.annotated.document.title.value) for article in articles]
    by_stem: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(words):
        for stem in one.title:
            by_stem[stem].append(at)
    resolved: list[ResolvedReference] = []
    by_day = _by_day(articles)
    for own, article in enumerate(articles):
        for stated in article.annotated.document.references:
            reference = _dated(stated, article)
            if not reference.title:
                told, share = _told_of(reference, own, articles, words, by_day)
                resolved.append(ResolvedReference(article.id, reference, told, share))
                continue
            candidates = _candidates(stemmer.stems(reference.title), by_stem)
            best = max(
                ((_agreement(reference, titles[at], articles[at]), -at) for at in candidates if at != own),
                default=(0.0, 0),
            )
            target = articles[-best[1]].id if best[0] >= _TITLE_WITH_DATE else ""
            resolved.append(ResolvedReference(article.id, reference, target, round(best[0], 4)))
    return tuple(resolved)


def _dated(reference: Reference, article: Article) -> Reference:
    """`as we reported on March 7` with the day that the words mean in this article, where that is known."""
    if reference.title or reference.date:
        return reference
    found = next((date.iso for date in article.dates if reference.span.covers(date.span) and date.iso), "")
    return replace(reference, date=found) if found else reference


def _by_day(articles: Sequence[Article]) -> Mapping[str, Sequence[int]]:
    days: dict[str, list[int]] = defaultdict(list)
    for at, article in enumerate(articles):
        if len(article.published.iso) >= len("2024-02-14"):
            days[article.published.iso[: len("2024-02-14")]].append(at)
    return days


def _told_of(
    reference: Reference,
    own: int,
    articles: Sequence[Article],
    words: Sequence[Words],
    by_day: Mapping[str, Sequence[int]],
) -> tuple[str, float]:
    """The one article of the day cited, of one outlet as far as both are stated, that the text tells of; how surely."""
    outlet = articles[own].annotated.document.outlet
    found: list[tuple[float, str]] = []
    for at in by_day.get(reference.date, ())[:_MOST_SHARED]:
        other = articles[at].annotated.document.outlet
        if at == own or (outlet and other and outlet.value.casefold() != other.value.casefold()):
            continue
        share = share_held(words[at].title, words[own])
        if share >= _TOLD_SHARE and share * len(words[at].title) >= _FEWEST_TOLD:
            found.append((share, articles[at].id))
    found.sort(reverse=True)
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return "", 0.0
    return found[0][1], round(found[0][0], 4)


def _candidates(stems: Sequence[str], by_stem: Mapping[str, Sequence[int]]) -> list[int]:
    distinct = set(stems)
    if len(distinct) < _FEWEST_TITLE_WORDS:
        return []
    shared = Counter(at for stem in distinct for at in by_stem.get(stem, ())[:_MOST_SHARED])
    return [at for at, count in shared.items() if count >= len(distinct) / 2]


def _agreement(reference: Reference, title: str, article: Article) -> float:
    """How surely the reference means the article: 0 to 1; 0 where the dates speak against it."""
    published = article.published.iso[:10]
    same_title = fuzz.token_sort_ratio(plain_title(reference.title), title) / 100
    if reference.date and published:
        known = min(len(reference.date), len(published))
        return same_title if reference.date[:known] == published[:known] else 0.0
    return same_title if same_title >= _TITLE_SURE else 0.0


def _cited(references: Iterable[ResolvedReference]) -> list[Link]:
    links: dict[tuple[str, str], Link] = {}
    for one in references:
        if one.resolved_article:
            dated = f" of {one.reference.date}" if one.reference.date else ""
            reason = f"cites “{one.reference.title}”{dated}" if one.reference.title else f"cites the report{dated}"
            link = Link(one.article, one.resolved_article, reason, one.score, "reference")
            links.setdefault((link.source, link.target), link)
    return list(links.values())
