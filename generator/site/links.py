"""Reading a built site back: every link leads somewhere, nothing is fetched from another host.

The HTML is Material's or ours, well-formed by construction, so a scanner of tags is enough and as fast
as the disk; what an attacker could make of it is the business of the safety checks.
"""

from __future__ import annotations

import html
import os
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

# Comments and scripts hold no links; a tag may hold `>` inside a quoted value. The groups are possessive
# (`*+`), so that text that is not a tag costs one pass.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b([^>]*+)>.*?(?:</\1\s*>|\Z)|<([a-zA-Z][\w:-]*+)((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_CSS_URL = re.compile(r"""url\(\s*+['"]?([^'")]++)|@import\s++['"]([^'"]++)""")

# Attributes whose target the browser fetches by itself, by tag. `a href` is followed only by a reader.
_FETCHED = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "embed": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "track": ("src",),
    "object": ("data",),
    "input": ("src",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
}
# Of the many kinds of <link>, these make the browser open a connection.
_FETCHED_RELATIONS = frozenset(
    (
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "manifest",
        "preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
    )
)

# Of the tags and links of tens of thousands of pages most do not come back.
_REMEMBERED = 20_000

NONE: Mapping[str, Set[str]] = MappingProxyType({})
"""No page is known before it is read."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a built page that breaks a promise."""

    page: str
    problem: str


def find_flaws(
    site: Path, base: str = "/", followed: Mapping[str, Set[str]] = NONE, names: Set[str] | None = None
) -> tuple[Flaw, ...]:
    """Every dead link, dead fragment and fetch from another host in the built folder `site`, sorted.

    `base` is the path of the site's address, `/` or `/briefings/`; absolute links are read against it.
    The links of `followed` pages were followed when they were rendered; their anchors are given, so they are not read.
    `names`: the path of every file below `site`, where they are known.
    """
    reading = _Reading(base, set(files_below(site)) if names is None else names, followed)
    for name in sorted(name for name in reading.names if name.endswith((".html", ".css")) and name not in followed):
        text = (site / name).read_text(encoding="utf-8")
        if name.endswith(".html"):
            reading.read_page(name, text)
        else:
            reading.read_styles(name, text)
    return tuple(sorted(reading.flaws | reading.dead_fragments(), key=lambda flaw: (flaw.page, flaw.problem)))


def pages_sound_around(
    site: Path, base: str, contents: Mapping[str, tuple[bytes, Set[str]]], names: Set[str]
) -> dict[str, Set[str]]:
    """The anchors of each page that has no flaw besides its contents, whose links were followed already.

    `contents` has what stands in each page, and its anchors. Pages of which that is not sure are not among them.
    """
    reading = _Reading(base, names, NONE)
    known = {name: anchors for name, (_, anchors) in contents.items()}
    doubtful: set[str] = set()
    for name, (content, _) in sorted(contents.items()):
        before, met, after = (site / name).read_bytes().partition(content)
        if not met:
            doubtful.add(name)
        reading.read_page(name, f"{before.decode()}{after.decode()}")
    for (target, fragment), name in reading.wanted.items():
        if fragment not in reading.ids.get(target, ()) and fragment not in known.get(target, ()):
            doubtful.add(name)
    doubtful.update(flaw.page for flaw in reading.flaws)
    return {name: reading.ids[name] | anchors for name, anchors in known.items() if name not in doubtful}


def files_below(folder: Path) -> Iterator[str]:
    """The path of every file below `folder`, relative to it and with slashes."""
    # A site has tens of thousands: as texts they take a tenth of the time that paths take.
    ahead = [""]
    while ahead:
        below = ahead.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    ahead.append(f"{below}{entry.name}/")
                elif entry.is_file():
                    yield below + entry.name


class _Tag(NamedTuple):
    """What matters of one tag."""

    anchor: str | None
    leads: str | None
    """Where it leads a reader."""
    fetched: Sequence[str] = ()
    style: str = ""


