"""Signs that a program put the text into English: the page's own language, phrases, grammar, days, marks.

Every sign has other explanations. They are weighed together, and shown with the words that they rest on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.aligned import Span
from generator.describe.calques import Calque, calques
from generator.describe.grammar import find_constructions
from generator.describe.words import load_words
from generator.model import Field, Removal, SeedText, Signal, Zone
from generator.sieve import lowered

# From here on the signs of a translation outweigh chance: one strong sign and one weak one, or three weak ones.
TRANSLATED = 0.5
# Phrases of translators come in several: three different ones are no chance. All of them together are no proof.
_SEVERAL, _PHRASES = 3, 0.7
# The same of grammar; it is less a matter of taste than phrases are.
_GRAMMAR = 0.8
# Kinds of constructions of one family, such as hearsay, may be one habit: either two families, or many kinds. One kind
# more is asked for in every so many words: 109,000 words of news by people held one in 2,500, and no article more than
# two of them; translations hold one in about 20.
_FAMILIES, _MANY, _WORDS_A_SLIP = 2, 5, 150
# At most this many examples in a sentence of evidence, and spans in a signal: more tell the reader no more.
_EXAMPLES = 4
_SPANS = 40

_KANA = re.compile(r"[\u3040-\u30ff]")
# Scripts that English text does not use, by the name shown.
_SCRIPTS = (
    ("Korean", re.compile(r"[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]+")),
    ("Japanese", re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")),
    ("Chinese", re.compile(r"[\u4e00-\u9fff]+")),
    ("Cyrillic", re.compile(r"[\u0400-\u04ff]+")),
    ("Arabic", re.compile(r"[\u0600-\u06ff]+")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]+")),
    ("Thai", re.compile(r"[\u0e00-\u0e7f]+")),
    ("Devanagari", re.compile(r"[\u0900-\u097f]+")),
)
_GLUED = re.compile(r"(?<=\w)\u00a0(?=\w)")
# A closing mark and at once an opening one: machine translation closes and reopens a quotation at every sentence.
_REOPENED = re.compile(r"[.,?!][”\"] [“\"](?=[A-Z])")
_BARE_DAY = re.compile(
    r"\b(?:on|until|from|since|by) the (?:[12]?\d|3[01])(?:st|nd|rd|th)\b"
    r"(?! (?:of|day|anniversary|floor|hole|century|minute|birthday|edition|round|lap|over|street|avenue|congress"
    r"|session|\w+day))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sign:
    weight: float
    sentence: str
    spans: tuple[Span, ...] = ()
    enough: bool = False
    """Whether it needs no other kind of sign beside it."""


def judge_translation(
    body: Sequence[Zone],
    seed: SeedText,
    language: Field | None,
    translated_from: Field | None,
    ledger: Sequence[Removal],
) -> Signal | None:
    """The signal `machine-translated`, with its evidence and where in the seed it stands; none where signs are few."""
    # The signs are those of text put into English.
    if language is not None and not language.value.startswith("en"):
        return None
    phrases = _phrases(body)
    signs = [
        sign
        for sign in (
            _stated_source(translated_from),
            _residue(seed, ledger),
            _glued_words(seed),
            _calque_signs(phrases),
            _grammar(body, len(phrases)),
            _bare_days(body),
            _reopened_quotes(body),
        )
        if sign is not None
    ]
    doubt = 1.0
    for sign in signs:
        doubt *= 1 - sign.weight
    # One kind of sign has other explanations: a foreign name in its own script, a copied web page.
    if 1 - doubt < TRANSLATED or (len(signs) < 2 and not signs[0].enough):
        return None
    spans = sorted({span for sign in signs for span in sign.spans})
    evidence = " ".join(sign.sentence for sign in signs)
    return Signal("machine-translated", round(1 - doubt, 2), evidence, tuple(spans[:_SPANS]))


def _stated_source(translated_from: Field | None) -> _Sign | None:
    if translated_from is None:
        return None
    name = load_words().languages.get(translated_from.value, translated_from.value)
    return _Sign(0.4, f"The page's own language is taken to be {name}.", translated_from.spans)


def _residue(seed: SeedText, ledger: Sequence[Removal]) -> _Sign | None:
    labels = [removal.span for removal in ledger if removal.moved_to]
    for name, pattern in _SCRIPTS:
        matches = list(pattern.finditer(seed.text))
        # Japanese and Chinese share characters; kana tell them apart.
        if not matches or (name == "Japanese" and not _KANA.search(seed.text)):
            continue
        # A word in brackets beside its translation is a gloss by the author; a category or byline is the page's own.
        moved = [m for m in matches if any(span.start <= m.start() < span.end for span in labels)]
        shown = _distinct(f"“{match[0]}”" for match in moved or matches)
        weight = 0.4 if moved else 0.2
        spans = tuple(Span(*match.span()) for match in matches[:_EXAMPLES])
        return _Sign(weight, f"{name} script is left in the page: {', '.join(shown)}.", spans)
    return None


def _glued_words(seed: SeedText) -> _Sign | None:
    places = [match.start() for match in _GLUED.finditer(seed.text)]
    # One or two no-break spaces are typography ("10 km"); ten are an editor that took a translation over word by word.
    if len(places) < 10:
        return None
    return _Sign(
        0.3,
        f"{len(places)} words are tied with no-break spaces, as text pasted from a translation service is.",
        tuple(Span(place, place + 1) for place in places[:_EXAMPLES]),
    )


def _phrases(body: Sequence[Zone]) -> dict[Calque, tuple[str, list[Span]]]:
    """The phrases of translators in the text: how each reads where it stands first, and all its places."""
    found: dict[Calque, tuple[str, list[Span]]] = {}
    lows = [lowered(zone.text.text) for zone in body]
    whole = "\n".join(lows)
    for calque in calques():
        if calque.needle not in whole or not calque.sieve.passes(whole):
            continue
        for zone, low in zip(body, lows, strict=True):
            if not calque.sieve.passes(low):
                continue
            for match in calque.sieve.pattern.finditer(zone.text.text):
                places = found.setdefault(calque, (match[0].strip(), []))[1]
                places.append(zone.text.seed_span(*match.span()))
    return found


def _calque_signs(phrases: Mapping[Calque, tuple[str, list[Span]]]) -> _Sign | None:
    if not phrases:
        return None
    # What a phrase says it says once: a writer who is fond of it is no translator.
    weight = 1 - math.prod(1 - calque.weight for calque in phrases)
    shown = _distinct(f"“{surface}”" for surface, _ in phrases.values())
    sentence = f"Turns of phrase follow another language: {', '.join(shown)}."
    spans = tuple(sorted(span for _, places in phrases.values() for span in places))
    return _Sign(min(_PHRASES, weight), sentence, spans, len(phrases) >= _SEVERAL)


def _grammar(body: Sequence[Zone], phrases: int) -> _Sign | None:
    """Constructions of other languages, where they and the phrases are of so many kinds that chance does not do it."""
    found = find_constructions([zone.text for zone in body])
    words = sum(zone.text.text.count(" ") + 1 for zone in body)
    kinds = len(found) + phrases
    families = {one.construction.family for one in found} | ({"phrase"} if phrases else set())
    if not found or kinds < max(_SEVERAL, words / _WORDS_A_SLIP) or (len(families) < _FAMILIES and kinds < _MANY):
        return None
    weight = 1 - math.prod(1 - one.construction.weight for one in found)
    shown = _distinct(f"“{one.surface}” ({one.construction.what})" for one in found)
    sentence = f"Sentences are built as in another language: {', '.join(shown)}."
    spans = tuple(sorted(span for one in found for span in one.spans))
    return _Sign(min(_GRAMMAR, weight), sentence, spans, enough=True)


def _bare_days(body: Sequence[Zone]) -> _Sign | None:
    matches = [(zone, match) for zone in body for match in _BARE_DAY.finditer(zone.text.text)]
    # English news names the month or the weekday; one bare day may follow a date in full.
    if len(matches) < 2:
        return None
    shown = _distinct(f"“{match[0]}”" for _, match in matches)
    spans = tuple(zone.text.seed_span(*match.span()) for zone, match in matches)
    return _Sign(0.4, f"Days stand without their month, as in Korean, Japanese or Chinese: {', '.join(shown)}.", spans)


def _reopened_quotes(body: Sequence[Zone]) -> _Sign | None:
    matches = [(zone, match) for zone in body for match in _REOPENED.finditer(zone.text.text)]
    if len(matches) < 2:
        return None
    spans = tuple(zone.text.seed_span(*match.span()) for zone, match in matches)
    return _Sign(0.3, f"Quotations are closed and reopened between sentences in {len(matches)} places.", spans)


def _distinct(shown: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(shown))[:_EXAMPLES]
