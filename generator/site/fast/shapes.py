"""Material's template rendered once for each shape of page, then filled in for every page of that shape.

Stands for `template.render` and for the page events of this project's own plugin. Pages of one folder differ in
title, description, content and table of contents. A page with marks in those places is rendered by the stock functions;
what stands between the marks is the same for all pages of the shape. Marks of texts hold the characters that templates
escape, so that a mark's look tells what the template does to the text. Front matter that a template looks at besides
is part of the shape. Before a shape is trusted, pages filled in from it are compared with the stock output.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import markupsafe
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.encode.markdown import one_line

# Filled-in pages of a new shape that are compared with the stock output before it is trusted.
_TRIALS = 2
# Nothing that a theme would print by itself. The page under the marks shows none of its own text.
_LEFT, _RIGHT = "qz7bf", "fb7zq"
_ACTIVE = "<&>\"'"
_TREATMENTS: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "escaped": lambda text: escape(one_line(text)),
    "autoescaped": lambda text: str(markupsafe.escape(text)),
}
_TEXTS = ("title", "description", "date")
_TOC = ("id0", "name0", "id1", "name1")


class WatchedMeta(dict[str, Any]):
    """Front matter that notes in `seen` which of its keys a template looks at; `*` stands for all of them."""

    def __init__(self, values: Mapping[str, Any], seen: set[str]) -> None:
        super().__init__(values)
        self._seen = seen

    def __getitem__(self, key: str) -> Any:
        self._seen.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._seen.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`."""
        self._seen.add(key)
        return super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        self._seen.add("*")
        return super().__iter__()

    def keys(self) -> Any:
        """All keys."""
        self._seen.add("*")
        return super().keys()

    def values(self) -> Any:
        """All values."""
        self._seen.add("*")
        return super().values()

    def items(self) -> Any:
        """All pairs."""
        self._seen.add("*")
        return super().items()


@dataclass(slots=True)
class _Shape:
    """Constant parts, each with the slot that follows it; `within` and `between` entries of the table of contents."""

    parts: tuple[tuple[str, str], ...]
    within: str = ""
    between: str = ""
    trials: int = 0


Key = tuple[Any, ...]


class Shapes:
    """The shapes of one build."""

    def __init__(self, rendered: Callable[[Page, set[str] | None], str]) -> None:
        """`rendered` gives a page's HTML by MkDocs' own functions, and notes the front matter that they look at."""
        self._rendered = rendered
        self._seen: set[str] = set()
        self._known: dict[Key, _Shape | None] = {}

    def html(self, page: Page) -> tuple[str, bool]:
        """The HTML of a page that is not in the navigation, and whether it was filled in instead of rendered."""
        # The theme shows a page at the top in the section that it belongs to: each of these few is a shape of its own.
        folder = page.url.rpartition("/")[0] or page.url
        heading = _heading(page)
        if heading is None or not all(isinstance(page.meta.get(key, ""), str) for key in _TEXTS):
            return self._rendered(page, None), False
        key = self._key(page, folder, heading)
        shape = self._known.get(key)
        if shape is None:
            if key in self._known:
                return self._rendered(page, None), False
            shape = self._learn(page, folder, heading)
            if shape is None:
                return self._rendered(page, None), False
            key = self._key(page, folder, heading)
        filled = _filled(shape, page, heading)
        if shape.trials >= _TRIALS:
            return filled, True
        stock = self._rendered(page, None)
        shape.trials += 1
        if stock != filled:
            self._known[key] = None
        return stock, False

    def _key(self, page: Page, folder: str, heading: AnchorLink) -> Key:
        meta = page.meta
        looked = tuple((name, repr(meta.get(name))) for name in sorted(self._seen))
        return (
            folder,
            tuple(bool(meta.get(name)) for name in _TEXTS),
            bool(page.canonical_url),
            "<h1" in (page.content or ""),
            bool(heading.children),
            looked,
        )

    def _learn(self, page: Page, folder: str, heading: AnchorLink) -> _Shape | None:
        seen: set[str] = set()
        marked = _marked(page, heading)
        output = self._rendered(marked, seen)
        shape = None if "*" in seen else _taken_apart(output, marked.content or "")
        looked = seen.difference(_TEXTS)
        if not looked <= self._seen:
            # Pages that looked alike may differ in what templates are now known to look at.
            self._seen |= looked
            self._known.clear()
        self._known[self._key(page, folder, heading)] = shape
        return shape


