"""Time expressions found in a document, as spans of the seed, before it is known when the text came out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.annotate.dates.guards import Sight, is_time
from generator.annotate.dates.lexicon import Lexicon, lexicon
from generator.annotate.dates.rules import Rule, Rules, rules
from generator.annotate.dates.tense import direction
from generator.chronology.forms import half_of, number, week_of_month, weekday_of_month, with_time
from generator.chronology.iso import day_iso, month_iso, quarter_iso, season_iso
from generator.model import DateExpression, Direction, Document, Zone

_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
# A sentence ends at its mark, closing quotes included, where a capital, a quote, a digit or CJK text follows.
_SENTENCE_END = re.compile(
    r"[.!?][\"'”’)\]]{0,3}\s{1,3}(?=[\"'“‘(\[]{0,2}[A-Z0-9])|[。！？]|[.!?]\s{1,2}(?=[\u3040-\u9fff\uac00-\ud7af])|\n{2,3}"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|Gen|Gov|Sen|Rep|St|Sgt|Lt|Col|Prof|Rev|No|vs|[ap]\.m))\.$"
)
# After a small number a date goes on with a word, a mark, or ends as the second of two (`May 24 and 25.`).
_GOES_ON = re.compile(r"\s{0,2}[^\W\d_]|[.:/\-–—,;)]|$")
_JOINS = re.compile(r"\s*(?:,|and|or|,\s?and|,\s?or|to|through|[-–—])\s*(?:in\s|the\s)?", re.IGNORECASE)
# What a weekday ends that begins with the date right before: `from tomorrow until Friday`.
_ENDS = re.compile(r"\s{1,2}(?:to|through|until|till)\s{1,2}(?:late\s|early\s)?", re.IGNORECASE)
# Two dates joined by a comma or `and` stand this close.
_JOIN_REACH = 12
# The verb that tells past from future stands this close; beyond, a "sentence" is a list or a table.
_TENSE_REACH = 300
_ANY_NUMBER = 2000
_CHRONICLE = 50  # characters a date
# So many are kept: a megabyte of text, and more than the lines of any table that differ.
_MOST_KNOWN = 1000
_VAGUE = re.compile(
    r"^(?:nearly|almost|about|around|some|(?:just )?(?:over|under)|roughly|approximately|more|less)\b"
    r"|\bor (?:so|more)\b",
    re.IGNORECASE,
)
_HEDGE_REACH = 24  # "approximately in the "
# A date behind these says when something else is than what the sentence tells: "the hearing of 20 March".
_ASIDE = re.compile(
    r"(?<!night )(?<!morning )(?<!afternoon )(?<!evening )(?<!day )(?<!hours )"
    r"\b(?:of|before|after|until|till|since|by|to|from|for|than)\s(?:the\s)?$"
)
_ASIDE_REACH = 24
# Of days and weekdays "about" mostly means on the subject of ("asked about Monday's vote").
_HEDGED = frozenset({"year", "decade", "century", "year-range", "date", "season"})
_AHEAD_ONLY = frozenset({"in-units", "in-fortnight"})
_RANKED = re.compile(
    r"\b(?:first|second|third|worst|best|highest|lowest|biggest|largest|most|least|only|times?|once|twice|thrice)\b"
)
_RANK_REACH = 60
_LASTS = re.compile(r"[’']|-|\s(?:of|or)\b")
_TOWARD: dict[str, Direction] = {"past": "past", "future": "future"}


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    rule: Rule
    match: re.Match[str]


def find_dates(document: Document) -> tuple[DateExpression, ...]:
    """All time expressions of all zones, in the order of the text; spans are seed offsets, none overlaps another.

    No more than `most_dates(document)`: the first ones. Words are read in `Zone.reading`, so spun phrases count as
    their originals; the surface is that of `Zone.text`.
    """
    compiled, tense = rules(), _Tense(lexicon())
    expressions: list[DateExpression] = []
    sentence = 0
    most = most_dates(document)
    for zone in document.zones:
        if len(expressions) >= most:
            break
        found, sentence = _in_zone(zone, compiled, tense, sentence, most - len(expressions))
        expressions.extend(found)
    return tuple(_with_slashes_read(expressions, document.published.iso[: len("2024-02-15")]))


def most_dates(document: Document) -> int:
    """How many time expressions of a document are read.

    A chronicle of short lines has one in fifty characters, and short texts any number. What has more is a table or a
    log: each would be worked out, marked in the text and listed, and nobody reads tens of thousands.
    """
    return _ANY_NUMBER + len(document.seed.text) // _CHRONICLE


def _in_zone(zone: Zone, compiled: Rules, tense: _Tense, sentence: int, room: int) -> tuple[list[DateExpression], int]:
    text, words = zone.reading.text, tense.words
    starts = _sentence_starts(text)
    expressions: list[DateExpression] = []
    last_end = -1
    for found in _chosen(text, compiled, words):
        if len(expressions) == room:
            break
        index = bisect_right(starts, found.start) - 1
        low = starts[index]
        high = starts[index + 1] if index + 1 < len(starts) else len(text)
        parts = found.rule.parts(found.match, words)
        toward = _TOWARD.get(parts.pop("toward", ""))
        value = _absolute(found.rule.form, parts)
        toward = toward or tense.direction(text, low, high, found)
        if value == "impossible" or (found.rule.name in _AHEAD_ONLY and not _ahead(text, low, found, toward)):
            continue
        parts.update(_hedged(text, found, words))
        if _ASIDE.search(text, max(0, found.start - _ASIDE_REACH), found.start):
            parts["aside"] = "1"
        if found.rule.form == "weekday" and expressions:
            if _counts_from(expressions[-1], text, found):
                toward = "future"
            if last_end >= 0 and _ENDS.fullmatch(text, last_end, found.start):
                parts["ends"] = "1"
        if found.rule.form == "anniversary" and text.startswith(" of ", found.end):
            parts["of"] = "1"
        last_end = found.end
        span = zone.reading.seed_span(found.start, found.end)
        view = zone.text.view_span(span)
        surface = zone.text.text[view[0] : view[1]] if view else found.match[0]
        expressions.append(
            DateExpression(
                span,
                surface,
                zone.kind,
                zone.paragraph,
                found.rule.form,
                value,
                {**parts, "sentence": str(sentence + index)},
                toward,
                found.rule.name,
            )
        )
    return expressions, sentence + len(starts)


def _counts_from(last: DateExpression, text: str, found: _Found) -> bool:
    """Whether a weekday is what something to come is counted from: `two weeks from Sunday`."""
    return (
        last.form == "before-date"
        and text.endswith(f"{last.surface} ", 0, found.start)
        and last.surface.endswith("from")
    )


def _hedged(text: str, found: _Found, words: Lexicon) -> dict[str, str]:
    """Parts that the words around an expression add: `about` that it is only about then, `apart` that a year bounds."""
    form = found.rule.form
    counted = "n" in found.rule.groups
    if not counted and form not in _HEDGED:
        return {}
    before = text[max(0, found.start - _HEDGE_REACH) : found.start].lower().split()
    if form == "year" and before and before[-1] in words.lists["bounds"]:
        return {"apart": "1"}
    while before and before[-1] in words.lists["between_hedges"]:
        before.pop()
    hedge = before[-1] if before else ""
    lists = words.lists
    if hedge in lists["hedges"] or (counted and (hedge in lists["count_hedges"] or _VAGUE.search(found.match[0]))):
        return {"about": "1"}
    return {}


def _ahead(text: str, low: int, found: _Found, toward: Direction) -> bool:
    """Whether `in two weeks` tells when and not how long: the sentence looks ahead, and ranks nothing."""
    before = text[max(low, found.start - _RANK_REACH) : found.start]
    return toward == "future" and not _RANKED.search(before) and not _LASTS.match(text, found.end)


class _Tense:
    """Which way the words around an expression look. A table says the same around each: that is read once."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self._known: dict[tuple[str, int, int], Direction] = {}

    def direction(self, text: str, low: int, high: int, found: _Found) -> Direction:
        """The direction of an expression in the sentence `[low, high)` of `text`."""
        if found.rule.name.startswith("cjk-"):
            return "none"  # tense is read from English words
        low, high = max(low, found.start - _TENSE_REACH), min(high, found.end + _TENSE_REACH)
        if found.rule.name == "which-weekday":
            # "Last Friday it was flooded; this Friday the pumps arrive": before a semicolon stands another clause.
            low = max(low, text.rfind(";", low, found.start) + 1)
        around = (text[low:high], found.start - low, found.end - low)
        if around not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[around] = direction(*around, self.words)
        return self._known[around]


