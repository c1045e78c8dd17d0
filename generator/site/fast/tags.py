"""Tags of generated blocks: what becomes of each, which anchor or link it has, and whether they are nested well.

All in bytes, as they come from the disk and go to it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import unquote, urlunsplit

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

_OPENING = re.compile(r'<([a-z][a-z0-9]*)((?: [a-zA-Z_][-a-zA-Z0-9_.]*="[^"<>\n\t]*")*) ?(/?)>\Z')
_CLOSING = re.compile(r"</([a-z][a-z0-9]*)>\Z")
DATA = re.compile(rb'<script type="application/ld\+json">[^<>&]*+</script>\Z')
"""Data for machines, which is written as it is."""
# The links that nearly all pages hold: no reference to decode, nothing to quote.
_PLAIN = rb'((?: [a-z][-a-z]*="[^"<>&\n\t]*")*)'
_LINK = re.compile(rb'<a%b href="([-\w./]*)(#[-\w.:]+)?"%b>\Z' % (_PLAIN, _PLAIN))
_NAME = re.compile(rb" ([a-z][-a-z]*)=")
_ATTRIBUTE = re.compile(r' ([a-zA-Z_][-a-zA-Z0-9_.]*)="([^"]*)"')
REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
"""A character reference as XML knows it."""
_NAMED = {"amp": 38, "lt": 60, "gt": 62, "quot": 34, "apos": 39}
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://[a-zA-Z0-9]")
_LOCAL = re.compile(r"([-\w./~%]+)(?:#([-\w.:]+))?\Z", re.ASCII)
FRAGMENT = re.compile(r"[-\w.:]+\Z", re.ASCII)
"""An anchor that stands in an address as it is."""
_MATTERING = frozenset((b"id", b"name", b"style"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HTML_EMPTY = "area base br col embed frame hr img input link meta param source track wbr"
_VOID = frozenset(_HTML_EMPTY.split())
# What a browser would fetch or run, and what Markdown treats apart. None of it stands in a generated block.
_FETCHED_OR_RUN = "script style iframe object audio video image use sup isindex basefont"
_LEFT_TO_MKDOCS = frozenset((*_VOID - {"br", "hr", "wbr", "col"}, *_FETCHED_OR_RUN.split()))
_HIDDEN = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
# Tags that do not come back, such as links to paragraphs, need not be kept for ever.
_REMEMBERED = 100_000


class Unsure(Exception):
    """The block may mean more than this package knows."""


class Special(bytes):
    """A tag as it is written, with an anchor or a link, or the beginning of a heading."""

    anchor: str = ""
    link: str = ""
    """As in `Rendered.links`."""
    level: int = 0
    """Of a heading, else 0."""
    attributes: Mapping[str, str] = MappingProxyType({})
    """Of a heading, else none."""


class Tokens(dict[bytes, bytes]):
    """What becomes of each tag in the pages of one folder. Grows as tags are met."""

    def __init__(self, files: Files, file: File, shared: Shared) -> None:
        super().__init__()
        self._files, self._file, self._shared = files, file, shared
        self._folder = posixpath.dirname(file.src_uri)
        self._codes: dict[bytes, int] = {}
        self._targets: dict[str, tuple[str, str]] = {}
        self._places: dict[str, str] = {}
        self._ways: dict[str, str] = {}
        self._ordered: dict[tuple[bytes, bytes], bool] = {}

    def __missing__(self, token: bytes) -> bytes:
        """Work `token` out and remember it. Raises `Unsure`."""
        output = self._shared.get(token)
        if output is not None:
            self._codes[token] = self._shared.codes[token]
        elif token.startswith(b"<a "):
            output = self._link(token)
            self._codes[token] = self._shared.code("a")
        elif token.startswith(b"<script"):
            if not DATA.match(token):
                raise Unsure
            # It tells of one page, and is not remembered for long.
            output, self._codes[token] = token, 0
        else:
            output, code = self._shared.written(token)
            self._codes[token] = code
        self[token] = output
        return output

    def check_nesting(self, found: Sequence[bytes]) -> None:
        """Raise `Unsure` where the tags `found`, all known, are not nested as XML asks for."""
        begun: list[int] = []
        for code in map(self._codes.__getitem__, found):
            if code > 0:
                begun.append(code)
            elif code and (not begun or begun.pop() != -code):
                raise Unsure
        if begun:
            raise Unsure

    def _link(self, token: bytes) -> bytes:
        plain = _LINK.match(token)
        if plain is not None:
            before, path, anchor, after = plain.groups()
            sides = (before, after)
            ordered = self._ordered.get(sides)
            if ordered is None:
                ordered = self._ordered[sides] = _ordered(before, after)
            if ordered and path and path[0] != 47:
                url, source = self._target(path.decode())
                if anchor is None:
                    return _linking(b'<a%b href="%b"%b>' % (before, url.encode(), after), source)
                link = source + anchor.decode()
                return _linking(b'<a%b href="%b%b"%b>' % (before, url.encode(), anchor, after), link)
            if ordered and not path and anchor:
                return _linking(token, anchor.decode())
        tag, attributes, empty = opened(token)
        if tag != "a" or empty or "href" not in attributes or attributes.keys() & {"id", "name"}:
            raise Unsure
        href, link = attributes["href"], ""
        if href.startswith("#"):
            if not FRAGMENT.match(href[1:]):
                raise Unsure
            link = href
        elif not _SCHEME.match(href):
            href, link = self._resolved(href)
        output = _written(tag, {**attributes, "href": href}, empty=False)
        return _linking(output, link) if link else output

    def _resolved(self, href: str) -> tuple[str, str]:
        local = _LOCAL.match(href)
        if local is None or href.startswith("/"):
            raise Unsure
        path, anchor = local[1], local[2] or ""
        url, source = self._target(path)
        return urlunsplit(("", "", url, "", anchor)), f"{source}#{anchor}" if anchor else source

    def _target(self, path: str) -> tuple[str, str]:
        """The address of the file that `path` names, as seen from the folder, and its path below docs_dir."""
        known = self._targets.get(path)
        if known is None:
            folder, slash, name = path.rpartition("/")
            if name in ("", ".", "..") or "%" in path:
                target = posixpath.normpath(posixpath.join(self._folder, unquote(path)).lstrip("/"))
            else:
                place = self._places.get(folder + slash)
                if place is None:
                    whole = posixpath.normpath(posixpath.join(self._folder, folder))
                    place = self._places[folder + slash] = "" if whole == "." else f"{whole}/"
                target = place + name
            found = self._files.src_uris.get(target)
            if found is None or found.inclusion in _HIDDEN:
                raise Unsure
            folder, _, name = found.url.rpartition("/")
            if folder not in self._ways:
                self._ways[folder] = get_relative_url(f"{folder}/_", self._file.url).removesuffix("_")
            url = self._ways[folder] + name if name else get_relative_url(found.url, self._file.url)
            known = self._targets[path] = (url, found.src_uri)
        return known


class Shared(dict[bytes, bytes]):
    """What becomes of tags that are the same in all folders: those without a link."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[bytes, int] = {}
        self._names: dict[str, int] = {}

    def code(self, name: str) -> int:
        """The number of an element, positive; that of its closing tag is negative, of an empty element 0."""
        return self._names.setdefault(name, len(self._names) + 1)

    def written(self, token: bytes) -> tuple[bytes, int]:
        """A tag without a link as it is written, and its code."""
        closing = _CLOSING.match(token.decode())
        if closing is not None:
            if closing[1] in _VOID or closing[1] in _LEFT_TO_MKDOCS:
                raise Unsure
            output, code = token, -self.code(closing[1])
        else:
            tag, attributes, empty = opened(token)
            output, code = _written(tag, attributes, empty=empty), 0 if empty else self.code(tag)
            if tag in _HEADINGS:
                if empty or "data-toc-label" in attributes:
                    raise Unsure
                output = Special(output)
                output.anchor, output.level, output.attributes = attributes.get("id", ""), int(tag[1]), attributes
            elif "id" in attributes:
                output = Special(output)
                output.anchor = attributes["id"]
                # One of its page, not worth keeping.
                return output, code
        if len(self) < _REMEMBERED:
            self[token], self.codes[token] = output, code
        return output, code


