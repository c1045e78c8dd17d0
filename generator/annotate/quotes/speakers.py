"""Who a subject is: a name completed from the article, a pronoun resolved, an unnamed source put in plain words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from generator.aligned import AlignedText, Span
from generator.annotate.quotes.grammar import Grammar, Range
from generator.annotate.quotes.lexicon import Lexicon
from generator.annotate.quotes.passage import Passage
from generator.model import Mention

# Endings of nouns for acts and qualities, which do not speak. Bodies that end like them ("administration") are known.
_ABSTRACT = ("ment", "tion", "sion", "ness", "ity", "ship", "ism", "ance", "ence")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker: the name to show, and where the words that name them stand in the seed."""

    name: str
    span: Span
    kind: str
    """`person`, `body`, `unnamed`, or `pronoun` where nothing resolves it."""
    gender: str = ""


@dataclass(slots=True)
class Scene:
    """What has been read so far: who spoke last and who is being talked about."""

    last: Voice | None = None
    last_paragraph: int = -9
    topic: Voice | None = None
    """The person that the last sentence was about."""
    topic_paragraph: int = -9


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and bodies that the document names, in seed order."""

    persons: tuple[Mention, ...]
    organizations: tuple[Mention, ...]
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What each full name is called in the text: titles before it, nouns in apposition behind it. Lower-case."""
    genders: dict[str, str] = field(default_factory=dict)
    translated: bool = False
    """Whether pronouns are a translator's guess."""

    def full_name(self, mention: Mention) -> str:
        """The mention's name, completed from the nearest full name before it (else after it) that fits.

        A full name fits a bare one if it contains all its words; where the bare name carries a title, full names
        that carry the same title or role come first.
        """
        words = _key(mention.name).split()
        if len(words) != 1 or mention.type != "person":
            return mention.name
        wanted = set(_role_words(mention.title))
        fitting = [
            other for other in self.persons if len(other.name.split()) > 1 and words[0] in _key(other.name).split()
        ]
        if not fitting:
            return mention.name
        if wanted:
            sharing = [other for other in fitting if wanted & set(self.roles.get(_key(other.name), ()))]
            fitting = sharing or fitting
        before = [other for other in fitting if other.span.start <= mention.span.start]
        return before[-1].name if before else fitting[0].name

    def by_role(self, role: str, before: int) -> Mention | None:
        """The person last named before a seed offset who is called by this noun."""
        for mention in reversed(self.persons):
            if mention.span.start < before and role in _role_words(mention.title):
                return mention
        for mention in reversed(self.persons):
            if mention.span.start < before and role in self.roles.get(_key(mention.name), ()):
                return mention
        return None

    def body(self, noun: str, before: int) -> Mention | None:
        """The organization last named before a seed offset whose name has this noun as a word."""
        for mention in reversed(self.organizations):
            if mention.span.start < before and noun in mention.name.casefold().split():
                return mention
        return None

    def gender(self, name: str) -> str:
        """`male`, `female` or empty, as the text itself shows by titles."""
        return self.genders.get(_key(name), "")


def assemble(mentions: Sequence[Mention], text: str, words: Lexicon, *, translated: bool) -> Cast:
    """The cast of a document. `text` is the seed's; roles are read from the words behind each full name."""
    persons = tuple(sorted((m for m in mentions if m.type == "person"), key=lambda m: m.span))
    bodies = tuple(sorted((m for m in mentions if m.type == "organization"), key=lambda m: m.span))
    roles: dict[str, set[str]] = {}
    genders: dict[str, str] = {}
    by_surname: dict[str, str] = {}
    for mention in persons:
        key = _key(mention.name)
        called = set(_role_words(mention.title))
        # An apposition: ", a farmer from Lund", ", 56, the minister". Ten words reach its noun.
        behind = _apposition().match(text, mention.span.end)
        if behind:
            called.update(word for word in _role_words(behind.group()) if words.is_role(word))
        roles.setdefault(key, set()).update(called)
        if not mention.title:
            # "President Lind", "former minister Lind": four words before hold the longest title in common use.
            ahead = text[max(0, mention.span.start - 40) : mention.span.start]
            called.update(word for word in _role_words(_clause_end().split(ahead)[-1])[-4:] if words.is_role(word))
        title = {word.rstrip(".") for word in mention.title.casefold().split()}
        gender = "male" if title & words.men else "female" if title & words.women else ""
        if not gender:
            gender = "male" if called & words.men else "female" if called & words.women else ""
        if gender:
            genders.setdefault(key, gender)
            by_surname.setdefault(key.split()[-1] if key else "", gender)
    for mention in persons:
        key = _key(mention.name)
        if key and key not in genders and key.split()[-1] in by_surname:
            genders[key] = by_surname[key.split()[-1]]
    return Cast(persons, bodies, {key: tuple(called) for key, called in roles.items()}, genders, translated)


