"""The order of MkDocs' build, with the quick ways for generated pages.

Stands for `mkdocs.commands.build.build`: the same events in the same order. It differs in that generated pages outside
of the navigation are read, rendered and written one after the other, so that no more than one is in memory, and
on two processes where there are many. `why_not` says where that could be told from the stock build.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from mkdocs import utils
from mkdocs.commands import build as stock
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from generator.publish.census import Stamp, stamp, taken
from generator.publish.late import Late
from generator.publish.manifest import read_manifest
from generator.session import Session
from generator.site.fast.anchors import Unpacking, Wanted
from generator.site.fast.dead import anchors_of, made_of_result, told_of_dead
from generator.site.fast.found import find_files
from generator.site.fast.held import environment, learned, tokens
from generator.site.fast.later import build_later
from generator.site.fast.leads import Places
from generator.site.fast.markup import KNOWN_EXTENSIONS, Headings, Rendered
from generator.site.fast.memory import FastOutcome, Previous, frame_digest, made_of
from generator.site.fast.parts import in_processes, is_copied, may_be_overwritten
from generator.site.fast.pool import no_garbage
from generator.site.fast.work import OURS, SEARCHES, Populating, Result, Work, failures_naming, page_of
from generator.site.links import Flaw

KNOWN_PLUGINS = frozenset({OURS, "offline", "material/offline", *SEARCHES})
"""Plugins that look at pages one by one, or not at all."""
# Events that hand files, pages or what holds them to a plugin. One that is handed a page may look at any other, by way
# of the navigation and of files, and would miss what is not there yet or no longer.
_ABOUT_ONE_PAGE = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
_HANDED_PAGES = ("files", "nav", "env", *_ABOUT_ONE_PAGE, "template_context")

_log = logging.getLogger("mkdocs.briefing")


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


def build(
    config: MkDocsConfig,
    jobs: int = 1,
    previous: Previous | None = None,
    *,
    session: Session | None = None,
    late: Late | None = None,
) -> FastOutcome:
    """Build the site of `config`, for which `why_not` has nothing to say, as `mkdocs build` would.

    Files of the `previous` build whose inputs are the same are linked into the new site, not made again. `session` is
    that of a process which builds more than once. Files that come `late` are waited for when nothing more can be done
    without.
    """
    try:
        with no_garbage():
            return _build(config, jobs, previous, session or Session(), _asked_once(late))
    except Exception as error:
        config.plugins.on_build_error(error=error)
        if isinstance(error, BuildError):
            logging.getLogger("mkdocs").error(str(error))
            raise Abort("Aborted with a BuildError!") from error
        raise


def _build(
    config: MkDocsConfig, jobs: int, previous: Previous | None, session: Session, late: Late | None
) -> FastOutcome:
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    outcome = build_later(config, jobs, previous, session, late) if previous else None
    if outcome is None and late:
        late.take()
    return outcome or _build_anew(config, jobs, session)


def _asked_once(late: Late | None) -> Late | None:
    return Late(late.names, cache(late.take)) if late else None


def _build_anew(config: MkDocsConfig, jobs: int, session: Session) -> FastOutcome:
    utils.clean_directory(config.site_dir)
    found = taken(config.docs_dir)
    files = find_files(config)
    env = environment(config, session)
    theme = Files([])
    theme.add_files_from_theme(env, config)
    for file in theme:
        # Theme files do not override those of docs_dir.
        if file.src_uri not in files.src_uris:
            files.append(file)
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
    populating = Populating(config, files, Places(tokens(session)))
    listing = populating.listing(slow, generated)
    env = config.plugins.on_env(env, config=config, files=files)
    # A plugin that writes over what is built must not write into the files of the published site.
    may_be_kept = SEARCHES.isdisjoint(config.plugins) and not _rewritten(config)
    frame = frame_digest(config, env, nav) if may_be_kept else ""
    ours: Any = config.plugins[OURS]
    shapes = learned(session, frame, ours.tripwire)
    work = Work(config, files, documents, nav, env, populating=populating, learned=shapes)
    copies = [file for file in files if is_copied(file)]
    for file in copies:
        if may_be_overwritten(file, config):
            file.copy_file()
    ahead = [file for file in copies if not may_be_overwritten(file, config)]
    for name in config.theme.static_templates:
        stock._build_theme_template(name, env, files, config, nav)
    wanted = Wanted()
    if work.indexed:
        results = work.run(ahead).results
        for file in documents:
            if file.src_uri in chosen:
                results.append(work.page(file))
            else:
                with failures_naming(file.abs_dest_path):
                    stock._build_page(page_of(file), config, documents, nav, env)
        wanted.join(work.take_wanted())
    else:
        for file in slow:
            with failures_naming(file.abs_dest_path):
                stock._build_page(page_of(file), config, documents, nav, env)
        results = in_processes(work, quick, ahead, jobs, wanted)
    outcome = _concluded(config, files, slow, listing=listing, results=results, wanted=wanted, stamps=found.files)
    if may_be_kept:
        outcome.frame = frame
        outcome.theme = [(file.src_uri, file.src_dir or "") for file in theme]
        for file in ahead:
            at = found.files.get(file.src_uri) if file.src_dir == config.docs_dir else stamp(file.abs_src_path or "")
            outcome.made[file.src_uri] = made_of(file.dest_uri, file.inclusion, at)
    ours.take_checked((result.path for result in results), _breaches(results))
    config.plugins.on_post_build(config=config)
    return outcome


def _rewritten(config: MkDocsConfig) -> bool:
    """Whether a plugin may write over what is built, which must then not be the very files of the published site."""
    return any(hasattr(plugin, "on_post_build") for name, plugin in config.plugins.items() if name not in KNOWN_PLUGINS)


def _breaches(results: Iterable[Result]) -> Iterable[Flaw]:
    return (breach for result in results for breach in result.breaches)


def _concluded(
    config: MkDocsConfig,
    files: Files,
    slow: Sequence[File],
    *,
    listing: Mapping[str, Rendered],
    results: Sequence[Result],
    wanted: Wanted,
    stamps: Mapping[str, Stamp],
) -> FastOutcome:
    """Follow the links to anchors as MkDocs does last, and count. `listing`: those of `slow` rendered the quick way."""
    outcome = FastOutcome(len(results))
    texts = {result.source: result.anchors for result in results}
    for file in slow:
        texts[file.src_uri] = anchors_of(file)
        outcome.made[file.src_uri] = made_of(file.dest_uri, file.inclusion, None, texts[file.src_uri])
    dead = told_of_dead(config, files, slow, listing=listing, wanted=wanted, anchors=Unpacking(texts))
    followed: dict[str, str] = {}
    for result in results:
        outcome.rendered_by_mkdocs += result.by_markdown
        outcome.templated_by_mkdocs += result.by_template
        made = made_of_result(config, files.src_uris[result.source].inclusion, result, stamps.get(result.source), dead)
        outcome.made[result.source] = made
        if made.source and not result.by_template:
            followed[result.path] = result.anchors
    outcome.anchors = Unpacking(followed)
    return outcome
