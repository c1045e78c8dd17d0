"""Names that no list knows, told by the words around them, by their shape and by what they do."""

from __future__ import annotations

import pytest

from generator.annotate.mentions import find_mentions
from generator.annotate.mentions.vocabulary import vocabulary
from generator.annotate.recognizer import Recognizer, load_recognizer
from tests.evaluation.plain import plain_document

PERSON, BODY, PLACE = "person", "organization", "place"


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return load_recognizer(None)


def _named(text: str, recognizer: Recognizer) -> dict[str, str]:
    return {one.surface: one.type for one in find_mentions(plain_document(text), recognizer)[1]}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Floods hit Sundarpur district on Monday.", "Sundarpur", PLACE),
        ("In Enga district the road is shut.", "Enga", PLACE),
        ("A fire broke out at the Vaca Tarn Sur pipeline.", "Vaca Tarn Sur", PLACE),
        ("A strike at the Las Tarnas mine ended.", "Las Tarnas", PLACE),
        ("They marched on Plaza de los Orlos on Friday.", "Plaza de los Orlos", PLACE),
        ("The mayor of Tepaltarn de las Rosas resigned.", "Tepaltarn de las Rosas", PLACE),
        ("He left the Islah party in May.", "Islah", BODY),
        ("The CGTP union called a march.", "CGTP", BODY),
        ("She works for Orlo.kz in Almaty.", "Orlo.kz", BODY),
        ("He told beON Sports that he liked it.", "beON Sports", BODY),
        ("Natural England objected, and so did the mayor.", "Natural England", BODY),
        ("Then Cricket Australia fined him.", "Cricket Australia", BODY),
        ("In Vellport, Ukrtarnergo cut power in four regions.", "Ukrtarnergo", BODY),
        ("Nobody was hurt, he told TVN24 on Sunday.", "TVN24", BODY),
        ("She warned about the Davydov glacier.", "Davydov", PLACE),
        ("On Monday OQ signed a deal to build a plant.", "OQ", BODY),
        ("This was the third, according to Causa en Tarna.", "Causa en Tarna", BODY),
        ("The Citizens' Movement wants a vote.", "Citizens' Movement", BODY),
        ("She teaches at St Wilfrid's Primary School.", "St Wilfrid's Primary School", BODY),
        ("The Elementary and Secondary Education Department wrote back.",
         "Elementary and Secondary Education Department", BODY),
        ("Tarn Nord SRL won the tender.", "Tarn Nord SRL", BODY),
        ("Orlova Tekstil A.Ş. won the tender.", "Orlova Tekstil A.Ş.", BODY),
        ("“We have 200 crews out,” said Oleh Tymoshchuk-Barna, who heads it.", "Oleh Tymoshchuk-Barna", PERSON),
        ("“It hurts,” Olesya Tarnoshkina told reporters.", "Olesya Tarnoshkina", PERSON),
        ("Milda Radovanska won in two sets on Friday.", "Milda Radovanska", PERSON),
        ("They met Salma bint Rashid Al Tarni there.", "Salma bint Rashid Al Tarni", PERSON),
        ("Prosecutor Beryl Achieng' Odera asked for bail.", "Beryl Achieng' Odera", PERSON),
        ("Cllr Imogen Tarnfall said no.", "Imogen Tarnfall", PERSON),
    ],
)  # fmt: skip
def test_it_is_found_whole(text: str, name: str, kind: str, recognizer: Recognizer) -> None:
    assert _named(text, recognizer).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "The Christmas party was loud, and the Cuban party was louder.",
        "It weighs 20 mmHg and costs 3.5 kW, he said on an iPhone.",
        "HMAS Tarnules, an Australian ship, helps.",
        "Rescuers opened the road. Landslides cut it again.",
        "Later they signed it, and GDP raised hopes.",
        "The Foreign Minister and the President met on Monday in March.",
        "Cubans and Koreans sang in Spanish.",
    ],
)
def test_what_is_no_name_stays_none(text: str, recognizer: Recognizer) -> None:
    assert _named(text, recognizer) == {}


def test_two_joined_by_a_hyphen_are_two(recognizer: Recognizer) -> None:
    assert _named("North Korea-Japan talks failed.", recognizer) == {"North Korea": PLACE, "Japan": PLACE}
    assert _named("DPRK-Japan relations are bad.", recognizer) == {"DPRK": PLACE, "Japan": PLACE}
    assert _named("The Addis Ababa-Djibouti line is shut.", recognizer) == {"Addis Ababa": PLACE, "Djibouti": PLACE}


def test_a_person_and_the_body_are_two(recognizer: Recognizer) -> None:
    found = _named("“No,” said Tünde Halmosi of Energiaklub on Friday.", recognizer)
    assert found == {"Tünde Halmosi": PERSON, "Energiaklub": BODY}


def test_a_town_that_a_team_lost_to_is_a_team(recognizer: Recognizer) -> None:
    assert _named("Flamengo lost 2-1 to Fortaleza on Sunday.", recognizer)["Fortaleza"] == BODY
    assert _named("Flamengo flew to Fortaleza on Sunday.", recognizer)["Fortaleza"] == PLACE


def test_what_is_left_of_a_firm_is_the_firm_though_a_town_is_called_so(recognizer: Recognizer) -> None:
    found = _named("Grupo Bimbo beat forecasts. Shares rose as Bimbo bought a bakery.", recognizer)
    assert found["Bimbo"] == BODY


def test_ends_of_surnames_are_ends_of_words() -> None:
    assert all(end.isalpha() and len(end) > 2 for end in vocabulary().surname_ends)
