"""Persons by rule: a title before a name, the shapes of names of many cultures, an age or a verb of saying after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.introduced import in_office
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.posted import name_after
from generator.annotate.mentions.tokens import Token
from generator.annotate.mentions.vocabulary import vocabulary
from generator.annotate.mentions.words import NameWords

SHORTENED = frozenset({"Md", "Mohd", "Muhd", "Wm", "Chas", "Thos", "Jas", "Geo"})
"""Given names that are written short, with a full stop: Md. Hale Tarn."""
SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
LONGEST = 5
"""Words of a name after a title: given names, particle, surname, Jr.; what is longer has run into other words."""

AGE = re.compile(r"\s?, (?:aged? )?\d{1,3}\s?[,.;:)]|\s?\(\d{1,3}\)")
SAID = re.compile(
    r"['’]?,? (?:has |had |also |later |have |then |further |again )?"
    r"(?:said|says|told|tells|added|adds|asked|replied|wrote|noted|warned|insisted|recalled|explained|argued|stated|"
    r"claimed|acknowledged|admitted|testified|quipped|declined|resigned|died|vowed|married|was born|is survived)\b"
)
SAID_BEFORE = re.compile(r"[,”\"’'] (?:said|says|added|asked|wrote|recalled|explained|noted) $")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a run of words looks like as a person's name."""

    last: int
    rule: str
    score: float


def find_persons(passage: Passage, lexicon: Lexicon, portfolios: frozenset[str]) -> Iterator[Candidate]:
    """Candidates for persons, overlapping ones included; strongest rules first at each word.

    `portfolios`: folded words for what ministers are for.
    """
    words = lexicon.words
    tokens = passage.tokens
    index = 0
    while index < len(tokens):
        title, after = _title(tokens, index, words)
        if title and after < len(tokens):
            after = name_after(tokens, after, lexicon, portfolios)
            korean = _korean(tokens, after, words)
            last = korean.last if korean else name_run(passage, after, lexicon, after_title=True)
            kind = _kind(title, tokens[index:after], words)
            if last >= after and _titled(passage, after, last, kind, lexicon):
                written = passage.text[tokens[index].start : tokens[after - 1].end]
                yield _candidate(
                    passage, after, Shape(last, "title", 0.9), _dotted(passage.text, written, tokens[after - 1].end)
                )
                index = last + 1
                continue
            index = max(after, index + 1)
            continue
        shape = _shape(passage, index, lexicon)
        if shape:
            yield _candidate(passage, index, shape)
            index = shape.last + 1
        else:
            index += 1


def _dotted(text: str, title: str, end: int) -> str:
    return f"{title}." if text[end : end + 1] == "." else title


def _candidate(passage: Passage, first: int, shape: Shape, title: str = "") -> Candidate:
    tokens, text = passage.tokens, passage.text
    last = shape.last
    single = first == last
    end = tokens[last].end
    if tokens[last].text in ("Jr", "Sr") and text[end : end + 1] == ".":
        end += 1
    return Candidate(
        tokens[first].start,
        end,
        "person",
        shape.rule,
        Trust.SINGLE if single else Trust.KNOWN if shape.rule == "first-name" else Trust.FULL,
        shape.score,
        title=title,
        weak=single,
    )


def _kind(title: str, parts: tuple[Token, ...], words: NameWords) -> str:
    """The kind of a title as written: a capital makes a title, lower case a role; empty where it is neither."""
    kind = words.titles.get(title, "")
    if kind != "role" and not any(part.capital for part in parts):
        return "role" if title in words.roles else ""
    return kind


def _title(tokens: tuple[Token, ...], index: int, words: NameWords) -> tuple[str, int]:
    """The longest title that begins at `index`, and the index after it; empty where there is none."""
    if tokens[index].key not in words.title_starts:
        return "", index
    for length in range(min(words.longest_title, len(tokens) - index), 0, -1):
        parts = tokens[index : index + length]
        if any(part.gap not in (" ", "-", ". ") for part in parts[1:]):
            continue
        title = " ".join(part.key for part in parts)
        kind = _kind(title, parts, words)
        if kind and parts[-1].end == parts[-1].full_end:
            after = index + length
            if after < len(tokens) and tokens[after].gap in (" ", ". ", ".", " and ", " ("):
                # Titles pile up: "former First Deputy Prime Minister", "Acting Secretary General".
                return title, after
    return "", index


