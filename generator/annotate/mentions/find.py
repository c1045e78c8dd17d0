"""Put the layers together: candidates per zone, what the document knows, the choice, seed spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from generator.aligned import Span
from generator.annotate.mentions.acting import find_acting
from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.choose import choose
from generator.annotate.mentions.context import find_koreas, read_setting, settle
from generator.annotate.mentions.introduced import find_introduced, names_nothing
from generator.annotate.mentions.known import find_known
from generator.annotate.mentions.korean import find_korean
from generator.annotate.mentions.lexicon import Lexicon, load_lexicon
from generator.annotate.mentions.lists import find_listed
from generator.annotate.mentions.offices import find_offices, load_offices
from generator.annotate.mentions.persons import find_persons
from generator.annotate.mentions.sports import find_opponents, find_teams, team_towns
from generator.annotate.mentions.spread import Forms
from generator.annotate.mentions.statistical import find_modelled
from generator.annotate.mentions.tokens import fold, tokenize
from generator.annotate.mentions.vocabulary import vocabulary
from generator.annotate.recognizer import NameSource, RawEntity
from generator.annotate.sentences import document_sentences
from generator.model import Document, Mention

_SPACE = re.compile(r"\s+")


def find_mentions(document: Document, recognizer: NameSource) -> tuple[tuple[Span, ...], tuple[Mention, ...]]:
    """The sentences of the body and every mention in any zone, both in seed order with seed spans.

    A layer is believed by `Trust`: what the seed states, then full names by gazetteer, pattern or title, then single
    words that a list vouches for, then what the document names elsewhere, last the model's single words.
    """
    lexicon, offices = load_lexicon(), load_offices()
    passages = [Passage.of(zone) for zone in document.zones]
    english = document.language is None or document.language.value in ("", "en")
    modelled = find_modelled(passages, _recognized(passages if english else [], recognizer, len(passages)), lexicon)
    persons = [
        [one for one in find_persons(passage, lexicon, offices.portfolios) if not names_nothing(passage, one)]
        for passage in passages
    ]
    setting = read_setting(document, passages, persons, lexicon)
    layers: list[list[Candidate]] = []
    for passage, model, people, korean in zip(passages, modelled, persons, find_korean(passages), strict=True):
        institutions = list(find_offices(passage, setting, lexicon, offices))
        within = _Within(passage, institutions, people)
        layers.append(
            [
                *_stated(document, passage, lexicon),
                *institutions,
                *find_known(passage, lexicon),
                *find_introduced(passage, lexicon),
                *(find_acting(passage, lexicon) if english else ()),
                *find_koreas(passage, setting),
                *korean,
                *people,
                *(
                    candidate
                    for candidate in model
                    if not within.joins_two(candidate)
                    and not names_nothing(passage, candidate)
                    and (passage.zone.kind != "headline" or _backed(passage, candidate, passages))
                ),
            ]
        )
    common = frozenset(token.key for passage in passages for token in passage.tokens if not token.capital)
    forms = Forms(lexicon, common)
    for passage, candidates in zip(passages, layers, strict=True):
        candidates.extend(find_listed(passage, candidates, lexicon))
    first = [choose(candidates) for candidates in layers]
    towns = team_towns(first, lexicon)
    for passage, candidates, best in zip(passages, layers, first, strict=True):
        candidates.extend(find_teams(passage, towns))
        candidates.extend(find_opponents(passage, best))
        forms.learn(passage, best)
    chosen = [choose([*candidates, *forms.find(passage)]) for passage, candidates in zip(passages, layers, strict=True)]
    named = _countries(chosen, passages, lexicon)
    mentions = [
        _mention(document, passage, candidate, lexicon)
        for passage, candidates in zip(passages, settle(passages, chosen, setting), strict=True)
        for candidate in _keyed(passage, candidates, named, lexicon)
    ]
    return document_sentences(document), tuple(sorted(mentions, key=lambda mention: (mention.span, mention.type)))


def _backed(passage: Passage, candidate: Candidate, passages: list[Passage]) -> bool:
    """Whether a name that the model finds in a headline is a person's or stands in the text too."""
    surface = passage.text[candidate.start : candidate.end]
    return candidate.type == "person" or any(surface in other.text for other in passages if other is not passage)


class _Within:
    """What rules find in a passage, ready to be asked what stands inside a name that the model finds there."""

    def __init__(self, passage: Passage, institutions: list[Candidate], people: list[Candidate]) -> None:
        places = sorted((one.start, one.end) for one in institutions if one.rule == "institution")
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]
        self._sure: dict[int, int] = {}
        for one in people:
            if one.rule in ("korean-name", "chinese-name", "title"):
                self._sure[one.end] = max(one.start, self._sure.get(one.end, 0))
        for one in institutions:
            # "Seoul's Foreign Ministry": whose it is tells the country, and is no part of the name.
            if one.rule == "institution" and one.key and passage.text.endswith(("'s ", "’s "), 0, one.start):
                self._sure[one.end] = max(one.start, self._sure.get(one.end, 0))

    def joins_two(self, candidate: Candidate) -> bool:
        """Whether the model has taken two names for one: a committee and its house, a country and its envoy."""
        if candidate.start < self._sure.get(candidate.end, 0):
            return True
        low = bisect_left(self._starts, candidate.start)
        high = bisect_left(self._starts, candidate.end, low)
        return sum(end <= candidate.end for end in self._ends[low:high]) > 1


