"""Which clause of a sentence a date belongs to, whether it dates an act or a report of speech, and its core as a title.

There is no parser: clauses are cut at commas and conjunctions, and verbs are told by their endings and a list. What
comes out is always words of the sentence, in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.corpus.chronicle.tokens import CLOSING, LONGEST_SENTENCE, OPENING, Token, is_verb, tokenize
from generator.corpus.chronicle.trimming import shortened_to_fit, without_dates
from generator.corpus.wording import WordLists, word_lists

# A title shorter than this, in characters or words, says nothing.
_SHORTEST_TITLE = 20
_FEWEST_WORDS = 4

_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "each", "every"})
_NOMINAL_OPENERS = frozenset({"following", "after"})
_FIRST_PERSON = frozenset({"me", "my", "myself", "we", "our", "ours", "us"})
_BOUNDING = frozenset({"until", "till", "since", "by", "from", "through"})


@dataclass(frozen=True, slots=True)
class Core:
    """What a date dates: the clause's core as `(start, end)` stretches of the sentence.

    `telling`: whether the words make sense without the rest, as a title must.
    """

    stretches: tuple[tuple[int, int], ...]
    telling: bool


def dated_core(sentence: str, start: int, end: int, others: Sequence[tuple[int, int]]) -> Core | None:
    """The core of the clause that the date at `[start, end)` of the sentence dates.

    `others` are the other dates of the sentence. `None` where the date belongs to a report of speech ("said on
    Monday"), where no verb is found, or where the clause has nothing to make a title of.
    """
    if len(sentence) > LONGEST_SENTENCE:
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
        if verb is None or verb.low in words.speech or _is_planned(segments[home], verb, words):
            return None
        stretches = _core(segments, home, verb, words)
    trimmed = without_dates(sentence, stretches, [(start, end), *others], words)
    if not trimmed:
        return None
    shortened = shortened_to_fit(sentence, trimmed, words)
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
    return Core(shortened_to_fit(sentence, [(after[0].start, after[last].end)], words), telling=last - noun >= 2)


def _is_planned(segment: Sequence[Token], verb: Token, words: WordLists) -> bool:
    """Whether the date is that of a plan inside the clause: "called off a strike planned for Friday"."""
    at = next((number for number, token in enumerate(segment) if token.start == verb.start), 0)
    finite = any(token.low in words.auxiliary for token in segment[max(at - 2, 0) : at])
    return at > 0 and verb.low in words.planning and not finite and any(is_verb(one, words) for one in segment[:at])


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


# ── segments ──────────────────────────────────────────────────────────────────────────────────────


def _segments(tokens: Sequence[Token], words: WordLists, *, quoted: bool) -> list[list[Token]]:
    """The sentence cut at commas, semicolons, dashes and conjunctions; only its quoted or only its plain part."""
    cut: list[list[Token]] = [[]]
    for number, token in enumerate(tokens):
        if token.quoted != quoted or token.text in OPENING + CLOSING + '"':
            # A short quotation inside a clause is part of it; a long one ends it.
            if not quoted and token.text not in OPENING + CLOSING + '"' and _quote_length(tokens, number) <= 8:
                cut[-1].append(token)
            elif cut[-1] and (not token.quoted if quoted else _quote_length(tokens, number) > 8):
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
