"""The order of resolution: documents one by one, nodes, judgements, clusters, entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import is_

from generator.corpus.resolve.cluster import Clusters, Edge
from generator.corpus.resolve.decisions import Decisions
from generator.corpus.resolve.drafts import Drafts
from generator.corpus.resolve.edges import body_edges, people_edges, surname_edges, type_edges
from generator.corpus.resolve.evidence import held_apart
from generator.corpus.resolve.judge import EQUAL
from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.meaning import Gathered
from generator.corpus.resolve.names import NameReader, fold
from generator.corpus.resolve.nodes import Node
from generator.corpus.resolve.resolution import Resolution
from generator.corpus.resolve.things import Things
from generator.lazy import with_mentions
from generator.lazy.named import Register
from generator.model import Article, Entity, Judgement, Mention
from generator.slug import unique_slugs

_SUGGESTIONS = 1000
"""More is no list that anybody works through; the best come first."""


@dataclass(frozen=True, slots=True)
class _Ruling:
    """The analyst's decisions by plain name (letters and digits only)."""

    apart: frozenset[frozenset[str]]
    together: tuple[frozenset[str], ...]

    def held_apart(self, one: str, other: str) -> bool:
        return bool(self.apart) and one != other and frozenset((one, other)) in self.apart


@dataclass(frozen=True, slots=True)
class _Graph:
    """Nodes, their clusters, the judgements that joined them and those that stay open."""

    nodes: Sequence[Node]
    clusters: Clusters
    accepted: Sequence[Edge]
    open: Sequence[Edge]


def resolve(
    articles: Sequence[Article],
    decisions: Decisions,
    things: Sequence[Things] | None = None,
    drafts: Drafts | None = None,
) -> Resolution:
    """The entities of `articles` (sorted by id), the mentions that mean them, and suggestions for the analyst.

    `things` is what a `ThingFinder` finds in each of the articles, in their order, where that is known; `drafts`
    remember the entities of another corpus, which may be nearly the same.
    """
    drafts = drafts or Drafts(keeps=False)
    finder = drafts.finder
    knowledge, lexicon = finder.knowledge, finder.knowledge.lexicon
    ruling = _ruling(decisions)
    stated = articles
    articles = _retyped(articles, decisions)
    register = Register(articles)
    borne = _Borne(register, knowledge.reader)

    def found(at: int, article: Article) -> Sequence[Local]:
        if things is not None and article is stated[at]:
            known = things[at]
            told = any(map(borne, known.surnames)) or any(ruling.held_apart(*pair) for pair in known.pairs)
            if not told:
                return known.found
        own = article.annotated
        return finder.things(own.document, own.mentions, borne, ruling.held_apart).found

    nodes = drafts.nodes((article.annotated, found(at, article)) for at, article in enumerate(articles))
    strong, weak = people_edges(nodes, knowledge.reader, lexicon, finder.ambiguous)
    more_strong, more_weak = body_edges(nodes, lexicon)
    plain = [_plain_names(node) for node in nodes] if ruling.apart or ruling.together else []
    clusters = Clusters(len(nodes), _apart_test(nodes, lexicon, plain, ruling))
    accepted = _decided(clusters, plain, ruling)
    refused: list[Edge] = []
    for edge in sorted(strong + more_strong, key=lambda edge: (-edge.score, edge.left, edge.right)):
        known = clusters.find(edge.left) == clusters.find(edge.right)
        if clusters.union(edge.left, edge.right):
            accepted.append(edge)
        elif not known:
            refused.append(_told_apart(edge, nodes))
    graph = _Graph(nodes, clusters, accepted, weak + more_weak + type_edges(nodes) + surname_edges(nodes) + refused)
    return _conclude(register, graph, decisions, drafts)


