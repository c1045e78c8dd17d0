"""The order of MkDocs' build, with the quick ways for generated pages.

Stands for `mkdocs.commands.build.build`: the same events in the same order. It differs in that generated pages outside
of the navigation are read, rendered and written one after the other, so that no more than one is in memory, and
on two processes where there are many. `why_not` says where that could be told from the stock build.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from mkdocs import utils
from mkdocs.commands import build as stock
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from generator.publish.manifest import read_manifest
from generator.site.fast.markup import KNOWN_EXTENSIONS, Headings, Rendered
from generator.site.fast.memory import Keeper, Made, Previous, SiteMemory, frame_digest, stamp
from generator.site.fast.pool import in_parts, no_garbage
from generator.site.fast.work import OURS, SEARCHES, Populating, Result, Work, failures_naming, fill, page_of
from generator.site.links import Flaw

KNOWN_PLUGINS = frozenset({OURS, "offline", "material/offline", *SEARCHES})
"""Plugins that look at pages one by one, or not at all."""
# Events that hand files, pages or what holds them to a plugin. One that is handed a page may look at any other, by way
# of the navigation and of files, and would miss what is not there yet or no longer.
_ABOUT_ONE_PAGE = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
_HANDED_PAGES = ("files", "nav", "env", *_ABOUT_ONE_PAGE, "template_context")

# Below this many pages, starting a process costs more than it saves: a page takes one or two milliseconds.
_PARALLEL_PAGES = 1500
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
    for name, plugin in sorted(config.plugins.items()):
        event = next((event for event in _HANDED_PAGES if hasattr(plugin, f"on_{event}")), "")
        if event and name not in KNOWN_PLUGINS:
            return f"the plugin {name} may look at all pages: it takes part in {event}"
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


def build(config: MkDocsConfig, jobs: int = 1, previous: Previous | None = None) -> FastOutcome:
    """Build the site of `config`, for which `why_not` has nothing to say, as `mkdocs build` would.

    Files of the `previous` build whose inputs are the same are linked into the new site, not made again.
    """
    try:
        with no_garbage():
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
    populating = Populating(config, files)
    listing: dict[str, Rendered] = {}
    for file in slow:
        rendered = populating.populated(page_of(file)) if file.src_uri in generated else None
        if rendered is None:
            stock._populate_page(page_of(file), config, files)
        else:
            fill(page_of(file), rendered)
            listing[file.src_uri] = rendered
    env = config.plugins.on_env(env, config=config, files=files)
    work = Work(config, files, documents, nav, env, populating=populating)
    keeper = Keeper(config, files, "" if work.indexed else frame_digest(config, env, nav), previous)
    copies = [file for file in files if _copied(file) and keeper.keep(file) is None]
    for file in copies:
        if _may_be_overwritten(file, config):
            file.copy_file()
    copies = [file for file in copies if not _may_be_overwritten(file, config)]
    for name in config.theme.static_templates:
        stock._build_theme_template(name, env, files, config, nav)
    if work.indexed:
        results = work.run(copies)
        for file in documents:
            if file.src_uri in chosen:
                results.append(work.page(file))
            else:
                with failures_naming(file.abs_dest_path):
                    stock._build_page(page_of(file), config, documents, nav, env)
    else:
        for file in slow:
            with failures_naming(file.abs_dest_path):
                stock._build_page(page_of(file), config, documents, nav, env)
        kept = {file.src_uri: made for file in quick if (made := keeper.keep(file))}
        new = [file for file in quick if file.src_uri not in kept]
        results = _run(work, [*new, *copies], jobs if len(new) >= _PARALLEL_PAGES else 1)
        results += [
            Result(name, files.src_uris[name].dest_uri, frozenset(made.anchors), frozenset(made.links), kept=True)
            for name, made in kept.items()
        ]
    outcome = _concluded(config, files, slow, listing, results)
    outcome.kept = frozenset(keeper.kept)
    outcome.frame = keeper.frame
    ours: Any = config.plugins[OURS]
    ours.take_checked(outcome.kept, ())
    ours.take_checked((result.path for result in results if not result.kept), _breaches(results))
    config.plugins.on_post_build(config=config)
    return outcome


def _copied(file: File) -> bool:
    return not file.is_documentation_page() and file.inclusion.value > InclusionLevel.DRAFT.value


def _may_be_overwritten(file: File, config: MkDocsConfig) -> bool:
    """Whether MkDocs writes in the place of a file that it copied before."""
    return file.dest_uri.endswith(".html") or file.dest_uri in config.theme.static_templates


def _run(work: Work, files: Sequence[File], jobs: int) -> list[Result]:
    def part(begin: int, end: int) -> bytes:
        return msgspec.msgpack.encode(work.run(files[begin:end]))

    parts = in_parts(part, len(files), jobs)
    return [result for part in parts for result in msgspec.msgpack.decode(part, type=list[Result])]


def _breaches(results: Iterable[Result]) -> Iterable[Flaw]:
    return (breach for result in results for breach in result.breaches)


def _concluded(
    config: MkDocsConfig,
    files: Files,
    slow: Sequence[File],
    listing: Mapping[str, Rendered],
    results: Sequence[Result],
) -> FastOutcome:
    """Follow the links to anchors as MkDocs does last, and count. `listing`: those of `slow` rendered the quick way."""
    level = config.validation.links.anchors
    by_source = {result.source: result for result in results}
    for result in results:
        page = files.src_uris[result.source].page
        if page is not None:
            page.present_anchor_ids = result.anchors  # type: ignore[assignment]  # nobody changes it any more
    for file in slow:
        if file.src_uri not in listing:
            page_of(file).validate_anchor_links(files=files, log_level=level)
    outcome = FastOutcome(len(results))
    anchors = {file.src_uri: page_of(file).present_anchor_ids or set() for file in slow}
    whole = {f"{name}#{anchor}" for name, result in by_source.items() for anchor in result.anchors}
    whole.update(f"{name}#{anchor}" for name, ids in anchors.items() for anchor in ids)
    for file in files:
        if _copied(file) and file.abs_src_path:
            outcome.made[file.src_uri] = (file.abs_src_path, file.dest_uri, frozenset(), frozenset())
    for name, rendered in listing.items():
        _told(level, name, rendered.links - whole)
    for result in results:
        outcome.rendered_by_mkdocs += result.by_markdown
        outcome.templated_by_mkdocs += result.by_template
        sound = not _told(level, result.source, result.links - whole)
        if sound and not result.by_markdown and not result.by_template:
            file = files.src_uris[result.source]
            outcome.anchors[file.dest_uri] = result.anchors
            outcome.made[result.source] = (file.abs_src_path or "", file.dest_uri, result.anchors, result.links)
    return outcome


def _told(level: int, source: str, links: Iterable[str]) -> bool:
    """Tell of those `links` of `source` that lead to an anchor; whether there was one. None of them is there."""
    dead = sorted(link for link in links if "#" in link)
    for link in dead:
        _warn(level, source, link, source + link if link[0] == "#" else link)
    return bool(dead)


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
