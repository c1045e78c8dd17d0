"""Articles analysed without the model are as the engine would give them; reducing them costs by their number."""

from __future__ import annotations

import time

from bench.documents import documents
from generator.corpus.resolve import Decisions
from generator.pipeline.reduce import reduce

# Four times the articles are four times the work where it is linear, sixteen where it grows by the square.
_FOURFOLD = 7.0


def test_the_same_numbers_give_the_same_articles() -> None:
    assert list(documents(20)) == list(documents(20))
    assert list(documents(20, number=2)) != list(documents(20))


def test_what_is_marked_stands_where_it_is_marked() -> None:
    for one in documents(30):
        annotated = one.annotated
        text = annotated.document.seed.text
        assert annotated.mentions
        assert len(annotated.mentions) == len(one.meant)
        assert all(text[mention.span.start : mention.span.end] == mention.surface for mention in annotated.mentions)
        assert all(text[found.span.start : found.span.end] == found.surface for found in annotated.dates)
        assert all(text[quote.span.start : quote.span.end] == quote.text for quote in annotated.quotes)
        assert all(
            zone.text.text == text[zone.text.runs[0].start : zone.text.runs[-1].end]
            for zone in annotated.document.zones
        )


def test_people_are_resolved_as_they_are_meant() -> None:
    made = list(documents(60))
    corpus = reduce([one.annotated for one in made], Decisions()).corpus
    meant = {
        (one.annotated.document.id, mention.span): who
        for one in made
        for mention, who in zip(one.annotated.mentions, one.meant, strict=True)
    }
    people = [entity for entity in corpus.entities if entity.type == "person"]
    assert people
    for entity in people:
        assert len({meant[located.article, located.mention.span] for located in entity.mentions}) == 1, entity.name


def test_reducing_costs_in_proportion_to_the_articles() -> None:
    def cost(count: int) -> float:
        annotated = [one.annotated for one in documents(count)]
        begin = time.process_time()
        reduce(annotated, Decisions())
        return time.process_time() - begin

    cost(20)
    ratio = min(cost(480) / cost(120) for _ in range(2))
    assert ratio < _FOURFOLD


def test_the_order_of_the_articles_does_not_matter() -> None:
    annotated = [one.annotated for one in documents(60)]
    assert reduce(annotated, Decisions()) == reduce(annotated[::-1], Decisions())
