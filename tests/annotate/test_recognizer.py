import pytest

from generator.annotate.recognizer import Recognizer, load_recognizer
from generator.errors import EnvironmentFault


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
