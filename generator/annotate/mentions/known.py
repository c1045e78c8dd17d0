"""The gazetteer layer: known names, with the evidence that weak ones need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.korean import stands_alone
from generator.annotate.mentions.lexicon import Entry, Found, Lexicon
from generator.annotate.mentions.tokens import Token
from generator.annotate.mentions.vocabulary import vocabulary
from generator.annotate.mentions.words import NameWords

PREPOSITION = re.compile(
    r"(?:\b[Ii]n|\b[Aa]t|\b[Nn]ear|\b[Ff]rom|\b[Oo]utside|\b[Aa]round|\b[Aa]cross|\b[Tt]hroughout|\b[Tt]owards?|"
    r"\bcity of|\btown of|\bvillage of|\bsuburb of|\bport of|\bcapital,?|\b(?:north|south|east|west|central) of|"
    r"\b(?:road|highway|railway|border|flights?|trains?|ferry|fled|flew|drove|marched|returned|deported|extradited) to|"
    r"\b(?:northern|southern|eastern|western|central|downtown|coastal)) $"
)
DATELINE = re.compile(r"^\s?(?:\((?:AP|AFP|Reuters|[A-Z][\w ]{1,24})\)\s?)?(?:,[^.\n]{1,40})?\s?(?:--|[—–]|-\s)")
OFFICER_OF = re.compile(r"\b(?:CEO|chief executive|chairman|founder|spokes\w+|shares|stock) (?:of|at|for|in) $")
STORMS = frozenset({"Hurricane", "Typhoon", "Cyclone", "Storm"})
TOWN_WORDS = 3
NOT_IN_A_TOWN = frozenset({"in", "at", "near", "of", "the", "from", "to", "and"})
LIKE_A_COMPANY = re.compile(
    r"^(?:['’]s)? (?:shares|stock|said (?:it|its)|spokes\w+|employees|executives|CEO|chief executive)\b"
)


def find_known(passage: Passage, lexicon: Lexicon) -> Iterator[Candidate]:
    """A candidate for each known name that its context allows."""
    for found in lexicon.find(passage.tokens):
        candidate = _candidate(passage, found, lexicon)
        if candidate:
            yield candidate
            role = found.entries[0].role
            if candidate.trust == Trust.FULL and role == "abbreviation":
                yield from _town(passage, found, lexicon)
            elif role in ("country", "region") and candidate.type == "place" and not passage.titled:
                yield from (town for town in _town(passage, found, lexicon) if _located(passage, town))
    if lexicon.scripts and not passage.text.isascii():
        for match in lexicon.scripts.finditer(passage.text):
            entry = lexicon.script_entries[match.group()]
            if not stands_alone(passage.text, match.start(), match.end()):
                continue
            yield Candidate(match.start(), match.end(), entry.type, "gazetteer", Trust.FULL, 0.9, key=entry.key)


def _candidate(passage: Passage, found: Found, lexicon: Lexicon) -> Candidate | None:
    words = lexicon.words
    tokens = passage.tokens
    start, end = tokens[found.first].start, found.end
    entry = _bearer(passage, found, end)
    surface = passage.text[start:end]
    if entry.role == "abbreviation":
        # Calif., N.D.: a state only after a place and a comma; its stop belongs to it.
        if not re.search(r"(?:[a-zé], ?|\b[RDI]-)$", passage.text[max(0, start - 4) : start], re.IGNORECASE):
            return None
        if passage.text[end : end + 1] == "." and not surface.isupper():
            end += 1
        return Candidate(start, end, "place", "gazetteer", Trust.FULL, 0.9, key=entry.key)
    if end < len(passage.text) and passage.text[end] == "-" and passage.text[end + 1 : end + 2].isdigit():
        return None  # Boeing-737, AP-20: part of a code
    if found.first and tokens[found.first].gap == " " and tokens[found.first - 1].text in STORMS:
        return None  # Hurricane Orla is named like a town, but no town
    single = found.first == found.last
    if entry.type == "person":
        # Without the key: whether it is this bearer of the name is for the resolution to say.
        return None if _goes_on(passage, found) else Candidate(start, end, "person", "known-person", Trust.FULL, 0.8)
    if entry.type == "organization":
        start, end = _with_article(passage, found, entry, start, end)
    if entry.role == "country":
        styled = _style(tokens, found.first)
        start, single = tokens[styled].start, single and styled == found.first
    if not entry.weak:
        if single and _in_a_person(passage, found, words):
            return None
        return Candidate(
            start,
            end,
            entry.type,
            "gazetteer",
            Trust.SINGLE if single else Trust.FULL,
            0.9 if single else 0.95,
            key=entry.key,
        )
    evidence = _evidence(passage, found, entry, lexicon)
    if not evidence:
        return None
    ambiguous = entry.role == "country"
    return Candidate(start, end, entry.type, f"gazetteer-{evidence}", Trust.SINGLE, 0.75, key=entry.key, weak=ambiguous)


def _style(tokens: tuple[Token, ...], first: int) -> int:
    """The first word of a country's name with the style of the state before it: the Republic of Cuba."""
    at = first - 1
    if at > 0 and tokens[at].key == "the":
        at -= 1
    if at < 1 or tokens[at].text != "of" or any(token.gap != " " for token in tokens[at : first + 1]):
        return first
    style = at
    while style and tokens[style].gap == " " and tokens[style - 1].capital:
        if tokens[style - 1].full_key not in vocabulary().state_style:
            break
        style -= 1
    return style if style < at else first


