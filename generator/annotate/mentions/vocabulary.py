"""The small word lists of the rules for names: words around names and in them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from generator.data import read_tree


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists of `mention_words.yml`. Those in lower case are matched with folded words."""

    stopped: frozenset[str]
    """Words that a full stop is part of, so that it ends no sentence: Mr., Sen., Capt."""
    particles: frozenset[str]
    """Small words inside the names of persons: Ludwig van Tarn, Nouri al-Hale."""
    holders: frozenset[str]
    """Titles of persons: what stands behind one is a person's name, not the beginning of an organization's."""
    cutting_titles: frozenset[str]
    """Where one of these stands inside what the model calls an organization, a person begins after it."""
    owners: frozenset[str]
    """Whose possessive is part of a name: Children's Hospital, Sheriff's Office."""
    state_style: frozenset[str]
    """What states call themselves before the short name of the country: the Republic of Cuba; folded."""
    function: frozenset[str]
    """Words that begin a sentence or a phrase, never a name; they may stand inside one (Bank of the West)."""
    calendar: frozenset[str]
    """Days and months that are nobody's name, and words for days; folded."""
    generic: frozenset[str]
    """Words that may follow a known name without making it another: Yonhap News Company, the Hezbollah Movement."""
    company_endings: frozenset[str]
    """Last words of companies' names that shorter mentions leave out."""
    of_a_nation: frozenset[str]
    """Endings that a nationality alone makes a name of: Cuban Army, but no Cuban Group."""
    lowered: frozenset[str]
    """Last words of names that some styles write small."""
    introducing_bodies: frozenset[str]
    """Before a capital, and lower-case themselves, these introduce the name of a body: the airline RwandAir. Those
    that also name what a person does (builder, trader, operator) count only where the name is one word or the
    words before them tell of a body.
    """
    vessels: frozenset[str]
    """Vessels: the name behind one is neither a person's nor a body's."""
    explaining_bodies: frozenset[str]
    """What stands behind an article explains the name before the comma as an organization's."""
    sites: frozenset[str]
    """Behind a name, and lower-case themselves, these say that it is a place's."""
    bodies_behind: frozenset[str]
    """Behind a name with an article, and lower-case themselves, these say that it is an organization's."""
    romance: frozenset[str]
    """Small words inside the names that Romance languages give to organizations and places."""
    surname_ends: frozenset[str]
    """Ends of surnames, in languages in which they tell a surname from any other word; folded."""
    national_bodies: frozenset[str]
    """Before a country, these make the name of a body of it: Cricket Australia."""
    published: frozenset[str]
    """Behind "in", these make what follows the name of a medium rather than a place."""
    ship_prefixes: frozenset[str]
    acts_of_bodies: frozenset[str]
    """What bodies do, behind a word that is nobody's name."""
    explaining_places: frozenset[str]
    """Behind two names these say what both are."""


@cache
def vocabulary() -> Vocabulary:
    """The lists of the package. The result is immutable."""
    tree = read_tree("mention_words.yml")
    return Vocabulary(**{one.name: frozenset(tree[one.name].split()) for one in fields(Vocabulary)})
