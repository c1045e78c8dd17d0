"""The order of MkDocs' build, with the quick ways for generated pages.

Stands for `mkdocs.commands.build.build`: the same events in the same order. It differs in that generated pages outside
of the navigation are read, rendered and written one after the other, so that no more than one is in memory, and
on two processes where there are many. `why_not` says where that could be told from the stock build.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import posixpath
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from mkdocs import utils
from mkdocs.commands import build as stock
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from generator.publish.manifest import read_manifest
from generator.site.fast.frames import Frames
from generator.site.fast.front import FrontReader
from generator.site.fast.markup import KNOWN_EXTENSIONS, Headings, Rendered, Renderer
from generator.site.fast.memory import Made, SiteMemory, frame_digest, stamp
from generator.site.fast.shapes import Shapes, WatchedMeta
from generator.site.links import Flaw

OURS = "briefing"
SEARCHES = frozenset({"search", "material/search"})
"""Material's search: looks at each page as it is written, in the order of the pages, and keeps all in memory."""
KNOWN_PLUGINS = frozenset({OURS, "offline", "material/offline", *SEARCHES})
"""Plugins that look at pages one by one, or not at all."""

# Below this many pages, starting a process costs more than it saves: a page takes one or two milliseconds.
_PARALLEL_PAGES = 1500
# Windows would otherwise write line ends of its own.
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
# More than all but a few pages.
_AT_ONCE = 1 << 17
_log = logging.getLogger("mkdocs.briefing")


@dataclass(slots=True)
class FastOutcome:
    """What a quick build did."""

    pages: int = 0
    """Generated pages outside of the navigation."""
    rendered_by_mkdocs: int = 0
    """How many of them Python-Markdown rendered, as their source was not surely of the known kind."""
    templated_by_mkdocs: int = 0
    """How many of them went through the template, the first of each shape included."""
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    """For each page whose links were followed when it was rendered, by its path in the site: its anchors."""
    kept: frozenset[str] = frozenset()
    """Paths in the site of files that are the very files of the previous build."""
    frame: str = ""
    made: dict[str, tuple[str, str, frozenset[str], frozenset[str]]] = field(default_factory=dict)
    """For each source that may be kept the next time: its file, its path in the site, its anchors and links."""

    def memory(self, site: Path) -> SiteMemory:
        """What the next build needs to know, once this one is published as `site`."""
        made: dict[str, Made] = {}
        for name, (source, path, anchors, links) in self.made.items() if self.frame else ():
            before, after = stamp(source), stamp(f"{site}/{path}")
            if before and after:
                made[name] = Made(before, after, tuple(sorted(anchors)), tuple(sorted(links)))
        return SiteMemory(self.frame, made)


def why_not(config: MkDocsConfig) -> str:
    """Why MkDocs had better build this configuration itself; empty where the quick build gives the same."""
    plugins = sorted(set(config.plugins) - KNOWN_PLUGINS)
    if plugins:
        return f"the plugin {plugins[0]} may look at all pages"
    extensions = sorted(str(name) for name in config.markdown_extensions if str(name) not in KNOWN_EXTENSIONS)
    if extensions:
        return f"the Markdown extension {extensions[0]} may change generated pages"
    if Headings.of(config) is None:
        return "the options of the Markdown extension toc are not the usual ones"
    if config.theme.name != "material" or config.theme.custom_dir:
        return "the templates are not Material's own"
    if config.extra_templates or config.hooks or config.strict:
        return "extra templates, hooks and strict mode look at all pages"
    if set(config.theme.static_templates) - {"404.html", "sitemap.xml"}:
        return "static templates may look at all pages"
    return ""


@dataclass(frozen=True, slots=True)
class Previous:
    """The last build: its published folder, and what it made."""

    site: Path
    memory: SiteMemory


def build(config: MkDocsConfig, jobs: int = 1, previous: Previous | None = None) -> FastOutcome:
    """Build the site of `config`, for which `why_not` has nothing to say, as `mkdocs build` would.

    Files of the `previous` build whose inputs are the same are linked into the new site, not made again.
    """
    try:
        return _build(config, jobs, previous)
    except Exception as error:
        config.plugins.on_build_error(error=error)
        if isinstance(error, BuildError):
            logging.getLogger("mkdocs").error(str(error))
            raise Abort("Aborted with a BuildError!") from error
        raise