def _goes_on(passage: Passage, found: Found) -> bool:
    """Whether the name is part of a longer one: George Bush Airport, Ronald Reagan Building."""
    if found.last + 1 >= len(passage.tokens) or passage.titled:
        return False
    following = passage.tokens[found.last + 1]
    return following.capital and following.gap in (" ", "-") and found.end == passage.tokens[found.last].full_end


def _town(passage: Passage, found: Found, lexicon: Lexicon) -> Iterator[Candidate]:
    """The place before the abbreviation of its state, known or not: "Orla Falls, Ala."."""
    tokens = passage.tokens
    first = found.first
    if tokens[first].gap != ", ":
        return
    while first and found.first - first < TOWN_WORDS:
        before = tokens[first - 1]
        joined = first == found.first or tokens[first].gap in (" ", "-", ". ")
        if not (before.capital and joined and before.end == before.full_end) or before.key in NOT_IN_A_TOWN:
            break
        first -= 1
    if first < found.first:
        yield Candidate(
            tokens[first].start, tokens[found.first - 1].end, "place", "before-state", Trust.SINGLE, 0.91,
            key=_town_key(tokens[first : found.first], found.entries[0].country, lexicon),
        )  # fmt: skip


def _located(passage: Passage, town: Candidate) -> bool:
    """Whether a preposition of place stands before: "in Orla, Kenya", but not "Hale, Kenya and Chad"."""
    before = passage.text[max(0, town.start - 14) : town.start]
    return PREPOSITION.search(before) is not None and not before.endswith(("from ", "From "))


def _town_key(tokens: tuple[Token, ...], country: str, lexicon: Lexicon) -> str:
    entries = lexicon.entries.get(" ".join(token.key for token in tokens), ())
    return next((entry.key for entry in entries if entry.type == "place" and entry.country == country), "")


