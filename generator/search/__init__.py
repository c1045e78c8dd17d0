"""The search index: a corpus as script files that the client in the browser loads piece by piece."""

from __future__ import annotations

from collections.abc import Mapping

from generator.data import read_tree
from generator.model import Corpus
from generator.search.files import FOLDER, index_files
from generator.search.inverted import invert
from generator.search.page import PAGE, search_page
from generator.search.records import find_records

__all__ = ["FOLDER", "PAGE", "build_search"]


def build_search(corpus: Corpus, urls: Mapping[str, str]) -> dict[str, bytes]:
    """The index and the search page as path below site_src/ to content; equal input gives equal bytes.

    `urls` are the addresses of articles, entities and events by their ids, relative to the site's root.
    """
    records = find_records(corpus, urls)
    names = {str(name): str(words) for name, words in read_tree("rule_words.yml").items()}
    languages = {str(code): str(name) for code, name in read_tree("language_names.yml").items()}
    return {PAGE: search_page(), **index_files(records, invert(records), names, languages)}