def _build(config: MkDocsConfig, jobs: int, previous: Previous | None) -> FastOutcome:
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    utils.clean_directory(config.site_dir)
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    documents = files.documentation_pages(inclusion=InclusionLevel.is_included)
    generated = read_manifest(Path(config.docs_dir))
    listed = {page.file.src_uri for page in nav.pages}
    quick = [file for file in documents if file.src_uri in generated and file.src_uri not in listed]
    chosen = {file.src_uri for file in quick}
    slow = [file for file in documents if file.src_uri not in chosen]
    for file in documents:
        if file.page is None and file.inclusion.value <= InclusionLevel.NOT_IN_NAV.value:
            Page(None, file, config)
    for file in slow:
        stock._populate_page(_page(file), config, files)
    env = config.plugins.on_env(env, config=config, files=files)
    work = _Work(config, files, documents, nav, env)
    keeper = Keeper(config, files, "" if work.indexed else frame_digest(config, env, nav), previous)
    for file in files:
        if _copied(file) and keeper.keep(file) is None:
            file.copy_file()
    for name in config.theme.static_templates:
        stock._build_theme_template(name, env, files, config, nav)
    if work.indexed:
        results = []
        for file in documents:
            if file.src_uri in chosen:
                results.append(work.page(file))
            else:
                stock._build_page(_page(file), config, documents, nav, env)
    else:
        for file in slow:
            stock._build_page(_page(file), config, documents, nav, env)
        kept = {file.src_uri: made for file in quick if (made := keeper.keep(file))}
        results = _run(work, [file for file in quick if file.src_uri not in kept], jobs)
        results += [
            _Result(name, files.src_uris[name].dest_uri, frozenset(made.anchors), frozenset(made.links), kept=True)
            for name, made in kept.items()
        ]
    outcome = _concluded(config, files, slow, results)
    outcome.kept = frozenset(keeper.kept)
    outcome.frame = keeper.frame
    ours: Any = config.plugins[OURS]
    ours.take_checked(outcome.kept, ())
    ours.take_checked((result.path for result in results if not result.kept), _breaches(results))
    config.plugins.on_post_build(config=config)
    return outcome


class Keeper:
    """Decides which files of the previous build are still right, and links them into the new site."""

    def __init__(self, config: MkDocsConfig, files: Files, frame: str, previous: Previous | None) -> None:
        self.frame = frame
        self.kept: set[str] = set()
        self._files = files
        self._site = Path(config.site_dir)
        self._previous = previous if previous and frame and previous.memory.frame == frame else None
        self._folders: set[str] = set()

    def keep(self, file: File) -> Made | None:
        """What was made of `file`, after linking it into the new site; `None` where it has to be made."""
        if self._previous is None or file.abs_src_path is None:
            return None
        made = self._previous.memory.made.get(file.src_uri)
        if made is None or made.source != stamp(file.abs_src_path):
            return None
        old = f"{self._previous.site}/{file.dest_uri}"
        if made.published != stamp(old):
            return None
        known = self._files.src_uris
        if not all(link[0] == "#" or link.partition("#")[0] in known for link in made.links):
            return None
        if not self._linked(old, file.abs_dest_path):
            return None
        self.kept.add(file.dest_uri)
        return made

    def _linked(self, old: str, path: str) -> bool:
        folder = os.path.dirname(path)  # noqa: PTH120 -- tens of thousands of times
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 -- as above
            self._folders.add(folder)
        try:
            os.link(old, path)
        except OSError:
            # The disk knows no hard links.
            return False
        return True


def _copied(file: File) -> bool:
    return not file.is_documentation_page() and file.inclusion.value > InclusionLevel.DRAFT.value


def _page(file: File) -> Page:
    if file.page is None:
        raise LookupError(f"{file.src_uri}: MkDocs made no page of it")
    return file.page


@dataclass(frozen=True, slots=True)
class _Result:
    """What is left of a page once it is written."""

    source: str
    path: str
    """In the site."""
    anchors: frozenset[str]
    links: frozenset[str]
    breaches: tuple[Flaw, ...] = ()
    by_markdown: bool = False
    by_template: bool = False
    kept: bool = False


