"""Marked articles of many kinds, read as seeds: how many names are found, how many that are found are right."""

from __future__ import annotations

from functools import cache

from generator.annotate.recognizer import load_recognizer
from tests.annotate.marked import FOLDER, Named, mentions_of, overlaps, read_marked, spans


@cache
def read_all() -> tuple[tuple[frozenset[Named], frozenset[Named]], ...]:
    """For each article the names marked and the names found."""
    recognizer = load_recognizer(None)
    pairs = []
    for path in sorted(FOLDER.glob("*.txt")):
        text, gold = read_marked(path)
        pairs.append((frozenset(gold), frozenset(spans(mentions_of(path.stem, text, recognizer)))))
    return tuple(pairs)


def test_most_names_are_found_whole() -> None:
    gold = sum(len(marked) for marked, _ in read_all())
    assert sum(len(marked & found) for marked, found in read_all()) / gold > 0.98


def test_what_is_found_is_marked() -> None:
    found = sum(len(names) for _, names in read_all())
    assert sum(len(marked & names) for marked, names in read_all()) / found > 0.98


def test_hardly_a_name_is_missed() -> None:
    gold = sum(len(marked) for marked, _ in read_all())
    met = sum(
        any(overlaps(one, other) and one[2] == other[2] for other in found)
        for marked, found in read_all()
        for one in marked
    )
    assert met / gold > 0.98
