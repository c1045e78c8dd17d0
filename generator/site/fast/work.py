"""A page from its source to the disk: read, rendered, filled in, checked, written.

Stands for MkDocs' steps `_populate_page` and `_build_page`.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from typing import Any

import jinja2
import msgspec
from mkdocs.commands import build as stock
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.site.fast.anchors import Wanted, packed, sums, without_separators
from generator.site.fast.frames import Frames
from generator.site.fast.front import FrontReader
from generator.site.fast.leads import Places
from generator.site.fast.markup import Headings, Rendered, Renderer
from generator.site.fast.shapes import Learned, Shapes, WatchedMeta
from generator.site.links import Flaw

OURS = "briefing"
SEARCHES = frozenset({"search", "material/search"})
"""Material's search: looks at each page as it is written, in the order of the pages, and keeps all in memory."""

# Windows would otherwise write line ends of its own.
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
AT_ONCE = 1 << 17
"""Bytes that are read at a time: more than all but a few pages have."""
# Python-Markdown leaves rings of objects behind; after so many pages they are cleared away.
_RINGS = 100


class TooEarlyError(Exception):
    """What comes out may depend on files that are not there yet."""


class Result(msgspec.Struct, frozen=True, array_like=True):
    """What is left of a page once it is written."""

    source: str
    path: str
    """In the site."""
    anchors: str
    """Packed, as in `anchors`."""
    links: str
    """Those of `Rendered.links`, packed."""
    sums: bytes
    """The same, as in `anchors`."""
    breaches: tuple[Flaw, ...] = ()
    by_markdown: bool = False
    by_template: bool = False
    content: bytes = b""
    """What was rendered the quick way, where the template was not."""


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """What is left of many pages."""

    results: list[Result]
    wanted: dict[str, str]
    """As `Wanted`: the anchors that their links lead to."""


class Populating:
    """What MkDocs' step `_populate_page` does, the quick way."""

    def __init__(self, config: MkDocsConfig, files: Files, places: Places) -> None:
        headings = Headings.of(config)
        if headings is None:
            raise LookupError("asked for headings that the quick build does not make")
        self._config, self._files = config, files
        self._renderer = Renderer(files, headings, places)
        self._front = FrontReader()

    def populated(self, page: Page) -> Rendered | None:
        """What `page` becomes; `None` and nothing done where that is not sure."""
        front = self._front.read(_source(page.file))
        if front is None or not isinstance(front[1].get("title"), str):
            return None
        rendered = self._renderer.render(front[0], page.file)
        if rendered is not None:
            self._config.plugins.on_pre_page(page, config=self._config, files=self._files)
            page.meta = front[1]
        return rendered

    def forget_links(self) -> None:
        """Look again for the files that links lead to: some went."""
        self._renderer.forget_links()

    def listing(self, slow: Sequence[File], generated: Set[str], *, early: bool = False) -> dict[str, Rendered]:
        """Read and render the pages `slow`; what became of those that were rendered the quick way: `generated` ones.

        Raises `TooEarlyError` where files are still to come, as `early` says, and a page might ask for one of them.
        """
        found: dict[str, Rendered] = {}
        for file in slow:
            rendered = self.populated(page_of(file)) if file.src_uri in generated else None
            if rendered is None and early:
                raise TooEarlyError
            if rendered is None:
                stock._populate_page(page_of(file), self._config, self._files)
            else:
                fill(page_of(file), rendered)
                found[file.src_uri] = rendered
        return found


