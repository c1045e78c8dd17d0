"""What a browser would show of Markdown: the text inside an element."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import markdown

PROJECT: list[Any] = ["generator.theme.blocks", "admonition", "footnotes", "tables", "toc"]
"""The extensions of the project's mkdocs.yml."""

MATERIAL: list[Any] = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "smarty",
    "tables",
    "toc",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.smartsymbols",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]
"""What sites with Material usually turn on."""


class _Text(HTMLParser):
    def __init__(self, tag: str, attribute: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.tags: list[str] = []
        self._tag, self._attribute, self._depth = tag, attribute, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == self._tag:
            self._depth += 1
            if self._attribute:
                self.found.append(dict(attrs).get(self._attribute) or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._tag:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth and not self._attribute:
            self.found.append(data)


def shown(source: str, extensions: list[Any], tag: str, attribute: str = "") -> tuple[str, list[str]]:
    """The text inside (or the `attribute` of) each `tag` that `source` renders to, and every tag there is."""
    parser = _Text(tag, attribute)
    parser.feed(markdown.markdown(source, extensions=extensions))
    parser.close()
    return "".join(parser.found), parser.tags
