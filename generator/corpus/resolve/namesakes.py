"""Names that very many bear: of two articles that name one, something else must say that they mean the same person."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.names import Name, fold
from generator.corpus.resolve.surroundings import Words

_SHARED = 2
"""Words that two articles must share: one alone is as often the country, or the matter of the day."""
_SHORTEST_WORD = 4
_SYLLABLES = 8
"""Letters of a Chinese or Korean name of two syllables: Liu Yang, Zhang Wei. Longer ones have two after the surname."""
_WORD = re.compile(r"[^\W\d_]+")


def widespread(name: Name, lexicon: Lexicon) -> bool:
    """Whether the name is one of those that very many bear: John Smith, Liu Yang, Ali Hassan.

    That is: two words, a surname that is frequent in its language, and a given name that is; counts of bearers of whole
    names are not published, so this is inferred.
    """
    if len(name.tokens) != 2 or not name.full:
        return False
    if name.culture in ("chinese", "korean"):
        return len(name.compact) <= _SYLLABLES
    given, surname = name.given[0], name.surname[-1]
    if given in lexicon.spellings and surname in lexicon.spellings:
        return True
    return surname in lexicon.surnames["common"] and given in lexicon.nicknames


def words_about(around: Words, name: Name, lexicon: Lexicon) -> frozenset[str]:
    """Words around a name that tell what the article is about, without those of the name itself."""
    words = {fold(word) for word in _WORD.findall(f"{around.before} {around.after}") if len(word) >= _SHORTEST_WORD}
    return frozenset(words - lexicon.everyday - lexicon.roles - set(name.tokens))


def unlinked_namesakes(things: Sequence[Local], lexicon: Lexicon) -> Mapping[int, str]:
    """By position in `things`, of people whose name is met in articles of several groups: the group's mark.

    Articles are of one group if they give the bearer a calling alike, or share words around the name, at least through
    others. A name all of whose articles are of one group is left out, and so is one that few bear, but where the groups
    give callings of different kinds: that alone may be a career, that and nothing else in common is weak evidence.
    """
    bearers: dict[str, list[int]] = {}
    # Names that are one object need to be put together but once.
    own: dict[int, list[int]] = {}
    for number, local in enumerate(things):
        if local.full and local.person and not local.key:
            name = local.person
            numbers = own.get(id(name))
            if numbers is None:
                numbers = own[id(name)] = bearers.setdefault(f"{name.compact} {name.generation}", [])
            numbers.append(number)
    marks: dict[int, str] = {}
    for numbers in bearers.values():
        if len(numbers) == 1:
            continue
        person = things[numbers[0]].person
        if person is None or not widespread(person, lexicon):
            called = [number for number in numbers if things[number].titles and lexicon.kinds(things[number].titles)]
            groups = _groups(called, things, lexicon.roles, 1)
        else:
            groups = _groups(numbers, things, lexicon.roles, _SHARED)
        if len(groups) > 1:
            marks.update((number, things[group[0]].article) for group in groups for number in group)
    return marks


def _groups(numbers: Collection[int], things: Sequence[Local], roles: frozenset[str], least: int) -> list[list[int]]:
    """The positions parted into groups of which each member is linked with another; joined by what they share."""
    groups: list[tuple[list[int], frozenset[str], frozenset[str]]] = []
    for number in numbers:
        local = things[number]
        own = ([number], frozenset().union(*local.titles) & roles, local.context)
        apart = []
        for group in groups:
            if not own[1].isdisjoint(group[1]) or len(own[2] & group[2]) >= least:
                own = (group[0] + own[0], group[1] | own[1], group[2] | own[2])
            else:
                apart.append(group)
        groups = [*apart, own]
    return [group for group, _, _ in groups]
