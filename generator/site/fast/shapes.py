"""Material's template rendered once for each shape of page, then filled in for every page of that shape.

Stands for `template.render` and for the page events of this project's own plugin. Pages of one folder differ in
title, description, content and table of contents. A page with marks in those places is rendered by the stock functions;
what stands between the marks is the same for all pages of the shape. Marks of texts hold the characters that templates
escape, so that a mark's look tells what the template does to the text. Front matter that a template looks at besides
is part of the shape. Before a shape is trusted, pages filled in from it are compared with the stock output.

The tripwire reads the constant parts of a shape once, as a whole page with `x` in every place, and of each page that
is filled in what stands in the places (`frames`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Any

import markupsafe
from mkdocs.structure.pages import Page

from generator.encode.markdown import one_line
from generator.site.fast.frames import Frame, Frames
from generator.site.fast.markup import Rendered

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

    parts: Sequence[tuple[bytes, str]]
    within: bytes = b""
    between: bytes = b""
    trials: int = 0
    frame: Frame | None = None
    """What the tripwire made of the constant parts."""


Key = tuple[Any, ...]


@dataclass(slots=True)
class Learned:
    """The shapes that are known of pages in one frame, and the front matter that its templates look at."""

    known: dict[Key, _Shape | None] = field(default_factory=dict)
    seen: tuple[str, ...] = ()


class Shapes:
    """The shapes of one build."""

    def __init__(
        self,
        rendered: Callable[[Page, Rendered, set[str] | None], str],
        frames: Frames,
        learned: Learned,
        listed: Set[str] = frozenset(),
    ) -> None:
        """`rendered` gives a page's HTML by MkDocs' own functions, and notes the front matter that they look at.

        What is `learned` holds for the frame at hand; more is added to it. `listed`: the sources of the pages in the
        navigation, of which each is a shape of its own: it shows which one it is, and which come before and after.
        """
        self._rendered = rendered
        self._frames = frames
        self._learned = learned
        self._listed = listed

    def html(self, page: Page, rendered: Rendered) -> tuple[bytes, bool, list[str]]:
        """The HTML of a page, whether it was filled in, and what the tripwire says."""
        key = self._key(page, rendered)
        shape = self._shape(page, rendered)
        if shape is None:
            return self._by_mkdocs(page, rendered)
        values = _values(shape, page, rendered)
        filled = b"".join([piece for constant, slot in shape.parts for piece in (constant, values[slot])])
        if shape.trials < _TRIALS:
            shape.trials += 1
            output = self._by_mkdocs(page, rendered)
            if output[0] != filled:
                self._learned.known[key] = None
            return output
        name = page.file.dest_uri
        if shape.frame is None:
            shape.frame = self._frames.read(name, _expanded(shape))
        return filled, True, self._frames.check(name, filled, shape.frame, values, rendered)

    def _by_mkdocs(self, page: Page, rendered: Rendered) -> tuple[bytes, bool, list[str]]:
        output = self._rendered(page, rendered, None).encode("utf-8", "xmlcharrefreplace")
        return output, False, self._frames.check_around(page.file.dest_uri, output, rendered)

    def _shape(self, page: Page, rendered: Rendered) -> _Shape | None:
        """What `page` is filled into; `None` where MkDocs had better render it."""
        levels = [level for level, _, _ in rendered.headings]
        if not levels or levels != [1, *[2] * (len(levels) - 1)]:
            return None
        if not all(isinstance(page.meta.get(key, ""), str) for key in _TEXTS):
            return None
        key = self._key(page, rendered)
        if key not in self._learned.known:
            return self._learn(page, rendered)
        return self._learned.known[key]

    def _key(self, page: Page, rendered: Rendered) -> Key:
        # The theme shows a page at the top in the section that it belongs to: each of these few is a shape of its own.
        url, meta = page.file.url, page.meta
        return (
            (page.file.src_uri not in self._listed and url.rpartition("/")[0]) or url,
            *[bool(meta.get(name)) for name in _TEXTS],
            bool(page.canonical_url),
            len(rendered.headings) > 1,
            *[repr(meta.get(name)) for name in self._learned.seen],
        )

    def _learn(self, page: Page, rendered: Rendered) -> _Shape | None:
        seen: set[str] = set()
        with _marked(page, rendered) as content:
            output = self._rendered(page, content, seen)
        shape = None if "*" in seen else _taken_apart(output, content.content.decode())
        looked = seen.difference(_TEXTS)
        if not looked <= set(self._learned.seen):
            # Pages that looked alike may differ in what templates are now known to look at.
            self._learned.seen = tuple(sorted(looked.union(self._learned.seen)))
            self._learned.known.clear()
        self._learned.known[self._key(page, rendered)] = shape
        return shape


def _mark(name: str) -> str:
    return f"{_LEFT}{name}{_RIGHT}"


def _text_mark(name: str, treatment: Callable[[str], str]) -> str:
    return f"{_LEFT}{name}{treatment(_ACTIVE)}{_RIGHT}"


@contextmanager
def _marked(page: Page, rendered: Rendered) -> Iterator[Rendered]:
    """Meanwhile `page` has marks in place of what differs between pages of its shape, and is rendered as is given.

    It is the page itself, since the navigation leads to that one.
    """
    before = dict(vars(page))
    page.meta = {key: _text_mark(key, str) if key in _TEXTS and value else value for key, value in page.meta.items()}
    if page.canonical_url:
        page.canonical_url = _text_mark("canonical", str)
    headings = [(1, _mark("skip"), _mark("first"))]
    if len(rendered.headings) > 1:
        headings += [(2, _mark(f"id{at}"), _mark(f"name{at}")) for at in range(2)]
    # Material looks for a heading of the first level in the content.
    try:
        yield Rendered(f"<h1>{_mark('content')}".encode(), headings, frozenset(), frozenset())
    finally:
        vars(page).clear()
        vars(page).update(before)


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
    # A page in the navigation has its table of contents there as well.
    for at in reversed([at for at, name in enumerate(names) if name == "id0"]):
        within, between, last = constants[at + 1 : at + 4]
        shape.within, shape.between = shape.within or within.encode(), shape.between or between.encode()
        if tuple(names[at : at + 4]) != _TOC or (within.encode(), between.encode(), last) != (
            shape.within,
            shape.between,
            within,
        ):
            return None
        names[at : at + 4] = ["toc"]
        constants[at + 1 : at + 4] = []
    if not set(_TOC).isdisjoint(names):
        return None
    shape.parts = [(constant.encode(), name) for constant, name in zip(constants, [*names, ""], strict=True)]
    return shape


def _expanded(shape: _Shape) -> list[tuple[bytes, str]]:
    """The parts of `shape` with a table of contents of two entries."""
    parts: list[tuple[bytes, str]] = []
    for constant, slot in shape.parts:
        if slot == "toc":
            entry = ((shape.within, "name"), (shape.between, "id"), (shape.within, "name"))
            parts += [(constant, "id"), *entry]
        else:
            parts.append((constant, slot))
    return parts


def _values(shape: _Shape, page: Page, rendered: Rendered) -> dict[str, bytes]:
    """What stands in each slot of `shape` for `page`."""
    _, anchor, name = rendered.headings[0]
    values = {"": b"", "content": rendered.content, "skip": anchor.encode(), "first": name.encode()}
    for _, slot in shape.parts:
        if slot == "toc":
            entries = [anchor.encode() + shape.within + name.encode() for _, anchor, name in rendered.headings[1:]]
            values[slot] = shape.between.join(entries)
        elif slot not in values:
            name, _, treatment = slot.partition(" ")
            text = (page.canonical_url if name == "canonical" else page.meta.get(name)) or ""
            values[slot] = _TREATMENTS[treatment](text).encode()
    return values
