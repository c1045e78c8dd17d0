"""What a document's context decides: whose parliament, which Korea, a capital that stands for its government."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.tokens import fold, tokenize
from generator.model import Document

HOME = {
    "ko": "place:KR", "ja": "place:JP", "ru": "place:RU", "de": "place:DE", "uk": "place:UA", "tr": "place:TR",
    "pl": "place:PL", "it": "place:IT", "vi": "place:VN", "th": "place:TH", "id": "place:ID", "he": "place:IL",
    "fa": "place:IR", "el": "place:GR", "hu": "place:HU", "cs": "place:CZ", "sv": "place:SE", "fi": "place:FI",
}  # fmt: skip
"""Languages of which one country has nearly all the press. English, Spanish, French, Arabic, Chinese decide nothing."""

LANGUAGE_NAMES = {"korean": "ko", "japanese": "ja", "russian": "ru", "german": "de", "ukrainian": "uk", "turkish": "tr"}

SENTENCE = 300
"""Characters to either side in which a person's country decides whose institution is meant: a long sentence."""

NEARLY = 0.75
"""Ratio of common letters from which two spellings of a holder of one title are one: kisada and kishida have 0.77."""

METONYM = re.compile(
    r"(?i:\b(?:relations|ties|talks|ambassador|dialogue|cooperation|tensions|negotiations|alliance|summit|treaty|deal|"
    r"agreement|rift|row|pact)\b)[\w ,]{0,30}\b(?:with|between|to)(?: [A-Z]\w{2,20} and)? $"
)
"""What states have with each other, not cities: ties with Havana, talks between Seoul and Havana."""

SCENE = re.compile(r"(?:^|[.!?”\"] |\n)In ([A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20})?), (?:the )?$")
"""A sentence that opens with where it happens."""

KOREAS = {"North": "place:KP", "South": "place:KR"}
OF_KOREA = re.compile(r"\b(?:North(?: and South)? Korea|DPRK|Pyongyang|N\. ?Korea|[Ii]nter-Korean)")
"""What a text says that speaks of both Koreas; South Korea alone has a south of its own."""
HALF = re.compile(
    r"\b[Tt]he (North|South)(?=['’]s\b|[.,;:!?)”\"]|\s(?![A-Z])|$)(?! of\b| and (?:the )?(?:West|East)\b)"
)

