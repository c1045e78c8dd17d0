"""What the data files know of names: surnames by culture, spellings, short forms, titles, legal forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import Any

from generator.data import read_rows, read_tree


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
    two_universities: frozenset[str]
    """Names of which "X University" and "University of X" are known to be two."""


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
        | frozenset(map(frozenset, product(parts["single_sports"], ("arts", "craft", "learning", "sport")))),
        legal_forms=frozenset(orgs["suffixes"]),
        generic=frozenset(orgs["generic"]),
        units=frozenset(orgs["units"]),
        trade=frozenset(orgs["trade"]),
        linking=frozenset(orgs["linking"]),
        acronym_stop=frozenset(orgs["acronym_stop"]),
        inverted_heads=frozenset(orgs["inverted_heads"]),
        two_universities=frozenset(orgs["two_universities"]),
    )
