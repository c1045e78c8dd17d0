"""Personal names taken apart: tokens, given name, surname, culture, and the keys under which variants meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import product
from typing import Literal

import msgspec
from anyascii import anyascii

from generator.corpus.resolve.lexicon import Lexicon
from generator.hangul import given_readings, is_hangul_name, romanize_name, surname_readings

Culture = Literal["", "korean", "chinese", "japanese", "vietnamese", "hungarian", "arabic", "slavic"]

_APOSTROPHES = re.compile(r"['’‘ʼʻ`´]")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLAVIC = re.compile(r"(?:ov|ova|ev|eva|off|eff|sk[iy]{1,2}|skaya|nko|enka|vich|vych|ich|chuk|yuk|iuk)$")
_SLAVIC_STEPS = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"off$", "ov"),
        (r"eff$", "ev"),
        (r"shch|stch", "sch"),
        (r"tch", "ch"),
        (r"kh", "h"),
        # Ukrainian and Belarusian have an h where Russian has a g: Hnatiuk, Gnatyuk.
        (r"g", "h"),
        (r"ks", "x"),
        (r"w", "v"),
        (r"^(?:ye|je|yo|io)", "e"),
        (r"(?:iya|ija|ia|ya|ja)", "ia"),
        (r"(?:iyu|iju|iu|yu|ju)", "iu"),
        (r"(?:ey|ei|ej)$", "ei"),
        (r"[iyj]{1,3}$", "i"),
        (r"y", "i"),
        (r"tz", "ts"),
        (r"(.)\1", r"\1"),
    )
)
_ARABIC_STEPS = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"ou|oo|o", "u"),
        (r"ee|ei|ai|ay|ey|e|y", "i"),
        (r"dj", "j"),
        (r"[qc]", "k"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"v", "w"),
        (r"(.)\1", r"\1"),
        (r"h$", ""),
    )
)
ARTICLES = frozenset({"al", "el", "ul", "ad", "as", "ash", "an", "ar", "at", "az"})
"""Forms of the Arabic article, as it stands before names."""
_SERVANT = frozenset({"abd", "abdel", "abdul", "abdal", "abdoul"})
_SERVANT_JOINED = re.compile(r"^abd(?:[eua]l|oul)-?(?=[a-z]{4})")
_LONGEST_HAN = 4
_GIVEN_AND_SURNAME = 2
_MAX_KOREAN_KEYS = 16
"""Two syllables with up to four readings each; a name that could be more says too little."""


class Name(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A personal name, folded. Tokens are lower-case ASCII without titles and generation suffixes."""

    text: str
    tokens: tuple[str, ...]
    surname: tuple[str, ...]
    given: tuple[str, ...]
    culture: Culture
    generation: str = ""
    title: str = ""
    """The title taken off the front, lower case, abbreviations written out; without courtesy titles."""
    gender: str = ""
    readings: tuple[frozenset[str], ...] = ()
    """Korean: what the surname (first) and each syllable of the given name can be in Hangul."""
    folded: tuple[str, ...] = ()
    """Tokens with the differences of transliteration folded away."""
    double: bool = False
    """Whether it ends with two surnames, the father's and the mother's, of which the first is the one in use."""

    @property
    def compact(self) -> str:
        """All letters in order, without spaces and hyphens."""
        return "".join(self.tokens)

    @property
    def full(self) -> bool:
        """Whether it can stand for one person by itself: a given name and a surname."""
        # A surname of one letter is one that was cut off ("Robert C"), but for Malcolm X.
        return bool(self.given) and len("".join(self.surname)) > ("x" not in self.surname)


def fold(text: str) -> str:
    """`text` in lower-case ASCII: without diacritics and apostrophes; names in Hangul and Han romanised."""
    stripped = text.strip()
    if is_hangul_name(stripped.replace(" ", "")):
        stripped = romanize_name(stripped)
    elif 2 <= len(stripped) <= _LONGEST_HAN and all("一" <= character <= "鿿" for character in stripped):
        # Surname first: one character of two or three, two of four, as most bearers in East Asia have it.
        surname = 2 if len(stripped) == _LONGEST_HAN else 1
        stripped = f"{anyascii(stripped[:surname]).lower()} {anyascii(stripped[surname:]).lower()}"
    plain = anyascii(unicodedata.normalize("NFKC", stripped))
    return _APOSTROPHES.sub("", plain).replace(".", " ").lower()


