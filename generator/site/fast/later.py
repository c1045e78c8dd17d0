"""A build after another: only what changed is read, made and listed as MkDocs' objects.

The events and their order are those of `build`. What stands of the last site is not touched, so all that has to be
found out is what does not: sources that differ, and pages with a link to what went.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands import build as stock
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import is_markdown_file

from generator.publish.census import Stamp, stamp, taken
from generator.publish.late import Late
from generator.publish.manifest import read_manifest
from generator.publish.twin import settle
from generator.session import Session
from generator.site.fast.anchors import Unpacking, Wanted, packed, unpacked, without_separators
from generator.site.fast.dead import anchors_of, made_of_result, told_of_dead
from generator.site.fast.frames import Frames
from generator.site.fast.held import environment, learned, places
from generator.site.fast.markup import Rendered
from generator.site.fast.memory import (
    FastOutcome,
    Previous,
    SiteMemory,
    frame_digest,
    made_of,
    pages_that_link,
    unchanged,
)
from generator.site.fast.parts import in_processes, is_templated, may_be_overwritten
from generator.site.fast.plan import Plan, make_again, planned, take_late
from generator.site.fast.work import OURS, Populating, Result, TooEarlyError, Work, failures_naming, page_of
from generator.site.links import Flaw, pages_sound_around
from generator.site.sources import Listing, Sources

_DRAFT, _NOT_IN_NAV = InclusionLevel.DRAFT.value, InclusionLevel.NOT_IN_NAV.value


def build_later(
    config: MkDocsConfig, jobs: int, previous: Previous, session: Session, late: Late | None = None
) -> FastOutcome | None:
    """Build as `build` does, from behind the event `pre_build`; `None` and nothing written where all has to be made.

    That is so after another configuration, and where files below docs_dir stand for one another. `late` may be
    asked again.
    """
    if late:
        try:
            return _build_later(config, jobs, previous, session, late)
        except TooEarlyError:
            late.take()
    return _build_later(config, jobs, previous, session, None)


def _build_later(
    config: MkDocsConfig, jobs: int, previous: Previous, session: Session, late: Late | None
) -> FastOutcome | None:
    memory = previous.memory
    if not memory.frame or config.nav is None or not {folder for _, folder in memory.theme}.issubset(config.theme.dirs):
        return None
    found = taken(config.docs_dir)
    names = _names(config.docs_dir, found.files, found.odd)
    if names is None:
        return None
    coming = late.names.difference(names) if late else frozenset()
    names += coming
    files = Sources(config, names, memory.theme, memory.made)
    if len(set(map(files.path, names))) < len(names):
        return None
    stamps = dict(found.files)
    stamps.update((name, at) for name, folder in files.theme.items() if (at := stamp(f"{folder}/{name}")))
    env = environment(config, session)
    config.plugins.on_files(files, config=config)
    if late and not _leads_to_files(config, files):
        raise TooEarlyError
    nav = config.plugins.on_nav(_navigation(files, config), config=config, files=files)
    site = taken(previous.site)
    generated = read_manifest(Path(config.docs_dir))
    plan = planned(files, nav, generated, memory, unchanged(memory, stamps, site.files))
    for file in (*plan.new, *plan.slow):
        if file.page is None:
            Page(None, file, config)
    populating = Populating(config, files, places(config, session, memory.frame))
    listing = populating.listing(plan.slow, generated, early=late is not None)
    env = config.plugins.on_env(env, config=config, files=files)
    if frame_digest(config, env, nav) != memory.frame:
        return None
    with failures_naming(config.site_dir):
        has = settle(
            Path(config.site_dir), previous.twin, previous.site, site, {one.path for one in plan.kept.values()}
        )
    for name in [name for name, one in plan.kept.items() if one.path not in has]:
        make_again(name, plan, files, config)
    pages: Any = Listing(files, config)
    ours: Any = config.plugins[OURS]
    shapes = learned(session, memory.frame, ours.tripwire)
    work = Work(config, files, pages, nav, env, populating=populating, learned=shapes)
    for file in plan.copies:
        if may_be_overwritten(file, config):
            if file.src_uri in coming:
                raise TooEarlyError
            file.copy_file()
    for name in config.theme.static_templates:
        stock._build_theme_template(name, env, pages, config, nav)
    # To learn a shape takes longer than to render the one page that has it.
    by_shape = listing if session.lasting else {}
    for file in plan.slow:
        with failures_naming(file.abs_dest_path):
            if rendered := by_shape.get(file.src_uri):
                work.listed(file, rendered)
            else:
                stock._build_page(page_of(file), config, pages, nav, env)
    wanted = Wanted()
    results: list[Result] = []
    if late:
        scripts = files.javascript_files()
        ours.tripwire.files = frozenset(file.dest_uri for file in scripts if file.src_uri not in generated)
        work.early = True
        results = in_processes(work, plan.new, (), jobs, wanted)
        work.early = False
        came = late.take()
        gone = take_late(coming.union(came.written, came.removed), plan, files, config, stamps)
        framed_alike = ours.foot(files) == env.globals["more_sections"] and _leads_to_files(config, files)
        if not framed_alike or not _lead_elsewhere(gone, plan, listing, results):
            raise TooEarlyError
        populating.forget_links()
        ours.tripwire.files = frozenset(file.dest_uri for file in files.javascript_files())
        made = {result.source for result in results}
        plan.new = [file for file in plan.new if file.src_uri not in made]
    copies = [file for file in plan.copies if not may_be_overwritten(file, config)]
    results += in_processes(work, plan.new, copies, jobs, wanted)
    again = work.run(_with_lost_anchors(plan, results, files, config, memory))
    results += again.results
    wanted.join(again.wanted)
    outcome, followed, dead = _concluded(
        config, files, plan, listing=listing, results=results, wanted=wanted, stamps=stamps, memory=memory
    )
    # What somebody made by hand may load a script that went.
    by_hand = {one.path for name, one in plan.kept.items() if name not in generated}
    ours.take_checked(outcome.kept - by_hand, ())
    ours.take_checked(*_checked_around(Frames(ours.tripwire), plan, listing))
    ours.take_checked((result.path for result in results), (flaw for result in results for flaw in result.breaches))
    config.plugins.on_post_build(config=config)
    # Nobody writes there after it: other plugins than those that are known have no part in a site that is kept.
    outcome.files = ours.files
    contents = {
        file.dest_uri: (rendered.content, rendered.anchors)
        for file in plan.slow
        if (rendered := listing.get(file.src_uri)) and dead.isdisjoint(rendered.links)
    }
    for result in results:
        if result.content and outcome.made[result.source].source:
            contents[result.path] = (result.content, frozenset(unpacked(result.anchors)))
    outcome.anchors = Unpacking({**followed, **_sound_around(config, contents, ours.files)})
    return outcome


def _names(folder: str, files: Mapping[str, Stamp], odd: Sequence[str]) -> list[str] | None:
    """Every file that MkDocs finds in `folder`, in its order; `None` where it would follow a link to a folder."""
    if not odd:
        return list(files)
    if any(os.path.isdir(f"{folder}/{name}") for name in odd):  # noqa: PTH112 -- texts, as in the census
        return None
    return sorted([*files, *odd], key=_place)


def _place(name: str) -> list[tuple[object, ...]]:
    """Where MkDocs puts a file: of each folder first the files, `index` before them, then what is in its folders."""
    *folders, last = name.split("/")
    first = os.path.splitext(last)[0] in ("index", "README")  # noqa: PTH122 -- texts, as in the census
    return [*((1, folder) for folder in folders), (0, not first, last)]


class _NavigationFiles:
    """What MkDocs needs of files for a navigation that mkdocs.yml gives."""

    def __init__(self, files: Sources) -> None:
        self.get_file_from_path = files.get_file_from_path

    def documentation_pages(self) -> tuple[File, ...]:
        """Those that are not in the navigation are looked after by their names."""
        return ()


def _navigation(files: Sources, config: MkDocsConfig) -> Navigation:
    within: Any = _NavigationFiles(files)
    nav = get_navigation(within, config)
    listed = {page.file.src_uri for page in nav.pages}
    omitted = [name for name in files.pages() if files.level(name) > _NOT_IN_NAV and name not in listed]
    if omitted:
        logging.getLogger("mkdocs.structure.nav").log(
            config.validation.nav.omitted_files,
            "The following pages exist in the docs directory, but are not "
            'included in the "nav" configuration:\n  - ' + "\n  - ".join(map(os.path.normpath, omitted)),
        )
    return nav


def _leads_to_files(config: MkDocsConfig, files: Sources) -> bool:
    """Whether every entry of the navigation leads to one of `files` or to another site: else one may be wanting."""
    return all("://" in entry or files.get_file_from_path(entry) for entry in _entries(config.nav))


def _entries(nav: object) -> Iterator[str]:
    """What the entries of `nav`, as mkdocs.yml has it, lead to."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, (list, dict)):
        for inner in nav.values() if isinstance(nav, dict) else nav:
            yield from _entries(inner)


