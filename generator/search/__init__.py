"""The search index: a corpus as script files that the client in the browser loads piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from generator.data import read_tree
from generator.model import Corpus
from generator.recall import SearchMemory
from generator.search.files import index_files, little_words
from generator.search.inverted import invert
from generator.search.known import Known, Origin, is_sound, unknown
from generator.search.page import PAGE, english, search_page
from generator.search.pairs import common_terms
from generator.search.reading import kept_words, read_words
from generator.search.records import find_records, known_names
from generator.search.scripts import FOLDER, Scripts

__all__ = ["FOLDER", "PAGE", "Search", "build_search", "warm_up"]


@dataclass(frozen=True, slots=True)
class Search:
    """The search index and its page, and what the next build needs to make less of them anew."""

    files: dict[str, bytes]
    """Path below site_src/ to content."""
    kept: frozenset[str]
    """Those of them that stand there already."""
    memory: SearchMemory


def build_search(
    corpus: Corpus,
    urls: Mapping[str, str],
    say: Callable[..., str] = english,
    said: Mapping[str, str] = MappingProxyType({}),
    *,
    signals: Mapping[str, str] = MappingProxyType({}),
    languages: Mapping[str, str] = MappingProxyType({}),
    origin: Origin = unknown,
    memory: SearchMemory | None = None,
    read: Callable[[str], bytes] = lambda path: b"",
) -> Search:
    """The index and the search page; equal input gives equal bytes.

    `urls` are the addresses of articles, entities and events by their ids, relative to the site's root.
    `say` gives the words of the search page by their keys; `said` what the client says, by the English text;
    `signals` and `languages` are their names by code, in English where they are left out.
    `origin` tells documents apart by less than their text; `memory` is that of the last build by the same code; `read`
    gives the bytes that stand at a path below site_src/ now, or none. None of them changes what comes out.
    """
    remembered = memory or SearchMemory()
    if not is_sound(remembered):
        remembered = SearchMemory(remembered.version)
    known = Known(remembered)
    records = find_records(corpus, urls, origin, known)
    words = read_words(records, remembered, known)
    scripts = Scripts(remembered.files, read)
    names = {str(name): str(words) for name, words in (signals or read_tree("ui.en.yml")["rule"]).items()}
    tongues = {str(code): str(name) for code, name in (languages or read_tree("ui.en.yml")["language"]).items()}
    files = index_files(records, invert(records, words), names, tongues, said=said, scripts=scripts)
    left = msgspec.structs.replace(kept_words(records, words), version=remembered.version, files=scripts.made)
    return Search({PAGE: search_page(say, said), **files}, frozenset(scripts.standing), left)


def warm_up() -> None:
    """Load the package data and the patterns that every index is made with.

    What a forked process loads goes with it: one that has indexes made in others again and again does so before.
    """
    common_terms()
    known_names()
    little_words(())
