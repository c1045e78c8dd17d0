"""What the last build made of each source, so that a page whose inputs are the same need not be made again.

A page follows from its source, from the files that it links to, and from the frame: configuration, theme, navigation
and the code that renders. Sources and published files are told by size, time and inode, as version control tells them:
the writer replaces a source that changed and touches no other. Where the frame changed, everything is made anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import jinja2
import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from generator.publish.seal import DamagedError, sealed, unsealed
from generator.settings import SETTINGS_NAME

Stamp = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, inode."""

_PACKAGE = Path(__file__).parents[2]
# What renders, and what decides whether a page may be published.
_RENDERING = ("site", "theme", "encode", "pages/render.py")
_LIBRARIES = ("mkdocs", "mkdocs-material", "markdown", "jinja2")
# Files that these name are not known here.
_ELSEWHERE = (b"INHERIT", b"!ENV", b"!!")


class Made(msgspec.Struct, frozen=True, array_like=True):
    """What became of one source."""

    source: Stamp
    published: Stamp
    anchors: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """As in `Rendered.links`."""


class SiteMemory(msgspec.Struct, frozen=True):
    """What a build made, by source below docs_dir. `frame` is empty where nothing may be kept."""

    frame: str = ""
    made: dict[str, Made] = {}


def read_memory(path: Path) -> SiteMemory:
    """The memory in the file `path`; an empty one where it is missing or damaged."""
    try:
        return msgspec.msgpack.decode(unsealed(path.read_bytes()), type=SiteMemory)
    except (OSError, DamagedError, msgspec.DecodeError):
        return SiteMemory()


def encode_memory(memory: SiteMemory) -> bytes:
    """`memory` as `read_memory` reads it."""
    return sealed(msgspec.msgpack.encode(memory))


def stamp(path: str | Path) -> Stamp | None:
    """The stamp of the regular file at `path`, or `None` where there is none."""
    try:
        state = os.stat(path, follow_symlinks=False)  # noqa: PTH116 -- tens of thousands of times
    except OSError:
        return None
    return (state.st_size, state.st_mtime_ns, state.st_ino)


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
    pages = [f"{page.title}\0{page.url}" for page in nav.pages]
    facts: Mapping[str, object] = {
        "libraries": libraries,
        "pages": pages,
        "policy": env.globals.get("content_security_policy", ""),
        "words": env.globals.get("words_digest", ""),
        "name": config.site_name,
        "address": config.site_url,
        "styles": [str(path) for path in config.extra_css],
        "scripts": [str(path) for path in config.extra_javascript],
        "epoch": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }
    digest.update(repr(sorted(facts.items())).encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Previous:
    """The last build: its published folder, and what it made."""

    site: Path
    memory: SiteMemory


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