class Work:
    """Everything that rendering a page needs."""

    def __init__(
        self,
        config: MkDocsConfig,
        files: Files,
        documents: Sequence[File],
        nav: Navigation,
        env: jinja2.Environment,
        *,
        populating: Populating,
        learned: Learned,
    ) -> None:
        self._config, self._files, self._documents, self._nav, self._env = config, files, documents, nav, env
        self._populating = populating
        ours: Any = config.plugins[OURS]
        self._ours = ours
        self._frames = Frames(self._ours.tripwire)
        self._shapes = Shapes(self._rendered, self._frames, learned, {page.file.src_uri for page in nav.pages})
        self._folders: set[str] = set()
        self._by_markdown = 0
        self._leads: set[str] = set()
        self.indexed = not SEARCHES.isdisjoint(config.plugins)
        """Whether a plugin takes every page into an index as it is written."""
        self.early = False
        """Whether files are still to come, so that pages that might ask for one of them have to wait."""

    def run(self, files: Sequence[File]) -> Batch:
        """Make the pages of `files` but those that have to wait, and copy those files that are no pages."""
        results: list[Result] = []
        for file in files:
            if file.is_documentation_page():
                with suppress(TooEarlyError):
                    results.append(self.page(file))
            else:
                self._copy(file)
        return Batch(results, self.take_wanted())

    def take_wanted(self) -> Wanted:
        """What the pages that were made since it was last asked want of others."""
        wanted = Wanted()
        wanted.take(self._leads)
        self._leads = set()
        return wanted

    def page(self, file: File) -> Result:
        """Read, render, check and write one page. Raises `TooEarlyError` where it has to wait."""
        page = page_of(file)
        rendered = self._populating.populated(page)
        if rendered is None and self.early:
            raise TooEarlyError
        if rendered is None:
            self._by_markdown += 1
            if self._by_markdown % _RINGS == 0:
                gc.collect()
            stock._populate_page(page, self._config, self._files)
            anchors, links = _followed(page)
            html = self._by_template(page, None).encode("utf-8", "xmlcharrefreplace")
            filled, faults = False, self._frames.check_whole(file.dest_uri, html)
        else:
            anchors, links = rendered.anchors, rendered.links
            html, filled, faults = self._shapes.html(page, rendered)
            if filled and self.indexed:
                fill(page, rendered)
                context = stock.get_context(self._nav, (), self._config)
                self._config.plugins.on_page_context(context, page=page, config=self._config, nav=self._nav)
        if faults and self.early:
            raise TooEarlyError
        self._write(file.abs_dest_path, html)
        page.markdown, page.content, page.meta, page.toc = None, None, {}, []  # type: ignore[assignment]  # to free it
        breaches = tuple(Flaw(file.dest_uri, fault) for fault in faults)
        self._leads |= links
        told = (file.src_uri, file.dest_uri, packed(anchors), packed(links), sums(links))
        content = b"" if filled or rendered is None else rendered.content
        return Result(*told, breaches, rendered is None, not filled, content)

    def listed(self, file: File, rendered: Rendered) -> None:
        """Write a page that was populated before. It is checked later, once all files are there."""
        self._write(file.abs_dest_path, self._shapes.html(page_of(file), rendered)[0])

    def _rendered(self, page: Page, rendered: Rendered, seen: set[str] | None) -> str:
        """The HTML of a page that was rendered the quick way, by MkDocs' own functions."""
        fill(page, rendered)
        return self._by_template(page, seen)

    def _by_template(self, page: Page, seen: set[str] | None) -> str:
        """As in MkDocs' step `_build_page`. Notes in `seen` what the template looks at."""
        config = self._config
        config._current_page = page
        page.active = True
        try:
            context = stock.get_context(self._nav, self._documents, config, page)
            template = self._env.get_template(page.meta.get("template", "main.html"))
            if seen is None:
                context = config.plugins.on_page_context(context, page=page, config=config, nav=self._nav)
            else:
                context = self._ours.on_page_context(context, page=page, config=config, nav=self._nav)
                page.meta = WatchedMeta(page.meta, seen)
            return config.plugins.on_post_page(template.render(context), page=page, config=config)
        finally:
            page.active = False
            config._current_page = None

    def _write(self, path: str, content: bytes) -> None:
        # Three calls of the system; `open` makes six.
        number = self._begun(path)
        try:
            _put(number, path, content)
        finally:
            os.close(number)

    def _copy(self, file: File) -> None:
        """Copy what is no page, a part at a time: the largest tables are larger than all else that a process holds."""
        path = file.abs_dest_path
        if file.abs_src_path is None:
            self._write(path, file.content_bytes)
            return
        source = os.open(file.abs_src_path, _READING)
        try:
            number = self._begun(path)
            try:
                while part := os.read(source, AT_ONCE):
                    _put(number, path, part)
            finally:
                os.close(number)
        finally:
            os.close(source)

    def _begun(self, path: str) -> int:
        """The number of the new file at `path`, open for writing, in a folder that is there."""
        folder = path[: path.rfind(os.sep)]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 -- thousands of times; pathlib takes longer than the write
            self._folders.add(folder)
        return os.open(path, _WRITING, 0o666)


def _put(number: int, path: str, content: bytes) -> None:
    with failures_naming(path):
        while len(content) > (done := os.write(number, content)):
            content = content[done:]


@contextmanager
def failures_naming(path: str) -> Iterator[None]:
    """Let an `OSError` of the block say that it is about `path`: a write that fails names no file by itself."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or path
        raise


def _source(file: File) -> bytes:
    """As `File.content_bytes`."""
    if file.abs_src_path is None:
        return file.content_bytes
    # Four calls of the system; `open` makes eight.
    number = os.open(file.abs_src_path, _READING)
    try:
        parts = [os.read(number, AT_ONCE)]
        while parts[-1]:
            parts.append(os.read(number, AT_ONCE))
    finally:
        os.close(number)
    return b"".join(parts)


def fill(page: Page, rendered: Rendered) -> None:
    """Give `page` what its step of rendering gives it."""
    page.markdown, page.content, page.toc = "", rendered.content.decode(), rendered.toc()
    page.present_anchor_ids = set(rendered.anchors)


def _followed(page: Page) -> tuple[frozenset[str], frozenset[str]]:
    """The anchors of a page that MkDocs rendered, and its links as `Rendered.links` has them."""
    links = {
        f"{target.src_uri}#{anchor}" for target, anchors in (page.links_to_anchors or {}).items() for anchor in anchors
    }
    return without_separators(page.present_anchor_ids or ()), without_separators(links)


def page_of(file: File) -> Page:
    """The page that MkDocs made of `file`."""
    if file.page is None:
        raise LookupError(f"{file.src_uri}: MkDocs made no page of it")
    return file.page
