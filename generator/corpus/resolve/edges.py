"""Judgements between nodes: which names of different documents are one, which may be, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.corpus.resolve.cluster import Edge, candidate_pairs
from generator.corpus.resolve.judge import EQUAL, FAINT, LIKELY, MERGE, POSSIBLE, Finding, compare
from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.names import Name, NameReader
from generator.corpus.resolve.nodes import Node, surname_of
from generator.corpus.resolve.orgs import acronym, initials, shortens, trade_name, words_of
from generator.model import EntityType

_SUPPORTED = 0.82
"""Just above the line: two weak reasons that agree."""
_BEARERS = 5
"""Bearers of a surname that are suggested for it: a longer list is a search."""
_VAGUE = frozenset({"master", "keeper"})
"""Of what, the title alone does not say: a master of the harbour, of chess, of a school."""
_SETTLED = frozenset({"initial", "middle", "nickname", "generation"})
_INTRODUCED = 0.86
"""Some document spells the acronym out, and no other expansion of it is known."""
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
        if finding.verdict == "same" and finding.kind in {"middle", "nickname", "spelling", "initial"}:
            if _fits_two(left, sure, nodes, lexicon) or _fits_two(right, sure, nodes, lexicon):
                score, reason = LIKELY, f"{reason}; but it fits two who differ from each other"
        elif finding.verdict == "unsure" and finding.kind in _SETTLED:
            office = _shared_office(nodes[left], nodes[right])
            alone = len(unsure.get(left, ())) + len(unsure.get(right, ())) == 2
            if office and alone and not (finding.kind == "middle" and "well-known" in reason):
                score, reason = _SUPPORTED, f"{reason}; both are called {office}, and no other name fits"
        (strong if score >= MERGE else weak).append(Edge(left, right, score, reason))
    return strong, weak


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


def _fits_two(node: int, sure: dict[int, list[tuple[int, Finding]]], nodes: Sequence[Node], lexicon: Lexicon) -> bool:
    """Whether two of the partners of a node are held apart by their own names or gazetteer ids."""
    partners = [nodes[other] for other, _ in sure.get(node, ())[:12]]
    for at, one in enumerate(partners):
        for other in partners[at + 1 :]:
            if one.key and other.key:
                if one.key != other.key:
                    return True
            elif one.person and other.person and compare(one.person, other.person, lexicon).verdict == "different":
                return True
    return False


def _shared_office(one: Node, other: Node) -> str:
    shared = sorted(" ".join(sorted(a)) for a in one.titles & other.titles if not a <= _VAGUE)
    return shared[0] if shared else ""
