"""Names by their shape: the words that end or begin the names of organizations and places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.annotate.mentions.apposition import find_apposed
from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.rules import OfficeRules
from generator.annotate.mentions.series import series_end
from generator.annotate.mentions.shown import english
from generator.annotate.mentions.tokens import Token, last_of_row
from generator.annotate.mentions.vocabulary import vocabulary
from generator.annotate.mentions.words import NameWords
from generator.model import EntityType

CONNECTORS = frozenset({"of", "for", "on", "the", "and", "at", "de", "&"})
LONGEST = 7
"""Words to either side of an ending or a head."""


STATION = re.compile(r"\b[KW][A-Z]{2,3}-(?:TV|FM|AM|DT|LP)\b(?![\w-])")
"""Call signs of American stations: K or W, two or three more letters, the band."""


def find_shapes(passage: Passage, lexicon: Lexicon, rules: OfficeRules) -> Iterator[Candidate]:
    """Candidates by ending ("Orla Steel Corp.", "Tarn River") and by head ("University of Orla", "Mount Tarn")."""
    words = lexicon.words
    tokens = passage.tokens
    yield from find_apposed(passage, lexicon)
    for match in STATION.finditer(passage.text):
        yield Candidate(match.start(), match.end(), "organization", "station", Trust.FULL, 0.9)
    for index, token in enumerate(tokens):
        width, kind = _ending_at(tokens, index, words)
        if kind and (candidate := _ending(passage, index, (width, kind), lexicon, rules)):
            yield candidate
        if (token.text in rules.heads and (candidate := _head(passage, index, lexicon, rules))) or (
            token.text in rules.place_heads and (candidate := _place_head(tokens, index, words))
        ):
            yield candidate
        if token.text == "&" and (candidate := _partners(tokens, index, lexicon)):
            yield candidate
        if token.text in rules.leads and (candidate := _led(tokens, index)):
            yield candidate


def _partners(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Candidate | None:
    """Tarn & Sons; Tarn, Olcott & Wray: firms of partners. The words of the last partner end it."""
    first, last = index, index
    while (
        first
        and index - first < PARTNER_WORDS
        and tokens[first - 1].capital
        and tokens[first].gap == " "
        and tokens[first - 1].key not in vocabulary().function
        and tokens[first - 1].end == tokens[first - 1].full_end
    ):
        first -= 1
    while (
        last + 1 < len(tokens)
        and last - index < PARTNER_WORDS
        and tokens[last + 1].capital
        and tokens[last + 1].gap == " "
        and tokens[last].end == tokens[last].full_end
    ):
        last += 1
    if index in (first, last) or len(tokens[index - 1].text) < 2 or len(tokens[index + 1].text) < 2:
        return None
    known = " ".join(token.key for token in tokens[first : last + 1]) in lexicon.entries
    while (
        first > 1
        and not known
        and tokens[first - 2].text != "&"
        and tokens[first].gap == ", "
        and tokens[first - 1].capital
        and not lexicon.entries.get(tokens[first - 1].key)
        and tokens[first - 1].gap in (" ", ", ")
        and not (tokens[first - 1].gap == " " and tokens[first - 2].capital)
        and index - first < PARTNER_WORDS
    ):
        first -= 1
    return Candidate(tokens[first].start, tokens[last].end, "organization", "partners", Trust.FULL, 0.8)


PARTNER_WORDS = 3
"""Words to either side of the "&" of a firm."""


def _led(tokens: tuple[Token, ...], index: int) -> Candidate | None:
    """Banco Tavira, Grupo de Orla: what a Romance language calls the organization stands first."""
    last = last_of_row(tokens, index, LONGEST + 1)
    if last == index:
        return None
    return Candidate(tokens[index].start, tokens[last].end, "organization", "lead", Trust.FULL, 0.85)


def _ending_at(tokens: tuple[Token, ...], index: int, words: NameWords) -> tuple[int, str]:
    """How many words the ending has whose last word is at `index`, and its kind; the longest wins."""
    if tokens[index].text in words.last_of_endings:
        for width in (3, 2):
            if index >= width:
                ending = " ".join(token.text for token in tokens[index - width + 1 : index + 1])
                if ending in words.long_endings:
                    return width, words.long_endings[ending]
    return (1, words.endings.get(tokens[index].text, "")) if index else (1, "")


def _place_head(tokens: tuple[Token, ...], index: int, words: NameWords) -> Candidate | None:
    """Mount Orla, Lake Tarn, Plaza de los Orlos: the head and up to two capitalised words, small ones between them."""
    last = position = index
    capitals = 0
    while (
        position + 1 < len(tokens)
        and capitals < 2
        and position < index + LONGEST
        and (tokens[position + 1].capital or tokens[position + 1].text in vocabulary().romance)
        and tokens[position + 1].gap in ((" ", ". ") if position == index or tokens[position].text == "St" else (" ",))
        and tokens[position].end == tokens[position].full_end
    ):
        position += 1
        if tokens[position].capital:
            last, capitals = position, capitals + 1
        elif capitals:
            break
    if last == index or tokens[index].key in words.first:
        return None
    return Candidate(tokens[index].start, tokens[last].end, "place", "head", Trust.FULL, 0.8)


def _ending(
    passage: Passage, index: int, ending_of: tuple[int, str], lexicon: Lexicon, rules: OfficeRules
) -> Candidate | None:
    width, kind = ending_of
    words = lexicon.words
    tokens = passage.tokens
    ending = tokens[index]
    if not ending.capital and kind != "place" and ending.text != "plc":
        return None
    top = first = index - width + 1
    while (
        first
        and index - first < LONGEST
        and _goes_left(
            tokens, first, lexicon, portfolios=rules.portfolios if kind in ("body", "learning") else frozenset()
        )
    ):
        first -= 1
    while first < top and (
        tokens[first].key in vocabulary().function or not tokens[first].capital or _title_only(tokens[first], words)
    ):
        first += 1
    head = tokens[first:top]
    if not head or not _names(head, ending, kind, lexicon):
        return None
    last = index
    if kind in ("body", "learning", "care"):
        last = _right(passage, index, lexicon, rules)
        following = tokens[index + 1 : index + 3]
        if last == index and len(following) == 2 and following[0].text == "and" and following[1].gap == " ":
            last = index + 2 if words.endings.get(following[1].text) == kind else index  # Library and Museum
    end = tokens[last].end
    if passage.text[end : end + 1] == "." and tokens[last].text in ("Inc", "Corp", "Co", "Ltd", "Bros", "Cos"):
        end += 1
    type_: EntityType = "place" if kind == "place" else "organization"
    return Candidate(tokens[first].start, end, type_, "ending", Trust.FULL, 0.85)


def _names(head: tuple[Token, ...], ending: Token, kind: str, lexicon: Lexicon) -> bool:
    """Whether the words before an ending make a name of it: Orla River, not Old River or Cuban River."""
    stops, demonyms = lexicon.words.stops, lexicon.demonyms
    if kind == "place":
        known = any(entry.type == "place" for entry in lexicon.entries.get(head[0].key, ()))
        if not ending.capital and len(head) < 2 and not known and ending.text == "airport":
            return False
        return not all(token.key in demonyms for token in head) and not all(token.key in stops for token in head)
    if len(head) > 1:
        return True
    if head[0].key in demonyms:
        return ending.text in vocabulary().of_a_nation
    return head[0].key not in stops or (kind == "body" and not head[0].opens)


def _goes_left(tokens: tuple[Token, ...], index: int, lexicon: Lexicon, *, portfolios: frozenset[str]) -> bool:
    """Whether the word before `index` is part of the name too. `portfolios`: what bodies are for, joined by "and"."""
    token, before = tokens[index], tokens[index - 1]
    if token.gap == ", ":  # Land, Transport and Tourism Ministry
        return before.key in portfolios and token.key in portfolios and before.capital and before.end == before.full_end
    if token.gap in ("'s ", "’s "):
        return False
    if token.gap in ("' ", "’ "):  # Citizens' Movement
        return before.capital and before.text in vocabulary().owners
    if before.end != before.full_end and index > 1 and tokens[index - 2].text in ("St", "Saint"):
        return before.capital and token.gap == " "  # St Anne's School
    if before.end != before.full_end:
        # Children's Hospital, but Cuba's Ministry: of a known place it is the owner.
        return (
            token.gap == " "
            and before.capital
            and not any(entry.type == "place" for entry in lexicon.entries.get(before.key, ()))
            and before.text in vocabulary().owners
        )
    if token.gap not in (" ", "-", ". ") or (
        token.gap == ". " and len(before.text) > 2 and not before.text.endswith(".")
    ):
        return False
    if before.text in vocabulary().holders:
        return False
    if before.capital or before.text == "&":
        return True
    # Mine Safety and Health Administration; but Orla and Tarn Council are two where neither is what bodies are for
    return (
        before.text == "and"
        and before.gap == " "
        and token.capital
        and lexicon.words.endings.get(token.text) in (None, "company")  # … and Bank: another body
        and index > 1
        and tokens[index - 2].capital
        and tokens[index - 2].end == tokens[index - 2].full_end
        and (
            tokens[index - 2].key in portfolios
            or (portfolios and _describes(tokens[index - 2], lexicon))
            or (token.key in portfolios and not _claimed(tokens[index - 2], lexicon))
        )
    )


def _describes(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word before "and" is an English word that names nothing: Elementary and Secondary Department."""
    return token.key in english() and token.text not in lexicon.words.endings and not _claimed(token, lexicon)


