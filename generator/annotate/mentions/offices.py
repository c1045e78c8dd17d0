"""Organizations and places by the shape of their names: endings, heads, institutions of states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.context import Setting
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.tokens import Token
from generator.annotate.mentions.words import NameWords
from generator.data import read_tree
from generator.model import EntityType

FUNCTION = frozenset(
    """the a an in on at of for to by from with and or but as if when while after before since under over between
    among against about into this that these those his her its their our my your some many most all both each every
    no not he she it they we i you there here who which what where how why is was are were be been also former ex
    two three four five six seven eight nine ten late new meanwhile however although though because during despite
    amid until via per than then now later earlier today yesterday tomorrow local senior top one another other
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""".split()  # noqa: SIM905 -- words read better as text
)
"""Words that begin a sentence or a phrase, never a name; they may stand inside one (Bank of the West)."""

CONNECTORS = frozenset({"of", "for", "on", "the", "and", "at", "de", "&"})
LONGEST = 7
"""Words to either side of an ending or a head."""


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """The patterns of `offices.yml`, ready to use."""

    heads: frozenset[str]
    place_heads: frozenset[str]
    state: dict[str, int]
    """Folded words of an institution that a state's adjective may precede, to how many words they are."""
    shared: dict[str, tuple[str, str]]
    """Words of an institution (as written) to its slug and its name."""
    shared_pattern: re.Pattern[str]
    contexts: dict[str, tuple[str, re.Pattern[str]]]


@cache
def load_offices() -> OfficeRules:
    """The rules of the package's data file."""
    tree = read_tree("offices.yml")
    shared = {
        words.replace("’", "'"): (slug, str(row["name"]))
        for slug, row in tree["shared_institutions"].items()
        for words in row["words"]
    }
    pattern = "|".join(
        re.escape(words).replace("'", "['’]") for words in sorted(shared, key=lambda words: (-len(words), words))
    )
    contexts = {}
    for key, row in tree["in_context"].items():
        before = "|".join(re.escape(words) for words in row["before"])
        after = "|".join(re.escape(words) for words in row["after"])
        word = re.escape(row["word"])
        contexts[key] = (row["word"], re.compile(rf"(?:\b(?:{before}) {word}(?=[\s,.;:)'’]|$)|\b{word} (?:{after}))"))
    return OfficeRules(
        frozenset(tree["organization_heads"]),
        frozenset(head for head in tree["place_heads"] if " " not in head),
        {words.lower(): words.count(" ") + 1 for words in tree["state_institutions"]},
        shared,
        re.compile(rf"\b(?:{pattern})\b"),
        contexts,
    )


def find_offices(passage: Passage, setting: Setting, lexicon: Lexicon, rules: OfficeRules) -> Iterator[Candidate]:
    """Candidates by pattern."""
    words = lexicon.words
    yield from _shared(passage, setting, rules)
    yield from _contexts(passage, rules)
    yield from _state(passage, lexicon, rules)
    if passage.titled or passage.shouted:
        return
    tokens = passage.tokens
    for index, token in enumerate(tokens):
        kind = words.endings.get(token.text)
        if kind is None and index:
            kind = words.long_endings.get(f"{tokens[index - 1].text} {token.text}")
        if kind and index and (candidate := _ending(passage, index, kind, lexicon, rules)):
            yield candidate
        if token.text in rules.heads and (candidate := _head(passage, index, words, rules)):
            yield candidate
        elif (
            token.text in rules.place_heads
            and index + 1 < len(tokens)
            and tokens[index + 1].capital
            and tokens[index + 1].gap in (" ", ". ")
            and token.key not in words.first
        ):
            last = index + 1
            while (
                last + 1 < len(tokens)
                and tokens[last + 1].capital
                and tokens[last + 1].gap == " "
                and tokens[last].end == tokens[last].full_end
                and last < index + 2
            ):
                last += 1
            yield Candidate(token.start, tokens[last].end, "place", "head", Trust.FULL, 0.8)


