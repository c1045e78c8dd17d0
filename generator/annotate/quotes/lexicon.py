"""The words that the quotation rules know, loaded once from the package's data files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from generator.data import read_rows, read_tree

CueKind = Literal["say", "tell", "ask", "continue", "write", "read", "manner", "think", "name", "relay"]
CueForm = Literal["base", "third", "past", "participle", "gerund"]
Gender = Literal["male", "female", "thing", "plural", "self", "relative"]

_FORMS: tuple[CueForm, ...] = ("base", "third", "past", "participle", "gerund")


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a reporting verb. `rest` holds the words after the first (`out` of `point out`)."""

    verb: str
    kind: CueKind
    strength: str
    """`strong`: reports speech by itself; `medium`: beside quotation marks; `weak`: only right beside them."""
    forms: frozenset[CueForm]
    rest: tuple[str, ...] = ()

    @property
    def gerund(self) -> bool:
        """Whether this is the -ing form."""
        return "gerund" in self.forms

    @property
    def finite(self) -> bool:
        """Whether this form can stand as a verb of its own: `said`, `says`, `they say`."""
        return bool(self.forms & {"third", "past", "base"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, lower-case."""

    cues: dict[str, tuple[Cue, ...]]
    """By first word; longer expressions first."""
    people: frozenset[str]
    bodies: frozenset[str]
    works: frozenset[str]
    utterances: frozenset[str]
    modifiers: frozenset[str]
    determiners: frozenset[str]
    articles: frozenset[str]
    leading: frozenset[str]
    possessives: frozenset[str]
    pronouns: dict[str, Gender]
    auxiliaries: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    adverbs: frozenset[str]
    times: frozenset[str]
    media: frozenset[str]
    namings: frozenset[str]
    abbreviations: frozenset[str]
    men: frozenset[str]
    women: frozenset[str]
    titles: frozenset[str]
    finites: frozenset[str]
    capitalised: frozenset[str]
    outlet_nouns: frozenset[str]
    described: frozenset[str]
    signs: frozenset[str]
    bids: frozenset[str]
    answers: frozenset[str]
    uttered: frozenset[str]
    no_report: frozenset[str]
    going_on: frozenset[str]
    foreign_articles: frozenset[str]
    given: dict[str, str]
    """Given names, lower-case, with `male` or `female`."""
    outlets: frozenset[str]
    """Names of news agencies and outlets, lower-case, whole."""

    def is_outlet_name(self, name: str) -> bool:
        """Whether a name is that of an agency, paper, station or site that passes news on: listed, or by its words."""
        whole = name.casefold().removeprefix("the ")
        parts = whole.split()
        if whole in self.outlets or (bool(parts) and (parts[0] in self.media or parts[-1] in self.media)):
            return True
        # NordPress, TidePoint Radio: a capital inside a word parts it.
        inner = _INNER.findall(name)
        return bool(inner) and inner[-1].lower() in self.media

    def is_role(self, word: str) -> bool:
        """Whether a lower-case word is a noun for someone or something that can speak."""
        return word in self.people or word in self.bodies or word in self.works


_INNER = re.compile(r"(?<=[a-z])[A-Z][a-z]{2,12}$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _with_plurals(words: frozenset[str]) -> frozenset[str]:
    plurals = {word + "s" for word in words}
    plurals |= {word + "es" for word in words if word.endswith(("s", "sh", "ch", "x"))}
    plurals |= {word[:-1] + "ies" for word in words if word.endswith("y")}
    plurals |= {word[:-3] + "men" for word in words if word.endswith("man")}
    return words | plurals


def _cues() -> dict[str, tuple[Cue, ...]]:
    readings: dict[tuple[str, ...], tuple[dict[str, str], set[CueForm]]] = {}
    for row in read_rows("cues.csv"):
        for form, surface in zip(_FORMS, row["forms"].split(";"), strict=True):
            words = tuple(surface.split())
            readings.setdefault(words, (row, set()))[1].add(form)
    by_first: dict[str, list[Cue]] = {}
    for words, (row, forms) in sorted(readings.items(), key=lambda reading: -len(reading[0])):
        kind, strength = row["kind"], row["strength"]
        cue = Cue(row["verb"], kind, strength, frozenset(forms), words[1:])  # type: ignore[arg-type]  # our own table
        by_first.setdefault(words[0], []).append(cue)
    return {word: tuple(cues) for word, cues in by_first.items()}


def _outlets() -> frozenset[str]:
    names: set[str] = set()
    for row in read_rows("agencies.csv"):
        names.add(row["name"].casefold())
        names.update(alias.strip().casefold() for alias in row["aliases"].split(";") if alias.strip())
    return frozenset(names)


@cache
def load() -> Lexicon:
    """The lexicon of this package: immutable, read on first use."""
    tree: dict[str, str] = read_tree("quote-roles.yml")
    pronouns: dict[str, Gender] = {}
    for gender, words in tree["pronouns"].items():  # type: ignore[attr-defined]  # the one that is a mapping
        pronouns.update(dict.fromkeys(words.split(), gender))
    return Lexicon(
        cues=_cues(),
        people=_with_plurals(_words(tree["people"])),
        bodies=_with_plurals(_words(tree["bodies"])),
        works=_with_plurals(_words(tree["works"])),
        utterances=_words(tree["utterances"]),
        modifiers=_words(tree["modifiers"]),
        determiners=_words(tree["determiners"]),
        articles=_words(tree["articles"]),
        leading=_words(tree["leading"]),
        possessives=_words(tree["possessives"]),
        pronouns=pronouns,
        auxiliaries=_words(tree["auxiliaries"]),
        prepositions=_words(tree["prepositions"]),
        conjunctions=_words(tree["conjunctions"]),
        adverbs=_words(tree["adverbs"]),
        times=_words(tree["times"]),
        media=_words(tree["media"]),
        namings=_words(tree["namings"]),
        abbreviations=_words(tree["abbreviations"]),
        men=_words(tree["men"]),
        women=_words(tree["women"]),
        titles=_words(tree["titles"]),
        finites=_words(tree["finites"]),
        capitalised=_words(tree["capitalised"]),
        outlet_nouns=_words(tree["outlet_nouns"]),
        described=_words(tree["described"]),
        signs=_words(tree["signs"]),
        bids=frozenset(tree["bids"]),
        answers=_words(tree["answers"]),
        uttered=_words(tree["uttered"]),
        no_report=_words(tree["no_report"]),
        going_on=_words(tree["going_on"]),
        foreign_articles=_words(tree["foreign_articles"]),
        given={row["name"]: row["gender"] for row in read_rows("given-names.csv")},
        outlets=_outlets(),
    )
