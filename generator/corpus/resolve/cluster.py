"""Constrained clustering: join what strong judgements tie, unless any evidence holds two members apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

BLOCK = 40
"""Members of a block that are compared each with each. A larger block (one surname and initial, borne by very many)
says too little; there the most frequent names stand for the others."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A judgement between two nodes, by their numbers; `left < right`."""

    left: int
    right: int
    score: float
    reason: str


def candidate_pairs(keys: Sequence[Iterable[str]]) -> Iterator[tuple[int, int]]:
    """Pairs of nodes that share a key, each once, `left < right`. `keys[i]` are the keys of node `i`.

    Nodes must be numbered by falling weight: of an overfull block the first `BLOCK` are paired with one another.
    """
    blocks: dict[str, list[int]] = {}
    for number, own in enumerate(keys):
        for key in own:
            block = blocks.setdefault(key, [])
            if len(block) < BLOCK and (not block or block[-1] != number):
                block.append(number)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for at, left in enumerate(block):
            for right in block[at + 1 :]:
                if (left, right) not in seen:
                    seen.add((left, right))
                    yield left, right


class Clusters:
    """Union-find over nodes that refuses a union across which `apart` finds two members held apart."""

    def __init__(self, count: int, apart: Callable[[int, int], bool]) -> None:
        self._parent = list(range(count))
        self._members: dict[int, list[int]] = {}
        self._apart = apart

    def find(self, node: int) -> int:
        """The representative of the node's cluster: its lowest number."""
        root = node
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[node] != root:
            self._parent[node], node = root, self._parent[node]
        return root

    def members(self, node: int) -> list[int]:
        """All nodes of the node's cluster."""
        root = self.find(node)
        return self._members.get(root, [root])

    def union(self, left: int, right: int, *, force: bool = False) -> bool:
        """Join two clusters; `False` where evidence keeps them apart. `force` overrules it: the analyst decides."""
        one, other = self.find(left), self.find(right)
        if one == other:
            return True
        ours, theirs = self.members(one), self.members(other)
        if not force and any(self._apart(a, b) for a in ours for b in theirs):
            return False
        low, high = min(one, other), max(one, other)
        self._parent[high] = low
        self._members[low] = [*ours, *theirs] if low == one else [*theirs, *ours]
        self._members.pop(high, None)
        return True