ACTS = re.compile(
    r"^(?:['’]s (?:foreign ministry|government|ambassador|leaders|leadership|envoy|position|stance|nuclear|missile)|"
    r" (?:has |had |also |will |would |may |could |immediately |again )?"
    r"(?:said|says|announced|denied|warned|vowed|urged|accused|agreed|decided|refused|rejected|condemned|responded|"
    r"pledged|insisted|demanded|recalled|expelled|summoned|launched|fired|test-fired|plans|wants|seeks|hopes|considers))\b"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """The document's countries: its own, and those of the office holders it names."""

    lexicon: Lexicon
    home: str
    """Key of the country whose press the document comes from; empty where unknown."""
    holders: dict[str, str]
    """Folded surname of an office holder to the key of the country."""
    offices: dict[str, str]
    """The same surname to the folded title."""
    titled: dict[int, tuple[tuple[int, str, str], ...]]
    """Per passage (by its place in the seed) where titled persons stand, their folded surnames and titles."""
    desk: str
    """Key of the country of the city that the dateline names; empty where there is none."""
    divided: bool
    """The document speaks of Korea: "the North" and "the South" are its two states."""

    def country_of(self, passage: Passage, start: int, end: int) -> str:
        """The key of the country whose institution stands at `[start, end)`; empty where nothing tells."""
        text = passage.text
        before = text[max(0, start - 40) : start]
        owner = re.search(r"([A-Z][\w.]*(?: [A-Z][\w.]*){0,3})['’]s? $", before)
        words = tokenize(before)
        if owner and self.divided and owner.group(1).removeprefix("The ") in KOREAS:
            return KOREAS[owner.group(1).removeprefix("The ")]
        if owner:
            for found in self.lexicon.find(tokenize(owner.group(1))):
                if found.entries[0].role == "country":
                    return found.entries[0].key
                if found.entries[0].role == "capital":
                    return self.lexicon.capitals[found.entries[0].key]
        if words and before.endswith(" "):
            for width in (2, 1):
                adjective = " ".join(word.key for word in words[-width:])
                if adjective in self.lexicon.demonyms:
                    return self.lexicon.demonyms[adjective]
            if words[-1].text in ("U.S.", "US"):
                return "place:US"
        after = re.match(r" (?:of|in) (?:the )?", text[end : end + 12])
        if after:
            for found in self.lexicon.find(tokenize(text[end + after.end() : end + after.end() + 40])):
                if found.first == 0 and found.entries[0].role == "country":
                    return found.entries[0].key
        scene = SCENE.search(text, max(0, start - 48), start)
        if scene:  # In Seoul, the defense ministry said
            for found in self.lexicon.find(tokenize(scene.group(1))):
                if found.first == 0 and found.entries[0].role == "capital":
                    return self.lexicon.capitals[found.entries[0].key]
        near = [
            (abs(at - start), self._country_of_holder(name, title))
            for at, name, title in self.titled.get(
                passage.zone.reading.runs[0].start if passage.zone.reading.runs else -1, ()
            )
            if abs(at - start) < SENTENCE and not _stop_between(text, at, start)
        ]
        if near and min(near)[1]:
            return min(near)[1]
        return self.home or self.desk

    def _country_of_holder(self, name: str, title: str) -> str:
        """The country of an office holder; nearly the name of one with the same title is a misspelling of it."""
        if name in self.holders:
            return self.holders[name]
        alike = [known for known, office in self.offices.items() if office == title and known[:1] == name[:1]]
        nearest = get_close_matches(name, alike, n=1, cutoff=NEARLY)
        return self.holders[nearest[0]] if nearest else ""


def _stop_between(text: str, left: int, right: int) -> bool:
    low, high = min(left, right), max(left, right)
    return bool(re.search(r"[a-z)”\"’]\.[”\"’]? ", text[low:high]))


def read_setting(
    document: Document, passages: Sequence[Passage], persons: Sequence[Iterable[Candidate]], lexicon: Lexicon
) -> Setting:
    """Gather what the document says about countries and their office holders."""
    holders: dict[str, str] = {}
    offices: dict[str, str] = {}
    titled: dict[int, tuple[tuple[int, str, str], ...]] = {}
    for passage, candidates in zip(passages, persons, strict=True):
        here: list[tuple[int, str, str]] = []
        for candidate in candidates:
            if not candidate.title:
                continue
            names = tokenize(passage.text[candidate.start : candidate.end])
            surname = names[-1].key if names else ""
            here.append((candidate.start, surname, fold(candidate.title)))
            before = passage.text[
                max(0, candidate.start - len(candidate.title) - 40) : candidate.start - len(candidate.title) - 1
            ]
            words = tokenize(before)
            for width in (2, 1):
                adjective = " ".join(word.key for word in words[-width:])
                if words and adjective in lexicon.demonyms and fold(candidate.title) != "mr":
                    for name in names:
                        holders.setdefault(name.key, lexicon.demonyms[adjective])
                        offices.setdefault(name.key, fold(candidate.title))
                    break
        titled[passage.zone.reading.runs[0].start if passage.zone.reading.runs else -1] = tuple(here)
    divided = any(OF_KOREA.search(passage.text) for passage in passages)
    return Setting(lexicon, _home(document), holders, offices, titled, _desk(passages, lexicon), divided)


DATELINE = re.compile(r"^([A-Z][A-Z .'-]{2,30})(?:, [A-Z][\w. ]{1,20})?(?: \([\w ]{1,20}\))? ?(?:--|[—–]|- )")


def _desk(passages: Sequence[Passage], lexicon: Lexicon) -> str:
    """The country whose capital stands in the dateline: there "the foreign ministry" is its own."""
    for passage in passages:
        found = DATELINE.match(passage.text) if passage.zone.kind == "body" else None
        if found:
            named = next(lexicon.find(tokenize(found[1])), None)
            entry = named.entries[0] if named else None
            # Washington has no foreign ministry: whose is meant there, only the sentence says.
            if entry and entry.role == "capital" and lexicon.capitals[entry.key] != "place:US":
                return lexicon.capitals[entry.key]
    return ""


def find_koreas(passage: Passage, setting: Setting) -> Iterator[Candidate]:
    """The North, the South: the two states, in a text that speaks of Korea."""
    if not setting.divided or passage.titled or passage.shouted:
        return
    for match in HALF.finditer(passage.text):
        key = KOREAS[match[1]]
        note = f"The {match[1]} is taken for {setting.lexicon.names[key]}: the text speaks of Korea."
        yield Candidate(
            match.start(1), match.end(1), "place", "in-context", Trust.SINGLE, 0.85, key=key, weak=True, note=note
        )


def _home(document: Document) -> str:
    for field in (document.translated_from, document.language):
        if field:
            code = field.value.lower()
            code = LANGUAGE_NAMES.get(code, code[:2])
            if code in HOME:
                return HOME[code]
    return ""


def settle(passages: Sequence[Passage], chosen: list[list[Candidate]], setting: Setting) -> list[list[Candidate]]:
    """Decide weak countries and note metonyms, with the whole document in view."""
    counts: dict[str, int] = {}
    for candidates in chosen:
        for candidate in candidates:
            if candidate.key and not candidate.weak:
                counts[candidate.key] = counts.get(candidate.key, 0) + 1
    return [
        [_settled(passage, candidate, counts, setting) for candidate in candidates]
        for passage, candidates in zip(passages, chosen, strict=True)
    ]


def _settled(passage: Passage, candidate: Candidate, counts: dict[str, int], setting: Setting) -> Candidate:
    lexicon = setting.lexicon
    surface = passage.text[candidate.start : candidate.end]
    if candidate.key == "place:KR" and candidate.weak and surface.casefold() == "korea":
        return _korea(candidate, counts, setting)
    country = lexicon.capitals.get(candidate.key)
    if country and country in lexicon.names:
        before = passage.text[max(0, candidate.start - 70) : candidate.start]
        after = passage.text[candidate.end : candidate.end + 40]
        pair = re.search(r"\bbetween $", before) and re.match(r" and [A-Z]", after)
        if (
            pair
            or METONYM.search(before)
            or (ACTS.match(after) and not re.search(r"\b(?:in|at|from|near|of) $", before))
        ):
            return candidate.noted(f"{surface} stands for the government of {lexicon.names[country]} here.")
    return candidate


def _korea(candidate: Candidate, counts: dict[str, int], setting: Setting) -> Candidate:
    """Korea alone is South Korea in South Korea's own press, or where the text sets it against North Korea."""
    south, north = counts.get("place:KR", 0), counts.get("place:KP", 0)
    if setting.home == "place:KR" or south > 0:
        why = "the text comes from South Korea's press" if setting.home == "place:KR" else "the text names South Korea"
        return replace(candidate, note=f"Korea is taken for South Korea: {why}.")
    if north:
        return replace(candidate, key="", note="Which Korea is meant is not certain.")
    return replace(
        candidate, key="place:KR", note="Korea is taken for South Korea, as in most news; the text does not say."
    )
