"""Attribution that stands behind a quotation."""

from __future__ import annotations

from generator.annotate.quotes.before import according
from generator.annotate.quotes.claim import DASHES, Claim
from generator.annotate.quotes.grammar import REACH, Grammar, Range
from generator.annotate.quotes.relay import relay_in
from generator.annotate.quotes.tokens import cue_at


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
    if tokens[at].text in DASHES and opens:
        subject = grammar.forward(at + 1, limit)
        if (
            subject
            and limit - subject[0] <= 12
            and tokens[subject[0]].capital
            and not _verb_follows(grammar, subject[1], limit)
        ):
            return Claim("signature", 0.8, subject)
    while at < limit and tokens[at].text in (",", *DASHES):
        at += 1
    while at < limit and grammar.low(at) in grammar.words.adverbs and not tokens[at].capital:
        at += 1
    if at >= limit:
        return None
    if grammar.low(at) == "according":
        return according(grammar, at, limit)
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
            return _quoted_as_saying(grammar, subject, cue_index, limit)
        end = cue_index + found[1]
        if found[0].kind == "relay":
            return _quotes_somebody(grammar, subject, end, limit)
        return Claim(
            "after",
            0.95 if immediate else 0.85,
            subject,
            (cue_index, end),
            found[0],
            relay_in(grammar, end, limit, found[0]),
        )
    return None


def _quoted_as_saying(grammar: Grammar, subject: Range, quoted: int, limit: int) -> Claim | None:
    """`“…,” the official was quoted as saying by the agency`."""
    if grammar.low(quoted) not in ("quoted", "cited") or grammar.low(quoted + 1) != "as":
        return None
    relay = relay_in(grammar, quoted + 2, limit, None)
    return Claim("quoted-as-saying", 0.9, subject, (quoted + 2, quoted + 3), relay=relay)


def _quotes_somebody(grammar: Grammar, relay: Range, at: int, limit: int) -> Claim | None:
    """`“…,” the agency quoted Lind as saying`."""
    subject = grammar.forward(at, limit)
    if subject is None or grammar.low(subject[1]) != "as":
        return None
    return Claim("quoted-as-saying", 0.9, subject, (subject[1] + 1, subject[1] + 2), relay=relay)


def _bridged(grammar: Grammar, start: int, cue: int) -> bool:
    """Whether only an insertion or a prepositional tail stands between a subject and its verb."""
    first = grammar.tokens[start]
    before = cue - 1
    while before > start and (
        grammar.low(before) in grammar.words.adverbs or grammar.low(before) in grammar.words.auxiliaries
    ):
        before -= 1
    if first.text in (",", "(", *DASHES):
        return grammar.tokens[before].text in (",", ")", *DASHES) or grammar.low(before) in ("and", "who")
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