def _chosen(text: str, compiled: Rules, words: Lexicon) -> Iterator[_Found]:
    """The matches that stand, in order: the longest at each place, none overlapping."""
    last: _Found | None = None
    by_place = _cjk_matches(text, compiled) if _CJK.search(text) else []
    queue = sorted(by_place, key=lambda found: (found.start, -found.end))
    pending = 0
    last_end = 0
    tokens = list(_WORD.finditer(text))
    none_queued = not queue
    for place, token in enumerate(tokens):
        word = token[0]
        if none_queued and word[-1].isalpha() and not word[0].isdigit() and word.lower() not in compiled.at_word:
            continue  # most words
        tried = _tried(text, tokens, place, compiled, words)
        if not tried and pending == len(queue):
            continue
        start = token.start()
        while pending < len(queue) and queue[pending].start < start:
            if queue[pending].start >= last_end:
                last = queue[pending]
                last_end = last.end
                yield last
            pending += 1
        if start < last_end:
            continue
        best = _best_at(text, start, tried, words, last)
        if pending < len(queue) and queue[pending].start == start and (best is None or queue[pending].end >= best.end):
            best = queue[pending]
        if best:
            last = best
            last_end = best.end
            yield best
    yield from (found for found in queue[pending:] if found.start >= last_end)