def _claimed(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is a name by itself: a gazetteer's, a person's, an acronym."""
    words = lexicon.words
    return bool(lexicon.entries.get(token.key)) or token.key in words.first or token.key in words.last or token.shouted


def _title_only(token: Token, words: NameWords) -> bool:
    return words.titles.get(token.key) in ("honorific", "military") and token.text not in (
        "General",
        "Major",
        "Marshal",
    )


def _right(passage: Passage, index: int, lexicon: Lexicon, rules: OfficeRules) -> int:
    """How far a body's name goes on: "… of the Tarn Valley", "… for Rivers and Lakes"."""
    tokens, words = passage.tokens, lexicon.words
    last = index
    position = index + 1
    started = False
    while position < len(tokens) and position - index <= LONGEST:
        token = tokens[position]
        owned = token.gap in ("' ", "’ ") or tokens[position - 1].end != tokens[position - 1].full_end
        if owned and not (started and tokens[position - 1].text == "Peoples"):  # … on Human and Peoples' Rights
            return index  # … of the Workers' Party: another name begins here
        if token.gap == "-" and started and token.text.islower() and tokens[position - 1].capital:
            position += 1  # … for High-ranking Officials
            continue
        if token.gap not in (" ", "' ", "’ "):
            break
        if token.key in words.calendar:
            break
        if token.capital and started:
            last = position
        elif token.key in ("of", "for", "on") and not started:
            following = tokens[position + 1 : position + 3]
            if (
                not following
                or following[0].key in words.calendar
                or not (
                    following[0].capital or (following[0].key == "the" and len(following) > 1 and following[1].capital)
                )
            ):
                break
            whole = following[1] if following[0].key == "the" else following[0]
            if rules.shared_pattern.match(passage.text, whole.start):
                break  # a committee and its house are two organizations
            opening = position + (2 if following[0].key == "the" else 1)
            end = series_end(tokens, opening, rules.portfolios)
            if end > opening:
                return end
            started = True
        elif not (
            started
            and token.key in CONNECTORS
            and token.key not in ("at", "on")
            and position + 1 < len(tokens)
            and (tokens[position + 1].capital or token.key in ("of", "for"))
        ) or (token.key in ("and", "&") and _another(passage, position + 1, lexicon, rules)):
            break
        position += 1
    return last


def _another(passage: Passage, index: int, lexicon: Lexicon, rules: OfficeRules) -> bool:
    """Whether the word after "and" begins another organization: "of Finance and Bank of Tarn", "and Congress"."""
    tokens = passage.tokens
    place = tokens[index - 2]  # University of Beirut and …: a city begins no list of what a body is for
    if tokens[index].key not in rules.portfolios and any(
        entry.type == "place" and not entry.weak and entry.role in ("city", "capital")
        for entry in lexicon.entries.get(place.key, ())
    ):
        return True
    if tokens[index].text in rules.heads or rules.shared_pattern.match(passage.text, tokens[index].start):
        return True
    if tokens[index].key in rules.portfolios:
        return False
    found = next(lexicon.find(tokens[index : index + LONGEST]), None)
    return found is not None and found.first == 0 and not found.entries[0].weak and found.entries[0].type != "person"


def _head(passage: Passage, index: int, lexicon: Lexicon, rules: OfficeRules) -> Candidate | None:
    tokens = passage.tokens
    if index + 1 >= len(tokens) or tokens[index + 1].text not in ("of", "for"):
        return None
    last = _right(passage, index, lexicon, rules)
    if last == index:
        return None
    first = index
    before = tokens[index - 1] if index else None
    # American University of Beirut: of a school the nation is part of the name, of a ministry it is whose it is.
    if (
        before
        and before.capital
        and before.key in lexicon.demonyms
        and tokens[index].gap == " "
        and before.end == before.full_end
        and lexicon.words.endings.get(tokens[index].text) == "learning"
    ):
        first = index - 1
    return Candidate(tokens[first].start, tokens[last].end, "organization", "head", Trust.FULL, 0.85)
