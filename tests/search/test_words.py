"""Words and stems: as documented, as published, and as the client has them."""

from __future__ import annotations

import re
from pathlib import Path

import snowballstemmer  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.search.stemmer import stem
from generator.search.words import fold, name_key, terms_of, words_of
from tests.search.client import Client

ROOT = Path(__file__).parent.parent.parent


def vocabulary() -> list[str]:
    """Every word of the texts that the project carries: some ten thousand."""
    texts = [*(ROOT / "generator/data").glob("*"), *(ROOT / "tests/gold").rglob("*.txt"), *ROOT.glob("*.md")]
    found = {
        word
        for path in texts
        if path.is_file()
        for word in re.findall("[a-z]{3,}", path.read_text(encoding="utf-8").lower())
    }
    return sorted(found)


def test_the_client_stems_as_the_index_does(client: Client) -> None:
    words = vocabulary()
    assert len(words) > 10_000
    assert client.ask(stems=words) == [stem(word) for word in words]


def test_stems_are_those_of_the_published_algorithm() -> None:
    published = snowballstemmer.stemmer("english")
    words = vocabulary()
    other = [word for word in words if stem(word) != published.stemWord(word)]
    # Versions of the published algorithm differ in a handful of words.
    assert len(other) < len(words) / 500, other


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(max_codepoint=0x3FFFF, exclude_categories=("Cs", "Cn", "Co", "Cc"))))
def test_the_client_reads_the_same_words(client: Client, text: str) -> None:
    assert client.ask(words=text) == [[word.folded, word.term] for word in words_of(text)]
    assert terms_of(text) == [(word.folded, word.term) for word in words_of(text)]


def test_case_diacritics_and_width_make_no_difference() -> None:
    for one, other in (("Díaz", "DIAZ"), ("Łódź", "lodz"), ("ＡＢＣ", "abc"), ("straße", "STRASSE"), ("ｶﾞ", "ガ")):
        assert fold(one) == fold(other)


def test_a_name_is_looked_up_whole() -> None:
    assert name_key("Kim Jong-un") == name_key("KIM JONG UN") == "kim jong un"
    assert name_key("U.N.") == "un"
