from __future__ import annotations

import re
import string
import sys
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.clean import features
from generator.clean.debris import Whole, load_rules
from generator.describe.calques import calques
from generator.sieve import Sieve, lowered, needles, split

PATTERNS = [value for value in vars(features).values() if isinstance(value, re.Pattern)]
PATTERNS += [getattr(features._sieves(), field.name).pattern for field in fields(features._sieves())]
PATTERNS += [sieve.pattern for _, sieve in load_rules().inline]
PATTERNS += [
    sieve.pattern
    for rules in (load_rules().lines, load_rules().blocks, load_rules().tails)
    for _, whole in rules
    for sieve in whole.sieves
]
PATTERNS += [calque.sieve.pattern for calque in calques()]


@pytest.mark.parametrize("letter", string.ascii_lowercase)
def test_every_letter_that_matches_an_ascii_one_without_case_is_lowered_to_it(letter: str) -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    for found in re.findall(letter, everything, re.IGNORECASE):
        assert letter in lowered(found), ascii(found)


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        (r"\b(?:is|are) seen\b", {"is seen", "are seen"}),
        (r"photos?\W", {"photo"}),
        (r"(?:see|seen) (?:here|in|from|on|through|under|at|near)\b", {"see"}),
        (r"\S@\S|^@\w", {"@"}),
        (r"https?://\S{3,40}\.(?:jpe?g|png)", {"http://", "https://"}),
        (r"\b\d{1,2} ?(?:m|h|d|hours?|mins?|minutes?|days?|weeks?|months?) ago\b", {" ago"}),
        (r"(?!not)(?<=a)that(?! one)", {"that"}),
        (r"(ab){2}c", {"ababc"}),
        # Nothing that every match holds, or nothing that is rare.
        (r"(?:photo)?", set()),
        (r"photo|\w", set()),
        (r"a|b", set()),
        (r"[^.]{2,40}\.", set()),
        # Accented letters have another case, which Python may write in two ways.
        (r"É+", set()),
    ],
)
def test_needles_are_what_every_match_holds(pattern: str, wanted: set[str]) -> None:
    assert set(needles(pattern, re.IGNORECASE)) == wanted


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:40])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_sieve_lets_every_match_through(pattern: re.Pattern[str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern))
    sieve = Sieve.of(pattern.pattern, pattern.flags)
    assert sieve.passes(lowered(text)) or pattern.search(text) is None
    assert sieve.found(text, lowered(text)) == (pattern.search(text) is not None)


def test_a_pattern_that_no_text_passes_to_is_not_compiled() -> None:
    sieve = Sieve.of(r"the Thursday\b", re.IGNORECASE)
    assert not sieve.found("On Friday it rained.", "on friday it rained.")
    assert "pattern" not in vars(sieve)
    assert sieve.found("Until the Thursday", "until the thursday")
    assert "pattern" in vars(sieve)


def test_letters_that_only_match_without_case_pass_as_well() -> None:
    sieve = Sieve.of("skin", re.IGNORECASE)
    for text in ("SKIN", "ſKıN", "sKİn"):
        assert sieve.found(text, lowered(text)), text


def test_what_is_split_matches_what_the_alternation_matches() -> None:
    sources = [r".{0,20}cookies.{0,20}", r"share this", r"[^.]{2,20} photo", r"advert\w*"]
    plain, sieves = split(sources, re.IGNORECASE, whole=True)
    whole = Whole(re.compile(plain, re.IGNORECASE), sieves)
    assert len(sieves) == 2
    together = re.compile("|".join(f"(?:{source})" for source in sources), re.IGNORECASE)
    for text in ("We use Cookies here", "Share this", "A dog, photo", "ADVERTISEMENT", "cookie", "A dog. photo", ""):
        assert whole.fits(text, lowered(text)) == (together.fullmatch(text) is not None), text
