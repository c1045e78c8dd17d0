import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from thinc.api import Config

from bench.corpus import articles
from generator.annotate.library import SHARED, UNUSED, load
from generator.annotate.models import INSTALLED_NAMES
from generator.annotate.recognizer import Recognizer, _prose, load_recognizer
from generator.errors import EnvironmentFault

NOTHING = Language()
PIECES = st.sampled_from(["harbour ", "12 ", ". ", "é" * 61, "ab-", " " * 90, "- " * 60, "(" * 120, "x" * 230, "the\n"])


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return load_recognizer(None)


def test_a_missing_model_is_named_with_what_to_do() -> None:
    with pytest.raises(EnvironmentFault) as fault:
        load_recognizer("no_such_pipeline")
    assert "no_such_pipeline" in fault.value.message
    assert "pip install" in fault.value.remedy


def test_no_break_spaces_are_read_as_spaces_and_keep_offsets(recognizer: Recognizer) -> None:
    plain, hard = recognizer.entities(
        ["He flew to New York with Mary Hale.", "He flew to New\xa0York with Mary\xa0Hale."]
    )
    assert plain == hard
    assert plain


def test_only_what_finds_names_is_loaded(recognizer: Recognizer) -> None:
    assert recognizer.entities([]) == []
    assert "spacy" in recognizer.version
    assert not {"parser", "tagger", "lemmatizer"} & set(recognizer.components)


def test_a_model_read_in_part_reads_words_as_the_whole_one_does() -> None:
    name = next(name for name in INSTALLED_NAMES if spacy.util.is_package(name))
    whole, part = spacy.load(name, exclude=[*UNUSED, SHARED]), load(name)
    for one, other in ((part.tokenizer, whole.tokenizer), (part.get_pipe("ner"), whole.get_pipe("ner"))):
        assert _bytes(one) == _bytes(other)
    assert part.meta == whole.meta
    for _, text in articles(5):
        one, other = part(text), whole(text)
        features: list[int | str] = ["ORTH", "NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE", "IDX"]
        assert (one.to_array(features) == other.to_array(features)).all()
        assert [(name.text, name.label_) for name in one.ents] == [(name.text, name.label_) for name in other.ents]


def _bytes(part: Any) -> bytes:
    written: bytes = part.to_bytes(exclude=["vocab"])
    return written


def test_a_model_whose_tokenizer_is_its_own_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    name = next(name for name in INSTALLED_NAMES if spacy.util.is_package(name))
    known = spacy.util.load_config

    def other(path: Path) -> Config:
        config = known(path)
        config["nlp"]["tokenizer"] = {"@tokenizers": "somebody.Tokenizer.v1"}
        return config

    read: list[str] = []

    def load_whole(name: str, exclude: list[str]) -> Language:
        read.append(name)
        return NOTHING

    monkeypatch.setattr("generator.annotate.library.spacy.util.load_config", other)
    monkeypatch.setattr("generator.annotate.library.spacy.load", load_whole)
    assert load(name) is NOTHING
    assert read == [name]


def test_the_commands_of_spacy_are_read_when_somebody_asks_for_them() -> None:
    code = (
        "import sys\n"
        "from generator.annotate import library\n"
        "assert not [name for name in sys.modules if name.startswith('spacy.cli')]\n"
        "print(library.spacy.info(silent=True)['spacy_version'] == library.VERSION)\n"
        "assert 'spacy.cli.download' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "True\n", done.stderr


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_is_no_prose_is_found_wherever_it_stands(text: str) -> None:
    found = _prose(text)
    assert len(found) == len(text)
    blanked = re.sub(r"\S{201,}", lambda match: " " * len(match[0]), text) if len(text) > 200 else text
    words = [match.span() for match in re.finditer(r"(?<!\w)\w{3,60}(?!\w)", blanked)]
    edges = [0, *(place for span in words for place in span), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        gap = blanked[start:end]
        assert found[start:end] == (" " * len(gap) if len(gap) > 200 else gap)
    for start, end in words:
        assert found[start:end] == text[start:end]
