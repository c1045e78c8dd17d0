"""Judgements between nodes: which names of different documents are one, which may be, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from generator.corpus.resolve.cluster import Edge, candidate_pairs
from generator.corpus.resolve.evidence import called_otherwise, held_apart
from generator.corpus.resolve.fullnames import STATED
from generator.corpus.resolve.judge import EQUAL, FAINT, LIKELY, MERGE, POSSIBLE, SPELLING, Finding, compare
from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.names import Name, NameReader, fold
from generator.corpus.resolve.nodes import Node, surname_of
from generator.corpus.resolve.orgs import acronym, initials, shortens, trade_name, words_of
from generator.model import EntityType

_SUPPORTED = 0.82
"""Just above the line: two weak reasons that agree."""
_BEARERS = 5
"""Bearers of a surname that are suggested for it: a longer list is a search."""
_VAGUE = frozenset({"master", "keeper"})
"""Of what, the title alone does not say: a master of the harbour, of chess, of a school."""
_SETTLED = frozenset({"initial", "middle", "nickname"})
"""What an office in common settles. Not the generation: sons follow their fathers in office."""
_LETTERS = re.compile(r"[a-z0-9]+")
_LOOSE = frozenset({"initial", "middle", "nickname", "spelling"})
"""Names that differ in these are one person's as long as nothing speaks against it."""
_PARTNERS = 12
"""Names that one may be a variant of; a name with more is looked at closely enough by these."""
_INTRODUCED = 0.86
"""Some document spells the acronym out, and no other expansion of it is known."""
_OWNED = 2
_OWNER = re.compile(r"(?:[Tt]he )?\w+['’]s ")
_SHORT_NAME = 0.81
"""Some document uses it so, no other name fits, and what is left out is what companies leave out."""


def people_edges(
    nodes: Sequence[Node], reader: NameReader, lexicon: Lexicon, ambiguous: Callable[[Name], bool]
) -> tuple[list[Edge], list[Edge]]:
    """Strong edges and unsure ones between people. `nodes` of other types are passed over."""
    keys = [
        tuple(reader.keys(node.person)) if node.type == "person" and node.person and node.person.full else ()
        for node in nodes
    ]
    sure: dict[int, list[tuple[int, Finding]]] = {}
    unsure: dict[int, list[tuple[int, Finding]]] = {}
    found: list[tuple[int, int, Finding]] = []
    for left, right in candidate_pairs(keys):
        one, other = nodes[left], nodes[right]
        if one.person is None or other.person is None or (one.key and other.key and one.key != other.key):
            continue
        finding = compare(one.person, other.person, lexicon)
        if finding.verdict == "different":
            continue
        if finding.kind == "middle":
            short = min(one.person, other.person, key=lambda name: len(name.compact))
            if ambiguous(short):
                finding = Finding("unsure", LIKELY, "middle", f"{finding.reason}; several well-known people fit")
        found.append((left, right, finding))
        index = sure if finding.verdict == "same" else unsure
        index.setdefault(left, []).append((right, finding))
        index.setdefault(right, []).append((left, finding))
    strong: list[Edge] = []
    weak: list[Edge] = []
    for left, right, finding in found:
        score, reason = finding.score, finding.reason
        if finding.verdict == "same" and not _same_letters(nodes[left], nodes[right]):
            if _fits_two(left, right, sure, nodes, lexicon) or _fits_two(right, left, sure, nodes, lexicon):
                score, reason = LIKELY, f"{reason}; but it fits two who differ from each other"
            elif finding.kind in _LOOSE and called_otherwise(nodes[left], nodes[right]):
                score, reason = LIKELY, f"{reason}; but articles call the two by other callings"
        elif finding.verdict == "unsure" and finding.kind in _SETTLED:
            office = _shared_office(nodes[left], nodes[right])
            alone = len(unsure.get(left, ())) + len(unsure.get(right, ())) == 2
            if office and alone and not (finding.kind == "middle" and "well-known" in reason):
                score, reason = _SUPPORTED, f"{reason}; both are called {office}, and no other name fits"
        (strong if score >= MERGE else weak).append(Edge(left, right, score, reason))
    return strong + _stated(nodes), weak


def _stated(nodes: Sequence[Node]) -> list[Edge]:
    """Edges from those of whom an article states another name to the one who is called so elsewhere."""
    stated: dict[str, set[int]] = {}
    plain: set[int] = set()
    for number, node in enumerate(nodes):
        for local in node.locals:
            # Things that are named alike share what is said of their names.
            if id(local.reasons) in plain:
                continue
            if STATED not in local.reasons.values():
                plain.add(id(local.reasons))
            else:
                for name in (name for name, reason in local.reasons.items() if reason == STATED):
                    stated.setdefault("".join(_LETTERS.findall(fold(name))), set()).add(number)
    edges: list[Edge] = []
    for number, node in enumerate(nodes if stated else ()):
        targets = stated.get(node.person.compact, set()) - {number} if node.person and node.person.full else set()
        if len(targets) == 1:
            edges.append(_edge(number, targets.pop(), SPELLING, "an article states both names"))
    return edges


def surname_edges(nodes: Sequence[Node]) -> list[Edge]:
    """Unsure edges from those whom an article names by surname alone to the bearers of the surname in the corpus."""
    bearers: dict[str, list[int]] = {}
    for number, node in enumerate(nodes):
        if node.type == "person" and node.person and node.person.full:
            bearers.setdefault(surname_of(node.person), []).append(number)
    edges: list[Edge] = []
    for number, node in enumerate(nodes):
        if node.type != "person" or node.key or node.person is None or node.person.full:
            continue
        # Nodes are in order of weight: those of whom most is told are meant most often.
        for other in bearers.get(node.person.compact, ())[:_BEARERS]:
            if node.genders and nodes[other].genders and node.genders.isdisjoint(nodes[other].genders):
                continue
            office = _shared_office(node, nodes[other])
            reason = "the surname alone" + (f", and both are called {office}" if office else "")
            edges.append(_edge(number, other, POSSIBLE if office else FAINT, reason))
    return edges