def with_double(name: Name) -> Name:
    """The name read as one that ends with two surnames; as it is where nothing would be left for the given name."""
    if name.double or len(name.surname) != 1 or len(name.given) < _GIVEN_AND_SURNAME:
        return name
    return msgspec.structs.replace(name, given=name.given[:-1], surname=(name.given[-1], *name.surname), double=True)


def title_words(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The words of a title with abbreviations written out and words of courtesy left out."""
    words: set[str] = set()
    for word in _WORD.findall(fold(text).replace("-", " ")):
        words.update(lexicon.titles.get(word, word).split())
    return frozenset(
        word for word in words if word not in lexicon.courtesy and word not in {"the", "of", "a", "former"}
    )


class NameReader:
    """Reads personal names; remembers what it read, for the time of one resolution."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._read: dict[str, Name] = {}

    def read(self, text: str) -> Name:
        """The name in `text`, with or without a title before it and a `Jr.` behind it."""
        known = self._read.get(text)
        if known is None:
            known = self._read[text] = self._take_apart(text)
        return known

    def keys(self, name: Name) -> Iterator[str]:
        """Keys under which names that may be variants of one another meet."""
        yield "sorted:" + " ".join(sorted(name.tokens))
        yield "compact:" + name.compact
        if not name.full:
            return
        yield "folded:" + " ".join(sorted(name.folded))
        plain = [token for token in name.tokens if token not in ARTICLES]
        # With the Arabic article and without: Samira al-Haddadin, Samira Haddadin.
        if len(plain) > 1:
            yield "plain:" + " ".join(plain)
        last, first = name.folded[-1], name.folded[0]
        yield f"ends:{last} {first}"
        yield f"initial:{last} {first[0]}"
        if name.double:
            yield f"ends:{name.folded[-2]} {first}"
        for full in sorted(self._lexicon.nicknames.get(name.given[0], ())):
            yield f"ends:{last} {full}"
        if name.readings:
            choices = [sorted(reading) for reading in name.readings]
            count = 1
            for choice in choices:
                count *= len(choice)
            if count <= _MAX_KOREAN_KEYS:
                for reading in product(*choices):
                    yield "hangul:" + "".join(reading)

    def _take_apart(self, text: str) -> Name:
        lexicon = self._lexicon
        folded = fold(text)
        surname_first = "," in folded and folded.count(",") == 1
        before, _, after = folded.partition(",")
        if surname_first and not (set(_WORD.findall(after)) <= lexicon.suffixes):
            folded = f"{after} {before}"
        words = _WORD.findall(folded)
        title, gender, words = self._without_title(words)
        generation = ""
        while len(words) > 1 and words[-1] in lexicon.suffixes:
            generation = lexicon.generations.get(words[-1], generation)
            words = words[:-1]
        tokens = tuple(token for word in words for token in word.split("-"))
        culture, surname, given, readings = self._parts(words)
        return Name(
            text=text,
            tokens=tokens,
            surname=surname,
            given=given,
            culture=culture,
            generation=generation,
            title=title,
            gender=gender,
            readings=readings,
            folded=self._folded(tokens, culture) or tokens,
        )

    def _folded(self, tokens: tuple[str, ...], culture: Culture) -> tuple[str, ...]:
        if culture == "arabic":
            kept = [token for token in tokens if token not in ARTICLES]
            joined: list[str] = []
            for token in kept:
                # Abdel Fattah, Abdul-Fattah and Abdulfattah are one name.
                if joined and joined[-1] in _SERVANT:
                    joined[-1] = "abd" + token
                else:
                    joined.append(_SERVANT_JOINED.sub("abd", token))
            tokens = tuple(joined)
        return tuple(self._fold_token(token, culture) for token in tokens)

    def _without_title(self, words: list[str]) -> tuple[str, str, list[str]]:
        lexicon = self._lexicon
        end = 0
        last_role = 0
        while end < len(words) - 1 and (words[end] in lexicon.strippable or words[end] in lexicon.modifiers):
            end += 1
            if words[end - 1] in lexicon.strippable:
                last_role = end
        taken = words[:last_role]
        gender = next((lexicon.courtesy[word] for word in taken if lexicon.courtesy.get(word)), "")
        office = [lexicon.titles.get(word, word) for word in taken if word not in lexicon.courtesy]
        return " ".join(office), gender, words[last_role:]

    def _parts(self, words: list[str]) -> tuple[Culture, tuple[str, ...], tuple[str, ...], tuple[frozenset[str], ...]]:
        """Culture, surname tokens, given-name tokens and Korean readings of the words of a name."""
        if not words:
            return "", (), (), ()
        split = [tuple(word.split("-")) for word in words]
        if len(words) == 1:
            return "", split[0], (), ()
        korean = self._korean(words)
        if korean:
            surname, given, readings = korean
            return "korean", surname, given, readings
        surnames = self._lexicon.surnames
        flat = tuple(token for word in split for token in word)
        # Chinese and Vietnamese order holds in English text too; Japanese and Hungarian names stand in either.
        for culture in ("chinese", "vietnamese", "japanese", "hungarian"):
            names = surnames[culture]
            longest = 2 if culture == "chinese" else 4
            # Where both ends are surnames, a Chinese name still has its own first; of the others it is not known.
            first = words[0] in names and (culture == "chinese" or words[-1] not in names)
            if first and len(words) <= 1 + longest and self._fits(words, culture):
                return culture, split[0], flat[len(split[0]) :], ()
            if words[-1] in names and culture == "japanese":
                return culture, split[-1], flat[: -len(split[-1])], ()
        start = len(words) - 1
        arabic = (
            flat[0] in _SERVANT
            or any(token in self._lexicon.arabic_particles for token in flat[1:])
            or (any(len(self._lexicon.spellings.get(token, ())) for token in flat[:1]) and not _SLAVIC.search(flat[-1]))
        )
        particles = self._lexicon.particles | (self._lexicon.arabic_particles if arabic else frozenset())
        while start > 0 and words[start - 1] in particles:
            start -= 1
        surname = tuple(token for word in split[start:] for token in word)
        given = tuple(token for word in split[:start] for token in word)
        kind: Culture = "arabic" if arabic else "slavic" if _SLAVIC.search(flat[-1]) else ""
        return kind, surname, given, ()

    def _fits(self, words: list[str], culture: str) -> bool:
        """Whether the rest of the name fits the culture: "Ma Ying-jeou" is Chinese, "Grant Tan Lee Smith" is not."""
        if culture == "chinese":
            western = self._lexicon.surnames["common"] - self._lexicon.surnames["chinese"]
            return sum(len(word) for word in words[1:]) <= 12 and words[-1] not in western
        return words[0] not in self._lexicon.nicknames and words[-1] not in self._lexicon.surnames["common"]

    def _korean(self, words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[frozenset[str], ...]] | None:
        """Surname, given name and readings where the words read as a Korean name in either order."""
        for position, rest in ((0, words[1:]), (-1, words[:-1])):
            surname = surname_readings(words[position])
            # A hyphenated given name tells the order: "Jung-ho Lee", although Jung is a surname too.
            if not surname or (len(rest) > 1 and any("-" in word for word in rest)):
                continue
            readings = given_readings(" ".join(rest))
            if readings and (len(readings) > 1 or position == 0):
                given = tuple(token for word in rest for token in word.split("-"))
                return (words[position],), given, (surname, *readings)
        return None

    def _fold_token(self, token: str, culture: Culture) -> str:
        groups = self._lexicon.spellings.get(token)
        if groups and len(groups) == 1:
            return f"~{next(iter(groups))}"
        if culture == "slavic":
            return _stepped(token, _SLAVIC_STEPS)
        if culture == "arabic":
            return _stepped(token, _ARABIC_STEPS)
        # ue, oe and ae stand for umlauts as often as the bare vowel does: Mueller, Müller, Muller.
        return token.replace("ue", "u").replace("oe", "o").replace("ae", "a") if len(token) > 4 else token


def _stepped(token: str, steps: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, new in steps:
        token = pattern.sub(new, token)
    return token
