from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import SeedRejected
from generator.model import SeedText
from generator.read import Limits, read_seed

KOREAN = "섬마을 여객선이 하루 세 번으로 늘어난다. 남도군은 내년 봄부터 여객선을 늘린다고 15일 밝혔다.\n"
JAPANESE = "港町の白浜市は15日、沖の島々を結ぶ航路に二隻目の船を六月に就航させると発表した。\n"
CHINESE = "港口城市白滨市十五日宣布，将在六月开通通往离岛的第二条航线。市政府说，居民们已经等了八年。\n"
TAIWANESE = "港口城市白濱市十五日宣布，將在六月開通通往離島的第二條航線。市政府說，居民們已經等了八年。\n"
FRENCH = "Le café du Phare a rouvert après l'été, a déclaré la mairie. « C'était long », a dit Zoë.\r\n"
POLISH = "Miasto otworzyło drugą linię promową na wyspy, powiedział burmistrz w czwartek. Było to długo oczekiwane.\n"
RUSSIAN = "Город открыл вторую паромную линию на острова, сообщила мэрия в четверг.\n"


def read(raw: bytes, override: bytes | None = None, limits: Limits | None = None) -> SeedText:
    return read_seed("news/a.txt", raw, override, limits or Limits())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KOREAN, "cp949"),
        (KOREAN, "utf-8"),
        (KOREAN, "utf-8-sig"),
        (KOREAN, "utf-16"),
        (KOREAN, "utf-16-le"),
        (KOREAN, "utf-16-be"),
        (KOREAN, "utf-32"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (TAIWANESE, "big5"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-16-le"),
        (POLISH, "cp1250"),
        ("Yeni köprü dün açıldı ve başkan çok mutlu olduğunu söyledi. Işıklar gece yandı.\n", "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
    ],
)
def test_every_encoding_that_articles_come_in_reads_as_written(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)).text == text


@given(st.text(min_size=1).filter(lambda text: any(c.isalpha() for c in text) and "\0" not in text))
def test_unicode_text_is_kept_character_for_character(text: str) -> None:
    controls = sum((c < " " and c not in "\t\n\x0b\x0c\r") or c == "\x7f" for c in text)
    if controls * 50 <= len(text) and not text.startswith("\ufeff"):
        assert read(text.encode("utf-8")).text == text


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_rejected_with_a_reason_and_a_remedy(raw: bytes) -> None:
    rejected: list[SeedRejected] = []
    try:
        seed = read(raw)
    except SeedRejected as error:
        rejected.append(error)
    else:
        assert any(character.isalpha() for character in seed.text)
        seed.text.encode("utf-8")
    assert all(error.code and error.remedy and "news/a.txt" in error.message for error in rejected)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "no-letters"),
        (b"2024-02-15 -- 728 90\n", "no-letters"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (b"%PDF-1.7 stream of letters", "binary"),
        (b"PK\x03\x04 word/document.xml", "binary"),
        (b"\x89PNG\r\n\x1a\n IHDR", "binary"),
    ],
)
def test_what_is_no_text_is_named(raw: bytes, code: str) -> None:
    with pytest.raises(SeedRejected) as caught:
        read(raw)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("limits", "code", "number"),
    [
        (Limits(size=100), "too-large", "1,200"),
        (Limits(lines=10), "too-many-lines", "200"),
        (Limits(line=4), "line-too-long", "5"),
    ],
)
def test_limits_are_held_and_named_with_the_size(limits: Limits, code: str, number: str) -> None:
    with pytest.raises(SeedRejected) as caught:
        read(b"words\n" * 200, limits=limits)
    assert caught.value.code == code
    assert number in caught.value.message
    assert "briefing.yml" in caught.value.remedy


def test_a_few_broken_bytes_do_not_lose_an_article() -> None:
    raw = ("The bridge reopened on Friday. " * 20).encode() + b"\xff\xfe\xff" + "Ünïcode".encode()
    assert "bridge reopened" in read(raw).text


@pytest.mark.parametrize("broken", [b"\xff", b"\xed\xa0\x80", b"\xc3", b"\xe2\x80"])
def test_a_file_in_utf_8_with_a_broken_place_is_read_as_utf_8(broken: bytes) -> None:
    text = "Die Fähre nach Ærøskøbing fährt wieder, sagte die Bürgermeisterin am Montag. “Schön”, sagte sie."
    seed = read(text.encode().replace(b"Montag", b"Mon" + broken + b"tag"))
    assert re.sub("\ufffd+", "", seed.text) == text


def test_a_lone_surrogate_is_replaced_one_for_one() -> None:
    seed = read("Stray \ud800 mark".encode("utf-8", "surrogatepass"))
    assert "\ud800" not in seed.text
    assert "Stray" in seed.text


def test_an_override_states_fields() -> None:
    raw = b"title: A second boat\nauthors: [Jane Roe, Lee Tamm]\npublished: 2024-02-15 23:07\nlanguage: en\n"
    seed = read(b"words", raw)
    assert seed.issues == ()
    assert seed.override == {
        "title": "A second boat",
        "authors": ["Jane Roe", "Lee Tamm"],
        "published": "2024-02-15T23:07",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("raw", "fragment"),
    [
        (b"title: [a, b]", "`title` is not a text"),
        (b"published: 2024-02-31", "is not a date"),
        (b"published: yesterday", "is not a date"),
        (b"url: example", "is not a web address"),
        (b"language: English!", "is not a language code"),
        (b"authors: {a: b}", "`authors` is not"),
        (b"colour: red", "unknown field `colour`"),
        (b"- a\n- b", "not a list of `field: value` lines"),
        (b"title: 'open", "not valid YAML"),
        (b"\xff\xfe\x00", "not valid YAML"),
        (b"a: &x [*x]", "news/a.yml"),
        (b"title: " + b"x" * 200_000, "too much for metadata"),
    ],
)
def test_what_is_wrong_in_an_override_is_said_and_the_seed_is_read(raw: bytes, fragment: str) -> None:
    seed = read(b"words", raw)
    assert seed.override == {}
    assert [fragment in issue.message for issue in seed.issues] == [True]
    assert seed.issues[0].message.startswith("news/a.yml")
    assert seed.issues[0].remedy


@given(st.binary(max_size=200))
def test_no_override_stops_a_seed(raw: bytes) -> None:
    assert read(b"words", raw).text == "words"
