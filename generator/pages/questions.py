"""What a page can ask of the corpus, and how the library answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from generator.pages.library import Library

LOOKED_UP = (
    *("articles", "names", "mentions", "byline_names", "quotes_of", "quotes_by", "quotes_about", "events_of"),
    *("links_of", "same_statements", "references_of", "cited_by", "entities", "events", "neighbours"),
)
"""Mappings of the library."""
OF_SHARED = frozenset({"articles", "entities", "events", "quotes_of", "quotes_by", "quotes_about"})
"""Those whose answers are things of the corpus, or rows of them."""
MAPPINGS = frozenset({"site", "citations"})
"""Those whose answers may be mappings: equal ones can have another order, which a page may show."""
OF_SITE = ("key_points", "citations", "linked", "feeds")
"""Mappings of the facts of the site."""


def _answers(name: str) -> Callable[[Library], Callable[[Any], object]]:
    return lambda library: getattr(library.site if name in OF_SITE else library, name).get


_ANSWERS: Mapping[str, Callable[[Library], Callable[[Any], object]]] = {
    **{name: _answers(name) for name in (*LOOKED_UP, *OF_SITE)},
    "path": lambda library: library.addresses.pages.get,
    "seed": lambda library: library.addresses.seeds.get,
    "title": lambda library: lambda key: library.title(key) if key in library.articles else None,
    "plain": lambda library: library.plain,
    "company": lambda library: lambda key: library.company(key) if key in library.entities else None,
    "site": lambda library: partial(getattr, library.site),
}


def answers_about(library: Library, name: str) -> Callable[[Any], object]:
    """What answers the questions about `name`: `None` where there is no answer."""
    return _ANSWERS[name](library)
