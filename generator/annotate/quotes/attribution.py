"""Which words of a sentence say whose quotation it is: before it, after it, between its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.annotate.quotes.grammar import REACH, Grammar, Range
from generator.annotate.quotes.lexicon import Cue
from generator.annotate.quotes.tokens import Token, cue_at

# How far before a quotation its verb may stand. "said in a public statement on the paper's site on the 15th," is 14.
_CUE_REACH = 32

# A verb within these many words of the opening mark introduces the quotation whatever follows it.
_NEAR = 6
# Verbs that are only sometimes verbs of speech ("started", "offered") must stand closer.
_MEDIUM_REACH = 8
_SURE = 0.9

_RELATIVES = frozenset(["who", "which", "that"])
_DASHES = ("—", "–", "-", "--", "―")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says about the speaker of one quotation. Ranges are token indices."""

    rule: str
    score: float
    subject: Range | None = None
    cue: Range | None = None
    verb: Cue | None = None
    relay: Range | None = None
    """Who passed the words on, where the same attribution says so."""
    filling: bool = True
    """Whether the quotation is all that is reported; else it is a part of a clause in the writer's words."""


def attribute(grammar: Grammar, sentence: Range) -> dict[int, Claim]:
    """The claims of a frame sentence, by the number of the quotation (`Token.ref`)."""
    tokens = grammar.tokens
    places = [index for index in range(*sentence) if tokens[index].kind == "quote"]
    claims: dict[int, Claim] = {}
    for number, place in enumerate(places):
        floor = places[number - 1] + 1 if number else sentence[0]
        limit = places[number + 1] if number + 1 < len(places) else sentence[1]
        earlier = claims.get(tokens[places[number - 1]].ref) if number else None
        before = before_quote(grammar, place, floor, sentence[0])
        after = after_quote(grammar, place, limit, opens=place == sentence[0])
        claim = _choose(before, after, place)
        if claim is None and earlier and _joined(tokens[floor:place]):
            claim = replace(earlier, rule="joined", score=earlier.score * 0.95, filling=True)
        if claim:
            claims[tokens[place].ref] = claim
    if places and places[0] > sentence[0]:
        return claims
    return _backwards(grammar, places, claims)


def _choose(before: Claim | None, after: Claim | None, place: int) -> Claim | None:
    """Of the words before and behind a quotation, those that say whose it is."""
    if before and before.filling and before.subject:
        # "…, and spoke of the harm it said the plan would do: “…,” the union wrote": the nearer verb is right.
        distant = before.cue is None or place - before.cue[1] > _NEAR
        return after if after and distant and after.score > _SURE else before
    return after or before


def _joined(between: Sequence[Token]) -> bool:
    """Whether nothing but `,`, `and`, `and that` and the like stands between two quotations of a sentence."""
    return len(between) <= 4 and all(
        token.text in (",", ";", ".", "…", "[", "]", "(", ")", *_DASHES)
        or token.low in ("and", "but", "that", "or", "then", "also", "because")
        for token in between
    )


def _backwards(grammar: Grammar, places: Sequence[int], claims: dict[int, Claim]) -> dict[int, Claim]:
    """A first quotation without words of its own takes those behind the next: `“A” and “B,” he said`."""
    for left, right in zip(reversed(places[:-1]), reversed(places[1:]), strict=True):
        first, second = grammar.tokens[left].ref, grammar.tokens[right].ref
        if first not in claims and second in claims and _joined(grammar.tokens[left + 1 : right]):
            claims[first] = replace(claims[second], rule="joined")
    return claims


# ── before the quotation ──────────────────────────────────────────────────────────────────────────


def before_quote(grammar: Grammar, place: int, floor: int, start: int) -> Claim | None:
    """`Lind said, “…”`, `Lind, speaking in Lund, told the paper that “…”`, `According to Lind, “…”`, `Lind: “…”`."""
    tokens = grammar.tokens
    if place <= floor:
        return None
    last = tokens[place - 1]
    for at in range(place - 1, max(floor, place - _CUE_REACH) - 1, -1):
        if tokens[at].kind == "quote":
            break
        found = cue_at(tokens, at, grammar.words)
        if found and at + found[1] <= place:
            claim = _from_cue(grammar, place, (at, at + found[1]), cue=found[0], floor=floor, start=start)
            if claim:
                return claim
    special = _as_put_it(grammar, floor, place) or _to_somebody(grammar, floor, place)
    if special:
        return special
    according = _according(grammar, floor, place)
    if according and last.text in (",", ":"):
        return according
    if last.text == ":":
        subject = grammar.main_subject(floor, place - 1)
        if subject and subject[1] - subject[0] <= 8:
            exact = subject[1] == place - 1
            return Claim("label" if exact else "colon", 0.9 if exact else 0.7, subject)
    return None


