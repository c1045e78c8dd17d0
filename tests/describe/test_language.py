from __future__ import annotations

import numpy as np
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bench.corpus import articles
from generator.describe import identifier as identifying
from generator.describe.identifier import LOOKALIKES, load_identifier
from generator.describe.language import find_language


@pytest.fixture(scope="module")
def narrowed() -> LanguageIdentifier:
    """The identifier that never had the languages which are not to be found, as its makers narrow it."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if code not in LOOKALIKES])
    return identifier


@pytest.mark.parametrize(
    "text",
    [
        *(text for _, text in articles(12)),
        "Wetin dey happen for the harbour today no be small matter, the people of the town talk am well well.",
        "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam Aquitani.",
        "La nova haveno de la urbo estis malfermita lundon, diris la urbestro al la ĵurnalistoj.",
        "Le port de la ville a rouvert lundi après la tempête, a annoncé la mairie.",
        "Гавань города снова открылась в понедельник, сообщила мэрия.",
        "港は月曜日に再開した。",
    ],
)
def test_languages_that_news_is_hardly_written_in_are_as_if_unknown(text: str, narrowed: LanguageIdentifier) -> None:
    code, share = load_identifier().classify(text)
    expected, expected_share = narrowed.classify(text)
    assert code == expected
    assert code not in LOOKALIKES
    assert share == pytest.approx(expected_share, abs=1e-5)


def test_tables_are_those_that_the_library_reads(narrowed: LanguageIdentifier) -> None:
    known, whole = load_identifier(), LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    assert np.array_equal(known.nb_ptc, whole.nb_ptc)
    assert known.nb_classes == whole.nb_classes
    for part in ("tk_nextmove", "tk_row", "tk_output"):
        assert getattr(known, part) == getattr(whole, part)
        assert type(getattr(known, part)) is type(getattr(whole, part))


def test_tables_in_a_form_that_is_not_known_are_left_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identifying, "_loaded", [])
    identifier = load_identifier(lambda _packed: b"no archive")
    assert identifier.classify("Le port de la ville a rouvert lundi après la tempête.")[0] == "fr"


def test_too_little_text_tells_no_language() -> None:
    assert find_language(["Kyiv 1991"]) is None
    assert find_language(["1,200 + 300"]) is None
