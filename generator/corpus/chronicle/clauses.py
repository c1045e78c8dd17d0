"""Which clause of a sentence a date belongs to, whether it dates an act or a report of speech, and its core as a title.

There is no parser: clauses are cut at commas and conjunctions, and verbs are told by their endings and a list. What
comes out is always words of the sentence, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.corpus.wording import WordLists, word_lists

# A title longer than this is cut before a preposition; one shorter than the second says nothing.
LONGEST_TITLE = 90
_SHORTEST_TITLE = 18
# A sentence longer than this is a table or a list pasted in one line.
_LONGEST_SENTENCE = 1200

_TOKEN = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*|[^\w\s]")
_OPEN, _CLOSE = "“‘«「", "”’»」"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark, with its offsets in the sentence, and whether it stands inside quotation marks."""

    text: str
    start: int
    end: int
    quoted: bool

    @property
    def low(self) -> str:
        """Lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Core:
    """What a date dates: the clause's core as `(start, end)` stretches of the sentence, and the verb that decides."""

    stretches: tuple[tuple[int, int], ...]
    verb: str

    def title(self, sentence: str) -> str:
        """The stretches as one line, first letter capital."""
        words = " ".join(" ".join(sentence[start:end].split()) for start, end in self.stretches)
        return words[:1].upper() + words[1:]


def tokenize(sentence: str) -> list[Token]:
    """The words and marks of a sentence. Straight double quotes open and close in turn."""
    tokens: list[Token] = []
    depth = 0
    straight = False
    for match in _TOKEN.finditer(sentence):
        mark = match[0]
        apostrophe = mark == "’" and match.start() > 0 and sentence[match.start() - 1].isalnum() and depth == 0
        closing = mark in _CLOSE and not apostrophe
        if closing:
            depth = max(depth - 1, 0)
        tokens.append(Token(mark, match.start(), match.end(), depth > 0 or straight))
        if mark in _OPEN:
            depth += 1
        elif mark == '"':
            straight = not straight
    return tokens


def dated_core(sentence: str, start: int, end: int, others: Sequence[tuple[int, int]]) -> Core | None:
    """The core of the clause that the date at `[start, end)` of the sentence dates.

    `others` are the other dates of the sentence. `None` where the date belongs to a report of speech ("said on
    Monday"), where no verb is found, or where the clause has nothing to make a title of.
    """
    if len(sentence) > _LONGEST_SENTENCE:
        return None
    words = word_lists()
    tokens = tokenize(sentence)
    at = next((number for number, token in enumerate(tokens) if token.end > start), len(tokens))
    quoted = at < len(tokens) and tokens[at].quoted
    segments = _segments(tokens, words, quoted=quoted)
    home = next((number for number, part in enumerate(segments) if part[-1].end > start), None)
    if home is None:
        return None
    home, verb = _governing(segments, home, start, words)
    if verb is None or verb.low in words.speech:
        return None
    stretches = _core(segments, home, verb, words)
    trimmed = _without_dates(sentence, stretches, [(start, end), *others], words)
    if not trimmed or sum(high - low for low, high in trimmed) < _SHORTEST_TITLE:
        return None
    return Core(_shortened(sentence, trimmed, words), verb.low)


def is_verb(token: Token, words: WordLists, *, first: bool = False) -> bool:
    """Whether a word is taken for a finite verb: by the lists, or by the ending of regular past forms."""
    low = token.low
    if low in words.not_verbs or not token.text[0].isalpha():
        return False
    if token.text[0].isupper() and not first:
        return False
    return (
        low in words.auxiliary or low in words.irregular or low in words.speech or (len(low) > 3 and low.endswith("ed"))
    )


# ── segments ──────────────────────────────────────────────────────────────────────────────────────


def _segments(tokens: Sequence[Token], words: WordLists, *, quoted: bool) -> list[list[Token]]:
    """The sentence cut at commas, semicolons, dashes and conjunctions; only its quoted or only its plain part."""
    cut: list[list[Token]] = [[]]
    for number, token in enumerate(tokens):
        if token.quoted != quoted or token.text in _OPEN + _CLOSE + '"':
            # A short quotation inside a clause is part of it; a long one ends it.
            if not quoted and token.text not in _OPEN + _CLOSE + '"' and _quote_length(tokens, number) <= 8:
                cut[-1].append(token)
            elif cut[-1] and not quoted and _quote_length(tokens, number) > 8:
                cut.append([])
            continue
        if token.text in {",", ";", "—", "–", ":", "(", ")"}:
            cut.append([])
        elif token.low in words.breaks and cut[-1] and not _continues(tokens, number, words):
            cut.append([token])
        else:
            cut[-1].append(token)
    return _joined([part for part in cut if part], words)


def _quote_length(tokens: Sequence[Token], at: int) -> int:
    low = at
    while low > 0 and tokens[low - 1].quoted and at - low < 10:
        low -= 1
    high = at
    while high + 1 < len(tokens) and tokens[high + 1].quoted and high - at < 10:
        high += 1
    return high - low + 1


def _continues(tokens: Sequence[Token], at: int, words: WordLists) -> bool:
    # "after" and "before" open a clause only where a verb follows before the next comma; "as" likewise.
    for token in tokens[at + 1 : at + 16]:
        if token.text in {",", ";", "."}:
            return True
        if is_verb(token, words):
            return False
    return True


def _joined(parts: list[list[Token]], words: WordLists) -> list[list[Token]]:
    """Commas inside a name of a place or a list of names cut nothing: "New York, USA", "Cuba, Peru and Chile"."""
    joined: list[list[Token]] = []
    for part in parts:
        short = len(part) <= 4 and not any(is_verb(token, words) for token in part)
        named = all(
            token.text[0].isupper() or token.low in {"and", "or", "of", "the"} or token.text == "." for token in part
        )
        opens_list = part[0].low == "and" and joined and not any(is_verb(token, words) for token in part[:3])
        goes_on = short and part[0].text[0].isupper() and joined and joined[-1][-1].text[0].isupper()
        if named and (goes_on or opens_list):
            joined[-1].extend(part)
        else:
            joined.append(part)
    return joined


