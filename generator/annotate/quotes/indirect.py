"""Speech reported without quotation marks: `Lind said that …`, `…, Lind said`, `according to Lind, …`.

Only what the words themselves mark as reported is taken; a missed sentence is better than a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.annotate.quotes.before import quoted_as_saying
from generator.annotate.quotes.grammar import REACH, Grammar, Range
from generator.annotate.quotes.lexicon import Cue
from generator.annotate.quotes.relay import cited, is_outlet, relay_in
from generator.annotate.quotes.tokens import cue_at

# A reported clause has a subject and a verb and something to say.
_CLAUSE_WORDS = 4
# Words between "said" and "that": "said in an interview with the paper on Monday that".
_GAP = 14
# Verbs of speech that one sentence is searched for. Wire sentences have one or two.
_CUES = 8

_CLAUSE_OPENERS = ("if", "when", "there", "because", "while")
# What shows that a verb behind "and" begins another report: "… and said, …", "… and added that".
_AFTER_VERB = (",", ":", "that")
_SPEAKING = ("say", "tell", "continue", "write")


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting clause in a frame sentence. `clause` is what is reported; `None` where only the verb is sure."""

    rule: str
    score: float
    subject: Range
    cue: Range
    verb: Cue | None
    clause: Range | None = None
    relay: Range | None = None

    def holds(self, index: int) -> bool:
        """Whether a token lies in the reported clause."""
        return self.clause is not None and self.clause[0] <= index < self.clause[1]


def find_reports(grammar: Grammar, sentence: Range) -> list[Report]:
    """The reporting clauses of a frame sentence, in order.

    Where an attribution at the end holds for a clause that itself reports (`She said that it was over, the office
    stated`), the words are hers and the office is the relay.
    """
    start, end = sentence
    while end > start and grammar.tokens[end - 1].kind == "punct":
        end -= 1
    whole = _saying(grammar, start, end) or _according(grammar, start, end) or _trailing(grammar, start, end)
    if not whole or not whole.clause:
        return _leading_all(grammar, start, end)
    inner = [report for report in _leading_all(grammar, *whole.clause) if report.clause]
    if inner and whole.rule == "according-to" and is_outlet(grammar, inner[0].subject):
        return [replace(whole, clause=inner[0].clause, relay=inner[0].subject)]
    return [replace(report, relay=report.relay or whole.subject) for report in inner] or [whole]


def _saying(grammar: Grammar, start: int, stop: int) -> Report | None:
    """`The agency quoted Lind as saying that the port was shut`: the words are hers, the agency passes them on."""
    tokens = grammar.tokens
    for at in range(start + 2, min(stop - 3, start + 2 * REACH)):
        if tokens[at].low != "as" or tokens[at + 1].low != "saying" or tokens[at + 2].low != "that":
            continue
        found = quoted_as_saying(grammar, at, start)
        clause = _clause(grammar, at + 3, _clause_end(grammar, at + 3, stop))
        if found and found.subject and clause and not any(grammar.tokens[i].kind == "quote" for i in range(*clause)):
            return Report("quoted-as-saying", 0.85, found.subject, (at + 1, at + 2), None, clause, found.relay)
    return None


def _leading_all(grammar: Grammar, start: int, end: int) -> list[Report]:
    reports: list[Report] = []
    at = start + 1
    seen = 0
    while at < end and at < start + 3 * REACH and seen < _CUES:
        found = cue_at(grammar.tokens, at, grammar.words)
        if found and found[0].finite and found[0].strength == "strong" and found[0].kind in _SPEAKING:
            seen += 1
            report = _leading(grammar, start, at, found, end)
            if report:
                inner = _retold(grammar, report)
                reports.append(inner or report)
                if report.clause:
                    start = report.clause[1]
                    at = start
        at += 1
    return reports


def _retold(grammar: Grammar, report: Report) -> Report | None:
    """The report that an outlet's report consists of: `The agency reported that Lind said the port was shut.`."""
    if not report.clause or not is_outlet(grammar, report.subject):
        return None
    start, end = report.clause
    for at in range(start + 1, min(end, start + 16)):
        found = cue_at(grammar.tokens, at, grammar.words)
        if found and found[0].finite and found[0].strength == "strong" and found[0].kind in _SPEAKING:
            inner = _leading(grammar, start, at, found, end)
            return replace(inner, relay=report.subject) if inner and inner.clause else None
    return None


