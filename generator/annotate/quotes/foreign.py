"""Whose words a quotation is in German, French, Spanish, Italian, Korean, Chinese and Japanese text.

English word order is read by a grammar; here the verb of speech beside the marks and the name nearest to it decide.
What no verb or particle attributes is left alone unless it is a sentence that follows a quotation: it is a title, a
term or a scare quote more often than speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generator.annotate.quotes import lexicon
from generator.annotate.quotes.cast import Cast
from generator.annotate.quotes.judgement import count_words
from generator.annotate.quotes.marks import Stretch
from generator.annotate.quotes.passage import Passage
from generator.annotate.quotes.speakers import Voice
from generator.annotate.quotes.tokens import Name
from generator.annotate.quotes.tongues import Tongue

# Characters of a sentence that are searched for the verb and the name on either side of a quotation.
_REACH = 160
# A verb of speech stands right behind the closing mark, but for a dash, an auxiliary or an adverb.
_NEAR = 24
# How sure: a verb and a name; a name by a preposition or particle; a sentence that goes on.
_NAMED, _BY, _FOLLOWS = 0.85, 0.8, 0.7
# A sentence that goes on behind an attributed one has at least this many words.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a stretch; view offsets. `name` is the mention, else `surface` the words that name the speaker.

    `again`: whoever spoke last. `relay` is the outlet that passes it on.
    """

    rule: str
    score: float
    name: Name | None = None
    surface: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    again: bool = False
    relay: Name | None = None
    unnamed: bool = False
    """Whether `surface` is what somebody without a name is called."""


def attribute_foreign(passage: Passage, tongue: Tongue) -> list[tuple[Stretch, Attribution]]:
    """The stretches of a passage that are quotations, each with who says it."""
    found: list[tuple[Stretch, Attribution]] = []
    outer = passage.marked.outer
    for index, stretch in enumerate(outer):
        low = outer[index - 1].end if index else 0
        high = outer[index + 1].start if index + 1 < len(outer) else len(passage.text)
        low, high = max(low, stretch.start - _REACH), min(high, stretch.end + _REACH)
        head = (_sentence_begin(passage.text, low, stretch.start), stretch.start)
        tail = (stretch.end, _sentence_end(passage.text, stretch.end, high))
        read = _spaced if tongue.spaced else _korean if tongue.code == "ko" else _chinese
        attribution = read(passage, tongue, stretch, head, tail)
        if attribution is None and found and _goes_on(passage.text, stretch, head):
            attribution = Attribution("follows", _FOLLOWS, again=True)
        if attribution:
            found.append((stretch, attribution))
    return found


def foreign_voice(passage: Passage, found: Attribution, cast: Cast) -> Voice | None:
    """The speaker that an attribution names; None where it names none."""
    if found.name:
        mention = found.name.mention
        return Voice(cast.full_name(mention), mention.span, "person" if mention.type == "person" else "body")
    if found.surface:
        name = passage.text[slice(*found.surface)]
        if found.unnamed:
            return Voice(f"unnamed: {name}", passage.zone.reading.seed_span(*found.surface), "unnamed")
        return Voice(cast.complete(name, "", 0), passage.zone.reading.seed_span(*found.surface), "person")
    return None


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(r"[.!?]\s{1,3}(?=[^\W_a-zà-ÿ])|[。！？]|\n")


def _sentence_begin(text: str, low: int, high: int) -> int:
    return next((stop.end() for stop in reversed(list(_stop().finditer(text, low, high)))), low)


def _sentence_end(text: str, low: int, high: int) -> int:
    found = _stop().search(text, low, high)
    return found.start() if found else high


def _goes_on(text: str, stretch: Stretch, head: tuple[int, int]) -> bool:
    """Whether a quotation is a sentence of its own, as one that goes on behind an attributed one is."""
    inner = text[stretch.inner : stretch.close].strip()
    return (
        not text[head[0] : head[1]].strip()
        and inner[-1:] in ".!?…。！？"
        and bool(inner)
        and count_words(inner) >= _FEWEST
    )


