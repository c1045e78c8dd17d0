"""One statement in several wordings: quotations of different articles that report the same words.

A statement is translated twice, shortened, or spun; its content words mostly stay. Two quotations are taken
for one statement where the content words of the shorter are mostly among those of the longer, and nothing
holds them apart: two known speakers, or too few words to tell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.corpus.wording import Stemmer, numbers_in
from generator.model import Article, ResolvedQuote, Statement

# Fewer content words than this are a phrase that anybody may use ("we will see").
_FEWEST = 4
# The share of the shorter quotation's content words that the longer must have. Two translations of one sentence share
# about 60 to 80 per cent of their stems, a spun copy half, two statements on one subject by one speaker under 35.
_SHARED = 0.5
# Where nothing says that the speakers are one, the words alone must carry it.
_SHARED_UNKNOWN = 0.75
# Quotations compared with the ones before them that share a stem; it bounds the pairs where many share one.
_BEFORE = 20
# Pairs are looked for by the rarest words of each quotation: two wordings share one of six nearly always.
_RAREST = 6


def align_statements(articles: Sequence[Article], quotes: Sequence[ResolvedQuote]) -> tuple[Statement, ...]:
    """The statements that at least two articles report, each with the indexes of its quotations in `quotes`.

    In order of the first quotation. Linear in the number of quotations but for the pairs that share a rare word.
    """
    texts = _texts(articles, quotes)
    stemmer = Stemmer()
    words = [frozenset(stemmer.stems(text)) for text in texts]
    parent = list(range(len(quotes)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for left, right in _candidates(words):
        if quotes[left].article != quotes[right].article and _same(quotes, texts, words, left, right):
            parent[max(root(left), root(right))] = min(root(left), root(right))
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(quotes)):
        groups[root(at)].append(at)
    return tuple(
        Statement(next((quotes[at].speaker for at in group if quotes[at].speaker_entity), ""), tuple(group))
        for group in groups.values()
        if len({quotes[at].article for at in group}) > 1
    )


def _texts(articles: Sequence[Article], quotes: Sequence[ResolvedQuote]) -> list[str]:
    """The quotations as read: spun phrases as their likely originals."""
    zones = {
        (article.id, zone.paragraph): zone.reading for article in articles for zone in article.annotated.document.body
    }
    found: list[str] = []
    for resolved in quotes:
        reading = zones.get((resolved.article, resolved.quote.paragraph))
        view = reading.view_span(resolved.quote.span) if reading else None
        found.append(reading.text[view[0] : view[1]] if reading and view else resolved.quote.text)
    return found


def _candidates(words: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    spread = Counter(stem for stems in words for stem in stems)
    holders: Mapping[str, list[int]] = defaultdict(list)
    for at, stems in enumerate(words):
        if len(stems) >= _FEWEST:
            for stem in sorted(stems, key=lambda stem: (spread[stem], stem))[:_RAREST]:
                holders[stem].append(at)
    seen: set[tuple[int, int]] = set()
    for stem in sorted(holders):
        for number, right in enumerate(holders[stem]):
            for left in holders[stem][max(number - _BEFORE, 0) : number]:
                if (left, right) not in seen:
                    seen.add((left, right))
                    yield left, right


def _same(
    quotes: Sequence[ResolvedQuote], texts: Sequence[str], words: Sequence[frozenset[str]], left: int, right: int
) -> bool:
    one, other = quotes[left], quotes[right]
    two_speakers = one.speaker_entity and other.speaker_entity and one.speaker_entity != other.speaker_entity
    # An outlet is named as the speaker of what it relays, so what it relays may be the same statement.
    relayed = one.speaker_entity == other.via_entity or other.speaker_entity == one.via_entity
    if two_speakers and not relayed:
        return False
    known = bool(one.speaker_entity) and one.speaker_entity == other.speaker_entity
    if not known:
        # "Three people were injured" and "five people were injured" by nobody known are two reports, not one statement.
        first, second = numbers_in(texts[left]), numbers_in(texts[right])
        if first - second and second - first:
            return False
    shared = len(words[left] & words[right]) / min(len(words[left]), len(words[right]))
    return shared >= (_SHARED if known else _SHARED_UNKNOWN)
