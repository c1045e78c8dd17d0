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


def introduced(article: str, bearer: Bearer) -> Local:
    """Somebody whom a document names by office and surname only, to be filled with mentions."""
    return Local(
        article,
        "person",
        bearer.known.id,
        key_reason="surname and office fit one well-known person, whose country the article names",
        person=bearer.names[0],
        titles={office for office in bearer.offices if office},
    )
