"""Within a document: which full name a surname, a title with a surname or a given name belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from generator.corpus.resolve.famous import identify, introduced, office_holder, world_leader
from generator.corpus.resolve.fullnames import MANY, PeopleTools, join_full
from generator.corpus.resolve.gazetteer import Bearer, Countries
from generator.corpus.resolve.judge import compare
from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.names import Name, title_words, with_double
from generator.corpus.resolve.namesakes import widespread, words_about
from generator.corpus.resolve.surroundings import (
    Surroundings,
    apposition,
    called_next,
    courtesy_before,
    head_words,
    is_relative,
    stated_gender,
    title_before,
)
from generator.corpus.resolve.telling import set_beside, spoken_of
from generator.model import Document, Mention

_DISTINGUISHED = re.compile(r"\b(?:first|second|elder|younger|older|other)\s(?:[A-Z][a-z]{1,20}\s){0,3}$")
_SURNAME, _GIVEN = 2, 1


@dataclass(frozen=True, slots=True)
class _Met:
    index: int
    mention: Mention
    name: Name
    title: frozenset[str]
    gender: str
    distinguished: bool
    """Set apart by the text from another bearer: "the first President Bush", "the elder Khan"."""


def people_of(document: Document, mentions: Sequence[Mention], tools: PeopleTools) -> list[Local]:
    """The people that a document names, each with its mentions (indexes into `mentions`)."""
    around = Surroundings(document)
    lexicon = tools.lexicon
    full: dict[str, Local] = {}
    partial: list[_Met] = []
    order = sorted((i for i, m in enumerate(mentions) if m.type == "person"), key=lambda i: mentions[i].span)
    for index in order:
        mention = mentions[index]
        name = _read(mention, tools)
        if not name.tokens or all(token in lexicon.roles or token in lexicon.modifiers for token in name.tokens):
            continue
        if mention.key or (name.full and not _surname_alone(name, mention, lexicon)):
            # Father and son may differ in nothing but "Sr." and "Jr.".
            identity = mention.key or f"{name.compact} {name.generation}"
            local = full.get(identity)
            if local is None:
                local = full[identity] = Local(document.id, "person", mention.key, full=True)
            _introduce(local, index, mention, around, tools)
        else:
            words = around.of(mention.span)
            title = title_words(mention.title or name.title or title_before(words, lexicon), lexicon)
            gender = name.gender or lexicon.courtesy.get(mention.title.rstrip(".").lower(), "")
            gender = gender or courtesy_before(words, lexicon)
            partial.append(_Met(index, mention, name, title, gender, bool(_DISTINGUISHED.search(words.before))))
    set_beside(
        document, mentions, list(full.values()), lambda one, other: compare(one, other, lexicon).verdict != "different"
    )
    people = join_full(document, mentions, list(full.values()), tools)
    countries = Countries(document, mentions, tools.gazetteer)
    for person in people:
        identify(person, countries, tools.gazetteer, tools.reader, lexicon)
    people.extend(_office_holders(document.id, people, partial, countries, tools))
    people = _join_partial(document.id, people, partial, mentions, tools)
    for number, gender in spoken_of(document, mentions, people).items():
        # What a title states goes before what a pronoun says.
        people[number].genders = people[number].genders or {gender}
    for person in people:
        if person.person and any(
            _ends_double(tools.reader.read(name), person.person, lexicon) for name in person.names
        ):
            person.person = with_double(person.person)
        person.mentions.sort(key=lambda index: mentions[index].span)
    return people


def _ends_double(part: Name, whole: Name, lexicon: Lexicon) -> bool:
    """Whether a shorter name shows that the whole one ends with two surnames: "Quispe" of Ramiro Quispe Mamani."""
    if whole.culture not in ("", "slavic") or len(whole.given) < 2 or len(whole.surname) != 1:
        return False
    first = whole.given[-1]
    if first in lexicon.given_names or first in lexicon.particles or len(first) == 1:
        return False
    return part.tokens in ((first,), (first, *whole.surname))


def _surname_alone(name: Name, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a name of two words is a surname with its particle: "al-Batali", "de Wit"; "Al Smith" is a whole name."""
    if len(name.tokens) != 2 or name.tokens[0] not in lexicon.particles | lexicon.arabic_particles:
        return False
    first = mention.surface.split()[0]
    return "-" in first or first.islower() or name.tokens[0] in {"van", "von", "de", "della", "du"}


