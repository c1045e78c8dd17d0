"""Lines that recur are the same whether seeds are read or remembered."""

from __future__ import annotations

import random

from generator.pipeline.recurring import FURNITURE_LENGTH, Lines, find_recurring


def test_a_line_counts_once_for_each_seed_and_recurs_from_the_third_on() -> None:
    texts = ["Share  this\nShare this\ntext", "Share this\nmore", "\tShare this", "more\n\n", "text"]
    found = find_recurring([Lines.of(text) for text in texts], {})
    assert found.furniture == (*[frozenset({"Share this"})] * 3, frozenset(), frozenset())
    assert sorted(found.repeated.values()) == ["Share this", "more", "text"]


def test_a_long_line_is_no_furniture() -> None:
    texts = ["x" * FURNITURE_LENGTH, "y" * (FURNITURE_LENGTH + 1)]
    found = find_recurring([Lines.of("\n".join(texts))] * 3, {})
    assert found.furniture == (frozenset(texts[:1]),) * 3


def test_seeds_that_are_remembered_share_what_they_would_share_if_read() -> None:
    dice = random.Random(3)  # noqa: S311 -- repeatable on purpose
    corpus = [f"{dice.choice('ab')} {dice.choice('ab')}\nown {at}" for at in range(9)]
    repeated = find_recurring([Lines.of(text) for text in corpus], {}).repeated
    for turn in range(60):
        # Some go, some come; the others are known by the digests of their lines.
        stay = [text for text in corpus if dice.random() < 0.8]
        come = ["\n".join([*dice.choices(["a a", "b a", "own 3"], k=2), f"own {turn}", "new"]) for _ in range(2)]
        read = find_recurring([Lines.of(text) for text in (*stay, *come)], {})
        known = [Lines(Lines.of(text).digests) for text in stay]
        assert find_recurring([*known, *map(Lines.of, come)], repeated) == read
        corpus, repeated = [*stay, *come], read.repeated
