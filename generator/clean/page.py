"""The features of the lines of a page as each stage of the judgement reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from generator.clean.features import Look
from generator.clean.place import around, beside

_CREDIT_ALONE = re.compile(r"[A-Z][\w.’'-]{1,20}(?: [A-Z][\w.’'-]{1,20}){0,3} ?/ ?[A-Z][\w.’' -]{1,40}")
# What the first stage is this sure of no longer bounds the article for the second.
_DOUBTED = 0.7
# Before anything is known: of the paragraphs on pages about one in seven is the page's, of the short lines two in five.
_PRIOR, _PRIOR_SHORT = 0.15, 0.4

Rows = list[dict[str, float]]


def first_rows(looks: Sequence[Look], gaps: Sequence[bool], removed: Sequence[bool]) -> Rows:
    """The features that the first stage reads of each line: its own, and those of its place and page.

    `gaps` says whether a blank line stands before each line; `removed` which lines a rule took already.
    """
    return _rows(looks, gaps, removed, [_PRIOR if seen.prose else _PRIOR_SHORT for seen in looks])


def second_rows(looks: Sequence[Look], gaps: Sequence[bool], removed: Sequence[bool], known: Sequence[float]) -> Rows:
    """The features that the second stage reads; `known` is how likely the first one takes each line for furniture."""
    rows = _rows(looks, gaps, removed, known)
    ties = _ties(looks, known, rows)
    return [{**row, **beside(known, index), **ties[index]} for index, row in enumerate(rows)]


def _ties(looks: Sequence[Look], known: Sequence[float], rows: Rows) -> Rows:
    """What each line has in common with the paragraphs of the article: names, and words that tell what it is about."""
    names: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    page: set[str] = set()
    story = [
        seen.prose and chance < _DOUBTED and "in-middle" in row
        for seen, chance, row in zip(looks, known, rows, strict=True)
    ]
    for seen, inside, chance in zip(looks, story, known, strict=True):
        if inside:
            names.update(seen.names)
            topics.update(seen.topics)
        elif chance >= _DOUBTED:
            page.update(seen.names)
    found: Rows = []
    for seen, inside, place in zip(looks, story, rows, strict=True):
        # A paragraph does not bear witness for itself.
        itself = int(inside)
        shared = sum(names[word] > itself for word in seen.names)
        common = sum(topics[word] > itself for word in seen.topics)
        row = {"topic-share": common / max(len(seen.topics), 1)}
        if seen.names:
            row["named-share"] = shared / len(seen.names)
            row["names-shared" if shared else "names-strange"] = 1.0
        if seen.short:
            row["short-topic-share"] = row["topic-share"]
        if seen.prose and "in-middle" not in place:
            row["out-prose-topic-share"] = row["topic-share"]
            row["out-prose-shared" if shared else "out-prose-strange"] = 1.0
        if page and seen.names:
            row["page-named"] = sum(word in page and not names[word] > itself for word in seen.names) / len(seen.names)
        found.append(row)
    return found


def _rows(looks: Sequence[Look], gaps: Sequence[bool], removed: Sequence[bool], doubted: Sequence[float]) -> Rows:
    placed = around(looks, gaps, removed, doubted)
    rows: Rows = []
    for index, (seen, place) in enumerate(zip(looks, placed, strict=True)):
        row = {**seen.own, **place}
        for name, at in (("credit-before", index - 1), ("credit-after", index + 1)):
            if 0 <= at < len(looks) and is_credit(looks[at]):
                row[name] = 1.0
        media = [at for at in (index - 1, index + 1) if 0 <= at < len(looks) and "has-media" in looks[at].own]
        row["media-near"] = len(media) / 2
        if "question" in seen.own and "in-tail" in place:
            row["question-in-tail"] = 1.0
        if "pictured" in seen.own and not seen.own.get("spoken"):
            row["pictured-unspoken"] = 1.0
        rows.append(row)
    return rows


def is_credit(seen: Look) -> bool:
    """Whether the line says who took a picture."""
    return len(seen.text) <= 90 and (
        ("credited" in seen.own and not seen.prose) or _CREDIT_ALONE.fullmatch(seen.text) is not None
    )
