"""Which candidates stand where they overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from generator.annotate.mentions.candidate import Candidate

ORDER = ("byline", "in-context", "institution", "gazetteer", "title", "ending", "head", "korean-name", "chinese-name")
"""Between equal stretches of equal trust: the rule that says most (a key, a title) first; others after these."""


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates of one passage that do not overlap, in order: most trusted, then longest, then likeliest first."""
    ranked = sorted(
        candidates,
        key=lambda one: (-one.trust, one.start - one.end, -one.score, _order(one.rule), one.start, one.type, one.key),
    )
    starts: list[int] = []
    kept: list[Candidate] = []
    for candidate in ranked:
        at = bisect_left(starts, candidate.start)
        if at < len(kept) and kept[at].start < candidate.end:
            continue
        if at and kept[at - 1].end > candidate.start:
            continue
        starts.insert(at, candidate.start)
        kept.insert(at, candidate)
    return kept


def _order(rule: str) -> int:
    return ORDER.index(rule) if rule in ORDER else len(ORDER)
