"""Korean names between Hangul and the Latin alphabet.

Surnames are spelled as most bearers spell them, given names by the Revised Romanization of Korean (2000),
whose rules for names leave out sound changes between syllables. The way back is one to many: a Latin
syllable is tied to every Hangul syllable that it can stand for under the Revised Romanization,
McCune-Reischauer without its marks, or the spellings that bearers themselves commonly use.
"""

from __future__ import annotations

from functools import cache
from itertools import product

_FIRST = 0xAC00
_LAST = 0xD7A3
_INITIALS = tuple("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
_MEDIALS = tuple("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")
_RR_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_RR_MEDIALS = (
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae"),
    *("oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"),
)
_RR_FINALS = (
    *("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l"),
    *("p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"),
)

# The spelling that most bearers use comes first; it is the one shown.
_SURNAMES: dict[str, tuple[str, ...]] = {
    "김": ("Kim", "Gim"),
    "이": ("Lee", "Yi", "Rhee", "Rhie", "Li", "I"),
    "리": ("Ri", "Lee", "Yi", "Rhee", "Li"),
    "박": ("Park", "Pak", "Bak", "Bark"),
    "최": ("Choi", "Choe", "Choy", "Tchoe"),
    "정": ("Jeong", "Jung", "Chung", "Chong", "Jong", "Joung"),
    "강": ("Kang", "Gang"),
    "조": ("Cho", "Jo", "Joe"),
    "윤": ("Yoon", "Yun", "Youn"),
    "장": ("Jang", "Chang"),
    "임": ("Lim", "Im", "Rim", "Yim"),
    "림": ("Rim", "Lim", "Im"),
    "한": ("Han", "Hahn"),
    "오": ("Oh", "O"),
    "서": ("Seo", "Suh", "So", "Sur"),
    "신": ("Shin", "Sin"),
    "권": ("Kwon", "Gwon"),
    "황": ("Hwang",),
    "안": ("Ahn", "An"),
    "송": ("Song",),
    "유": ("Yoo", "Yu", "You", "Ryu"),
    "류": ("Ryu", "Yoo", "Yu", "Lyu"),
    "전": ("Jeon", "Jun", "Chun", "Chon"),
    "홍": ("Hong",),
    "고": ("Ko", "Go", "Koh"),
    "문": ("Moon", "Mun"),
    "손": ("Son", "Sohn"),
    "양": ("Yang",),
    "량": ("Ryang", "Yang"),
    "배": ("Bae", "Pae"),
    "백": ("Baek", "Paek", "Paik", "Back"),
    "허": ("Heo", "Hur", "Huh", "Ho"),
    "남": ("Nam",),
    "심": ("Shim", "Sim"),
    "노": ("Noh", "Roh", "No", "Nho"),
    "로": ("Ro", "Roh", "Noh", "No"),
    "하": ("Ha",),
    "곽": ("Kwak", "Gwak"),
    "성": ("Sung", "Seong", "Song"),
    "차": ("Cha",),
    "주": ("Joo", "Ju", "Chu"),
    "우": ("Woo", "U"),
    "구": ("Koo", "Ku", "Gu", "Goo"),
    "민": ("Min",),
    "진": ("Jin", "Chin"),
    "지": ("Ji", "Chi", "Jee"),
    "엄": ("Eom", "Um", "Uhm"),
    "채": ("Chae",),
    "원": ("Won",),
    "천": ("Cheon", "Chun", "Chon"),
    "방": ("Bang", "Pang"),
    "공": ("Kong", "Gong"),
    "현": ("Hyun", "Hyeon", "Hyon"),
    "함": ("Ham",),
    "여": ("Yeo", "Yo"),
    "염": ("Yeom", "Yum"),
    "렴": ("Ryom", "Ryeom"),
    "변": ("Byun", "Byeon", "Pyon"),
    "추": ("Choo", "Chu"),
    "도": ("Do", "To"),
    "소": ("So",),
    "석": ("Seok", "Suk", "Sok"),
    "선": ("Sun", "Seon"),
    "설": ("Seol", "Sul"),
    "마": ("Ma",),
    "길": ("Gil", "Kil"),
    "연": ("Yeon",),
    "위": ("Wi", "Wee"),
    "표": ("Pyo",),
    "명": ("Myung", "Myeong", "Myong"),
    "기": ("Ki", "Gi"),
    "반": ("Ban", "Pan"),
    "나": ("Na", "Ra"),
    "라": ("Ra", "Na"),
    "왕": ("Wang",),
    "금": ("Geum", "Keum", "Kum"),
    "옥": ("Ok",),
    "육": ("Yook", "Yuk"),
    "인": ("In",),
    "맹": ("Maeng",),
    "제": ("Je",),
    "모": ("Mo",),
    "탁": ("Tak",),
    "국": ("Kook", "Guk", "Kuk"),
    "어": ("Eo", "Uh"),
    "은": ("Eun",),
    "편": ("Pyeon",),
    "용": ("Yong",),
    "태": ("Tae", "Thae"),
    "봉": ("Bong",),
    "계": ("Kye", "Gye"),
    "경": ("Kyung", "Kyong", "Gyeong"),
    "동": ("Dong", "Tong"),
    "남궁": ("Namgung", "Namkung", "Namgoong"),
    "황보": ("Hwangbo",),
    "제갈": ("Jegal",),
    "선우": ("Sunwoo", "Seonu"),
    "독고": ("Dokgo",),
    "사공": ("Sagong",),
    "서문": ("Seomun",),
}

# Spellings beside the Revised Romanization, by jamo; McCune-Reischauer (its marks are lost in news text) and usage.
_INITIAL_SPELLINGS = {
    "ㄱ": ("g", "k"),
    "ㄴ": ("n",),
    "ㄷ": ("d", "t"),
    "ㄹ": ("r", "l"),
    "ㅁ": ("m",),
    "ㅂ": ("b", "p"),
    "ㅅ": ("s",),
    "ㅇ": ("",),
    "ㅈ": ("j", "ch"),
    "ㅊ": ("ch",),
    "ㅋ": ("k",),
    "ㅌ": ("t", "th"),
    "ㅍ": ("p",),
    "ㅎ": ("h",),
}
_MEDIAL_SPELLINGS = {
    "ㅏ": ("a", "ah"),
    "ㅐ": ("ae", "ai"),
    "ㅑ": ("ya",),
    "ㅓ": ("eo", "o", "u", "uh"),
    "ㅔ": ("e",),
    "ㅕ": ("yeo", "yo", "you", "yu"),
    "ㅖ": ("ye",),
    "ㅗ": ("o", "oh"),
    "ㅘ": ("wa",),
    "ㅙ": ("wae",),
    "ㅚ": ("oe", "oi"),
    "ㅛ": ("yo",),
    "ㅜ": ("u", "oo", "woo"),
    "ㅝ": ("wo", "weo"),
    "ㅞ": ("we",),
    "ㅟ": ("wi", "wee"),
    "ㅠ": ("yu", "yoo"),
    "ㅡ": ("eu", "u"),
    "ㅢ": ("ui", "i", "ee"),
    "ㅣ": ("i", "ee"),
}
_FINAL_SPELLINGS = {0: ("",), 1: ("k", "g"), 4: ("n",), 8: ("l",), 16: ("m",), 17: ("p", "b"), 21: ("ng",)}
_NAME_SYLLABLES = frozenset(
    "가각간갈감갑강개거건걸검겸경계고곡곤공관광교구국군권규균극근금기길나낙남내녕노다단달담대덕도돈동두득락란람래량려련렬령례로록룡루류률륜륭름리"
    "린림마만매명모목무문미민박반방배백범법병보복봉부북분비빈빛사산삼상새생서석선설섭성세소솔송수숙순술숭슬승시식신실심아안애야양언업여연열영예오"
    "옥온완왕요용우욱운웅원월위유육윤율융은을음의이익인일임자장재정제조종좌주준중증지진차찬창채처천철청초총최춘충치칠태택통판평표풍필하학한함항해"
    "행향허헌혁현형혜호홍화환황회효후훈휘휴흠흥희"
)
"""Syllables that given names use; without the bound, each Latin spelling would stand for many that no name has."""
_SYLLABLES_PER_GIVEN_NAME = 3
"""Two are the rule; one and three occur."""


def romanize_name(hangul: str) -> str:
    """A Korean name in the Latin alphabet: `김종찬` becomes `Kim Jong-chan`.

    `hangul` is surname and given name, with or without spaces. Text with anything but Hangul syllables in it is
    given back as it is.
    """
    name = hangul.replace(" ", "")
    if not name or not all(_FIRST <= ord(character) <= _LAST for character in name):
        return hangul
    length = 2 if len(name) > 2 and name[:2] in _SURNAMES else 1  # a two-syllable name is surname and given name
    surname, given = name[:length], name[length:]
    spelled = _SURNAMES[surname][0] if surname in _SURNAMES else _syllables(surname).capitalize()
    return f"{spelled} {_syllables(given, '-').capitalize()}" if given else spelled


def is_hangul_name(text: str) -> bool:
    """Whether `text` is shaped as a Korean name in Hangul: a known surname and one to three more syllables."""
    if not 2 <= len(text) <= 5 or not all(_FIRST <= ord(character) <= _LAST for character in text):
        return False
    return text[0] in _SURNAMES or text[:2] in _SURNAMES


def surname_readings(latin: str) -> frozenset[str]:
    """The Hangul surnames that a Latin spelling stands for (`Lee`: 이, 리); empty where it is none."""
    return _surnames_by_spelling().get(latin.lower(), frozenset())


def given_readings(latin: str) -> tuple[frozenset[str], ...]:
    """What each syllable of a Latin Korean given name can stand for, in Hangul: `Yo-jong` gives 여, 요 and 정, 종.

    `latin` may be hyphenated, spaced or joined. A joined name is split in every way that works, and the readings
    of splits of two syllables are united. Empty where it does not read as one to three Korean syllables.
    """
    parts = latin.lower().replace("-", " ").split()
    if not 1 <= len(parts) <= _SYLLABLES_PER_GIVEN_NAME:
        return ()
    if len(parts) == 1 and (pairs := _pairs(parts[0])):
        single = syllable_readings(parts[0])
        if not single:
            return tuple(frozenset().union(*column) for column in zip(*pairs, strict=True))
    readings = tuple(syllable_readings(part) for part in parts)
    return readings if all(readings) else ()


def syllable_readings(latin: str) -> frozenset[str]:
    """The Hangul syllables that one lower-case Latin syllable can stand for; initial ㄹ counts as ㅇ before y and i."""
    return _readings().get(latin, frozenset())


def _pairs(joined: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    splits = ((syllable_readings(joined[:at]), syllable_readings(joined[at:])) for at in range(1, min(len(joined), 8)))
    return [(first, second) for first, second in splits if first and second]


def _syllables(text: str, separator: str = "") -> str:
    return separator.join(_spell(character) for character in text)


def _spell(character: str) -> str:
    index = ord(character) - _FIRST
    initial, rest = divmod(index, len(_RR_MEDIALS) * len(_RR_FINALS))
    medial, final = divmod(rest, len(_RR_FINALS))
    return _RR_INITIALS[initial] + _RR_MEDIALS[medial] + _RR_FINALS[final]


@cache
def _surnames_by_spelling() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for surname, spellings in _SURNAMES.items():
        for spelling in spellings:
            found.setdefault(spelling.lower(), set()).add(surname)
    return {spelling: frozenset(surnames) for spelling, surnames in found.items()}


@cache
def _readings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for initial, medial, final in product(_INITIAL_SPELLINGS, _MEDIAL_SPELLINGS, _FINAL_SPELLINGS):
        syllable = _compose(initial, medial, final)
        if syllable not in _NAME_SYLLABLES:
            continue
        # 리 and 이, 룡 and 용 are one name on the two sides of the border.
        if initial == "ㄹ" and medial in "ㅑㅕㅖㅛㅠㅣ":
            syllable = _compose("ㅇ", medial, final)
        for start, middle, end in product(
            _INITIAL_SPELLINGS[initial], _MEDIAL_SPELLINGS[medial], _FINAL_SPELLINGS[final]
        ):
            # "woo" is 우 alone; an h closes an open syllable only ("Noh", "Suh").
            if (middle == "woo" and start) or (end and middle.endswith("h")):
                continue
            found.setdefault(start + middle + end, set()).add(syllable)
        if initial == "ㅅ" and medial in "ㅣㅟ":
            for middle, end in product(_MEDIAL_SPELLINGS[medial], _FINAL_SPELLINGS[final]):
                found.setdefault("sh" + middle + end, set()).add(syllable)
    return {spelling: frozenset(syllables) for spelling, syllables in found.items()}


def _compose(initial: str, medial: str, final: int) -> str:
    first = _INITIALS.index(initial) * len(_MEDIALS) + _MEDIALS.index(medial)
    return chr(_FIRST + first * len(_RR_FINALS) + final)