class _Work:
    """Everything that rendering a page needs."""

    def __init__(
        self, config: MkDocsConfig, files: Files, documents: Sequence[File], nav: Navigation, env: jinja2.Environment
    ) -> None:
        headings = Headings.of(config)
        if headings is None:
            raise LookupError("asked for headings that the quick build does not make")
        self._config, self._files, self._documents, self._nav, self._env = config, files, documents, nav, env
        ours: Any = config.plugins[OURS]
        self._ours = ours
        self._renderer = Renderer(files, headings)
        self._front = FrontReader()
        self._frames = Frames(self._ours.tripwire)
        self._shapes = Shapes(self._rendered, self._frames)
        self._folders: set[str] = set()
        self.indexed = not SEARCHES.isdisjoint(config.plugins)
        """Whether a plugin takes every page into an index as it is written."""

    def page(self, file: File) -> _Result:
        """Read, render, check and write one page."""
        page = _page(file)
        rendered = self._populated(page)
        if rendered is None:
            stock._populate_page(page, self._config, self._files)
            anchors, links = _followed(page)
            html = self._by_template(page, None).encode("utf-8", "xmlcharrefreplace")
            filled, faults = False, self._frames.check_whole(file.dest_uri, html)
        else:
            anchors, links = rendered.anchors, rendered.links
            html, filled, faults = self._shapes.html(page, rendered)
            if filled and self.indexed:
                _fill(page, rendered)
                context = stock.get_context(self._nav, (), self._config)
                self._config.plugins.on_page_context(context, page=page, config=self._config, nav=self._nav)
        self._write(file.abs_dest_path, html)
        page.markdown, page.content, page.meta, page.toc = None, None, {}, []  # type: ignore[assignment]
        breaches = tuple(Flaw(file.dest_uri, fault) for fault in faults)
        return _Result(file.src_uri, file.dest_uri, anchors, links, breaches, rendered is None, not filled)

    def _populated(self, page: Page) -> Rendered | None:
        """Do for `page` what MkDocs' step does, the quick way; `None` and nothing done where that is not sure."""
        front = self._front.read(_source(page.file))
        if front is None or not isinstance(front[1].get("title"), str):
            return None
        rendered = self._renderer.render(front[0], page.file)
        if rendered is not None:
            self._config.plugins.on_pre_page(page, config=self._config, files=self._files)
            page.meta = front[1]
        return rendered

    def _rendered(self, page: Page, rendered: Rendered, seen: set[str] | None) -> str:
        """The HTML of a page that was rendered the quick way, by MkDocs' own functions."""
        _fill(page, rendered)
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
        folder = path[: path.rfind(os.sep)]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 -- thousands of times; pathlib takes longer than the write
            self._folders.add(folder)
        # Three calls of the system; `open` makes six.
        number = os.open(path, _WRITING, 0o666)
        try:
            while len(content) > (done := os.write(number, content)):
                content = content[done:]
        finally:
            os.close(number)


def _source(file: File) -> bytes:
    """As `File.content_bytes`."""
    if file.abs_src_path is None:
        return file.content_bytes
    # Four calls of the system; `open` makes eight.
    number = os.open(file.abs_src_path, _READING)
    try:
        content = os.read(number, _AT_ONCE)
        while part := os.read(number, _AT_ONCE):
            content += part
    finally:
        os.close(number)
    return content


def _fill(page: Page, rendered: Rendered) -> None:
    page.markdown, page.content, page.toc = "", rendered.content().decode(), rendered.toc()
    page.present_anchor_ids = set(rendered.anchors)


def _followed(page: Page) -> tuple[frozenset[str], frozenset[str]]:
    """The anchors of a page that MkDocs rendered, and its links as `Rendered.links` has them."""
    links = {
        f"{target.src_uri}#{anchor}" for target, anchors in (page.links_to_anchors or {}).items() for anchor in anchors
    }
    return frozenset(page.present_anchor_ids or ()), frozenset(links)


