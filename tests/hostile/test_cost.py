"""200,000 characters of what makes readers of Markdown slow: a second for a seed's whole way, and in proportion."""

from __future__ import annotations

import time

import markdown
import pytest

from generator import clean, describe, read
from generator.annotate.recognizer import Recognizer, load_recognizer
from generator.corpus.resolve import Decisions
from generator.pages import SiteFacts, build_pages
from generator.pipeline.analyse import annotate
from generator.pipeline.reduce import reduce
from generator.read.limits import Limits
from tests.encode.rendered import PROJECT
from tests.growth import SQUARE, growth

STORY = (
    "The harbour opens\n\nThe harbour of Sandport opened on May 1, 2021. {} The mayor said “it is good” on Monday.\n"
)
UNITS = (
    "[",
    "![",
    "<a ",
    ">",
    "> ",
    "`",
    "*",
    "_ ",
    "&",
    "(",
    "{",
    '"',
    "“",
    "\\",
    "|",
    "~",
    "#",
    "-",
    "<!--",
    "&#60;",
    "http://",
)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    recognizer = load_recognizer(None)
    work("Sandport", recognizer)
    return recognizer


def work(text: str, recognizer: Recognizer) -> None:
    """Everything that a build does with a seed of this text."""
    seed = read.read_seed("a.txt", STORY.format(text).encode(), None, Limits())
    annotated = annotate(describe.describe(clean.clean(seed, frozenset()), "a"), recognizer)
    for page in build_pages(reduce([annotated], Decisions()).corpus, SiteFacts()).values():
        markdown.markdown(page.decode("utf-8"), extensions=PROJECT)


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_run_costs_little_and_no_more_than_its_length(recognizer: Recognizer, unit: str) -> None:
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        work((unit * 200_000)[:200_000], recognizer)
        best = min(best, time.process_time() - begin)
        if best < 1:
            break
    # A second on a machine of its own; half a second more for one that others use as well.
    assert best < 1.5
    assert growth(lambda text: work(text, recognizer), unit) < SQUARE
