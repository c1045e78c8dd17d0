"""Names found in whole arrays are those that spaCy finds; a pipeline of another kind is left to spaCy."""

import re
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from bench.corpus import articles
from generator.annotate.library import UNUSED
from generator.annotate.models import INSTALLED_NAMES
from generator.annotate.namefinder import CHUNK, KEPT, NameFinder
from generator.annotate.recognizer import Recognizer, load_recognizer

GOLD = Path(__file__).parent.parent


def loaded() -> Language:
    name = next(name for name in INSTALLED_NAMES if spacy.util.is_package(name))
    return spacy.load(name, exclude=[*UNUSED, "tok2vec"])


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return loaded()


@pytest.fixture(scope="module")
def finder(pipeline: Language) -> NameFinder:
    found = NameFinder.of(pipeline)
    assert found is not None
    return found


def by_spacy(pipeline: Language, texts: list[str]) -> list[list[tuple[int, int, str]]]:
    return [[(one.start_char, one.end_char, one.label_) for one in doc.ents] for doc in pipeline.pipe(texts)]


def paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]


def test_names_are_those_of_spacy_in_every_text_of_the_tests(finder: NameFinder, pipeline: Language) -> None:
    files = sorted(GOLD.rglob("*.txt"))
    names = 0
    for text in [path.read_text("utf-8", "replace") for path in files] + [text for _, text in articles(40)]:
        expected = by_spacy(pipeline, paragraphs(text))
        assert finder.names(paragraphs(text)) == expected
        names += sum(map(len, expected))
    assert names > 2000


TEXT = "Mary Hale of the Bank Tarn U.S. said 3 May 2021 can't ( ) “ ” - $5 million . , Seoul 김정은 New York 's é Inc."
WORDS = st.sampled_from([*TEXT.split(), "\n", "\t", "  ", "\ud7ff"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=60).map(" ".join), max_size=6))
def test_names_are_those_of_spacy_in_any_text(finder: NameFinder, pipeline: Language, texts: list[str]) -> None:
    assert finder.names(texts) == by_spacy(pipeline, texts)


def test_a_text_is_read_alike_wherever_it_stands(finder: NameFinder) -> None:
    text = "Mary Hale of the Bank of Tarn met John Ostrow in New York on 3 May 2021."
    alone = finder.names([text])
    assert alone[0]
    crowd = ["", "A list.", text, text, " ", "In Seoul, the Harbour Board of West Virginia said nothing to Mr. Pak."]
    assert finder.names(crowd)[2] == alone[0]
    assert finder.names([text] * (CHUNK // 10))[-1] == alone[0]


def test_names_do_not_depend_on_what_was_read_before(pipeline: Language) -> None:
    fresh, used = NameFinder.of(pipeline), NameFinder.of(pipeline)
    assert fresh is not None
    assert used is not None
    read = [paragraphs(text) for _, text in articles(25)]
    # More different words than are kept, at once and in turn.
    used.names([" ".join(f"Tarn{number}" for number in range(KEPT + 10))])
    for number in range(3):
        used.names([f"Orla{number}x{other} met Mary Hale." for other in range(KEPT // 2)])
    assert [used.names(texts) for texts in reversed(read)][::-1] == [fresh.names(texts) for texts in read]
    both = used.known.slots.keys() & fresh.known.slots.keys()
    assert len(both) > 500
    for key in both:
        one, other = used.known.slots[key], fresh.known.slots[key]
        assert (used.known.vectors[one] == fresh.known.vectors[other]).all()
        for mine, theirs in zip(used.known.products, fresh.known.products, strict=True):
            assert (mine[one] == theirs[other]).all()


def test_names_that_go_on_for_long_end_where_those_of_spacy_do(finder: NameFinder, pipeline: Language) -> None:
    long = "The Ministry of Agriculture , Fisheries , Food , Trade , Industry , Energy and the Environment of New Tarn"
    texts = [f"{long} said so.", f"He joined {long}", "it was", "no name here is to be found", long.upper()]
    assert finder.names(texts) == by_spacy(pipeline, texts)


def test_what_is_used_by_default_is_quick() -> None:
    assert load_recognizer(None).quick


def test_a_pipeline_of_another_kind_is_left_to_spacy(pipeline: Language) -> None:
    blank = spacy.blank("en")
    blank.add_pipe("ner").add_label("PERSON")  # type: ignore[attr-defined]  # a component is anything callable to spaCy
    blank.initialize()
    # A name finder without a convolutional model of spaCy's usual shape, or with something after it.
    ruled = spacy.blank("en")
    ruled.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Mary Hale"}])  # type: ignore[attr-defined]  # as above
    assert NameFinder.of(ruled) is None
    followed = loaded()
    followed.add_pipe("sentencizer", last=True)
    assert NameFinder.of(followed) is None
    text = "Mary Hale of the Bank of Tarn met John Ostrow in New York."
    stock, quick = Recognizer(followed), Recognizer(pipeline)
    assert not stock.quick
    assert stock.entities([text]) == quick.entities([text]) != [[]]


def test_names_that_differ_from_those_of_spacy_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = loaded()
    monkeypatch.setattr(NameFinder, "_near_ends", lambda _self, _affine, first, *_: first + 1)
    assert NameFinder.of(pipeline) is None


def test_a_new_version_of_spacy_is_looked_at_before_it_is_let_in() -> None:
    pinned = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert re.search(r'"spacy>=3\.8\.\d+,<3\.9"', pinned)