def _ending(passage: Passage, index: int, kind: str, lexicon: Lexicon, rules: OfficeRules) -> Candidate | None:
    words = lexicon.words
    tokens = passage.tokens
    ending = tokens[index]
    if not ending.capital and kind != "place":
        return None
    first = index
    while first and index - first < LONGEST and _goes_left(tokens, first, lexicon, joins=kind in ("body", "learning")):
        first -= 1
    while first < index and (
        tokens[first].key in FUNCTION or not tokens[first].capital or _title_only(tokens[first], words)
    ):
        first += 1
    if first == index:
        return None
    head = tokens[first:index]
    if kind == "place":
        if (
            not ending.capital
            and index - first < 2
            and not any(e.type == "place" for e in lexicon.entries.get(head[0].key, ()))
        ):
            return None
        if all(token.key in lexicon.demonyms for token in head) or all(token.key in words.stops for token in head):
            return None
    elif (
        (
            all(token.key in words.stops and token.key not in lexicon.demonyms for token in head)
            and len(head) == 1
            and kind != "body"
        )
        or (
            len(head) == 1
            and head[0].key in lexicon.demonyms
            and ending.text
            not in (
                "Party",
                "Army",
                "Navy",
                "Parliament",
                "Congress",
                "Senate",
                "Embassy",
                "Police",
                "Airlines",
                "Airways",
            )
        )
        or (len(head) == 1 and head[0].opens and head[0].key in words.stops)
    ):
        return None
    last = index
    if kind in ("body", "learning", "care"):
        last = _right(passage, index, words, rules)
        if (
            (
                last == index
                and [token.text for token in tokens[index + 1 : index + 2]] == ["and"]
                and index + 2 < len(tokens)
            )
            and words.endings.get(tokens[index + 2].text) == kind
            and tokens[index + 2].gap == " "
        ):
            last = index + 2  # Library and Museum
    end = tokens[last].end
    if passage.text[end : end + 1] == "." and tokens[last].text in ("Inc", "Corp", "Co", "Ltd", "Bros", "Cos"):
        end += 1
    type_: EntityType = "place" if kind == "place" else "organization"
    return Candidate(tokens[first].start, end, type_, "ending", Trust.FULL, 0.85)


def _goes_left(tokens: tuple[Token, ...], index: int, lexicon: Lexicon, *, joins: bool) -> bool:
    token, before = tokens[index], tokens[index - 1]
    if token.gap in ("'s ", "’s "):
        return False
    if before.end != before.full_end:
        # Children's Hospital, but Cuba's Ministry: of a known place it is the owner.
        return (
            token.gap == " "
            and before.capital
            and not any(entry.type == "place" for entry in lexicon.entries.get(before.key, ()))
            and before.text in _OWNERS
        )
    if token.gap not in (" ", "-", ". ") or (
        token.gap == ". " and len(before.text) > 2 and not before.text.endswith(".")
    ):
        return False
    if before.capital or before.text == "&":
        return True
    # Mine Safety and Health Administration; but Orla and Tarn Council are two where Orla is known
    return (
        joins
        and before.text == "and"
        and before.gap == " "
        and token.capital
        and index > 1
        and tokens[index - 2].capital
        and tokens[index - 2].end == tokens[index - 2].full_end
        and not lexicon.entries.get(tokens[index - 2].key)
        and tokens[index - 2].key not in lexicon.words.first
    )


_OWNERS = frozenset({"Children", "Women", "Men", "People", "Workers", "Farmers", "Teachers", "Veterans", "Lloyd"})


def _title_only(token: Token, words: NameWords) -> bool:
    return words.titles.get(token.key) in ("honorific", "military") and token.text not in (
        "General",
        "Major",
        "Marshal",
    )


def _right(passage: Passage, index: int, words: NameWords, rules: OfficeRules) -> int:
    """How far a body's name goes on: "… of the Tarn Valley", "… for Rivers and Lakes"."""
    tokens = passage.tokens
    last = index
    position = index + 1
    started = False
    while position < len(tokens) and position - index <= LONGEST:
        token = tokens[position]
        if token.gap != " " or tokens[position - 1].end != tokens[position - 1].full_end:
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
            started = True
        elif not (
            started
            and token.key in CONNECTORS
            and token.key not in ("at", "on")
            and position + 1 < len(tokens)
            and (tokens[position + 1].capital or token.key in ("of", "for"))
        ):
            break
        position += 1
    return last


