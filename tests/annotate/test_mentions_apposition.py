"""Names that the words beside them explain."""

from __future__ import annotations

from functools import cache

import pytest

from generator.annotate.mentions import find_mentions
from generator.annotate.recognizer import Recognizer, load_recognizer
from tests.evaluation.entities import document_of


@cache
def recognizer() -> Recognizer:
    return load_recognizer(None)


def named(text: str, type_: str) -> list[str]:
    _, mentions = find_mentions(document_of("test", text), recognizer())
    return [mention.surface for mention in mentions if mention.type == type_]


@pytest.mark.parametrize(
    ("text", "type_", "names"),
    [
        ("The work is done by Orlow Salvage, a unit of a Dutch firm.", "organization", ["Orlow Salvage"]),
        ("The seed was described in the journal Tides of the North.", "organization", ["Tides of the North"]),
        ("They shared the water of the Orlow and Brackwen rivers.", "place", ["Orlow", "Brackwen"]),
        ("Its spokesman, Yahor al-Brackwi, thanked them.", "person", ["Yahor al-Brackwi"]),
        ("The group's envoy, Ousme Tarn-Bal, came on Tuesday.", "person", ["Ousme Tarn-Bal"]),
        ("The strike was over, orlownews24.com reported.", "organization", ["orlownews24.com"]),
        ("Md. Rafiqul Orlow agreed with the court.", "person", ["Md. Rafiqul Orlow"]),
        ("Barrister Shirin Orlow argued the case.", "person", ["Shirin Orlow"]),
        (
            "Tor Vrell, who runs a bakery, came. Vrell said no. Tor Vrell left.",
            "person",
            ["Tor Vrell", "Vrell", "Tor Vrell"],
        ),
    ],
)
def test_what_the_text_itself_explains(text: str, type_: str, names: list[str]) -> None:
    assert named(text, type_) == names


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Ida Hale, a company director, came.", "organization"),
        ("He wrote to orlow@brackwen.com and saw www.brackwen.com today.", "organization"),
        ("The daily bread was sold out on Monday.", "organization"),
        ("The old and new rivers met.", "place"),
    ],
)
def test_what_only_looks_so(text: str, type_: str) -> None:
    assert named(text, type_) == []
