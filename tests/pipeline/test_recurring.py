"""Lines that recur are the same whether seeds are read or remembered."""

from __future__ import annotations

import random
from textwrap import wrap

from generator.pipeline.recurring import FURNITURE_LENGTH, Lines, find_recurring


def test_a_line_counts_once_for_each_seed_and_recurs_from_the_third_on() -> None:
    texts = ["Share  this\nShare this\ntext", "Share this\nmore", "\tShare this", "more\n\n", "text"]
    found = find_recurring([Lines.of(text) for text in texts], {})
    assert found.furniture == (*[frozenset({"Share this"})] * 3, frozenset(), frozenset())
    assert sorted(found.repeated.values()) == ["Share this", "more", "text"]


def test_a_long_line_is_no_furniture() -> None:
    texts = ["x" * FURNITURE_LENGTH, "y" * (FURNITURE_LENGTH + 1)]
    found = find_recurring([Lines.of("\n".join([*texts, own])) for own in "abc"], {})
    assert found.furniture == (frozenset(texts[:1]),) * 3


STORY = [f"{word} " * 30 for word in ("ferry", "harbour", "light")]
SHORT = "“Nobody was left on board,” Falk said."


def test_versions_of_one_story_are_one_story_and_lose_no_line() -> None:
    versions = ["\n".join([*STORY, SHORT, own]) for own in ("first", "second", "third")]
    assert find_recurring([Lines.of(text) for text in versions], {}).furniture == (frozenset(),) * 3
    assert find_recurring([Lines.of(SHORT + "\nShare")] * 3, {}).furniture == (frozenset(),) * 3
    # What stands in other stories as well is furniture of the versions, too.
    others = ["Share\nother", "Share\nmore"]
    furniture = find_recurring(
        [Lines.of(text + "\nShare") for text in versions] + [*map(Lines.of, others)], {}
    ).furniture
    assert furniture == (frozenset({"Share"}),) * 5


def test_copies_of_a_story_of_short_paragraphs_keep_them_whatever_stands_around() -> None:
    story = [
        "The harbour board of Marn approved a plan to rebuild the old breakwater on Monday.",
        "Work is to begin in spring and will cost 12 million euros, the board said in a statement.",
        "“We have waited for this for thirty years,” said Ola Brandt, who chairs the board.”",
    ]
    pages = ["\n".join([f"Paper {at}", *story, f"Printed in town {at}", "Share"]) for at in range(10)]
    assert find_recurring([Lines.of(page) for page in pages], {}).furniture == (frozenset(),) * 10


def test_copies_that_are_wrapped_and_joined_otherwise_are_one_story_and_keep_its_headline() -> None:
    story = (
        "The harbour board of Marn approved a plan to rebuild the old breakwater on Monday. "
        "Work is to begin in spring and will cost 12 million euros, the board said in a statement. "
        "“We have waited for this for thirty years,” said Ola Brandt, who chairs the board."
    )
    pages = ["\n".join(["Marn to rebuild breakwater", *wrap(story, width)]) for width in (40, 60, 80, 1000)]
    assert find_recurring([Lines.of(page) for page in pages], {}).furniture == (frozenset(),) * 4


def test_a_long_notice_makes_no_versions_of_what_a_house_publishes() -> None:
    pages = [f"{'notice ' * 40}\nShare\n{f'own {at} ' * 30}\n{f'more {at} ' * 30}" for at in range(3)]
    assert find_recurring([Lines.of(text) for text in pages], {}).furniture == (frozenset({"Share"}),) * 3


def test_a_notice_ties_no_short_articles_together() -> None:
    notice = (
        "The views expressed in this column are those of its author and not of the paper.\n"
        "Letters reach the desk at the old customs house on the quay until Friday noon.\n"
    )
    pages = [
        notice
        + "Share\n"
        + "".join(f"The {word} {at} was seen by all who stood on the northern mole.\n" for word in own)
        for at, own in enumerate((("ferry", "pilot"), ("crane", "diver"), ("light", "guard", "mate", "cook", "smith")))
    ]
    furniture = find_recurring([Lines.of(page) for page in pages], {}).furniture
    assert furniture == (frozenset({"Share", *notice.splitlines()}),) * 3


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
