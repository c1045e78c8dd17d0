from hypothesis import given
from hypothesis import strategies as st

from generator.hangul import given_readings, is_hangul_name, romanize_name, surname_readings


def test_a_name_is_spelled_with_the_usual_surname_and_a_hyphenated_given_name() -> None:
    assert romanize_name("김종찬") == "Kim Jong-chan"
    assert romanize_name("안 철수") == "Ahn Cheol-su"
    assert romanize_name("박영") == "Park Yeong"


def test_surnames_of_two_syllables_are_kept_together() -> None:
    assert romanize_name("남궁민수") == "Namgung Min-su"
    assert romanize_name("선우") == "Sun U"


def test_what_is_no_korean_name_comes_back_unchanged() -> None:
    assert romanize_name("Kim Jong-chan") == "Kim Jong-chan"
    assert romanize_name("") == ""
    assert romanize_name("김종찬 기자 a") == "김종찬 기자 a"


def test_only_a_known_surname_makes_a_name() -> None:
    assert is_hangul_name("김종찬")
    assert not is_hangul_name("뷁종찬")
    assert not is_hangul_name("김")
    assert not is_hangul_name("Kim")


def test_spellings_of_a_surname_share_a_reading() -> None:
    assert surname_readings("Lee") & surname_readings("Ri") & surname_readings("Yi")
    assert not surname_readings("Kim") & surname_readings("Park")
    assert surname_readings("Smith") == frozenset()


def test_spellings_of_a_given_name_share_readings_in_every_syllable() -> None:
    for one, other in (
        ("Seok-yeol", "Suk Yeol"),
        ("Il-gyu", "Il-kyu"),
        ("Hyun-hee", "Hyon-hui"),
        ("Jong-un", "Jongun"),
    ):
        assert all(a & b for a, b in zip(given_readings(one), given_readings(other), strict=True)), (one, other)


def test_different_given_names_share_none_in_some_syllable() -> None:
    assert not all(a & b for a, b in zip(given_readings("Jong-un"), given_readings("Yo-jong"), strict=True))


def test_what_is_not_korean_has_no_readings() -> None:
    for name in ("Kardashian", "Harvey", "Jinping", "", "Min-su-jin-ho"):
        assert given_readings(name) == ()


@given(st.text(alphabet=[chr(code) for code in range(0xAC00, 0xD7A4, 37)], min_size=2, max_size=4))
def test_every_hangul_name_is_spelled_in_ascii(name: str) -> None:
    spelled = romanize_name(name)
    assert spelled.isascii()
    assert " " in spelled
    assert spelled[0].isupper()
