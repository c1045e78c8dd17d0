"""Attribution that stands before a quotation."""

from __future__ import annotations

from dataclasses import replace

from generator.annotate.quotes.claim import DASHES, Claim
from generator.annotate.quotes.grammar import REACH, Grammar, Range
from generator.annotate.quotes.lexicon import Cue
from generator.annotate.quotes.relay import cited, is_outlet, owner_of_words, relay_in, reporting_outlet
from generator.annotate.quotes.tokens import cue_at

# How far before a quotation its verb may stand. "said in a public statement on the paper's site on the 15th," is 14.
_CUE_REACH = 32
# Verbs that are only sometimes verbs of speech ("started", "offered") must stand closer.
_MEDIUM_REACH = 8
_RELATIVES = frozenset(["who", "which", "that"])


def before_quote(grammar: Grammar, place: int, floor: int, start: int, earlier: Claim | None = None) -> Claim | None:
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
            if claim and claim.subject is None:
                # "…,” and added, “…”": the verb has the subject of the verb before the last quotation.
                shared = earlier.subject if earlier else grammar.main_subject(start, at)
                claim = replace(claim, subject=shared, relay=earlier.relay if earlier else None) if shared else None
            if claim:
                return claim
    special = _as_put_it(grammar, floor, place) or _to_somebody(grammar, floor, place)
    if special:
        return special
    named = according(grammar, floor, place)
    if named and last.text in (",", ":"):
        return named
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
    """`…, because to her, “…”`, `In the words of Lind, “…”`."""
    if grammar.tokens[place - 1].text != ",":
        return None
    subject = grammar.backward(place - 1, floor)
    if not subject or subject[0] <= floor:
        return None
    if grammar.low(subject[0] - 1) == "of" and grammar.low(subject[0] - 2) == "words":
        return Claim("before", 0.85, subject)
    if grammar.low(subject[0] - 1) != "to":
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
        or last.text in (",", ":", *DASHES)
        or last.low == "that"
        or (last.low == "to" and cue.verb in grammar.words.bids)
        or (cue.kind == "tell" and grammar.forward(end, place) == (end, place))
    )
    if cue.kind == "relay":
        return _quoting(grammar, place, verb, cue=cue, floor=floor)
    if cue.kind == "name" and cue.rest and last.text in (",", ":"):
        # "warned of delays: “…”": the verb by itself introduces what follows.
        plain = next((one for one in grammar.words.cues[tokens[at].low] if not one.rest), None)
        return _from_cue(grammar, place, (at, at + 1), cue=plain, floor=floor, start=start) if plain else None
    if cue.kind == "name" or (cue.kind == "manner" and last.low in ("as", "of")):
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
        quoted = quoted_as_saying(grammar, at - 1, floor)
        if quoted:
            passed_on = quoted.relay or relay_in(grammar, end, place, None)
            return replace(quoted, cue=(at, end), verb=cue, relay=passed_on)
    if subject is None and at == floor and cue.finite and end < place:
        subject = grammar.forward(end, place)  # "Said Lind: “…”"
    owner = owner_of_words(grammar, subject, floor)
    relay = relay_in(grammar, end, place, cue)
    source = cited(grammar, end, place) if reported or last.low == "that" else None
    if source and subject and is_outlet(grammar, subject):
        subject, relay = source, subject  # "The station reports, quoting a traveller, that “…”"
    if owner:
        return Claim("statement-of", 0.85, owner, (at, end), cue, subject, filling=closes)
    if subject is None and (not closes or any(tokens[i].kind in ("name", "quote") for i in range(floor, at))):
        return None
    relay = relay or reporting_outlet(grammar, start, at)
    if relay is None and subject and grammar.low(start) in ("in", "through", "via"):
        relay = relay_in(grammar, start, subject[0], None)  # "In a statement released through the agency, Lind said"
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
    if low(at - 1) == "to":
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
    if place - verb[1] > 12 or grammar.tokens[place - 1].text in (",", ":") or grammar.low(verb[1]) in ("on", "for"):
        return None
    subject, passive = _subject(grammar, verb[0], cue, floor, start)
    if passive and grammar.low(place + 1) == "by":
        subject = grammar.forward(place + 2, len(grammar.tokens))  # "was called “…” by Lind"
    elif passive:
        return None
    shares = grammar.low(verb[0] - 1) in ("and", "but", "then", ",") and not passive
    return Claim("naming", 0.5, subject, verb, cue, filling=False) if subject or shares else None


def _quoting(grammar: Grammar, place: int, verb: Range, *, cue: Cue, floor: int) -> Claim | None:
    """`The paper quoted Lind: “…”`. Who only cites somebody ("citing officials, “…”") says it himself."""
    if cue.gerund or grammar.tokens[place - 1].text != ":":
        return None
    subject = grammar.forward(verb[1], place - 1)
    if subject is None or subject[1] != place - 1:
        return None
    return Claim("quoted-as-saying", 0.85, subject, verb, cue, grammar.subject_before(verb[0], floor))


def quoted_as_saying(grammar: Grammar, at: int, floor: int) -> Claim | None:
    """`was quoted as saying by the agency`, `the agency quoted Lind as saying`. `at` is the `as`."""
    for verb in range(at - 1, max(floor, at - 16) - 1, -1):
        found = cue_at(grammar.tokens, verb, grammar.words)
        if not found or found[0].kind != "relay":
            continue
        if grammar.low(verb - 1) in ("was", "were", "is", "been", "are"):
            subject = grammar.subject_before(verb, floor)
            passed_on = relay_in(grammar, verb + found[1], at, None)
            return Claim("quoted-as-saying", 0.9, subject, relay=passed_on) if subject else None
        subject = grammar.forward(verb + found[1], at)
        relay = grammar.subject_before(verb, floor)
        return Claim("quoted-as-saying", 0.9, subject, relay=relay) if subject else None
    return None


def according(grammar: Grammar, start: int, end: int) -> Claim | None:
    """`according to Lind` among the tokens of a range."""
    for at in range(start, min(end - 1, start + REACH)):
        if grammar.low(at) == "according" and grammar.low(at + 1) == "to":
            subject = grammar.forward(at + 2, end)
            return Claim("according-to", 0.85, subject, (at, at + 2)) if subject else None
    return None
