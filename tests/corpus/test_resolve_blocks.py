"""Names of a corpus that are gathered anew only where its articles are others come out as from nothing."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.corpus.resolve import Decisions, Drafts, Resolution, Things, resolve, resolve_quotes
from generator.model import Article
from tests.corpus.build import article, kept

TEXTS = (
    "The miller [P:Ali Hassan] spoke.",
    "The singer [P:Ali Hassan] spoke. Ms. [P:Dana Orr] sang.",
    "[P:Ali Hassan] spoke. Mr. [P:Dana Orr] left.",
    "[P:Orsolya Quendrill] spoke.",
    "Fog. [P~:Quendrill] paid. [P~:Quendrill] left the [O:Quendrill Bank].",
    "[O:Tarn University] and the [O:University of Tarn] met.",
    "[O:Tarn University] opened in [L:Port Ashby].",
    "The [O:University of Tarn] closed.",
    "The [O:Vellamo Water Board] (“[O:VWB]”) met in [L:Port Ashby].",
    "The [O:VWB] met. “It rained all day,” [P:Mara Lind] said.",
    "[P:Liu Yang] spoke of wheat and barley.",
    "[P:Liu Yang] sold wheat and barley.",
    "[P:Liu Yang] flew to the moon.",
    "“It rained all day,” said [P:Mara A. Lind].",
)

ARTICLES = [article(f"{number:02d}", text) for number, text in enumerate(TEXTS)]
THINGS = kept(ARTICLES)


def resolved(numbers: Sequence[int], drafts: Drafts | None = None) -> tuple[Resolution, object]:
    own: list[Article] = [ARTICLES[number] for number in numbers]
    things: list[Things] = [THINGS[number] for number in numbers]
    resolution = resolve(own, Decisions(), things, drafts)
    return resolution, (resolve_quotes(own, resolution), {one.id: resolution.placed.get(one.id) for one in own})


@given(st.lists(st.sets(st.integers(0, len(TEXTS) - 1)), min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_one_corpus_after_the_other_is_resolved_as_from_nothing(corpora: list[set[int]]) -> None:
    drafts = Drafts()
    for corpus in corpora:
        assert resolved(sorted(corpus), drafts) == resolved(sorted(corpus))


def test_universities_that_another_article_tells_apart_are_gathered_anew() -> None:
    drafts = Drafts()
    names = [
        {entity.name for entity in resolved(numbers, drafts)[0].entities}
        for numbers in ((6,), (6, 7), (6,), (5, 6), (6,), (5, 6, 7))
    ]
    assert names == [
        {entity.name for entity in resolved(numbers)[0].entities}
        for numbers in ((6,), (6, 7), (6,), (5, 6), (6,), (5, 6, 7))
    ]
    assert names[0] != names[3]


def test_an_entity_that_nothing_changed_is_the_same_object_wherever_its_mentions_stand_now() -> None:
    drafts = Drafts()
    before = {entity.id: entity for entity in resolved((3, 8, 13), drafts)[0].entities}
    mentions = {own: tuple(entity.mentions) for own, entity in before.items()}
    after = {entity.id: entity for entity in resolved((0, 3, 8, 9, 13), drafts)[0].entities}
    same = {own for own in before if after.get(own) is before[own]}
    assert {"person/orsolya-quendrill", "place/port-ashby"} <= same
    assert "organization/vellamo-water-board" not in same
    assert all(tuple(after[own].mentions) == mentions[own] for own in same)
