"""Leaders whom the press names by surname alone."""

from __future__ import annotations

import pytest

from tests.corpus.build import resolved


def keys(text: str) -> set[str]:
    resolution, _ = resolved(text)
    return {entity.key for entity in resolution.entities if entity.type == "person"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[P:Merkel], the chancellor, spoke in [L:Germany=place:DE].", "person:angela-merkel"),
        ("The president was in [L:France=place:FR]. [P:Macron] spoke.", "person:emmanuel-macron"),
    ],
)
def test_a_rare_surname_with_country_and_office_is_the_leader(text: str, key: str) -> None:
    assert keys(text) == {key}


@pytest.mark.parametrize(
    "text",
    [
        "The president was in the [L:United States=place:US]. [P:Clinton] spoke.",
        "[P:Merkel] painted houses by the sea.",
        "[P:Merkel] painted houses in [L:Germany=place:DE].",
    ],
)
def test_two_bearers_or_no_context_leave_it_open(text: str) -> None:
    assert keys(text) == set()


def test_somebody_of_that_surname_in_the_article_comes_first() -> None:
    text = "[P:Ida Merkel] met the chancellor of [L:Germany=place:DE]. [P:Merkel] waved."
    assert keys(text) == {""}
