"""Places as dots on a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from generator.model import Entity, EntityType
from generator.pages.pictures.outlines import WIDTH, Window, land, window_of

# Names beside dots; more of them would stand on each other.
LABELS = 14
# Units of the picture that a letter is wide and a label high, at the size that the style sheet gives it.
LETTER, LINE = 7.2, 16
GAP = 4

# Left, top, right, bottom.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as pages about maps speak of it."""

    id: str
    type: EntityType
    name: str
    mentions: int
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on a map."""

    place: Spot
    x: float
    y: float
    radius: float
    label: bool
    left: bool
    """Whether the label stands on the left of the dot, so that it stays in the picture."""


def place_map(entity: Entity) -> tuple[Window, str, tuple[Dot, ...]] | None:
    """The map of one place: window, outlines, the place; `None` for one without coordinates."""
    if entity.latitude is None or entity.longitude is None:
        return None
    # Wide enough to show which part of which continent it is.
    window = window_of([(entity.latitude, entity.longitude)], least=44)
    return window, land(window), dots((spot(entity),), window)


def spot(entity: Entity) -> Spot:
    """The entity as pages about maps speak of it."""
    return Spot(entity.id, entity.type, entity.name, len(entity.mentions), entity.latitude, entity.longitude)


def dots(places: Sequence[Spot], window: Window) -> tuple[Dot, ...]:
    """The places as dots on `window`, the largest first, so that small ones are drawn on top of them."""
    located = [place for place in places if place.latitude is not None and place.longitude is not None]
    most = max((place.mentions for place in located), default=1)
    spots = [
        (
            *window.place(place.latitude or 0.0, place.longitude or 0.0),
            radius_of(place.mentions, most, len(located)),
        )
        for place in located
    ]
    taken: list[Box] = [(x - radius, y - radius, x + radius, y + radius) for x, y, radius in spots]
    drawn: list[Dot] = []
    labels = 0
    for number, (place, (x, y, radius)) in enumerate(zip(located, spots, strict=True)):
        others = [*taken[:number], *taken[number + 1 :]]
        sides = free_sides(place.name, (x, y, radius), others) if labels < LABELS else []
        if sides:
            labels += 1
            taken.append(sides[0][1])
            drawn.append(Dot(place, x, y, radius, label=True, left=sides[0][0]))
        else:
            drawn.append(Dot(place, x, y, radius, label=False, left=False))
    return tuple(drawn)


def radius_of(mentions: int, most: int, places: int) -> float:
    """Of the dot of a place: its area grows with the mentions; a place alone needs no size to be told by."""
    return 7.0 if places == 1 else round(4 + 12 * sqrt(mentions / most), 1)


def free_sides(name: str, spot: tuple[float, float, float], taken: list[Box]) -> list[tuple[bool, Box]]:
    """Where the label fits: whether on the left, and its box."""
    x, y, radius = spot
    width = LETTER * min(len(name), 24)
    right = (x + radius + GAP, y - LINE / 2, x + radius + GAP + width, y + LINE / 2)
    left = (x - radius - GAP - width, y - LINE / 2, x - radius - GAP, y + LINE / 2)
    return [
        (on_left, box)
        for on_left, box in ((False, right), (True, left))
        if box[0] >= 0 and box[2] <= WIDTH and not any(overlap(box, other) for other in taken)
    ]


def overlap(one: Box, other: Box) -> bool:
    """Whether the two boxes share an area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
