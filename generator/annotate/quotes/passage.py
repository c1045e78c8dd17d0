"""One paragraph, ready for the quotation rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from generator.aligned import Span
from generator.annotate.quotes.grammar import Grammar, Range
from generator.annotate.quotes.lexicon import Lexicon
from generator.annotate.quotes.marks import Marked, Stretch, find_stretches
from generator.annotate.quotes.tokens import Name, Token, sentences, tokenize, views
from generator.model import Mention, Zone


@dataclass(frozen=True, slots=True)
class Passage:
    """A body paragraph with its names, quoted stretches, tokens and frame sentences; view offsets of `zone.reading`."""

    number: int
    """The paragraph's number."""
    zone: Zone
    text: str
    names: tuple[Name, ...]
    marked: Marked
    grammar: Grammar
    sentences: tuple[Range, ...]


# A sentence that is quoted without an opening mark is sought within this many characters before the closing one.
_LONGEST = 600


def read_passage(
    zone: Zone, mentions: Sequence[Mention], starts: Sequence[Span], open_before: str, words: Lexicon
) -> Passage:
    """The passage of a body zone. `mentions` and `starts` (sentences) are those of the zone, in order."""
    text = zone.reading.text
    names: list[Name] = []
    for mention, view in zip(mentions, views(zone.reading, [mention.span for mention in mentions]), strict=True):
        if view:
            names.append(Name(*view, mention))
    begins = [view[0] for view in views(zone.reading, starts) if view]
    marked = find_stretches(text, open_before, _sentence_end(text, words), _sentence_begin(text, words))
    names, marked = _names_in_marks(names, marked, text)
    tokens = tokenize(text, (0, len(text)), names, marked.outer, words)
    grammar = Grammar(tokens, words)
    frames = sentences(tokens, text, begins, words)
    if frames:
        frames[0] = (_behind_dateline(tokens, frames[0]), frames[0][1])
    return Passage(zone.paragraph or 0, zone, text, tuple(names), marked, grammar, tuple(frames))


def _names_in_marks(names: list[Name], marked: Marked, text: str) -> tuple[list[Name], Marked]:
    """A name between marks (‘Herald’ reported) is a name and no quotation: it takes the marks along."""
    by_place = {(name.start, name.end): index for index, name in enumerate(names)}
    by_start = {name.start: index for index, name in enumerate(names) if name.mention.type == "person"}
    kept = []
    for stretch in marked.outer:
        article = text[stretch.inner : stretch.inner + 4] in ("The ", "the ")
        index = by_place.get((stretch.inner + 4 if article else stretch.inner, stretch.close))
        after = by_start.get(stretch.end + 1)
        if index is not None:
            names[index] = replace(names[index], start=stretch.start, end=stretch.end)
        elif after is not None and _is_nickname(text, stretch):
            names[after] = replace(names[after], start=stretch.start)
        else:
            kept.append(stretch)
    return names, replace(marked, outer=tuple(kept))


def _is_nickname(text: str, stretch: Stretch) -> bool:
    """Whether a stretch stands inside a personal name: `Vera “Ice” Holm`. The surname follows it."""
    inner = text[stretch.inner : stretch.close]
    before = text[max(0, stretch.start - 30) : stretch.start].split()
    return (
        len(inner.split()) <= 2
        and inner[:1].isupper()
        and inner[-1:].isalpha()
        and bool(before)
        and before[-1][0].isupper()
    )


def _behind_dateline(tokens: Sequence[Token], first: Range) -> int:
    """Where the story begins behind `PORT ASHBY, May 3 (Agency) —`: twelve tokens hold the longest dateline."""
    for at in range(first[0], min(first[1] - 1, first[0] + 12)):
        token = tokens[at]
        if token.kind == "punct" and token.text in ("—", "–", "--", "-"):
            opening = tokens[first[0] : at]
            place = any(one.entity == "place" or (one.text.isupper() and len(one.text) > 2) for one in opening)
            clock = all(one.text.isdigit() or one.kind == "punct" for one in opening)  # "14:20 —" in a live blog
            return at + 1 if place or (opening and clock) else first[0]
        if not (token.capital or token.kind == "punct" or token.text.isdigit()):
            break
    return first[0]