def _office_holders(
    article: str, people: Sequence[Local], partial: Sequence[_Met], countries: Countries, tools: PeopleTools
) -> list[Local]:
    """Well-known people who are never named in full: "President Hale", although only Ida Hale is named."""
    found: dict[str, Local] = {}
    held = {person.key for person in people if person.key}
    borne = {token for person in people if person.person for token in person.person.tokens}
    for met in partial:
        if met.distinguished:
            continue
        if not met.title:
            leader = None if met.gender or met.name.compact in borne else _leader(met.name, countries, tools)
            if leader and leader.known.id not in held:
                reason = "no other well-known person bears the surname; the article names country and office"
                found.setdefault(leader.known.id, introduced(article, leader, reason))
            continue
        bearer = office_holder(met.name, met.title, countries, tools.gazetteer)
        if bearer and bearer.known.id not in held:
            found.setdefault(bearer.known.id, introduced(article, bearer))
    return list(found.values())


def _leader(name: Name, countries: Countries, tools: PeopleTools) -> Bearer | None:
    return world_leader(name, countries, tools.gazetteer, tools.lexicon)


def _read(mention: Mention, tools: PeopleTools) -> Name:
    name = tools.reader.read(mention.name or mention.surface)
    if not name.full and mention.title:
        last = mention.title.split()[-1].lower().rstrip(".")
        if last in tools.lexicon.regnal and last not in name.tokens:
            return tools.reader.read(f"{mention.title.split()[-1]} {mention.name}")
    return name


def _introduce(local: Local, index: int, mention: Mention, around: Surroundings, tools: PeopleTools) -> None:
    lexicon, name = tools.lexicon, _read(mention, tools)
    # "Pope Francis" is the name, although the mention leaves the title out.
    regnal = name.text.split()[0].lower() in lexicon.regnal
    local.add(index, name.text if regnal else mention.name or mention.surface, "named in full")
    if local.person is None or len(name.compact) > len(local.person.compact):
        local.person = name
    words = around.of(mention.span)
    title = max(mention.title, title_before(words, lexicon), name.title, key=len)
    what = apposition(words, lexicon)
    for phrase in (title, what, called_next(words, lexicon)):
        if head := head_words(phrase, lexicon):
            local.titles.add(head)
    if head_words(title, lexicon):
        local.title = local.title or title
    if what and not local.description:
        local.description, local.description_at = what, index
    gender = name.gender or lexicon.courtesy.get(mention.title.rstrip(".").lower(), "")
    gender = gender or stated_gender(words, what, lexicon)
    local.relative = local.relative or is_relative(words, what, lexicon)
    if gender:
        local.genders.add(gender)
    if local.titles or widespread(name, lexicon):
        local.context |= words_about(words, name, lexicon)


def _join_partial(
    article: str, people: list[Local], partial: list[_Met], mentions: Sequence[Mention], tools: PeopleTools
) -> list[Local]:
    """Each partial name, in text order, to the person it most probably means; the others among themselves."""
    by_token: dict[str, list[Local]] = {}
    for person in people:
        if person.person:
            for token in dict.fromkeys((*person.person.tokens, "".join(person.person.given))):
                if len(bearers := by_token.setdefault(token, [])) < MANY:
                    bearers.append(person)
    introductions = sorted(
        (
            (mentions[index].span.start, person, mentions[index].paragraph)
            for person in people
            for index in person.mentions
        ),
        key=lambda entry: entry[0],
    )
    at = 0
    bare: dict[str, Local] = {}
    unknown: dict[str, Local] = {}
    for met in partial:
        start = met.mention.span.start
        while at < len(introductions) and introductions[at][0] <= start:
            introduced_at, person, paragraph = introductions[at]
            person.last, person.paragraph = introduced_at, paragraph
            at += 1
        chosen, reason = _choose(met, by_token, bare, tools)
        if chosen is None and not met.distinguished:
            chosen, reason = _misspelled(met, people, tools)
        identity = f"{met.name.compact} {met.distinguished}"
        local = chosen or unknown.get(identity)
        if local is None:
            local = unknown[identity] = Local(article, "person", person=met.name)
            people.append(local)
        if chosen is None:
            reason = "the same words"
        else:
            local.last, local.paragraph = start, met.mention.paragraph
            if not met.title and not met.gender:
                bare.setdefault(met.name.compact, local)
        local.add(met.index, met.mention.name or met.mention.surface, reason, weak=True)
        if met.title:
            local.titles.add(met.title)
            local.title = local.title or met.mention.title or met.name.title
        if met.gender:
            local.genders.add(met.gender)
    return people