def _tried(text: str, tokens: list[re.Match[str]], place: int, compiled: Rules, words: Lexicon) -> tuple[Rule, ...]:
    """The rules that can match at a word or figures."""
    word = tokens[place][0]
    if word[0].isdigit():
        return compiled.at_figures.get(_shape(text, tokens[place]), ())
    tried = compiled.at_word.get(word.lower() if word[-1].isalpha() else word.lower().rstrip("0123456789"), ())
    if tried and len(word) <= len("that") and word.lower() in words.lists["articles"]:
        after = tokens[place + 1][0].lower() if place + 1 < len(tokens) else ""
        return tried if after and (after in words.followers or after[0].isdigit()) else ()
    return tried


def _best_at(text: str, start: int, tried: tuple[Rule, ...], words: Lexicon, last: _Found | None) -> _Found | None:
    best: _Found | None = None
    for rule in tried:
        match = rule.pattern.match(text, start)
        if match is None or (best and match.end() <= best.end):
            continue
        if is_time(Sight(text, start, match.end(), match, rule, _continues(text, start, last)), words):
            best = _Found(start, match.end(), rule, match)
    return best


def _shape(text: str, token: re.Match[str]) -> str:
    """The shape of figures; empty where no date can begin with them."""
    word = token[0]
    if not word.isdecimal():
        return "mixed"
    if len(word) == len("2024"):
        return "year"
    return "small" if len(word) <= len("100") and _GOES_ON.match(text, token.end()) else ""


def _continues(text: str, start: int, last: _Found | None) -> bool:
    if last is None or start - last.end > _JOIN_REACH:
        return False
    return _JOINS.fullmatch(text, last.end, start) is not None


