"""Quotations in other languages, without marks, in interviews; phrases; who relays whom."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from generator.annotate.mentions import find_mentions
from generator.annotate.quotes import find_quotes
from generator.annotate.recognizer import Recognizer, load_recognizer
from generator.data import read_tree
from generator.model import Field, Quote
from tests.annotate.quoting import direct, indirect, quotes_in
from tests.evaluation.plain import plain_document

EXAMPLES = [(code, sentence) for code, row in read_tree("quote-tongues.yml").items() for sentence in row["example"]]
SPEAKERS = {"ko": "김민수", "zh": "李明", "ja": "田中一郎"}


@cache
def recognizer() -> Recognizer:
    return load_recognizer(None)


def read(text: str, language: str) -> list[Quote]:
    """The direct quotations of a text in another language, its names found by the engine."""
    document = replace(plain_document(text), language=Field(language, "test"))
    found = find_quotes(document, *find_mentions(document, recognizer()))
    return [quote for quote in found if quote.kind == "direct"]


@pytest.mark.parametrize(("language", "sentence"), EXAMPLES)
def test_every_example_in_another_language_has_its_speaker(language: str, sentence: str) -> None:
    # Chinese and Japanese books name 李明 without a title behind or before; the surface is then the name.
    speaker = SPEAKERS.get(language, "Mara Lind")
    assert [quote.speaker for quote in read(sentence, language)] == [speaker]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die sogenannte „Wunderbrücke“ stammt aus dem Jahr 1911. Der Roman „Die eiserne Tür“ spielt dort."),
        ("fr", "Le roman « La Porte de fer » s'y déroule. Le « miracle » est oublié."),
        ("es", "La llamada «ciudad milagro» duerme. La novela «La puerta» se vende bien."),
        ("ko", "이른바 ‘기적의 여름’은 끝났다. 소설 “철의 문”의 무대이기도 하다. “기적”이라는 말은 낯설다."),
        ("zh", "所谓“奇迹之夏”已经结束。小说“铁门”以此桥为背景。"),
        ("ja", "いわゆる「奇跡の夏」は終わった。小説『鉄の扉』の舞台でもある。"),
    ],
)
def test_terms_and_titles_in_other_languages_are_no_quotations(language: str, text: str) -> None:
    assert read(text, language) == []


def test_korean_speech_that_an_agency_relays() -> None:
    found = read("연합뉴스에 따르면 김민수 시장은 “다른 방법이 없었다”고 말했다.", "ko")
    assert [(quote.speaker, quote.via) for quote in found] == [("김민수", "연합뉴스")]


def test_korean_speaker_who_goes_on() -> None:
    found = read("김민수 시장은 “방법이 없었다”고 말했다. 이어 “교각이 썩어 있다”고 덧붙였다.", "ko")
    assert [quote.speaker for quote in found] == ["김민수", "김민수"]


@pytest.mark.parametrize(
    ("language", "text", "speakers"),
    [
        (
            "ko",
            "김민수 시장은 “방법이 없었다”고 말했다. 정부 관계자는 “결정된 것은 없다”고 전했다.",
            ["김민수", "unnamed: 정부 관계자"],
        ),
        (
            "de",
            "„Wir haben keine Wahl“, sagte Mara Lind. Ein Sprecher sagte: „Es ist noch nichts entschieden.“",
            ["Mara Lind", ""],
        ),
        ("de", "„Wir haben keine Wahl“, sagte Mara Lind. Sie sagte: „Es ist nichts entschieden.“", ["Mara Lind"] * 2),
        ("zh", "李明表示：“我们没有别的办法。”发言人说：“还没有决定。”", ["李明", ""]),
    ],
)
def test_somebody_without_a_name_is_not_the_last_speaker(language: str, text: str, speakers: list[str]) -> None:
    assert [quote.speaker for quote in read(text, language)] == speakers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mara Lind called the plan “absurd” on Monday.", [("Mara Lind", "absurd")]),
        ("Mara Lind dismissed the plan as “pure fantasy”.", [("Mara Lind", "pure fantasy")]),
        ("Mara Lind warned of “serious gaps” in it.", [("Mara Lind", "serious gaps")]),
        ("Mara Lind has used the phrase “Salt First” often.", [("Mara Lind", "Salt First")]),
        (
            "Mara Lind called it “thin ice” and spoke of “hidden costs”.",
            [("Mara Lind", "thin ice"), ("Mara Lind", "hidden costs")],
        ),
        ("The plan was called “a bad joke” by Mara Lind.", [("Mara Lind", "a bad joke")]),
        ("Asked twice, Mara Lind answered “no” and left.", [("Mara Lind", "no")]),
        # Names of things, titles and words at arm's length are nobody's words.
        ("Locals call the bridge “the beast”.", []),
        ("The so-called “smart” bins were empty.", []),
        ("Mara Lind named the boat “Grey Water”.", []),
        ("Mara Lind read the novel “The Iron Door” on the boat.", []),
        ("The word “mill” stands on every sign.", []),
        ("The town's “economic miracle” rested on Mara Lind.", []),
    ],
)
def test_phrases_within_a_sentence(text: str, found: list[tuple[str, str]]) -> None:
    assert direct(quotes_in(text)) == found


def test_a_warning_with_a_pause_introduces_a_sentence() -> None:
    found = direct(quotes_in("Mara Lind warned of delays: “We will not be done by spring.”"))
    assert found == [("Mara Lind", "We will not be done by spring.")]


def test_paragraphs_behind_a_statement_are_its_words_as_long_as_they_say_we() -> None:
    text = (
        "The chair, Vera Holm, said in a statement:\n\nWe came in good faith.\n\nOur door stays open.\n\n"
        "The Port Authority declined to comment."
    )
    found = direct(quotes_in(text))
    assert found == [("Vera Holm", "We came in good faith."), ("Vera Holm", "Our door stays open.")]


def test_a_plain_paragraph_behind_a_colon_is_the_writers() -> None:
    assert direct(quotes_in("Mara Lind listed the costs to the board:\n\nThe crane takes four million a year.")) == []


def test_a_paragraph_marked_as_quoted() -> None:
    text = "Tor Hale writes to the crews:\n\n> Whoever is late need not come back.\n\nThe port did not comment."
    assert direct(quotes_in(text)) == [("Tor Hale", "Whoever is late need not come back.")]


def test_answers_of_an_interview_are_of_the_one_person_named_before_them() -> None:
    text = "Mara Lind spoke with us.\n\nQ: Why now?\n\nA: The water is low.\n\nQ: And then?\n\nA: We open it."
    found = direct(quotes_in(text))
    assert [speaker for speaker, _ in found] == ["", "Mara Lind", "", "Mara Lind"]


def test_answers_are_nobodys_where_two_people_are_named() -> None:
    text = "Mara Lind and Tor Hale came.\n\nQ: Why now?\n\nA: The water is low.\n\nQ: And then?\n\nA: We open it."
    assert [speaker for speaker, _ in direct(quotes_in(text))] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Coast News Agency reported, citing Mara Lind, that the ferry had struck a barge.", "Mara Lind"),
        ("The ferry had struck a barge, Coast News Agency reported on Monday, citing Mara Lind.", "Mara Lind"),
    ],
)
def test_whom_an_agency_cites_speaks_through_it(text: str, said: str) -> None:
    found = quotes_in(text)
    assert [speaker for speaker, _ in indirect(found)] == [said]
    assert found[0].via == "Coast News Agency"


def test_quoted_as_saying_by_the_agency() -> None:
    text = "Coast News Agency has seen it.\n\n“It sank,” Mara Lind was quoted as saying by the agency."
    found = [quote for quote in quotes_in(text) if quote.kind == "direct"]
    assert [(quote.speaker, quote.via) for quote in found] == [("Mara Lind", "Coast News Agency")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We get too little, said Tor Hale, who farms near Lund.", ("Tor Hale", "We get too little,")),
        ("Nobody wins like this,” said the mayor, Mara Lind.", ("Mara Lind", "Nobody wins like this,")),
    ],
)
def test_a_missing_mark(text: str, found: tuple[str, str]) -> None:
    assert direct(quotes_in(text)) == [found]


def test_a_woman_without_a_name_is_she() -> None:
    text = "The widow of a sailor shook her head. “I have nothing left to say,” she whispered."
    assert direct(quotes_in(text)) == [("unnamed: widow of a sailor", "I have nothing left to say,")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Mara Lind handed over the letter on Friday, according to the Delta Latina news agency.",
            [("Delta Latina", "Mara Lind handed over the letter on Friday")],
        ),
        ("Mara Lind met the board and agreed to go on, and it was revealed that the mill had been sold.", []),
        (
            "Mara Lind wrote in a column that peace would come when the mill is sold.",
            [("Mara Lind", "peace would come when the mill is sold")],
        ),
    ],
)
def test_who_is_reported_as_saying_what(text: str, said: list[tuple[str, str]]) -> None:
    assert indirect(quotes_in(text, bodies=("Delta Latina",))) == said
