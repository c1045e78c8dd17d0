"""Signals: what the text shows about its own quality, each with its evidence.

A signal states what was seen and how strong the evidence is. It is shown to the reader; nothing is rewritten by it.
Scores combine independent signs as `1 - (1 - a)(1 - b)…`: each further sign adds less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.aligned import Span
from generator.describe.spin import SPUN, judge_spin
from generator.describe.thesaurus import find_swaps
from generator.describe.translation import judge_translation
from generator.describe.words import load_words
from generator.model import Field, Gloss, Published, Removal, SeedText, Signal, Zone

# A page from which a quarter of the characters went is mostly the page's, not the author's, matter around the text.
BOILERPLATE = 0.25
# At most this many examples in a sentence of evidence, and spans in a signal: more tell the reader no more.
_EXAMPLES = 4
_SPANS = 40
# Texts below this are too short for statements about style.
_SHORT = 30

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_A_BEFORE_VOWEL = re.compile(r"\b[aA] (?=[aeio]\w\w)(?!one\b|once\b|eu\w|ewe)\w+")
_AN_BEFORE_CONSONANT = re.compile(r"\b[aA]n (?=[bcdfgjklmnpqrstvwyz][a-z]\w)\w+")
_BRACED = re.compile(r"\{[a-z]{3,}\}")
_ENDED = re.compile(r"[.!?…。！？][\s\"”’'»)\]]*$|[\"”’»)\]]$")
_CUT = re.compile(r"(?:\.\.\.|…|\[(?:…|\.\.\.)\])[\s\"”’')\]]*$")
_CELLS = re.compile(r"\t|\s{3,}|\s\|\s")


def find_signals(  # noqa: PLR0917 -- the values of a document in the order in which they come about
    zones: Sequence[Zone],
    glosses: Sequence[Gloss],
    language: Field | None,
    translated_from: Field | None,
    ledger: Sequence[Removal],
    seed: SeedText,
    *,
    spin_score: float | None = None,
    published: Published | None = None,
) -> tuple[Signal, ...]:
    """What the document shows about its own quality; strongest first within the order below.

    `spin_score` is what `gloss_document` returned; without it the zones are judged again. `published`, where given,
    adds `undated`. Names: `word-spun`, `machine-translated`, `truncated`, `boilerplate`, `undated`, `all-caps`,
    `unknown-language`, `unread-language`, `names-only`, `table`, `no-letters`. Spans are seed spans.
    """
    body = [zone for zone in zones if zone.kind == "body"]
    found = [
        _word_spun(body, glosses, spin_score, language),
        judge_translation(body, seed, language, translated_from, ledger),
        _truncated(body, ledger),
        _boilerplate(ledger, seed),
        _undated(published),
        _all_caps(body),
        _language(body, language),
        _names_only(body),
        _table(body),
    ]
    return tuple(signal for signal in found if signal is not None)


# ── word-spun ─────────────────────────────────────────────────────────────────────────────────────


def _word_spun(
    body: Sequence[Zone], glosses: Sequence[Gloss], spin_score: float | None, language: Field | None
) -> Signal | None:
    if language is not None and not language.value.startswith("en"):
        return None
    if spin_score is None:
        spin_score = judge_spin([zone.text for zone in body]) if glosses else 0.0
    swaps = find_swaps([zone.text for zone in body])
    misfits = list(_misfits(body))
    words = _word_count(body)
    # Writers slip once or twice; a spinner swaps the noun and leaves the article at every turn. Three in 500 words are
    # beyond slips, and each further one adds as much as a likely glossary row.
    strange = min(0.5, 0.1 * len(misfits)) if len(misfits) >= max(3, words * 3 / 500) else 0.0
    score = 1 - (1 - spin_score) * (1 - strange) * (1 - swaps.score)
    # Misfitting articles alone may be a translator's.
    if score < SPUN or max(spin_score, swaps.score) < SPUN / 2:
        return None
    evidence: list[str] = []
    spans = [gloss.span for gloss in glosses]
    if glosses:
        shown = _distinct(f"“{gloss.surface}” (probably “{gloss.original}”)" for gloss in glosses)
        rate = len(glosses) * 100 / max(words, 1)
        evidence.append(
            f"{_count(len(glosses), 'phrase')} in {_count(words, 'word')} ({rate:.1f} per 100) read as if a program "
            f"had put synonyms in place of the usual words: {', '.join(shown)}."
        )
    if swaps.score >= SPUN / 2:
        evidence.append(swaps.evidence())
        spans += [span for span, _, _ in swaps.found]
    if strange:
        surfaces = _distinct(f"“{surface}”" for _, surface in misfits)
        evidence.append(f"Articles that do not fit their nouns say the same: {', '.join(surfaces)}.")
        spans += [span for span, _ in misfits]
    return Signal("word-spun", round(score, 2), " ".join(evidence), tuple(sorted(set(spans))[:_SPANS]))


def _misfits(body: Sequence[Zone]) -> Iterator[tuple[Span, str]]:
    for zone in body:
        for pattern in (_A_BEFORE_VOWEL, _AN_BEFORE_CONSONANT, _BRACED):
            for match in pattern.finditer(zone.text.text):
                yield zone.text.seed_span(*match.span()), match[0]


# ── the shape of the text ─────────────────────────────────────────────────────────────────────────


def _truncated(body: Sequence[Zone], ledger: Sequence[Removal]) -> Signal | None:
    prose = [zone for zone in body if zone.shape == "text"]
    if not prose or _word_count(body) < _SHORT:
        return None
    last = prose[-1].text
    tail = last.text.rstrip()
    if not tail:
        return None
    span = last.seed_span(max(len(tail) - 40, 0), len(tail))
    more = [r for r in ledger if not r.moved_to and "more" in r.rule and r.span.start >= span.end]
    if _CUT.search(tail):
        return Signal("truncated", 0.9, f"The text breaks off with dots: “…{tail[-40:]}”.", (span,))
    if more:
        text = f"“{' '.join(more[0].text.split())[:60]}” follows the last paragraph: the rest was on another page."
        return Signal("truncated", 0.8, text, (more[0].span,))
    if not _ENDED.search(tail) and prose[-1] is body[-1]:
        return Signal("truncated", 0.6, f"The last paragraph ends without a full stop: “…{tail[-40:]}”.", (span,))
    return None


def _boilerplate(ledger: Sequence[Removal], seed: SeedText) -> Signal | None:
    debris = [removal for removal in ledger if not removal.moved_to and removal.text.strip()]
    if not debris:
        return None
    size = len("".join(seed.text.split()))
    removed = sum(len("".join(removal.text.split())) for removal in debris)
    if removed / size < BOILERPLATE:
        return None
    share = removed / size
    evidence = f"{share:.0%} of the seed's characters are page furniture and were set aside."
    return Signal("boilerplate", round(share, 2), evidence, tuple(removal.span for removal in debris[:_SPANS]))


def _undated(published: Published | None) -> Signal | None:
    if published is None or published.iso:
        return None
    return Signal("undated", 1.0, "Nothing in the seed states when it was published.")


def _all_caps(body: Sequence[Zone]) -> Signal | None:
    upper = sum(sum(map(str.isupper, zone.text.text)) for zone in body)
    lower = sum(sum(map(str.islower, zone.text.text)) for zone in body)
    # Ordinary English has 3 to 6 % capitals; headlines in title case 15 %.
    if upper + lower < 2 * _SHORT or upper < 0.8 * (upper + lower):
        return None
    share = upper / (upper + lower)
    return Signal(
        "all-caps", round(share, 2), f"{share:.0%} of the letters are capitals; names cannot be told by case."
    )


def _language(body: Sequence[Zone], language: Field | None) -> Signal | None:
    if not any(_LETTER.search(zone.text.text) for zone in body):
        return Signal("no-letters", 1.0, "The text has no letters; there is nothing to read.") if body else None
    if language is None:
        return Signal("unknown-language", 0.8, "The language of the text could not be told.")
    if language.value.startswith("en"):
        return None
    name = load_words().languages.get(language.value, f"“{language.value}”")
    evidence = f"The text is in {name}, as far as can be told; names, dates and quotes are read in English only."
    return Signal("unread-language", 0.9, evidence)


def _names_only(body: Sequence[Zone]) -> Signal | None:
    words = [match[0] for zone in body for match in _WORD.finditer(zone.text.text)]
    if len(words) < 10:
        return None
    capitals = sum(word[0].isupper() and not (len(word) > 3 and word.isupper()) for word in words)
    ended = sum(bool(_ENDED.search(zone.text.text)) for zone in body)
    # Prose has 10 to 20 % capitalised words and ends its paragraphs; a list of names has little else and does not.
    if capitals < 0.85 * len(words) or ended > len(body) / 3:
        return None
    return Signal(
        "names-only",
        round(capitals / len(words), 2),
        f"{capitals} of {len(words)} words are capitalised: a list of names.",
    )


def _table(body: Sequence[Zone]) -> Signal | None:
    rows = [zone for zone in body if zone.shape == "table" or len(_CELLS.findall(zone.text.text)) >= 2]
    # A single line with wide gaps is layout; a third of the text in rows is a table.
    if not any(zone.shape == "table" for zone in rows) and (len(rows) < 3 or len(rows) < len(body) / 3):
        return None
    spans = tuple(zone.text.seed_span(0, len(zone.text.text)) for zone in rows[:_SPANS])
    noun = "paragraph" if len(rows) == 1 else "paragraphs"
    return Signal(
        "table", round(len(rows) / len(body), 2), f"{len(rows)} {noun} of {len(body)} stand in columns.", spans
    )


# ── words for the reader ──────────────────────────────────────────────────────────────────────────


def _word_count(body: Sequence[Zone]) -> int:
    return sum(1 for zone in body for _ in _WORD.finditer(zone.text.text))


def _distinct(shown: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(shown))[:_EXAMPLES]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
