"""Analysed articles without the model: for measuring the stages over a whole corpus at sizes that no model reads soon.

Invented news as in `bench.corpus`, but put together from parts, so that every name, date and quotation is known where
it stands. Articles belong to stories that share cast, places and day; a share are near-duplicates. The pool of people
grows with the corpus, as new names do in real news.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Formatter

import yaml

from bench.zipf import Zipf, distinct
from generator.aligned import AlignedText, Span
from generator.model import (
    Annotated,
    DateExpression,
    Document,
    EntityType,
    Field,
    Mention,
    Published,
    Quote,
    SeedText,
    Zone,
)

_START = date(2022, 1, 3)
# Days that a corpus of any size spans: three years.
_DAYS = 1100
# Articles that tell one story, in the mean; wire stories have follow-ups and other outlets' accounts.
_A_STORY = 6
_NEAR_DUPLICATES = 0.04
# Words beyond those of the sentences, most of them rare, as in any language.
_VOCABULARY = 30_000
_SPEECH = re.compile("“([^”]+)”")
_ROLES: Mapping[str, EntityType] = {
    "person": "person",
    "person2": "person",
    "last": "person",
    "last2": "person",
    "town": "place",
    "town2": "place",
    "body": "organization",
    "body2": "organization",
}


@dataclass(frozen=True, slots=True)
class Truth:
    """An analysed article and which invented person, place or body each of its mentions is."""

    annotated: Annotated
    meant: tuple[str, ...]


@cache
def _words() -> Mapping[str, list[str]]:
    """The lists of words.yml."""
    lists: Mapping[str, list[str]] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))
    return lists


@dataclass(frozen=True, slots=True)
class _Story:
    day: date
    cast: tuple[str, ...]
    places: tuple[str, ...]
    boards: tuple[str, ...]
    nouns: tuple[str, ...]
    words: tuple[str, ...]
    """Words that mark the story."""


@dataclass(frozen=True, slots=True)
class _Pools:
    people: Zipf
    towns: Zipf
    bodies: Zipf
    vocabulary: Zipf

    @classmethod
    def of(cls, count: int, dice: random.Random) -> _Pools:
        first, kinds = _words()["first"], _words()["bodies"]
        people = distinct(2000 + count, lambda: f"{dice.choice(first)} {_surname(dice)}")
        towns = distinct(500, lambda: _town(dice))
        drawn = Zipf.over(towns)
        bodies = distinct(1200, lambda: f"{drawn.draw(dice)} {dice.choice(kinds)}")
        vocabulary = distinct(_VOCABULARY, lambda: _surname(dice).lower())
        return cls(Zipf.over(people), drawn, Zipf.over(bodies), Zipf.over(vocabulary))


def documents(count: int, number: int = 1) -> Iterator[Truth]:
    """`count` analysed articles with ids in order; the same two numbers give the same articles."""
    dice = random.Random(number)  # noqa: S311 -- repeatable on purpose
    pools = _Pools.of(count, dice)
    recent: list[Sequence[tuple[str, bool]]] = []
    stories: list[_Story] = []
    for index in range(count):
        if index % _A_STORY == 0:
            stories = [*stories[-20:], _story(dice, pools)]
        story = dice.choice(stories)
        if recent and dice.random() < _NEAR_DUPLICATES:
            templates = [one for one in dice.choice(recent) if dice.random() < 0.9]
        else:
            templates = _templates(dice, story, pools.vocabulary)
        recent = [*recent[-40:], templates]
        yield _made(f"{index:06d}", templates, story, dice)


def _story(dice: random.Random, pools: _Pools) -> _Story:
    return _Story(
        _START + timedelta(days=dice.randrange(_DAYS)),
        tuple(distinct(4, lambda: pools.people.draw(dice))),
        tuple(pools.towns.draw(dice) for _ in range(3)),
        tuple(pools.bodies.draw(dice) for _ in range(3)),
        tuple(dice.sample(_words()["nouns"], 5)),
        tuple(distinct(8, lambda: pools.vocabulary.draw(dice))),
    )


def _templates(dice: random.Random, story: _Story, vocabulary: Zipf) -> list[tuple[str, bool]]:
    """Sentences with their names and dates still marked, and whether each opens a paragraph."""
    used = _words()
    found = [(_filled("{person} and {person2} met in {town} over the {body} on {when}.", story, used, dice), True)]
    for _ in range(dice.randrange(12, 24)):
        sentence = dice.choice(used["sentences"]).replace("{day} {month} {year}", "{when}")
        filled = _filled(sentence, story, used, dice)
        if dice.random() < 0.6:
            coloured = f" the {dice.choice(story.words)} {vocabulary.draw(dice)} and {vocabulary.draw(dice)}"
            filled = filled.replace(" the", coloured + " by the", 1)
        found.append((filled, dice.random() < 0.5))
    return found


def _filled(sentence: str, story: _Story, used: Mapping[str, list[str]], dice: random.Random) -> str:
    """The sentence with its plain words in place; names and dates stay marked, names with whose they are."""
    person, other = dice.sample(story.cast, 2)
    names = {"person": person, "person2": other, "last": person, "last2": other}
    names |= {"town": dice.choice(story.places), "town2": dice.choice(story.places)}
    names |= {"body": story.boards[0], "body2": dice.choice(story.boards)}
    plain = {
        "office": used["offices"],
        "adjective": used["adjectives"],
        "verb": used["verbs"],
        "past": used["past"],
        "past2": used["past"],
        "noun": story.nouns,
        "noun2": story.nouns,
        "month": used["months"],
    }
    parts: list[str] = []
    for text, field, _, _ in Formatter().parse(sentence):
        parts.append(text)
        if field is None:
            continue
        if field in names:
            parts.append(f"{{{field}:{names[field]}}}")
        elif field in plain:
            parts.append(dice.choice(plain[field]))
        elif field == "when":
            parts.append("{when:" + (story.day - timedelta(days=dice.choice((0, 0, 1, 400)))).isoformat() + "}")
        elif field == "weekday":
            parts.append(f"{{weekday:{dice.randrange(1, 8)}}}")
        else:
            parts.append(str(dice.randrange(2009, 2022) if field == "year" else dice.randrange(2, 900)))
    return "".join(parts)


class _Page:
    """A text while it grows, with what stands where."""

    def __init__(self) -> None:
        self.text = ""
        self.zones: list[Zone] = []
        self.sentences: list[Span] = []
        self.mentions: list[Mention] = []
        self.meant: list[str] = []
        self.dates: list[DateExpression] = []
        self.quotes: list[Quote] = []

    def paragraph(self, sentences: Sequence[str]) -> None:
        self.text += "\n\n" if self.text else ""
        begin, number = len(self.text), len(self.zones) + 1
        for sentence in sentences:
            self.text += " " if len(self.text) > begin else ""
            self._sentence(sentence, number)
        view = AlignedText.verbatim(self.text[begin:], begin)
        self.zones.append(Zone("body", view, view, number))

    def _sentence(self, sentence: str, number: int) -> None:
        begin, speaker = len(self.text), ""
        text = self.text
        for plain, field, value, _ in Formatter().parse(sentence):
            text += plain
            if field and value and field in _ROLES:
                surface = value.split()[-1] if field.startswith("last") else value
                span = Span(len(text), len(text) + len(surface))
                kind = _ROLES[field]
                weak = surface != value
                speaker = value if kind == "person" else speaker
                self.mentions.append(
                    Mention(span, surface, kind, surface, "made", 1.0, "body", number, weak=weak and kind != "person")
                )
                self.meant.append(value)
                text += surface
            elif field:
                text += self._date(field, value or "", len(text), number)
        self.text = text
        self.sentences.append(Span(begin, len(text)))
        for match in _SPEECH.finditer(text, begin):
            self.quotes.append(Quote(Span(*match.span(1)), match[1], "direct", number, speaker, cue="said"))

    def _date(self, field: str, value: str, at: int, number: int) -> str:
        if field == "weekday":
            surface = _words()["weekdays"][int(value) - 1]
            form, iso, operands = "weekday", "", {"weekday": value}
        else:
            day = date.fromisoformat(value)
            surface = f"{day.day} {_words()['months'][day.month - 1]} {day.year}"
            form, iso, operands = "", value, {}
        span = Span(at, at + len(surface))
        self.dates.append(DateExpression(span, surface, "body", number, form, iso, operands, "past", "made"))
        return surface


def _made(identity: str, templates: Sequence[tuple[str, bool]], story: _Story, dice: random.Random) -> Truth:
    page = _Page()
    block: list[str] = []
    for sentence, opens in templates:
        if opens and block:
            page.paragraph(block)
            block = []
        block.append(sentence)
    if block:
        page.paragraph(block)
    stated = story.day + timedelta(days=dice.randrange(5))
    published = Published(stated.isoformat(), "day", "made") if dice.random() < 0.6 else Published()
    title = Field(f"{story.boards[0]} and the {story.nouns[0]} of {story.places[0]}", "made")
    seed = SeedText(f"{identity}.txt", sha256(page.text.encode()).hexdigest(), page.text, "utf-8")
    document = Document(
        identity, seed, tuple(page.zones), (), title, (), None, None, None, Field("en", "made"), None, None,
        published, Published(), (), (), (), page.text.count(" ") + 1,
    )  # fmt: skip
    annotated = Annotated(document, tuple(page.sentences), tuple(page.mentions), tuple(page.dates), tuple(page.quotes))
    return Truth(annotated, tuple(page.meant))


def _town(dice: random.Random) -> str:
    used = _words()
    start = dice.choice(used["onsets"]) + dice.choice(used["nuclei"]) + dice.choice("lrnsmk")
    return start + dice.choice(used["town_ends"])


def _surname(dice: random.Random) -> str:
    used = _words()
    start = dice.choice(used["onsets"]) + dice.choice(used["nuclei"]) + dice.choice("lrnmdkv")
    # Two endings: as many surnames as a hundred thousand articles need.
    return start + dice.choice(used["nuclei"]) + dice.choice(used["codas"]) + dice.choice(("", "", *used["codas"]))
