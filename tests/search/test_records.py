"""What can be found of a corpus, and what cannot."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.search.inverted import invert
from generator.search.packing import batches, steady_batches
from generator.search.records import LAST_DAY, find_records
from tests.pages.fixture import corpus
from tests.search.making import addresses


@pytest.fixture(scope="module")
def stored() -> dict[str, list[list[Any]]]:
    records = find_records(corpus(), addresses(corpus()))
    names = ("articles", "entities", "quotes", "events")
    return {name: [record.stored for record in those] for name, those in zip(names, records.kinds, strict=True)}


def test_an_article_is_found_by_its_text_and_not_by_what_the_cleaning_removed(
    stored: dict[str, list[list[Any]]],
) -> None:
    courier = next(row for row in stored["articles"] if "courier" in row[0])
    assert "We have waited long enough" in json.dumps(courier)
    assert "ADVERTISEMENT" not in json.dumps(stored)


def test_an_entity_is_found_by_another_name_of_another_script() -> None:
    inverted = invert(find_records(corpus(), addresses(corpus())))
    assert "=박도 도윤 윤" in inverted.terms
    assert "=ada morrow" in inverted.terms
    assert "=morrow" not in inverted.terms


def test_undated_articles_fall_between_the_days_that_the_evidence_gives() -> None:
    records = find_records(corpus(), addresses(corpus()))
    spun = next(record for record in records.articles if "spun" in record.stored[0])
    assert spun.stored[2:4] == ["", "2031-05-02/2031-06-30"]
    assert 0 < spun.first < spun.last < LAST_DAY


def test_shards_keep_below_their_size_and_hold_everything() -> None:
    assert list(batches([3, 3, 3, 9, 1], 6)) == [(0, 2), (2, 3), (3, 4), (4, 5)]
    assert list(batches([], 6)) == []


def test_shards_that_hold_half_of_what_they_may_end_at_marks() -> None:
    marks = [False, True, False, True, False, False]
    assert list(steady_batches([3, 3, 3, 3, 3, 3], 12, marks)) == [(0, 3), (3, 6)]
    assert list(steady_batches([3, 3, 3, 3, 3, 3], 9, marks)) == [(0, 3), (3, 6)]
    assert list(steady_batches([1, 9, 3, 3, 3, 3], 12, marks)) == [(0, 2), (2, 6)]