def body_edges(nodes: Sequence[Node], lexicon: Lexicon) -> tuple[list[Edge], list[Edge]]:
    """Strong edges and unsure ones between organisations, and between events, by acronyms and short names."""
    introduced: dict[tuple[EntityType, str], set[int]] = {}
    possible: dict[tuple[EntityType, str], set[int]] = {}
    shortened: dict[tuple[EntityType, tuple[str, ...]], set[int]] = {}
    bare: list[tuple[int, str]] = []
    by_words: dict[tuple[EntityType, tuple[str, ...]], list[int]] = {}
    known: dict[tuple[EntityType, tuple[str, ...]], set[int]] = {}
    for number, node in enumerate(nodes):
        if node.type == "person":
            continue
        names = node.names()
        by_words.setdefault((node.type, node.words), []).append(number)
        if node.key:
            weak_names = {name for local in node.locals for name in local.weak_names}
            for words in {words_of(name, lexicon) for name in names if name not in weak_names}:
                known.setdefault((node.type, words), set()).add(number)
        if node.type == "place":
            continue
        shapes = {name: acronym(name, lexicon) for name in names}
        if all(shapes.values()):
            bare.extend((number, short) for short in sorted(set(shapes.values())))
        else:
            for name, short in shapes.items():
                if short:
                    introduced.setdefault((node.type, short), set()).add(number)
                else:
                    for letters in initials(name, lexicon):
                        possible.setdefault((node.type, letters), set()).add(number)
        for local in node.locals:
            for name in local.weak_names:
                words = words_of(name, lexicon)
                if len(words) < len(node.words) and shortens(words, node.words, lexicon):
                    shortened.setdefault((node.type, words), set()).add(number)
    strong: list[Edge] = []
    weak: list[Edge] = []
    for wording, bearers in sorted(known.items()):
        if len(bearers) == 1:
            target = next(iter(bearers))
            strong.extend(
                _edge(number, target, EQUAL, "the same words, elsewhere known to the gazetteer")
                for number in by_words.get(wording, ())
                if not nodes[number].key
            )
    for number, short in bare:
        kind = nodes[number].type
        targets = introduced.get((kind, short), set()) - {number}
        if len(targets) == 1:
            strong.append(_edge(number, next(iter(targets)), _INTRODUCED, "an article spells the acronym out"))
        elif not targets and len(fits := possible.get((kind, short), set()) - {number}) == 1 and len(short) > 2:
            weak.append(_edge(number, next(iter(fits)), POSSIBLE, "the initials fit one name"))
    for number, node in enumerate(nodes):
        # Drummel's Water Board is the Drummel Water Board; of two words, Moody's Bank and Moody Bank may be two.
        if node.type == "organization" and not node.key and len(node.words) > _OWNED and node.words[0][-1:] == "s":
            plain = by_words.get((node.type, (node.words[0][:-1], *node.words[1:])), [])
            if len(plain) == 1 and any(_OWNER.match(name) for name in node.names()):
                strong.append(_edge(number, plain[0], _SHORT_NAME, "the same name with and without the possessive"))
    for (of_type, words), longer in sorted(shortened.items()):
        for number in by_words.get((of_type, words), ()):
            targets = longer - {number}
            if len(targets) != 1 or nodes[number].key:
                continue
            target = next(iter(targets))
            company = trade_name(words, nodes[target].words, lexicon)
            reason = "an article uses this short name for the longer one"
            (strong if company else weak).append(_edge(number, target, _SHORT_NAME if company else POSSIBLE, reason))
    return strong, weak


def type_edges(nodes: Sequence[Node]) -> list[Edge]:
    """Unsure edges between nodes of one name and different types: one of the types is likely wrong."""
    bearers: dict[str, list[int]] = {}
    for number, node in enumerate(nodes):
        bearers.setdefault(node.label().replace(" ", ""), []).append(number)
    edges: list[Edge] = []
    for label in sorted(bearers):
        numbers = bearers[label]
        one, other = nodes[numbers[0]], nodes[numbers[-1]]
        if len(numbers) == 2 and one.type != other.type and not (one.key and other.key):
            kinds = " and as ".join(sorted((one.type, other.type)))
            edges.append(_edge(numbers[0], numbers[1], POSSIBLE, f"the same name, found as {kinds}"))
    return edges


def _edge(one: int, other: int, score: float, reason: str) -> Edge:
    return Edge(min(one, other), max(one, other), score, reason)


def _fits_two(
    node: int, partner: int, sure: dict[int, list[tuple[int, Finding]]], nodes: Sequence[Node], lexicon: Lexicon
) -> bool:
    """Whether somebody else whom the node may be is held apart from its partner, and no office tells which it is."""
    own = nodes[node]
    for other, _ in sure.get(node, ())[:_PARTNERS]:
        if other == partner or held_apart(own, nodes[other], lexicon):
            continue
        if held_apart(nodes[partner], nodes[other], lexicon):
            return not _shared_office(own, nodes[partner]) or bool(_shared_office(own, nodes[other]))
    return False


def _same_letters(one: Node, other: Node) -> bool:
    return one.person is not None and other.person is not None and one.person.compact == other.person.compact


def _shared_office(one: Node, other: Node) -> str:
    shared = sorted(" ".join(sorted(a)) for a in one.titles & other.titles if not a <= _VAGUE)
    return shared[0] if shared else ""
