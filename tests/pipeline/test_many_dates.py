"""What has more dates than a text can have is read in part, and the report says so."""

from __future__ import annotations

from collections.abc import Sequence

from generator import clean, describe, read
from generator.annotate.recognizer import RawEntity
from generator.model import Annotated
from generator.pipeline.work import annotate
from generator.read.limits import Limits


class NoNames:
    """Stands for the model, which has no part in this."""

    def entities(self, texts: Sequence[str]) -> list[list[RawEntity]]:
        return [[] for _ in texts]


def annotated(text: str) -> Annotated:
    seed = read.read_seed("ferries.txt", text.encode(), None, Limits())
    return annotate(describe.describe(clean.clean(seed, frozenset()), "ferries"), NoNames())


def test_a_table_of_dates_is_read_in_part_and_says_so() -> None:
    found = annotated("Ferries of Sandport\n\n" + "2 May\n" * 8000)
    [issue] = [issue for issue in found.document.issues if issue.code == "many-dates"]
    assert (issue.severity, issue.seed) == ("warning", "ferries.txt")
    assert f"{len(found.dates):,}" in issue.message


def test_an_article_says_nothing() -> None:
    found = annotated("Ferries of Sandport\n\nThe ferry left on 2 May 2021 and came back on Monday.\n")
    assert found.dates
    assert not [issue for issue in found.document.issues if issue.code == "many-dates"]