def full(tokens: Tokens) -> bool:
    """Whether `tokens` remembers so many tags that it had better begin anew."""
    return len(tokens) > _REMEMBERED


def opened(token: bytes) -> tuple[str, dict[str, str], bool]:
    """Name and attributes of an opening tag, and whether the element ends with it. Raises `Unsure`."""
    opening = _OPENING.match(token.decode())
    if opening is None or opening[1] in _LEFT_TO_MKDOCS:
        raise Unsure
    pairs = _ATTRIBUTE.findall(opening[2])
    attributes = {key: REFERENCE.sub(_character, value) for key, value in pairs}
    if len(attributes) != len(pairs) or "style" in attributes:
        raise Unsure
    if opening[1] == "a" and "href" not in attributes:
        raise Unsure
    if opening[1] in _VOID and not opening[3]:
        raise Unsure
    return opening[1], attributes, bool(opening[3])


def with_anchor(heading: Special, anchor: str) -> bytes:
    """The opening tag `heading` with an `id`."""
    return _written(f"h{heading.level}", {**heading.attributes, "id": anchor}, empty=False)


def code_point(match: re.Match[str]) -> int:
    """The character that a match of `REFERENCE` stands for."""
    if match[3]:
        return _NAMED[match[3]]
    return int(match[1]) if match[1] else int(match[2], 16)


def _character(match: re.Match[str]) -> str:
    return chr(code_point(match))


def _linking(output: bytes, link: str) -> Special:
    special = Special(output)
    special.link = link
    return special


def _written(tag: str, attributes: Mapping[str, str], *, empty: bool) -> bytes:
    """A tag as Python-Markdown's serializer writes it."""
    inside = "".join(f' {key}="{_escaped(value)}"' for key, value in sorted(attributes.items()))
    if not empty:
        return f"<{tag}{inside}>".encode()
    return (f"<{tag}{inside} />" if tag in _VOID else f"<{tag}{inside}></{tag}>").encode()


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _ordered(before: bytes, after: bytes) -> bool:
    """Whether attributes stand in the order of the serializer around `href`, none that matters to MkDocs."""
    names = [*_NAME.findall(before), b"href", *_NAME.findall(after)]
    return names == sorted(set(names)) and not _MATTERING.intersection(names)