class _Reading:
    """One pass over a site: what was found so far."""

    def __init__(self, base: str, names: Set[str], followed: Mapping[str, Set[str]]) -> None:
        self.names = names
        self.flaws: set[Flaw] = set()
        self._base = base
        self._followed = followed
        self.ids: dict[str, set[str]] = {}
        self.wanted: dict[tuple[str, str], str] = {}
        # Most tags of a page are those of the theme, which come back on each.
        self._tags: dict[str, _Tag | None] = {}
        self._targets: dict[tuple[str, str], tuple[str, str]] = {}

    def read_page(self, name: str, text: str) -> None:
        """Note the anchors, links and fetches of one HTML page."""
        ids = self.ids.setdefault(name, set())
        for match in _TAG.finditer(text):
            written = match[0]
            if written not in self._tags:
                if len(self._tags) >= _REMEMBERED:
                    self._tags.clear()
                self._tags[written] = _tag(match)
            tag = self._tags[written]
            if tag is None:
                continue
            if tag.anchor is not None:
                ids.add(tag.anchor)
            if tag.leads is not None:
                self._follow(name, tag.leads)
            for url in tag.fetched:
                if self._require_local(name, url) and not url.startswith(("data:", "#")):
                    self._follow(name, url)
            if tag.style:
                self.read_styles(name, tag.style)

    def read_styles(self, name: str, text: str) -> None:
        """Note what a style sheet fetches."""
        for match in _CSS_URL.finditer(text):
            self._require_local(name, match[1] or match[2])

    def dead_fragments(self) -> set[Flaw]:
        """The links to anchors that no page has; complete once every page was read."""
        wanted: dict[str, list[tuple[str, str]]] = {}
        for (target, fragment), source in self.wanted.items():
            wanted.setdefault(target, []).append((fragment, source))
        return {
            Flaw(source, f"links to #{fragment} of {target}, which has no such anchor")
            for target, links in wanted.items()
            for fragment, source in _dead(links, self._anchors(target))
        }

    def _anchors(self, page: str) -> Set[str] | None:
        """The anchors of a page, where they are known."""
        return self._followed[page] if page in self._followed else self.ids.get(page)

    def _require_local(self, name: str, url: str) -> bool:
        """Whether `url` stays on this site; a flaw where the browser would ask another host for it."""
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            self.flaws.add(Flaw(name, f"fetches {url}, which is not an address"))
            return False
        if parts.netloc or (parts.scheme and parts.scheme not in ("data", "blob")):
            self.flaws.add(Flaw(name, f"fetches {url} from another host"))
            return False
        return True

    def _follow(self, name: str, link: str) -> None:
        place = (posixpath.dirname(name), link)
        known = self._targets.get(place)
        if known is None:
            known = self._target(name, link)
            if known is None:
                return
            if len(self._targets) >= _REMEMBERED:
                self._targets.clear()
            # A link to the page itself is another one on the next page.
            if known[0] != name:
                self._targets[place] = known
        target, fragment = known
        if fragment and target.endswith(".html"):
            self.wanted.setdefault((target, fragment), name)

    def _target(self, name: str, link: str) -> tuple[str, str] | None:
        """The file and the anchor that a `link` of the page `name` leads to; `None` where it leads to no file."""
        try:
            parts = urlsplit(link.strip())
        except ValueError:
            self.flaws.add(Flaw(name, f"links to {link}, which is not an address"))
            return None
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        if path.startswith("/"):
            target = path.removeprefix(self._base).lstrip("/")
        else:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        target = "" if target == "." else target
        if target not in self.names:
            target = posixpath.join(target, "index.html")
        if target not in self.names:
            self.flaws.add(Flaw(name, f"links to {link}, which is not there"))
            return None
        return target, unquote(parts.fragment)


def _dead(links: list[tuple[str, str]], anchors: Set[str] | None) -> Iterator[tuple[str, str]]:
    return (link for link in links if anchors is not None and link[0] not in anchors)


def _tag(match: re.Match[str]) -> _Tag | None:
    """What a match of `_TAG` tells; `None` where that is nothing."""
    name, inside = (match[1], match[2]) if match[1] else (match[3], match[4])
    if not name:
        return None
    name = name.lower()
    attributes = {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "") for found in _ATTRIBUTE.finditer(inside)
    }
    anchor = attributes.get("id")
    if name in ("a", "area"):
        leads = attributes.get("href")
        return None if anchor is None and leads is None else _Tag(anchor, leads)
    keys = _FETCHED.get(name, ())
    if name == "link" and _FETCHED_RELATIONS.intersection(attributes.get("rel", "").lower().split()):
        keys = ("href",)
    fetched = [url for key in keys for url in _candidates(key, attributes.get(key, ""))]
    style = attributes.get("style", "")
    return _Tag(anchor, None, fetched, style) if anchor is not None or fetched or style else None


def _candidates(key: str, value: str) -> list[str]:
    if key != "srcset":
        return [value.strip()] if value.strip() else []
    return [part.split()[0] for part in value.split(",") if part.strip()]
