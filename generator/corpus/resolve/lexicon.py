"""What the data files know of names: surnames by culture, spellings, short forms, titles, legal forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import Any

from generator.data import common_words, read_rows, read_tree


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Immutable look-up tables; every entry is lower case and without diacritics."""

    surnames: dict[str, frozenset[str]]
    """Culture to surnames: `chinese`, `japanese`, `vietnamese`, `hungarian`, and `common` (borne by very many)."""
    suffixes: frozenset[str]
    generations: dict[str, str]
    """`junior` to `jr`."""
    particles: frozenset[str]
    arabic_particles: frozenset[str]
    spellings: dict[str, frozenset[int]]
    """A name to the numbers of the spelling groups that it is in."""
    nicknames: dict[str, frozenset[str]]
    """A given name, short or full, to the full names that it can stand for."""
    given_names: frozenset[str]
    """Given names that are common in English-language news."""
    census_surnames: frozenset[str]
    """Surnames that the census of a country of many origins lists as frequent: borne by too many to mean one."""
    courtesy: dict[str, str]
    """A title of courtesy to the gender that it states, or to nothing."""
    gender_words: dict[str, str]
    kinship: frozenset[str]
    roles: frozenset[str]
    regnal: frozenset[str]
    strippable: frozenset[str]
    """Words that can be taken off the front of a name as a title."""
    modifiers: frozenset[str]
    titles: dict[str, str]
    callings: dict[str, str]
    """A role to the kind of calling that it is."""
    callings_apart: frozenset[frozenset[str]]
    """Pairs of kinds of which one person seldom has both."""
    legal_forms: frozenset[str]
    generic: frozenset[str]
    units: frozenset[str]
    """Heads of things that bear the name of another: its stadium, its foundation."""
    trade: frozenset[str]
    """Words that companies add to the name they go by."""
    linking: frozenset[str]
    acronym_stop: frozenset[str]
    inverted_heads: frozenset[str]
    seated: frozenset[str]
    """Bodies of which a seat has one of a kind: "District Court of Varn" and "Varn District Court" are one."""
    seat_heads: frozenset[str]
    """Words that the name of such a body is made of."""
    two_universities: frozenset[str]
    """Names of which "X University" and "University of X" may be two; elsewhere the two forms are one."""
    led: frozenset[str]
    """Offices of those who lead a country."""
    seats: frozenset[str]
    """Words for where they sit."""
    world: frozenset[str]
    """Countries whose leaders the press of the world names without their office."""
    alias_cue: re.Pattern[str]
    """What stands between two names of one person where the text says that they are: `, once `, ` (born `."""
    everyday: frozenset[str]
    """Words so common in English that two texts which share them have nothing in common."""

    def kinds(self, titles: Iterable[frozenset[str]]) -> frozenset[str]:
        """The kinds of calling that titles name."""
        return frozenset(self.callings[word] for title in titles for word in title if word in self.callings)

    def other_calling(self, one: Iterable[frozenset[str]], other: Iterable[frozenset[str]]) -> bool:
        """Whether titles of one and of another name callings of which no two go together: a singer, a miller."""
        ours, theirs = self.kinds(one), self.kinds(other)
        return bool(ours and theirs) and all(frozenset(pair) in self.callings_apart for pair in product(ours, theirs))


_EVERYDAY = 2000
"""Families of words; what is rarer than that tells what a text is about."""


