"""Refresh the outlines of countries that maps are drawn on: `outlines.py PACKAGE`.

PACKAGE is the unpacked npm package world-atlas (Natural Earth at 1:110 million as TopoJSON). Each ring becomes a row
of generator/data/outlines.csv: longitude and latitude in tenths of a degree, one after the other.
"""

from __future__ import annotations

import csv
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "generator" / "data" / "outlines.csv"
# Maps end north of Antarctica: no news comes from there, and it is as wide as the map.
SOUTH = -600
# Islands smaller than this (in tenths of a degree, either way) are specks on every map that is drawn.
SPECK = 5

Point = tuple[int, int]


def main(package: Path) -> None:
    """Write the rings of every country."""
    topology = json.loads((package / "countries-110m.json").read_text(encoding="utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    rings: list[list[Point]] = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings.extend(part for polygon in polygons for ring in polygon for part in _unwrapped(_ring(ring, arcs)))
    kept = [ring for ring in rings if len(ring) > 3 and max(y for _, y in ring) > SOUTH and not _is_speck(ring)]
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["ring"])
        writer.writerows([" ".join(f"{x} {y}" for x, y in ring)] for ring in kept)
    sys.stdout.write(f"{len(kept)} rings, {sum(map(len, kept))} points, {TARGET.stat().st_size:,} bytes\n")


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> list[Point]:
    """The points of an arc, which TopoJSON writes as differences of whole numbers."""
    (across, up), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    points: list[Point] = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((round((x * across + left) * 10), round((y * up + bottom) * 10)))
    return points


def _ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in numbers:
        points.extend(arcs[number] if number >= 0 else reversed(arcs[~number]))
    return [points[0], *(after for before, after in pairwise(points) if after != before)]


def _unwrapped(ring: list[Point]) -> list[list[Point]]:
    """The ring, or where it crosses the edge of the map, one for each side, each running on beyond its edge."""
    shift = 0
    points = [ring[0]]
    for before, after in pairwise(ring):
        shift += 3600 * ((before[0] - after[0] > 1800) - (after[0] - before[0] > 1800))
        points.append((after[0] + shift, after[1]))
    low, high = min(x for x, _ in points), max(x for x, _ in points)
    shifts = [other for other in (-3600, 0, 3600) if low + other < 1800 and high + other > -1800]
    return [[(x + other, y) for x, y in points] for other in shifts]


def _is_speck(ring: list[Point]) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) - min(xs) < SPECK and max(ys) - min(ys) < SPECK


if __name__ == "__main__":
    main(Path(sys.argv[1]))