# ── Latin letters ─────────────────────────────────────────────────────────────────────────────────


def _spaced(
    passage: Passage, tongue: Tongue, stretch: Stretch, head: tuple[int, int], tail: tuple[int, int]
) -> Attribution | None:
    """`„…“, sagte Lind`, `Lind sagte: „…“`, `Selon Lind, « … »`, `„…“, so Lind`."""
    text = passage.text
    for pattern in (tongue.said, tongue.by):
        verb = pattern.search(text, tail[0], min(tail[1], tail[0] + _NEAR))
        if verb and not re.search(r"[.;:!?]", text[tail[0] : verb.start()]):
            return _speaker(passage, tongue, (verb.end(), tail[1]), verb, "after")
    by = tongue.by.search(text, *head)
    if by:
        return _speaker(passage, tongue, (by.end(), head[1]), by, "before")
    verbs = list(tongue.said.finditer(text, *head))
    pause = text[head[0] : head[1]].rstrip()[-1:]
    if not verbs or (pause not in (":", ",") and stretch.start - verbs[-1].end() > _NEAR * 2):
        return None
    verb = verbs[-1]
    names = [name for name in passage.names if head[0] <= name.start and name.end <= verb.start()]
    named = _nearest(names[::-1])
    if named:
        return Attribution("before", _NAMED, named, cue=verb.span())
    behind = _speaker(passage, tongue, (verb.end(), head[1]), verb, "before")
    if behind.name or behind.surface:
        return behind
    surface = _capitals(text, head[0], verb.start())
    # "Er sagte": the last speaker. "Ein Sprecher sagte": somebody else, whom no list of ours names.
    he = tongue.he.intersection(re.findall(r"[\w’'-]+", text[head[0] : head[1]].casefold()))
    return Attribution("before", _BY, surface=surface, cue=verb.span(), again=surface is None and bool(he))


def _speaker(passage: Passage, tongue: Tongue, area: tuple[int, int], verb: re.Match[str], rule: str) -> Attribution:
    """Who is named behind a verb or preposition: a mention, a run of capitals, or a pronoun for the last speaker."""
    text = passage.text
    score = _NAMED if verb.re is tongue.said else _BY
    pause = re.compile(r"[,;:()]").search(text, area[0], area[1])
    near = (area[0], pause.start() if pause else area[1])
    first = re.compile(r"[\s-]{0,2}([\w’'-]+)").match(text, *near)
    if first and first[1].casefold().rsplit("-", 1)[-1] in {one.rsplit("-", 1)[-1] for one in tongue.he}:
        return Attribution(rule, score, cue=verb.span(), again=True)
    named = _nearest([name for name in passage.names if near[0] <= name.start and name.end <= near[1]])
    half = named is not None and " " not in named.mention.name and text[named.end : named.end + 2].strip().isupper()
    if named and not half:
        return Attribution(rule, score, named, cue=verb.span())
    return Attribution(rule, _BY, surface=_capitals(text, *near), cue=verb.span())


def _nearest(names: Sequence[Name]) -> Name | None:
    """Of names in order of nearness, the first person, else the first body."""
    for type_ in ("person", "organization"):
        for name in names:
            if name.mention.type == type_:
                return name
    return None


@cache
def _run() -> re.Pattern[str]:
    return re.compile(r"(?:[^\W\d_a-zà-ÿ][\w.’'-]{1,30})(?:\s[^\W\d_a-zà-ÿ][\w.’'-]{1,30}){1,4}")


