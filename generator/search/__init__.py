"""The search index: a corpus as script files that the client in the browser loads piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.data import read_tree
from generator.model import Corpus
from generator.search.files import FOLDER, index_files
from generator.search.inverted import invert
from generator.search.page import PAGE, english, search_page
from generator.search.records import find_records

__all__ = ["FOLDER", "PAGE", "build_search"]


def build_search(
    corpus: Corpus,
    urls: Mapping[str, str],
    say: Callable[..., str] = english,
    said: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, bytes]:
    """The index and the search page as path below site_src/ to content; equal input gives equal bytes.

    `urls` are the addresses of articles, entities and events by their ids, relative to the site's root.
    `say` gives the words of the search page by their keys; `said` what the client says, by the English text.
    """
    records = find_records(corpus, urls)
    names = {str(name): str(words) for name, words in read_tree("rule_words.yml").items()}
    languages = {str(code): str(name) for code, name in read_tree("language_names.yml").items()}
    return {PAGE: search_page(say, said), **index_files(records, invert(records), names, languages, said=said)}