def names_within(names: Sequence[Name], start: int, end: int) -> list[Name]:
    """The names that lie in a view stretch; `names` in order."""
    low = bisect_left(names, start, key=lambda name: name.start)
    high = bisect_left(names, end, key=lambda name: name.start)
    return [name for name in names[low:high] if name.end <= end]


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(r"[.?!…]{1,4}[\"”'’]?\s{1,4}(?=[\w“\"‘'«„(])")


def _sentence_end(text: str, words: Lexicon) -> Callable[[int, int], int]:
    """Where a quotation without its closing mark ends: before the sentence in which the writer speaks again."""

    def end(inner: int, limit: int) -> int:
        if not text[inner:limit].strip():
            return limit
        said = _said_inside(text, inner, limit, words)
        if said >= 0:
            return said
        starts = [inner, *(stop.end() for stop in _stops().finditer(text, inner, limit))]
        if _frames(
            text,
            inner,
            starts[1] if len(starts) > 1 else limit,
            words,
            opens_next=len(starts) == 1 and limit < len(text),
        ):
            return inner  # the mark stands at a paragraph in which the writer speaks
        for begin, stop in zip(starts[1:], [*starts[2:], limit], strict=False):
            if _frames(text, begin, stop, words, opens_next=stop == limit < len(text)):
                return begin
        return limit

    return end


def _said_inside(text: str, inner: int, limit: int, words: Lexicon) -> int:
    """Where `, said Tor Hale` or `, Lind said.` ends a quotation whose closing mark is missing; -1 where none does."""
    for found in _said_then().finditer(text, inner, limit):
        verb = (found["inverted"] or found["verb"] or found["split"]).casefold()
        if any(cue.strength == "strong" and cue.finite and not cue.rest for cue in words.cues.get(verb, ())):
            return found.start() + 1
    return -1


@cache
def _said_then() -> re.Pattern[str]:
    # Up to four words of a name and title before the verb, which ends its clause there.
    return re.compile(
        r"[,?!]\s{1,2}(?:(?P<inverted>[a-z]{3,12})\s(?=the\s|[A-Z])"
        r"|(?:[A-Z][\w.’'-]{0,30}\s){1,4}(?P<verb>[a-z]{3,12})(?=[.,]|\son\s|$)"
        r"|(?:he|she|they)\s(?P<split>[a-z]{3,12})(?=,\s{0,2}$))"
    )


def _sentence_begin(text: str, words: Lexicon) -> Callable[[int, int], int]:
    """Where a quotation without its opening mark begins: with the sentence that `,” Lind said` ends."""

    def begin(floor: int, close: int) -> int:
        said = _said_behind().match(text, close + 1)
        if text[close - 1 : close] not in (",", "?", "!") or not said:
            return -1
        if not any(word in words.cues for word in said.group().casefold().split()):
            return -1
        floor = max(floor, close - _LONGEST)
        starts = [stop.end() for stop in _stops().finditer(text, floor, close)]
        start = starts[-1] if starts else floor
        return start + len(text[start:close]) - len(text[start:close].lstrip())

    return begin


@cache
def _said_behind() -> re.Pattern[str]:
    # A name or pronoun with its verb: seven words hold "Foreign Minister Vera Holm said on Monday".
    return re.compile(r"\s(?:[\w.’'-]{1,30}\s?){2,7}")


def _frames(text: str, start: int, end: int, words: Lexicon, *, opens_next: bool) -> bool:
    """Whether a sentence introduces the next quotation (`He disclosed the plan, saying, “`).

    A reporting verb within the last six words before the opening mark, or a comma or colon before it with such a verb
    anywhere in the sentence.
    """
    if not opens_next:
        return False
    sentence = text[start:end].rstrip()
    found = re.findall(r"\w+", sentence[-400:].casefold())
    if sentence.endswith((",", ":")):
        return any(word in words.cues for word in found)
    return any(word in words.cues for word in found[-6:]) and not sentence.endswith((".", "?", "!"))
