"""Known names: the gazetteers as one table from folded words to what they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from generator.annotate.mentions.tokens import ADJOINING, Token, fold, tokenize, unaccented
from generator.annotate.mentions.vocabulary import vocabulary
from generator.annotate.mentions.words import NameWords, load_words
from generator.data import read_rows
from generator.model import EntityType

ORGANIZATION_FILES = ("agencies.csv", "outlets.csv", "bodies.csv", "companies.csv", "institutions.csv", "teams.csv")


_JOINS = ADJOINING | {", ", "! "}


class Entry(NamedTuple):
    """One name of one known entity."""

    key: str
    name: str
    type: EntityType
    surface: str
    """The name as the gazetteer writes it: words parted by spaces, no diacritics, no possessives."""
    weak: bool
    """Needs evidence from the context: Reading, Target, Korea."""
    country: str
    role: str
    """`country`, `capital`, `city`, `region`, `abbreviation` (of a state), `person`, or the kind of an organization."""


class Found(NamedTuple):
    """A known name in a text: the entries it may be, likeliest first, and the words it spans (`last` inclusive)."""

    entries: tuple[Entry, ...]
    first: int
    last: int
    end: int
    """The offset in the text where the name ends; a possessive that is part of the name is inside."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The gazetteers. Made once; immutable package data."""

    entries: dict[str, tuple[Entry, ...]]
    longest: dict[str, int]
    """For the first word of a name, how many words its longest name has."""
    demonyms: dict[str, str]
    """Folded demonym to country key: `cuban` to `place:CU`."""
    scripts: re.Pattern[str] | None
    """Names in scripts that do not part words."""
    script_entries: dict[str, Entry]
    capitals: dict[str, str]
    """City key to the key of the country whose seat of government it is."""
    names: dict[str, str]
    """Key to canonical name."""
    words: NameWords

    def find(self, tokens: tuple[Token, ...]) -> Iterator[Found]:
        """Known names, the longest at each word, none overlapping; weak ones too."""
        index, count = 0, len(tokens)
        while index < count:
            longest = self.longest.get(tokens[index].key) or self.longest.get(tokens[index].full_key)
            found = self._at(tokens, index, longest) if longest else None
            if found:
                yield found
                index = found.last + 1
            else:
                index += 1

    def _at(self, tokens: tuple[Token, ...], index: int, longest: int) -> Found | None:
        named: list[tuple[int, int, tuple[Entry, ...]]] = []
        head = ""
        for last in range(index, min(index + longest, len(tokens))):
            token = tokens[last]
            if last > index and token.gap not in _JOINS:
                break
            whole = head + token.full_key
            if token.end != token.full_end and (entries := self.entries.get(head + token.key)):
                named.append((last, token.end, entries))
            # With its possessive ending the word is a name by itself: Moody's.
            if entries := self.entries.get(whole):
                named.append((last, token.full_end, entries))
            head = whole + " "
        for last, end, entries in reversed(named):
            written = unaccented(" ".join([token.text for token in tokens[index : last + 1]]))
            fitting = tuple(entry for entry in entries if _fits(entry, written))
            if fitting:
                return Found(fitting, index, last, end)
        return None


def _fits(entry: Entry, written: str) -> bool:
    """Whether the letter case in the text agrees with the gazetteer's."""
    if written == entry.surface:
        return True
    if entry.role == "abbreviation":
        return False
    if written.isupper():  # a bulletin, a dateline: not for short ones, CAR and ITS are words
        return len(written) > 3 and not entry.surface.islower()
    # middle East and Middle East, Republican party and Republican Party; a single word keeps its case
    here, there = written.split(" "), entry.surface.split(" ")
    if len(here) < 2 or len(here) != len(there) or here[1:-1] != there[1:-1]:
        return False
    return (here[0] != there[0] and here[-1] == there[-1] and here[-1][0].isupper()) or (
        here[0] == there[0] and here[0][0].isupper() and here[-1] in vocabulary().lowered
    )


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the package's data files."""
    known = read_names()
    scripts = sorted(known.script_entries, key=lambda name: (-len(name), name))
    return Lexicon(
        known.entries,
        known.longest,
        known.demonyms,
        re.compile("|".join(map(re.escape, scripts))) if scripts else None,
        known.script_entries,
        known.capitals,
        known.names,
        load_words(),
    )


@dataclass(frozen=True, slots=True)
class Names:
    """What a lexicon has of the gazetteers, as it names it."""

    entries: dict[str, tuple[Entry, ...]]
    longest: dict[str, int]
    demonyms: dict[str, str]
    script_entries: dict[str, Entry]
    capitals: dict[str, str]
    names: dict[str, str]


def read_names() -> Names:
    """The names of the package's gazetteers."""
    return _Builder().build()


