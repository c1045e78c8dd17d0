"""Names that the words around them introduce, and what looks like one and is none."""

from __future__ import annotations

import pytest

from generator.aligned import AlignedText
from generator.annotate.mentions.candidate import Passage
from generator.annotate.mentions.introduced import find_introduced
from generator.annotate.mentions.lexicon import load_lexicon
from generator.model import Zone


def introduced(text: str) -> list[tuple[str, str]]:
    view = AlignedText.verbatim(text, 0)
    found = find_introduced(Passage.of(Zone("body", view, view, 1)), load_lexicon())
    return sorted({(text[one.start : one.end], one.type) for one in found})


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("The flight of the airline Orlavia Blue was late.", "Orlavia Blue", "organization"),
        ("It was built by the state trader Tarnexport of Orla.", "Tarnexport", "organization"),
        ("The indigenous federation TARNA blocked the road.", "TARNA", "organization"),
        ("They were held in the Orlamar prison since March.", "Orlamar", "place"),
        ("Flights of OrlaWings were late.", "OrlaWings", "organization"),
        ("Petrotarn halted pumping.", "Petrotarn", "organization"),
        ("ORLA, April 8, 2026 /TidePoint/ -- The firm said so.", "TidePoint", "organization"),
        ("ORLA (Tarn Business News) - The port is open.", "Tarn Business News", "organization"),
    ],
)
def test_a_name_is_what_the_words_beside_it_call_it(text: str, name: str, type_: str) -> None:
    assert (name, type_) in introduced(text)


@pytest.mark.parametrize(
    "text",
    [
        "The builder Ida Hale said so.",
        "He left the party Friday and the company Monday.",
        "McDonald and DeSantis met MacTavish in the old prison.",
        "Petroleum and petrol are dear, and Petrova is not.",
        "The union President spoke of a British airline.",
        "Write to info@OrlaWings.example or see www.OrlaWings.example/x.",
    ],
)
def test_what_looks_like_an_introduction_is_none(text: str) -> None:
    assert introduced(text) == []
