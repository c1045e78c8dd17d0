"""Well-known people in a document: by their full names, or by surname and office where their country is named."""

from __future__ import annotations

from generator.corpus.resolve.gazetteer import Bearer, Countries, Gazetteer
from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.names import Name, NameReader

_SHORT = 8
"""Letters of a whole name: "Wang Yi" and "John Key" are borne by thousands each."""


def identify(local: Local, countries: Countries, gazetteer: Gazetteer, reader: NameReader, lexicon: Lexicon) -> None:
    """Give somebody who is named in full the id and the offices of the one well-known person whose name it is."""
    if local.key or local.person is None:
        return
    bearers = gazetteer.bearers(local.person, reader, lexicon)
    if len(bearers) != 1:
        return
    bearer = bearers[0]
    # A surname that very many bear needs the country or the office beside it, a short name of that kind the office.
    if set(local.person.surname) & lexicon.surnames["common"] and not any(map(bearer.held, local.titles)):
        short = len(local.person.compact) <= _SHORT
        if short or not countries.holds(bearer.known):
            return
    local.key = bearer.known.id
    local.key_reason = "the gazetteer knows the full name"
    local.titles.update(office for office in bearer.offices if office)


def office_holder(name: Name, title: frozenset[str], countries: Countries, gazetteer: Gazetteer) -> Bearer | None:
    """The one well-known person with this surname who held this office, where the document names the country."""
    fitting = [
        bearer
        for bearer in gazetteer.surnames.get(name.compact, ())
        if bearer.held(title) and countries.holds(bearer.known)
    ]
    return fitting[0] if len(fitting) == 1 else None


_LONG = 4
"""Letters of a surname that can be one person's worldwide; shorter ones are words or borne by very many."""


def world_leader(name: Name, countries: Countries, gazetteer: Gazetteer, lexicon: Lexicon) -> Bearer | None:
    """The one well-known bearer of a bare surname: the leader of a large country, who few others are called like.

    Only where the document names the country and speaks of the office (or of its seat), and where no second
    well-known person bears the surname: Clinton and Bush stay nobody's.
    """
    surname = name.compact
    bearers = gazetteer.surnames.get(surname, ())
    if len(bearers) != 1 or len(name.tokens) != 1 or len(surname) < _LONG:
        return None
    if surname in lexicon.census_surnames or surname in lexicon.given_names or surname in lexicon.surnames["common"]:
        return None
    bearer = bearers[0]
    led = frozenset[str]().union(*(office & lexicon.led for office in bearer.offices if "vice" not in office))
    if not led or bearer.known.country not in lexicon.world or not countries.holds(bearer.known):
        return None
    return bearer if countries.mentions_office(led | lexicon.seats) else None


def introduced(
    article: str,
    bearer: Bearer,
    reason: str = "surname and office fit one well-known person, whose country the article names",
) -> Local:
    """Somebody whom a document never names in full, to be filled with mentions; `reason` says why it is this one."""
    return Local(
        article,
        "person",
        bearer.known.id,
        key_reason=reason,
        person=bearer.names[0],
        titles={office for office in bearer.offices if office},
    )
