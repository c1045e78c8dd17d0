"""Which clause of a sentence a date belongs to, whether it dates an act or a report of speech, and its core as a title.

There is no parser: clauses are cut at commas and conjunctions, and verbs are told by their endings and a list. What
comes out is always words of the sentence, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.corpus.wording import WordLists, word_lists

# A title longer than this is cut before a preposition; one shorter than the second says nothing.
LONGEST_TITLE = 100
_SHORTEST_TITLE = 20
_FEWEST_WORDS = 4
# A sentence longer than this is a table or a list pasted in one line.
_LONGEST_SENTENCE = 1200

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)+|[^\W_]+(?:[.'’-][^\W_]+)*|[^\w\s]")
# "NAIROBI, Kenya (AP) _", "WASHINGTON -": where the report was filed, in front of its first sentence.
_DATELINE = re.compile(r"[A-Z][A-Z.' -]{2,40}(?:, [A-Z][\w.]{1,20}){0,2}(?: \([A-Z]{2,12}\))? ?[-–—_]{1,2} ")
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "each", "every"})
_NOMINAL_OPENERS = frozenset({"following", "after"})
_FIRST_PERSON = frozenset({"me", "my", "myself", "we", "our", "ours", "us"})
_BOUNDING = frozenset({"until", "till", "since", "by", "from", "through"})
_CLOSING = frozenset("\"'”’»")
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
    """What a date dates: the clause's core as `(start, end)` stretches of the sentence.

    `telling`: whether the words make sense without the rest, as a title must.
    """

    stretches: tuple[tuple[int, int], ...]
    telling: bool


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
    if _is_attribute(tokens, at, end):
        return _happening(sentence, tokens, end, words)
    # "until Monday", "since May": the date bounds something that lasts, it does not say when something happened.
    if at > 0 and tokens[at - 1].low in _BOUNDING:
        return None
    quoted = at < len(tokens) and tokens[at].quoted
    segments = _segments(tokens, words, quoted=quoted)
    home = next((number for number, part in enumerate(segments) if part[-1].end > start), None)
    if home is None:
        return None
    nominal = _nominal(segments, home, start, words)
    if nominal:
        # "… following the departure of his predecessor in March": the noun phrase is what happened.
        stretches, verb = nominal, None
    else:
        home, verb = _governing(segments, home, start, words)
        if verb is None or verb.low in words.speech:
            return None
        stretches = _core(segments, home, verb, words)
    trimmed = _without_dates(sentence, stretches, [(start, end), *others], words)
    if not trimmed:
        return None
    shortened = _shortened(sentence, trimmed, words)
    cut_off = verb is not None and shortened[-1][1] < verb.end
    return Core(shortened, telling=not cut_off and _is_telling(sentence, shortened, words, nominal=verb is None))


def _is_attribute(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a date only qualifies a noun: "Monday's debate", "the October shooting"."""
    after = next((number for number in range(at, len(tokens)) if tokens[number].start >= end), len(tokens))
    if at < len(tokens) and tokens[after - 1].end > end:
        return True
    if after == len(tokens):
        return False
    if tokens[after].text in "'’-" and tokens[after].start == end:
        return True
    determined = at > 0 and (tokens[at - 1].low in _DETERMINERS or tokens[at - 1].low.endswith(("'s", "’s")))
    following = tokens[after]
    words = word_lists()
    return (
        determined
        and following.text[0].islower()
        and following.low not in words.prepositions | words.leads | words.markers
        and not is_verb(following, words)
    )


def _happening(sentence: str, tokens: Sequence[Token], end: int, words: WordLists) -> Core | None:
    """What a date qualifies where that is something that happens: "the Aug. 7 bombing of the station in Norland"."""
    after = [token for token in tokens if token.start >= end]
    while after and (after[0].text in "'’-" or after[0].low == "s"):
        after = after[1:]
    noun = next((at for at, token in enumerate(after[:4]) if token.low in words.event_nouns), None)
    if noun is None or any(not token.text[0].isalpha() or is_verb(token, words) for token in after[:noun]):
        return None
    last = noun
    for at in range(noun + 1, len(after)):
        token = after[at]
        # "bombings in Kenya and Tanzania": a list of names goes on.
        listing = token.low == "and" and at + 1 < len(after) and after[at + 1].text[0].isupper()
        ended = token.text in ",;:()—–" or token.low in words.markers | words.pronouns | {"and"}
        if not listing and (ended or is_verb(token, words)):
            break
        last = at
    while last > noun and (after[last].low in words.prepositions | words.leads or not after[last].text[0].isalnum()):
        last -= 1
    # A bare "bombing" names nothing; "bombing of the station" does.
    return Core(_shortened(sentence, [(after[0].start, after[last].end)], words), telling=last - noun >= 2)


