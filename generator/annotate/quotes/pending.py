"""What one sentence leaves for the next: words announced, and somebody whom the text has just turned to."""

from __future__ import annotations

from dataclasses import dataclass

from generator.annotate.quotes.grammar import Grammar, Range
from generator.annotate.quotes.passage import Passage
from generator.annotate.quotes.speakers import Voice
from generator.annotate.quotes.tokens import cue_at


@dataclass(frozen=True, slots=True)
class Announced:
    """Words that announce a quotation to come: `Lind said:` at the end of a sentence."""

    voice: Voice
    cue: Range | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class Setting:
    """Words that announce paragraphs without marks. `opens`: the next one is quoted whatever it says."""

    voice: Voice | None
    cue: Range
    passage: Passage
    paragraph: int
    opens: bool
    left: int


def gestures(grammar: Grammar, subject: Range) -> bool:
    """Whether somebody shrugs, nods or laughs: words right behind that are his, named or not."""
    found = cue_at(grammar.tokens, subject[1], grammar.words) if subject[1] < len(grammar.tokens) else None
    return found is not None and found[0].kind == "manner" and found[0].finite


def is_somebody(voice: Voice) -> bool:
    """Whether a speaker without a name is one man or woman, whom "he" or "she" further on can mean."""
    return voice.kind == "unnamed" and voice.gender in ("male", "female")
