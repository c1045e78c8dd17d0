"""The words by which metadata is known, as sets and patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.data import common_words, read_rows, read_tree
from generator.sieve import Sieve


@dataclass(frozen=True, slots=True)
class Words:
    """Everything from `metadata_words.yml`, `categories.csv`, `agencies.csv`, `outlets.csv` and `given-names.csv`.

    Keys are in lower case.
    """

    label: re.Pattern[str]
    """A label with its colon or the white space after it: group 1."""
    label_fields: dict[str, str]
    author_prefix: re.Pattern[str]
    roles: re.Pattern[str]
    not_names: frozenset[str]
    given_names: frozenset[str]
    everyday: frozenset[str]
    """The ten thousand or so commonest words of English, inflected; many surnames are among them."""
    particles: frozenset[str]
    conjunction: re.Pattern[str]
    outlet_words: frozenset[str]
    outlet_openers: frozenset[str]
    outlet_endings: tuple[str, ...]
    section_openers: frozenset[str]
    """Words that no outlet's name begins with, but the names of a page's sections."""
    offices: frozenset[str]
    """Words that public bodies are named by."""
    joiners: frozenset[str]
    """Small words within names."""
    categories: dict[str, str]
    agencies: dict[str, str]
    outlets: dict[str, str]
    eras: dict[str, int]
    """Names of eras, and the year before the first of each."""
    months: dict[str, int]
    weekdays: frozenset[str]
    hijri: re.Pattern[str]
    """A date of the Islamic calendar."""
    month_first_zones: frozenset[str]
    day_first_zones: frozenset[str]
    day_first_languages: frozenset[str]
    translation_notes: tuple[re.Pattern[str], ...]
    translated_labels: tuple[tuple[str, tuple[Sieve, ...]], ...]
    """Language, and the labels of its pages as engines translate them."""
    language_names: dict[str, str]
    languages: dict[str, str]
    """Code to the name in English."""
    reference_head: re.Pattern[str]
    dangling: frozenset[str]
    """Words that a title does not stop at."""


@cache
def load_words() -> Words:
    """The words of the package. The result is not to be changed."""
    tree = read_tree("metadata_words.yml")
    label_fields = {str(word).casefold(): field for field, words in tree["labels"].items() for word in words}
    agency_rows = read_rows("agencies.csv")
    names_by_id = {row["id"]: row["name"] for row in agency_rows}
    agencies = {alias.casefold(): name for name, alias in _names(agency_rows)}
    for form, key in tree["credit_forms"].items():
        if key in names_by_id:
            agencies[str(form).casefold()] = names_by_id[key]
    zones = tree["time_zones"]
    languages: dict[str, str] = {}
    for name, code in tree["language_names"].items():
        # The English name of a language stands first.
        languages.setdefault(str(code), str(name).title())
    return Words(
        label=re.compile(rf"({_alternation(label_fields)})(?:\s{{0,2}}[:：]|(?=\s|\d))\s{{0,3}}", re.IGNORECASE),
        label_fields=label_fields,
        author_prefix=re.compile(rf"(?:{_alternation(tree['prefixes']['author'])})[\s:：]\s{{0,3}}", re.IGNORECASE),
        roles=re.compile(
            rf"[\s,|/·(–—-]{{0,4}}\b(?:{_alternation(tree['roles'])})s?\b\)?|(?<=[가-힣])(?:기자|특파원)\b",
            re.IGNORECASE,
        ),
        not_names=frozenset(str(word) for word in tree["not_names"]),
        given_names=frozenset(row["name"] for row in read_rows("given-names.csv")),
        everyday=frozenset(common_words()),
        particles=frozenset(str(word) for word in tree["particles"]),
        conjunction=re.compile(
            rf"\s{{0,2}}(?:[,;&/、，+]|\b(?:{_alternation(tree['conjunctions'])})\b){{1,2}}\s{{1,3}}|\s{{0,2}}[;&/、，,·]\s{{0,2}}",
            re.IGNORECASE,
        ),
        outlet_words=frozenset(str(word) for word in tree["outlet_words"]),
        outlet_openers=frozenset(str(word) for word in tree["outlet_openers"]),
        outlet_endings=tuple(tree["outlet_endings"]),
        section_openers=frozenset(tree["section_openers"]),
        offices=frozenset(str(word) for word in tree["offices"]),
        joiners=frozenset(str(word) for word in tree["joiners"]),
        categories={row["word"]: row["gloss"] for row in read_rows("categories.csv")},
        agencies=agencies,
        outlets={alias.casefold(): name for name, alias in _names(read_rows("outlets.csv"))},
        eras={str(word): int(year) for word, year in tree["eras"].items()},
        months={str(word): int(number) for number, words in tree["months"].items() for word in words},
        weekdays=frozenset(tree["weekdays"]),
        hijri=re.compile(
            rf"\d{{1,2}},? (?:{_alternation(tree['hijri_months'])}),? 1[34]\d\d(?: ?(?:AH|H|هـ))?", re.IGNORECASE
        ),
        month_first_zones=frozenset(zones["month_first"]),
        day_first_zones=frozenset(zones["day_first"]),
        day_first_languages=frozenset(str(code) for code in tree["day_first_languages"]),
        translation_notes=tuple(re.compile(pattern, re.IGNORECASE) for pattern in tree["translation_notes"]),
        translated_labels=tuple(
            (str(code), tuple(Sieve.of(pattern, re.MULTILINE) for pattern in patterns))
            for code, patterns in tree["translated_labels"].items()
        ),
        languages=languages,
        language_names={str(name): str(code) for name, code in tree["language_names"].items()},
        reference_head=re.compile(
            rf"(?:{_alternation(tree['reference_heads'])})(?=\s{{0,2}}[:：]|\s{{0,2}}[<＜〈《]|$)", re.IGNORECASE
        ),
        dangling=frozenset(str(word) for word in tree["dangling"]),
    )


def _alternation(words: object) -> str:
    assert isinstance(words, dict | list)  # noqa: S101 -- the shape of our own data file
    return "|".join(re.escape(str(word)) for word in sorted(words, key=lambda word: (-len(str(word)), str(word))))


def _names(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    """`(canonical name, name in use)` for every row and alias."""
    return [(row["name"], alias) for row in rows for alias in (row["name"], *row["aliases"].split("; ")) if alias]
