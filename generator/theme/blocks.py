"""A Markdown extension that takes the generated part of a page as a tree instead of as raw HTML.

Generated pages hold one well-formed XML block between two comment lines. Without this extension Markdown would
pass it through as raw HTML. With it, the block is parsed by expat and grafted into the document's tree after
every inline pattern, abbreviation and attribute list has run, so that

- nothing in a seed's text is ever read as Markdown, whatever extensions a site adds,
- MkDocs sees the links and anchors, rewrites them for either style of addresses, and validates them,
- headings get into the table of contents,
- text of any length costs linear time.
"""

from __future__ import annotations

import logging
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

OPEN = "<!-- briefing -->"
CLOSE = "<!-- /briefing -->"
_PLACE = "generatedblock{}place"
# Python-Markdown's serializer leaves `&lt;` in a text as it is, and its table of contents looks for paragraphs
# that read [TOC]. The mark is turned into `&` after serializing.
_AMPERSAND = AMP_SUBSTITUTE + "amp;"
_BRACKET = AMP_SUBSTITUTE + "#91;"
_log = logging.getLogger("mkdocs.briefing")


class BlocksExtension(Extension):
    """Registers the two halves: taking blocks out of the source, and grafting them into the tree."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Called by Markdown for each instance."""
        blocks: list[ElementTree.Element] = []
        # Before every other preprocessor; after smartsymbols (6.1) and smarty (6), before toc (5).
        md.preprocessors.register(_TakeOut(md, blocks), "briefing_take_out", 1000)
        md.treeprocessors.register(_Graft(md, blocks), "briefing_graft", 5.5)


class _TakeOut(Preprocessor):
    def __init__(self, md: Markdown, blocks: list[ElementTree.Element]) -> None:
        super().__init__(md)
        self._blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        self._blocks.clear()
        kept: list[str] = []
        block: list[str] | None = None
        for line in lines:
            if block is None and line == OPEN:
                block = []
            elif block is not None and line == CLOSE:
                kept.extend(self._parsed(block))
                block = None
            else:
                (kept if block is None else block).append(line)
        return kept if block is None else [*kept, OPEN, *block]

    def _parsed(self, block: list[str]) -> list[str]:
        try:
            # The block is the generator's own, or the user's: expat refuses entities' expansion beyond reason.
            root = ElementTree.fromstring("<div>" + "\n".join(block) + "</div>")  # noqa: S314 -- see above
        except ElementTree.ParseError as error:
            _log.warning("A generated part of a page is not well-formed XML and is shown as it is: %s", error)
            return [OPEN, *block, CLOSE]
        self._blocks.append(root)
        return ["", _PLACE.format(len(self._blocks) - 1), ""]


class _Graft(Treeprocessor):
    def __init__(self, md: Markdown, blocks: list[ElementTree.Element]) -> None:
        super().__init__(md)
        self._blocks = blocks

    def run(self, root: ElementTree.Element) -> None:
        places = {_PLACE.format(number): block for number, block in enumerate(self._blocks)}
        for index in range(len(root) - 1, -1, -1):
            block = places.pop(root[index].text or "", None) if not len(root[index]) else None
            if block is not None:
                _guard(block)
                root[index : index + 1] = list(block)
        self._blocks.clear()


def _guard(block: ElementTree.Element) -> None:
    for element in block.iter():
        element.tail = _guarded(element.tail)
        # What a script element holds is data: references are not read there, and the serializer writes it as it is.
        if element.tag != "script":
            element.text = _guarded(element.text)
        for key, value in element.items():
            if "&" in value:
                element.set(key, value.replace("&", _AMPERSAND))


def _guarded(text: str | None) -> str | None:
    if text and ("&" in text or "[" in text):
        return text.replace("&", _AMPERSAND).replace("[", _BRACKET)
    return text


def makeExtension(**options: Any) -> BlocksExtension:  # noqa: N802 -- Python-Markdown's name
    """What Markdown calls for `generator.theme.blocks`."""
    return BlocksExtension(**options)