def _capitals(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A full name that no mention covers: the last two of a run of capitals, of which titles are the first."""
    found = _run().search(text, start, end)
    if not found:
        return None
    words = list(re.finditer(r"\S+", found.group()))
    if words[-2].group().casefold() in lexicon.load().foreign_articles:
        return None  # "Ein Sprecher sagte"
    return found.start() + words[-2].start(), found.end()


# ── Korean ────────────────────────────────────────────────────────────────────────────────────────


@cache
def _particle() -> re.Pattern[str]:
    # What stands right behind the closing mark of speech. "라는" and "이란" name a thing, as scare quotes do.
    return re.compile(r"\s?(?:이?라고도?|이?라며|이?라면서도?|고도?|며|면서도?|이?라|는|다고|하고)(?![가-힣])")


@cache
def _view() -> re.Pattern[str]:
    # "…”는 것이 김 교수의 설명이다": what somebody explains, claims or holds.
    return re.compile(
        r"\s?(?:것이|게)\s(?:[가-힣A-Za-z·]{1,12}\s){0,4}[가-힣A-Za-z·]{1,12}의\s(?P<cue>설명|주장|입장|지적|전언|분석|평가|판단)"
    )


@cache
def _relayed() -> re.Pattern[str]:
    return re.compile(r"(?:에 따르면|에 의하면|가 전한 바에 따르면)")


def _korean(
    passage: Passage, tongue: Tongue, stretch: Stretch, head: tuple[int, int], tail: tuple[int, int]
) -> Attribution | None:
    """`김 시장은 “…”라고 말했다`, `“…”며 김 시장은 반발했다`."""
    text = passage.text
    particle = _particle().match(text, *tail)
    verb = tongue.said.search(text, *tail)
    if not particle:
        return None
    if particle.group().strip() == "는":
        view = _view().match(text, particle.end(), tail[1])
        whose = [name for name in passage.names if view and view.start() <= name.start and name.end <= view.end()]
        if whose:
            return Attribution("after", _NAMED, _nearest(whose), cue=view.span("cue") if view else None)
        if not verb:
            return None
    start, end = head
    relay = None
    told = _relayed().search(text, start, end)
    if told:
        relay = _nearest([name for name in passage.names if start <= name.start and name.end <= told.start()][::-1])
        start = told.end()
    cue = verb.span() if verb else None
    before = _topics(passage, start, end)
    if before:
        return Attribution("before", _NAMED, before[-1], cue=cue, relay=relay)
    behind = _topics(passage, particle.end(), tail[1])
    if behind:
        return Attribution("after", _NAMED, behind[0], cue=cue, relay=relay)
    unnamed = _unnamed().search(text, start, end) or _unnamed().search(text, particle.end(), tail[1])
    if unnamed:
        return Attribution("before", _BY, surface=unnamed.span("who"), cue=cue, relay=relay, unnamed=True)
    if _subject().search(text, start, end):
        return Attribution("before", _BY, cue=cue, relay=relay)  # somebody whom no rule names
    return Attribution("again", _FOLLOWS, cue=cue, again=True, relay=relay)


@cache
def _unnamed() -> re.Pattern[str]:
    return re.compile(
        r"(?<![가-힣])(?P<who>(?:(?!이에|이날|대해|대하여|관련해|한편)[가-힣A-Za-z·]{1,12}\s){0,2}[가-힣]{0,10}"
        r"(?:관계자|소식통|당국자|관리|인사|간부|직원|주민|외교관|대변인|전문가|참모))(?:은|는|이|가)(?=[\s,])"
    )


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(r"[가-힣A-Za-z·]{2,12}(?:은|는|이|가)(?=[\s,])")


@cache
def _topic() -> re.Pattern[str]:
    # A name, its title or office of up to three words, and a particle that marks a subject.
    return re.compile(r"\s?(?:[가-힣A-Za-z·]{1,12}\s){0,2}[가-힣A-Za-z·]{0,12}(?:은|는|이|가|도|께서)(?:\s|$|,)")


def _topics(passage: Passage, start: int, end: int) -> list[Name]:
    """The people and bodies within view offsets that stand as subjects."""
    names = [name for name in passage.names if start <= name.start and name.end <= end]
    people = [name for name in names if name.mention.type == "person"]
    return [name for name in people or names if _topic().match(passage.text, name.end, min(end, name.end + 40))]


# ── Chinese and Japanese ──────────────────────────────────────────────────────────────────────────


@cache
def _phrase() -> re.Pattern[str]:
    return re.compile(r"[\u3005\u4e00-\u9fff·・\u30a0-\u30ff]{2,16}")


def _chinese(
    passage: Passage, tongue: Tongue, stretch: Stretch, head: tuple[int, int], tail: tuple[int, int]
) -> Attribution | None:
    """`市长李明说：“…”`, `“…，”市长李明表示`, `田中市長は「…」と述べた`, `「…」と田中市長は話した`."""
    text = passage.text
    if tongue.code == "ja":
        if text[tail[0] : tail[0] + 1] != "と":
            return None
        verb = tongue.said.search(text, tail[0], tail[1])
        if not verb:
            return None
        for start, end, rule in ((head[0], head[1], "before"), (tail[0] + 1, verb.start(), "after")):
            topic = re.compile(r"[はがも]").search(text, start, end)
            surface = _east_asian_name(text, start, topic.start(), tongue) if topic else None
            if surface:
                return Attribution(rule, _NAMED, surface=surface, cue=verb.span())
            if topic and re.search(r"[\u4e00-\u9fff]", text[start : topic.start()]):
                return Attribution(rule, _BY, cue=verb.span())  # somebody whom no rule names
        return Attribution("again", _FOLLOWS, cue=verb.span(), again=True)
    verbs = list(tongue.said.finditer(text, *head))
    if verbs and not re.search(r"[^\s：:，,“「]", text[verbs[-1].end() : head[1]]):
        told = _reported().match(text, *head)
        start = told.end() if told and told.end() <= verbs[-1].start() else head[0]
        relay = _nearest([name for name in passage.names if head[0] <= name.start and name.end <= start])
        surface = _east_asian_name(text, start, verbs[-1].start(), tongue)
        again = _by_pronoun(text, start, verbs[-1].start())
        return Attribution("before", _NAMED, surface=surface, cue=verbs[-1].span(), again=again, relay=relay)
    verb = tongue.said.search(text, tail[0], min(tail[1], tail[0] + _NEAR))
    if verb:
        surface = _east_asian_name(text, tail[0], verb.start(), tongue)
        again = _by_pronoun(text, tail[0], verb.start())
        return Attribution("after", _NAMED, surface=surface, cue=verb.span(), again=again)
    return None


@cache
def _reported() -> re.Pattern[str]:
    # "据新华社报道，", "根据《联合早报》的消息，": who passes on what the sentence goes on to say.
    return re.compile(r"\s{0,4}根?据[^，,。]{2,24}?(?:报道|報道|报导|報導|消息|援引)[称稱]?[，,]?")


def _by_pronoun(text: str, start: int, end: int) -> bool:
    """Whether a pronoun, or nothing, stands for the speaker before a Chinese verb of speech."""
    return not re.sub(r"[\s：:，,他她還还也又并並]", "", text[start:end])


def _east_asian_name(text: str, start: int, end: int, tongue: Tongue) -> tuple[int, int] | None:
    """The name in the last run of characters before `end`, without the title before or behind it.

    None where only a title is there, or a run that is too long for a name.
    """
    runs = list(_phrase().finditer(text, start, end))
    if not runs:
        return None
    low, high = runs[-1].span()
    for title in tongue.titles:
        if text.startswith(title, high - len(title)) and high - len(title) >= low:
            high -= len(title)
            break
    at = max(
        (text.rfind(title, low, high) + len(title) for title in tongue.titles if title in text[low:high]), default=low
    )
    low = max(low, at)
    return (low, high) if 2 <= high - low <= 5 else None
