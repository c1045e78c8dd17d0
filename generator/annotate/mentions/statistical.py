"""The model layer: what the statistical model calls a name, mended and with its known weaknesses left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.known import PREPOSITION
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.persons import GIVEN, SUFFIXES
from generator.annotate.mentions.shown import english, shown_type
from generator.annotate.mentions.tokens import Token
from generator.annotate.mentions.vocabulary import vocabulary
from generator.annotate.mentions.words import NameWords
from generator.annotate.recognizer import RawEntity
from generator.annotate.sentences import starters
from generator.model import EntityType

TYPES: dict[str, EntityType] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
"""OntoNotes and CoNLL labels of names. Nationalities, works, products, laws and events are no mentions."""

LONGEST = 8
"""Words. What the model gives longer than this has swallowed a headline or a list."""

BROKEN = re.compile(r", (?!Inc|L\.?L\.?C|Ltd)| [-–—] |[\n“”\"‘<>\[\]{}|=@#/\\]|['’] |\.\.|https?:")
RESIDENCE = re.compile(r", \d{1,3}, of $")
"""After a person's age: "Ablett, 34, of Orla"."""
LINKS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "at",
        "on",
        "in",
        "de",
        "la",
        "du",
        "von",
        "van",
        "al",
        "el",
        "bin",
        "ibn",
        "&",
        "to",
        "der",
        "del",
        "dos",
        "da",
        "das",
        "le",
        "les",
        "und",
        "y",
        "e",
    ]
)


def find_modelled(
    passages: Sequence[Passage], raw: Sequence[Sequence[RawEntity]], lexicon: Lexicon
) -> list[list[Candidate]]:
    """Candidates per passage. Single words get the type that the model gives them most often in the document."""
    inside = {token.text for passage in passages for token in passage.tokens if token.capital and not token.opens}
    found = [
        [one for one in _candidates(passage, entities, lexicon) if not _opener(passage, one, inside, lexicon)]
        for passage, entities in zip(passages, raw, strict=True)
    ]
    votes: defaultdict[str, Counter[EntityType]] = defaultdict(Counter)
    for passage, candidates in zip(passages, found, strict=True):
        for candidate in candidates:
            shown = candidate.type == "person" and BEHIND_A_PERSON.match(passage.text, candidate.end)
            votes[passage.text[candidate.start : candidate.end]][candidate.type] += SHOWN if shown else 1
    return [
        [_by_majority(candidate, votes[passage.text[candidate.start : candidate.end]]) for candidate in candidates]
        for passage, candidates in zip(passages, found, strict=True)
    ]


SHOWN = 3
"""Votes of a place where the words behind a name show it to be a person's, of which there is one in an article."""

COMMON_ENDINGS = (
    "ing",
    "ness",
    "tion",
    "sion",
    "ism",
    "ity",
    "ment",
    "out",
    "ers",
    "ars",
    "ors",
    "ies",
    "ship",
    "ings",
)
"""Ends of common words: what ends so is a word that a sentence opens with, rather than a name that no list has."""


def _opener(passage: Passage, candidate: Candidate, inside: set[str], lexicon: Lexicon) -> bool:
    """Whether only the head of a sentence gives a common word its capital: it never has one inside a sentence."""
    surface = passage.text[candidate.start : candidate.end]
    if candidate.trust != Trust.HINT or candidate.type != "person" or surface in inside or surface.isupper():
        return False
    key = surface.lower()
    listed = key in lexicon.words.first or key in lexicon.words.last or key in lexicon.words.notable
    return key.endswith(COMMON_ENDINGS) and not listed


def _by_majority(candidate: Candidate, votes: Counter[EntityType]) -> Candidate:
    if len(votes) == 1:
        return candidate
    type_, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    if type_ == candidate.type or count == votes[candidate.type]:
        return candidate
    return Candidate(
        candidate.start, candidate.end, type_, "model-majority", candidate.trust, candidate.score - 0.05,
        title=candidate.title, weak=candidate.weak,
    )  # fmt: skip