def _head(passage: Passage, index: int, words: NameWords, rules: OfficeRules) -> Candidate | None:
    tokens = passage.tokens
    if index + 1 >= len(tokens) or tokens[index + 1].text not in ("of", "for"):
        return None
    last = _right(passage, index, words, rules)
    if last == index:
        return None
    return Candidate(tokens[index].start, tokens[last].end, "organization", "head", Trust.FULL, 0.85)


def _state(passage: Passage, lexicon: Lexicon, rules: OfficeRules) -> Iterator[Candidate]:
    """Indian army, U.S. military, North Korean Embassy."""
    tokens = passage.tokens
    for index in range(len(tokens) - 1):
        if not tokens[index].capital:
            continue
        for width in (2, 1):
            if index + width >= len(tokens):
                continue
            adjective = " ".join(token.key for token in tokens[index : index + width])
            country = lexicon.demonyms.get(adjective, "")
            if not country and width == 1 and tokens[index].text in ("U.S.", "US", "UK", "U.K.", "EU", "UN", "U.N."):
                country = {"us": "place:US", "uk": "place:GB"}.get(adjective, "")
            if (
                not country
                or not tokens[index].capital
                or tokens[index + width - 1].end != tokens[index + width - 1].full_end
            ):
                continue
            for length in (3, 2, 1):
                parts = tokens[index + width : index + width + length]
                if len(parts) < length or any(part.gap != " " for part in parts):
                    continue
                phrase = " ".join(part.full_key for part in parts)
                if rules.state.get(phrase) == length:
                    slug = phrase.replace("'", "").replace(" ", "-").replace("defence", "defense")
                    code = country.removeprefix("place:").lower()
                    if (
                        parts[-1].capital
                        and index + width + length < len(tokens)
                        and tokens[index + width + length].capital
                        and tokens[index + width + length].gap == " "
                    ):
                        break
                    end = parts[-1].full_end if phrase.endswith("'s") else parts[-1].end
                    name = f"{lexicon.names[country]}'s {_called(slug, parts)}"
                    yield Candidate(
                        tokens[index].start, end, "organization", "institution", Trust.FULL, 0.85,
                        key=f"org:{code}-{slug}", name=name,
                    )  # fmt: skip
                    break
            break


def _called(slug: str, parts: tuple[Token, ...]) -> str:
    return " ".join(part.text for part in parts) if parts[0].capital else slug.replace("-", " ")


def _shared(passage: Passage, setting: Setting, rules: OfficeRules) -> Iterator[Candidate]:
    """House of Representatives, presidential office: the context says whose."""
    previous: tuple[int, str, str] = (-1, "", "")
    for match in reversed(list(rules.shared_pattern.finditer(passage.text))):
        slug, name = rules.shared[match.group().replace("’", "'")]
        country = setting.country_of(passage, match.start(), match.end())
        part = previous[0] >= 0 and passage.text[match.end() : previous[0]] in (" of the ", " of ")
        if part and not country:
            country = previous[1]
        if match.group()[0].islower() and not country:
            continue
        key = f"org:{country.removeprefix('place:').lower()}-{slug}" if country else ""
        shown = f"{setting.lexicon.names[country]}'s {name}" if country else ""
        if part and previous[2]:
            shown = f"{name} of {previous[2]}"
        previous = (match.start(), country, shown)
        yield Candidate(
            match.start(),
            match.end(),
            "organization",
            "institution",
            Trust.FULL,
            0.88,
            key=key,
            name=shown,
            weak=not country,
        )


def _contexts(passage: Passage, rules: OfficeRules) -> Iterator[Candidate]:
    for key, (word, pattern) in rules.contexts.items():
        if word not in passage.text:
            continue
        for match in pattern.finditer(passage.text):
            at = (
                passage.text.index(word, match.start())
                if match.group().startswith(word)
                else match.start() + match.group().rindex(word)
            )
            yield Candidate(at, at + len(word), "organization", "in-context", Trust.FULL, 0.9, key=key)


def example_spans(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example of the data file as plain text and the stretches that stood in brackets."""
    text, spans = "", []
    for part in re.split(r"(\[[^\]]+\])", example):
        if part.startswith("["):
            spans.append((len(text), len(text) + len(part) - 2))
            text += part[1:-1]
        else:
            text += part
    return text, spans