def _as_put_it(grammar: Grammar, floor: int, place: int) -> Claim | None:
    """`As Lind put it in her memoir, “…”`."""
    for at in range(place - 1, max(floor, place - _CUE_REACH) - 1, -1):
        if grammar.low(at) in ("put", "puts") and grammar.low(at + 1) == "it":
            subject = grammar.backward(at, floor)
            return (
                Claim("before", 0.85, subject, (at, at + 2))
                if subject and grammar.low(subject[0] - 1) == "as"
                else None
            )
    return None


def _to_somebody(grammar: Grammar, floor: int, place: int) -> Claim | None:
    """`…, because to her, “…”`."""
    if grammar.tokens[place - 1].text != ",":
        return None
    subject = grammar.backward(place - 1, floor)
    if not subject or subject[0] <= floor or grammar.low(subject[0] - 1) != "to":
        return None
    opens = subject[0] - 1 == floor or grammar.low(subject[0] - 2) in (",", "because", "that", "and", "but")
    return Claim("before", 0.6, subject) if opens else None


def _from_cue(grammar: Grammar, place: int, verb: Range, *, cue: Cue, floor: int, start: int) -> Claim | None:
    tokens = grammar.tokens
    at, end = verb
    between = tokens[end:place]
    last = tokens[place - 1]
    reported = bool(between) and between[0].low == "that"
    closes = (
        not between
        or last.text in (",", ":", *_DASHES)
        or last.low == "that"
        or (cue.kind == "tell" and grammar.forward(end, place) == (end, place))
    )
    if cue.kind == "name":
        return _naming(grammar, place, verb, cue=cue, floor=floor, start=start)
    if cue.strength == "weak" and (len(between) > 2 or not closes):
        return None
    if cue.strength == "medium" and (not closes or len(between) > _MEDIUM_REACH):
        return None
    if not closes and cue.strength != "strong":
        return None
    if (
        closes
        and len(between) > 2
        and last.text == ","
        and cue.strength == "medium"
        and cue.kind == "manner"
        and not reported
    ):
        return None
    subject, passive = _subject(grammar, at, cue, floor, start)
    if passive or (subject and grammar.low(subject[0]) in ("it", "this", "that") and cue.strength == "weak"):
        return None
    if grammar.low(at - 1) == "as" and cue.verb == "say":
        quoted = _quoted_as_saying(grammar, at - 1, floor)
        if quoted:
            return replace(quoted, cue=(at, end), verb=cue)
    if subject is None and at == floor and cue.finite and end < place:
        subject = grammar.forward(end, place)  # "Said Lind: “…”"
    owner = _owner_of_words(grammar, subject, floor)
    relay = relay_in(grammar, end, place, cue)
    if owner:
        return Claim("statement-of", 0.85, owner, (at, end), cue, subject, filling=closes)
    if subject is None:
        return None
    return Claim("before" if closes else "embedded", 0.95 if closes else 0.6, subject, (at, end), cue, relay, closes)


def _subject(grammar: Grammar, at: int, cue: Cue, floor: int, start: int) -> tuple[Range | None, bool]:
    """The subject of a reporting verb, and whether the verb is an impersonal passive (`it was reported`)."""
    low = grammar.low
    if cue.gerund:
        before = grammar.tokens[at - 1] if at > floor else None
        if before and before.kind == "name":
            return (at - 1, at), False
        if before and before.kind == "word" and grammar.is_noun_like(at - 1):
            nearest = grammar.backward(at, floor)
            if nearest:
                return nearest, False
        return _subject_of_gerund(grammar, at, floor, start), False
    helper = at - 1
    while helper > floor and (low(helper) in grammar.words.adverbs or low(helper) in ("been", "being")):
        helper -= 1
    if low(helper) in ("was", "were", "is", "are", "been", "be") and cue.kind not in ("think",):
        return None, True
    if not cue.finite and low(at - 1) == "to":
        return grammar.main_subject(floor, at), False
    return grammar.subject_before(at, floor), False