def _candidates(passage: Passage, entities: Sequence[RawEntity], lexicon: Lexicon) -> Iterator[Candidate]:
    starts = [token.start for token in passage.tokens]
    for entity in entities:
        type_ = TYPES.get(entity.label)
        if type_ is None or BROKEN.search(passage.text, entity.start, entity.end - 1):
            continue
        first = max(bisect_left(starts, entity.start + 1) - 1, 0)
        last = bisect_left(starts, entity.end) - 1
        if not passage.tokens or passage.tokens[first].full_end <= entity.start:
            first += 1
        first, last, title = _trim(passage.tokens, first, last, type_, lexicon)
        if first > last or last - first >= LONGEST:
            continue
        for low, high in _parted(passage.tokens, first, last, type_, lexicon):
            candidate = _judge(passage, passage.tokens[low : high + 1], type_, title, lexicon)
            if candidate:
                yield candidate


def _parted(
    tokens: tuple[Token, ...], first: int, last: int, type_: EntityType, lexicon: Lexicon
) -> list[tuple[int, int]]:
    """The names in what the model takes for one: ING and Capital Economics; Tarn Inc's Boatyard; Crooked Ida Hale."""
    known = lexicon.entries
    opening = next((index for index in range(first + 1, last + 1) if "(" in tokens[index].gap), 0)
    if opening:  # Tarn Authority (TA: the name and what it is called for short
        return [(first, opening - 1), (opening, last)]
    if type_ == "organization" and first + 1 < last and tokens[first + 1].text == "and":
        head = tokens[first]
        rest = " ".join(token.key for token in tokens[first + 2 : last + 1])
        whole = any(entry.type == "organization" for entry in known.get(rest, ()))
        if (
            head.shouted
            or whole
            or any(entry.type == "organization" and not entry.weak for entry in known.get(head.key, ()))
        ):
            return [(first, first), (first + 2, last)]
    behind = type_ == "organization" and last > first + 1 and tokens[first + 1].text == "the"
    if behind and any(entry.type == "place" for entry in known.get(tokens[first].key, ())):
        return [(first, first), (first + 2, last)]  # In Orla the Tarn Security Administration stayed open
    if type_ == "organization" and last == first + 2 and tokens[first + 1].text == "and":
        places = [any(e.type == "place" for e in known.get(tokens[at].key, ())) for at in (first, last)]
        if all(places):  # to Orla and Tarn: two towns
            return [(first, first), (last, last)]
    if type_ == "organization" and (named := _of_a_body(tokens, first, last, lexicon)):
        return [(first, named), (named + 2, last)]
    if type_ == "organization":
        for index in range(first + 1, last - 2):
            heads = lexicon.words.endings.get(tokens[index + 1].text) == "body" and tokens[index + 2].text == "of"
            if tokens[index].text == "and" and heads:
                return [(first, index - 1), (index + 1, last)]
        for index in range(first, last):
            owner = tokens[index].end != tokens[index].full_end
            if owner and lexicon.words.endings.get(tokens[index].text) == "company":
                return [(first, index), (index + 1, last)]
    if type_ == "person" and last - first > 1:
        rest = " ".join(token.key for token in tokens[first + 1 : last + 1])
        if any(entry.type == "person" for entry in known.get(rest, ())):
            return [(first + 1, last)]
    return [(first, last)]


