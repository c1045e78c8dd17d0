"""The words of the pages: one catalogue for each language, `ui.LANGUAGE.yml`, of the package or of the project.

A word that a catalogue lacks is said in English, and named for the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import yaml

from generator.data import data_names, read_tree
from generator.encode.markdown import one_line
from generator.errors import UsageError
from generator.parsing import read_yaml

_PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)\}")
# The innermost marker: what stands in it may be the outcome of a marker, and holds none.
_MARKER = re.compile(r"\[\[([a-z]+\.[a-z0-9-]+)((?: \|\| [a-z_0-9]+ = (?:(?!\[\[|\]\]| \|\| ).)*)*)\]\]")
_ARGUMENT = re.compile(r" \|\| ([a-z_0-9]+) = ((?:(?! \|\| ).)*)")
# As markup, and so that no word opens an expression of the template language, is a marker itself or ends one.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"} | {mark: f"&#{ord(mark)};" for mark in "{}[]|\\`"}
)

# What the search client says besides: dates, and how many there are of what it finds.
_CLIENT = frozenset({"client", "date"})
_COUNTED = frozenset(f"count.{noun}" for noun in ("article", "name", "quote", "event", "result", "mention", "sentence"))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A catalogue: key (`home.key-points`) to a text with `{placeholders}`, or to its forms `one` and `other`.

    Each method raises `KeyError` for a key that the catalogue lacks and for a placeholder that is not filled in.
    """

    texts: Mapping[str, str | Mapping[str, str]]
    language: str = "en"
    """As the `lang` attribute of a page has it."""
    unsaid: tuple[str, ...] = ()
    """Keys that the catalogue of the language lacks, or has with other placeholders: these are said in English."""

    def say(self, key: str, **values: object) -> str:
        """The text of `key` with `values` in the places of its placeholders, as plain text."""
        return _filled(self._text(key), lambda name: str(values[name])) if values else self._text(key)

    def count(self, number: int, noun: str) -> str:
        """`number` things: the form of `count.NOUN` that fits, with the number in it (`1,200 articles`)."""
        forms = self.texts[f"count.{noun}"]
        form = forms if isinstance(forms, str) else forms["one" if number == 1 else "other"]
        return form.replace("{n}", self.grouped(number))

    def grouped(self, number: int) -> str:
        """`number` with the mark between thousands."""
        return f"{number:,}".replace(",", self._text("number.thousands"))

    def client(self) -> dict[str, str]:
        """What the scripts of the search say, by the English text under which they look it up; only what differs."""
        ours = english().texts
        pairs: dict[str, str] = {}
        for key, text in ours.items():
            if key.partition(".")[0] in _CLIENT or key in _COUNTED or key == "number.thousands":
                said = self.texts[key]
                pairs.update(
                    {text: said}
                    if isinstance(text, str) and isinstance(said, str)
                    else {text[form]: said[form] for form in text}  # type: ignore[index]  # both have forms
                )
        return {text: said for text, said in pairs.items() if text != said}

    def page(self, name: str) -> dict[str, str]:
        """The texts of one page, by key; those that have forms for numbers left out."""
        start = f"{name}."
        told = ((key, text) for key, text in self.texts.items() if key.startswith(start))
        return {key.removeprefix(start): text for key, text in told if isinstance(text, str)}

    def put_in(self, template: str) -> str:
        """The source of a template with the words in the places of its markers, escaped for HTML.

        A marker is `[[home.key-points]]`, or `[[home.built || date = {{ ... }}]]` where the text has placeholders; what
        fills one is markup of the template, with markers of its own if need be. So a translation may order the parts of
        a sentence as its language has them, and the compiled template holds the words as constants.
        """
        while True:
            template, replaced = _MARKER.subn(self._marked, template)
            if not replaced:
                return template

    def _marked(self, marker: re.Match[str]) -> str:
        values = dict(_ARGUMENT.findall(marker[2]))
        return _filled(self._text(marker[1]), values.__getitem__, lambda text: text.translate(_ESCAPES))

    def _text(self, key: str) -> str:
        text = self.texts[key]
        if not isinstance(text, str):
            raise KeyError(f"{key} has forms for numbers, and is asked for without a number")
        return text


