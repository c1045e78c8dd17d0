"""Classes of names that are easily cut, joined or taken for something else."""

from __future__ import annotations

from functools import cache

import pytest

from generator.annotate.mentions import find_mentions
from generator.annotate.recognizer import Recognizer, load_recognizer
from generator.model import Mention
from tests.evaluation.entities import document_of


@cache
def recognizer() -> Recognizer:
    return load_recognizer(None)


def find(text: str) -> list[Mention]:
    return list(find_mentions(document_of("test", text), recognizer())[1])


def named(text: str, type_: str) -> list[str]:
    return [mention.surface for mention in find(text) if mention.type == type_]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He runs the Ministry of Tides, Trade and Energy now.", ["Ministry of Tides"]),
        ("He runs the Ministry of Trade, Industry and Energy now.", ["Ministry of Trade, Industry and Energy"]),
        ("The Land, Transport and Tourism Ministry agreed.", ["Land, Transport and Tourism Ministry"]),
        ("The Ministry of Culture and Bank of Tarn met.", ["Ministry of Culture", "Bank of Tarn"]),
        ("She left Orlow, Tarn & Vrell for Brackwater & Sons.", ["Orlow, Tarn & Vrell", "Brackwater & Sons"]),
        ("He banked with Banco Tarnova for years.", ["Banco Tarnova"]),
        ("She told KXYZ-TV about it.", ["KXYZ-TV"]),
        ("The Tarn County Sheriff's Office said so.", ["Tarn County Sheriff's Office"]),
    ],
)
def test_organizations_are_found_whole(text: str, names: list[str]) -> None:
    assert named(text, "organization") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then Bill de Vrell spoke to Jan Tarnov.", ["Bill de Vrell", "Jan Tarnov"]),
        ('Rep. Robert C. "Bobby" Tarnov spoke.', ['Robert C. "Bobby" Tarnov']),
        ("It was bought by Ida Hale Jr. in May.", ["Ida Hale Jr."]),
        ("Walter Tarnov (D-Ore.), Ida Hale and others came.", ["Walter Tarnov", "Ida Hale"]),
    ],
)
def test_people_are_found_whole(text: str, names: list[str]) -> None:
    assert named(text, "person") == names


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Ambassador to Japan Orla Hale left on Friday.", "Orla Hale", "Ambassador to Japan"),
        ("He met Ambassador to the United Nations Kim Song.", "Kim Song", "Ambassador to the United Nations"),
        ("Minister of Economy Orla Hale spoke.", "Orla Hale", "Minister of Economy"),
        ("Minister of Foreign Affairs Orla Hale spoke.", "Orla Hale", "Minister of Foreign Affairs"),
        ("Minister for Trade and Industry Yoji Tarn quit.", "Yoji Tarn", "Minister for Trade and Industry"),
    ],
)
def test_a_title_goes_on_to_the_name(text: str, name: str, title: str) -> None:
    assert [(one.surface, one.title) for one in find(text) if one.type == "person"] == [(name, title)]


def test_an_envoy_does_not_make_the_country_a_person() -> None:
    assert named("The ambassador to Japan, South Korea and China left.", "person") == []


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("Envoys of the Republic of Cuba came.", "Republic of Cuba", "place:CU"),
        ("The Islamic Republic of Iran denied it.", "Islamic Republic of Iran", "place:IR"),
        ("The Kingdom of the Netherlands signed.", "Kingdom of the Netherlands", "place:NL"),
        ("The Student Union of Kenya met in Nairobi.", "", ""),
    ],
)
def test_a_state_with_its_style_is_the_country(text: str, name: str, key: str) -> None:
    styled = [(one.surface, one.key) for one in find(text) if one.type == "place" and " of " in one.surface]
    assert styled == ([(name, key)] if name else [])


def test_ships_are_nobody() -> None:
    text = "They seized a ship, the Chong Chon Gang, and the ferry Maria Hale near Havana."
    assert [(one.type, one.surface) for one in find(text)] == [("place", "Havana")]


def test_catchwords_of_a_headline_are_no_by_name() -> None:
    text = "U.S. Envoy Visits China ‘Island Arms’ Chinese Foreign Minister Wang Yi ‘Red Line’ Yoon Government Isolation"
    assert named(text, "person") == ["Wang Yi"]


