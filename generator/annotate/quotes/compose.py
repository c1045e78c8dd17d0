"""From what the rules found to a `Quote` with seed spans."""

from __future__ import annotations

from dataclasses import replace

from generator.aligned import Span
from generator.annotate.quotes.foreign import Attribution
from generator.annotate.quotes.grammar import Range
from generator.annotate.quotes.marks import Stretch
from generator.annotate.quotes.passage import Passage
from generator.annotate.quotes.speakers import Voice
from generator.model import Quote

# A quotation whose closing mark is missing may end elsewhere.
UNCLOSED = 0.7
_SUFFIX = "-unclosed"


def direct(passage: Passage, stretch: Stretch, speaker: Voice | None, rule: str, score: float) -> Quote:
    """The quotation of a stretch, without its marks."""
    span = _trimmed(passage, stretch.inner, stretch.close)
    quote = Quote(
        span=span,
        text=shown(passage, span),
        kind="direct",
        paragraph=passage.number,
        speaker=speaker.name if speaker else "",
        speaker_span=speaker.span if speaker else None,
        rule=rule,
        score=round(score, 2),
    )
    return (
        quote
        if stretch.closed and stretch.opened
        else replace(quote, rule=rule + _SUFFIX, score=round(score * UNCLOSED, 2))
    )


def like(passage: Passage, stretch: Stretch, model: Quote, rule: str, score: float) -> Quote:
    """The quotation of a stretch by the speaker of another quotation, with its cue and relay."""
    plain = direct(passage, stretch, None, rule, score)
    return replace(
        plain,
        speaker=model.speaker,
        speaker_span=model.speaker_span,
        cue=model.cue,
        cue_span=model.cue_span,
        via=model.via,
        via_span=model.via_span,
    )


def indirect(passage: Passage, clause: Range, speaker: Voice, rule: str, score: float) -> Quote:
    """The quotation of a reported clause, a range of tokens."""
    tokens = passage.grammar.tokens
    span = _trimmed(passage, tokens[clause[0]].start, tokens[clause[1] - 1].end)
    return Quote(
        span=span,
        text=shown(passage, span),
        kind="indirect",
        paragraph=passage.number,
        speaker=speaker.name,
        speaker_span=speaker.span,
        rule=rule,
        score=score,
    )


# A quotation in a language whose grammar is not read, with nobody named, may be a title or a term.
_UNNAMED = 0.4


def foreign(passage: Passage, stretch: Stretch, found: Attribution, speaker: Voice | None, last: Quote | None) -> Quote:
    """The quotation of a stretch that words of another language attribute: to `last`'s speaker where given."""
    if last:
        quote = like(passage, stretch, last, found.rule, found.score)
    else:
        quote = direct(passage, stretch, speaker, found.rule, found.score if speaker else _UNNAMED)
    if found.cue:
        span = passage.zone.reading.seed_span(*found.cue)
        quote = replace(quote, cue=shown(passage, span), cue_span=span)
    if found.relay and found.relay.mention.name != quote.speaker:
        quote = replace(quote, via=found.relay.mention.name, via_span=found.relay.mention.span)
    return quote


def with_cue(passage: Passage, quote: Quote, cue: Range | None, relay: Voice | None) -> Quote:
    """The quotation with its reporting verb and with who relayed it. A speaker does not relay himself."""
    if cue:
        tokens = passage.grammar.tokens
        span = passage.zone.reading.seed_span(tokens[cue[0]].start, tokens[cue[1] - 1].end)
        quote = replace(quote, cue=shown(passage, span), cue_span=span)
    if relay and relay.kind == "body" and relay.name != quote.speaker:
        quote = replace(quote, via=relay.name, via_span=relay.span)
    return quote


def carried_on(quote: Quote) -> Quote:
    """A quotation that was left open because it goes on in the next paragraph: nothing is missing from it."""
    if not quote.rule.endswith(_SUFFIX):
        return quote
    return replace(quote, rule=quote.rule.removesuffix(_SUFFIX), score=round(quote.score / UNCLOSED, 2))


def shown(passage: Passage, span: Span) -> str:
    """The text of a seed span as the page shows it."""
    view = passage.zone.text.view_span(span)
    return passage.zone.text.text[view[0] : view[1]] if view else ""


def _trimmed(passage: Passage, start: int, end: int) -> Span:
    text = passage.text[start:end]
    lead = len(text) - len(text.lstrip())
    return passage.zone.reading.seed_span(start + lead, start + len(text.rstrip()))
