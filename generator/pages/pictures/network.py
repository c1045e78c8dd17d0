"""Who is named with whom: a drawing of the strongest ties, thinned by a rule that the page states.

The layout is that of Fruchterman and Reingold (1991), from a fixed start and without chance, so that the same
articles give the same picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import combinations
from math import cos, pi, sin, sqrt

import numpy as np

from generator.pages.association import association, strength
from generator.pages.library import Library, Name
from generator.pages.pictures.places import Box, overlap

# More names than this and their labels stand on each other.
NODES = 30
# Of each name, so many of its strongest ties: what makes groups visible without a ball of wool.
TIES = 2
WIDTH, HEIGHT = 800, 560
# After this many steps nothing moves by more than a unit.
STEPS = 200
# What a name needs beside its dot, and how often neighbours are moved to give it.
LABEL_WIDTH, LABEL_HEIGHT, ROUNDS = 150, 22, 120
MARGIN = 20
# Dots farther from each other than this many ideal distances leave each other alone: otherwise groups without a tie
# between them drive each other into the corners.
FAR = 2
# Of a name, so many letters stand in the picture; units of the picture that a letter is wide and a line high.
LETTERS, LETTER, LINE, GAP = 26, 6.8, 16, 4
_GOLDEN = pi * (3 - sqrt(5))


@dataclass(frozen=True, slots=True)
class Tie:
    """Two entities that are named in the same sentences."""

    one: Name
    other: Name
    together: int
    strength: int
    """How little chance explains it, in the steps of the pages of names."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name in the picture: its foot and which end of it stands there."""

    x: int
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Node:
    """An entity as drawn."""

    entity: Name
    x: int
    y: int
    radius: int
    label: Label | None
    """Where its name stands; `None`: there is no room, and the name shows when the dot is pointed at."""


@dataclass(frozen=True, slots=True)
class Tied:
    """What there is to draw."""

    names: tuple[tuple[Name, int], ...]
    """Those with a tie, each with the number of sentences that name it; the most named first."""
    ties: tuple[Tie, ...]
    left_out: int
    """How many ties the rule left out."""


