"""What the engine says in English is found in the catalogue, and said again in the language of the pages."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.data import read_tree
from generator.pages.reasons import LONGEST, told
from generator.pages.wording import Words, english
from generator.pages.words import basis_words, field_words, language_words, speaker_words
from tests.pages.test_language import MARK, pseudo

ENGINE = {key: str(text) for key, text in english().texts.items() if key.startswith("engine.")}
STAGES = Path(__file__).parent.parent.parent / "generator"
# Modules whose sentences readers see: why names are one, what ties articles, how dates were read.
SPEAKING = (
    *("corpus/fingerprint.py", "corpus/relate.py", "corpus/dating/anniversaries.py", "corpus/dating/bracket.py"),
    *("corpus/dating/clues.py", "corpus/dating/happenings.py", "corpus/dating/series.py", "corpus/resolve/bodies.py"),
    *("corpus/resolve/edges.py", "corpus/resolve/famous.py", "corpus/resolve/judge.py", "corpus/resolve/resolver.py"),
    *(
        "corpus/resolve/fullnames.py",
        "corpus/resolve/naming.py",
        "chronology/resolve.py",
        "describe/lede_title.py",
        "describe/thesaurus.py",
    ),
)


def unmarked(text: str) -> list[str]:
    return re.findall(rf"(?<![{MARK}\w])[^\W\d_]+", text)


@pytest.mark.parametrize("key", sorted(ENGINE))
def test_each_sentence_of_the_catalogue_is_found_again(key: str) -> None:
    said = re.sub(r"\{[a-z]+\}", "7", ENGINE[key])
    assert unmarked(told(said, pseudo())) == []
    assert told(said, english()) == said


def literals(path: Path) -> Iterator[str]:
    """What the module says: the constant parts of its strings that read like a sentence or a part of one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            piece = node.value.strip(" :;,.“”()")
            # Patterns and lists of words are for the program.
            if re.search(r"[a-z]{2,} [a-z]{2,}", piece) and not re.search(r"[\\|?\[\]*+]|^(?:\w+ ){12,}", piece):
                yield piece


@pytest.mark.parametrize("name", SPEAKING)
def test_what_a_stage_says_stands_in_the_catalogue(name: str) -> None:
    """A new reason has to be put there too: pages in other languages would otherwise show it in English."""
    known = "\n".join(ENGINE.values())
    assert [piece for piece in literals(STAGES / name) if piece not in known] == []


def test_reasons_within_reasons_and_beside_them_are_told_too() -> None:
    for text in (
        "two spellings of one name, one without the middle name; several well-known people fit",
        "surname; the document names one bearer",
        "The text tells of “1. 2” as past. This does not fit the other evidence and is set aside.",
        "Turns of phrase follow another language: “1”, “2”. Articles that do not fit their nouns say the same: “5”.",
        "The page's own language is taken to be Korean. Korean script is left in the page: “1”.",
        "6 in “1” and “2”; 7 in “3”",
    ):
        assert unmarked(told(text, pseudo())) == [], text


def test_and_within_a_name_stays_and_between_names_is_told() -> None:
    known = {"Bank of Lenn and Osterby", "Osterby", "Ada Morrow"}.__contains__
    assert told("both name Bank of Lenn and Osterby", pseudo(), known).endswith(" Bank of Lenn and Osterby")
    assert told("both name Ada Morrow and Osterby", pseudo(), known).endswith(f" Ada Morrow {MARK}and Osterby")


def test_what_the_catalogue_does_not_have_stays_as_it_is() -> None:
    for text in ("a fisherman in Osterby; he is named twice", "x" * (LONGEST + 1), "", "Mayor"):
        assert told(text, pseudo()) == text


def test_a_translation_may_turn_a_sentence_round() -> None:
    turned = replace(
        english(), texts={**english().texts, "engine.cites-newest": "Von {date} ist „{title}“, das es zitiert."}
    )
    assert told("It cites “The bridge” of 2030-03-03.", turned) == "Von 2030-03-03 ist „The bridge“, das es zitiert."


def test_rules_fields_languages_and_speakers_are_said_in_the_words_of_the_page() -> None:
    words = Words(
        {**english().texts, "rule.lede": "A", "field.url": "B", "language.ko": "C", "parts.unnamed": "D {who}"}
    )
    assert basis_words("lede", words) == "A"
    assert field_words("url", words) == "B"
    assert language_words("ko", words) == "C"
    assert speaker_words("unnamed: a guard", words) == "D a guard"
    assert speaker_words("Ada Morrow", words) == "Ada Morrow"


def test_every_measure_and_column_has_its_words_in_the_catalogue() -> None:
    """A measure that is added to the evaluation is added to the catalogue, under `measure`."""
    measures = set(read_tree("ui.en.yml")["measure"].values())
    assert sorted({str(row["measure"]) for row in read_tree("figures.json")} - measures) == []


@pytest.mark.parametrize(
    "piece", ["“a” dates this ", "both name ; both ", "The text tells of “", "x. ", "in “” and “”; "]
)
def test_hostile_text_is_told_without_delay(piece: str) -> None:
    words = pseudo()
    begin = time.process_time()
    told((piece * LONGEST)[:LONGEST], words)
    # No text is longer; a page has a dozen of them.
    assert time.process_time() - begin < 1
