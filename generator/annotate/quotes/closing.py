"""Speakers whom only the paragraph behind their words names, as in `With these words Lind opened the hearing`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.annotate.quotes.cast import Cast
from generator.annotate.quotes.passage import Passage
from generator.annotate.quotes.speakers import Voice
from generator.model import Quote

# As sure as a speaker taken from the paragraph before.
_SCORE = 0.6
_THESE_WORDS = re.compile(r"(?:With|In) (?:these|those|such) words\b|(?:So|Thus) (?:said|says|spoke|wrote)\b")


def named_behind(passage: Passage, quotes: Sequence[Quote], cast: Cast) -> tuple[list[Quote], Voice] | None:
    """The quotations with the last ones, which nobody claims, given to the first person whom the passage names.

    Only where the passage opens with words that point back, right behind the quotations; else none.
    """
    if not quotes or passage.number - quotes[-1].paragraph != 1 or not _THESE_WORDS.match(passage.text):
        return None
    mention = next((one.mention for one in passage.names if one.mention.type == "person"), None)
    at = len(quotes)
    while at and not quotes[at - 1].speaker and quotes[at - 1].kind == "direct":
        at -= 1
    if mention is None or at == len(quotes):
        return None
    name = cast.full_name(mention)
    given = [
        replace(quote, speaker=name, speaker_span=mention.span, rule="named-behind", score=_SCORE)
        for quote in quotes[at:]
    ]
    return [*quotes[:at], *given], Voice(name, mention.span, "person", cast.gender(name))