def voice(passage: Passage, subject: Range, cast: Cast, scene: Scene) -> Voice | None:
    """The speaker that a subject, a range of the passage's tokens, means; `None` where the phrase cannot be one."""
    grammar, reading, paragraph = passage.grammar, passage.zone.reading, passage.number
    start, end = subject
    tokens, words = grammar.tokens, grammar.words
    first = tokens[start]
    if first.low in words.pronouns:
        return _pronoun(words.pronouns[first.low], reading.seed_span(first.start, first.end), cast, scene, paragraph)
    named = _named(grammar, start, end)
    if named is None and _possessed(grammar, start, end):
        named = _named_in_apposition(grammar, end)
    if named is not None:
        token = tokens[named]
        mention = passage.names[token.ref].mention
        kind = "person" if mention.type == "person" else "body"
        name = cast.full_name(mention) if kind == "person" else mention.name
        return Voice(name, mention.span, kind, cast.gender(name))
    return _noun(grammar, start, end, cast, reading)


def _named(grammar: Grammar, start: int, end: int) -> int | None:
    """The token of the name that heads a noun phrase: the last name, unless it owns or modifies what follows."""
    names = [at for at in range(start, end) if grammar.tokens[at].kind == "name"]
    for at in reversed(names):
        follower = at + 1
        while follower < end and (grammar.tokens[follower].text == "&" or grammar.is_time(follower)):
            follower += 1
        if follower >= end:
            return at
        if (
            grammar.tokens[at].entity == "person"
            and grammar.low(at + 1) != "'s"
            and not grammar.words.is_role(grammar.low(end - 1))
        ):
            return at  # "Lind angrily": what follows is no noun for a speaker
        return None
    return None


def _possessed(grammar: Grammar, start: int, end: int) -> bool:
    """Whether an apposition may name the one meant: `Lind's niece, Vera Holm,`."""
    return end < len(grammar.tokens) and grammar.tokens[end].text == "," and grammar.words.is_role(grammar.low(end - 1))


def _named_in_apposition(grammar: Grammar, comma: int) -> int | None:
    # Eight words hold "state delegate Marcia Cia Price" and leave the next clause alone.
    for at in range(comma + 1, min(comma + 9, len(grammar.tokens))):
        token = grammar.tokens[at]
        if token.kind == "name" and token.entity == "person" and grammar.low(at + 1) != "'s":
            return at
        if token.kind not in ("word", "name"):
            return None
        if token.low in grammar.words.pronouns or token.low in grammar.words.prepositions:
            return None
    return None


def _pronoun(gender: str, span: Span, cast: Cast, scene: Scene, paragraph: int) -> Voice | None:
    recent = scene.last if paragraph - scene.last_paragraph <= 2 else None
    if gender == "self":
        return Voice("", span, "pronoun")
    if cast.translated and recent and gender != "relative":
        # A language without pronouns was guessed into one with them: only the order of speech can be relied on.
        return Voice(recent.name, span, recent.kind, recent.gender)
    if gender in ("thing", "plural"):
        if recent and recent.kind != "person":
            return Voice(recent.name, span, recent.kind)
        return Voice("", span, "pronoun")
    if gender == "relative":
        return None
    topic = scene.topic if paragraph - scene.topic_paragraph <= 1 else None
    fits = [
        other
        for other in (topic if scene.topic_paragraph == paragraph else None, recent, topic)
        if other and other.kind in ("person", "unnamed") and other.gender in ("", gender) and other.name
    ]
    if fits:
        return Voice(fits[0].name, span, fits[0].kind, gender)
    before = [m for m in cast.persons if m.span.start < span.start]
    for mention in reversed(before[-12:]):  # a dozen names back, "he" has lost its reader as well
        if cast.gender(mention.name) in ("", gender):
            return Voice(cast.full_name(mention), span, "person", gender)
    return Voice("", span, "pronoun")


