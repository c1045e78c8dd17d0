"""Who is named where, as columns with a row for each mention: what is asked of all mentions, numpy answers at once.

Rows stand in the order of the corpus: entity by entity, and the mentions of each as it has them. Articles are numbered
in the order of their ids, sentences through all articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from generator.lazy.named import Numbers, edges_of, named_in
from generator.model import Annotated, Article, Corpus, Entity, Located, ResolvedQuote

Origin = Callable[[Annotated], str]
"""Says what a document follows from, where that is known: it takes less to compare than the document."""
# Offsets are below this, as bits: articles and places in them are sorted as one number.
PLACE = 32
_TYPES = {"person": 0, "organization": 1, "place": 2, "event": 3}


def unknown(annotated: Annotated) -> str:
    """What a document follows from where nothing is known of it."""
    return ""


class Bounds:
    """Where the sentences of each article begin and end: of an article of known origin it need not be read for that."""

    def __init__(self, origin: Origin = unknown, known: Mapping[str, bytes] | None = None) -> None:
        """`known` are those of the last build by origin."""
        self.origin = origin
        self._known = known or {}
        self.kept: dict[str, bytes] = {}
        """By origin, those that were asked for."""

    def of(self, article: Article) -> bytes:
        """Begin and end of each sentence in order, four bytes each."""
        origin = self.origin(article.annotated)
        found = self._known.get(origin) if origin else None
        if found is None:
            spans = sorted(article.annotated.sentences, key=attrgetter("start", "end"))
            found = np.array([(span.start, span.end) for span in spans], np.uint32).tobytes()
        if origin:
            self.kept[origin] = found
        return found


class Census:
    """The mentions of all entities of a corpus."""

    def __init__(self, corpus: Corpus, bounds: Bounds) -> None:
        self._bounds = bounds
        self.entities: Sequence[Entity] = corpus.entities
        self.number: Mapping[str, int] = {entity.id: number for number, entity in enumerate(corpus.entities)}
        """Entity id to its number."""
        self.articles: Sequence[Article] = sorted(corpus.articles, key=attrgetter("id"))
        self.place: Mapping[str, int] = {article.id: number for number, article in enumerate(self.articles)}
        """Article id to its number."""
        named = named_in(corpus.entities)
        self.located: Sequence[Located] = named.located
        self.edges = named.edges
        """Where the rows of each entity begin, and where they end."""
        self.entity = named.entity
        self.article = _column(map(self.place.get, named.ids, repeat(-1)), len(named.ids))[named.article]
        """-1: not in the corpus."""
        self.start, self.end = named.start, named.end
        self.type: npt.NDArray[np.uint8] = named.said(lambda kind: _TYPES[kind.type]).astype(np.uint8)
        """As a number. The analyst may have said that a name is of another type than its article takes it for."""
        self.shown: npt.NDArray[np.bool_] = named.paragraph >= 0
        """Whether the mention stands in a paragraph."""
        self._body: npt.NDArray[np.bool_] = named.said(lambda kind: kind.zone == "body")

    @cached_property
    def rank(self) -> Numbers:
        """The place of each entity by id."""
        ids = [entity.id for entity in self.entities]
        ranks = np.empty(len(ids), np.int64)
        ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        return ranks

    @cached_property
    def by_place(self) -> Numbers:
        """The rows by article, place in it, and id of the entity."""
        later = self.end * max(len(self.entities), 1) + self.rank[self.entity]
        ordered: Numbers = np.lexsort((later, self._at))
        return ordered

    @cached_property
    def _at(self) -> Numbers:
        return (self.article << PLACE) + self.start

    @cached_property
    def _placed(self) -> Numbers:
        return self._at[self.by_place]

    @cached_property
    def edges_by_place(self) -> Numbers:
        """Where the rows of each article begin in `by_place`, and where they end."""
        return np.searchsorted(self._placed, np.arange(len(self.articles) + 1) << PLACE)

    def rows_of(self, article: str) -> Numbers:
        """The rows of an article in the order of its text; none where it is not in the corpus."""
        number = self.place.get(article)
        if number is None:
            return np.empty(0, np.int64)
        return self.by_place[self.edges_by_place[number] : self.edges_by_place[number + 1]]

    @cached_property
    def _sentences(self) -> tuple[Numbers, Numbers, Numbers]:
        """Of each sentence article and begin as one number, and its end; of each article its first, then how many."""
        encoded = [self._bounds.of(article) for article in self.articles]
        first = edges_of(np.array([len(one) // 8 for one in encoded], np.int64))
        both = np.frombuffer(b"".join(encoded), np.uint32).astype(np.int64).reshape(-1, 2)
        article = np.repeat(np.arange(len(encoded)), np.diff(first))
        return (article << PLACE) + both[:, 0], both[:, 1], first

    @property
    def sentences(self) -> int:
        """How many sentences the articles have."""
        return int(self._sentences[2][-1])

    @cached_property
    def sentence(self) -> Numbers:
        """The sentence of each row; -1 where it is outside the body, or in none."""
        begins, ends, _ = self._sentences
        if not len(begins):
            return np.full(len(self.start), -1)
        found = np.searchsorted(begins, self._at, "right") - 1
        inside = self._body & (self.article >= 0) & (found >= 0)
        inside &= (begins[found] >> PLACE == self.article) & (self.start < ends[found])
        return np.where(inside, found, -1)

    def sentence_in(self, sentence: Numbers) -> tuple[Numbers, Numbers]:
        """Of sentences the article, and the number in it."""
        first = self._sentences[2]
        article = np.searchsorted(first, sentence, "right") - 1
        return article, sentence - first[article]

    def firsts(self, age: Mapping[str, int]) -> list[int]:
        """Of each entity which of its mentions in a paragraph stands first; -1 where none stands in one.

        `age` has the articles by number: those with a lower number come before others.
        """
        ages = np.array([age[article.id] for article in self.articles], np.int64)
        rows = np.flatnonzero(self.shown & (self.article >= 0))
        found = np.full(len(self.entities), -1, np.int64)
        if len(rows):
            begins = np.flatnonzero(np.diff(self.entity[rows], prepend=-1))
            at = (ages[self.article[rows]] << PLACE) + self.start[rows]
            least = np.repeat(np.minimum.reduceat(at, begins), np.diff(begins, append=len(rows)))
            # Of two in one place the later one is written first, and the first one over it.
            least_rows = rows[at == least][::-1]
            found[self.entity[least_rows]] = least_rows - self.edges[self.entity[least_rows]]
        numbers: list[int] = found.tolist()
        return numbers

    def within(self, quotes: Sequence[ResolvedQuote]) -> tuple[Numbers, Numbers]:
        """Entities, and numbers of those of `quotes` in which they are named by somebody else, by entity and number."""
        spans = [quote.quote.span for quote in quotes]
        article = _column((self.place.get(quote.article, -1) for quote in quotes), len(quotes))
        end = _column(map(attrgetter("end"), spans), len(spans))
        low = np.searchsorted(self._placed, (article << PLACE) + _column(map(attrgetter("start"), spans), len(spans)))
        high = np.searchsorted(self._placed, (article << PLACE) + end)
        speaker = _column((self.number.get(quote.speaker_entity, -1) for quote in quotes), len(quotes))
        number, place = ranges(low, np.where(article >= 0, np.maximum(high, low), low))
        row = self.by_place[place]
        named = (self.end[row] <= end[number]) & (self.entity[row] != speaker[number])
        both = distinct(self.entity[row[named]] * max(len(quotes), 1) + number[named])
        return np.divmod(both, max(len(quotes), 1))


def distinct(numbers: Numbers) -> Numbers:
    """Each of `numbers` once, in order."""
    ordered = np.sort(numbers)
    # `np.unique` looks them up in a table first, which takes thirty times as long.
    found: Numbers = ordered[np.concatenate((np.ones(min(len(ordered), 1), np.bool_), ordered[1:] != ordered[:-1]))]
    return found


def ranges(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """All numbers from each of `low` to the one before its `high`: the number of the range, and the number in it."""
    counts = high - low
    number: Numbers = np.repeat(np.arange(len(low)), counts)
    return number, np.arange(len(number)) - np.repeat(edges_of(counts)[:-1] - low, counts)


def _column(values: Iterator[int], count: int) -> Numbers:
    return np.fromiter(values, np.int64, count)