def test_a_capital_before_a_ministry_says_whose() -> None:
    assert [(one.surface, one.key) for one in find("Seoul’s Foreign Ministry said that ties had grown.")] == [
        ("Seoul", "city:seoul"),
        ("Foreign Ministry", "org:kr-foreign-ministry"),
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Taiwan will answer, CNA reported.", "org:central-news-agency"),
        ("Singapore will build it, CNA reported.", "org:channel-newsasia"),
        ("Taiwan and Singapore agreed, CNA reported.", ""),
    ],
)
def test_of_two_bodies_of_one_acronym_the_country_tells(text: str, key: str) -> None:
    assert [(one.surface, one.key) for one in find(text) if one.type == "organization"] == [("CNA", key)]


def test_whom_a_title_names_is_no_company_later_on() -> None:
    text = "Cuban President Diaz-Canel met Li Xi in Havana. Diaz-Canel said that Cuba appreciates it."
    assert [one.type for one in find(text) if one.surface == "Diaz-Canel"] == ["person", "person"]


def test_an_agency_before_a_chinese_name_is_no_part_of_it() -> None:
    assert named("(Compiled by: Overseas Network Wang Xiaoyu)", "person") == ["Wang Xiaoyu"]


def test_districts_of_korea_and_japan() -> None:
    text = "Police in Seongbuk-dong, in Gyeonggi-do and in Minato-ku searched. Kim Min-gu and Jung Kyung-ri spoke."
    assert [(one.surface, one.key) for one in find(text) if one.type == "place"] == [
        ("Seongbuk-dong", ""),
        ("Gyeonggi-do", "region:gyeonggi"),
        ("Minato-ku", ""),
    ]
    assert named(text, "person") == ["Kim Min-gu", "Jung Kyung-ri"]


def test_a_storm_is_no_town() -> None:
    assert named("Hurricane Odessa hit the coast near Tampa.", "place") == ["Tampa"]


def test_a_town_before_its_country() -> None:
    assert named("He was born in Vrellow, Kenya, last May.", "place") == ["Vrellow", "Kenya"]


class TestTeams:
    text = "The Miami Heat met the Boston Celtics on Sunday.\nMiami has won six straight. He flew to Miami."

    def test_a_town_that_wins_is_its_team(self) -> None:
        town, city = [mention for mention in find(self.text) if mention.surface == "Miami"]
        assert (town.type, town.key) == ("organization", "org:miami-heat")
        assert "team" in town.note
        assert city.type == "place"

    def test_without_a_team_it_stays_a_town(self) -> None:
        assert named("Miami has won six straight prizes.", "organization") == []


class TestKoreas:
    def test_the_norths_ministry_is_the_norths(self) -> None:
        text = (
            "North Korea fired a rocket. The North's defense ministry denied it.\nIn Seoul, the defense ministry spoke."
        )
        keys = [mention.key for mention in find(text) if mention.type == "organization"]
        assert keys == ["org:kp-defense-ministry", "org:kr-defense-ministry"]

    def test_the_north_elsewhere_is_a_direction(self) -> None:
        assert named("Roads in the North were closed by snow.", "place") == []


class TestHangul:
    def test_particles_stay_outside(self) -> None:
        assert named("부산에서 한국과 일본의 회의가 열렸다.", "place") == ["부산", "한국", "일본"]

    def test_a_name_with_its_title_and_without(self) -> None:
        text = "박민수 국장이 말했다. 박민수는 떠났다. 박 국장은 돌아왔다."
        assert named(text, "person") == ["박민수", "박민수", "박"]

    def test_a_word_before_a_title_is_no_name(self) -> None:
        assert named("신임 장관과 현직 대통령이 만났다.", "person") == []

    def test_bodies(self) -> None:
        assert named("통일부는 한빛은행과 협력한다.", "organization") == ["통일부", "한빛은행"]

    def test_a_country_inside_a_longer_word_is_none(self) -> None:
        assert named("한국어학당에서 배웠다.", "place") == []


def test_the_dateline_says_whose_ministry() -> None:
    mentions = find("LISBON — The Foreign Ministry declined to say more about it on Monday.")
    assert [mention.key for mention in mentions if mention.type == "organization"] == ["org:pt-foreign-ministry"]