def _choose(
    met: _Met, by_token: dict[str, list[Local]], bare: dict[str, Local], tools: PeopleTools
) -> tuple[Local | None, str]:
    candidates, rank = _candidates(met.name, by_token, tools)
    if met.distinguished and len(candidates) < 2:
        return None, ""
    kind = "surname" if rank == _SURNAME else "given name"
    if met.gender:
        candidates = [person for person in candidates if not person.genders - {met.gender}]
    if met.title:
        # "His wife Ida Hale" is not meant by "President Hale", although nobody else is named in full.
        candidates = [person for person in candidates if person.titles or not person.relative]
    if not candidates:
        return None, ""
    if met.title:
        scores = [max((_title_fit(met.title, held) for held in person.titles), default=0) for person in candidates]
        best = max(scores)
        if best > 0:
            candidates = [person for person, score in zip(candidates, scores, strict=True) if score == best]
            if len(candidates) == 1:
                return candidates[0], f"{kind}, with the title that only this bearer has"
        else:
            # None is known by this title: one of whom no other office is told fits better than one who has another.
            candidates = [person for person in candidates if not person.titles] or candidates
    if len(candidates) == 1:
        return candidates[0], f"{kind}; the document names one bearer"
    if met.gender:
        stated = [person for person in candidates if met.gender in person.genders]
        if len(stated) == 1:
            return stated[0], f"{kind}, with the gender that only this bearer has"
    settled = bare.get(met.name.compact)
    preceding = [person for person in candidates if person.last >= 0]
    if not preceding:
        return candidates[0], f"{kind}; the first bearer that the document names"
    nearest = max(preceding, key=lambda person: person.last)
    # Whom the bare surname has meant so far it goes on to mean, but where a paragraph speaks of another bearer only.
    here = met.mention.paragraph
    moved = here is not None and nearest.paragraph == here and settled is not None and settled.paragraph != here
    if settled is not None and settled in candidates and not met.title and not moved:
        return settled, f"{kind}, as before in this document"
    return nearest, f"{kind}; the bearer named last before it"


def _candidates(name: Name, by_token: dict[str, list[Local]], tools: PeopleTools) -> tuple[list[Local], int]:
    """Those whose full name contains the words of `name`; bearers of the surname before bearers of the given name."""
    tokens = name.tokens
    skipped = tools.lexicon.particles | tools.lexicon.arabic_particles
    telling = tuple(token for token in tokens if token not in skipped) or tokens
    bearers: list[Local] = []
    others: list[Local] = []
    joined = "".join(telling)
    for person in by_token.get(telling[-1], ()) or by_token.get(joined, ()):
        whole = person.person
        if whole is None:
            continue
        if telling[-1] in whole.surname and _contains(whole.tokens, telling, skipped):
            bearers.append(person)
        elif "".join(whole.given) == joined or _contains(whole.tokens, telling, skipped):
            others.append(person)
    # "Da Costa" is whose name ends so, where another is called Costa.
    exact = [one for one in bearers if one.person and one.person.tokens[-len(tokens) :] == tokens]
    return (exact or bearers, _SURNAME) if bearers else (others, _GIVEN)


def _contains(whole: tuple[str, ...], part: tuple[str, ...], skipped: frozenset[str]) -> bool:
    plain = tuple(token for token in whole if token not in skipped)
    return any(plain[at : at + len(part)] == part for at in range(len(plain) - len(part) + 1))


def _title_fit(asked: frozenset[str], held: frozenset[str]) -> int:
    """2 for the same title, 1 for a shared office, 0 for another one: a vice-president is no president."""
    if asked == held:
        return 2
    deputy = frozenset({"vice", "deputy"})
    if bool(asked & deputy) != bool(held & deputy):
        return 0
    return 1 if asked & held - {"prime", "foreign", "first", "senior", "chief"} else 0


def _misspelled(met: _Met, people: Sequence[Local], tools: PeopleTools) -> tuple[Local | None, str]:
    """A surname that nobody bears, one or two letters from that of the one person with the same title of office."""
    token = met.name.compact
    if not met.title or len(token) < 5 or len(people) > MANY or tools.known_surname(token):
        return None, ""
    near = [
        person
        for person in people
        if person.full
        and person.person
        and "".join(person.person.surname)[:1] == token[:1]
        # Two letters of six or more; in five, one: more would be another name.
        and 0 < Levenshtein.distance("".join(person.person.surname), token) <= (2 if len(token) >= 6 else 1)
    ]
    titled = [person for person in near if any(_title_fit(met.title, held) == 2 for held in person.titles)]
    if len(titled) != 1:
        return None, ""
    return titled[0], "a misspelling: the title fits, the surname is near, nobody bears it as written"