# ── the verb and the core ─────────────────────────────────────────────────────────────────────────


def _governing(
    segments: Sequence[Sequence[Token]], home: int, start: int, words: WordLists
) -> tuple[int, Token | None]:
    """The segment and the verb that the date belongs to: the nearest before it in its segment, else the next after."""
    before = [token for token in segments[home] if token.end <= start and is_verb(token, words)]
    if before:
        # The head of a verb group is its last word: "was arrested", "has been signed".
        return home, before[-1]
    for number in range(home, len(segments)):
        part = segments[number]
        if number > home and part[0].low in words.markers:
            continue
        after = [token for token in part if token.start >= start and is_verb(token, words)]
        if after:
            head = next((token for token in after if token.low not in words.auxiliary), after[0])
            return number, head
    # A trailing date in a segment of its own: "…, on Monday" belongs to what stands before.
    for number in range(home - 1, -1, -1):
        verbs = [token for token in segments[number] if is_verb(token, words)]
        if verbs:
            return number, verbs[-1]
    return home, None


def _core(segments: Sequence[Sequence[Token]], home: int, verb: Token, words: WordLists) -> list[tuple[int, int]]:
    part = list(segments[home])
    if verb.low in words.light and home + 1 < len(segments) and segments[home + 1][0].low in {"when", "after", "as"}:
        # "It began on Monday when rebels attacked the port": the subordinate clause is what happened.
        following = segments[home + 1][1:]
        if any(is_verb(token, words) for token in following):
            return [(following[0].start, following[-1].end)]
    while part and (part[0].low in words.markers | {"that", "and", "but"} and part[0].low not in {"a", "an"}):
        part = part[1:]
    if not part:
        return []
    stretches = [(part[0].start, part[-1].end)]
    if is_verb(part[0], words, first=home == 0) or (
        len(part) > 1 and part[0].low.endswith("ly") and is_verb(part[1], words)
    ):
        subject = _subject(segments, home, words)
        if subject is None:
            return []
        stretches.insert(0, subject)
    return stretches


def _subject(segments: Sequence[Sequence[Token]], home: int, words: WordLists) -> tuple[int, int] | None:
    """The nearest segment before that can be the subject of a clause that begins with its verb."""
    for number in range(home - 1, -1, -1):
        part = segments[number]
        if part[0].low in words.markers and number > 0:
            continue
        verbs = [token for token in part if is_verb(token, words)]
        if not verbs:
            return part[0].start, part[-1].end
        # "The mayor opened the hall, closed the road on Monday": the subject stands before the first verb.
        before = [token for token in part if token.end <= verbs[0].start]
        return (before[0].start, before[-1].end) if before else None
    return None


# ── trimming ──────────────────────────────────────────────────────────────────────────────────────


def _without_dates(
    sentence: str, stretches: Sequence[tuple[int, int]], dates: Sequence[tuple[int, int]], words: WordLists
) -> list[tuple[int, int]]:
    """The stretches without dates, the prepositions before them, and words that only lead in."""
    kept: list[tuple[int, int]] = []
    for low, high in stretches:
        position = low
        for start, end in sorted(dates):
            if end <= low or start >= high:
                continue
            kept.append((position, _before_preposition(sentence, position, start, words)))
            position = max(position, end)
        kept.append((position, high))
    cleaned = [_stripped(sentence, low, high, words, first=not number) for number, (low, high) in enumerate(kept)]
    return [(low, high) for low, high in cleaned if low < high]


def _before_preposition(sentence: str, low: int, start: int, words: WordLists) -> int:
    tokens = [token for token in tokenize(sentence[low:start]) if token.text[0].isalnum()]
    end = start
    while tokens and tokens[-1].low in words.leads | {"(", "local"}:
        end = low + tokens[-1].start
        tokens.pop()
    return end


def _stripped(sentence: str, low: int, high: int, words: WordLists, *, first: bool) -> tuple[int, int]:
    tokens = tokenize(sentence[low:high])
    begin, stop = 0, len(tokens)
    while begin < stop and (
        not (tokens[begin].text[0].isalnum() or tokens[begin].text in _OPEN)
        or (first and tokens[begin].low in words.leads - {"the", "this"} and begin == 0)
    ):
        begin += 1
    while stop > begin and (
        not (tokens[stop - 1].text[0].isalnum() or tokens[stop - 1].text in _CLOSE)
        or tokens[stop - 1].low in words.leads
    ):
        stop -= 1
    return (low + tokens[begin].start, low + tokens[stop - 1].end) if begin < stop else (low, low)


def _shortened(sentence: str, stretches: Sequence[tuple[int, int]], words: WordLists) -> tuple[tuple[int, int], ...]:
    """The stretches up to `LONGEST_TITLE` characters, cut before a preposition where there is one in the last half."""
    room = LONGEST_TITLE
    kept: list[tuple[int, int]] = []
    for low, high in stretches:
        if room < 12:
            break
        stop = high if high - low <= room else low + _cut(sentence[low:high], room, words)
        kept.append((low, stop))
        room -= stop - low + 1
    return tuple(kept)


def _cut(text: str, room: int, words: WordLists) -> int:
    tokens = [token for token in tokenize(text) if token.end <= room]
    cuts = [token.start for token in tokens if token.low in words.prepositions and token.start > room // 2]
    end = cuts[-1] if cuts else tokens[-1].end if tokens else room
    return len(text[:end].rstrip())
