import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.annotate.sentences import document_sentences, load_abbreviations, split_sentences
from generator.data import read_rows
from tests.evaluation.entities import document_of


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize("row", read_rows("abbreviations.csv"), ids=lambda row: row["word"])
def test_no_abbreviation_ends_its_example(row: dict[str, str]) -> None:
    assert sentences(row["example"]) == [row["example"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It poured.", ["It rained.", "It poured."]),
        ("He said, “We won.” Then he left.", ["He said, “We won.”", "Then he left."]),
        ("“Why now?” Mara Hale asked. Nobody knew.", ["“Why now?” Mara Hale asked.", "Nobody knew."]),
        ("It cost 3.5 million. Too much!", ["It cost 3.5 million.", "Too much!"]),
        ("He lives in the U.S. The mayor does too.", ["He lives in the U.S.", "The mayor does too."]),
        ("He joined the U.S. Army in May.", ["He joined the U.S. Army in May."]),
        ("J. R. Orr spoke. E. Hale sang.", ["J. R. Orr spoke.", "E. Hale sang."]),
        ("회담이 열렸다. 끝났다.", ["회담이 열렸다.", "끝났다."]),
        ("会談が開かれた。終わった。", ["会談が開かれた。", "終わった。"]),
        ("A line\nanother line", ["A line", "another line"]),
        ("He waited... and left.", ["He waited... and left."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="aA .!?”\"'\n。1한", max_size=200))
def test_sentences_are_in_order_and_lose_only_space(text: str) -> None:
    spans = split_sentences(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize("mark", ["[", '"', "<", " ", ". ", "1.", "!", "Mr. ", "。"])
def test_hostile_text_is_split_in_linear_time(mark: str) -> None:
    started = time.process_time()
    split_sentences(mark * (200_000 // len(mark)))
    assert time.process_time() - started < 1


def test_document_sentences_stay_in_their_paragraph() -> None:
    text = "Storm in Orla\nThe sea rose. Boats sank.\nAid came on Monday."
    document = document_of("storm", text)
    assert [text[span.start : span.end] for span in document_sentences(document)] == [
        "The sea rose.",
        "Boats sank.",
        "Aid came on Monday.",
    ]


def test_every_kind_of_abbreviation_is_used() -> None:
    known = load_abbreviations()
    assert all((known.before_name, known.before_number, known.maybe_end))