def _subject_of_gerund(grammar: Grammar, at: int, floor: int, start: int) -> Range | None:
    """`Lind told the paper it was over, adding that …`: the subject of the verb before, else of the sentence."""
    for before in range(at - 1, max(start, at - REACH) - 1, -1):
        found = cue_at(grammar.tokens, before, grammar.words)
        if found and found[0].finite and found[0].kind != "name" and grammar.low(before - 1) not in _RELATIVES:
            subject = grammar.subject_before(before, start)
            if subject:
                return subject
    return grammar.main_subject(start, at)


def _naming(grammar: Grammar, place: int, verb: Range, *, cue: Cue, floor: int, start: int) -> Claim | None:
    if place - verb[1] > 12 or grammar.tokens[place - 1].text in (",", ":"):
        return None
    subject, passive = _subject(grammar, verb[0], cue, floor, start)
    if passive or subject is None:
        return None
    return Claim("naming", 0.5, subject, verb, cue, filling=False)


def _quoted_as_saying(grammar: Grammar, at: int, floor: int) -> Claim | None:
    """`was quoted as saying by the agency`, `the agency quoted Lind as saying`. `at` is the `as`."""
    for verb in range(at - 1, max(floor, at - 16) - 1, -1):
        found = cue_at(grammar.tokens, verb, grammar.words)
        if not found or found[0].kind != "relay":
            continue
        if grammar.low(verb - 1) in ("was", "were", "is", "been", "are"):
            subject = grammar.subject_before(verb, floor)
            return Claim("quoted-as-saying", 0.9, subject) if subject else None
        subject = grammar.forward(verb + found[1], at)
        relay = grammar.subject_before(verb, floor)
        return Claim("quoted-as-saying", 0.9, subject, relay=relay) if subject else None
    return None


def _owner_of_words(grammar: Grammar, subject: Range | None, floor: int) -> Range | None:
    """`Regarding Lind's statement, the agency said`: the agency reads out what Lind stated, so the words are Lind's."""
    if subject is None or grammar.low(floor) not in (
        "regarding",
        "concerning",
        "on",
        "about",
        "in",
        "quoting",
        "citing",
    ):
        return None
    for at in range(floor + 1, min(subject[0], floor + 12)):
        if grammar.low(at) == "'s" and any(
            grammar.low(i) in grammar.words.utterances for i in range(at + 1, min(at + 4, subject[0]))
        ):
            return grammar.forward(floor + 1, at)
    return None


def relay_in(grammar: Grammar, start: int, end: int, cue: Cue | None) -> Range | None:
    """Who passed the words on: `told the Times`, `said in an interview with Radio Lund`, `wrote on Chirp`."""
    at = start
    if cue and cue.kind == "tell":
        found = grammar.forward(start, end)
        if found and is_outlet(grammar, found):
            return found
    while at < min(end, start + REACH):
        if grammar.low(at) in ("to", "with", "on", "through", "via", "by", "in", "for"):
            found = grammar.forward(at + 1, end)
            if found and is_outlet(grammar, found):
                return found
        at += 1
    return None


def is_outlet(grammar: Grammar, phrase: Range) -> bool:
    """Whether a noun phrase names an agency, paper, station or site that passes news on."""
    tokens = [token for token in grammar.tokens[phrase[0] : phrase[1]] if token.low not in grammar.words.determiners]
    if not tokens or not tokens[0].capital:
        return False
    whole = " ".join(token.text for token in tokens).casefold()
    if whole in grammar.words.outlets:
        return True
    if tokens[0].kind == "name" and tokens[0].entity != "organization":
        return False
    names = whole.split()
    return (names[0] in grammar.words.media or names[-1] in grammar.words.media) and all(
        token.capital for token in tokens
    )


def _according(grammar: Grammar, start: int, end: int) -> Claim | None:
    for at in range(start, min(end - 1, start + REACH)):
        if grammar.low(at) == "according" and grammar.low(at + 1) == "to":
            subject = grammar.forward(at + 2, end)
            return Claim("according-to", 0.85, subject, (at, at + 2)) if subject else None
    return None


# ── after the quotation ───────────────────────────────────────────────────────────────────────────


