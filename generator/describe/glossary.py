"""The glossary of spun phrases: how its rows are written, and how they are compiled for matching.

A row of `spin-glossary.csv` has these columns:

`spun`
    The phrase as spinners write it, words apart by one space. A word may list alternatives (``week|month``; a low
    line stands for a space within one: ``social_gathering|party``) or hold a slot: ``{weekday}``, ``{month}``,
    ``{number}`` (digits or words), ``{digit}`` (2 to 9 as a figure), ``{tens}`` and ``{ordinal}`` (``sixty``,
    ``fifth``), ``{nation}`` (``Cuban``), ``{name}`` (a capitalised word), ``{roman}``.
    A word with a capital matches capitalised words only; a word without matches both, but a capital inside the phrase
    means that the text names something and the row does not apply.
`original`
    What it probably was. An alternation stands for the next alternation of `spun` with as many members; a slot for
    the next slot of that name. ``{digit}`` comes out as a word, ``{nth}`` is the number of ``{tens} {ordinal}``.
`kind`
    The field it belongs to; for the reader of the file.
`strength`
    ``sure``: nobody writes this otherwise. ``likely``: odd, but possible. ``weak``: ordinary English elsewhere.
`example`
    A sentence in which the row matches.
`context` (may be empty)
    Conditions joined by ``;``: ``after=a|b`` (the words before the phrase end in one of these), ``before=a|b`` (the
    words that follow begin with one of these; the end of the text counts as ``.``), either with ``!`` for "must not",
    ``source`` (what follows names someone who can be the source of a statement), and ``lower`` (no capitals).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, Literal, overload

from generator.data import read_rows, read_tree

Strength = Literal["sure", "likely", "weak"]
Row = Mapping[str, str]

STRENGTHS: tuple[Strength, ...] = ("sure", "likely", "weak")
_WORD = re.compile(r"\w+|[^\w\s]")
SLOT = re.compile(r"\{(\w+)\}")
SLOT_NAMES = frozenset({"weekday", "month", "number", "digit", "tens", "ordinal", "nation", "roman", "name"})
_SLOT_PIECE = re.compile(rf"(\{{(?:{'|'.join(sorted(SLOT_NAMES))})\}})")
_CONDITION = re.compile(r"(!?)(after|before)=(.*)|(source|lower)", re.DOTALL)
_NEXT_CONDITION = re.compile(r";(?=!?after=|!?before=|source|lower)")
# Endings of English adjectives of nationality: Cuban, Chinese, British, French, Israeli, Yemeni, Greek, Dutch.
_NATION = re.compile(r"(?:an|ese|ish|nch|eli|aqi|ani|audi|eni|wai?ti|reek|utch|elsh|wiss|hai)$")
_ROMAN = re.compile(r"[IVX]{1,4}$")
_NUMBER = re.compile(r"\d{1,12}$")
# A phrase and the conditions on it look at some twenty words; the next phrase often looks at the same ones.
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of a text, and its lower-case form with plain apostrophes."""

    text: str
    folded: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


