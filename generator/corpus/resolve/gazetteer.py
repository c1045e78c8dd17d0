"""What the gazetteers know of a name once its id is known, and which well-known person a full name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from generator.corpus.resolve.judge import compare
from generator.corpus.resolve.lexicon import Lexicon, load_lexicon
from generator.corpus.resolve.names import Name, NameReader
from generator.corpus.resolve.surroundings import head_words
from generator.data import read_rows
from generator.model import Document, Mention

_BODIES = ("agencies.csv", "bodies.csv", "companies.csv", "institutions.csv", "outlets.csv", "teams.csv")
_OFFICES_OF_STATE = frozenset(
    {"president", "chancellor", "king", "queen", "pope", "premier", "emperor", "emir", "secretary", "minister"}
)
_BODY = re.compile(r" of (?:the )?([A-Z].*)$")
_LETTERS = re.compile(r"[a-z]+")
_PLACES = ("cities.csv", "regions.csv", "countries.csv")


@dataclass(frozen=True, slots=True)
class Known:
    """A gazetteer row, as far as entities show it."""

    id: str
    name: str
    country: str = ""
    role: str = ""
    """People: the office held, such as `president`; may be several, separated by `; `."""
    latitude: float | None = None
    longitude: float | None = None
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A well-known person with the names to compare with."""

    known: Known
    names: tuple[Name, ...]
    offices: tuple[frozenset[str], ...]

    def held(self, title: frozenset[str]) -> bool:
        """Whether a title, as words, is an office of state that the bearer held: a vice-president is no president."""
        return any(
            title == office or bool(title & office & _OFFICES_OF_STATE and ("vice" in title) == ("vice" in office))
            for office in self.offices
        )


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Rows by id, people by name keys and surname, country words, weak names."""

    rows: dict[str, Known]
    people: dict[str, tuple[Bearer, ...]]
    """By every key that a variant of the name can have."""
    surnames: dict[str, tuple[Bearer, ...]]
    country_words: dict[str, tuple[str, ...]]
    """Country code to its names and demonyms."""
    country_names: dict[str, str]
    weak_places: dict[str, str]
    """Lower-case name that is right only in context to the id of the place."""

    def bearers(self, name: Name, reader: NameReader, lexicon: Lexicon) -> tuple[Bearer, ...]:
        """The well-known people whose full name `name` is, in any spelling; several where it fits several.

        An exact spelling of one hides those who are only near it.
        """
        if not name.full and len(name.tokens) < 2:
            return ()
        found: dict[str, tuple[float, Bearer]] = {}
        for key in reader.keys(name):
            for bearer in self.people.get(key, ()):
                if bearer.known.id in found:
                    continue
                findings = [compare(name, one, lexicon) for one in bearer.names]
                best = max((f.score for f in findings if f.verdict == "same"), default=0.0)
                # "George Bush" lacks what tells two bearers apart; a name list that short is not proof of one.
                likely = [f.score for f in findings if f.verdict == "unsure" and f.kind in {"middle", "generation"}]
                if best or likely:
                    found[bearer.known.id] = (best or max(likely), bearer)
        if not found:
            return ()
        top = max(score for score, _ in found.values())
        floor = top if top >= 0.95 else 0.0
        return tuple(bearer for _, (score, bearer) in sorted(found.items()) if score >= floor)


class Countries:
    """Which countries a document speaks of, by its place mentions and by names and demonyms in its text."""

    def __init__(self, document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
        self._document = document
        self._gazetteer = gazetteer
        self._codes = {
            known.country
            for mention in mentions
            if mention.type == "place" and (known := gazetteer.rows.get(mention.key))
        }
        self._text: str | None = None
        self._words: frozenset[str] | None = None
        self._named: dict[str, bool] = {}

    def holds(self, known: Known) -> bool:
        """Whether the document names the country of a person, or the body that the person led."""
        if known.country in self._codes:
            return True
        bodies = (body_of(role.strip()) for role in known.role.split(";"))
        return any(
            self._names(word) for word in (*self._gazetteer.country_words.get(known.country, ()), *filter(None, bodies))
        )

    def mentions_office(self, words: frozenset[str]) -> bool:
        """Whether the text says any of the words, small or with a capital: `president`, `kremlin`."""
        if self._words is None:
            self._words = frozenset(
                _LETTERS.findall(" ".join(zone.reading.text for zone in self._document.zones).lower())
            )
        return not words.isdisjoint(self._words)

    def _names(self, word: str) -> bool:
        if word not in self._named:
            if self._text is None:
                self._text = " ".join(zone.reading.text for zone in self._document.zones)
            self._named[word] = word in self._text
        return self._named[word]


def body_of(role: str) -> str:
    """The body that an office belongs to: `United Nations` of `secretary-general of the United Nations`; else empty."""
    found = _BODY.search(role)
    return found[1] if found else ""


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteers of the package."""
    known = read_known()
    people, surnames = (
        {key: tuple(known.bearers[at] for at in places) for key, places in index.items()}
        for index in (known.by_key, known.by_surname)
    )
    return Gazetteer(known.rows, people, surnames, known.country_words, known.country_names, known.weak_places)


@dataclass(frozen=True, slots=True)
class Rows:
    """What a `Gazetteer` has, people by their places in `bearers`."""

    rows: dict[str, Known]
    bearers: list[Bearer]
    by_key: dict[str, list[int]]
    by_surname: dict[str, list[int]]
    country_words: dict[str, tuple[str, ...]]
    country_names: dict[str, str]
    weak_places: dict[str, str]


def read_known() -> Rows:
    """The gazetteers of the package, read."""
    known = Rows({}, [], {}, {}, {}, {}, {})
    for file in (*_BODIES, *_PLACES):
        for row in read_rows(file):
            identity = row["id"]
            code = identity.removeprefix("place:") if file == "countries.csv" else row.get("country", "")
            known.rows[identity] = Known(
                identity,
                row["name"],
                country=code if file in _PLACES else "",
                latitude=_number(row.get("latitude", "")),
                longitude=_number(row.get("longitude", "")),
                wikidata=row.get("wikidata", ""),
            )
            if file == "countries.csv":
                names = (row["name"], *_several(row["aliases"]), *_several(row["demonyms"]))
                known.country_words[code] = tuple(name for name in names if len(name) > 2)
                known.country_names[code] = row["name"]
                known.weak_places.update((name.lower(), identity) for name in _several(row["weak"]))
    _read_people(known)
    for places in known.by_surname.values():
        known.rows.update((known.bearers[at].known.id, known.bearers[at].known) for at in places)
    return known


def _read_people(found: Rows) -> None:
    lexicon = load_lexicon()
    reader = NameReader(lexicon)
    for at, row in enumerate(read_rows("persons.csv")):
        known = Known(row["id"], row["name"], row["country"], row["role"], wikidata=row["wikidata"])
        names = tuple(reader.read(name) for name in (row["name"], *_several(row["aliases"])))
        offices = tuple(head_words(role, lexicon) for role in _several(row["role"]))
        found.bearers.append(Bearer(known, names, offices))
        for key in _unique(key for name in names for key in reader.keys(name) if not key.startswith("initial:")):
            found.by_key.setdefault(key, []).append(at)
        # Some are known by one name, which stands after a title as a surname does: President Lula.
        alone = [name.compact for name in names if len(name.tokens) == 1]
        for surname in _unique(["".join(names[0].surname or names[0].tokens), *alone]):
            found.by_surname.setdefault(surname, []).append(at)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _number(cell: str) -> float | None:
    return float(cell) if cell else None