def _of_a_body(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> int:
    """The last word of the person in "Ida Hale of Orlabank"; 0 where a word before "of" is that of a body.

    Two or three words that are no words of English: Sons of Orla, Doctors of the World are names of bodies.
    """
    at = next((index for index in range(first + 2, min(first + 4, last)) if tokens[index].text == "of"), 0)
    if not at or any(
        not token.capital
        or token.shouted
        or token.text in lexicon.words.endings
        or token.key in english()
        or token.key in lexicon.demonyms
        or lexicon.entries.get(token.key)
        for token in tokens[first:at]
    ):
        return 0
    return at - 1


def _trim(
    tokens: tuple[Token, ...], first: int, last: int, type_: EntityType, lexicon: Lexicon
) -> tuple[int, int, str]:
    """Cut off articles, titles, nationalities, weekdays and loose words at either end."""
    words = lexicon.words
    title = ""
    if first < last and tokens[first].opens and tokens[first].text in starters() and tokens[first].text != "The":
        first += 1  # Later Hale …: only the sentence gives the first word its capital
    if first < last and tokens[first].text in ("D", "R", "I") and tokens[first + 1].gap == "-":
        first += 1  # (D-Orla): the party and the state or town of a politician
    while first <= last:
        token = tokens[first]
        nationality = token.key in lexicon.demonyms and (type_ != "organization" or first == last)
        titled = type_ == "person" and token.key in words.titles and first < last and token.key not in words.first
        if titled:
            title = f"{title} {token.text}".strip()
        if not (
            nationality
            or titled
            or (not token.capital and token.key not in ("al", "el"))
            or _empty(token, words, type_, alone=first == last)
        ):
            break
        first += 1
    while first <= last:
        token = tokens[last]
        joined = last > first and token.gap == "-"
        if token.capital and not _empty(token, words, type_, alone=first == last):
            break
        if joined and token.text.isalpha():  # Yo-jong
            break
        if type_ == "place" and token.text in words.endings:
            break
        last -= 1
    if type_ != "place":
        for index in range(first + 1, last + 1):
            if type_ == "organization" and tokens[index].text in vocabulary().cutting_titles:
                return first, index - 1, title
    return first, last, title


def _empty(token: Token, words: NameWords, type_: EntityType, *, alone: bool) -> bool:
    """Whether a word names nothing at the end of a name. Inside organizations common words are at home."""
    if type_ == "person" and not alone and token.text in SUFFIXES:
        return False
    if token.key not in words.stops:
        return (
            alone
            and words.titles.get(token.key) not in (None, "role")
            and not (token.key in words.last or token.key in words.first)
        )
    if not alone and token.key in GIVEN and not token.opens and type_ == "person":
        return False
    if not alone and (token.key in vocabulary().calendar or (type_ != "organization" and token.key in ARTICLES)):
        return True
    if type_ == "organization" and not alone:
        return token.key in ("the", "a", "an", "in", "at", "on", "of", "and")
    if alone and type_ == "person" and token.key in words.first and token.key not in vocabulary().calendar:
        return False
    return not (not alone and (token.key in words.last or token.text in words.endings or type_ == "place"))


ARTICLES = frozenset({"the", "a", "an"})


def _judge(
    passage: Passage, tokens: tuple[Token, ...], type_: EntityType, title: str, lexicon: Lexicon
) -> Candidate | None:
    words = lexicon.words
    text = passage.text[tokens[0].start : tokens[-1].end]
    if passage.titled or passage.shouted:
        return None
    loose = any(not token.capital and token.key not in LINKS and token.gap not in ("-", "‐") for token in tokens[1:])
    if loose and not (tokens[-1].text in words.endings and type_ == "place"):
        return None
    if len(tokens) > 1 and any(token.gap == "-" for token in tokens[1:]):
        # North Korea-Japan
        pair = [found for found in lexicon.find(tokens) if found.entries[0].type == "place"]
        if len(pair) > 1 and type_ != "organization":
            return None
    whole = " ".join(token.key for token in tokens)
    if whole in lexicon.demonyms or (text[-1].isdigit() and len(tokens) == 1):
        return None
    single = len(tokens) == 1
    if single:
        token = tokens[0]
        if len(token.text) < 2 or token.text.islower() or token.gap == "-":
            return None
        if type_ == "organization" and not token.shouted and _before_a_title(passage, token, lexicon):
            return None
        if type_ == "organization" and RESIDENCE.search(passage.text, max(0, token.start - 9), token.start):
            type_ = "place"
        elif type_ != "person" and not token.shouted and _like_a_person(passage, token, type_, lexicon):
            type_ = "person"
        else:
            type_ = shown_type(passage, tokens, type_, lexicon)
        score = 0.65
    else:
        type_ = shown_type(passage, tokens, type_, lexicon)
        if type_ != "person" and (_full_name(tokens, lexicon) or _who(passage, tokens, lexicon)):
            type_ = "person"
        score = 0.8
    end = tokens[-1].end
    if (
        tokens[-1].text in ("Inc", "Corp", "Co", "Ltd", "Jr", "Sr", "Bros", "Cos")
        and passage.text[end : end + 1] == "."
    ):
        end += 1
    return Candidate(
        tokens[0].start, end, type_, "model", Trust.HINT if single else Trust.FULL, score, title=title,
        weak=single and type_ == "person",
    )  # fmt: skip


def _full_name(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Whether what the model takes for an organization or a place begins with a given name and nothing speaks for it.

    Two or three words parted by spaces, the first a given name and no word of a place, none a word of a body.
    """
    words = lexicon.words
    head, tail = tokens[0], tokens[-1]
    return (
        len(tokens) <= 4
        and (head.key in words.first or (len(tokens) > 2 and tokens[1].key in words.first))
        and head.key not in words.last
        and (head.key not in words.stops or head.key in GIVEN)
        and not lexicon.entries.get(head.key)
        and all(
            token.text in SUFFIXES or (token.capital and token.gap in (" ", ". ") and not token.shouted)
            for token in tokens[1:]
        )
        and not any(
            token.text in words.endings or (token.key in words.stops and len(token.key) > 1) for token in tokens[1:]
        )
        and not lexicon.entries.get(tail.key)
    )


BEHIND_A_PERSON = re.compile(
    r",? who(?:se)?\b|, \d{1,2}[,.;]|, (?:an?|the|his|her) (?:[a-z-]{1,20} ){0,3}([a-z-]{3,20})\b"
)
"""What stands behind the full name of a person, and of no organization."""


def _who(passage: Passage, tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Whether what stands behind two or three words that no list knows shows them to be a person's name."""
    words = lexicon.words
    if len(tokens) > 3 or any(
        not token.capital or token.shouted or token.text in words.endings or token.key in words.stops
        for token in tokens
    ):
        return False
    if any(token.gap not in (" ", "-") for token in tokens[1:]) or lexicon.entries.get(tokens[0].key):
        return False
    behind = BEHIND_A_PERSON.match(passage.text, tokens[-1].full_end)
    return behind is not None and (behind[1] is None or behind[1] in words.roles)


def _like_a_person(passage: Passage, token: Token, type_: EntityType, lexicon: Lexicon) -> bool:
    """Whether a single word that the model takes for a place or an organization is rather a first name or a surname."""
    words = lexicon.words
    entries = lexicon.entries.get(token.key, ())
    if any(not entry.weak for entry in entries):
        return False
    if (token.key in words.first or token.key in words.notable) and not entries:
        return True
    listed = token.key in words.first or token.key in words.last
    return listed and type_ == "place" and not PREPOSITION.search(passage.text, max(0, token.start - 14), token.start)


def _before_a_title(passage: Passage, token: Token, lexicon: Lexicon) -> bool:
    """Whether the word is the portfolio of a title (Trade Minister) or a title itself."""
    if token.opens and token.key in lexicon.words.titles:
        return True
    following = re.match(r" ([A-Z][a-z]+)", passage.text[token.full_end : token.full_end + 24])
    return following is not None and following.group(1) in ("Minister", "Secretary", "Commissioner", "Ministers")
