"""Who a subject is: a name completed from the article, a pronoun resolved, an unnamed source put in plain words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from generator.aligned import Span
from generator.annotate.quotes.cast import Cast
from generator.annotate.quotes.grammar import Grammar, Range
from generator.annotate.quotes.lexicon import Lexicon
from generator.annotate.quotes.passage import Passage

VoiceKind = Literal["person", "body", "unnamed", "pronoun"]

# Endings of nouns for acts and qualities, which do not speak. Bodies that end like them ("administration") are known.
_ABSTRACT = ("ment", "tion", "sion", "ness", "ity", "ship", "ism", "ance", "ence")
# A dozen names back, "he" has lost its reader as well.
_PRONOUN_REACH = 12


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker: the name to show, and where the words that name them stand in the seed.

    `kind` is `pronoun` where nothing resolves one; the name is then empty. `gender` is `male`, `female`, `thing`,
    `plural` or empty.
    """

    name: str
    span: Span
    kind: VoiceKind
    gender: str = ""


@dataclass(slots=True)
class Scene:
    """What has been read so far: who spoke last and who is being talked about."""

    last: Voice | None = None
    last_paragraph: int = -9
    topic: Voice | None = None
    """The person that the last sentence was about."""
    topic_paragraph: int = -9
    thing: Voice | None = None
    """The body or text that a sentence was last about."""
    thing_paragraph: int = -9
    genders: dict[str, str] = field(default_factory=dict)
    """What pronouns have told of names that tell nothing themselves: the first one that meant somebody."""


def voice(passage: Passage, subject: Range, cast: Cast, scene: Scene, *, strict: bool = False) -> Voice | None:
    """The speaker that a subject, a range of the passage's tokens, means; `None` where the phrase cannot be one.

    `strict`: no verb of speech vouches for the phrase, so a noun has to be one for somebody who speaks.
    """
    grammar = passage.grammar
    start, end = subject
    first = grammar.tokens[start]
    if first.low in grammar.words.pronouns and (end - start == 1 or first.low not in grammar.words.possessives):
        span = passage.zone.reading.seed_span(first.start, first.end)
        if first.low == "i" and cast.author:
            return Voice(cast.author, span, "person")
        return _pronoun(grammar.words.pronouns[first.low], span, cast, scene, passage.number)
    named = _named(grammar, start, end)
    if named is None:
        named = _owner(grammar, start, end)
    if named is None:
        named = _named_behind(grammar, start, end)
    if named is not None:
        mention = passage.names[grammar.tokens[named].ref].mention
        if mention.type == "person":
            name = cast.full_name(mention)
            return Voice(name, mention.span, "person", cast.gender(name))
        return Voice(mention.name.removeprefix("the "), mention.span, "body", "thing")
    return _noun(passage, subject, cast, scene, strict=strict)


def _named(grammar: Grammar, start: int, end: int) -> int | None:
    """The token of the name that heads a noun phrase: the last name, unless it owns or modifies what follows."""
    names = [at for at in range(start, end) if grammar.tokens[at].kind == "name"]
    if not names:
        return None
    at = names[-1]
    follower = at + 1
    while follower < end and (grammar.tokens[follower].text == "&" or grammar.is_time(follower)):
        follower += 1
    if follower >= end:
        return at
    kind = range(at + 1, end)
    if grammar.tokens[at].entity == "organization" and all(_of_outlets(grammar.low(i), grammar.words) for i in kind):
        return at  # "the Tarn Latina news agency"
    # "Lind angrily", "the Council issued": what follows is no noun for a speaker.
    loose = grammar.low(at + 1) != "'s" and not any(grammar.words.is_role(grammar.low(i)) for i in range(at + 1, end))
    return at if loose and grammar.tokens[at].entity != "place" else None


def _of_outlets(word: str, words: Lexicon) -> bool:
    return word in words.outlet_nouns or word in ("news", "information", "state", "official")


def _owner(grammar: Grammar, start: int, end: int) -> int | None:
    """Whose words a text holds that is said to speak: `Lind's statement said`."""
    for at in range(start, end - 2):
        if grammar.tokens[at].kind != "name" or grammar.low(at + 1) != "'s":
            continue
        # "Lind's answer came": the run may have gone on into the verb.
        if grammar.low(at + 2) in grammar.words.utterances or grammar.low(end - 1) in grammar.words.utterances:
            return at
    return None


