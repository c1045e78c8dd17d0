"""Nodes of the resolution graph: what each document names, gathered by equal names over all documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.corpus.resolve.gazetteer import Bearer, Gazetteer
from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.names import Name, NameReader
from generator.model import Article, EntityType

_OFFICES_OF_STATE = frozenset(
    {"president", "chancellor", "king", "queen", "pope", "premier", "emperor", "emir", "secretary", "minister"}
)


@dataclass(slots=True)
class Node:
    """One name (or gazetteer id) of one type, with everything that bears it. Grows while locals are gathered."""

    type: EntityType
    key: str = ""
    person: Name | None = None
    words: tuple[str, ...] = ()
    locals: list[Local] = field(default_factory=list)
    mentions: int = 0
    titles: set[frozenset[str]] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    reason: str = ""
    """Why it is an entity at all, or has its gazetteer id, where its name alone does not say so."""

    def add(self, local: Local) -> None:
        """Take in what one document names."""
        self.locals.append(local)
        self.mentions += len(local.mentions)
        self.titles |= local.titles
        self.genders |= local.genders
        if local.person and (self.person is None or len(local.person.compact) > len(self.person.compact)):
            self.person = local.person
        if len(local.words) > len(self.words):
            self.words = local.words

    def names(self) -> Counter[str]:
        """All names by number of mentions."""
        total: Counter[str] = Counter()
        for local in self.locals:
            total.update(local.names)
        return total

    def label(self) -> str:
        """A stable string to order by."""
        return self.person.compact if self.person else " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The look-ups that gathering needs."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    reader: NameReader


class Countries:
    """Which countries an article speaks of, by its place mentions and by names and demonyms in its text."""

    def __init__(self, article: Article, gazetteer: Gazetteer) -> None:
        self._article = article
        self._gazetteer = gazetteer
        self._codes = {
            known.country
            for mention in article.annotated.mentions
            if mention.type == "place" and (known := gazetteer.rows.get(mention.key))
        }
        self._text: str | None = None

    def holds(self, code: str) -> bool:
        """Whether the country with this code is named."""
        if not code:
            return False
        if code in self._codes:
            return True
        if self._text is None:
            self._text = " ".join(zone.reading.text for zone in self._article.annotated.document.zones)
        return any(word in self._text for word in self._gazetteer.country_words.get(code, ()))


def gather(articles: Sequence[Article], found: Iterable[list[Local]], knowledge: Knowledge) -> list[Node]:
    """Locals of all articles by type and gazetteer id or name, heaviest first. Unnamed fragments are left out."""
    nodes: dict[tuple[str, str], Node] = {}
    for article, local_things in zip(articles, found, strict=True):
        countries = Countries(article, knowledge.gazetteer)
        for local in local_things:
            reason = ""
            if local.type == "person":
                reason = _identify(local, countries, knowledge)
                if not local.full and not local.key and not (reason := _worthy(local, knowledge)):
                    continue
            identity = local.key or _own_name(local)
            # Two of one name whose genders are stated otherwise are two.
            sex = "".join(sorted(local.genders)) if len(local.genders) == 1 and not local.key else ""
            node = nodes.get((local.type, identity))
            if node is not None and sex and node.genders and local.genders.isdisjoint(node.genders):
                identity = f"{identity}|{sex}"
                node = nodes.get((local.type, identity))
            if node is None:
                node = nodes[local.type, identity] = Node(local.type, local.key)
            node.reason = node.reason or reason
            node.add(local)
    return sorted(nodes.values(), key=lambda node: (-node.mentions, node.type, node.label(), node.key))


def _own_name(local: Local) -> str:
    if local.person is None:
        return " ".join(local.words)
    if local.full:
        return f"{local.person.compact} {local.person.generation}".strip()
    title = max(sorted(" ".join(sorted(title)) for title in local.titles), key=len, default="")
    return f"{title} | {local.person.compact}"


def _worthy(local: Local, knowledge: Knowledge) -> str:
    """Why somebody known by one name only gets a page: a title of office before it, and more than one mention.

    Not where several well-known people with the surname held the office: nothing tells which one is meant.
    """
    if local.person is None or not local.title or not local.titles or len(local.mentions) < 2:
        return ""
    bearers = knowledge.gazetteer.surnames.get(local.person.compact, ())
    if sum(_held(local, bearer) for bearer in bearers) > 1:
        return ""
    return f"named {len(local.mentions)} times, with the title “{local.title}”, never in full"


def _identify(local: Local, countries: Countries, knowledge: Knowledge) -> str:
    """Give the local the id of the well-known person that it means, if exactly one fits; the reason, if any."""
    if local.key or local.person is None:
        return ""
    if local.full:
        bearers = knowledge.gazetteer.bearers(local.person, knowledge.reader, knowledge.lexicon)
        if len(bearers) != 1:
            return ""
        bearer = bearers[0]
        common = bool(set(local.person.surname) & knowledge.lexicon.surnames["common"])
        # A surname that very many bear needs the country or the office beside it.
        if common and not countries.holds(bearer.known.country) and not _held(local, bearer):
            return ""
        local.key = bearer.known.id
        return "the gazetteer knows the full name"
    fitting = [
        bearer
        for bearer in knowledge.gazetteer.surnames.get(local.person.compact, ())
        if _held(local, bearer) and countries.holds(bearer.known.country)
    ]
    if len(fitting) != 1:
        return ""
    local.key = fitting[0].known.id
    return "surname and office fit one well-known person, whose country the article names"


def _held(local: Local, bearer: Bearer) -> bool:
    """Whether a title in the text is an office of state that the bearer held."""
    return any(
        title == office or (title & office & _OFFICES_OF_STATE and ("vice" in title) == ("vice" in office))
        for title in local.titles
        for office in bearer.offices
    )