@dataclass(frozen=True, slots=True)
class Network:
    """What is drawn, and how many ties the rule left out."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    left_out: int

    def node(self, entity: Name) -> Node:
        """The node of an entity of `ties`."""
        return next(node for node in self.nodes if node.entity.id == entity.id)


def ties_of(library: Library) -> Tied:
    """The most mentioned names of the corpus, and of each its strongest ties."""
    circles, sentences = library.circles, library.census.sentences
    counts = dict(zip(library.entities, circles.counts.tolist(), strict=True))
    chosen = nsmallest(NODES, counts, key=lambda identity: (-counts[identity], identity))
    together: Counter[tuple[str, str]] = Counter()
    for present in circles.together(chosen):
        together.update(combinations(present, 2))
    scored: list[tuple[float, Tie]] = []
    for (one, other), count in together.items():
        score = association(count, counts[one], counts[other], sentences)
        scored.append((score, Tie(library.names[one], library.names[other], count, strength(score))))
    scored.sort(key=lambda pair: (-pair[0], -pair[1].together, pair[1].one.id, pair[1].other.id))
    # The score itself changes with every article, and is no part of what is drawn.
    ties = [tie for _, tie in scored]
    kept = _strongest(ties)
    tied = {name.id for tie in kept for name in (tie.one, tie.other)}
    names = tuple((library.names[one], counts[one]) for one in chosen if one in tied)
    return Tied(names, tuple(kept), len(ties) - len(kept))


def draw(tied: Tied) -> Network:
    """The network as a picture."""
    names = [name for name, _ in tied.names]
    settled = _settled(
        tuple(sorted(name.id for name in names)), tuple(sorted((tie.one.id, tie.other.id) for tie in tied.ties))
    )
    spots = _apart(settled)
    most = max((count for _, count in tied.names), default=1)
    sizes = {name.id: 5 + round(11 * sqrt(count / most)) for name, count in tied.names}
    labels = _labels(names, spots, sizes)
    nodes = tuple(Node(name, *spots[name.id], sizes[name.id], labels.get(name.id)) for name in names)
    return Network(nodes, tied.ties, tied.left_out)


def _labels(
    entities: Sequence[Name], spots: Mapping[str, tuple[int, int]], sizes: Mapping[str, int]
) -> dict[str, Label]:
    """Where names stand so that none covers another name or a dot: the most named first, others where room is left."""
    dots = {
        name: (x - sizes[name], y - sizes[name], x + sizes[name], y + sizes[name]) for name, (x, y) in spots.items()
    }
    taken: list[Box] = []
    labels: dict[str, Label] = {}
    for entity in entities:
        width = LETTER * min(len(entity.name), LETTERS)
        others = [*taken, *(box for name, box in dots.items() if name != entity.id)]
        for label, box in _places(spots[entity.id], sizes[entity.id], width):
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= HEIGHT - 2
            if inside and not any(overlap(box, other) for other in others):
                labels[entity.id] = label
                taken.append(box)
                break
    return labels


def _places(spot: tuple[int, int], size: int, width: float) -> Iterator[tuple[Label, Box]]:
    """The places around a dot where its name may stand, the easiest to read first (after Imhof, 1975)."""
    x, y = spot
    near = round(size * 0.8)
    right, left = x + size + GAP, x - size - GAP
    for anchor, at, foot in (
        ("start", right, y + 4),
        ("end", left, y + 4),
        ("middle", x, y - size - GAP),
        ("middle", x, y + size + GAP + 11),
        ("start", x + near, y - near - 2),
        ("end", x - near, y - near - 2),
        ("start", x + near, y + near + 12),
        ("end", x - near, y + near + 12),
    ):
        begin = at - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        yield Label(at, foot, anchor), (begin, foot - LINE + 4, begin + width, foot + 4)


def _strongest(ties: Sequence[Tie]) -> list[Tie]:
    seen: Counter[str] = Counter()
    kept: list[Tie] = []
    for tie in ties:
        if seen[tie.one.id] < TIES or seen[tie.other.id] < TIES:
            kept.append(tie)
            seen.update((tie.one.id, tie.other.id))
    return kept


# Whoever builds again draws the same names and ties as a rule, and differs in how often they are named.
@lru_cache(maxsize=2)
def _settled(names: tuple[str, ...], springs: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[int, int]]:
    """Where the names come to stand; it follows from their set, and does not change with their order.

    Nothing but sums in one order, products, quotients and roots, which give the same on every machine.
    """
    if not names:
        return {}
    ideal = 0.85 * sqrt(WIDTH * HEIGHT / len(names))
    index = {name: number for number, name in enumerate(sorted(names))}
    # A spiral of golden angles: no two start at one place, and none on a line with two others.
    x, y = (
        np.array([middle + 15 * sqrt(n + 1) * turn(n * _GOLDEN) for n in range(len(names))])
        for middle, turn in ((WIDTH / 2, cos), (HEIGHT / 2, sin))
    )
    tied = np.zeros((len(names), len(names)))
    for one, other in springs:
        tied[index[one], index[other]] += 1
        tied[index[other], index[one]] += 1
    others = ~np.eye(len(names), dtype=np.bool_)
    for step in range(STEPS):
        across, down = x[None, :] - x[:, None], y[None, :] - y[:, None]
        squared = np.maximum(across * across + down * down, 0.0001)
        force = np.where(others & (squared <= (FAR * ideal) ** 2), ideal * ideal / squared, 0.0)
        force -= tied * np.sqrt(squared) / ideal
        # The sum over the first axis adds row after row.
        push_x = (WIDTH / 2 - x) * 0.05 + (across * force).sum(axis=0)
        push_y = (HEIGHT / 2 - y) * 0.08 + (down * force).sum(axis=0)
        length = np.sqrt(push_x * push_x + push_y * push_y)
        share = np.minimum(length, WIDTH / 10 * (1 - step / STEPS) + 1) / np.where(length, length, 1.0)
        x, y = x + push_x * share, y + push_y * share
    fitted = _fitted(list(zip(x.tolist(), y.tolist(), strict=True)))
    return {name: fitted[number] for name, number in index.items()}


def _apart(spots: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The spots moved up and down until no label stands on another, as far as the picture has room."""
    names = list(spots)
    moved = {name: list(spot) for name, spot in spots.items()}
    for _ in range(ROUNDS):
        crowded = False
        for one, other in combinations(names, 2):
            (x, y), (other_x, other_y) = moved[one], moved[other]
            if abs(x - other_x) < LABEL_WIDTH and abs(y - other_y) < LABEL_HEIGHT:
                crowded = True
                upper, lower = (one, other) if (y, one) < (other_y, other) else (other, one)
                moved[upper][1] = max(moved[upper][1] - 2, MARGIN)
                moved[lower][1] = min(moved[lower][1] + 2, HEIGHT - MARGIN)
        if not crowded:
            break
    return {name: (x, y) for name, (x, y) in moved.items()}


def _fitted(spots: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The spots stretched to the picture, with room for labels."""
    fitted: list[list[int]] = []
    for axis, (low, high) in enumerate(((30, WIDTH - 40), (MARGIN, HEIGHT - MARGIN))):
        values = [spot[axis] for spot in spots]
        span = max(values) - min(values)
        fitted.append(
            [
                round(low + (value - min(values)) / span * (high - low)) if span else (low + high) // 2
                for value in values
            ]
        )
    return list(zip(*fitted, strict=True))