class _Worker:
    """The work of a forked process, inherited from its parent."""

    work: _Work
    files: Sequence[File]

    @classmethod
    def run(cls, part: Iterable[int]) -> tuple[list[_Result], list[tuple[int, str]]]:
        records: list[tuple[int, str]] = []
        handler = _Collected(records)
        logger = logging.getLogger("mkdocs")
        others, logger.handlers = logger.handlers, [handler]
        try:
            return [cls.work.page(cls.files[at]) for at in part], records
        finally:
            logger.handlers = others


class _Collected(logging.Handler):
    def __init__(self, records: list[tuple[int, str]]) -> None:
        super().__init__(logging.WARNING)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append((record.levelno, record.getMessage()))


def _begin() -> None:
    """Make a forked process one that ends with its build, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(work: _Work, files: Sequence[File], jobs: int) -> list[_Result]:
    if jobs < 2 or len(files) < _PARALLEL_PAGES or not sys.platform.startswith("linux"):
        return [work.page(file) for file in files]
    _Worker.work, _Worker.files = work, files
    # Neighbours share folders, and so shapes and links; a few parts for each process even out their lengths.
    size = -(-len(files) // (jobs * 4))
    parts = [range(at, min(at + size, len(files))) for at in range(0, len(files), size)]
    results: list[_Result] = []
    # What is there already stays: to look for garbage in it would cost time, and copy it into each process.
    gc.freeze()
    try:
        # Forked, so that nothing needs to be sent: configuration and templates hold what cannot be pickled.
        context = multiprocessing.get_context("fork")
        try:
            executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
        except (OSError, ImportError, NotImplementedError):
            # No semaphores, no memory to share or no files to be had: this process does it alone.
            return [work.page(file) for file in files]
        with executor:
            for part, records in executor.map(_Worker.run, parts):
                results.extend(part)
                for level, message in records:
                    _log.log(level, "%s", message)
    finally:
        del _Worker.work, _Worker.files
        gc.unfreeze()
    return results


def _breaches(results: Iterable[_Result]) -> Iterable[Flaw]:
    return (breach for result in results for breach in result.breaches)


def _concluded(config: MkDocsConfig, files: Files, slow: Sequence[File], results: Sequence[_Result]) -> FastOutcome:
    """Follow the links to anchors as MkDocs does last, and count."""
    level = config.validation.links.anchors
    by_source = {result.source: result for result in results}
    for result in results:
        page = files.src_uris[result.source].page
        if page is not None:
            page.present_anchor_ids = set(result.anchors)
    for file in slow:
        _page(file).validate_anchor_links(files=files, log_level=level)
    outcome = FastOutcome(len(results))
    anchors = {file.src_uri: _page(file).present_anchor_ids or set() for file in slow}
    whole = {f"{name}#{anchor}" for name, result in by_source.items() for anchor in result.anchors}
    whole.update(f"{name}#{anchor}" for name, ids in anchors.items() for anchor in ids)
    for file in files:
        if _copied(file) and file.abs_src_path:
            outcome.made[file.src_uri] = (file.abs_src_path, file.dest_uri, frozenset(), frozenset())
    for result in results:
        outcome.rendered_by_mkdocs += result.by_markdown
        outcome.templated_by_mkdocs += result.by_template
        sound = True
        for link in result.links:
            target = result.source + link if link[0] == "#" else link
            if "#" in target and target not in whole:
                sound = False
                _warn(level, result.source, link, target)
        if sound and not result.by_markdown and not result.by_template:
            file = files.src_uris[result.source]
            outcome.anchors[file.dest_uri] = result.anchors
            outcome.made[result.source] = (file.abs_src_path or "", file.dest_uri, result.anchors, result.links)
    return outcome


def _warn(level: int, source: str, link: str, target: str) -> None:
    name, _, anchor = target.partition("#")
    problem = f"the doc '{name}' does not contain an anchor '#{anchor}'"
    if name == source:
        problem = "there is no such anchor on this page"
    else:
        link = f"{posixpath.relpath(name, posixpath.dirname(source))}#{anchor}"
    logging.getLogger("mkdocs.structure.pages").log(
        level, "Doc file '%s' contains a link '%s', but %s.", source, link, problem
    )
