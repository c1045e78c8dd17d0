"""Within a document: organisations, places and events, their acronyms, short names and weak names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.orgs import acronym, initials, says_of, shortens, trade_name, words_of
from generator.model import Document, EntityType, Mention

_OPENING = frozenset({" (", " (the ", "(", " or ", ", or ", " (“", ' ("'})
"""What stands between a name and the acronym that the text introduces for it."""


def bodies_of(
    document: Document,
    mentions: Sequence[Mention],
    kind: EntityType,
    lexicon: Lexicon,
    weak_keys: Mapping[str, str],
) -> list[Local]:
    """What a document names of one type other than people, each with its mentions (indexes into `mentions`).

    `weak_keys` are gazetteer ids by names (lower case) that are right only in context: `korea`, `the south`.
    """
    return _Bodies(document, mentions, kind, lexicon).read(weak_keys)


_BESIDE = re.compile(r"(?:,? (?:and|or|not|nor|at|against|versus|beat|unlike|to)|,|;)(?: the)? ?")
"""Between two names that are set side by side."""

_LONGEST_SHORT = 4
"""Words; what is longer is not called short."""


class _Bodies:
    """The things of one type in one document, by gazetteer id or telling words, while they are gathered."""

    def __init__(self, document: Document, mentions: Sequence[Mention], kind: EntityType, lexicon: Lexicon) -> None:
        self._document = document
        self._mentions = mentions
        self._kind = kind
        self._lexicon = lexicon
        self._found: dict[str, Local] = {}

    def read(self, weak_keys: Mapping[str, str]) -> list[Local]:
        """All of them: full names first, then what depends on them."""
        mentions, lexicon = self._mentions, self._lexicon
        acronyms: list[tuple[int, str]] = []
        own = self._own_acronyms() if self._kind == "organization" else frozenset()
        two = self._two_universities() if self._kind == "organization" else frozenset()
        weak: list[int] = []
        for index in sorted(
            (i for i, m in enumerate(mentions) if m.type == self._kind), key=lambda i: mentions[i].span
        ):
            mention = mentions[index]
            words = words_of(self._name(index), lexicon)
            if not words:
                continue
            if words in two and says_of(self._name(index)):
                words = ("university", "of", *words[:-1])
            short = acronym(self._name(index), lexicon) if self._kind != "place" else ""
            if short and (not mention.key or short in own):
                acronyms.append((index, short))
            elif mention.weak or (self._kind == "organization" and not mention.key and _generic(words, lexicon)):
                weak.append(index)
            else:
                reason = "the gazetteer knows the name" if mention.key else "the same words"
                self._local(mention.key or " ".join(words), mention.key, words).add(index, self._name(index), reason)
        if acronyms:
            self._join_acronyms(acronyms)
        if self._kind == "organization":
            self._join_companies()
            self._join_short()
        if weak:
            self._join_weak(weak, weak_keys)
        for local in self._found.values():
            local.mentions.sort(key=lambda index: mentions[index].span)
        return list(self._found.values())

    def _own_acronyms(self) -> frozenset[str]:
        """Acronyms that the gazetteer knows, and that this text introduces for something else."""
        text, mentions = self._document.seed.text, self._mentions
        found = set()
        ends: dict[int, int] | None = None
        for mention in mentions:
            short = acronym(mention.name or mention.surface, self._lexicon) if mention.key else ""
            if not short or mention.type != self._kind:
                continue
            if ends is None:
                ends = {other.span.end: at for at, other in enumerate(mentions) if other.type == self._kind}
            start = mention.span.start
            for opening in _OPENING:
                before = ends.get(start - len(opening))
                if before is None or text[start - len(opening) : start] != opening:
                    continue
                if mentions[before].key != mention.key and short in initials(self._name(before), self._lexicon):
                    found.add(short)
        return frozenset(found)

    def _two_universities(self) -> frozenset[tuple[str, ...]]:
        """Telling words that two universities share here: "Tarn University and the University of Tarn"."""
        named = [
            (mention.span, words_of(self._name(at), self._lexicon), says_of(self._name(at)))
            for at, mention in enumerate(self._mentions)
            if mention.type == "organization" and "University" in mention.surface
        ]
        named.sort(key=lambda one: one[0])
        text = self._document.seed.text
        return frozenset(
            words
            for (span, words, one), (after, others, other) in pairwise(named)
            if words == others and one != other and _BESIDE.fullmatch(text, span.end, after.start)
        )

    def _name(self, index: int) -> str:
        return self._mentions[index].name or self._mentions[index].surface

    def _local(self, identity: str, key: str, words: tuple[str, ...]) -> Local:
        local = self._found.get(identity)
        if local is None:
            local = self._found[identity] = Local(self._document.id, self._kind, key, words=words, full=True)
        elif len(words) > len(local.words):
            local.words = words
        return local

    def _join_acronyms(self, acronyms: list[tuple[int, str]]) -> None:
        by_initials: dict[str, list[Local]] = {}
        ends: dict[int, Local] = {}
        for local in self._found.values():
            for short in sorted({short for name in local.names for short in initials(name, self._lexicon)}):
                by_initials.setdefault(short, []).append(local)
            for index in local.mentions:
                ends[self._mentions[index].span.end] = local
        text = self._document.seed.text
        introduced: dict[str, Local] = {}
        for index, short in acronyms:
            start = self._mentions[index].span.start
            for opening in _OPENING:
                before = ends.get(start - len(opening))
                if before and text[start - len(opening) : start] == opening and _spells(short, before, self._lexicon):
                    introduced.setdefault(short, before)
        for index, short in acronyms:
            fitting = by_initials.get(short, [])
            if short in introduced:
                introduced[short].add(index, self._name(index), "the document introduces the acronym")
            elif len(fitting) == 1:
                fitting[0].add(index, self._name(index), "initials of the one name in the document that they fit")
            else:
                self._local(short, "", (short,)).add(index, self._name(index), "the same words")

    def _join_short(self) -> None:
        """Join names without a gazetteer id to the one longer name of the document that begins or ends with them."""
        by_part: dict[tuple[str, ...], set[str]] = {}
        for identity, local in self._found.items():
            for name in local.names:
                words = words_of(name, self._lexicon)
                for length in range(1, min(len(words), _LONGEST_SHORT + 1)):
                    for part in {words[:length], words[-length:]}:
                        if shortens(part, words, self._lexicon):
                            by_part.setdefault(part, set()).add(identity)
        for identity, local in sorted(self._found.items(), key=lambda pair: (len(pair[1].words), pair[0])):
            if local.key or not local.words:
                continue
            longer = {other for other in by_part.get(local.words, ()) if other != identity and other in self._found}
            if len(longer) == 1:
                local.weak_names |= set(local.names)
                self._found[longer.pop()].absorb(local, "short for the one longer name in the document")
                del self._found[identity]

    def _join_companies(self) -> None:
        """Join a name that is one the gazetteer knows plus words that companies add: Brackwater Stores Inc."""
        known = {
            words_of(name, self._lexicon): identity
            for identity, local in self._found.items()
            if local.key
            for name in local.names.keys() - local.weak_names
            # The end of a name is not what companies add to: "Harriers" of Ostrow Harriers, and Harriers Enterprises.
            if not any(other.endswith(f" {name}") for other in local.names)
        }
        for identity, local in list(self._found.items()):
            for end in range(1, len(local.words)) if known and not local.key else ():
                target = known.get(local.words[:end])
                if target and trade_name(local.words[:end], local.words, self._lexicon):
                    self._found[target].absorb(local, "the known name with words that companies add")
                    del self._found[identity]
                    break

    def _join_weak(self, weak: list[int], weak_keys: Mapping[str, str]) -> None:
        """Weak names go to what the gazetteer ties them to, or to the name that begins or ends with the same word."""
        heads: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for identity, local in self._found.items():
            starts = [self._mentions[index].span.start for index in local.mentions]
            for head in _heads(local.words):
                heads.setdefault(head, []).extend((start, identity) for start in starts)
        for spots in heads.values():
            spots.sort()
        for index in weak:
            mention = self._mentions[index]
            words = words_of(self._name(index), self._lexicon)
            key = mention.key or weak_keys.get(" ".join(words), "")
            if key:
                reason = "the gazetteer ties the name to this in context"
                self._local(key, key, words).add(index, self._name(index), reason, weak=True)
                continue
            fitting = heads.get(words)
            if fitting:
                before = bisect_left(fitting, (mention.span.start, "")) - 1
                local = self._found[fitting[max(before, 0)][1]]
                local.add(index, self._name(index), "the name with the same word, named last before it", weak=True)


def _generic(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    return all(word in lexicon.generic or word in lexicon.linking for word in words)


def _spells(short: str, local: Local, lexicon: Lexicon) -> bool:
    """Whether the letters of `short` begin words of a name of `local`, in order: `KCNA`, and `Minjoo (DPK)` not."""
    for name in local.names:
        if short in initials(name, lexicon):
            return True
        letters = iter(short)
        wanted = next(letters)
        for word in words_of(name, lexicon):
            for character in word:
                if character == wanted:
                    wanted = next(letters, "")
                    if not wanted:
                        return True
    return False


def _heads(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The weak names of a whole one, up to three words: "ministry" of Ministry of Tides, "council" of Town Council."""
    for length in range(1, min(len(words), 4)):
        yield words[-length:]
        if words[length] == "of":
            yield words[:length]