class _Builder:
    """Fills the tables; the order of the files decides which bearer of a name is likelier."""

    def __init__(self) -> None:
        self.entries: defaultdict[str, list[Entry]] = defaultdict(list)
        self.longest: dict[str, int] = {}
        self.script_entries: dict[str, Entry] = {}
        self.names: dict[str, str] = {}
        self.demonyms: dict[str, str] = {}
        self.capitals: dict[str, str] = {}

    def build(self) -> Names:
        self._countries()
        self._regions()
        self._cities()
        self._organizations()
        self._persons()
        entries = {key: tuple(entries) for key, entries in self.entries.items()}
        return Names(entries, self.longest, self.demonyms, self.script_entries, self.capitals, self.names)

    def _add(self, written: str, key: str, type_: EntityType, country: str, role: str, *, weak: bool) -> None:
        name = self.names[key]
        if not written.isascii() and not _latin(written):
            self.script_entries[written] = Entry(key, name, type_, written, weak, country, role)
            return
        if written.isascii() and written.replace(" ", "").isalpha():
            surface, folded = written, written.lower()
            words = folded.count(" ") + 1
            first = folded if words == 1 else folded[: folded.index(" ")]
        else:
            tokens = tokenize(written)
            if not tokens:
                return
            surface = unaccented(" ".join(token.text for token in tokens))
            folded = " ".join(token.full_key for token in tokens)
            first, words = tokens[0].full_key, len(tokens)
        bearers = self.entries[folded]
        if not any(bearer.key == key and bearer.surface == surface for bearer in bearers):
            bearers.append(Entry(key, name, type_, surface, weak, country, role))
            if self.longest.get(first, 0) < words:
                self.longest[first] = words

    def _countries(self) -> None:
        self.capital_names: set[tuple[str, str]] = set()
        for row in read_rows("countries.csv"):
            key, country = row["id"], row["id"].removeprefix("place:")
            self.names[key] = row["name"]
            self.capital_names.add((country, row["capital"].removesuffix(", D.C.")))
            for name in (row["name"], *_parts(row["aliases"])):
                if name.startswith("The "):
                    continue  # the article is no part of the name
                self._add(name, key, "place", country, "country", weak=name in _parts(row["weak"]))
            for name in _parts(row["weak"]):
                if not name.startswith("the "):
                    self._add(name, key, "place", country, "country", weak=True)
            for demonym in _parts(row["demonyms"]):
                self.demonyms.setdefault(fold(demonym), key)
                self.demonyms.setdefault(fold(demonym) + "s", key)

    def _regions(self) -> None:
        for row in read_rows("regions.csv"):
            key = row["id"]
            self.names[key] = row["name"]
            for name in (row["name"], *_parts(row["aliases"])):
                if not name.startswith("the "):
                    self._add(name, key, "place", row["country"], "region", weak=bool(row["weak"]))
            for name in _parts(row["abbreviations"]):
                self._add(name.removesuffix(".") if name.count(".") == 1 else name, key, "place", row["country"],
                          "abbreviation", weak=True)  # fmt: skip

    def _cities(self) -> None:
        for row in read_rows("cities.csv"):
            key, country = row["id"], row["country"]
            if key in self.names:
                continue
            self.names[key] = row["name"]
            capital = bool(row["role"]) and (country, row["name"]) in self.capital_names
            if capital:
                self.capitals[key] = f"place:{country}"
            role = "capital" if capital else "city"
            weak = bool(row["weak"])
            for name in (row["name"], *(_parts(row["aliases"]) if row["aliases"] else ())):
                self._add(name, key, "place", country, role, weak=weak)

    def _organizations(self) -> None:
        for file in ORGANIZATION_FILES:
            for row in read_rows(file):
                key = row["id"]
                self.names.setdefault(key, row["name"])
                weak = _parts(row.get("weak", ""))
                for name in (row["name"], *_parts(row["aliases"]), *weak):
                    if name.startswith("the "):
                        continue  # the article is no part of the name
                    self._add(name, key, "organization", row["country"], row["kind"], weak=name in weak)

    def _persons(self) -> None:
        """Well-known people by their full names; a surname alone, however famous, is not a name to look up."""
        for row in read_rows("persons.csv"):
            key = row["id"]
            self.names[key] = row["name"]
            for name in (row["name"], *_parts(row["aliases"])):
                bare = REGNAL.sub("", name)
                if " " in bare:
                    self._add(bare, key, "person", row["country"], "person", weak=False)


REGNAL = re.compile(r"^(?:Pope|Queen|King|Emperor|Prince|Princess) ")
"""Titles that are part of a well-known name in the gazetteer, and outside of a mention's span."""


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip()) if cell else ()


def _latin(text: str) -> bool:
    """Whether every letter is Latin: these parts of Unicode hold all that European and Vietnamese names use."""
    return all(mark < "\u0250" or "\u1e00" <= mark <= "\u1eff" or not mark.isalpha() for mark in text)