def _leading(grammar: Grammar, start: int, at: int, found: tuple[Cue, int], stop: int) -> Report | None:
    cue, length = found
    if grammar.low(at - 1) in grammar.words.no_report:
        return None
    subject = grammar.subject_before(at, start)
    if subject is None or not _can_speak(grammar, subject):
        return None
    after = at + length
    that = next((i for i in range(after, min(stop, after + _GAP)) if _opens_clause(grammar, i)), -1)
    plain = _plain_clause(grammar, after, stop, cue) if that != after else None
    outlet = is_outlet(grammar, subject)
    source = cited(grammar, subject[1], at) if outlet else None  # "The station, quoting a traveller, said"
    if plain:
        relay = subject if source else None
        return Report("said", 0.75, source or subject, (at, after), cue, plain, relay)
    source = source or (cited(grammar, after, that) if that >= 0 and outlet else None)
    if that >= 0 and (source or _may_part(grammar, after, that, cue)):
        clause = _clause(grammar, that + 1, _clause_end(grammar, that + 1, stop))
        if clause and source:
            return Report("said-that", 0.8, source, (at, after), cue, clause, subject)
        if clause:
            relay = relay_in(grammar, after, that, cue)
            return Report("said-that", 0.85, subject, (at, after), cue, clause, relay)
    relay = relay_in(grammar, after, stop, cue)
    return Report("speaks", 0.5, subject, (at, after), cue, None, relay)


def _plain_clause(grammar: Grammar, start: int, stop: int, cue: Cue) -> Range | None:
    """A reported clause without `that`: a subject with a verb right behind it, or `there is`."""
    if cue.kind not in ("say", "continue"):
        return None
    there = grammar.low(start) == "there"
    follower = grammar.low(start + 1) if start + 1 < stop else ""
    bare = bool(follower) and grammar.is_noun_like(start) and follower in grammar.words.finites and follower != "'s"
    first = (start, start + 1) if there or bare else None
    if first is None and grammar.starts_subject(start):
        first = grammar.forward(start, stop)
    if first is None or not any(
        grammar.low(i) in grammar.words.finites or grammar.low(i).endswith("n't") or grammar.tokens[i].kind == "quote"
        for i in range(first[1], min(first[1] + 2, stop))
    ):
        return None
    return _clause(grammar, start, _clause_end(grammar, start, stop))


def _opens_clause(grammar: Grammar, at: int) -> bool:
    """Whether `that` at a token opens a clause, and is no pronoun (`said that on Monday.`)."""
    return grammar.low(at) == "that" and at + 1 < len(grammar.tokens) and grammar.tokens[at + 1].kind != "punct"


def _may_part(grammar: Grammar, start: int, that: int, cue: Cue) -> bool:
    """Whether what stands between a verb and `that` leaves them together: whom one told, where, when.

    A noun phrase there is what was said ("said a new word that …"), and `that` a relative pronoun.
    """
    words = grammar.words
    if any(grammar.tokens[at].kind == "quote" or grammar.low(at) in (";", ":") for at in range(start, that)):
        return False
    if any(grammar.low(at) == "it" for at in range(start, that)):
        return False  # "agreed to go on, and it was revealed that": nobody says who revealed it
    if start == that or cue.kind == "tell":
        return True
    first = grammar.low(start)
    plain = first in words.prepositions or first in words.adverbs or grammar.is_time(start) or first == ","
    bare = grammar.is_noun_like(that + 1) and grammar.low(that + 2) in words.finites  # "that talks would fail"
    opens = bare or grammar.starts_subject(that + 1) or grammar.low(that + 1) in _CLAUSE_OPENERS
    return plain and opens and grammar.low(that - 1) not in words.modifiers


def _clause_end(grammar: Grammar, start: int, stop: int) -> int:
    """Where a reported clause ends: at the end, or where `, but the office said` begins another report."""
    for at in range(start + 1, min(stop - 2, start + 3 * REACH)):
        if grammar.low(at) == "and" and at > start + 2:
            found = cue_at(grammar.tokens, at + 1, grammar.words)
            if (
                found
                and "past" in found[0].forms
                and found[0].strength == "strong"
                and grammar.low(at + 2) in _AFTER_VERB
            ):
                return at
        token = grammar.tokens[at]
        if token.kind == "quote" and token.ending == "," and grammar.low(at + 1) in grammar.words.going_on:
            return at + 1
        if token.text not in (",", ";"):
            continue
        following = at + 1
        if grammar.low(following) in grammar.words.going_on:
            return at
        if grammar.low(following) not in ("but", "while", "whereas", "and", "although", "though"):
            continue
        subject = grammar.forward(following + 1, stop) if grammar.starts_subject(following + 1) else None
        found = cue_at(grammar.tokens, subject[1], grammar.words) if subject and subject[1] < stop else None
        if found and found[0].finite and found[0].strength == "strong":
            return at
    return stop