def _noun(grammar: Grammar, start: int, end: int, cast: Cast, reading: AlignedText) -> Voice | None:
    """A speaker without a name: `the mayor`, `a senior ministry official in the capital`, `the ministry`."""
    tokens, words = grammar.tokens, grammar.words
    span = reading.seed_span(tokens[start].start, tokens[end - 1].end)
    if not words.is_role(grammar.low(end - 1)) and tokens[end - 1].kind == "word" and not tokens[end - 1].capital:
        # The run went on into a verb: "protesters marching". The last noun for a speaker in it is the head.
        end = next((at + 1 for at in range(end - 1, start, -1) if words.is_role(grammar.low(at))), end)
        end = start + 1 if words.is_role(grammar.low(start)) and not words.is_role(grammar.low(end - 1)) else end
        span = reading.seed_span(tokens[start].start, tokens[end - 1].end)
    head = tokens[end - 1]
    noun = head.low
    if noun in words.times and end - start > 1:
        return _noun(grammar, start, end - 1, cast, reading)
    definite = tokens[start].low in ("the", "this", "that") or tokens[start].kind == "name"
    plain = end - start <= 3 and definite
    if plain and noun in words.people:
        known = cast.by_role(noun, span.start)
        if known:
            return Voice(cast.full_name(known), span, "person", cast.gender(known.name))
    if plain and noun in words.bodies:
        body = cast.body(noun, span.start)
        if body:
            return Voice(body.name, span, "body")
    if (
        not words.is_role(noun)
        and not head.capital
        and noun not in words.modifiers
        and tokens[start].low not in (words.determiners | words.possessives)
    ):
        return None
    if head.capital and not words.is_role(noun) and head.kind == "word" and not definite:
        return Voice(_surface(grammar, start, end), span, "person" if end - start <= 3 else "body")
    if tokens[start].capital and tokens[end - 1].capital and definite is False and noun in words.bodies:
        return Voice(_surface(grammar, start, end), span, "body")
    if not words.is_role(noun) and noun.endswith(_ABSTRACT):
        return None
    tail = _tail(grammar, end)
    return Voice("unnamed: " + _plain_phrase(grammar, start, tail), span, "unnamed", _noun_gender(noun, words))


def _noun_gender(noun: str, words: Lexicon) -> str:
    return "male" if noun in words.men else "female" if noun in words.women else ""


def _tail(grammar: Grammar, end: int) -> int:
    """Where the phrase ends with `of the ministry`, `in the president's office`; time and place of speech left out."""
    tail = end
    for _ in range(2):
        if grammar.low(tail) not in ("of", "in", "at", "from", "with", "for"):
            break
        more = grammar.forward(tail + 1, min(len(grammar.tokens), tail + 9))
        if not more or grammar.is_time(more[0]) or grammar.low(more[1] - 1) in grammar.words.works | {"interview"}:
            break
        if grammar.low(more[0]) in grammar.words.pronouns or grammar.low(more[1] - 1) in grammar.words.times:
            break
        if grammar.low(tail) in ("in", "at", "with") and grammar.tokens[more[0]].kind == "name" and tail > end:
            break
        tail = more[1]
    return tail


def _plain_phrase(grammar: Grammar, start: int, end: int) -> str:
    low = grammar.low(start)
    if low in ("a", "an", "the", "one", "another", "this", "that") and end - start > 1:
        start += 1
    phrase = _surface(grammar, start, end)
    first = phrase.split(" ", 1)[0]
    if (
        grammar.tokens[start].kind != "name"
        and first[1:].islower()
        and first.casefold()
        in (
            grammar.words.modifiers
            | grammar.words.people
            | grammar.words.bodies
            | grammar.words.determiners
            | grammar.words.works
            | grammar.words.possessives
        )
    ):
        phrase = phrase[0].lower() + phrase[1:]
    return phrase


def _surface(grammar: Grammar, start: int, end: int) -> str:
    parts: list[str] = []
    for at in range(start, end):
        token = grammar.tokens[at]
        glued = at > start and token.start == grammar.tokens[at - 1].end
        parts.append(token.text if glued or at == start else " " + token.text)
    return " ".join("".join(parts).split())


@cache
def _apposition() -> re.Pattern[str]:
    return re.compile(r"\s?[,(]\s?(?:[^\s,.;:()“”\"]{1,30}[ ,]\s?){1,10}")


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile(r"[,.;:!?()“”\"\n]")


def _role_words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,.()\-‑]+", text.casefold()) if word]


def _key(name: str) -> str:
    """A name for comparing: without marks, case and full stops."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold().replace(".", "")