def name_run(passage: Passage, first: int, lexicon: Lexicon, *, after_title: bool = False) -> int:
    """The last word of the run of name words that begins at `first`; `first - 1` where none begins."""
    words = lexicon.words
    tokens = passage.tokens
    last = first - 1
    index = first
    while index < len(tokens) and index - first < LONGEST:
        token = tokens[index]
        if index > first and not _continues(tokens[index - 1], token):
            named = last == index - 1 and _nickname(passage, index)
            if not named:
                break
            last = index = named
            if tokens[index].end != tokens[index].full_end:
                break
            index += 1
            continue
        if token.key in vocabulary().particles and not token.capital:
            # A particle needs a name after it: "Nouri al-Maliki", "Stan van Gundy".
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if index == first and not (token.key in ("al", "el") and following and following.gap == "-"):
                break
            if following is None or following.gap not in (" ", "-"):
                break
            if not following.capital and following.key not in vocabulary().particles:
                break
            index += 1
            continue
        hyphenated = index > first and token.gap in ("-", "‐", "‑")
        if not token.capital and not (hyphenated and token.text.isalpha()):
            break
        if not token.text.isalpha() and (not token.text[0].isalpha() or any(map(str.isdigit, token.text))):
            break
        if passage.shouted and index > first and not (token.key in words.first or token.key in words.last):
            break
        if not hyphenated and not _namely(token, words, is_first=index == first, after_title=after_title):
            break
        last = index
        if token.end != token.full_end:
            break
        index += 1
    return last


def _continues(before: Token, token: Token) -> bool:
    if token.gap in (" ", "-", "‐", "‑", "\xa0"):
        return before.end == before.full_end
    if token.gap in ("' ", "’ "):  # Achieng' Odera: in the west of Kenya, ng' is a sound
        return before.text.endswith("ng")
    if token.gap == ". ":  # an initial, or a given name that is written short
        return len(before.text) == 1 or before.text in SHORTENED
    if token.gap == ".":
        return len(before.text) == 1
    return token.gap == ", " and token.text in ("Jr", "Sr")


NICKNAME = re.compile(
    r"\.?,? ?[“\"‘'](?:[A-Z][\w.-]{1,20} ?){1,3}[”\"’'],? (?=[A-Z][\w'’-])|\.? \([A-Z][a-z]{2,15}\) (?=[A-Z][\w'’-])"
)
"""A by-name in marks inside a name, and the gaps around it: Robert C. “Bobby” Orla."""


def _nickname(passage: Passage, index: int) -> int:
    """The word behind the by-name in marks that begins at `index`; 0 where there is none."""
    tokens = passage.tokens
    found = NICKNAME.match(passage.text, tokens[index - 1].end)
    if not found or (passage.titled and sum(map(passage.text.count, '“‘"')) > 1):
        return 0  # a headline strung together from catchwords in marks: Wang ‘Red Line’ Yoon
    behind = index
    while behind < len(tokens) and tokens[behind].start < found.end():
        behind += 1
    return behind if behind < len(tokens) and tokens[behind].start == found.end() else 0


def _namely(token: Token, words: NameWords, *, is_first: bool, after_title: bool) -> bool:
    """Whether a capitalised word can be part of a person's name."""
    if token.text in SUFFIXES:
        return not is_first
    if len(token.text) == 1 and not token.text.isupper():
        return False
    if token.key in words.stops and is_first and token.key in words.first:
        # Bill, Joy, Jan: the words around them decide; a month or a weekday written whole is none.
        return token.key not in words.calendar or token.key == "jan"
    if token.key in words.stops:
        # April, Sunday, North: only a name list and a title together make them persons.
        return after_title and token.key in words.first and token.key in words.last
    if token.text in words.endings and not (is_first and after_title):
        return token.key in words.last and words.endings[token.text] != "company"
    title = words.titles.get(token.key)
    return title is None or title == "role" or token.key in words.last or token.key in words.first