class _Borne:
    """Whether somebody in the corpus bears a surname in full; looked for when it is asked first, which is seldom."""

    def __init__(self, register: Register, reader: NameReader) -> None:
        self._register = register
        self._reader = reader
        self._surnames: frozenset[str] | None = None

    def __call__(self, surname: str) -> bool:
        if self._surnames is None:
            names = {kind.name or kind.surface for kind in self._register.kinds if kind.type == "person"}
            read = map(self._reader.read, names)
            self._surnames = frozenset("".join(name.surname) for name in read if name.full)
        return surname in self._surnames


def _told_apart(edge: Edge, nodes: Sequence[Node]) -> Edge:
    """A judgement that was not followed, with the reason where it is one of gender."""
    one, other = nodes[edge.left].genders, nodes[edge.right].genders
    if one and other and one.isdisjoint(other):
        return replace(edge, reason=f"{edge.reason}; but one is spoken of as a man, the other as a woman")
    return edge


def _apart_test(
    nodes: Sequence[Node], lexicon: Lexicon, plain: Sequence[frozenset[str]], ruling: _Ruling
) -> Callable[[int, int], bool]:
    compared: dict[tuple[int, int], bool] = {}

    def different(left: int, right: int) -> bool:
        if ruling.apart and any(ruling.held_apart(a, b) for a in plain[left] for b in plain[right]):
            return True
        return held_apart(nodes[left], nodes[right], lexicon)

    def apart(left: int, right: int) -> bool:
        pair = (min(left, right), max(left, right))
        if pair not in compared:
            compared[pair] = different(*pair)
        return compared[pair]

    return apart


def _ruling(decisions: Decisions) -> _Ruling:
    apart = {
        frozenset((_plain(one), _plain(other)))
        for group in decisions.different
        for at, one in enumerate(group)
        for other in group[at + 1 :]
    }
    return _Ruling(frozenset(apart), tuple(frozenset(map(_plain, group)) for group in decisions.same))


def _retyped(articles: Sequence[Article], decisions: Decisions) -> Sequence[Article]:
    """The articles with the types of mentions as the analyst set them by name; the same where that changes nothing."""
    if not decisions.type:
        return articles
    types = {_plain(name): kind for name, kind in decisions.type.items()}

    def typed(mention: Mention) -> Mention:
        kind = types.get(_plain(mention.name or mention.surface), mention.type)
        return mention if kind == mention.type else replace(mention, type=kind, key="")

    def own(article: Article) -> Article:
        stated = article.annotated.mentions
        mentions = tuple(map(typed, stated))
        if all(map(is_, mentions, stated)):
            return article
        return replace(article, annotated=with_mentions(article.annotated, mentions))

    return [own(article) for article in articles]


def _decided(clusters: Clusters, plain: Sequence[frozenset[str]], ruling: _Ruling) -> list[Edge]:
    """Unions that the analyst asked for, done whatever else speaks against them."""
    edges: list[Edge] = []
    for names in ruling.together:
        members = [number for number, own in enumerate(plain) if own & names]
        for number in members[1:]:
            clusters.union(members[0], number, force=True)
            edges.append(Edge(members[0], number, EQUAL, "entities.yml says so"))
    return edges


def _plain_names(node: Node) -> frozenset[str]:
    """Names of a node that can stand alone, with the name of its gazetteer id left to its own spellings."""
    weak = {name for local in node.locals for name in local.weak_names if local.full}
    names = {name for local in node.locals for name in local.names} - weak
    if node.person:
        names.add(node.person.compact)
    return frozenset(_plain(name) for name in names)


