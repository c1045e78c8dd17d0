"""The language of an article, and the one that it was translated from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.aligned import Span
from generator.describe.identifier import load_identifier
from generator.describe.parts import Claim, Draft
from generator.describe.words import load_words
from generator.model import Field, SeedText
from generator.sieve import lowered

# Identification is certain long before this many characters.
_SAMPLE = 3000
# Fewer letters than this tell nothing: a sentence of six words with a foreign name in it is taken for the name's
# language.
_LEAST_LETTERS = 40
_CERTAIN = 0.7
_HANGUL = re.compile(r"[가-힣]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# Traces that translation engines leave in English made from East Asian text: a bare day of the month where English
# names the month or weekday, and set phrases of reports.
_TRACES = re.compile(
    r"\b(?:on|of|by|until|from|since) the \d{1,2}(?:st|nd|rd|th)\b"
    r"(?! (?:of|century|anniversary|floor|parallel|street|birthday|day|hole|minute|[A-Z]))"
    r"|\bit was (?:reported|revealed|confirmed|found|learned) (?:on the|that|to)\b"
    r"|\bon this day\b|\b(?:he|she) (?:said|explained|emphasized|added) this\b"
    r"|\ba (?:high-ranking|senior) official (?:said|continued)"
)
# Two set phrases occur by chance in a long article; three do not.
_TRACE_COUNT = 3
# An editor for web pages glues words with no-break spaces; typed text has them before units and after initials only.
_GLUED_SHARE = 0.1
# Labels stand at both ends of a page.
_EDGE = 4000
# One label may be chance; with two different ones of one language none of the articles written in English was taken.
_LABELS = 2


def find_language(texts: Sequence[str]) -> Field | None:
    """The language of `texts` as an ISO 639-1 code; `None` where there is too little text to tell.

    Hangul and kana decide by themselves; other text is identified by py3langid (naive Bayes over byte n-grams,
    Lui and Baldwin 2012).
    """
    sample = " ".join(texts)[:_SAMPLE]
    # Bulletins in capitals have the words of their language only in small letters.
    sample = sample.lower() if sum(map(str.isupper, sample)) * 2 > len(sample) else sample
    letters = sum(map(str.isalpha, sample))
    if letters == 0:
        return None
    hangul, kana = len(_HANGUL.findall(sample)), len(_KANA.findall(sample))
    # A quarter: Korean and Japanese text has figures, names and acronyms in other scripts among its own.
    if hangul * 4 >= letters and hangul >= 4:
        return Field("ko", "script", note="written in Hangul")
    if kana * 5 >= letters and kana >= 4:
        return Field("ja", "script", note="written with kana")
    if letters < _LEAST_LETTERS and len(_HAN.findall(sample)) < 6:
        return None
    code, share = load_identifier().classify(sample)
    if share < _CERTAIN:
        return None
    return Field(str(code), "language-model", inferred=True, note=f"py3langid, {float(share):.2f}")


def find_translation_source(draft: Draft, seed: SeedText, language: str, bodies: Sequence[str]) -> Field | None:
    """The language that the article was translated from, where the text says so or shows it.

    Shown: labels and bylines in another script over an article in Latin script, together with a second trace,
    which is words glued by no-break spaces or phrases that translation engines leave.
    """
    words = load_words()
    for pattern in words.translation_notes:
        match = pattern.search(seed.text)
        if match:
            name = next((group for group in match.groups() if group), "").casefold()
            code = words.language_names.get(name, "")
            if code and code != language:
                return Field(code, "translation-note", (Span(match.start(), match.end()),))
    body = "\n".join(bodies)
    if len(_LATIN.findall(body[:_SAMPLE])) * 2 < sum(map(str.isalpha, body[:_SAMPLE])):
        return None
    residues = [claim for claim in draft.having("author", "category", "published") if _script(_shown(draft, claim))]
    codes = {_script(_shown(draft, claim)) for claim in residues}
    labelled = _translated_labels(seed, language)
    if len(codes) != 1:
        return labelled
    code = codes.pop()
    traces = []
    blanks = body.count(" ")
    if blanks and seed.text.count("\xa0") >= _GLUED_SHARE * blanks:
        traces.append("words glued by no-break spaces")
    if len(_TRACES.findall(body)) >= _TRACE_COUNT:
        traces.append("phrases that translation engines leave")
    if labelled:
        traces.append("labels as translation engines give them")
    if not traces:
        return None
    if code == "zh" and _KANA.search(seed.text):
        # Dates and section names are written alike in Chinese and Japanese; kana elsewhere on the page tell.
        code = "ja"
    spans = tuple(draft.parts[claim.part].view.seed_span(claim.start, claim.end) for claim in residues)
    note = f"{load_words().languages[code]} labels over {language or 'Latin'} text, and {' and '.join(traces)}"
    return Field(code, "script-residue", spans, inferred=True, note=note)


def _translated_labels(seed: SeedText, language: str) -> Field | None:
    """The language whose pages label articles as this one does, in the words that translation engines give them."""
    if language != "en":
        return None
    found: list[tuple[int, str, tuple[Span, ...]]] = []
    head, tail = seed.text[:_EDGE], seed.text[max(len(seed.text) - _EDGE, _EDGE) :]
    low_head, low_tail = lowered(head), lowered(tail)
    for code, sieves in load_words().translated_labels:
        spans = []
        for sieve in sieves:
            match = sieve.search(head, low_head)
            shift = 0
            if match is None:
                match, shift = sieve.search(tail, low_tail), len(seed.text) - len(tail)
            if match:
                spans.append(Span(match.start() + shift, match.end() + shift))
        if len(spans) >= _LABELS:
            found.append((len(spans), code, tuple(sorted(spans))))
    found.sort(reverse=True)
    # Where two languages fit equally well nothing is known.
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    _, code, spans_found = found[0]
    return Field(
        code,
        "translated-labels",
        spans_found,
        inferred=True,
        note=f"labels of {load_words().languages[code]} pages in English",
    )


def _shown(draft: Draft, claim: Claim) -> str:
    return draft.parts[claim.part].text[claim.start : claim.end]


def _script(text: str) -> str:
    if _HANGUL.search(text):
        return "ko"
    if _KANA.search(text):
        return "ja"
    if _HAN.search(text):
        return "ja" if _only_japanese(text) else "zh"
    return "ru" if _CYRILLIC.search(text) else ""


def _only_japanese(text: str) -> bool:
    """Whether the national standards of Han characters leave only Japan: 国際 is neither simplified nor traditional."""
    han = "".join(_HAN.findall(text))
    return _fits(han, "shift_jis") and not _fits(han, "gb2312") and not _fits(han, "big5")


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