def _lead_elsewhere(gone: Set[str], plan: Plan, listing: Mapping[str, Rendered], results: Sequence[Result]) -> bool:
    """Whether no link of a page leads to one of the files that are `gone`."""
    links = [*(rendered.links for rendered in listing.values()), *(unpacked(result.links) for result in results)]
    return (not gone or not pages_that_link(plan.kept, gone)) and all(
        link.partition("#")[0] not in gone for found in links for link in found
    )


def _fresh(plan: Plan, results: Sequence[Result]) -> dict[str, str]:
    """The anchors of each page that was made, packed, by its source."""
    fresh = {result.source: result.anchors for result in results}
    fresh.update((file.src_uri, anchors_of(file)) for file in plan.slow)
    return fresh


def _with_lost_anchors(
    plan: Plan, results: Sequence[Result], files: Sources, config: MkDocsConfig, memory: SiteMemory
) -> list[File]:
    """The kept pages that may link to an anchor that went: they are made again, so that it is told of."""
    lost = [
        f"{name}#{anchor}"
        for name, anchors in _fresh(plan, results).items()
        if name in memory.made and memory.made[name].anchors != anchors
        for anchor in memory.made[name].anchor_set.difference(unpacked(anchors))
    ]
    again = [make_again(name, plan, files, config) for name in sorted(pages_that_link(plan.kept, lost))]
    for file in again:
        # It is the very file of the published site, which must not be written to.
        Path(file.abs_dest_path).unlink()
    return again