def _conclude(register: Register, graph: _Graph, decisions: Decisions, memory: Drafts) -> Resolution:
    """Entities with names, addresses and judgements; the way back from mentions; suggestions."""
    nodes, clusters = graph.nodes, graph.clusters
    reasons: dict[int, list[Judgement]] = {}
    for edge in graph.accepted:
        judgement = Judgement(_title(nodes[edge.left]), _title(nodes[edge.right]), "same", edge.score, edge.reason)
        reasons.setdefault(clusters.find(edge.left), []).append(judgement)
    asked = [*(name for group in (*decisions.same, *decisions.different) for name in group), *decisions.rename]
    asked += [*decisions.hide, *decisions.type, *decisions.ids]
    hidden = frozenset(map(_plain, decisions.hide))
    renamed = {_plain(name): shown for name, shown in decisions.rename.items()}
    identities = {_plain(name): identity for name, identity in decisions.ids.items()}
    met: set[str] = set()
    drafts: list[tuple[int, Entity]] = []
    for number in range(len(nodes)):
        if clusters.find(number) != number:
            continue
        members = sorted(clusters.members(number))
        own = [nodes[member] for member in members]
        entity = memory.entity(own, reasons.get(number, []) + _why(own), register)
        standing = (entity.name, *(alias.name for alias in entity.aliases if not alias.weak)) if asked else ()
        names = frozenset(map(_plain, standing))
        met |= names
        if names & hidden:
            continue
        shown = next((renamed[name] for name in sorted(names) if name in renamed), entity.name)
        identity = next((identities[name] for name in sorted(names) if name in identities), entity.wikidata)
        if shown != entity.name or identity != entity.wikidata:
            entity = replace(entity, name=shown, wikidata=identity)
        drafts.append((number, entity))
    gathered = Gathered(register, nodes, [clusters.find(number) for number in range(len(nodes))])
    entities = _addressed(drafts, gathered, memory)
    return Resolution(
        entities=tuple(sorted(entities.values(), key=lambda entity: (entity.type, entity.id))),
        meant=gathered.meaning(entities, memory.memory),
        suggestions=_suggestions(graph.open, clusters, entities),
        unmatched=tuple(name for name in dict.fromkeys(asked) if _plain(name) not in met),
    )


def _why(nodes: Sequence[Node]) -> list[Judgement]:
    """Reasons that a node has by itself: a gazetteer id, or a page for one who is never named in full."""
    return [
        Judgement(_title(node), node.key or _title(node), "same", EQUAL, node.reason) for node in nodes if node.reason
    ]


def _addressed(drafts: Sequence[tuple[int, Entity]], gathered: Gathered, memory: Drafts) -> dict[int, Entity]:
    """Entities with all they have, by cluster. What the gazetteer knows keeps the plain slug among namesakes."""
    entities: dict[int, Entity] = {}
    for kind in sorted({entity.type for _, entity in drafts}):
        own = [(number, entity) for number, entity in drafts if entity.type == kind]
        mentions = {number: gathered.of(number) for number, _ in own}
        identities = {number: memory.identity(entity, mentions[number]) for number, entity in own}
        slugs = unique_slugs((identities[number], entity.name) for number, entity in own)
        for number, entity in own:
            entities[number] = memory.addressed(entity, slugs[identities[number]], mentions[number])
    return entities


def _suggestions(open_edges: Sequence[Edge], clusters: Clusters, entities: dict[int, Entity]) -> tuple[Judgement, ...]:
    found: dict[tuple[str, str], Judgement] = {}
    for edge in sorted(open_edges, key=lambda edge: (-edge.score, edge.left, edge.right)):
        left, right = entities.get(clusters.find(edge.left)), entities.get(clusters.find(edge.right))
        if left is None or right is None or left.id == right.id or (left.key and right.key):
            continue
        pair = (min(left.id, right.id), max(left.id, right.id))
        found.setdefault(pair, Judgement(*pair, "unsure", edge.score, edge.reason))
        if len(found) >= _SUGGESTIONS:
            break
    return tuple(found.values())


def _title(node: Node) -> str:
    if node.person and node.person.full:
        return node.person.text
    names = node.names()
    return max(names, key=lambda name: (names[name], len(name), name))


def _plain(name: str) -> str:
    """Letters and digits of a name or of the last part of an address, folded."""
    return "".join(character for character in fold(name.rsplit("/", 1)[-1]) if character.isalnum())