def _titled(passage: Passage, first: int, last: int, kind: str, lexicon: Lexicon) -> bool:
    words = lexicon.words
    tokens = passage.tokens
    head = tokens[first]
    if head.key in lexicon.demonyms:
        return False
    if first == last:
        if len(head.text) < 2 or (passage.titled and head.key not in words.last and head.key not in words.first):
            return False
        strong = any(not entry.weak for entry in lexicon.entries.get(head.key, ()) if entry.surface == head.text)
        if kind == "role":
            return not strong and (head.key in words.first or head.key in words.last) and not head.shouted
        if strong:
            return head.key in words.last or kind in ("honorific",)
        return not (head.shouted and not passage.shouted)
    whole = " ".join(token.key for token in tokens[first : last + 1])
    if any(not entry.weak and entry.type != "person" for entry in lexicon.entries.get(whole, ())):
        return False
    if kind == "role" or passage.titled:
        # "owner Hale Group": the second word tells; a listed name on either side is asked for.
        return any(token.key in words.first or token.key in words.last for token in tokens[first : last + 1]) or (
            kind == "role" and not passage.titled and head.text not in words.endings
        )
    return True


def _shape(passage: Passage, index: int, lexicon: Lexicon) -> Shape | None:
    """A person's name that begins at `index`, by its shape or by what stands around it."""
    words = lexicon.words
    tokens = passage.tokens
    token = tokens[index]
    if not token.capital:
        return None
    korean = _korean(tokens, index, words)
    if korean or (index and tokens[index - 1].capital and token.gap == "-"):
        return korean
    if token.key in words.stops and token.key not in words.first:
        return None
    chinese = _chinese(tokens, index, lexicon)
    if chinese:
        return chinese
    last = name_run(passage, index, lexicon)
    if last < index:
        return None
    text = passage.text
    end = tokens[last].end
    listed_first = token.key in words.first or token.text in SHORTENED
    if last > index:
        head, tail = token, tokens[last]
        if tail.text in SUFFIXES and last - 1 > index:
            tail = tokens[last - 1]
        listed_last = tail.key.replace("'", "") in words.last
        double = tokens[index + 1].gap == "-" and tokens[index + 1].key in words.first and last > index + 1
        middle = tokens[index + 1 : last]
        short = head.text in SHORTENED
        initials = short or any(len(part.text) == 1 or part.text in vocabulary().particles for part in middle)
        if head.key in lexicon.demonyms or tail.key in lexicon.demonyms:
            return None
        if last - index > 1 and not initials and _country(token, lexicon):
            return None  # Kenya Red Cross, but Kenya Moore
        if token.key in words.stops and not (listed_last or (_named_so(tokens, index) and not passage.titled)):
            return None
        if listed_first and (listed_last or initials or double) and not (passage.titled and last - index > 2):
            return Shape(last, "first-and-last-name", 0.85)
        if (
            AGE.match(text, end)
            and last - index < 4
            and not passage.titled
            and not is_known(tokens, index, last, lexicon)
        ):
            return Shape(last, "age", 0.85)
        if last - index < 4 and not is_known(tokens, index, last, lexicon) and in_office(passage, index, last, lexicon):
            return Shape(last, "office-behind", 0.82)
        if listed_first and SAID.match(text, tokens[last].full_end) and not is_known(tokens, index, last, lexicon):
            return Shape(last, "saying", 0.8)
        if listed_first and last == index + 1 and not passage.titled and _unclaimed(tokens, index, lexicon):
            return Shape(last, "first-name", 0.6)
        return None
    if token.key in words.stops:
        return None
    if passage.titled or token.shouted or is_known(tokens, index, index, lexicon):
        return None
    if AGE.match(text, end) and (listed_first or token.key in words.last) and len(token.text) > 2:
        return Shape(last, "age", 0.75)
    said = SAID.match(text, token.full_end) or SAID_BEFORE.search(text, max(0, token.start - 16), token.start)
    if said and (listed_first or token.key in words.last) and len(token.text) > 1:
        return Shape(last, "saying", 0.7)
    return None


