"""What may not be published is not in the corpus that everything is made from."""

from __future__ import annotations

import re

import msgspec
import pytest

from generator.corpus.rights import EXCERPT_WORDS, MASK, Rights, withhold
from generator.lazy.named import plain
from generator.model import Corpus, Publish
from tests.building import corpus_of

FERRY = """Ferries sail again from Sandport

SANDPORT, March 3, 2021 (Coast News) - Ferries to Eastwick sailed again on Wednesday, the harbour office said.

Ilse Varga thanked the crews of both towns, the divers who worked through the winter, and the families who had written.

"We waited forty zephyrlike days for this morning, and for a boat that goes out and comes back," Varga told reporters.

The quixotic repair of the northern quay cost nine million, and the pilots of Eastwick paid for a tenth of it. Nobody
at the harbour office would say who pays for the rest, which the council has to settle before the summer.

Source: Coast News
"""
LANTERN = """The lantern festival of Eastwick drew a record crowd

EASTWICK, March 9, 2021 (Inland Post) - The lantern festival drew twelve thousand people on Tuesday. "The river was
kind to us," said Ilse Varga.
"""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_of({"ferry.txt": FERRY, "2020/lantern.txt": LANTERN})


def test_without_rules_nothing_changes(corpus: Corpus) -> None:
    assert withhold(corpus, Rights()).corpus is corpus


@pytest.mark.parametrize("level", ["excerpt", "metadata"])
def test_no_withheld_word_is_left_anywhere(corpus: Corpus, level: Publish) -> None:
    shown = msgspec.json.encode(withhold(corpus, Rights(seeds={"ferry.txt": level})).corpus, enc_hook=plain).decode()
    for word in ("zephyrlike", "quixotic", "northern quay", "council has to settle"):
        assert word not in shown
    assert ("sailed again on Wednesday" in shown) == (level == "excerpt")
    assert "record crowd" in shown
    assert "kind to us" in shown


def test_an_excerpt_is_whole_sentences_and_at_most_so_many_words(corpus: Corpus) -> None:
    ferry = next(one for one in withhold(corpus, Rights("excerpt")).corpus.articles if "ferry" in one.id)
    text = " ".join(zone.text.text for zone in ferry.annotated.document.body)
    assert text.endswith(".")
    assert 0 < len(text.split()) <= EXCERPT_WORDS


def test_the_first_words_of_an_endless_sentence_are_its_excerpt() -> None:
    endless = corpus_of({"list.txt": "Names of the pilots\n\n" + "and then the pilot " * 60 + "left."})
    article = withhold(endless, Rights("excerpt")).corpus.articles[0]
    assert len(" ".join(zone.text.text for zone in article.annotated.document.body).split()) == EXCERPT_WORDS


def test_facts_and_offsets_stay(corpus: Corpus) -> None:
    before = next(one for one in corpus.articles if "ferry" in one.id)
    after = next(one for one in withhold(corpus, Rights("metadata")).corpus.articles if "ferry" in one.id)
    document = after.annotated.document
    assert document.title == before.annotated.document.title
    assert document.published == before.annotated.document.published
    assert len(document.seed.text) == len(before.annotated.document.seed.text)
    assert MASK in document.seed.text
    named = {entity.name for entity in withhold(corpus, Rights("metadata")).corpus.entities}
    assert named == {entity.name for entity in corpus.entities}
    for mention in after.annotated.mentions:
        assert mention.paragraph is None
        assert re.sub(r"\s+", " ", document.seed.text[mention.span.start : mention.span.end]) == mention.surface


def test_a_seed_wins_over_its_source_and_the_stricter_of_two_holds(corpus: Corpus) -> None:
    def level(rights: Rights) -> Publish:
        return next(one.publish for one in withhold(corpus, rights).corpus.articles if "ferry" in one.id)

    assert level(Rights(sources={"COAST NEWS": "excerpt"})) == "excerpt"
    assert level(Rights(sources={"Coast News": "metadata"}, seeds={"ferry.txt": "full"})) == "full"
    assert level(Rights(seeds={"*": "excerpt", "f*": "metadata"})) == "metadata"


def test_a_rule_that_fits_nothing_is_named(corpus: Corpus) -> None:
    found = withhold(corpus, Rights(sources={"Hill Gazette": "excerpt"}, seeds={"nowhere/*": "excerpt", "*": "full"}))
    assert found.unmatched == ("Hill Gazette", "nowhere/*")


def test_quotes_events_and_statements_point_where_they_did(corpus: Corpus) -> None:
    kept = withhold(corpus, Rights(seeds={"ferry.txt": "metadata"})).corpus
    assert {one.article for one in kept.quotes} == {one.article for one in corpus.quotes if "lantern" in one.article}
    assert all(evidence.article != "ferry" for event in kept.events for evidence in event.evidence)
    assert all(quote < len(kept.quotes) for statement in kept.statements for quote in statement.quotes)


def test_no_phrase_of_a_withheld_text_stands_as_evidence_or_title() -> None:
    untitled = (
        "The zephyrlike ferries of Sandport carried everybody home before the storm, and the pilots of Eastwick "
        "waved from the quixotic pier, as they had done in every year that anybody there could think of.\n\n"
        "The harbour office would not say who had paid for the lanterns that hung from the northern quay. Its clerks "
        "had gone home, the books were shut, and the council of the town was to meet again when the\n"
    )
    whole = corpus_of({"untitled.txt": untitled})
    assert whole.articles[0].annotated.document.signals
    shown = msgspec.json.encode(withhold(whole, Rights("metadata")).corpus, enc_hook=plain).decode()
    for word in ("zephyrlike", "quixotic", "lanterns", "council"):
        assert word not in shown
