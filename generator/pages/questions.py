"""What a page can ask of the corpus, and how the library answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from generator.pages.library import Library

LOOKED_UP = (
    *("articles", "names", "mentions", "byline_names", "quotes_of", "quotes_by", "quotes_about", "events_of"),
    *("links_of", "statements_of", "references_of", "cited_by", "entities", "events", "neighbours"),
)
"""Mappings of the library."""
OF_SITE = ("key_points", "citations", "linked", "feeds")
"""Mappings of the facts of the site."""


def _in_library(name: str) -> Callable[[Library, Any], object]:
    return lambda library, key: getattr(library, name).get(key)


def _in_site(name: str) -> Callable[[Library, Any], object]:
    return lambda library, key: getattr(library.site, name).get(key)


ANSWERS: Mapping[str, Callable[[Library, Any], object]] = {
    **{name: _in_library(name) for name in LOOKED_UP},
    **{name: _in_site(name) for name in OF_SITE},
    "path": lambda library, key: library.addresses.pages.get(key),
    "seed": lambda library, key: library.addresses.seeds.get(key),
    "title": lambda library, key: library.title(key) if key in library.articles else None,
    "plain": Library.plain,
    "company": lambda library, key: library.company(key) if key in library.entities else None,
    "site": lambda library, key: getattr(library.site, key),
}
"""By what is asked about: the answer, `None` where there is none."""


def answers_about(library: Library, name: str) -> Callable[[Any], object]:
    """What answers the questions about `name`."""
    return partial(ANSWERS[name], library)