def _cjk_matches(text: str, compiled: Rules) -> list[_Found]:
    """Matches of the CJK rules; earlier rules take the text from later ones."""
    found: list[_Found] = []
    taken = bytearray(len(text))
    for rule in compiled.in_cjk:
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if end > start and not any(taken[start:end]):
                found.append(_Found(start, end, rule, match))
                taken[start:end] = b"\x01" * (end - start)
    return found


def _sentence_starts(text: str) -> list[int]:
    starts = [0]
    for match in _SENTENCE_END.finditer(text):
        mark = match.start() + 1
        if text[match.start()] == "." and _ABBREVIATION.search(text, max(0, mark - 8), mark):
            continue
        starts.append(match.end())
    return starts


def _absolute(form: str, parts: dict[str, str]) -> str:
    """The value where the words alone give it; `impossible` for a day that no calendar has."""
    year = number(parts, "year")
    if not year:
        return f"{number(parts, 'ordinal') - 1:02d}" if form == "century" else ""
    if form in ("date", "year", "month-day"):
        if "day" in parts:
            return with_time(day_iso(year, number(parts, "month"), number(parts, "day")), parts) or "impossible"
        return month_iso(year, number(parts, "month")) if "month" in parts else f"{year:04d}"
    if form == "decade":
        return f"{year // 10:03d}"
    if form == "season":
        return season_iso(year, parts["season"])
    if form == "quarter":
        return quarter_iso(year, number(parts, "quarter"))
    if form == "half":
        return half_of(parts, year)
    if form in ("weekday-of-month", "week-of-month"):
        return (weekday_of_month if form == "weekday-of-month" else week_of_month)(parts, year)
    if form == "year-range":
        return f"{year:04d}/{number(parts, 'year2'):04d}"
    return _absolute_range(form, year, parts) if form.endswith("range") else _absolute_slashed(form, parts)


def _absolute_range(form: str, year: int, parts: dict[str, str]) -> str:
    first, last = number(parts, "month"), number(parts, "month2") or number(parts, "month")
    end_year = number(parts, "year2") or (year + 1 if last < first else year)
    if form == "month-range":
        return f"{month_iso(year, first)}/{month_iso(end_year, last)}"
    start, end = day_iso(year, first, number(parts, "day")), day_iso(end_year, last, number(parts, "day2"))
    return f"{start}/{end}" if start and end and start < end else "impossible"


def _absolute_slashed(form: str, parts: dict[str, str]) -> str:
    """A slashed date whose order the numbers themselves tell; otherwise the year, which is certain."""
    if form != "slashed":
        return ""
    first, second, year = number(parts, "a"), number(parts, "b"), number(parts, "year")
    if first > 12 or first == second:
        return day_iso(year, second, first) or "impossible"
    if second > 12:
        return day_iso(year, first, second) or "impossible"
    return f"{year:04d}"


def _with_slashes_read(expressions: list[DateExpression], published: str) -> list[DateExpression]:
    """Slashed dates of open order read in the order that others of the text prove, if all agree.

    One proves it whose numbers allow one order only, or that is the publication in one of them.
    """
    orders = set()
    for one in expressions:
        if one.form == "slashed" and one.operands["a"] != one.operands["b"]:
            if len(one.value) > len("2024"):
                orders.add(number(one.operands, "a") > 12)
            else:
                orders.update(
                    day_first for day_first in (True, False) if _ordered(one, day_first=day_first) == published
                )
    if len(orders) != 1:
        return expressions
    day_first = orders.pop()
    return [
        replace(one, value=_ordered(one, day_first=day_first) or one.value) if one.form == "slashed" else one
        for one in expressions
    ]


def _ordered(one: DateExpression, *, day_first: bool) -> str:
    a, b, year = (number(one.operands, key) for key in ("a", "b", "year"))
    return day_iso(year, b, a) if day_first else day_iso(year, a, b)