def _is_telling(sentence: str, stretches: Sequence[tuple[int, int]], words: WordLists, *, nominal: bool) -> bool:
    """Whether the words stand alone: a subject that is no pronoun, a verb of its own, enough words, no loose end."""
    tokens = [token for low, high in stretches for token in tokenize(sentence[low:high])]
    alphabetic = [token for token in tokens if token.text[0].isalnum()]
    if len(alphabetic) < _FEWEST_WORDS or sum(high - low for low, high in stretches) < _SHORTEST_TITLE:
        return False
    opening = alphabetic[0].low
    if opening in words.pronouns | words.prepositions | words.auxiliary | words.speech | words.irregular | words.breaks:
        return False
    # A participle or a bare number opens no sentence of its own ("Being found …", "44, was charged").
    if opening.endswith("ing") and alphabetic[0].text.islower():
        return False
    if opening.endswith("ed") and opening not in words.not_verbs:
        return False
    if any(token.text == "I" or token.low in _FIRST_PERSON for token in alphabetic):
        return False
    # "A businessman who spent part of the day": the only verb is not the subject's.
    return nominal or any(
        is_verb(token, words) and before.low not in {"who", "which", "that", "whose"}
        for before, token in pairwise(alphabetic)
    )


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
        if segments[number + 1][0].low in _NOMINAL_OPENERS:
            break
        verbs = [token for token in segments[number] if is_verb(token, words)]
        if verbs:
            return number, next((token for token in verbs if token.low not in words.auxiliary), verbs[0])
    return home, None


def _nominal(segments: Sequence[Sequence[Token]], home: int, start: int, words: WordLists) -> list[tuple[int, int]]:
    """The noun phrase that the date closes, where "following" or "after" opens it and no verb stands in it."""
    passed: list[tuple[int, int]] = []
    for number in range(home, max(home - 4, -1), -1):
        part = [token for token in segments[number] if token.end <= start]
        opener = next((at for at in range(len(part) - 1, -1, -1) if part[at].low in _NOMINAL_OPENERS), None)
        phrase = part if opener is None else part[opener + 1 :]
        if any(is_verb(token, words) for token in phrase):
            return []
        while opener is not None and phrase and phrase[0].low in words.pronouns | {"the", "a", "an"}:
            phrase = phrase[1:]
        if phrase:
            passed.insert(0, (phrase[0].start, phrase[-1].end))
        if opener is not None:
            return passed
    return []


def _core(segments: Sequence[Sequence[Token]], home: int, verb: Token, words: WordLists) -> list[tuple[int, int]]:
    part = list(segments[home])
    if verb.low in words.light and home + 1 < len(segments) and segments[home + 1][0].low in {"when", "after", "as"}:
        # "It began on Monday when rebels attacked the port": the subordinate clause is what happened.
        following = segments[home + 1][1:]
        if any(is_verb(token, words) for token in following):
            return [(following[0].start, following[-1].end)]
    # "He revealed that the envoys had been called back": what was revealed is what happened.
    told = [
        at
        for at, token in enumerate(part)
        if token.low in words.speech and is_verb(token, words) and token.end <= verb.start
    ]
    if told:
        part = part[told[-1] + 1 :]
    while part and (part[0].low in words.markers | {"that", "and", "but"} and part[0].low not in {"a", "an"}):
        part = part[1:]
    if not part:
        return []
    stretches = [(part[0].start, part[-1].end)]
    adverb = len(part) > 1 and part[0].low.endswith("ly") and is_verb(part[1], words)
    if not told and home > 0 and (is_verb(part[0], words) or adverb):
        subject = _subject(segments, home, words)
        return [subject, *stretches] if subject else stretches
    return stretches