@cache
def load_lexicon() -> Lexicon:
    """The tables of the package's data files."""
    parts: dict[str, Any] = read_tree("name_parts.yml")
    orgs: dict[str, Any] = read_tree("org_parts.yml")
    surnames: dict[str, set[str]] = {}
    for row in read_rows("surnames.csv"):
        surnames.setdefault(row["culture"], set()).add(row["name"])
    spellings: dict[str, set[int]] = {}
    for number, group in enumerate(parts["spellings"]):
        for name in group:
            spellings.setdefault(name, set()).add(number)
    nicknames: dict[str, set[str]] = {}
    for group in parts["nicknames"]:
        for name in group:
            nicknames.setdefault(name, set()).add(group[0])
    roles = frozenset(parts["roles"]) | frozenset(parts["titles"])
    return Lexicon(
        surnames={culture: frozenset(names) for culture, names in surnames.items()},
        suffixes=frozenset(parts["suffixes"]),
        generations={form: name for name, forms in parts["generations"].items() for form in forms},
        particles=frozenset(parts["particles"]),
        arabic_particles=frozenset(parts["arabic_particles"]),
        spellings={name: frozenset(groups) for name, groups in spellings.items()},
        nicknames={name: frozenset(full) for name, full in nicknames.items()},
        given_names=frozenset(
            name.lower()
            for row in read_rows("names-census.csv")
            if row["part"] == "first"
            for name in row["names"].split()
        ),
        census_surnames=frozenset(
            name.lower()
            for row in read_rows("names-census.csv")
            if row["part"] == "last"
            for name in row["names"].split()
        ),
        courtesy=parts["courtesy"],
        gender_words=parts["gender_words"],
        kinship=frozenset(parts["kinship"]),
        roles=roles,
        regnal=frozenset(parts["regnal"]),
        strippable=(roles | frozenset(parts["courtesy"])) - frozenset(parts["also_names"]) - frozenset(parts["regnal"]),
        modifiers=frozenset(parts["modifiers"]),
        titles=parts["titles"],
        callings={role: kind for kind, roles in parts["callings"].items() for role in roles}
        | {sport: sport for sport in parts["single_sports"]},
        callings_apart=frozenset(frozenset(pair) for pair in parts["callings_apart"])
        | frozenset(map(frozenset, combinations(parts["single_sports"], 2)))
        | frozenset(map(frozenset, product(parts["single_sports"], parts["beside_sports"]))),
        legal_forms=frozenset(orgs["suffixes"]),
        generic=frozenset(orgs["generic"]),
        units=frozenset(orgs["units"]),
        trade=frozenset(orgs["trade"]),
        linking=frozenset(orgs["linking"]),
        acronym_stop=frozenset(orgs["acronym_stop"]),
        inverted_heads=frozenset(orgs["inverted_heads"]),
        seated=frozenset(orgs["seated"]),
        seat_heads=frozenset(orgs["seated"]) | frozenset(orgs["seat_words"]),
        two_universities=_two_universities(),
        led=frozenset(parts["leaders"]["offices"]),
        seats=frozenset(parts["leaders"]["seats"]),
        world=frozenset(map(str.upper, parts["leaders"]["countries"])),
        alias_cue=re.compile(rf"\s?[,(]?\s?(?:{'|'.join(map(re.escape, parts['alias_cues']))})\s"),
        everyday=frozenset(word for word, rank in common_words().items() if rank <= _EVERYDAY),
    )


def _two_universities() -> frozenset[str]:
    """Names of which "X University" and "University of X" may be two.

    Those of which the gazetteer knows two, and states and cities of the United States, where that is common
    (Washington, Miami, Indiana); without those of which it knows that the two forms are one.
    """
    bearers: dict[str, dict[str, set[str]]] = {}
    for row in read_rows("institutions.csv"):
        for name in (row["name"], *row["aliases"].split(";")):
            words = name.strip().lower().removeprefix("the ")
            of = words.removeprefix("university of ")
            place = of.removesuffix(" university")
            if place != words and " " not in place:
                bearers.setdefault(place, {}).setdefault("of" if of != words else "", set()).add(row["id"])
    both = {place: forms for place, forms in bearers.items() if len(forms) > 1}
    one = {place for place, forms in both.items() if forms["of"] & forms[""]}
    american = {
        row["name"].lower()
        for file in ("regions.csv", "cities.csv")
        for row in read_rows(file)
        if row["country"] == "US" and row["name"].isalpha()
    }
    return frozenset((american | both.keys()) - one)