def after_quote(grammar: Grammar, place: int, limit: int, *, opens: bool) -> Claim | None:
    """`“…,” said Lind`, `“…,” Lind, a farmer from Lund, told the paper`, `“…,” according to Lind`, `“…” — Lind`.

    `opens`: the quotation begins its sentence. Without that and without punctuation before the closing mark,
    what follows is the rest of a sentence that quotes a phrase.
    """
    tokens = grammar.tokens
    at = place + 1
    if at >= limit:
        return None
    pause = tokens[place].ending in ",?!…-—–;" or tokens[at].text == ","
    if not pause and not opens:
        return None
    if tokens[at].text in _DASHES and opens:
        subject = grammar.forward(at + 1, limit)
        if (
            subject
            and limit - subject[0] <= 12
            and tokens[subject[0]].capital
            and not _verb_follows(grammar, subject[1], limit)
        ):
            return Claim("signature", 0.8, subject)
    while at < limit and tokens[at].text in (",", *_DASHES):
        at += 1
    while at < limit and grammar.low(at) in grammar.words.adverbs and not tokens[at].capital:
        at += 1
    if at >= limit:
        return None
    if grammar.low(at) == "according":
        return _according(grammar, at, limit)
    if grammar.low(at) == "as":
        at += 1
        # "as Lind put it": five words hold any name with its title.
        put = next((i for i in range(at + 1, min(limit, at + 6)) if grammar.low(i) in ("put", "puts")), -1)
        if put >= 0 and grammar.low(put + 1) == "it":
            return Claim("after", 0.9, grammar.backward(put, at), (put, put + 2))
    found = cue_at(tokens, at, grammar.words) if at < limit else None
    if found and found[0].finite and found[0].strength != "weak":
        end = at + found[1]
        subject = grammar.forward(end, limit)
        if subject and grammar.starts_subject(end):
            relay = relay_in(grammar, subject[1], limit, None)
            return Claim("after-inverted", 0.95, subject, (at, end), found[0], relay)
        return None
    return _subject_then_cue(grammar, at, limit)


def _verb_follows(grammar: Grammar, start: int, limit: int) -> bool:
    return any(cue_at(grammar.tokens, at, grammar.words) for at in range(start, limit))


def _subject_then_cue(grammar: Grammar, at: int, limit: int) -> Claim | None:
    tokens, words = grammar.tokens, grammar.words
    if not grammar.starts_subject(at):
        if grammar.low(at) in words.prepositions:
            return _late_subject(grammar, at, limit)
        return None
    subject = grammar.forward(at, limit)
    if subject is None:
        return None
    # "Lind said": at once. The weakest verbs ("smiled", "thought") count only here.
    index = subject[1]
    while index < limit and (
        grammar.low(index) in words.auxiliaries
        or grammar.low(index) in words.adverbs
        or (grammar.low(index).endswith("ly") and tokens[index].kind == "word")
    ):
        index += 1
    for cue_index in range(index, min(limit, at + REACH)):
        found = cue_at(tokens, cue_index, words)
        if not found or not (found[0].finite or index < cue_index):
            continue
        immediate = cue_index == index
        if found[0].gerund or (found[0].strength == "weak" and not immediate):
            continue
        if not immediate and not _bridged(grammar, subject[1], cue_index):
            continue
        if grammar.low(cue_index - 1) in ("was", "were", "is", "are", "be", "been"):
            return None
        end = cue_index + found[1]
        return Claim(
            "after",
            0.95 if immediate else 0.85,
            subject,
            (cue_index, end),
            found[0],
            relay_in(grammar, end, limit, found[0]),
        )
    return None


def _bridged(grammar: Grammar, start: int, cue: int) -> bool:
    """Whether only an insertion or a prepositional tail stands between a subject and its verb."""
    first = grammar.tokens[start]
    before = cue - 1
    while before > start and (
        grammar.low(before) in grammar.words.adverbs or grammar.low(before) in grammar.words.auxiliaries
    ):
        before -= 1
    if first.text in (",", "(", *_DASHES):
        return grammar.tokens[before].text in (",", ")", *_DASHES) or grammar.low(before) in ("and", "who")
    if first.low in grammar.words.prepositions or first.low in ("and", "who"):
        return True
    return grammar.low(before) in ("and", "then")


def _late_subject(grammar: Grammar, at: int, limit: int) -> Claim | None:
    """`“…,” in the words of a statement that Lind issued` is left alone; `“…,” on Monday Lind said` is read."""
    for index in range(at, min(limit, at + 16)):
        found = cue_at(grammar.tokens, index, grammar.words)
        if found and found[0].finite and found[0].strength == "strong":
            subject = grammar.subject_before(index, at)
            if subject and subject[0] > at:
                return Claim("after", 0.75, subject, (index, index + found[1]), found[0])
            return None
    return None
