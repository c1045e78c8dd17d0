"""Names that a word beside them introduces: `the airline RwandAir`, `the Mornaguia prison`, `/PressPoint/ --`.

Words of the text say what the name is, so that no list needs to know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.tokens import Token
from generator.annotate.mentions.vocabulary import vocabulary

OF_A_PERSON_TOO = frozenset(
    {"builder", "trader", "operator", "contractor", "union", "party", "bank", "chain", "agency"}
)
OF_A_BODY = frozenset({"state", "state-owned", "state-run", "indigenous", "private", "public", "national", "rival"})

CAMEL = re.compile(r"(?<![\w@#./-])(?!Ma?c[A-Z]|De[A-Z]|La[A-Z]|Le[A-Z]|Di[A-Z]|Van[A-Z]|Fitz[A-Z]|St[A-Z])"
                   r"[A-Z][a-z]{1,14}(?:[A-Z][a-z]{1,14}){1,3}(?![\w@./-]|\.\w)")  # fmt: skip
"""A capital inside a word: how companies, sites and parties write themselves. Surnames that do so are left out."""

PETRO = re.compile(r"(?<![\w-])Petro(?!g[lr]|l|s\b|v[a-z]+\b|nel|ne\b|nius|pav|zavod|polis|sian)[a-z]{4,12}(?![\w-])")
"""State oil companies: Petro with the name of the country. Persons and towns that begin so are left out."""

WIRE = re.compile(r"(?<= )/([A-Z][\w]*(?: [A-Z][\w]*){0,3})/ ?(?:--|[—–-])")
"""The release wire in a dateline: `OSLO, April 8 /PressPoint/ --`."""

DESK = re.compile(r"^[A-Z][\w .,'’-]{2,40} \(([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){1,4})\) ?(?:--|[—–-]) ")
"""The agency in a dateline: `ASTANA (Steppe Business News) -`."""

TICKER = re.compile(r"\(([A-Z][A-Za-z]{1,9}): ?([A-Z0-9.]{1,8})\)")
"""An exchange and a share's symbol."""

OFFICER = re.compile(r"\bChief ((?:[A-Z][a-z]+ ){1,2})(?=Officer\b)")
"""What a chief officer is for names nobody: Chief Technology Officer."""

LEADING = frozenset({"the", "a", "an", "of", "by", "at", "from", "with", "for", "and"})
"""What may stand before the word for the body: "the airline Orla", "at carrier Orla"."""

OFFICE = re.compile(
    r", (?:the |an? )?(?:(?:former|deputy|acting|new|then) )?([a-z]{4,14})(?: of| at| for) (?:the )?[A-Z]"
)
"""An office behind a name: `Hery Rakoto Andria, mayor of Orla`."""

DISTRICT = re.compile(r"(?<![\w-])([A-Z][a-z]{2,14})-(?:(do|si|shi)|dong|gu|gun|eup|myeon|ri|ku)(?![\w-])")
"""Districts, towns and provinces of Korea and Japan: Seongbuk-dong, Minato-ku. Given names end so too: Min-gu."""

VESSEL = re.compile(r"\b([a-z]{4,14})(?:,? the | )[“\"‘']?$")
"""What may be a vessel before a name: `the ferry Orla Hale`, `a ship, the Orla Hale,`."""

DOTTED = re.compile(r"(?<![\w@/.-])[A-Z][\w-]{1,24}\.(?:com|net|org|io|ai|tv|fm|co|me|[a-z]{2})(?![\w@/-]|\.\w)")
"""A company or site that goes by its address: Kaspi.kz, Booking.com."""

SMALL_FIRST = re.compile(r"(?<![\w@#./-])(?!i(?:Phone|Pad|Pod|Mac|OS|Cloud|Tunes|Watch)|mRNA|pH|kW|mW|dB|vs[A-Z])"
                         r"(?:[a-z]{1,5}[A-Z][a-z]{2,14}|[a-z]{2}[A-Z]{2,4})(?: [A-Z][a-z]{2,14})?"
                         r"(?![\w@/-]|\.\w)")  # fmt: skip
"""A small letter before a capital: eBay, easyJet, beIN Sports. What is only bought from such a firm is left out."""

_BEFORE_SITES = frozenset({"the", "in", "at", "from", "of", "to", "near", "notorious", "off", "across", "through"})
_LONGEST = 5


def find_introduced(passage: Passage, lexicon: Lexicon) -> Iterator[Candidate]:
    """Organizations and places that the words around them explain."""
    if passage.shouted:
        return
    text = passage.text
    for match in CAMEL.finditer(text):
        if match[0].lower() not in lexicon.words.stops:
            yield Candidate(match.start(), match.end(), "organization", "inner-capital", Trust.KNOWN, 0.7)
    if "Petro" in text:
        for match in PETRO.finditer(text):
            yield Candidate(match.start(), match.end(), "organization", "petro", Trust.SINGLE, 0.8)
    for match in DISTRICT.finditer(text):
        if match[1].lower() not in lexicon.words.korean_syllables:
            # A province or city is the one of its name; a district is another thing than a city that is called so.
            known_as = lexicon.entries.get(match[1].lower(), ()) if match[2] else ()
            key = next((entry.key for entry in known_as if entry.type == "place"), "")
            yield Candidate(match.start(), match.end(), "place", "district", Trust.FULL, 0.9, key=key)
    for pattern in (WIRE, DESK):
        for match in pattern.finditer(text):
            yield Candidate(match.start(1), match.end(1), "organization", "dateline", Trust.FULL, 0.9)
    if passage.titled:
        return
    tokens = passage.tokens
    known, explaining = vocabulary(), _explaining()
    for index, token in enumerate(tokens):
        if token.capital or not index:
            if text[token.end : token.end + 1] == "." and (address := DOTTED.match(text, token.start)):
                yield Candidate(address.start(), address.end(), "organization", "inner-capital", Trust.FULL, 0.8)
            continue
        if token.text is not token.key and token.text != token.key:
            styled = SMALL_FIRST.match(text, token.start)
            if styled:
                yield Candidate(styled.start(), styled.end(), "organization", "inner-capital", Trust.FULL, 0.8)
            continue
        if token.key not in explaining:
            continue
        found = None
        if token.text in known.introducing_bodies:
            found = _behind(tokens, index, lexicon)
        if token.text in known.sites and token.gap == " " and tokens[index - 1].capital:
            found = _site(tokens, index, lexicon)
        elif found is None and token.text in known.bodies_behind and token.gap == " " and tokens[index - 1].capital:
            found = _body(tokens, index, lexicon)
        if found:
            yield found


