import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.slug import LIMIT, slugify, unique_slugs


def test_names_become_readable_addresses() -> None:
    assert slugify("Miguel Díaz-Canel") == "miguel-diaz-canel"
    assert slugify("Workers’ Party of Vellamo") == "workers-party-of-vellamo"
    assert slugify("Vellamo's harbour office") == "vellamo-harbour-office"
    assert slugify("U.N. General Assembly") == "un-general-assembly"


def test_other_scripts_are_spelled_out() -> None:
    assert slugify("Владимир") == "vladimir"
    assert slugify("김종찬") == "gim-jong-chan"


def test_what_cannot_be_spelled_is_hashed_and_told_apart() -> None:
    assert slugify("!!!").startswith("x-")
    assert slugify("!!!") != slugify("???")


def test_names_that_windows_reserves_are_changed() -> None:
    assert slugify("CON") != "con"
    assert slugify("Aux") != "aux"


def test_long_names_are_cut_between_words() -> None:
    slug = slugify("harbour " * 40)
    assert len(slug) <= LIMIT
    assert set(slug.split("-")) == {"harbour"}


def test_a_limit_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        slugify("anything", 3)


@given(st.text(max_size=300))
def test_every_slug_is_safe_and_stable(text: str) -> None:
    slug = slugify(text)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
    assert len(slug) <= LIMIT
    assert slug == slugify(text)


@given(st.lists(st.sampled_from(["Ann Lee", "ann lee", "Bo", "!", "x" * 100]), max_size=12))
def test_namesakes_get_different_slugs_whatever_their_order(names: list[str]) -> None:
    named = [(f"id{number}", name) for number, name in enumerate(names)]
    slugs = unique_slugs(named)
    assert len(set(slugs.values())) == len(named)
    assert unique_slugs(reversed(named)) == slugs


def test_the_first_id_keeps_the_plain_slug() -> None:
    slugs = unique_slugs([("b", "Mara Lind"), ("a", "Mara Lind")])
    assert slugs["a"] == "mara-lind"
    assert slugs["b"].startswith("mara-lind-")


def test_an_id_may_not_occur_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        unique_slugs([("a", "One"), ("a", "Two")])