def placeholders(text: str) -> frozenset[str]:
    """The names of the placeholders of `text`."""
    return frozenset(_PLACEHOLDER.findall(text))


def words_of(tree: Mapping[str, Mapping[str, str | Mapping[str, str]]], language: str = "en") -> Words:
    """The catalogue with the texts of `tree`: by page, then by key."""
    return Words({f"{page}.{key}": text for page, texts in tree.items() for key, text in texts.items()}, language)


@cache
def english() -> Words:
    """The catalogue in English, from which the others are translated."""
    return words_of(read_tree("ui.en.yml"))


def speaking(language: str, own: str | None = None, name: str = "") -> Words:
    """The words of `language`, an ISO 639 code such as `de` or `pt-BR`; English where it is empty.

    `own` is the text of the project's catalogue in that language, where it has one, and `name` the name of that file;
    its words win over those of the package. Raises `UsageError` where nobody has a catalogue of the language, or where
    the project's is none.
    """
    if own is None and language in ("", "en"):
        return english()
    shipped = _shipped()
    if own is None and language not in shipped:
        raise UsageError(
            f"language: there is no catalogue of words in {language!r}",
            f"use one of {', '.join(shipped)}, or put your own into ui.{language}.yml beside briefing.yml",
        )
    told = dict(words_of(read_tree(f"ui.{language}.yml")).texts) if language in shipped else {}
    if own is not None:
        told.update(_own(own, name))
    ours = english().texts
    unsaid = tuple(key for key, text in ours.items() if not _fits(told.get(key), text))
    return Words({**ours, **{key: told[key] for key in ours if key not in unsaid}}, language or "en", unsaid)


def _shipped() -> tuple[str, ...]:
    return tuple(name.removeprefix("ui.").removesuffix(".yml") for name in data_names() if name.startswith("ui."))


def _own(text: str, name: str) -> dict[str, str | Mapping[str, str]]:
    try:
        tree = read_yaml(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise UsageError(f"{name}: not valid YAML: {error}", "mend the YAML there") from error
    if not isinstance(tree, dict) or not all(isinstance(texts, dict) for texts in tree.values()):
        raise UsageError(f"{name}: expected texts by page and key", "copy generator/data/ui.en.yml and translate it")
    return {f"{page}.{key}": _shown(said) for page, texts in tree.items() for key, said in texts.items()}


def _shown(said: Any) -> Any:
    """A text, or its forms, without what no page may carry; anything else as it is, since it fits nowhere."""
    if isinstance(said, dict):
        return {form: one_line(text) if isinstance(text, str) else text for form, text in said.items()}
    return one_line(said) if isinstance(said, str) else said


def _fits(told: object, ours: str | Mapping[str, str]) -> bool:
    """Whether a translation is what the English one is: a text, or forms for one and for many; with the same places.

    A text that is empty says nothing, and fits only a mark, such as that between thousands.
    """
    if isinstance(ours, str):
        told_it = isinstance(told, str) and (bool(told.strip()) or not any(map(str.isalpha, ours)))
        return told_it and placeholders(str(told)) == placeholders(ours)
    return (
        isinstance(told, Mapping)
        and set(told) == set(ours)
        and all(isinstance(form, str) and form.strip() for form in told.values())
    )


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[str, ...]:
    """What stands between placeholders, and their names, in turn."""
    return tuple(_PLACEHOLDER.split(text))


def _filled(text: str, value: Callable[[str], str], plain: Callable[[str], str] = str) -> str:
    parts = _parts(text)
    return "".join(value(part) if index % 2 else plain(part) for index, part in enumerate(parts))
