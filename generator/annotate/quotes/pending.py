"""What one sentence leaves for the next: words announced, and somebody whom the text has just turned to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.annotate.quotes.grammar import Grammar, Range
from generator.annotate.quotes.marks import Stretch
from generator.annotate.quotes.passage import Passage
from generator.annotate.quotes.speakers import Voice
from generator.annotate.quotes.tokens import cue_at
from generator.model import Quote

# How the speaker of a paragraph that is left open was come by where no words of its own name one.
_GUESSED = frozenset(["next-paragraph", "context", "topic", "answer", "bare", "follows", "continued"])


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


def claimed_behind(quotes: Sequence[Quote], claimed: Quote) -> list[Quote]:
    """The quotations with the paragraphs that `claimed` goes on with, left open and given by a guess, as its speaker's.

    `“First they took the boat.` `“Now they want the night as well,” said Holm`: the words of both are Holm's.
    """
    given = list(quotes)
    paragraph = claimed.paragraph
    for at in range(len(given) - 1, -1, -1):
        one = given[at]
        rule = one.rule.removesuffix("-unclosed")
        left_open = one.rule != rule or paragraph < claimed.paragraph
        if one.kind != "direct" or paragraph - one.paragraph != 1 or rule not in _GUESSED or not left_open:
            break
        given[at] = replace(
            one,
            speaker=claimed.speaker,
            speaker_span=claimed.speaker_span,
            cue=claimed.cue,
            cue_span=claimed.cue_span,
            via=claimed.via,
            via_span=claimed.via_span,
            rule="named-behind",
            score=claimed.score,
        )
        if rule != "continued":
            break
        paragraph = one.paragraph
    return given


def asking(passage: Passage, stretch: Stretch, last: Quote | None, partner: Voice | None) -> Voice | None:
    """Whose a paragraph is that is a question right behind an answer: `“I went,” he replied.` `“You went?”`.

    Whoever spoke before the one who answers; a voice without a name where nobody did. None: it is no such question.
    """
    if not last or not last.speaker or passage.number - last.paragraph != 1 or not stretch.closed:
        return None
    words = passage.grammar.words
    question = passage.text[stretch.inner : stretch.close].rstrip().endswith("?")
    answered = any(cue.verb in words.answers for cue in words.cues.get(last.cue, ()))
    if not question or not answered or passage.text.strip() != passage.text[stretch.start : stretch.end]:
        return None
    if partner and partner.name != last.speaker:
        return partner
    return Voice("", passage.zone.reading.seed_span(stretch.start, stretch.end), "unnamed")
