"""What a build after another does with each file, and how that changes where others change."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import is_markdown_file

from generator.publish.census import Stamp, stamp
from generator.site.fast.memory import Made, SiteMemory, pages_that_link
from generator.site.fast.parts import may_be_overwritten
from generator.site.fast.work import TooEarlyError
from generator.site.sources import Sources

_DRAFT = InclusionLevel.DRAFT.value


@dataclass(slots=True)
class Plan:
    """What is to be done with each file."""

    kept: dict[str, Made] = field(default_factory=dict)
    """Those that stay the very files of the published site, by source."""
    new: list[File] = field(default_factory=list)
    """Generated pages outside of the navigation."""
    slow: list[File] = field(default_factory=list)
    """All other pages."""
    copies: list[File] = field(default_factory=list)
    """Files that are no pages."""


def planned(
    files: Sources, nav: Navigation, generated: Set[str], memory: SiteMemory, standing: Mapping[str, Made]
) -> Plan:
    """What to do with `files`. Of what the last site's `memory` has, what is `standing` need not be made again."""
    plan = Plan()
    listed = {page.file.src_uri for page in nav.pages}
    there = set(files.names())
    gone = {name: memory.made[name] for name in memory.made if name not in there}
    again = pages_that_link(standing, _links_to(gone))
    for name in files.names():
        is_page = is_markdown_file(name)
        bulk = is_page and name in generated and name not in listed
        one = standing.get(name)
        if one is not None and name not in again and (bulk or not is_page):
            plan.kept[name] = one
        elif files.level(name) > _DRAFT:
            (plan.new if bulk else plan.slow if is_page else plan.copies).append(files.get(name))
    return plan


def _links_to(pages: Mapping[str, Made]) -> list[str]:
    """Every link that leads to one of `pages`: all of those that are remembered did lead somewhere."""
    found = list(pages)
    found.extend(f"{name}#{anchor}" for name, one in pages.items() for anchor in one.anchor_set)
    return found


def make_again(name: str, plan: Plan, files: Sources, config: MkDocsConfig) -> File:
    """Let the kept file `name` be made."""
    del plan.kept[name]
    file = files.get(name)
    if not is_markdown_file(name):
        plan.copies.append(file)
        return file
    if file.page is None:
        Page(None, file, config)
    plan.new.append(file)
    return file


def take_late(
    late: Collection[str], plan: Plan, files: Sources, config: MkDocsConfig, stamps: dict[str, Stamp]
) -> set[str]:
    """Plan anew with the files `late`, which were written or removed meanwhile, and correct their `stamps`; those gone.

    Raises `TooEarlyError` where more might depend on them than links.
    """
    gone: set[str] = set()
    new = set(late).difference(files.names())
    paths = set(map(files.path, files.names())) if new else set()
    plan.copies = [file for file in plan.copies if file.src_uri not in late]
    for name in sorted(late):
        place = f"{config.docs_dir}/{name}"
        at = stamp(place)
        if is_markdown_file(name) or files.is_themed(name) or (at is None and os.path.lexists(place)):
            raise TooEarlyError
        if name in plan.kept:
            # It is the very file of the published site, which must not be written to.
            Path(config.site_dir, plan.kept.pop(name).path).unlink()
        if at is None:
            if name in files.src_uris:
                files.leave_out(name)
                gone.add(name)
            continue
        if name in new:
            files.take_in(name)
            if files.path(name) in paths:
                raise TooEarlyError
            paths.add(files.path(name))
        stamps[name] = at
        file = files.get(name)
        if may_be_overwritten(file, config):
            raise TooEarlyError
        if files.level(name) > _DRAFT:
            plan.copies.append(file)
    return gone