GIVEN = frozenset({"bill", "jan", "eve", "may", "will", "christian", "june", "april", "august"})
"""Given names that are also common words or months: names before another word with a capital."""


def _named_so(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a common word is a given name here: Bill de Orla, Jan Tarnov; "Will Orla come?" is doubtful."""
    head = tokens[index]
    doubtful = head.key in ("may", "will") and head.opens
    return head.key in GIVEN and not doubtful and tokens[index + 1].gap == " " and head.end == head.full_end


def _unclaimed(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether nothing but a first name is known of the two words: Bruce Tarnov, not Virginia Beach."""
    words = lexicon.words
    head, tail = tokens[index], tokens[index + 1]
    if any(not entry.weak for part in (head, tail) for entry in lexicon.entries.get(part.key, ())):
        return False
    return (
        len(tail.text) > 3
        and not tail.shouted
        and (head.key not in words.stops or head.key in GIVEN)
        and (head.key not in words.last or head.key in GIVEN)
        and tail.key not in words.titles
        and tail.text not in words.endings
    )


def _country(token: Token, lexicon: Lexicon) -> bool:
    return any(entry.role == "country" and not entry.weak for entry in lexicon.entries.get(token.key, ()))


def is_known(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a gazetteer has a run of words as the name of something that is no person."""
    whole = " ".join(token.key for token in tokens[first : last + 1])
    return any(not entry.weak and entry.type != "person" for entry in lexicon.entries.get(whole, ()))


def _korean(tokens: tuple[Token, ...], index: int, words: NameWords) -> Shape | None:
    """Kim Yo-jong, Kim Yo Jong, Seok-Yeol Yoon: surname and syllables, in either order."""
    parts = tokens[index : index + 3]
    if len(parts) < 3 or parts[0].end != parts[0].full_end or parts[1].end != parts[1].full_end:
        return None
    first, second, third = parts
    keys = [part.key for part in parts]
    syllables = words.korean_syllables
    if first.text.isupper() and len(first.text) > 1 and not third.text.isupper():
        return None
    if keys[0] in words.korean_surnames and second.gap == " " and second.capital:
        if third.gap in ("-", "‐", "‑"):
            if keys[1] in syllables and keys[2] in syllables:
                return Shape(index + 2, "korean-name", 0.95)
            if (keys[1] in syllables or keys[2] in syllables) and third.text.islower():
                return Shape(index + 2, "korean-name", 0.85)
        elif third.gap == " " and third.capital and keys[1] in syllables and keys[2] in syllables and len(keys[1]) > 1:
            return Shape(index + 2, "korean-name", 0.9)
    if (
        second.gap == "-"
        and third.gap == " "
        and third.capital
        and keys[2] in words.korean_surnames
        and keys[0] in syllables
        and keys[1] in syllables
    ):
        return Shape(index + 2, "korean-name-reversed", 0.9)
    return None


def _chinese(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Shape | None:
    """Xi Jinping: a surname and a given name of two syllables in one word."""
    words = lexicon.words
    if index + 1 >= len(tokens):
        return None
    first, second = tokens[index], tokens[index + 1]
    if (
        first.key not in words.chinese_surnames
        or first.end != first.full_end
        or second.gap != " "
        or not second.capital
        or second.shouted
        or not 4 <= len(second.key) <= 12
        or second.key in words.stops
        or second.text in words.endings
        or second.key in words.last
        or lexicon.entries.get(second.key)
    ):
        return None
    name = second.key
    for cut in range(1, len(name)):
        if name[:cut] in words.chinese_syllables and name[cut:] in words.chinese_syllables:
            return Shape(index + 1, "chinese-name", 0.85)
    return None
