"""Telling of links to anchors that are not there, as MkDocs tells of them."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Mapping, Sequence, Set

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator.publish.census import Stamp
from generator.site.fast.anchors import Wanted, packed, unpacked, without_separators
from generator.site.fast.markup import Rendered
from generator.site.fast.memory import Made, made_of
from generator.site.fast.work import Result, page_of


def anchors_of(file: File) -> str:
    """The anchors of a page that MkDocs made, packed."""
    return packed(without_separators(page_of(file).present_anchor_ids or ()))


def told_of_dead(
    config: MkDocsConfig,
    files: Files,
    slow: Sequence[File],
    *,
    listing: Mapping[str, Rendered],
    wanted: Wanted,
    anchors: Mapping[str, Set[str]],
) -> frozenset[str]:
    """Follow the links of the pages `slow`, those rendered the quick way in `listing`; every link that is dead.

    `wanted` is what all other pages want, `anchors` those of every page.
    """
    level = config.validation.links.anchors
    for file in slow:
        if file.src_uri in listing:
            continue
        for target in page_of(file).links_to_anchors or ():
            if target.src_uri in anchors:
                page = target.page or Page(None, target, config)
                if page.present_anchor_ids is None:
                    page.present_anchor_ids = set(anchors[target.src_uri])
        page_of(file).validate_anchor_links(files=files, log_level=level)
    for rendered in listing.values():
        wanted.take(rendered.links)
    dead = wanted.dead(anchors)
    for name, rendered in listing.items():
        _tell(level, name, rendered.links & dead)
    return dead


def made_of_result(
    config: MkDocsConfig, inclusion: InclusionLevel, result: Result, source: Stamp | None, dead: frozenset[str]
) -> Made:
    """What the next build needs of a page, once its `dead` links are told of. It may be kept where there are none."""
    lost = dead.intersection(unpacked(result.links)) if dead else frozenset()
    _tell(config.validation.links.anchors, result.source, lost)
    kept = source if not lost and not result.by_markdown else None
    return made_of(result.path, inclusion, kept, result.anchors, result.sums)


def _tell(level: int, source: str, dead: Set[str]) -> None:
    """Tell of the links of `source` to anchors that are not there."""
    for link in sorted(dead):
        _warn(level, source, link, source + link if link[0] == "#" else link)


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
