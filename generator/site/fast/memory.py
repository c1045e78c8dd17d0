"""What the last build made of each source, so that a page whose inputs are the same need not be made again.

A page follows from its source, from the files that it links to, and from the frame: configuration, theme, navigation
and the code that renders. Sources and published files are told by size, time and inode, as version control tells them:
the writer replaces a source that changed and touches no other. Where the frame changed, everything is made anew.

Of the links of a page only a sum of each is remembered. All of them led somewhere when the page was made; where a page
or an anchor goes, those that have the sum of a link to it are looked at again. That two links share a sum makes one
page more be looked at, never one less.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import jinja2
import msgspec
import numpy as np
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.nav import Navigation

from generator.publish.census import Stamp, stamp
from generator.publish.manifest import are_paths
from generator.publish.seal import DamagedError, sealed, unsealed
from generator.settings import SETTINGS_NAME
from generator.site.fast.anchors import sums, unpacked

_PACKAGE = Path(__file__).parents[2]
# What renders, and what decides whether a page may be published.
_RENDERING = ("site", "theme", "encode", "pages/render.py")
_LIBRARIES = ("mkdocs", "mkdocs-material", "markdown", "jinja2")
# What the navigation shows of the front matter of each page in it.
_SHOWN = ("icon", "subtitle", "status")
# Files that these name are not known here.
_ELSEWHERE = (b"INHERIT", b"!ENV", b"!!")
_LEVELS = frozenset(level.value for level in InclusionLevel)
# Bytes of the sum of a link.
_SUM = np.dtype(np.uint32).itemsize


class Made(msgspec.Struct, frozen=True, array_like=True):
    """What became of one source."""

    path: str
    """In the site."""
    inclusion: int
    """As MkDocs numbers it."""
    source: Stamp | None = None
    """`None`: it has to be made again."""
    published: Stamp | None = None
    anchors: str = ""
    """Packed, as in `anchors`."""
    links: bytes = b""
    """The sums of its links."""

    @property
    def anchor_set(self) -> frozenset[str]:
        """The anchors."""
        return frozenset(unpacked(self.anchors))


class SiteMemory(msgspec.Struct, frozen=True):
    """What a build made, by source below docs_dir. `frame` is empty where nothing may be kept."""

    frame: str = ""
    made: dict[str, Made] = {}
    theme: list[tuple[str, str]] = []
    """The files that the theme brings: path, and the folder in which it lies."""


def made_of(path: str, inclusion: InclusionLevel, source: Stamp | None, anchors: str = "", links: bytes = b"") -> Made:
    """What became of one source, before it is published; `anchors` packed, of `links` the sums."""
    return Made(path, inclusion.value, source, None, anchors, links)


def read_memory(path: Path) -> SiteMemory:
    """The memory in the file `path`; an empty one where it is missing or damaged, or says what no build says."""
    try:
        memory = msgspec.msgpack.decode(unsealed(path.read_bytes()), type=SiteMemory)
    except (OSError, DamagedError, msgspec.DecodeError):
        return SiteMemory()
    return memory if _is_sound(memory) else SiteMemory()


def _is_sound(memory: SiteMemory) -> bool:
    """Whether a build may have left `memory`. Files are written at its paths: none of them leads out of the site."""
    made = memory.made.values()
    return (
        are_paths(one.path for one in made)
        and are_paths(name for name, _ in memory.theme)
        and _LEVELS.issuperset(one.inclusion for one in made)
        and all((one.source is None) == (one.published is None) for one in made)
        and not any(len(one.links) % _SUM for one in made)
    )


def encode_memory(memory: SiteMemory) -> bytes:
    """`memory` as `read_memory` reads it."""
    return sealed(msgspec.msgpack.encode(memory))


def pages_that_link(made: Mapping[str, Made], lost: Iterable[str]) -> set[str]:
    """Those of `made` that may hold one of the links `lost`."""
    wanted = sums(lost)
    if not wanted:
        return set()
    names = [name for name, one in made.items() if one.links]
    every = np.frombuffer(b"".join([made[name].links for name in names]), np.uint32)
    ends = np.cumsum([len(made[name].links) // _SUM for name in names])
    met = np.flatnonzero(np.isin(every, np.frombuffer(wanted, np.uint32)))
    return {names[at] for at in np.unique(np.searchsorted(ends, met, side="right"))}


@dataclass(frozen=True, slots=True)
class Previous:
    """The last build: its published folder, and what it made."""

    site: Path
    memory: SiteMemory
    twin: Path | None = None
    """A folder of further names of its files, in which the next site may be made (`generator.publish.twin`)."""


@dataclass(slots=True)
class FastOutcome:
    """What a quick build did."""

    pages: int = 0
    """Generated pages outside of the navigation."""
    rendered_by_mkdocs: int = 0
    """How many of them Python-Markdown rendered, as their source was not surely of the known kind."""
    templated_by_mkdocs: int = 0
    """How many of them went through the template, the first of each shape included."""
    anchors: Mapping[str, Set[str]] = field(default_factory=dict)
    """For each page whose links were followed when it was rendered, by its path in the site: its anchors."""
    kept: frozenset[str] = frozenset()
    """Paths in the site of files that are the very files of the previous build."""
    frame: str = ""
    theme: Sequence[tuple[str, str]] = ()
    made: dict[str, Made] = field(default_factory=dict)
    """What became of each source in this build."""
    standing: Mapping[str, Made] = field(default_factory=dict)
    """What became of the others in the builds before."""
    files: frozenset[str] = frozenset()
    """The path of every file in the site, where they were looked for."""

    def memory(self, site: Path) -> SiteMemory:
        """What the next build needs to know of this one, whose files stand in `site` as they are published."""
        if not self.frame:
            return SiteMemory()
        made = dict(self.standing)
        for name, one in self.made.items():
            published = stamp(f"{site}/{one.path}") if one.source else None
            made[name] = msgspec.structs.replace(one, source=one.source if published else None, published=published)
        return SiteMemory(self.frame, made, list(self.theme))


def unchanged(memory: SiteMemory, before: Mapping[str, Stamp], after: Mapping[str, Stamp]) -> dict[str, Made]:
    """What was made of those sources that stand `before` as they were read, and whose files `after` as written."""
    found: dict[str, Made] = {}
    for name, one in memory.made.items():
        if one.source is not None and before.get(name) == one.source and after.get(one.path) == one.published:
            found[name] = one
    return found


def frame_digest(config: MkDocsConfig, env: jinja2.Environment, nav: Navigation) -> str:
    """A digest of everything that a page of the site depends on besides its source and the files it links to.

    Empty where mkdocs.yml takes in what is not known here.
    """
    digest = hashlib.sha256()
    for file in (Path(config.config_file_path), Path(config.config_file_path).with_name(SETTINGS_NAME)):
        content = file.read_bytes() if file.is_file() else b""
        if any(mark in content for mark in _ELSEWHERE):
            return ""
        digest.update(content + b"\0")
    for name in _RENDERING:
        place = _PACKAGE / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if "__pycache__" not in path.parts:
                digest.update(f"{path}\0{stamp(path)}\0".encode())
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    pages = [(page.title, page.url, *map(page.meta.get, _SHOWN)) for page in nav.pages]
    facts: Mapping[str, object] = {
        "libraries": libraries,
        "pages": pages,
        "foot": env.globals.get("more_sections", ()),
        "policy": env.globals.get("content_security_policy", ""),
        "words": env.globals.get("words_digest", ""),
        "name": config.site_name,
        "address": config.site_url,
        "styles": [str(path) for path in config.extra_css],
        "scripts": [str(path) for path in config.extra_javascript],
        "themes": list(config.theme.dirs),
        "epoch": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }
    digest.update(repr(sorted(facts.items())).encode())
    return digest.hexdigest()