def _trailing(grammar: Grammar, start: int, stop: int) -> Report | None:
    """`The bridge will open in spring, Lind said on Monday` with its clause before the comma."""
    tokens = grammar.tokens
    comma = next((i for i in range(stop - 1, max(start, stop - 16), -1) if tokens[i].text == ","), -1)
    if grammar.low(comma + 1) in ("citing", "quoting"):
        comma = next((i for i in range(comma - 1, max(start, comma - 16), -1) if tokens[i].text == ","), -1)
    if comma <= start or comma + 2 > stop:
        return None
    subject = grammar.forward(comma + 1, stop) if grammar.starts_subject(comma + 1) else None
    if subject is None or not _can_speak(grammar, subject):
        return None
    at = subject[1]
    while at < stop and (grammar.low(at) in grammar.words.auxiliaries or grammar.low(at) in grammar.words.adverbs):
        at += 1
    found = cue_at(tokens, at, grammar.words) if at < stop else None
    if not found or not found[0].finite or found[0].strength != "strong" or found[0].kind not in _SPEAKING:
        return None
    if any(grammar.low(i) == "that" or tokens[i].kind == "quote" for i in range(at, stop)):
        return None
    clause = _clause(grammar, start, comma)
    if clause is None or tokens[start].kind == "quote" or not _has_verb(grammar, clause):
        return None
    end = at + found[1]
    relay = relay_in(grammar, end, stop, found[0])
    source = cited(grammar, end, stop) if is_outlet(grammar, subject) else None
    if source:
        return Report("said-after", 0.8, source, (at, end), found[0], clause, subject)
    return Report("said-after", 0.8, subject, (at, end), found[0], clause, relay)


def _according(grammar: Grammar, start: int, stop: int) -> Report | None:
    for at in range(start, min(stop - 2, start + 3 * REACH)):
        if grammar.tokens[at].low != "according" or grammar.tokens[at + 1].low != "to":
            continue
        subject = grammar.forward(at + 2, stop)
        if subject is None or not _can_speak(grammar, subject):
            return None
        if at == start:
            limit = min(stop, subject[1] + 20)
            comma = next((i for i in range(subject[1], limit) if grammar.tokens[i].text == ","), -1)
            if comma >= 0 and grammar.tokens[comma + 1].kind == "name" and grammar.tokens[comma + 2].text == ",":
                comma += 2  # "According to the chairman, Tor Hale, the letters …"
            clause = _clause(grammar, comma + 1, stop) if comma >= 0 else None
        elif grammar.tokens[at - 1].text == "," and stop - subject[1] <= 10:
            clause = _clause(grammar, start, at - 1)
        else:
            clause = None
        return Report("according-to", 0.75, subject, (at, at + 2), None, clause) if clause else None
    return None


def _can_speak(grammar: Grammar, subject: Range) -> bool:
    """Whether a subject is somebody or something that reports: a name, a person, a body, a text; no impersonal `it`."""
    first, last = grammar.tokens[subject[0]], grammar.tokens[subject[1] - 1]
    words = grammar.words
    if first.low in words.pronouns:
        return words.pronouns[first.low] in ("male", "female", "plural", "self")
    if any(
        token.kind == "name" and token.entity in ("person", "organization")
        for token in grammar.tokens[subject[0] : subject[1]]
    ):
        return True
    return (
        last.kind == "name"
        or any(words.is_role(grammar.low(at)) for at in range(*subject))
        or is_outlet(grammar, subject)
    )


def _clause(grammar: Grammar, start: int, end: int) -> Range | None:
    tokens = grammar.tokens[start : min(end, start + 4 * _CLAUSE_WORDS)]
    words = sum(len(token.text[:80].split()) if token.kind == "quote" else token.kind != "punct" for token in tokens)
    return (start, end) if words >= _CLAUSE_WORDS else None


def _has_verb(grammar: Grammar, clause: Range) -> bool:
    return any(
        grammar.low(i) in grammar.words.finites
        or grammar.low(i).endswith(("ed", "n't"))
        or cue_at(grammar.tokens, i, grammar.words)
        for i in range(clause[0], min(clause[1], clause[0] + REACH))
    )
