"""Who passed the words of others on: agencies, papers, stations."""

from __future__ import annotations

from generator.annotate.quotes.grammar import REACH, Grammar, Range
from generator.annotate.quotes.lexicon import Cue
from generator.annotate.quotes.tokens import cue_at


def relay_in(grammar: Grammar, start: int, end: int, cue: Cue | None) -> Range | None:
    """Who passed the words on: `told the Times`, `said in an interview with Radio Lund`, `wrote on Chirp`."""
    at = start
    if cue and cue.kind == "tell":
        found = grammar.forward(start, end)
        if found and (is_outlet(grammar, found) or _outlet_noun(grammar, found)):
            return found
    while at < min(end, start + REACH):
        if grammar.low(at) in ("to", "with", "on", "through", "via", "by", "in", "for"):
            found = grammar.forward(at + 1, end)
            if found and (is_outlet(grammar, found) or (grammar.low(at) == "by" and _outlet_noun(grammar, found))):
                return found
        at += 1
    return None


def _outlet_noun(grammar: Grammar, phrase: Range) -> bool:
    """Whether a phrase is `the agency`, `the paper`: the outlet named last."""
    return (
        phrase[1] - phrase[0] == 2
        and grammar.low(phrase[0]) == "the"
        and (grammar.low(phrase[1] - 1) in grammar.words.outlet_nouns)
    )


def cited(grammar: Grammar, start: int, end: int) -> Range | None:
    """Whom an outlet relies on: `citing a harbour official`, `quoting Lind`."""
    for at in range(start, min(end - 1, start + REACH)):
        found = cue_at(grammar.tokens, at, grammar.words)
        if found and found[0].kind == "relay" and found[0].gerund:
            subject = grammar.forward(at + 1, end)
            return subject if subject and not is_outlet(grammar, subject) else None
    return None


def is_outlet(grammar: Grammar, phrase: Range) -> bool:
    """Whether a noun phrase names an agency, paper, station or site that passes news on."""
    start = next((at + 1 for at in range(phrase[1] - 1, phrase[0], -1) if grammar.low(at) == "'s"), phrase[0])
    words = grammar.words
    tokens = [token for token in grammar.tokens[start : phrase[1]] if token.low not in words.determiners]
    named = next((at for at, token in enumerate(tokens) if token.capital), len(tokens))
    # "the state news agency NordPress": what it is stands before its name.
    if named and all(token.low in words.described or token.low in words.outlet_nouns for token in tokens[:named]):
        tokens = tokens[named:]
    if not tokens or not tokens[0].capital:
        return False
    if tokens[0].kind == "name" and tokens[0].entity != "organization":
        return False
    return all(token.capital for token in tokens) and grammar.words.is_outlet_name(" ".join(t.text for t in tokens))


def owner_of_words(grammar: Grammar, subject: Range | None, floor: int) -> Range | None:
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


def reporting_outlet(grammar: Grammar, start: int, verb: int) -> Range | None:
    """The outlet in whose report a verb of speech stands: `The agency reported that Lind said`."""
    for at in range(start, min(verb - 2, start + REACH)):
        if grammar.low(at) == "according" and grammar.low(at + 1) == "to":
            phrase = grammar.forward(at + 2, verb)
            return phrase if phrase and is_outlet(grammar, phrase) else None
        found = cue_at(grammar.tokens, at, grammar.words) if at > start else None
        if found and found[0].finite and found[0].strength == "strong":
            if grammar.tokens[at].kind != "word" or not any(grammar.low(i) == "that" for i in range(at, verb)):
                return None
            phrase = grammar.subject_before(at, start)
            return phrase if phrase and is_outlet(grammar, phrase) else None
    return None