def _named_behind(grammar: Grammar, start: int, end: int) -> int | None:
    """The name that follows a noun: `Secretary of State Lind`, `Lind's niece, Vera Holm,`."""
    if end >= len(grammar.tokens):
        return None
    if not grammar.words.is_role(grammar.low(end - 1)):
        # "Her apprentice, Milo Stern, came": a name between commas says that the noun is one for people.
        owned = grammar.low(start) in grammar.words.possessives or grammar.low(start) == "the"
        return _in_apposition(grammar, end) if owned else None
    if grammar.low(end) in ("of", "for") and grammar.tokens[end - 1].capital:
        for at in range(end + 1, min(end + 7, len(grammar.tokens))):
            token = grammar.tokens[at]
            if token.kind == "name" and token.entity == "person":
                return at if at > end + 1 else None
            if not token.capital and token.low not in ("and", "the", "for", "of", "&"):
                return None
    if grammar.tokens[end].text == "," and (
        any(grammar.low(at) == "'s" for at in range(start, end)) or grammar.low(start) in grammar.words.possessives
    ):
        if grammar.low(end - 1) in grammar.words.bodies:
            body = _body_in_apposition(grammar, end)
            if body is not None:
                return body
        # Eight words hold "state delegate Marcia Holm" and leave the next clause alone.
        for at in range(end + 1, min(end + 9, len(grammar.tokens))):
            token = grammar.tokens[at]
            if token.kind == "name" and token.entity == "person" and grammar.low(at + 1) != "'s":
                return at
            plain = token.kind == "name" or (token.kind == "word" and token.low not in grammar.words.prepositions)
            if not plain or token.low in grammar.words.pronouns:
                return None
    return _in_apposition(grammar, _tail(grammar, end))


def _in_apposition(grammar: Grammar, comma: int) -> int | None:
    """The name between commas right behind a noun: `the mayor of Lund, Mara Lind, said`."""
    tokens = grammar.tokens
    if comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return None
    name = tokens[comma + 1]
    closed = comma + 2 >= len(tokens) or tokens[comma + 2].text in (",", ".", ":", ";", ")")
    return comma + 1 if name.kind == "name" and name.entity == "person" and closed else None


def _body_in_apposition(grammar: Grammar, comma: int) -> int | None:
    """The name of a body between commas behind what it is: `Lind's party, the Centre Union, called`."""
    at = comma + 2 if grammar.low(comma + 1) == "the" else comma + 1
    if at + 1 >= len(grammar.tokens) or grammar.tokens[at + 1].text != ",":
        return None
    name = grammar.tokens[at]
    return at if name.kind == "name" and name.entity == "organization" else None


def _pronoun(gender: str, span: Span, cast: Cast, scene: Scene, paragraph: int) -> Voice | None:
    recent = scene.last if paragraph - scene.last_paragraph <= 2 else None
    if gender == "self":
        return Voice("", span, "pronoun")
    if gender == "relative":
        return None
    if cast.translated and recent:
        # A language without pronouns was guessed into one with them: only the order of speech can be relied on.
        return replace(recent, span=span)
    if gender in ("thing", "plural"):
        thing = scene.thing if gender == "thing" and paragraph - scene.thing_paragraph <= 1 else None
        for other in (recent, thing):
            if other and other.kind != "person" and other.gender in ("", "thing", "plural"):
                return replace(other, span=span)
        return Voice("", span, "pronoun")
    topic = scene.topic if paragraph - scene.topic_paragraph <= 1 else None
    here = topic if scene.topic_paragraph == paragraph else None
    for other in (here, recent, topic):
        if other and other.kind in ("person", "unnamed") and other.gender in ("", gender) and other.name:
            if scene.genders.setdefault(other.name, gender) != gender:
                continue
            return Voice(other.name, span, other.kind, gender)
    for mention in cast.persons.before(span.start, _PRONOUN_REACH):
        name = cast.full_name(mention)
        if cast.gender(name) in ("", gender) and scene.genders.get(name, gender) == gender:
            return Voice(name, span, "person", gender)
    return Voice("", span, "pronoun")


def _noun(passage: Passage, subject: Range, cast: Cast, scene: Scene, *, strict: bool) -> Voice | None:
    """A speaker without a recognised name: `the mayor`, `a ministry official in the capital`, `the ministry`."""
    grammar = passage.grammar
    tokens, words = grammar.tokens, grammar.words
    start, end = subject[0], _head_end(grammar, *subject)
    span = passage.zone.reading.seed_span(tokens[start].start, tokens[end - 1].end)
    noun = tokens[end - 1].low
    if noun in words.articles:
        return None  # "There is a saying"
    role = words.is_role(noun)
    article = tokens[start].low in words.determiners or tokens[start].low in words.possessives
    if not article and not (role and tokens[start].kind == "name") and tokens[end - 1].capital:
        proper = _proper(grammar, start, end, span, cast)
        if proper:
            return proper
    definite = tokens[start].low in ("the", "this", "that")
    if definite and noun in words.people:
        known = cast.by_role([tokens[at].low for at in range(start + 1, end)], span.start)
        if known:
            name = cast.full_name(known)
            return Voice(name, span, "person", cast.gender(name))
    if end - start <= 3 and (definite or tokens[start].kind == "name"):
        last = scene.last
        if last and last.kind == "unnamed" and noun in words.people and noun in last.name.split():
            return replace(last, span=span)
        body = cast.body(noun, span.start) if noun in words.bodies or noun in words.media else None
        body = body or (cast.outlet(span.start, words) if noun in words.outlet_nouns else None)
        if body:
            return Voice(body.name.removeprefix("the "), span, "body", "thing")
    if not role and (strict or not article or noun.endswith(_ABSTRACT)):
        return None
    tail = _tail(grammar, end)
    return Voice("unnamed: " + _plain_phrase(grammar, start, tail), span, "unnamed", _noun_gender(noun, words))