def _recognized(passages: list[Passage], recognizer: NameSource, count: int) -> list[list[RawEntity]]:
    """The model's entities per passage; passages that it cannot read or is not trusted with are left out."""
    readable = [index for index, passage in enumerate(passages) if _for_model(passage)]
    found = recognizer.entities([passages[index].text for index in readable])
    raw: list[list[RawEntity]] = [[] for _ in range(count)]
    for index, entities in zip(readable, found, strict=True):
        raw[index] = entities
    return raw


def _for_model(passage: Passage) -> bool:
    return passage.latin and bool(passage.tokens) and not passage.titled and not passage.shouted


def _stated(document: Document, passage: Passage, lexicon: Lexicon) -> list[Candidate]:
    """Authors where the byline names them."""
    if passage.zone.kind != "byline":
        return []
    stated = []
    for author in document.authors:
        for span in author.spans:
            view = passage.zone.reading.view_span(span)
            if view is None or not passage.text[view[0] : view[1]].strip():
                continue
            at = passage.text.find(author.value, *view)
            if at >= 0:  # the field's evidence may hold the word before the name: "by Hollis Grane"
                view = (at, at + len(author.value))
            entries = lexicon.entries.get(fold(author.value), ())
            known = next((entry for entry in entries if entry.type == "organization"), None)
            stated.append(
                Candidate(
                    view[0],
                    view[1],
                    "organization" if known else "person",
                    "byline",
                    Trust.STATED,
                    0.99,
                    key=known.key if known else "",
                    name=author.value,
                )
            )
    return stated


def _countries(chosen: list[list[Candidate]], passages: list[Passage], lexicon: Lexicon) -> frozenset[str]:
    """Codes of the countries that the document names, by name, by a city or by a nationality."""
    keys = {candidate.key for candidates in chosen for candidate in candidates}
    keys |= {lexicon.capitals[key] for key in keys if key in lexicon.capitals}
    keys |= {lexicon.demonyms.get(token.key, "") for passage in passages for token in passage.tokens if token.capital}
    return frozenset(key.removeprefix("place:") for key in keys if key.startswith("place:"))


def _keyed(passage: Passage, candidates: list[Candidate], named: frozenset[str], lexicon: Lexicon) -> list[Candidate]:
    """The candidates, those that a gazetteer names with its key: the model saw what was too weak to say alone."""
    return [
        replace(candidate, key=_key_of(passage.text[candidate.start : candidate.end], candidate, named, lexicon))
        if not (candidate.key or candidate.name or candidate.note or candidate.type == "person")
        else candidate
        for candidate in candidates
    ]


def _key_of(surface: str, candidate: Candidate, named: frozenset[str], lexicon: Lexicon) -> str:
    """The key of a name that was too weak to say alone: Congress is that of a country the document speaks of."""
    tokens = tokenize(surface)
    if tokens and tokens[0].key == "the" and len(tokens) > 1:
        tokens = tokens[1:]
    found = next(lexicon.find(tokens), None)
    if found is None or found.first:
        return ""
    if any(token.text not in vocabulary().generic for token in tokens[found.last + 1 :]):
        return ""
    bare = found.last == len(tokens) - 1
    fitting = [one for one in found.entries if one.type == candidate.type]
    sure = next((one.key for one in fitting if not one.weak), "")
    if sure or not bare:
        return sure
    here = {one.key for one in fitting if one.country in named}
    open_to_all = {one.key for one in fitting if one.role not in ("government", "party")}
    # Two agencies of one acronym: the one of a country that the text speaks of, or neither.
    likely = here or open_to_all
    return likely.pop() if len(likely) == 1 else ""


def _mention(document: Document, passage: Passage, candidate: Candidate, lexicon: Lexicon) -> Mention:
    span = passage.zone.reading.seed_span(candidate.start, candidate.end)
    surface = _SPACE.sub(" ", document.seed.text[span.start : span.end].replace("\xa0", " "))
    name = candidate.name or _SPACE.sub(" ", passage.text[candidate.start : candidate.end]).strip()
    return Mention(
        span,
        surface,
        candidate.type,
        name,
        candidate.rule,
        round(candidate.score, 2),
        passage.zone.kind,
        passage.zone.paragraph,
        candidate.key,
        candidate.title,
        candidate.weak,
        candidate.note,
    )
