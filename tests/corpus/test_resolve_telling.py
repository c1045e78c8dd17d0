"""What sentences tell of people: pronouns, lists, bare surnames."""

from __future__ import annotations

from dataclasses import replace

from generator.corpus.resolve import Decisions, resolve
from generator.model import Field
from tests.corpus.build import article, names_of, resolved
from tests.growth import SQUARE, growth

_MAN = "[P:Robin Falk] was sworn in. He will hear his first case in May."
_WOMAN = "[P:Robin Falk] swam the strait. She said that her trainer had waited."


def test_two_of_one_name_of_whom_one_is_a_man_and_one_a_woman_are_two_and_suggested() -> None:
    resolution, _ = resolved(_MAN, _WOMAN)
    assert [one.name for one in resolution.entities] == ["Robin Falk", "Robin Falk"]
    (suggestion,) = resolution.suggestions
    assert "as a man" in suggestion.reason
    assert "as a woman" in suggestion.reason


def test_one_pronoun_or_one_that_can_mean_another_splits_nobody() -> None:
    for told in (
        "[P:Robin Falk] swam the strait. She was tired.",
        "[P:Robin Falk] thanked [P:Ida Hale]. She said that her trainer had waited.",
        "[P:Robin Falk] spoke of the queen. “She lost her ship,” it was said. “She wept.”",
        "[P:Robin Falk] sailed the Maren. Her crew and her masts were lost.",
    ):
        resolution, _ = resolved(_MAN, told)
        assert sum(one.name == "Robin Falk" for one in resolution.entities) == 1, told


def test_the_pronouns_of_a_translation_split_nobody() -> None:
    one, other = article("a", _MAN), article("b", _WOMAN)
    document = replace(other.annotated.document, translated_from=Field("ko", "test"))
    translated = replace(other, annotated=replace(other.annotated, document=document))
    assert len(resolve([one, translated], Decisions()).entities) == 1


def test_a_title_of_courtesy_goes_before_a_pronoun() -> None:
    resolution, _ = resolved(
        "Ms. [P:Falk] spoke. [P:Robin Falk] left.", "[P:Robin Falk] swam. Ms. [P:Falk] was told of his and him."
    )
    assert len(resolution.entities) == 1


def test_a_person_named_and_pronounced_very_often_costs_in_proportion() -> None:
    def read(text: str) -> None:
        resolve([article("a", text)], Decisions())

    assert growth(read, "[P:Robin Falk] said he came and he saw. ", 60_000, tries=3) < SQUARE


def test_names_with_and_between_them_are_two_people() -> None:
    resolution, _ = resolved("[P:Maria da Costa] and [P:Maria Costa] ran. [P:Da Costa] won.", "[P:Maria Costa] slept.")
    counts = {one.name: len(one.mentions) for one in resolution.entities}
    assert counts == {"Maria Costa": 2, "Maria da Costa": 2}


def test_father_and_son_in_one_article_are_two() -> None:
    resolution, _ = resolved("[P:Karl Brenner Sr.] founded the mill. [P:Karl Brenner Jr.] leads it.")
    assert set(names_of(resolution)) == {"Karl Brenner Sr.", "Karl Brenner Jr."}


def test_a_bare_surname_is_nobodys_but_its_bearers_are_suggested() -> None:
    resolution, _ = resolved("[P:Hale] won. The jury praised [P:Hale].", "[P:Ida Hale] spoke.", "[P:Otto Hale] sailed.")
    assert set(names_of(resolution)) == {"Hale", "Ida Hale", "Otto Hale"}
    assert {one.reason for one in resolution.suggestions} == {"the surname alone"}
    assert len(resolution.suggestions) == 2


def test_bare_surnames_of_two_articles_are_not_one_person() -> None:
    told = "[P:Clinton] sang. The hall heard [P:Clinton]."
    resolution, _ = resolved(told, told)
    assert len(resolution.entities) == 2
    assert all(
        "Bill Clinton" in one.description and "Hillary Clinton" in one.description for one in resolution.entities
    )


def test_a_bare_surname_that_nobody_is_known_to_bear_or_that_stands_once_gets_no_page() -> None:
    resolution, _ = resolved("[P:Qworp] won. The jury praised [P:Qworp].", "[P:Hale] slept.", "[P:Ida Hale] spoke.")
    assert set(names_of(resolution)) == {"Ida Hale"}
