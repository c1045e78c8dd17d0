"""The people and bodies that a document names, ready to be asked who is meant."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from generator.annotate.quotes.lexicon import Lexicon
from generator.model import Document, Mention


@dataclass(frozen=True, slots=True)
class Roll:
    """Mentions in seed order, asked for the last one before a place."""

    starts: tuple[int, ...]
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> Roll:
        """A roll of mentions that are in seed order."""
        listed = tuple(mentions)
        return cls(tuple(mention.span.start for mention in listed), listed)

    def before(self, place: int, reach: int) -> Sequence[Mention]:
        """Up to `reach` mentions that start before a seed offset, the nearest first."""
        upto = bisect_right(self.starts, place)
        return self.mentions[max(0, upto - reach) : upto][::-1]


_EMPTY = Roll((), ())
# Mentions that are looked through for one that fits. Further back, a reader would not think of it either.
_REACH = 40
# The word before a name is no longer than this with its blank.
_NOUN = 16


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and bodies that the document names."""

    persons: Roll
    full: dict[str, Roll] = field(default_factory=dict)
    """Full names by each of their words."""
    titled: dict[str, Roll] = field(default_factory=dict)
    """People by each word of the title that stands before the mention."""
    called: dict[str, Roll] = field(default_factory=dict)
    """People by each noun that the text uses for them anywhere."""
    organizations: Roll = _EMPTY
    bodies: dict[str, Roll] = field(default_factory=dict)
    """Organizations by each word of their names."""
    outlets: frozenset[str] = frozenset()
    """Organizations that the text calls a paper, station or agency: `the daily Morgenblatt`."""
    roles: dict[str, frozenset[str]] = field(default_factory=dict)
    """What each name is called in the text: titles before it, nouns in apposition behind it."""
    genders: dict[str, str] = field(default_factory=dict)
    translated: bool = False
    """Whether pronouns are a translator's guess."""
    author: str = ""
    """Who "I" is outside quotation marks: the one author that the article states."""

    def full_name(self, mention: Mention) -> str:
        """The mention's name, completed from the nearest full name before it (else the first) that fits."""
        if mention.type != "person":
            return mention.name
        return self.complete(mention.name, mention.title, mention.span.start)

    def complete(self, name: str, title: str, place: int) -> str:
        """A bare name completed from the nearest full name that contains it.

        Where a title stands before the bare name, full names with a word of that title among their roles come first.
        """
        words = key_of(name).split()
        fitting = self.full.get(words[0]) if len(words) == 1 else None
        if not fitting:
            return name
        near = fitting.before(place, _REACH) or fitting.mentions[:1]
        wanted = set(role_words(title))
        sharing = [other for other in near if wanted & self.roles.get(key_of(other.name), frozenset())]
        return (sharing or near)[0].name

    def by_role(self, phrase: Sequence[str], place: int) -> Mention | None:
        """The person last named before a seed offset whom the text calls by these words, a noun and what modifies it.

        Titles count before appositions.
        """
        wanted = set(phrase)
        for rolls in (self.titled, self.called):
            for mention in rolls.get(phrase[-1], _EMPTY).before(place, _REACH):
                if wanted <= self.roles.get(key_of(mention.name), frozenset()):
                    return mention
        return None

    def body(self, noun: str, place: int) -> Mention | None:
        """The organization last named before a seed offset whose name has this noun as a word."""
        found = self.bodies.get(noun, _EMPTY).before(place, 1)
        return found[0] if found else None

    def outlet(self, place: int, words: Lexicon) -> Mention | None:
        """The agency, paper or station last named before a seed offset."""
        for mention in self.organizations.before(place, _REACH):
            if key_of(mention.name) in self.outlets or words.is_outlet_name(mention.name):
                return mention
        return None

    def gender(self, name: str) -> str:
        """`male`, `female` or empty: by a title in the text, else by a given name that leaves no doubt."""
        return self.genders.get(key_of(name), "")