def _head_end(grammar: Grammar, start: int, end: int) -> int:
    """Where the noun ends in a run that went on into a verb (`protesters marching`) or a time (`officials Monday`)."""
    tokens, words = grammar.tokens, grammar.words
    while end - start > 1 and grammar.is_time(end - 1):
        end -= 1
    if words.is_role(grammar.low(end - 1)) or tokens[end - 1].kind != "word" or tokens[end - 1].capital:
        return end
    return next((at + 1 for at in range(end - 1, start - 1, -1) if words.is_role(grammar.low(at))), end)


def _proper(grammar: Grammar, start: int, end: int, span: Span, cast: Cast) -> Voice | None:
    """A name that no mention covers, by its capitals: `Mr. Lind`, `Olav Lind`, `Harbour Commission`."""
    tokens, words = grammar.tokens, grammar.words
    if not all(tokens[at].capital or tokens[at].text in ("&", "'s") for at in range(start, end)):
        return None
    at = start
    while at < end - 1 and tokens[at].low.rstrip(".") in words.titles:
        at += 1
    noun = tokens[end - 1].low
    if at > start:
        name = cast.complete(_surface(grammar, at, end), _surface(grammar, start, at), span.start)
        return Voice(name, span, "person", cast.gender(name) or _noun_gender(tokens[start].low.rstrip("."), words))
    if noun in words.bodies and end - start > 1:
        return Voice(_surface(grammar, start, end), span, "body", "thing")
    if noun in words.bodies and grammar.low(end) in ("of", "for", "on"):
        tail = _tail(grammar, end)
        return Voice(_surface(grammar, start, tail), span, "body", "thing") if tokens[tail - 1].capital else None
    if words.is_role(noun) or noun in words.modifiers:
        return None
    while at < end - 1 and (tokens[at].low in words.people or tokens[at].low in words.modifiers):
        at += 1
    if at > start and tokens[at - 1].low in words.people:  # "Governor Holm": an office and the name of who holds it
        name = cast.complete(_surface(grammar, at, end), _surface(grammar, start, at), span.start)
        return Voice(name, span, "person", cast.gender(name) or _noun_gender(tokens[at - 1].low, words))
    return Voice(_surface(grammar, start, end), span, "person" if end - start <= 3 else "body")


def _noun_gender(noun: str, words: Lexicon) -> str:
    if noun in words.men:
        return "male"
    if noun in words.women or noun in ("mrs", "ms"):
        return "female"
    if noun in words.bodies or noun in words.works:
        return "thing"
    if noun in ("boss", "actress"):
        return ""
    return "plural" if noun.endswith(("s", "people", "men", "women")) or noun in ("some", "many", "few") else ""


def _tail(grammar: Grammar, end: int) -> int:
    """Where the phrase ends with `of the ministry`, `in the president's office`; time and place of speech left out."""
    tail = end
    words = grammar.words
    for _ in range(2):
        if grammar.low(tail) not in ("of", "in", "at", "from", "with", "for"):
            break
        more = grammar.forward(tail + 1, min(len(grammar.tokens), tail + 9))
        if not more or grammar.is_time(more[0]) or grammar.low(more[0]) in words.pronouns:
            break
        more = (more[0], _head_end(grammar, *more))
        last = grammar.low(more[1] - 1)
        if last in words.works or last in words.times or last == "interview":
            break
        if grammar.low(tail) in ("in", "at", "with") and grammar.tokens[more[0]].kind == "name" and tail > end:
            break
        tail = more[1]
    return tail


def _plain_phrase(grammar: Grammar, start: int, end: int) -> str:
    """The phrase without its article; a capital that only the beginning of the sentence gave it is taken back."""
    words = grammar.words
    if grammar.low(start) in words.leading and end - start > 1 and grammar.low(start + 1) != "of":
        start += 1
        return _surface(grammar, start, end)
    phrase = _surface(grammar, start, end)
    first = grammar.tokens[start]
    opens = start == 0 or grammar.tokens[start - 1].kind != "word"
    if first.kind != "name" and opens and first.text[1:].islower() and first.low not in words.capitalised:
        phrase = phrase[0].lower() + phrase[1:]
    return phrase


def _surface(grammar: Grammar, start: int, end: int) -> str:
    parts: list[str] = []
    for at in range(start, end):
        token = grammar.tokens[at]
        glued = at > start and token.start == grammar.tokens[at - 1].end
        parts.append(token.text if glued or at == start else " " + token.text)
    return " ".join("".join(parts).split())
