"""A corpus of invented news with the structure of real news: the same number gives the same articles.

Names follow Zipf's law (a few are in everything, most in one story), stories run over several articles,
a share are near-duplicates of another, and articles differ in what their outlets print: headline, byline,
dateline, date, wire credit. People, towns and bodies are built from syllables, so that nobody real is spoken of.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

from bench.zipf import Zipf, distinct

_START = date(2022, 1, 3)
_DAYS = 900
# Of hundred articles so many repeat an earlier one with small changes: the order of what wire copy gives.
_NEAR_DUPLICATES = 0.04


@dataclass(frozen=True, slots=True)
class _Words:
    """What words.yml holds."""

    first: list[str]
    onsets: list[str]
    nuclei: list[str]
    codas: list[str]
    town_ends: list[str]
    bodies: list[str]
    offices: list[str]
    outlets: list[str]
    nouns: list[str]
    verbs: list[str]
    past: list[str]
    adjectives: list[str]
    weekdays: list[str]
    months: list[str]
    sentences: list[str]


@cache
def _words() -> _Words:
    return _Words(**yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8")))


def articles(count: int, number: int = 1) -> Iterator[tuple[str, str]]:
    """`count` pairs of file name and text; `number` picks the corpus. A longer corpus begins like a shorter one."""
    dice = random.Random(number)  # noqa: S311 -- repeatable on purpose
    people = Zipf.over(distinct(6000, lambda: f"{dice.choice(_words().first)} {_syllables(dice)}"))
    towns = Zipf.over(distinct(500, lambda: _syllables(dice, short=True) + dice.choice(_words().town_ends)))
    bodies = Zipf.over(distinct(1200, lambda: f"{towns.draw(dice)} {dice.choice(_words().bodies)}"))
    recent: list[str] = []
    for index in range(count):
        dice = random.Random(number * 1_000_003 + index)  # noqa: S311 -- repeatable on purpose
        if recent and dice.random() < _NEAR_DUPLICATES:
            text = _retold(dice, dice.choice(recent))
        else:
            text = _article(dice, people, towns, bodies)
        recent = [*recent[-40:], text]
        yield f"{index:06d}.txt", text


def _article(dice: random.Random, people: Zipf, towns: Zipf, bodies: Zipf) -> str:
    day = _START + timedelta(days=dice.randrange(_DAYS))
    cast = [people.draw(dice) for _ in range(4)]
    places = [towns.draw(dice) for _ in range(3)]
    boards = [bodies.draw(dice) for _ in range(3)]
    nouns = dice.sample(_words().nouns, 5)
    paragraphs = [
        " ".join(_sentence(dice, cast, places, boards, nouns) for _ in range(dice.choice((1, 2, 2, 3))))
        for _ in range(dice.randrange(8, 15))
    ]
    verb = dice.choice(_words().verbs)
    what = f"{dice.choice(_words().adjectives)} {nouns[0]}"
    headline = f"{boards[0]} to {verb} {what} after {nouns[1]} talks in {places[0]}"
    head: list[str] = []
    if dice.random() < 0.8:
        head.append(headline)
    if dice.random() < 0.5:
        head.append(f"By {people.draw(dice)}")
    if dice.random() < 0.6:
        head.append(f"{day.day} {_words().months[day.month - 1]} {day.year}")
    if dice.random() < 0.4:
        paragraphs[0] = f"{places[0].upper()}, {_words().months[day.month - 1]} {day.day} — {paragraphs[0]}"
    if dice.random() < 0.2:
        paragraphs.append(f"{places[0]} {dice.choice(_words().outlets)}")
    return "\n\n".join([*head, *paragraphs]) + "\n"


def _sentence(
    dice: random.Random, cast: Sequence[str], places: Sequence[str], boards: Sequence[str], nouns: Sequence[str]
) -> str:
    words = _words()
    person, other = dice.sample(cast, 2)
    return dice.choice(words.sentences).format(
        person=person,
        person2=other,
        last=person.split()[-1],
        last2=other.split()[-1],
        office=dice.choice(words.offices),
        town=dice.choice(places),
        town2=dice.choice(places),
        body=boards[0],
        body2=dice.choice(boards),
        noun=dice.choice(nouns),
        noun2=dice.choice(nouns),
        adjective=dice.choice(words.adjectives),
        verb=dice.choice(words.verbs),
        past=dice.choice(words.past),
        past2=dice.choice(words.past),
        number=dice.randrange(2, 900),
        weekday=dice.choice(words.weekdays),
        day=dice.randrange(1, 29),
        month=dice.choice(words.months),
        year=dice.randrange(2009, 2022),
    )


def _retold(dice: random.Random, text: str) -> str:
    """The text as another outlet would print it: some paragraphs less, a word or two changed."""
    paragraphs = text.rstrip("\n").split("\n\n")
    kept = [paragraph for at, paragraph in enumerate(paragraphs) if at < 4 or dice.random() < 0.85]
    kept[-1] = kept[-1].replace(" said", " explained").replace("the ", "this ", 1)
    return "\n\n".join(kept) + "\n"


def _syllables(dice: random.Random, *, short: bool = False) -> str:
    first = dice.choice(_words().onsets) + dice.choice(_words().nuclei)
    if short:
        return first + dice.choice(("l", "r", "n", "s", "m", "k"))
    return first + dice.choice("lrnmdkv") + dice.choice(_words().nuclei) + dice.choice(_words().codas)
