"""Maps: a window on the world in plain degrees, the outlines of countries within it, and places on it.

The projection is equirectangular, true to scale at the middle of the window: enough to see where a story plays,
and simple enough that anyone can check a dot against its coordinates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import cos, radians

from generator.data import read_rows

# Width of a picture in its own units; the page scales it.
WIDTH = 800.0
# North and south of these nobody lives; a map without them shows the rest larger.
NORTH, SOUTH = 80.0, -57.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Window:
    """Degrees: the west and east, south and north edge of a map."""

    west: float
    east: float
    south: float
    north: float

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude at the middle of the window."""
        return max(cos(radians((self.north + self.south) / 2)), 0.2)

    @property
    def scale(self) -> float:
        """Units of the picture for a degree of latitude."""
        return WIDTH / ((self.east - self.west) * self.squeeze)

    @property
    def height(self) -> int:
        """Of the picture, in its units."""
        return round((self.north - self.south) * self.scale)

    def place(self, latitude: float, longitude: float) -> Point:
        """Where a point of the earth stands in the picture."""
        return (
            round((longitude - self.west) * self.squeeze * self.scale, 1),
            round((self.north - latitude) * self.scale, 1),
        )


def window_of(points: Sequence[Point], *, least: float = 50.0) -> Window:
    """A window on all `points` (latitude, longitude), with room around them and twice as wide as high.

    `least` is the smallest width in degrees: a map of a single town would show a dot on an empty plane.
    """
    if not points:
        return Window(-180, 180, SOUTH, NORTH)
    latitudes, longitudes = [point[0] for point in points], [point[1] for point in points]
    middle = (min(latitudes) + max(latitudes)) / 2
    squeeze = max(cos(radians(middle)), 0.2)
    high = max((max(latitudes) - min(latitudes)) * 1.3, least / 2 * squeeze)
    wide = max((max(longitudes) - min(longitudes)) * 1.25, least, high * 2 / squeeze)
    if wide >= 300:
        return Window(-180, 180, SOUTH, NORTH)
    high = max(high, wide * squeeze / 2)
    south = min(max(middle - high / 2, SOUTH), max(NORTH - high, SOUTH))
    west = min(max((min(longitudes) + max(longitudes)) / 2 - wide / 2, -180), 180 - wide)
    return Window(west, west + wide, south, min(south + high, NORTH))


# The window of the map of all places moves seldom, and whoever builds again asks for it each time.
@lru_cache(maxsize=4)
def land(window: Window) -> str:
    """The path of all outlines within the window, for the attribute `d`."""
    paths: list[str] = []
    # As `Window.place` has it, for the ten thousand points of a map.
    west, north, squeeze, scale = window.west, window.north, window.squeeze, window.scale
    for ring in _rings():
        spots = [
            (round((longitude - west) * squeeze * scale, 1), round((north - latitude) * scale, 1))
            for longitude, latitude in _clipped(ring, window)
        ]
        spots = [spots[0], *(after for before, after in pairwise(spots) if after != before)] if spots else []
        if len(spots) > 2:
            steps = "L".join(f"{_short(x)} {_short(y)}" for x, y in spots)
            paths.append(f"M{steps}Z")
    return "".join(paths)


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


@cache
def _rings() -> tuple[tuple[Point, ...], ...]:
    rings: list[tuple[Point, ...]] = []
    for row in read_rows("outlines.csv"):
        numbers = [int(number) / 10 for number in row["ring"].split()]
        rings.append(tuple(zip(numbers[::2], numbers[1::2], strict=True)))
    return tuple(rings)


def _clipped(ring: Sequence[Point], window: Window) -> Sequence[Point]:
    """What of the ring is within the window (Sutherland and Hodgman, 1974), as a ring again."""
    edges = ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1))
    for axis, edge, sign in edges:
        sides = [(point[axis] - edge) * sign for point in ring]
        if all(side >= 0 for side in sides):
            continue
        if all(side < 0 for side in sides):
            return ()
        ring = list(_cut(ring, axis, edge, sides))
    return ring


def _cut(ring: Sequence[Point], axis: int, edge: float, sides: Sequence[float]) -> Iterable[Point]:
    before, side_before = ring[-1], sides[-1]
    for point, side in zip(ring, sides, strict=True):
        if (side >= 0) != (side_before >= 0):
            share = (edge - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (edge, other) if axis == 0 else (other, edge)
        if side >= 0:
            yield point
        before, side_before = point, side