@cache
def _explaining() -> frozenset[str]:
    """All words that explain the name before or behind them."""
    known = vocabulary()
    return known.introducing_bodies | known.sites | known.bodies_behind


def names_nothing(passage: Passage, candidate: Candidate) -> bool:
    """Whether what looks like a name is a share's symbol, part of the title of an office, or a ship's."""
    if candidate.end - candidate.start > 40:
        return False
    if passage.text[candidate.start : candidate.end].partition(" ")[0] in vocabulary().ship_prefixes:
        return True
    before = VESSEL.search(passage.text, max(0, candidate.start - 24), candidate.start)
    if before and before[1] in vocabulary().vessels and candidate.rule != "korean-name":
        return True
    around = passage.text[max(0, candidate.start - 20) : candidate.end + 12]
    at = min(20, candidate.start)
    for pattern, group in ((TICKER, 2), (OFFICER, 1)):
        for match in pattern.finditer(around):
            if match.start(group) <= at < match.end(group):
                return True
    return False


def in_office(passage: Passage, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether an office stands behind a run of capitals that no word of shows to be anything but a person's name."""
    behind = None if passage.titled else OFFICE.match(passage.text, passage.tokens[last].full_end)
    if behind is None or behind[1] not in lexicon.words.roles:
        return False
    return not any(
        token.shouted or token.text in lexicon.words.endings or token.key in lexicon.words.stops
        for token in passage.tokens[first : last + 1]
        if token.capital
    )


def _behind(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Candidate | None:
    """The name behind `the airline`: capitals in a row."""
    before = tokens[index - 1]
    if tokens[index].end != tokens[index].full_end:
        return None
    last = index
    while last + 1 < len(tokens) and last - index < _LONGEST:
        token = tokens[last + 1]
        joined = token.gap == " " or (last > index and token.gap in ("-", "&"))
        if not joined or not (token.capital or token.text == "&"):
            break
        if last > index and tokens[last].end != tokens[last].full_end:
            break
        last += 1
    while last > index and tokens[last].text == "&":
        last -= 1
    head = tokens[index + 1 : last + 1]
    words = lexicon.words
    if not head or head[0].key in words.stops or head[0].key in lexicon.demonyms or head[0].key in words.calendar:
        return None
    if words.titles.get(head[0].key) or (head[0].key in words.first and head[0].key != "al"):
        return None
    if len(head) == 1 and any(entry.type == "place" for entry in lexicon.entries.get(head[0].key, ())):
        return None
    if tokens[index].text in OF_A_PERSON_TOO:
        body = before.key in OF_A_BODY or before.key in lexicon.demonyms
        firm = any(token.shouted or token.text == "&" or token.text in words.endings for token in head)
        # "the builder Hale" may be a person; "builder Ida Hale" is one.
        if not (body or firm):
            return None
    elif not before.capital and before.key not in LEADING and before.key not in OF_A_BODY:
        return None
    return Candidate(head[0].start, head[-1].end, "organization", "introduced", Trust.FULL, 0.82)


def _site(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Candidate | None:
    """The name before `prison`, behind an article or a preposition."""
    first = _run_before(tokens, index)
    head = tokens[first:index]
    if not head or not first or tokens[first - 1].key not in _BEFORE_SITES:
        return None
    if any(token.key in lexicon.words.stops or token.key in lexicon.demonyms for token in head):
        return None
    if any(entry.type != "place" and not entry.weak for entry in lexicon.entries.get(_whole(head), ())):
        return None
    return Candidate(head[0].start, head[-1].end, "place", "introduced", Trust.SINGLE, 0.8)


def _body(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Candidate | None:
    """The name before `party`, behind an article: the Islah party; not the Cuban party, the Christmas party."""
    first = _run_before(tokens, index)
    head = tokens[first:index]
    if not head or not first or tokens[first - 1].text not in ("the", "The"):
        return None
    words = lexicon.words
    if any(token.key in words.stops or token.key in lexicon.demonyms or token.key in words.calendar for token in head):
        return None
    if any(entry.type != "organization" for entry in lexicon.entries.get(_whole(head), ())):
        return None
    if len(head) == 1 and (head[0].key in words.last or head[0].key in words.first):
        return None  # the Hale bank may be Hale's
    return Candidate(head[0].start, head[-1].end, "organization", "introduced", Trust.SINGLE, 0.8)


def _whole(head: tuple[Token, ...]) -> str:
    return " ".join(token.key for token in head)


def _run_before(tokens: tuple[Token, ...], index: int) -> int:
    """Where the capitals before `index` begin; `index` where there are none or one of them is a possessor."""
    first = index
    while first and index - first < _LONGEST and tokens[first - 1].capital and tokens[first].gap in (" ", "-"):
        if tokens[first - 1].opens and tokens[first - 1].key in vocabulary().function:
            break
        if tokens[first - 1].end != tokens[first - 1].full_end:
            return index
        first -= 1
    return first