def _concluded(
    config: MkDocsConfig,
    files: Sources,
    plan: Plan,
    *,
    listing: Mapping[str, Rendered],
    results: Sequence[Result],
    wanted: Wanted,
    stamps: Mapping[str, Stamp],
    memory: SiteMemory,
) -> tuple[FastOutcome, dict[str, str], frozenset[str]]:
    """Follow the links to anchors as MkDocs does last, and count; packed anchors by page where all lead somewhere."""
    texts = {name: one.anchors for name, one in plan.kept.items() if is_markdown_file(name)}
    outcome = FastOutcome(len(results) + len(texts), frame=memory.frame, theme=memory.theme, standing=plan.kept)
    outcome.kept = frozenset(one.path for one in plan.kept.values())
    followed = {plan.kept[name].path: anchors for name, anchors in texts.items()}
    texts.update(_fresh(plan, results))
    dead = told_of_dead(config, files, plan.slow, listing=listing, wanted=wanted, anchors=Unpacking(texts))
    for file in plan.slow:
        outcome.made[file.src_uri] = made_of(file.dest_uri, file.inclusion, None, texts[file.src_uri])
    for file in plan.copies:
        # No page has the place of another file here: it would have been left to a build from nothing.
        at = None if is_templated(file, config) else stamps.get(file.src_uri)
        outcome.made[file.src_uri] = made_of(file.dest_uri, file.inclusion, at)
    for result in results:
        outcome.rendered_by_mkdocs += result.by_markdown
        outcome.templated_by_mkdocs += result.by_template
        made = made_of_result(config, files.get(result.source).inclusion, result, stamps.get(result.source), dead)
        outcome.made[result.source] = made
        if made.source and not result.by_template:
            followed[result.path] = result.anchors
    return outcome, followed, dead


def _checked_around(frames: Frames, plan: Plan, listing: Mapping[str, Rendered]) -> tuple[list[str], list[Flaw]]:
    """The paths of those pages of the `listing` that MkDocs wrote, and what the tripwire finds in them."""
    paths: list[str] = []
    breaches: list[Flaw] = []
    for file in plan.slow:
        rendered, path = listing.get(file.src_uri), Path(file.abs_dest_path)
        if rendered and path.is_file():
            paths.append(file.dest_uri)
            faults = frames.check_around(file.dest_uri, path.read_bytes(), rendered)
            breaches.extend(Flaw(file.dest_uri, fault) for fault in faults)
    return paths, breaches


def _sound_around(
    config: MkDocsConfig, contents: Mapping[str, tuple[bytes, Set[str]]], names: Set[str]
) -> dict[str, str]:
    """Packed anchors of those pages all of whose links lead somewhere; those of their `contents` are known to do so."""
    base = urlsplit(config.site_url or "").path or "/"
    sound = pages_sound_around(Path(config.site_dir), base, contents, names)
    return {path: packed(without_separators(anchors)) for path, anchors in sound.items()}
