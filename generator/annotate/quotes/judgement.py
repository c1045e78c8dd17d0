"""What between marks is a quotation and what is a title, a term or a phrase held at arm's length."""

from __future__ import annotations

import re
from functools import cache

from generator.annotate.quotes.claim import Claim
from generator.annotate.quotes.grammar import Grammar
from generator.annotate.quotes.marks import Stretch

# A phrase between single marks of fewer words than this is a term or a label and not an utterance; of the quoted
# strings in the development text with one or two words, four in five are terms, titles or labels whatever their marks.
_LABEL_WORDS = 6
# What somebody is said to have called something is his words from this length; shorter, it may be the thing's name.
_NAMED_WORDS = 3
# A quotation that nobody introduces is taken for one only as a sentence of its own with at least this many words; with
# fewer where the quotation before it has a speaker, who goes on.
BARE_WORDS, FOLLOWING_WORDS = 4, 2
# Words from the sign to what stands on it: "the sign over the door of the old mill says:".
_SIGN_REACH = 10
# A phrase that is part of the writer's clause stands as a quotation of its own from this length; below, the whole
# reported clause is given as an indirect quotation.
_EMBEDDED_WORDS = 12
# Marks of a quotation within, and white space, behind the stop that ends both: “He said, ‘Thank you.’”
_CLOSING = "\"'”’»›」』 \t\n\u00a0"


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:['’.-][^\W_]+){0,8}")


@cache
def _cjk() -> re.Pattern[str]:
    return re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def count_words(text: str) -> int:
    """Words of a text; a run of Chinese or Japanese counts a word for every two characters."""
    cjk = len(_cjk().findall(text))
    return len(_word().findall(text)) if cjk < 2 else max(len(_word().findall(text)), cjk // 2)


def _attribution_only(grammar: Grammar, inner: str) -> bool:
    """Whether an attribution has been set between marks by mistake (“He said,”)."""
    lows = [word.casefold() for word in _word().findall(inner)]
    if not 2 <= len(lows) <= 3 or lows[0] not in grammar.words.pronouns:
        return False
    return any(cue.strength == "strong" and not cue.rest for cue in grammar.words.cues.get(lows[-1], ()))


def is_title(grammar: Grammar, place: int, inner: str) -> bool:
    """Whether a stretch is the title of a work: introduced as one, or in title case without punctuation."""
    inner = inner.rstrip().removesuffix(",")
    found = _word().findall(inner)
    before = grammar.low(place - 1)
    if before in grammar.words.namings:
        return (len(found) <= 12 and not inner.rstrip().endswith((".", "!", "?"))) or before in (
            "titled",
            "entitled",
            "headlined",
        )
    if len(found) < 2 or inner.rstrip().endswith((".", "?", "!", ";")):
        return False
    small = grammar.words.prepositions | grammar.words.determiners | grammar.words.conjunctions
    heavy = [word for word in found if word.casefold() not in small]
    return (
        len(found) <= 12
        and len(heavy) >= 2
        and found[0][0].isupper()
        and all(word[0].isupper() or word[0].isdigit() for word in heavy)
        and not any(word.isupper() and len(word) > 4 for word in heavy)
    )


def _named_so(grammar: Grammar, stretch: Stretch, claim: Claim, inner: str) -> bool:
    """Whether what somebody calls something is a judgement in his words (“a disgrace”) and not its name (“the Loop”).

    A short one is such words in small letters, where someone calls it so once or is known by name or pronoun: what
    people without a name call something in the present ("locals call it “the beast”") is what it is called.
    """
    size = count_words(inner)
    if stretch.family == "single":
        return size >= _LABEL_WORDS
    if size >= _NAMED_WORDS:
        return True
    if not inner[:1].islower() or claim.subject is None:
        return grammar.low(claim.cue[1] - 1) in grammar.words.uttered if claim.cue else False
    subject = grammar.tokens[slice(*claim.subject)]
    known = any(token.kind == "name" or token.low in grammar.words.pronouns for token in subject)
    return known or bool(claim.verb and claim.verb.forms & {"past", "participle"})


def _on_something(grammar: Grammar, claim: Claim) -> bool:
    low, high = claim.subject or (0, 0)
    return any(grammar.low(at) in grammar.words.signs for at in range(low, high))


def _pause(grammar: Grammar, place: int) -> bool:
    return grammar.low(place - 1) in (",", ":", "that")


def _heading(grammar: Grammar, inner: str) -> bool:
    """Whether every weighty word is capitalised, as in a heading between marks."""
    small = (
        grammar.words.prepositions | grammar.words.determiners | grammar.words.conjunctions | grammar.words.auxiliaries
    )
    heavy = [word for word in _word().findall(inner) if word.casefold() not in small]
    return 2 <= len(heavy) <= 8 and all(word[0].isupper() for word in heavy)


def is_quotation(
    grammar: Grammar, place: int, stretch: Stretch, text: str, claim: Claim | None, *, fewest: int
) -> bool:
    """Whether a stretch is something that somebody said.

    A stretch with a claim that it fills needs little more; one inside the writer's clause has to be long; one without
    a claim has to be a sentence of its own with `fewest` words (0: it is not a sentence of its own).
    """
    inner = text[stretch.inner : stretch.close]
    size = count_words(inner)
    if not size or (claim is None and _attribution_only(grammar, inner)):
        return False
    said = claim is not None and claim.rule == "quoted-as-saying"
    if (
        not said
        and grammar.low(place - 1) == ":"
        and any(grammar.low(at) in grammar.words.signs for at in range(max(0, place - _SIGN_REACH), place - 1))
    ):
        return False  # "There is a saying in the village: “…”"
    ending = inner.rstrip(_CLOSING)[-1:]
    sentence_like = ending in ".?!…,-—–;:" and size > 1
    if claim is None:
        whole = 0 < fewest <= size and ending in ".?!…,—–-"
        return whole and not is_title(grammar, place, inner) and not _heading(grammar, inner)
    if claim.verb and claim.verb.verb == "read" and claim.subject and _on_something(grammar, claim):
        return False
    if claim.rule == "naming":
        return _named_so(grammar, stretch, claim, inner) and (
            inner[:1].islower()
            or grammar.low(place - 1) in grammar.words.uttered
            or not is_title(grammar, place, inner)
        )
    if not claim.filling:
        return size >= _EMBEDDED_WORDS
    if is_title(grammar, place, inner):
        return False
    if stretch.family == "single" and size < BARE_WORDS and ending not in ".,?!":
        return False
    if size == 1:
        if claim.rule == "before" and claim.cue and claim.cue[1] == place and stretch.family != "single":
            return True  # "he answered “no” and left"
        return ending in ".,?!…" and claim.rule in ("before", "after", "after-inverted", "label")
    if sentence_like or claim.rule in ("label", "continued"):
        return True
    if claim.rule == "before" and not _pause(grammar, place):
        # "he said “budget reforms” would pay": a phrase right behind the verb is his. Single marks, as in "proposed
        # ‘closer ties’ when", are mostly those of a term.
        return stretch.family != "single" or size >= _LABEL_WORDS or not inner[:1].islower()
    # No stop inside the marks: a phrase. It is a quotation if it is the whole of what is said.
    after = grammar.low(place + 1)
    whole = not after or after in (".", ",", "?", "!", ";", "and", "in", "on", "(")
    return size >= BARE_WORDS or (whole and claim.rule.startswith(("before", "after")) and size >= 3)
