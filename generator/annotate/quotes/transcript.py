"""Paragraphs that begin with the name of who speaks, as in `HOLM: Thank you` or `Q: Why now?`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from generator.annotate.quotes.cast import Cast
from generator.model import Zone

# Fewer labelled paragraphs than this, or one label only, is a list of terms or a caption and not a conversation.
_TURNS = 4
_QUESTION_AND_ANSWER = frozenset(["q", "a", "question", "answer"])
_ANSWERS = frozenset(["a", "answer"])


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        r"\s{0,4}(?P<name>[A-Z][A-Z.'’-]{0,20}(?: [A-Z][A-Z.'’-]{0,20}){0,3}"
        r"|[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{0,20}){1,3}"
        r"|Question|Answer)(?: ?\([^()\n]{1,60}\))?(?::|(?<=^[QA])\.)\s{1,4}(?=\S)"
    )


@cache
def _capitals() -> re.Pattern[str]:
    return re.compile(
        r"(?P<name>[A-Z][A-Z.'’-]{1,20}(?: [A-Z][A-Z.'’-]{0,20}){0,3})(?: ?\([^()\n]{1,60}\))?:\s{1,4}(?=\S)"
    )


def turns(paragraphs: Iterable[str]) -> frozenset[str]:
    """The labels of a transcript, or none where the paragraphs are not one."""
    labels = Counter(found["name"] for text in paragraphs if (found := _label().match(text)))
    repeated = any(count > 1 for count in labels.values())
    return frozenset(labels) if len(labels) > 1 and labels.total() >= _TURNS and repeated else frozenset()


def turn(text: str, labels: frozenset[str]) -> tuple[str, int, int] | None:
    """The label that opens a paragraph, where the label ends, and where the speech begins; view offsets."""
    found = _label().match(text) if labels else None
    return (found["name"], found.end("name"), found.end()) if found and found["name"] in labels else None


def label_inside(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The same for a quotation that begins with a label in capitals (`"HOLM: Thank you.`)."""
    found = _capitals().match(text, start, end)
    return (found["name"], found.end("name"), found.end()) if found else None


def answering(body: Iterable[Zone], labels: frozenset[str], cast: Cast) -> str:
    """Who answers where the labels are `Q` and `A`: the one person whom the text names in full before them.

    Empty where it names none, or several.
    """
    if not any(label.casefold() in _ANSWERS for label in labels):
        return ""
    names: set[str] = set()
    for zone in body:
        if turn(zone.reading.text, labels):
            break
        names.update(mention.name for mention in cast.persons.mentions if mention.paragraph == zone.paragraph)
    full = {name for name in names if " " in name}
    return full.pop() if len(full) == 1 else ""


def who(label: str, cast: Cast, answers: str = "") -> str:
    """The name that a label stands for: the full name in the text that it fits; for `A` who `answers`, for `Q` none."""
    wanted = label.casefold()
    if wanted in _QUESTION_AND_ANSWER:
        return answers if wanted in _ANSWERS else ""
    last = wanted.split()[-1]
    for mention in cast.full[last].mentions if last in cast.full else ():
        name = mention.name.casefold()
        if wanted.endswith(name) or name.split()[-1] == wanted:
            return mention.name
    return label.title() if label.isupper() else label