def _with_article(passage: Passage, found: Found, entry: Entry, start: int, end: int) -> tuple[int, int]:
    """The stretch with a capital article inside a sentence ("told The Associated Press") and the stop of Inc."""
    tokens = passage.tokens
    before = tokens[found.first - 1] if found.first else None
    if tokens[found.first].text == "the":  # the Orla Journal: written small, the article is no part of the name
        start = tokens[found.first + 1].start
    if (
        before
        and before.text == "The"
        and not (before.opens or _after_dash(before))
        and tokens[found.first].gap == " "
        and not passage.titled
    ):
        start = before.start
    if tokens[found.last].text in ("Inc", "Corp", "Co", "Ltd", "Bros", "Cos") and passage.text[end : end + 1] == ".":
        end += 1
    if (
        entry.surface.startswith("The ")
        and entry.name != entry.surface
        and (tokens[found.first].opens or _after_dash(tokens[found.first]))
        and not passage.titled
    ):
        start = tokens[found.first + 1].start
    return start, end


def _after_dash(token: Token) -> bool:
    """Whether a dash stands before: "ORLA — The Harriers won"."""
    return any(mark in token.gap for mark in ("—", "–", "--"))


def _bearer(passage: Passage, found: Found, end: int) -> Entry:
    """The likeliest of the entries: the one whose country or state is named right after, else the first."""
    if len(found.entries) > 1:
        after = passage.text[end : end + 24]
        for entry in found.entries:
            if entry.country and re.match(rf",? {re.escape(entry.country)}\b", after):
                return entry
        strong = [entry for entry in found.entries if not entry.weak]
        return strong[0] if strong else found.entries[0]
    return found.entries[0]


def _in_a_person(passage: Passage, found: Found, words: NameWords) -> bool:
    """Whether the word stands between name words: Denzel Washington, Paris Hale."""
    tokens = passage.tokens
    token = tokens[found.first]
    before = tokens[found.first - 1] if found.first else None
    if before and token.gap == " " and before.capital and before.key in words.first and before.key not in words.stops:
        return before.end == before.full_end and (token.key in words.last or not before.opens)
    return False


def _evidence(passage: Passage, found: Found, entry: Entry, lexicon: Lexicon) -> str:
    """Why a weak name is believed here: `comma`, `preposition`, `dateline`, `company`; empty where nothing does."""
    text, tokens = passage.text, passage.tokens
    start, end = tokens[found.first].start, found.end
    following = tokens[found.last + 1] if found.last + 1 < len(tokens) else None
    joined = following is not None and following.gap in (" ", "-") and following.capital and not passage.titled
    if entry.type == "place":
        if entry.role == "country":
            return "country"
        if re.match(r", [A-Z][\w.]{1,20}", text[end : end + 24]) and not joined:
            return "comma" if _state_follows(text, end, lexicon) else ""
        if found.first == 0 and text[start:end].isupper() and DATELINE.match(text[end:]):
            return "dateline"
        before = tokens[found.first - 1] if found.first else None
        if joined or (before and before.capital and tokens[found.first].gap == " " and not before.opens):
            return ""
        if PREPOSITION.search(text, max(0, start - 14), start) and tokens[found.first].key not in lexicon.words.stops:
            return "preposition"
        return ""
    if joined or passage.titled or passage.shouted:
        return ""
    before = tokens[found.first - 1] if found.first else None
    if entry.role == "team":
        # "the Dolphins": a plural with the article and a capital in mid-sentence
        return "team" if before and before.key == "the" and tokens[found.first].gap == " " else ""
    if not tokens[found.first].opens and LIKE_A_COMPANY.match(text[end : end + 40]):
        return "company"
    if OFFICER_OF.search(text, max(0, start - 40), start):
        return "company"
    return ""


def _state_follows(text: str, end: int, lexicon: Lexicon) -> bool:
    match = re.match(r", ([A-Z][\w]{1,16}\.?(?: [A-Z][\w]{1,16}\.?)?)", text[end : end + 40])
    if not match:
        return False
    for words in (match.group(1), match.group(1).split(" ")[0]):
        entries = lexicon.entries.get(words.replace(".", "").lower(), ())
        if any(entry.type == "place" and entry.role in ("country", "region", "abbreviation") for entry in entries):
            return True
    return False