def _heading(page: Page) -> AnchorLink | None:
    """The page's one heading of the first level, with no more than one level below it."""
    entries = list(page.toc)
    if len(entries) != 1 or entries[0].level != 1 or any(child.children for child in entries[0].children):
        return None
    return entries[0]


def _mark(name: str) -> str:
    return f"{_LEFT}{name}{_RIGHT}"


def _text_mark(name: str, treatment: Callable[[str], str]) -> str:
    return f"{_LEFT}{name}{treatment(_ACTIVE)}{_RIGHT}"


def _marked(page: Page, heading: AnchorLink) -> Page:
    """The page with marks in place of what differs between pages of its shape."""
    marked = copy.copy(page)
    marked.meta = {key: _text_mark(key, str) if key in _TEXTS and value else value for key, value in page.meta.items()}
    marked.content = ("<h1>" if "<h1" in (page.content or "") else "") + _mark("content")
    if page.canonical_url:
        marked.canonical_url = _text_mark("canonical", str)
    first = AnchorLink(_mark("first"), _mark("skip"), heading.level)
    if heading.children:
        first.children = [AnchorLink(_mark(f"name{at}"), _mark(f"id{at}"), heading.level + 1) for at in range(2)]
    first.active = True  # type: ignore[attr-defined]  # as MkDocs does
    marked.toc = TableOfContents([first])
    return marked


def _taken_apart(output: str, content: str) -> _Shape | None:
    """The constant parts of `output` and its slots; `None` where a mark came out otherwise than known."""
    slots = {_mark(name): name for name in (*_TOC, "skip", "first")}
    slots[content] = "content"
    for name in (*_TEXTS, "canonical"):
        for treatment, treated in _TREATMENTS.items():
            slots[_text_mark(name, treated)] = f"{name} {treatment}"
    pattern = re.compile("|".join(re.escape(mark) for mark in sorted(slots, key=len, reverse=True)))
    constants = pattern.split(output)
    names = [slots[mark] for mark in pattern.findall(output)]
    if any(_LEFT in part or _RIGHT in part for part in constants) or names.count("content") != 1:
        return None
    shape = _Shape(())
    if any(name in _TOC for name in names):
        at = names.index("id0") if "id0" in names else len(names)
        if tuple(names[at : at + 4]) != _TOC or sum(name in _TOC for name in names) != len(_TOC):
            return None
        shape.within, shape.between = constants[at + 1], constants[at + 2]
        if constants[at + 3] != shape.within:
            return None
        names[at : at + 4] = ["toc"]
        constants[at + 1 : at + 4] = []
    shape.parts = tuple(zip(constants, [*names, ""], strict=True))
    return shape


def _filled(shape: _Shape, page: Page, heading: AnchorLink) -> str:
    values = {
        "": "",
        "content": page.content or "",
        "skip": heading.id,
        "first": heading.title,
        "toc": shape.between.join(f"{child.id}{shape.within}{child.title}" for child in heading.children),
    }
    for _, slot in shape.parts:
        if slot not in values:
            name, _, treatment = slot.partition(" ")
            text = (page.canonical_url if name == "canonical" else page.meta.get(name)) or ""
            values[slot] = _TREATMENTS[treatment](text)
    return "".join(piece for constant, slot in shape.parts for piece in (constant, values[slot]))
