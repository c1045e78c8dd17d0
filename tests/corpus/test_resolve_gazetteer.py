"""The gazetteer of well-known people, and the word lists that names are read with."""

import re
from typing import Any

import pytest

from generator.corpus.resolve.gazetteer import load_gazetteer
from generator.corpus.resolve.lexicon import load_lexicon
from generator.corpus.resolve.names import NameReader
from generator.data import read_rows, read_tree
from tests.corpus.build import meanings, names_of, resolved


def _bearers(name: str) -> list[str]:
    lexicon = load_lexicon()
    reader = NameReader(lexicon)
    return [bearer.known.name for bearer in load_gazetteer().bearers(reader.read(name), reader, lexicon)]


def test_rows_are_well_formed() -> None:
    rows = read_rows("persons.csv")
    countries = {row["id"].removeprefix("place:") for row in read_rows("countries.csv")}
    assert len(rows) >= 400
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"person:[a-z0-9-]+", row["id"]), row
        assert row["country"] in countries, row
        assert not row["wikidata"] or re.fullmatch(r"Q[1-9][0-9]*", row["wikidata"]), row
    identities = [row["wikidata"] for row in rows if row["wikidata"]]
    assert len(set(identities)) == len(identities)


def test_every_full_name_and_alias_means_its_own_row_alone() -> None:
    reader = NameReader(load_lexicon())
    for row in read_rows("persons.csv"):
        for name in (row["name"], *filter(None, (alias.strip() for alias in row["aliases"].split(";")))):
            if reader.read(name).full:
                assert _bearers(name) == [row["name"]], name


@pytest.mark.parametrize(
    ("name", "bearer"),
    [
        ("Kim Jeong-eun", "Kim Jong-un"),
        ("Olena Zelenska", ""),
        ("Volodymyr Zelenskyi", "Volodymyr Zelenskyy"),
        ("Kishida Fumio", "Fumio Kishida"),
        ("Abdulfattah al-Sissi", "Abdel Fattah el-Sisi"),
        ("Sergej Lavrov", "Sergey Lavrov"),
        ("习近平", "Xi Jinping"),
        ("Jinping Xi", "Xi Jinping"),
        ("John Terry", ""),
        ("Kim Jong-suk", ""),
    ],
)
def test_variants_find_their_bearer_and_others_do_not(name: str, bearer: str) -> None:
    assert _bearers(name) == ([bearer] if bearer else [])


def test_a_name_that_fits_two_means_neither() -> None:
    for name in ("George Bush", "Ferdinand Marcos"):
        assert len(_bearers(name)) == 2
        resolution, _ = resolved(f"[P:{name}] spoke in the United States and the Philippines.")
        assert resolution.entities[0].key == ""


def test_a_short_and_common_name_needs_the_office() -> None:
    resolution, _ = resolved("[P:Wang Yi] runs a noodle shop in China.")
    assert resolution.entities[0].key == ""
    resolution, _ = resolved("China's [P:Foreign Minister|Wang Yi] spoke.")
    assert resolution.entities[0].key == "person:wang-yi"


def test_those_known_by_one_name_are_found_after_their_office() -> None:
    resolution, articles = resolved("Brazil's [P:President|Lula] spoke. [P:Lula] left.", "[P:Lula] spoke.")
    assert [name for _, name in meanings(resolution, articles)[0]] == ["Luiz Inácio Lula da Silva"] * 2
    assert meanings(resolution, articles)[1] == [("Lula", "")]


def test_the_kin_of_somebody_says_nothing_of_the_one_named_after_of() -> None:
    resolution, _ = resolved("The sister of [P:Robin Quillan] spoke.", "[P:Mr.|Robin Quillan] left.")
    assert len(names_of(resolution)) == 1


def test_word_lists_hold_lower_case_words_only() -> None:
    def words(tree: Any) -> list[Any]:
        if isinstance(tree, dict):
            return [word for key, value in tree.items() for word in (key, *words(value))]
        return [word for part in tree for word in words(part)] if isinstance(tree, list) else [tree]

    for file in ("name_parts.yml", "org_parts.yml"):
        for word in words(read_tree(file)):
            assert isinstance(word, str), (file, word)
            assert word == word.lower(), (file, word)


def test_every_short_form_reaches_its_full_name() -> None:
    lexicon = load_lexicon()
    assert "robert" in lexicon.nicknames["bob"]
    assert {"samuel"} <= lexicon.nicknames["sam"]
    assert "sergei" in lexicon.spellings


def test_an_office_is_shown_with_its_country_or_with_its_body() -> None:
    for name, description in (
        ("Fumio Kishida", "Known as: prime minister (Japan)"),
        ("Ursula von der Leyen", "Known as: president of the European Commission"),
        ("Madeleine Albright", "Known as: secretary of state (United States)"),
    ):
        resolution, _ = resolved(f"[P:{name}] spoke.")
        assert resolution.entities[0].description == description


def test_the_head_of_a_body_is_found_by_office_where_the_body_is_named() -> None:
    text = "[P:Secretary-General|Guterres] spoke"
    resolution, articles = resolved(f"{text} at the United Nations.", f"{text} at the club.")
    assert [means[0][1] for means in meanings(resolution, articles)] == ["António Guterres", ""]


def test_no_name_of_two_universities_is_that_of_one_in_both_forms() -> None:
    for row in read_rows("institutions.csv"):
        names = {name.strip().lower() for name in (row["name"], *row["aliases"].split(";"))}
        for place in load_lexicon().two_universities:
            assert not {f"{place} university", f"university of {place}"} <= names, row["name"]
