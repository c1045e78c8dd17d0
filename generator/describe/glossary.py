"""The glossary of spun phrases: how its rows are written, compiled and matched.

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
    and ``source`` (what follows names someone who can be the source of a statement).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, Literal

from generator.data import read_rows, read_tree

Strength = Literal["sure", "likely", "weak"]
Row = Mapping[str, str]

STRENGTHS: tuple[Strength, ...] = ("sure", "likely", "weak")
_WORD = re.compile(r"\w+|[^\w\s]")
_SLOT = re.compile(r"\{(\w+)\}")
_SLOT_NAMES = frozenset({"weekday", "month", "number", "digit", "tens", "ordinal", "nation", "roman", "name"})
_SLOT_PIECE = re.compile(rf"(\{{(?:{'|'.join(sorted(_SLOT_NAMES))})\}})")
_CONDITION = re.compile(r"(!?)(after|before)=(.*)|(source)", re.DOTALL)
_NEXT_CONDITION = re.compile(r";(?=!?after=|!?before=|source)")
# Endings of English adjectives of nationality: Cuban, Chinese, British, French, Israeli, Yemeni, Greek, Dutch.
_NATION = re.compile(r"(?:an|ese|ish|nch|eli|aqi|ani|audi|eni|wai?ti|reek|utch|elsh|wiss|hai)$")
_ROMAN = re.compile(r"[IVX]{1,4}$")
_NUMBER = re.compile(r"\d{1,12}$")
_SENTENCE_ENDS = frozenset('.!?:;"“”‘’()[]—–-|>')
# A noun phrase longer than this is not the plain name of an office; the look ahead stays bounded.
_LONGEST_SOURCE = 9


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of a text: its view offsets, its text, and its lower-case form with plain apostrophes."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def split_words(text: str) -> list[Word]:
    """The words and marks of a text, with view offsets; white space is dropped."""
    return [
        Word(match.start(), match.end(), match[0], match[0].lower().replace("’", "'")) for match in _WORD.finditer(text)
    ]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a row on the words around the phrase."""

    where: Literal["after", "before", "source"]
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
class _Node:
    """A step of the trie over forms. Only touched while the glossary is built."""

    words: dict[str, _Node] = field(default_factory=dict)
    slots: dict[str, _Node] = field(default_factory=dict)
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


@dataclass(frozen=True, slots=True)
class Glossary:
    """All entries, compiled. Made by `load_glossary`."""

    entries: tuple[Entry, ...]
    lexicon: Lexicon
    root: _Node
    slots: Mapping[str, Callable[[Word], bool]]


@dataclass(frozen=True, slots=True)
class GlossaryMatch:
    """A phrase found: view offsets, the entry and what the phrase probably was."""

    start: int
    end: int
    entry: Entry
    original: str


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
    root = _Node()
    for entry in entries:
        for form in expand(entry):
            _plant(root, form, slots)
    return Glossary(entries, lexicon, root, slots)


