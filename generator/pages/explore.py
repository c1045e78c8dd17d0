"""The corpus in pictures, and the data that they are drawn from: coverage, map, network, data."""

from __future__ import annotations

from collections.abc import Iterator

from generator.pages.library import Library
from generator.pages.listings import LISTING
from generator.pages.pictures.months import coverage
from generator.pages.pictures.network import draw
from generator.pages.pictures.outlines import land, window_of
from generator.pages.pictures.places import dots
from generator.pages.render import render

# Dots on one map: beyond these they cover each other, and the table below has all.
DOTS = 150
# Rows of the table below a map.
LISTED = 400


def explore_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of each page that shows the corpus in a picture, and of the page of its data."""
    yield "coverage.md", _coverage(library)
    yield "map.md", _map(library)
    yield "network.md", _network(library)
    yield "data.md", _data(library)


def _coverage(library: Library) -> bytes:
    words = library.site.words
    return render(
        "coverage.html",
        "coverage.md",
        library,
        {
            "title": words.say("coverage.coverage"),
            "description": words.say("coverage.description"),
            "section": "articles",
            **LISTING,
            **_WIDE,
        },
        parts=[(words.say(f"folders.{kind}"), coverage(library, kind)) for kind in ("person", "organization", "place")],
        undated=sum(1 for article in library.corpus.articles if not article.published.iso),
    )


def _map(library: Library) -> bytes:
    places = sorted(
        (entity for entity in library.corpus.entities if entity.type == "place"),
        key=lambda entity: (-len(entity.mentions), entity.name),
    )
    located = [place for place in places if place.latitude is not None and place.longitude is not None]
    shown = tuple(located[:DOTS])
    words = library.site.words
    window = window_of([(place.latitude or 0.0, place.longitude or 0.0) for place in shown])
    return render(
        "map.html",
        "map.md",
        library,
        {
            "title": words.say("map.map"),
            "description": words.say("map.description", places=words.count(len(located), "place")),
            "section": "places",
            **LISTING,
            **_WIDE,
        },
        window=window,
        outlines=land(window),
        dots=dots(shown, window),
        located=located[:LISTED],
        left_out=len(located[LISTED:]),
        undrawn=len(located[DOTS:]),
        elsewhere=[place for place in places if place.latitude is None][:LISTED],
    )


def _network(library: Library) -> bytes:
    network = draw(library)
    words = library.site.words
    return render(
        "network.html",
        "network.md",
        library,
        {
            "title": words.say("network.network"),
            "description": words.say("network.description", names=words.count(len(network.nodes), "name")),
            "section": "people",
            **LISTING,
            **_WIDE,
        },
        network=network,
        names=len(library.corpus.entities),
    )


def _data(library: Library) -> bytes:
    words = library.site.words
    return render(
        "data.html",
        "data.md",
        library,
        {
            "title": words.say("data.data"),
            "description": words.say("data.description"),
            "section": "method",
            **LISTING,
        },
        files=frozenset(library.site.downloads),
        feeds=sorted({library.site.feeds[""]} if "" in library.site.feeds else set()),
    )


_WIDE = {"hide": ("navigation", "toc")}
