import pytest

from generator.corpus.resolve import Decisions, parse_decisions
from generator.errors import UsageError


def test_every_section_is_read() -> None:
    text = """
same:
  - [Kim Bo Ra, 김보라]
different:
  - [Otto Hale, Otto B. Hale]
rename:
  Kim Bo Ra: Kim Bo-ra
hide:
  - Local Time
type:
  Ostrow: place
ids:
  Kim Bo-ra: Q42
"""
    assert parse_decisions(text, "entities.yml") == Decisions(
        same=(("Kim Bo Ra", "김보라"),),
        different=(("Otto Hale", "Otto B. Hale"),),
        rename={"Kim Bo Ra": "Kim Bo-ra"},
        hide=("Local Time",),
        type={"Ostrow": "place"},
        ids={"Kim Bo-ra": "Q42"},
    )


def test_an_empty_file_and_empty_sections_decide_nothing() -> None:
    assert parse_decisions("", "entities.yml") == Decisions()
    assert parse_decisions("# nothing yet\nsame:\nhide:\n", "entities.yml") == Decisions()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("same:\n  - [Only One]\n", 2, "two names"),
        ("hide: Local Time\n", 1, "list"),
        ("joined:\n  - [A, B]\n", 1, "unknown section"),
        ("type:\n  Ostrow: town\n", 2, "no such type"),
        ("ids:\n  Ostrow: Paris\n", 2, "Wikidata"),
        ("rename:\n  - Ostrow\n", 2, "name: value"),
        ("hide: [a\n", 2, "not YAML"),
        ("hide: [a]\nhide: [b]\n", 2, "twice"),
        ("- a\n", 1, "name: value"),
        ("rename:\n  Ostrow:\n", 2, "needs a name"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(text: str, line: int, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_decisions(text, "entities.yml")
    assert f"entities.yml:{line}:" in caught.value.message
    assert words in caught.value.message
    assert caught.value.remedy
