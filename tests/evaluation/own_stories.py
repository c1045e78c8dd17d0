"""Scores of the stages over a corpus on the project's own gold: events, versions, statements, brackets.

tests/gold/stories holds articles of a few stories as seeds; expected.yml says what a reader of all of them would know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from generator.cache import Cache
from generator.corpus.resolve import Decisions
from generator.model import Corpus, Event
from generator.pipeline.analyse import Options, analyse
from generator.pipeline.gather import SeedFile
from generator.pipeline.reduce import reduce
from generator.read.limits import Limits
from tests.evaluation.measure import Measure

FOLDER = Path(__file__).parent.parent / "gold/stories"


@dataclass(frozen=True, slots=True)
class Counts:
    """Decisions that are right, of those found and of those wanted."""

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing was wanted and nothing found."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else 1.0


def read(folder: Path = FOLDER) -> tuple[Corpus, Mapping[str, Any]]:
    """The corpus of the gold's seeds, and what is expected of it."""
    seeds = [SeedFile(path.name, path.read_bytes()) for path in sorted(folder.glob("*.txt"))]
    analysis = analyse(seeds, Options(Limits()), Cache.none(), lambda done, total: None)
    expected: Mapping[str, Any] = yaml.safe_load((folder / "expected.yml").read_text("utf-8"))
    return reduce(analysis.annotated, Decisions()).corpus, expected


def _told(event: Event) -> set[str]:
    return {one.article for one in event.evidence}


def _matching(row: Mapping[str, Any], corpus: Corpus) -> list[Event]:
    """The events of the day that hold the row's words in title or evidence."""
    return [
        event
        for event in corpus.events
        if event.date == str(row["date"])
        and all(
            any(word in text for text in (event.title, *(one.text for one in event.evidence)))
            for word in row.get("words", ())
        )
    ]


def events(corpus: Corpus, expected: Mapping[str, Any]) -> Counts:
    """Pairs of event and article: each event that is found counts once for every article that tells of it."""
    right = found = wanted = 0
    for row in expected["events"]:
        own = set(row["articles"])
        best = max((_told(event) for event in _matching(row, corpus)), key=lambda told: len(told & own), default=set())
        right, found, wanted = right + len(own & best), found + len(best), wanted + len(own)
    return Counts(right, found, wanted)


def conflicts(corpus: Corpus, expected: Mapping[str, Any]) -> Counts:
    """Conflicts shown, of those that the articles hold; what is shown and not expected counts as found too."""
    shown = [(event.date, text) for event in corpus.events for text in event.conflicts]
    right = 0
    for row in expected["conflicts"]:
        right += any(
            date == str(row["date"]) and all(str(word) in text for word in row["says"]) for date, text in shown
        )
    # A conflict of days stands at both events.
    both = sum(1 for _, text in shown if "dates this" in text) // 2
    return Counts(right, len(shown) - both, len(expected["conflicts"]))


def versions(corpus: Corpus, expected: Mapping[str, Any]) -> Counts:
    """Pairs of versions."""
    found = {
        tuple(sorted((link.source, link.target))) for link in corpus.links if link.kind in ("version", "duplicate")
    }
    wanted = {tuple(sorted(pair)) for pair in expected["versions"]}
    return Counts(len(found & wanted), len(found), len(wanted))


def statements(corpus: Corpus, expected: Mapping[str, Any]) -> Counts:
    """Pairs of articles that report one statement."""

    def pairs(groups: list[set[str]]) -> set[tuple[str, ...]]:
        return {pair for group in groups for pair in combinations(sorted(group), 2)}

    found = pairs([{corpus.quotes[at].article for at in one.quotes} for one in corpus.statements])
    wanted = pairs([set(group) for group in expected["statements"]])
    return Counts(len(found & wanted), len(found), len(wanted))


def brackets(corpus: Corpus, expected: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Undated articles, and whether their bracket holds the days expected and is not a year wider."""
    published = {article.id: article.published for article in corpus.articles}
    for article, days in expected["bracketed"].items():
        one = published[article]
        yield article, [one.earliest, one.latest] == [str(day) for day in days]


def score(
    folder: Path = FOLDER, name: str = "own stories", floors: Sequence[float] = (0.95, 0.95, 0.95, 0.95)
) -> list[Measure]:
    """One measure for each of the stages."""
    corpus, expected = read(folder)
    stages = (
        ("events by article", events),
        ("conflicts shown", conflicts),
        ("versions", versions),
        ("statements", statements),
    )
    measures = []
    for (what, count), floor in zip(stages, floors, strict=True):
        counts = count(corpus, expected)
        measures.append(Measure(f"{name}: {what}, F1", counts.f1, floor, 0.9, None, counts.wanted))
    bracketed = list(brackets(corpus, expected))
    right = sum(good for _, good in bracketed)
    measures.append(Measure(f"{name}: brackets exact", right / len(bracketed), 1.0, 1.0, None, len(bracketed)))
    return measures


def score_unseen() -> list[Measure]:
    """The same on stories written after the rules; only the comparison of short quotations was made after them."""
    return score(FOLDER.with_name("stories-unseen"), "unseen stories", (0.95, 0.95, 0.95, 0.95))