class Words(Sequence[Word]):
    """The words and marks of a text, each made into a `Word` when it is asked for.

    Most words of a text are only looked up, so strings are all that is kept: an object for each of 200,000 marks
    would have the interpreter's collector go through all of them again and again.
    """

    __slots__ = ("_made", "_starts", "_text", "texts")

    def __init__(self, text: str) -> None:
        self._text = text
        self.texts: list[str] = _WORD.findall(text)
        self._starts: array[int] | None = None
        self._made: dict[int, Word] = {}

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> Word: ...

    @overload
    def __getitem__(self, at: slice) -> list[Word]: ...

    def __getitem__(self, at: int | slice) -> Word | list[Word]:
        if isinstance(at, slice):
            return [self._word(index) for index in range(*at.indices(len(self.texts)))]
        return self._word(at)

    def _word(self, at: int) -> Word:
        word = self._made.get(at)
        if word is not None:
            return word
        if len(self._made) >= _REMEMBERED:
            self._made.clear()
        text = self.texts[at]
        word = self._made[at] = Word(text, fold(text))
        return word

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The view offsets of the stretch from the word `start` to the one before `end`."""
        if self._starts is None:
            self._starts = array("q", (match.start() for match in _WORD.finditer(self._text)))
        return self._starts[start], self._starts[end - 1] + len(self.texts[end - 1])


def fold(text: str) -> str:
    """`text` as the glossary spells it: in lower case, with plain apostrophes."""
    return text.lower().replace("’", "'")


def split_words(text: str) -> Words:
    """The words and marks of a text, with view offsets; white space is dropped."""
    return Words(text)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a row on the words around the phrase."""

    where: Literal["after", "before", "source", "lower"]
    phrases: tuple[tuple[str, ...], ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the glossary."""

    spun: str
    original: str
    kind: str
    strength: Strength
    example: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an entry, its alternatives chosen."""

    entry: Entry
    words: tuple[str, ...]
    capitals: tuple[bool, ...]
    original: str


@dataclass(slots=True)
class Node:
    """A step of the trie over forms. Only touched while the glossary is built."""

    words: dict[str, Node] = field(default_factory=dict)
    slots: dict[str, Node] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the matcher knows beside the rows, from `spin.yml`."""

    speakers: frozenset[str]
    papers: frozenset[str]
    stops: frozenset[str]
    numbers: frozenset[str]
    tens: Mapping[str, int]
    ordinals: Mapping[str, int]
    digits: Mapping[str, str]
    weekdays: frozenset[str]
    months: frozenset[str]
    small: frozenset[str]
    """Words in small letters that a slot may hold."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """All entries, compiled. Made by `load_glossary`."""

    entries: tuple[Entry, ...]
    lexicon: Lexicon
    root: Node
    slots: Mapping[str, Callable[[Word], bool]]


def load_glossary(extra: Sequence[Row] = ()) -> Glossary:
    """The glossary of the package, with rows of the user's own added; theirs win where both match.

    Raises `ValueError` that names the row where one is not well-formed.
    """
    return _compiled(tuple(tuple(sorted(row.items())) for row in extra))


@cache
def _compiled(extra: tuple[tuple[tuple[str, str], ...], ...]) -> Glossary:
    rows: list[Row] = [dict(row) for row in extra]
    rows.extend(read_rows("spin-glossary.csv"))
    entries = tuple(read_entry(row) for row in rows)
    lexicon = _read_lexicon(read_tree("spin.yml"))
    slots = _slot_tests(lexicon)
    root = Node()
    for entry in entries:
        for form in expand(entry):
            _plant(root, form, slots)
    return Glossary(entries, lexicon, root, slots)


def _read_lexicon(tree: Mapping[str, Any]) -> Lexicon:
    sources = tree["sources"]
    numbers = frozenset(tree["numbers"].split())
    return Lexicon(
        speakers=frozenset(sources["speakers"].split()),
        papers=frozenset(sources["papers"].split()),
        stops=frozenset(sources["stops"].split()),
        numbers=numbers,
        tens=dict(tree["tens"]),
        ordinals=dict(tree["ordinals"]),
        digits=dict(tree["digits"]),
        weekdays=frozenset(tree["weekdays"].split()),
        months=frozenset(tree["months"].split()),
        small=numbers | tree["tens"].keys() | tree["ordinals"].keys(),
    )


def _slot_tests(lexicon: Lexicon) -> dict[str, Callable[[Word], bool]]:
    return {
        "weekday": lambda word: word.capital and word.folded in lexicon.weekdays,
        "month": lambda word: word.capital and word.folded in lexicon.months,
        "number": lambda word: word.folded in lexicon.numbers or _NUMBER.match(word.text) is not None,
        "digit": lambda word: word.text in lexicon.digits,
        "tens": lambda word: word.folded in lexicon.tens,
        "ordinal": lambda word: word.folded in lexicon.ordinals,
        "nation": lambda word: word.capital and _NATION.search(word.folded) is not None,
        "roman": lambda word: _ROMAN.match(word.text) is not None,
        "name": lambda word: word.capital and word.folded not in lexicon.weekdays | lexicon.months,
    }


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────


def read_entry(row: Row) -> Entry:
    """An entry from a row keyed by the header of the file. Raises `ValueError` for a row that is not well-formed."""
    spun, original = row.get("spun", "").strip(), row.get("original", "").strip()
    strength = row.get("strength", "").strip() or "weak"
    if not spun or not original:
        raise ValueError(f"glossary row {spun or original!r}: both `spun` and `original` are needed")
    if strength not in STRENGTHS:
        raise ValueError(f"glossary row {spun!r}: strength {strength!r} is none of {', '.join(STRENGTHS)}")
    conditions = tuple(_conditions(spun, row.get("context", "") or ""))
    return Entry(spun, original, row.get("kind", ""), strength, row.get("example", ""), conditions)


def _conditions(spun: str, context: str) -> Iterator[Condition]:
    for part in _NEXT_CONDITION.split(context) if context.strip() else ():
        match = _CONDITION.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"glossary row {spun!r}: context {part!r} is not understood")
        if match[4]:
            yield Condition("source" if match[4] == "source" else "lower")
        else:
            phrases = tuple(_pattern_words(phrase) for phrase in match[3].split("|"))
            where: Literal["after", "before"] = "after" if match[2] == "after" else "before"
            yield Condition(where, phrases, negated=bool(match[1]))


def _pattern_words(phrase: str) -> tuple[str, ...]:
    return tuple(word.folded for word in _pattern(phrase))


def _pattern(phrase: str) -> Iterator[Word]:
    for piece in _SLOT_PIECE.split(phrase):
        if _SLOT_PIECE.fullmatch(piece):
            yield Word(piece, piece)
        else:
            yield from (Word(text, fold(text)) for text in _WORD.findall(piece))


def expand(entry: Entry) -> list[Form]:
    """Every way to write an entry. Raises `ValueError` where an alternation of `original` has no counterpart."""
    spun = [part.split("|") for part in entry.spun.split()]
    original = [part.split("|") for part in entry.original.split()]
    partners: list[int | None] = []
    used = -1
    for options in original:
        if len(options) == 1:
            partners.append(None)
            continue
        partner = next((at for at in range(used + 1, len(spun)) if len(spun[at]) == len(options)), None)
        if partner is None:
            raise ValueError(f"glossary row {entry.spun!r}: {'|'.join(options)!r} has no counterpart in the phrase")
        partners.append(partner)
        used = partner
    read = [[tuple(_pattern(option.replace("_", " "))) for option in options] for options in spun]
    forms: list[Form] = []
    for choice in product(*(range(len(options)) for options in spun)):
        chosen = [options[at] for options, at in zip(spun, choice, strict=True)]
        plain = [
            options[0] if partner is None else options[choice[partner]]
            for options, partner in zip(original, partners, strict=True)
        ]
        words = [word for options, at in zip(read, choice, strict=True) for word in options[at]]
        text = " ".join(plain).replace("_", " ")
        # An alternation may hold the plain word for the sake of its neighbours; that form explains nothing.
        if text != " ".join(chosen) or "{digit}" in text:
            form = Form(entry, tuple(word.folded for word in words), tuple(word.capital for word in words), text)
            forms.append(form)
    return forms


def _plant(root: Node, form: Form, slots: Mapping[str, object]) -> None:
    node = root
    for word in form.words:
        slot = SLOT.fullmatch(word) if word[:1] == "{" else None
        if slot and slot[1] in slots:
            node = node.slots.setdefault(slot[1], Node())
        else:
            node = node.words.setdefault(word, Node())
    node.forms.append(form)