def assemble(mentions: Sequence[Mention], document: Document, words: Lexicon) -> Cast:
    """The cast of a document. `mentions` in seed order; roles are read from the words around each name."""
    text = document.seed.text
    translated = document.translated_from is not None or any(
        signal.name == "machine-translated" for signal in document.signals
    )
    persons = [mention for mention in mentions if mention.type == "person"]
    organizations = [mention for mention in mentions if mention.type == "organization"]
    roles: dict[str, set[str]] = {}
    genders: dict[str, str] = {}
    surnames: dict[str, str] = {}
    for mention in persons:
        key = key_of(mention.name)
        called = _called(mention, text, words)
        roles.setdefault(key, set()).update(called)
        gender = _gender(called | set(role_words(mention.title)), words)
        if gender:
            genders.setdefault(key, gender)
            surnames.setdefault(key.split()[-1], gender)
    for key in roles:
        parts = key.split()
        if parts:
            genders.setdefault(key, words.given.get(parts[0], "") or words.given.get(parts[-1], ""))
        if not genders.get(key) and parts:
            genders[key] = surnames.get(parts[-1], "")
    return Cast(
        persons=Roll.of(persons),
        full=_by(persons, lambda mention: key_of(mention.name).split() if len(mention.name.split()) > 1 else ()),
        titled=_by(persons, lambda mention: role_words(mention.title)),
        called=_by(persons, lambda mention: roles[key_of(mention.name)]),
        organizations=Roll.of(organizations),
        bodies=_by(organizations, lambda mention: key_of(mention.name).split()),
        outlets=frozenset(
            key_of(mention.name)
            for mention in organizations
            if role_words(text[max(0, mention.span.start - _NOUN) : mention.span.start])[-1:]
            and role_words(text[max(0, mention.span.start - _NOUN) : mention.span.start])[-1] in words.outlet_nouns
        ),
        roles={key: frozenset(called) for key, called in roles.items()},
        genders=genders,
        translated=translated,
        author=document.authors[0].value if len(document.authors) == 1 else "",
    )


def _by(mentions: Iterable[Mention], words: Callable[[Mention], Iterable[str]]) -> dict[str, Roll]:
    lists: dict[str, list[Mention]] = {}
    for mention in mentions:
        for word in set(words(mention)):
            lists.setdefault(word, []).append(mention)
    return {word: Roll.of(listed) for word, listed in lists.items()}


def _called(mention: Mention, text: str, words: Lexicon) -> set[str]:
    """Nouns that the text uses for a person right there: title, `former minister Lind`, `Lind, a farmer from Lund`."""
    called = set(role_words(mention.title))
    behind = _apposition().match(text, mention.span.end)
    if behind:
        # "Lind, whose wife": what a relative clause names is somebody else; so is what follows the first noun.
        phrase = role_words(_relative().split(behind.group())[0])
        heads = [at for at, word in enumerate(phrase) if words.is_role(word)]
        called.update(phrase[: heads[0] + 1] if heads else ())
    if not mention.title:
        # Forty characters before a name hold the longest title in common use ("former deputy prime minister").
        ahead = text[max(0, mention.span.start - 40) : mention.span.start]
        pieces = _clause_end().split(ahead)
        # "Her father, Josef, watches": what stands before the comma is what he is called.
        owned = len(pieces) > 1 and not pieces[-1].strip() and ahead.rstrip()[-1:] == ","
        phrase = role_words(pieces[-2] if owned else pieces[-1])
        if owned and (not phrase or phrase[0] not in words.possessives):
            phrase = []
        while phrase and (words.is_role(phrase[-1]) or phrase[-1] in words.modifiers):
            called.add(phrase.pop())
    return called


def _gender(called: set[str], words: Lexicon) -> str:
    return "male" if called & words.men else "female" if called & words.women else ""


@cache
def _apposition() -> re.Pattern[str]:
    # ", a farmer from Lund", ", 56, the minister": ten words reach the noun.
    return re.compile(r"\s?[,(]\s?(?:[^\s,.;:()“”\"]{1,30}[ ,]\s?){1,10}")


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile(r"[,.;:!?()“”\"\n]")


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(r"\b(?:who|whose|whom|which|where|of|for|from|with)\b")


def role_words(text: str) -> list[str]:
    """The words of a title or apposition, lower-case, hyphenated ones apart."""
    return [word for word in re.split(r"[\s,.()\-‑]+", text.casefold()) if word]


def key_of(name: str) -> str:
    """A name for comparing: without marks, case and full stops."""
    if name.isascii():
        return name.casefold().replace(".", "")
    plain = unicodedata.normalize("NFKD", name)
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold().replace(".", "")