def _subject(segments: Sequence[Sequence[Token]], home: int, words: WordLists) -> tuple[int, int] | None:
    """The subject of a clause that begins with its verb: "Ola Brandt, the mayor of Norland, opened the bridge".

    Only appositions may stand between; anything else could be the subject as well, and a wrong one would say
    something that nobody said.
    """
    for number in range(home - 1, -1, -1):
        part = segments[number]
        apposition = part[0].low in {"a", "an", "the", "who"} or not part[0].text[0].isalpha()
        if apposition and number > 0:
            continue
        if part[0].low in words.markers | words.prepositions | words.leads - {"the"}:
            return None
        if any(is_verb(token, words) for token in part) or not any(token.text[0].isupper() for token in part):
            return None
        return part[0].start, part[-1].end
    return None


# ── trimming ──────────────────────────────────────────────────────────────────────────────────────


def _without_dates(
    sentence: str, stretches: Sequence[tuple[int, int]], dates: Sequence[tuple[int, int]], words: WordLists
) -> list[tuple[int, int]]:
    """The stretches without dates, the prepositions before them, and words that only lead in."""
    kept: list[tuple[int, int]] = []
    for low, high in stretches:
        filed = _DATELINE.match(sentence, low)
        position = filed.end() if filed and filed.end() < high else low
        for start, end in sorted(dates):
            if end <= low or start >= high:
                continue
            kept.append((position, _before_preposition(sentence, position, start, words)))
            position = max(position, end)
        kept.append((position, high))
    cleaned = [_stripped(sentence, low, high, words, first=not number) for number, (low, high) in enumerate(kept)]
    whole = [(low, high) for low, high in cleaned if low < high]
    for number, (low, high) in enumerate(whole[1:], 1):
        first = tokenize(sentence[low : min(high, low + 40)])[0].low
        # What follows a date that was taken out goes on with a phrase, or is another clause.
        if first in words.markers | (words.pronouns - {"that"}) | {"and", "but", "or"}:
            return whole[:number]
    return whole


def _before_preposition(sentence: str, low: int, start: int, words: WordLists) -> int:
    tokens = [token for token in tokenize(sentence[low:start]) if token.text[0].isalnum()]
    end = start
    while tokens and tokens[-1].low in words.leads | words.date_leads:
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
        # A quotation that the title opens is closed.
        if sentence[stop : stop + 1] in _CLOSING and _opens(sentence[low:stop]):
            stop += 1
        kept.append((low, stop))
        room -= stop - low + 1
    return tuple(kept)


def _opens(text: str) -> bool:
    """Whether a quotation mark is left open at the end of a text."""
    marks = [
        mark.start() for mark in re.finditer("[\"'“‘«]", text) if mark.start() == 0 or text[mark.start() - 1] == " "
    ]
    return bool(marks) and not any(
        text[at] in _CLOSING and (at + 1 == len(text) or not text[at + 1].isalnum())
        for at in range(marks[-1] + 1, len(text))
    )


def _cut(text: str, room: int, words: WordLists) -> int:
    tokens = [token for token in tokenize(text) if token.end <= room]
    cuts = [token.start for token in tokens if token.low in words.prepositions and token.start > room // 2]
    end = cuts[-1] if cuts else tokens[-1].end if tokens else room
    kept = [token for token in tokens if token.end <= end]
    loose = words.prepositions | words.markers | words.pronouns | {"and", "or", "but", "the"}
    while len(kept) > 1 and (kept[-1].low in loose or not kept[-1].text[0].isalnum()):
        kept.pop()
    return kept[-1].end if kept else end


# ── counts ────────────────────────────────────────────────────────────────────────────────────────


def counts_in(sentence: str) -> Iterator[tuple[str, str, str]]:
    """What a sentence counts, as (number, noun, verb): `("12", "people", "killed")`.

    The verb is the one next to the count, within three words; empty where there is none. Without it nothing can be
    compared: 12 people killed and 90 people hurt are no contradiction.
    """
    words = word_lists()
    tokens = tokenize(sentence[:_LONGEST_SENTENCE])
    for at, token in enumerate(tokens[:-1]):
        noun = tokens[at + 1]
        if not token.text[0].isdigit() or not noun.text.isalpha() or not noun.text.islower():
            continue
        if noun.low in words.count_nouns_ignored | words.stopwords | words.prepositions:
            continue
        near = [*tokens[at + 2 : at + 5], *reversed(tokens[max(at - 3, 0) : at])]
        act = next((one.low for one in near if is_verb(one, words) and one.low not in words.auxiliary), "")
        if act:
            yield token.text.replace(",", ""), noun.low, act
