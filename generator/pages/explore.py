"""The corpus in pictures, and the data that they are drawn from: coverage, map, network, data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.encode.frontmatter import Value
from generator.pages.library import Library
from generator.pages.listings import LISTING
from generator.pages.pictures.months import coverage
from generator.pages.pictures.network import draw, ties_of
from generator.pages.pictures.outlines import land, window_of
from generator.pages.pictures.places import Spot, dots, spot
from generator.pages.render import Work, render

# Dots on one map: beyond these they cover each other, and the table below has all.
DOTS = 150
# Rows of the table below a map.
LISTED = 400
# What a picture stands better without: it needs the width.
WIDE = ("navigation", "toc")


def explore_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of each page that shows the corpus in a picture, and of the page of its data."""
    yield "coverage.md", _coverage(library)
    yield "map.md", _map(library)
    yield "network.md", _network(library)
    yield "data.md", _data(library)


def _coverage(library: Library) -> bytes:
    words = library.site.words
    return _page(
        library,
        "coverage",
        words.say("coverage.coverage"),
        words.say("coverage.description"),
        section="articles",
        hide=WIDE,
        parts=[(words.say(f"folders.{kind}"), coverage(library, kind)) for kind in ("person", "organization", "place")],
        undated=sum(1 for article in library.corpus.articles if not article.published.iso),
    )


def _map(library: Library) -> bytes:
    places = sorted(
        (spot(entity) for entity in library.corpus.entities if entity.type == "place"),
        key=lambda place: (-place.mentions, place.name),
    )
    located = [place for place in places if place.latitude is not None and place.longitude is not None]
    words = library.site.words
    return _page(
        library,
        "map",
        words.say("map.map"),
        words.say("map.description", places=words.count(len(located), "place")),
        section="places",
        hide=WIDE,
        work=_drawn,
        located=located[:LISTED],
        left_out=len(located[LISTED:]),
        undrawn=len(located[DOTS:]),
        elsewhere=[place for place in places if place.latitude is None][:LISTED],
    )


def _drawn(_: Library, values: Mapping[str, Any]) -> dict[str, Any]:
    """The map of the places that the page lists first."""
    shown: Sequence[Spot] = values["located"][:DOTS]
    window = window_of([(place.latitude or 0.0, place.longitude or 0.0) for place in shown])
    return {"window": window, "outlines": land(window), "dots": dots(shown, window)}


def _network(library: Library) -> bytes:
    tied = ties_of(library)
    words = library.site.words
    return _page(
        library,
        "network",
        words.say("network.network"),
        words.say("network.description", names=words.count(len(tied.names), "name")),
        section="people",
        hide=WIDE,
        work=_laid_out,
        tied=tied,
    )


def _laid_out(_: Library, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"network": draw(values["tied"])}


def _data(library: Library) -> bytes:
    words = library.site.words
    return _page(
        library,
        "data",
        words.say("data.data"),
        words.say("data.description"),
        section="method",
        hide=LISTING["hide"],
        files=library.site.downloads,
        feeds=sorted({library.site.feeds[""]} if "" in library.site.feeds else set()),
    )


def _page(
    library: Library,
    name: str,
    title: str,
    description: str,
    *,
    section: str,
    hide: Value,
    work: Work | None = None,
    **values: Any,
) -> bytes:
    """The page `name` out of the template of that name."""
    meta = {"title": title, "description": description, "section": section, **LISTING, "hide": hide}
    return render(f"{name}.html", f"{name}.md", library, meta, work=work, **values)
