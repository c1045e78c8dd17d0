"""Names as bylines write them: who wrote, in which role, for which section, outlet or agency."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.describe.words import Words, load_words
from generator.hangul import is_hangul_name

_TOKEN = re.compile(r"[^\W\d_][\w'’.-]{0,30}\Z")
_EMAIL = re.compile(r"[(<\[]?\s?[\w.+-]{1,60}@[\w.-]{1,80}\w\s?[)>\]]?")
_HANDLE = re.compile(r"\(?(?<!\w)@\w{2,30}\)?")
_PLACE_TAIL = re.compile(
    r"\s(?:[Ff]or|FOR|in|at|of|from|reporting|with|is|on|à|en|aus)\s.{1,80}\Z|\s?[(（][^()（）]{1,60}[)）]\Z"
)
# Who took the pictures did not write, and for whom somebody wrote says nothing of who it was.
_BESIDES = re.compile(
    r"(?:[,;|]|\s-|\band\b)?\s{0,2}\b(?:photo(?:graph)?(?:s|y)?|pictures?|illustrations?|graphics?|video) (?:by|:)"
    r" .{2,80}\Z"
    r"|,?\s{0,2}\bspecial to .{2,60}\Z",
    re.IGNORECASE,
)
# An office of the author's own, as papers and boards name them: "Transport Reporter", "District Engineer".
_OFFICE = re.compile(
    r"(?<=[,|·•–—/(-])\s{0,3}(?:[A-Z][\w’'&-]{1,20}\s){0,3}(?:and\s)?(?:Reporter|Correspondent|Editor|Writer|Journalist|"
    r"Columnist|Critic|Producer|Engineer|Director|Manager|Officer|Analyst|Professor|Lecturer|Chief|Secretary|Chair(?:man|woman)?"
    r"|President|Photographer|Intern|Fellow|Clerk|REPORTER|CORRESPONDENT|EDITOR|WRITER)s?\b(?:\s(?:at|of|for)\s[^,;|]{2,40})?"
)
_HAN_NAME = re.compile(r"[\u3400-\u9fffー々]{2,5}(?:[ 　][\u3040-\u30ff\u3400-\u9fff]{1,4})?\Z")
_LONG_SURNAMES = frozenset({"남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방"})
# Surname and given name are two or three words, with particles five; a longer row of capitals is a title.
_MOST_TOKENS = 5
# `Ministry of Agriculture, Food and Rural Affairs of the Republic` is about as long as names of bodies are.
_MOST_OFFICE = 10


Found = tuple[int, int, str]
"""Start, end and value."""


@dataclass(frozen=True, slots=True)
class Credited:
    """Who a byline names. Spans are offsets into the text that was read."""

    authors: tuple[Found, ...] = ()
    agency: Found | None = None
    outlet: Found | None = None
    category: Found | None = None


def is_person_name(text: str, words: Words) -> bool:
    """Whether `text` is shaped as a personal name: two to five capitalised words, or a Korean name in Hangul."""
    if is_hangul_name(text):
        # Three syllables, four with a long surname: other words of four (`이웃추가`, a button) may begin with one.
        long = len(text) == 4 and text[:2] in _LONG_SURNAMES
        return (len(text) == 3 or long) and text[2:] not in words.categories and not is_outlet_name(text, words)
    tokens = text.split()
    if not 2 <= len(tokens) <= _MOST_TOKENS:
        return False
    capitalised = 0
    for at, token in enumerate(tokens):
        lowered = token.casefold()
        # "Del Casson" begins with a given name that is a particle elsewhere.
        if lowered in words.particles and (at > 0 or token[0].islower()):
            continue
        if lowered.strip(".,") in words.not_names or not _TOKEN.match(token) or not token[0].isupper():
            return False
        capitalised += 1
    return capitalised >= 2 and not is_outlet_name(text, words) and text.casefold() not in words.agencies


def is_likely_name(text: str, words: Words) -> bool:
    """Whether `text`, shaped as a name, is one for sure enough without a `By`: four capitalised words are a title."""
    tokens = [token.casefold() for token in text.split() if token.casefold() not in words.particles]
    if any(token in words.given_names for token in tokens):
        return len(tokens) <= 3 or tokens[0] in words.given_names
    # "Foreign Minister Meets" is the beginning of a headline.
    return len(tokens) <= 3 and not words.everyday.issuperset(tokens)


def is_outlet_name(text: str, words: Words) -> bool:
    """Whether `text` is a known outlet or is shaped as one: capitalised, with a word that outlets are named by."""
    folded = text.casefold()
    if folded in words.outlets:
        return True
    tokens = text.split()
    if len(tokens) == 1 and text.endswith(words.outlet_endings) and 3 <= len(text) <= 12:
        return True
    if not 2 <= len(tokens) <= 6 or any(character in text for character in ',;:!?"“”'):
        return False
    if not all(
        token[0].isupper()
        or token.casefold() in {"of", "the", "and", "&", "de", "del", "la", "le", "der", "des", "du", "do", "da"}
        for token in tokens
    ):
        return False
    if text.isupper() and len(text) > 24:
        return False
    opener = tokens[1] if tokens[0].casefold() in ("the", "el", "la", "le", "die", "der") else tokens[0]
    if opener.casefold() in words.section_openers:
        # "All News", "Top World" are buttons.
        return False
    if len(tokens) == 3 and tokens[1] == "&":
        # "TV & Showbiz" is a section.
        return False
    return tokens[-1].casefold() in words.outlet_words or opener.casefold() in words.outlet_openers


def is_office(text: str, words: Words) -> bool:
    """Whether `text` is the name of a public body and nothing else: `Ministry of Posts`, `Marn Bridge Authority`."""
    tokens = text.split()
    if not 2 <= len(tokens) <= _MOST_OFFICE or not text.replace(" ", "").isalpha():
        return False
    named = all(token[0].isupper() or token in words.joiners for token in tokens)
    bare = [token.casefold() for token in tokens[1 if tokens[0] == "The" else 0 :]]
    return named and (
        bare[-1] in words.offices or (bare[0] in words.offices and any(token in words.joiners for token in tokens))
    )


def read_byline(text: str, *, explicit: bool) -> Credited | None:
    """What a byline without its `By` says, or `None` where some part of it is neither name nor role.

    `explicit` says that a label or `By` went before.
    """
    words = load_words()
    korean = _read_korean(text, words, explicit=explicit)
    if korean:
        return korean
    bare = _BESIDES.sub(_blank, _HANDLE.sub(_blank, _EMAIL.sub(_blank, text)))
    bare = words.roles.sub(_blank, _OFFICE.sub(_blank, bare))
    authors: list[Found] = []
    agency: Found | None = None
    outlet: Found | None = None
    position = 0
    for match in [*words.conjunction.finditer(bare), None]:
        end = match.start() if match else len(bare)
        start, stop, part = _core(bare, position, end)
        position = match.end() if match else end
        if not part:
            continue
        if not explicit and bare[:start].strip() and not authors and agency is None and outlet is None:
            # What stands before the first name is an office: the line is a sender's, not a byline.
            return None
        glued = _name_and_house(part, words)
        if glued:
            # `JO KEANE Moor Herald`: the name in capitals, and for whom.
            house = part[glued:].strip()
            low = stop - len(house)
            authors.append((start, low - 1, _cased(part[:glued].strip())))
            known = words.agencies.get(house.casefold().removeprefix("the "))
            if known:
                agency = (low, stop, known)
            else:
                outlet = (low, stop, words.outlets.get(house.casefold(), house))
        elif part.casefold() in words.agencies:
            agency = (start, stop, words.agencies[part.casefold()])
        elif (
            is_person_name(part, words)
            and (explicit or is_likely_name(part, words))
            and (explicit or text[start - 1 : start] != "(")
        ) or (explicit and _HAN_NAME.match(part)):
            authors.append((start, stop, _cased(part)))
        elif is_outlet_name(part, words):
            outlet = (start, stop, words.outlets.get(part.casefold(), part))
        elif not _is_role(part, words) and not (explicit and authors and _is_place(part)):
            return None
    if not (authors or agency or outlet or explicit):
        return None
    return Credited(tuple(authors), agency, outlet)


def _name_and_house(part: str, words: Words) -> int:
    """Where the outlet or agency begins that stands behind a name without a mark between them; 0 where none does.

    The name is in capitals and the house is not, or the house is a known one.
    """
    tokens = part.split()
    for count in range(2, min(len(tokens), _MOST_TOKENS)):
        name, house = " ".join(tokens[:count]), " ".join(tokens[count:])
        folded = house.casefold()
        known = folded.removeprefix("the ") in words.agencies or folded in words.outlets
        apart = name.isupper() and not house.isupper() and (known or is_outlet_name(house, words))
        if (apart or known) and is_person_name(name, words):
            return len(name)
    return 0


def _read_korean(text: str, words: Words, *, explicit: bool) -> Credited | None:
    """`김종찬안보`, `이서연 기자`, `이서연기자 국제`, with or without an address."""
    bare = _EMAIL.sub(_blank, text)
    tokens = [(match.start(), match[0].strip("=·,()[]/")) for match in re.finditer(r"\S+", bare)]
    tokens = [(start + bare[start:].index(token), token) for start, token in tokens if token]
    if not tokens or not any("가" <= character <= "힣" for character in bare) or len(tokens) > 6:
        return None
    names: list[Found] = []
    category: Found | None = None
    outlet: Found | None = None
    agency: Found | None = None
    certain = explicit
    for start, token in tokens:
        if token in words.categories:
            category = (start, start + len(token), token)
            certain = True
        elif token.casefold() in words.agencies:
            agency = (start, start + len(token), words.agencies[token.casefold()])
        elif words.roles.fullmatch(token):
            certain = True
        elif (
            token.casefold() in words.outlets
            or (len(token) > 3 and token.endswith(words.outlet_endings))
            or (_unglued(token, words) is None and is_outlet_name(token, words))
        ):
            outlet = (start, start + len(token), words.outlets.get(token.casefold(), token))
        else:
            glued = _unglued(token, words)
            # What a colon follows is a label.
            if glued is None or bare[start + len(token) :].lstrip()[:1] in (":", "："):
                return None
            name, rest = glued
            names.append((start, start + len(name), name))
            if rest in words.categories:
                category = (start + len(name), start + len(token), rest)
            certain = certain or bool(rest)
    if not names or not certain:
        return None
    return Credited(tuple(names), agency, outlet, category)


def _unglued(token: str, words: Words) -> tuple[str, str] | None:
    """`token` as a Korean name and what is glued to it: a section, a role, or nothing.

    Three syllables are tried first: that is how long nine in ten Korean names are.
    """
    for length in (3, 2, 4):
        name, rest = token[:length], token[length:]
        if len(name) == length and is_hangul_name(name):
            if not rest and length >= 3:
                return name, ""
            section = rest in words.categories or rest.removesuffix("부") in words.categories
            # Two syllables and a section are a paper ("한국경제") as often as a person.
            if (section and length >= 3) or words.roles.fullmatch(rest):
                return name, rest
            role = next((role for role in ("기자", "특파원", "선임기자") if rest.endswith(role)), "")
            if role and rest.removesuffix(role).removesuffix("부") in words.categories:
                return name, rest.removesuffix(role)
    return None


def _core(text: str, start: int, end: int) -> tuple[int, int, str]:
    part = text[start:end]
    tail = _PLACE_TAIL.search(part)
    if tail and tail.start() > 3:
        part = part[: tail.start()]
    core = part.strip(" \t,;|/·-–—:()[]*•\u3000")
    if not core:
        return start, start, ""
    offset = start + part.index(core)
    return offset, offset + len(core), " ".join(core.split())


def _is_role(part: str, words: Words) -> bool:
    return all(token.casefold().strip(".") in words.not_names for token in part.split())


def _is_place(part: str) -> bool:
    """Whether `part`, which stands after a name in a signed byline, may be the town that was written from."""
    tokens = part.split()
    # "New South Wales" is as long as such places are.
    return len(tokens) <= 3 and all(token[0].isupper() and token.isalpha() for token in tokens)


def _cased(name: str) -> str:
    if not name.isupper() or len(name) < 4:
        return name
    return " ".join(token.title() if len(token) > 2 or "." not in token else token for token in name.split())


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
