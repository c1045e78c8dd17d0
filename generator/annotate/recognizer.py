"""The statistical layer: a spaCy pipeline cut down to what finds names.

Only the name finder runs, and what it reads. Parser, tagger, lemmatizer and attribute ruler are left out: nothing
downstream reads them and they take two thirds of the time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Protocol

from generator.annotate.library import VERSION, Language, is_package, load
from generator.annotate.models import INSTALLED_NAMES, candidates
from generator.annotate.namefinder import NameFinder
from generator.errors import EnvironmentFault

BATCH = 64
"""Texts a batch. Articles have 10 to 60 paragraphs; more at once only costs memory."""

# The tokenizer takes a run of marks apart one by one, in time that grows by its square, and the model reads each.
# A stretch this long without a word of three letters is no prose in any language that it knows, nor is a word longer
# than any that a dictionary has.
_LONGEST_GAP = 200
# Nor need it read what has no space for so long: addresses one behind the other, code. The tokenizer looks for the
# beginnings and ends of words in it again and again, a minute for 200,000 characters of `http://`.
_UNBROKEN = re.compile(rf"\S{{{_LONGEST_GAP + 1},}}")
_WORD = re.compile(r"(?<!\w)\w{3,60}(?!\w)")


@dataclass(frozen=True, slots=True)
class RawEntity:
    """A stretch the model calls a name: offsets into the text given to it, and the model's own label."""

    start: int
    end: int
    label: str


class NameSource(Protocol):
    """Whatever finds names in texts: a `Recognizer`, or what stands before one."""

    def entities(self, texts: Sequence[str]) -> list[list[RawEntity]]:
        """The names in each text, in order, not overlapping."""


class Recognizer:
    """A loaded pipeline. Holds no state between texts: the same texts give the same entities."""

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline
        self._finder = NameFinder.of(pipeline)
        meta = pipeline.meta
        self.components = tuple(pipeline.pipe_names)
        """What runs, in order."""
        self.version = f"{meta['lang']}_{meta['name']}-{meta['version']}+spacy-{VERSION}"
        """Names model and library: a cache key for what `entities` returns."""

    @property
    def quick(self) -> bool:
        """Whether names are found in whole arrays; else by spaCy itself, since the pipeline is of another kind."""
        return self._finder is not None

    def entities(self, texts: Sequence[str]) -> list[list[RawEntity]]:
        """The names in each text, in order, not overlapping.

        Read as spaces, one for one: no-break spaces, and whatever is no prose.
        """
        readable = [_prose(text.replace("\xa0", " ").replace("\u202f", " ")) for text in texts]
        if self._finder is not None:
            return [[RawEntity(*name) for name in names] for names in self._finder.names(readable)]
        return [
            [RawEntity(entity.start_char, entity.end_char, entity.label_) for entity in parsed.ents]
            for parsed in self._pipeline.pipe(readable, batch_size=BATCH)
        ]


def _prose(text: str) -> str:
    """`text` with spaces in the place of stretches that no model need read."""
    if len(text) <= _LONGEST_GAP:
        return text
    text = _UNBROKEN.sub(lambda match: " " * len(match[0]), text)
    if _has_words_throughout(text):
        return text
    parts: list[str] = []
    position = 0
    for word in _WORD.finditer(text):
        if word.start() - position > _LONGEST_GAP:
            parts.append(" " * (word.start() - position))
        else:
            parts.append(text[position : word.start()])
        parts.append(word[0])
        position = word.end()
    rest = text[position:]
    parts.append(" " * len(rest) if len(rest) > _LONGEST_GAP else rest)
    return "".join(parts)


def _has_words_throughout(text: str) -> bool:
    """Whether no stretch is so long without a word, as far as a look at every few words tells."""
    position = 0
    while len(text) - position > _LONGEST_GAP:
        word = _WORD.search(text, position + _LONGEST_GAP // 2)
        if word is None or word.start() - position > _LONGEST_GAP:
            return False
        position = word.end()
    return True


def load_recognizer(name: str | None) -> Recognizer:
    """The pipeline called `name`, or the first one installed of `INSTALLED_NAMES`.

    Raises `EnvironmentFault` where it is not installed or has no name finder.
    """
    names = candidates(name)
    chosen = next((candidate for candidate in names if _installed(candidate)), None)
    if chosen is None:
        raise EnvironmentFault(
            f"no language model is installed (looked for {', '.join(names)})",
            f"run `pip install {(name or INSTALLED_NAMES[-1]).replace('_', '-')}`"
            " or name an installed spaCy pipeline as nlp.model in briefing.yml",
        )
    try:
        pipeline = load(chosen)
    except (OSError, ValueError, ImportError) as fault:
        raise EnvironmentFault(
            f"the language model {chosen} cannot be loaded: {fault}",
            f"install it again, in a version made for spaCy {VERSION}",
        ) from fault
    if "ner" not in pipeline.pipe_names:
        raise EnvironmentFault(
            f"the language model {chosen} has no name finder (component `ner`)",
            "name a pipeline with one as nlp.model in briefing.yml, or leave it out to use the default",
        )
    return Recognizer(pipeline)


def _installed(name: str) -> bool:
    try:
        return is_package(name) or (name.isidentifier() and find_spec(name) is not None)
    except (ImportError, ValueError):
        return False