def _read_lexicon(tree: Mapping[str, Any]) -> Lexicon:
    sources = tree["sources"]
    return Lexicon(
        speakers=frozenset(sources["speakers"].split()),
        papers=frozenset(sources["papers"].split()),
        stops=frozenset(sources["stops"].split()),
        numbers=frozenset(tree["numbers"].split()),
        tens=dict(tree["tens"]),
        ordinals=dict(tree["ordinals"]),
        digits=dict(tree["digits"]),
        weekdays=frozenset(tree["weekdays"].split()),
        months=frozenset(tree["months"].split()),
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
            yield Condition("source")
        else:
            phrases = tuple(_pattern_words(phrase) for phrase in match[3].split("|"))
            where: Literal["after", "before"] = "after" if match[2] == "after" else "before"
            yield Condition(where, phrases, negated=bool(match[1]))


def _pattern_words(phrase: str) -> tuple[str, ...]:
    return tuple(word.folded for word in _pattern(phrase))


def _pattern(phrase: str) -> Iterator[Word]:
    for piece in _SLOT_PIECE.split(phrase):
        if _SLOT_PIECE.fullmatch(piece):
            yield Word(0, 0, piece, piece)
        else:
            yield from split_words(piece)


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
    forms: list[Form] = []
    for choice in product(*(range(len(options)) for options in spun)):
        chosen = [options[at] for options, at in zip(spun, choice, strict=True)]
        plain = [
            options[0] if partner is None else options[choice[partner]]
            for options, partner in zip(original, partners, strict=True)
        ]
        words = tuple(word for part in chosen for word in _pattern(part.replace("_", " ")))
        text = " ".join(plain).replace("_", " ")
        # An alternation may hold the plain word for the sake of its neighbours; that form explains nothing.
        if text != " ".join(chosen) or "{digit}" in text:
            form = Form(entry, tuple(word.folded for word in words), tuple(word.capital for word in words), text)
            forms.append(form)
    return forms


def _plant(root: _Node, form: Form, slots: Mapping[str, object]) -> None:
    node = root
    for word in form.words:
        slot = _SLOT.fullmatch(word)
        if slot and slot[1] in slots:
            node = node.slots.setdefault(slot[1], _Node())
        else:
            node = node.words.setdefault(word, _Node())
    node.forms.append(form)


# ── matching ──────────────────────────────────────────────────────────────────────────────────────


def match_glossary(text: str, glossary: Glossary, strengths: Sequence[Strength]) -> list[GlossaryMatch]:
    """The phrases of the given strengths in a text, leftmost first, the longest of those that begin together.

    Offsets are view offsets into `text`. Time is linear in the text: the trie is as deep as its longest row.
    """
    words = split_words(text)
    title_case = _is_title_case(words)
    found: list[GlossaryMatch] = []
    at = 0
    while at < len(words):
        best = _match_at(words, at, glossary, strengths, title_case=title_case)
        if best is None:
            at += 1
            continue
        length, form = best
        stretch = words[at : at + length]
        found.append(
            GlossaryMatch(
                stretch[0].start,
                stretch[-1].end,
                form.entry,
                _original(form, stretch, glossary.lexicon, title_case=title_case),
            )
        )
        at += length
    return found


def _is_title_case(words: Sequence[Word]) -> bool:
    # Words of four letters and more are capitalised in headlines and running text in capitals, rarely all in prose.
    long_words = [word for word in words if len(word.text) >= 4]
    return len(long_words) >= 3 and sum(word.capital for word in long_words) >= 0.8 * len(long_words)


def _match_at(
    words: Sequence[Word], at: int, glossary: Glossary, strengths: Sequence[Strength], *, title_case: bool
) -> tuple[int, Form] | None:
    best: tuple[int, Form] | None = None
    nodes = [glossary.root]
    for offset in range(at, len(words) + 1):
        for node in nodes:
            for form in node.forms:
                length = offset - at
                if best is not None and length <= best[0]:
                    break
                if form.entry.strength in strengths and _applies(
                    form, words, at, length, glossary, title_case=title_case
                ):
                    best = (length, form)
        if offset == len(words):
            break
        word = words[offset]
        following: list[_Node] = []
        for node in nodes:
            step = node.words.get(word.folded)
            if step is not None:
                following.append(step)
            following.extend(step for slot, step in node.slots.items() if glossary.slots[slot](word))
        if not following:
            break
        nodes = following
    return best


def _applies(form: Form, words: Sequence[Word], at: int, length: int, glossary: Glossary, *, title_case: bool) -> bool:
    if not title_case:
        for offset, (pattern, capital) in enumerate(zip(form.words, form.capitals, strict=True)):
            word = words[at + offset]
            if capital and not word.capital:
                return False
            named = word.capital and not capital and pattern == word.folded
            if named and not (offset == 0 and _opens_sentence(words, at)):
                return False
    return all(_holds(condition, words, at, at + length, glossary) for condition in form.entry.conditions)


def _opens_sentence(words: Sequence[Word], at: int) -> bool:
    return at == 0 or words[at - 1].text in _SENTENCE_ENDS


def _holds(condition: Condition, words: Sequence[Word], start: int, end: int, glossary: Glossary) -> bool:
    if condition.where == "source":
        return _is_source(words, start, end, glossary.lexicon)
    if condition.where == "after":
        hit = any(
            start >= len(phrase) and _same(phrase, words[start - len(phrase) : start], glossary)
            for phrase in condition.phrases
        )
    elif end == len(words):
        hit = (".",) in condition.phrases
    else:
        hit = any(_same(phrase, words[end : end + len(phrase)], glossary) for phrase in condition.phrases)
    return hit != condition.negated


def _same(phrase: tuple[str, ...], words: Sequence[Word], glossary: Glossary) -> bool:
    if len(phrase) != len(words):
        return False
    for pattern, word in zip(phrase, words, strict=True):
        slot = _SLOT.fullmatch(pattern)
        if slot and slot[1] in glossary.slots:
            if not glossary.slots[slot[1]](word):
                return False
        elif pattern != word.folded:
            return False
    return True


def _is_source(words: Sequence[Word], start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the words after a phrase name a source of statements.

    The noun that ends the phrase decides. Office-holders and offices count anywhere, papers and bare names only where
    a comma comes before ("…, in response to Reuters"), since one can act in response to a report or to a country.
    """
    last: Word | None = None
    for word in words[end : end + _LONGEST_SOURCE]:
        if word.folded in lexicon.stops or not (word.text[0].isalnum() or word.folded in "'-."):
            break
        if word.text == "." and not (last is not None and len(last.text) == 1):
            break
        if word.text[0].isalnum() and word.folded != "s":
            last = word
    if last is None:
        return False
    comma = start > 0 and words[start - 1].text == ","
    return last.folded in lexicon.speakers or (comma and (last.folded in lexicon.papers or last.capital))


def _original(form: Form, stretch: Sequence[Word], lexicon: Lexicon, *, title_case: bool) -> str:
    captured: dict[str, list[str]] = {}
    for pattern, word in zip(form.words, stretch, strict=True):
        slot = _SLOT.fullmatch(pattern)
        if slot and slot[1] in _SLOT_NAMES:
            captured.setdefault(slot[1], []).append(word.text)

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name == "nth":
            number = lexicon.tens[captured["tens"][0].lower()] + lexicon.ordinals[captured["ordinal"][0].lower()]
            return f"{number}{_ending(number)}"
        if name not in captured:
            return match[0]
        value = captured[name].pop(0)
        return lexicon.digits[value] if name == "digit" else value

    original = _SLOT.sub(fill, form.original)
    if all(word.text.isupper() for word in stretch if word.text.isalpha()):
        return original.upper()
    if title_case and all(word.capital for word in stretch if word.text.isalpha()):
        return " ".join(part[:1].upper() + part[1:] for part in original.split(" "))
    return original[:1].upper() + original[1:] if stretch[0].capital else original


def _ending(number: int) -> str:
    # 11th to 13th cannot come up: the tens begin at twenty.
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
