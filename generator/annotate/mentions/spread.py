"""What a document names once it names everywhere: surnames, first names, short and repeated names, acronyms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.persons import GIVEN, SUFFIXES
from generator.annotate.mentions.tokens import Token, adjoining, fold, tokenize
from generator.annotate.mentions.vocabulary import vocabulary
from generator.model import EntityType

MODAL = frozenset({"will", "may", "june", "april", "august"})
"""Given names that alone are rather a verb or a month."""

BUSINESS = re.compile(
    r"(?:['’]s (?:shares|stock|products|customers|workers|factory|factories|board|shareholders|sales)|"
    r", based in|, which |"
    r" (?:makes|sells|employs|operates|owns|shares|stock|posted|earns|earned|shareholders|executives|workers|"
    r"is based|was founded|said (?:its|it)|plans to (?:hire|sell|buy|open|close)))\b"
)
"""What stands behind a firm, not behind the person it is called after."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way in which the document may name something again."""

    words: tuple[str, ...]
    """As written in the fuller mention."""
    type: EntityType
    key: str
    weak: bool
    whole: bool
    """The full name, not a part of it."""
    firm: bool = False
    """What is left of a firm's name without the word that says so: Orla of Grupo Orla, though a town is called so."""


class Forms:
    """The forms that the chosen candidates of a document give."""

    def __init__(self, lexicon: Lexicon, common: frozenset[str]) -> None:
        """`common`: words that the document also writes in lower case; alone they are no names (Coal, Patriot)."""
        self._lexicon = lexicon
        self._common = common
        self._words = lexicon.words
        self._forms: defaultdict[str, dict[tuple[tuple[str, ...], EntityType], Form]] = defaultdict(dict)

    def learn(self, passage: Passage, chosen: Sequence[Candidate]) -> None:
        """Take in the candidates chosen in a passage."""
        for candidate in chosen:
            if candidate.rule == "propagated":
                continue
            tokens = tokenize(passage.text[candidate.start : candidate.end])
            if not tokens or (passage.shouted and candidate.rule != "gazetteer"):
                continue
            if candidate.type == "person":
                self._person(tokens, candidate)
            else:
                self._other(passage, tokens, candidate)

    def find(self, passage: Passage) -> Iterator[Candidate]:
        """Where the passage names again what is known."""
        tokens = passage.tokens
        for index, token in enumerate(tokens):
            bucket = self._forms.get(token.key)
            if not bucket:
                continue
            forms = tuple(bucket.values())
            seen: set[EntityType] = set()
            for form in forms if len(forms) == 1 else sorted(forms, key=lambda form: -len(form.words)):
                last = index + len(form.words) - 1
                if form.type not in seen and last < len(tokens) and self._matches(passage, form, index, last):
                    seen.add(form.type)
                    start = self._start(passage, form, index)
                    if start != token.start:
                        yield Candidate(start, tokens[last].end, "person", "propagated", Trust.FULL, 0.85, key=form.key)
                        continue
                    firm = form.type == "organization" and BUSINESS.match(passage.text, tokens[last].end)
                    person = Trust.SINGLE if form.type == "person" or firm or form.firm else Trust.KNOWN
                    yield Candidate(
                        token.start,
                        tokens[last].end,
                        form.type,
                        "propagated",
                        Trust.FULL if len(form.words) > 1 else person,
                        # above a gazetteer's single word: in this document Ford is the man, unless he is "based in"
                        0.92 if firm or form.firm else 0.85 if form.whole else 0.91,
                        key=form.key,
                        weak=form.weak,
                    )

    def _matches(self, passage: Passage, form: Form, index: int, last: int) -> bool:
        tokens = passage.tokens[index : last + 1]
        for position, (token, word) in enumerate(zip(tokens, form.words, strict=True)):
            same = token.text == word or (passage.shouted and token.key == word.lower())
            louder = token.text.isupper() and token.text == word.upper() and len(word) > 3
            softer = token.capital and not token.shouted and token.key == word.lower()
            if not (same or louder or softer):
                return False
            if position and not adjoining(token):
                return False
        if len(tokens) > 1:
            return True
        if form.type != "person" and form.weak and tokens[0].opens:
            return False  # Mobile at the head of a sentence is any mobile thing
        before = passage.tokens[index - 1] if index else None
        following = passage.tokens[last + 1] if last + 1 < len(passage.tokens) else None
        if (
            tokens[0].gap == "-"
            and before
            and not (before.key in self._lexicon.entries or before.key in self._lexicon.demonyms)
        ):
            return False
        # Ford Motor, Kim Hall: another name goes on here.
        goes_on = (
            following is not None
            and following.capital
            and following.gap in (" ", "-")
            and tokens[0].end == tokens[0].full_end
            and following.key not in self._words.stops
            and following.key not in self._words.titles
        )
        part = form.type == "person" and not form.whole and not passage.titled and not passage.shouted
        return not (part and goes_on)

    def _start(self, passage: Passage, form: Form, index: int) -> int:
        """Where the name begins: at the first name before a surname, where there is one."""
        token = passage.tokens[index]
        before = passage.tokens[index - 1] if index else None
        if (
            form.type == "person"
            and not form.whole
            and before
            and before.capital
            and token.gap == " "
            and not passage.titled
            and self._first_name(before)
            and before.key not in self._words.calendar
        ):
            return before.start
        return token.start

    def _first_name(self, token: Token) -> bool:
        return token.key in self._words.first and token.key not in self._words.titles and token.end == token.full_end

    def _person(self, tokens: tuple[Token, ...], candidate: Candidate) -> None:
        texts = [token.text for token in tokens]
        if len(texts) == 1:
            if candidate.trust >= Trust.SINGLE and texts[0].lower() not in self._words.stops:
                self._add(texts, "person", candidate.key, weak=True, whole=True)
            return
        self._add(texts, "person", candidate.key, weak=False, whole=True)
        while len(texts) > 2 and texts[-1] in SUFFIXES:
            texts.pop()
        gaps = [token.gap for token in tokens]
        keys = [token.key for token in tokens]
        words = self._words
        eastern = len(texts) <= 3 and (
            (keys[0] in words.korean_surnames and all(key in words.korean_syllables for key in keys[1:]))
            or candidate.rule in ("korean-name", "chinese-name")
        )
        if candidate.rule == "korean-name-reversed":
            self._part([texts[-1]], candidate)
            return
        if eastern:
            self._part([texts[0]], candidate)
            if len(texts) == 3:
                self._add(texts[1:], "person", candidate.key, weak=True, whole=False)
            return
        # The surname: the last word with what is hyphenated to it; particles make a second form.
        cut = len(texts) - 1
        while cut > 1 and gaps[cut] == "-":
            cut -= 1
        if gaps[cut] == "-" and cut == 1 and keys[0] not in vocabulary().particles:
            return  # one hyphenated name: Jean-Paul
        if "y" in keys[1:-1]:  # Mónica del Pozo y Larrea: the first surname is used alone
            cut = keys.index("y", 1) - 1
            texts, keys, gaps = texts[: cut + 1], keys[: cut + 1], gaps[: cut + 1]
        surname = texts[cut:]
        self._part(surname, candidate)
        if cut > 1 and keys[cut - 1] in vocabulary().particles:
            self._part(texts[cut - 1 :], candidate)
            # Alone at the head of a name the particle has a capital: Mónica del Pozo, Del Pozo.
            self._part([texts[cut - 1].capitalize(), *texts[cut:]], candidate)
        if texts[0][0].isupper() and len(texts[0]) > 2 and gaps[1] != "-" and self._given(keys[0]):
            self._part([texts[0]], candidate)
        # Some go by a name in the middle: the first of two surnames, a by-name that became one.
        for middle in range(1, cut):
            if len(texts[middle]) > 3 and texts[middle][0].isupper() and keys[middle] not in words.titles:
                self._part([texts[middle]], candidate)

    def _given(self, key: str) -> bool:
        """Whether the first word of a person's name may be used alone: a listed given name, or one that nothing is."""
        if key in self._words.first:
            return key not in MODAL
        return not (
            key in self._lexicon.entries
            or key in self._words.titles
            or key in self._words.stops
            or key in self._common
            or key in self._words.last
        )

    def _part(self, texts: list[str], candidate: Candidate) -> None:
        if len(texts) == 1:
            key = texts[0].lower()
            common = (key in self._words.stops and key not in GIVEN - MODAL) or key in self._lexicon.demonyms
            common = common or (key in self._common and not candidate.title)
            place = any(entry.role in ("country", "capital") for entry in self._lexicon.entries.get(key, ()))
            if common or place or len(key) < 2:
                return
        self._add(texts, "person", candidate.key, weak=True, whole=False)

    def _other(self, passage: Passage, tokens: tuple[Token, ...], candidate: Candidate) -> None:
        texts = [token.text for token in tokens]
        if candidate.rule == "model" and (tuple(texts), "person") in self._forms.get(fold(texts[0]), ()):
            return  # "President Diaz-Canel": the model alone makes no company of him later on
        if len(texts) == 1:
            # what the gazetteer finds by itself it finds everywhere
            told = candidate.trust >= Trust.SINGLE and candidate.rule != "gazetteer" and not candidate.name
            if told and len(texts[0]) > 1 and texts[0].lower() not in self._words.stops:
                doubtful = candidate.weak or candidate.rule.startswith("gazetteer-")
                self._add(texts, candidate.type, candidate.key, weak=doubtful, whole=True)
            return
        if not candidate.name:
            self._add(texts, candidate.type, candidate.key, weak=False, whole=True)
        short = list(texts)
        while len(short) > 1 and short[-1] in vocabulary().company_endings:
            short.pop()
        if candidate.type == "organization" and short != texts:
            single = short[0].lower()
            known = len(short) == 1 and (
                single in self._words.stops or single in self._lexicon.entries or single in self._lexicon.demonyms
            )
            if not known:
                self._add(short, candidate.type, candidate.key, weak=False, whole=len(short) > 1)
        # Grupo Orla
        if candidate.rule == "lead" and len(texts) == 2 and texts[1].lower() not in self._words.stops:
            self._add(texts[1:], candidate.type, candidate.key, weak=False, whole=True, firm=True)
        if candidate.type == "organization":
            self._acronym(passage, texts, candidate)

    def _acronym(self, passage: Passage, texts: list[str], candidate: Candidate) -> None:
        """Tarn Water Board (TWB): what stands in brackets and has the initials."""
        after = passage.text[candidate.end : candidate.end + 14]
        if not after.startswith(" ("):
            return
        short = after[2:].split(")")[0].replace(".", "")
        initials = "".join(text[0] for text in texts if text[0].isupper())
        # Initials of the name in its own language: Moroccan Association for Human Rights (AMDH).
        foreign = 2 < len(short) < 7 and short.isalpha() and len(initials) > 2
        if 1 < len(short) < 9 and short.isupper() and (foreign or short == initials or short[0] == initials[0]):
            self._add([short], candidate.type, candidate.key, weak=False, whole=True)

    def _add(
        self, texts: Sequence[str], type_: EntityType, key: str, *, weak: bool, whole: bool, firm: bool = False
    ) -> None:
        words = tuple(texts)
        bucket = self._forms[fold(words[0])]
        known = bucket.get((words, type_))
        if known is None or (whole and not known.whole):
            bucket[words, type_] = Form(words, type_, key, weak, whole, firm)
