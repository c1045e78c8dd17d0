"""The generated block of a page as HTML, without building a tree of it.

Stands for `Page.render`: for Python-Markdown with `generator.theme.blocks` and `toc`, and for MkDocs' own rewriting
of links. The generator's templates write plain well-formed XML, so that tag by tag the output follows from the
input: attributes sorted, references as the serializer writes them, links rewritten, headings with anchors. Tags
recur on every page and are remembered. Anything that is not surely of that kind is left to MkDocs.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlunsplit
from xml.parsers import expat

from markdown.extensions.toc import nest_toc_tokens, slugify, strip_tags, unique
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.toc import TableOfContents, get_toc
from mkdocs.utils import get_relative_url

from generator.theme.blocks import CLOSE, OPEN

KNOWN_EXTENSIONS = frozenset({"generator.theme.blocks", "toc", "tables", "fenced_code", "admonition", "footnotes"})
"""Markdown extensions that leave a finished block alone: they work on lines and inline text, or before it comes in."""

_TOKEN = re.compile(r"(<[^<>]*>|&[^;&<>]*;)")
_OPENING = re.compile(r'<([a-z][a-z0-9]*)((?: [a-zA-Z_][-a-zA-Z0-9_.]*="[^"<>\n\t]*")*) ?(/?)>\Z')
_CLOSING = re.compile(r"</([a-z][a-z0-9]*)>\Z")
_DATA = re.compile(r'(<script type="application/ld\+json">[^<>&]*</script>)')
# The links that nearly all pages hold: no reference to decode, nothing to quote.
_PLAIN = r'((?: [a-z][-a-z]*="[^"<>&\n\t]*")*)'
_LINK = re.compile(rf'<a{_PLAIN} href="([-\w./]*)(#[-\w.:]+)?"{_PLAIN}>\Z', re.ASCII)
_NAME = re.compile(r" ([a-z][-a-z]*)=")
_ATTRIBUTE = re.compile(r' ([a-zA-Z_][-a-zA-Z0-9_.]*)="([^"]*)"')
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_HEADING = re.compile(r"<(h[1-6])((?: [^<>]*)?)>(.*?)</\1>", re.DOTALL)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://[a-zA-Z0-9]")
_LOCAL = re.compile(r"([-\w./~%]+)(?:#([-\w.:]+))?\Z", re.ASCII)
_MATTERING = frozenset(("id", "name", "style"))
_FRAGMENT = re.compile(r"#[-\w.:]+\Z", re.ASCII)
_HTML_EMPTY = "area base br col embed frame hr img input link meta param source track wbr"
_VOID = frozenset(_HTML_EMPTY.split())
# What a browser would fetch or run, and what Markdown treats apart. None of it stands in a generated block.
_FETCHED_OR_RUN = "script style iframe object audio video image use sup isindex basefont"
_LEFT_TO_MKDOCS = frozenset((*_VOID - {"br", "hr", "wbr", "col"}, *_FETCHED_OR_RUN.split()))
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "[": "&#91;"}
_HEADING_INSIDE = re.compile(r"<h[1-6][ >]")
_PERMALINK = '<a class="headerlink" href="#{0}" title="Permanent link">&para;</a>'
# Tags that do not come back, such as links to paragraphs, need not be kept for ever.
_REMEMBERED = 100_000


class Unsure(Exception):
    """The block may mean more than this module knows."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What mkdocs.yml asks of the extension `toc`."""

    permalink: bool
    depth: int

    @classmethod
    def of(cls, config: MkDocsConfig) -> Headings | None:
        """As set in `config`, or `None` where it asks for what this module does not do."""
        options: Mapping[str, Any] = config.mdx_configs.get("toc") or {}
        depth = options.get("toc_depth", 6)
        if not set(options) <= {"permalink", "toc_depth"} or not isinstance(depth, int):
            return None
        if options.get("permalink", False) not in (True, False):
            return None
        return cls(bool(options.get("permalink", False)), depth)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What `Page.render` would have left in a page."""

    content: str
    toc: TableOfContents
    anchors: frozenset[str]
    links: frozenset[str]
    """`file.md` or `file.md#anchor` for each link to a page, relative to docs_dir."""


class _Tokens(dict[str, str]):
    """What becomes of each tag and reference in the pages of one folder. Grows as tags are met."""

    def __init__(self, files: Files, shared: dict[str, str], folder: str, file: File) -> None:
        super().__init__()
        self.marked: dict[str, tuple[str, str]] = {}
        """The anchor or the link of the tags that have one."""
        self._files, self._shared, self._folder, self._file = files, shared, folder, file
        self._targets: dict[str, tuple[str, str]] = {}
        self._ways: dict[str, str] = {}

    def __missing__(self, token: str) -> str:
        """Work `token` out and remember it. Raises `Unsure`."""
        output = self._shared.get(token)
        if output is None:
            output = self._link(token) if token.startswith("<a ") else self._token(token)
        self[token] = output
        return output

    def _token(self, token: str) -> str:
        output = token
        if token[0] == "&":
            character = _decoded(token)
            output = _IN_TEXT.get(character, character)
        elif closing := _CLOSING.match(token):
            if closing[1] in _VOID or closing[1] in _LEFT_TO_MKDOCS:
                raise Unsure
        else:
            tag, attributes, empty = _opened(token)
            output = _written(tag, attributes, empty=empty)
            if "id" in attributes:
                self.marked[token] = (attributes["id"], "")
                return output
        if len(self._shared) < _REMEMBERED:
            self._shared[token] = output
        return output

    def _link(self, token: str) -> str:
        plain = _LINK.match(token)
        if plain is not None and _sorted(plain[1], plain[4]):
            before, path, anchor, after = plain[1], plain[2], plain[3] or "", plain[4]
            if path and path[0] != "/":
                url, source = self._target(path)
                self.marked[token] = ("", f"{source}{anchor}")
                return f'<a{before} href="{_escaped(url)}{anchor}"{after}>'
            if not path and anchor:
                self.marked[token] = ("", anchor)
                return token
        tag, attributes, empty = _opened(token)
        if tag != "a" or empty or "href" not in attributes or attributes.keys() & {"id", "name"}:
            raise Unsure
        href, link = attributes["href"], ""
        if href.startswith("#"):
            if not _FRAGMENT.match(href):
                raise Unsure
            link = href
        elif not _SCHEME.match(href):
            href, link = self._resolved(href)
        if link:
            self.marked[token] = ("", link)
        return _written(tag, {**attributes, "href": href}, empty=False)

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
            target = posixpath.normpath(posixpath.join(self._folder, unquote(path)).lstrip("/"))
            found = self._files.src_uris.get(target)
            if found is None or found.inclusion.value <= InclusionLevel.DRAFT.value:
                raise Unsure
            folder, _, name = found.url.rpartition("/")
            if folder not in self._ways:
                self._ways[folder] = get_relative_url(f"{folder}/_", self._file.url).removesuffix("_")
            url = self._ways[folder] + name if name else get_relative_url(found.url, self._file.url)
            known = self._targets[path] = (url, found.src_uri)
        return known


class Renderer:
    """Renders the blocks of one build. Remembers tags and links between pages, nothing else."""

    def __init__(self, files: Files, headings: Headings) -> None:
        self._files = files
        self._headings = headings
        self._shared: dict[str, str] = {}
        self._place: tuple[str, str] | None = None
        self._tokens = _Tokens(files, self._shared, "", next(iter(files)))

    def render(self, source: str, file: File) -> Rendered | None:
        """The page `source` (without its front matter) of `file`, or `None` where MkDocs had better render it."""
        block = _block(source)
        if block is None:
            return None
        try:
            return self._render(block, file)
        except (Unsure, expat.ExpatError):
            return None

    def _render(self, block: str, file: File) -> Rendered:
        parser = expat.ParserCreate()
        parser.Parse(f"<div>{block}</div>", True)  # noqa: FBT003 -- expat's signature
        if "\r" in block:
            raise Unsure
        tokens = self._tokens_of(file)
        used: set[str] = set()
        # Data for machines stands in script elements, which are written as they are.
        pieces = _DATA.split(block)
        for at in range(0, len(pieces), 2):
            parts = _TOKEN.split(pieces[at])
            text = "".join(parts[::2])
            if "<" in text or ">" in text or "[" in pieces[at]:
                raise Unsure
            found = parts[1::2]
            used.update(found)
            parts[1::2] = map(tokens.__getitem__, found)
            pieces[at] = "".join(parts)
        marked = tokens.marked
        anchors: set[str] = set()
        links: set[str] = set()
        for token in used:
            if token in marked:
                anchor, link = marked[token]
                (links.add(link) if link else anchors.add(anchor))
        content, toc = self._with_headings("".join(pieces).strip(), anchors, links)
        return Rendered(content, toc, frozenset(anchors), frozenset(links))

    def _tokens_of(self, file: File) -> _Tokens:
        """What is known of the tags in pages beside `file`. Files come folder by folder, so that one is kept."""
        place = (posixpath.dirname(file.src_uri), file.url.rpartition("/")[0])
        if place != self._place or len(self._tokens) > _REMEMBERED:
            self._place = place
            self._tokens = _Tokens(self._files, self._shared, place[0], file)
        return self._tokens

    def _with_headings(self, output: str, anchors: set[str], links: set[str]) -> tuple[str, TableOfContents]:
        taken = set(anchors)
        tokens: list[Any] = []

        def headed(match: re.Match[str]) -> str:
            tag, written, inner = match[1], match[2], match[3]
            if _HEADING_INSIDE.search(inner) or "data-toc-label" in written:
                raise Unsure
            attributes = dict(_ATTRIBUTE.findall(written)) if written else {}
            name = strip_tags(inner.strip())
            if "id" in attributes:
                anchor = attributes["id"]
                if not _FRAGMENT.match(f"#{anchor}"):
                    raise Unsure
            else:
                anchor = unique(slugify(html.unescape(name), "-"), taken)
                attributes["id"] = anchor
                written = "".join(f' {key}="{value}"' for key, value in sorted(attributes.items()))
                anchors.add(anchor)
            level = int(tag[1])
            if level <= self._headings.depth:
                tokens.append({"level": level, "id": anchor, "name": name})
            if self._headings.permalink:
                links.add(f"#{anchor}")
                inner += _PERMALINK.format(anchor)
            return f"<{tag}{written}>{inner}</{tag}>"

        content = _HEADING.sub(headed, output)
        return content, get_toc(nest_toc_tokens(tokens))


def _block(source: str) -> str | None:
    """What stands between the two comment lines, where the page holds nothing else."""
    if not source.startswith(f"{OPEN}\n") or not source.endswith(f"\n{CLOSE}\n"):
        return None
    block = source[len(OPEN) + 1 : -len(CLOSE) - 2]
    return None if "<!" in block or "<?" in block or not block.startswith("<") else block


def _opened(token: str) -> tuple[str, dict[str, str], bool]:
    opening = _OPENING.match(token)
    if opening is None or opening[1] in _LEFT_TO_MKDOCS:
        raise Unsure
    attributes = {key: _REFERENCE.sub(_dereferenced, value) for key, value in _ATTRIBUTE.findall(opening[2])}
    if "style" in attributes:
        raise Unsure
    if opening[1] == "a" and "href" not in attributes:
        raise Unsure
    if opening[1] in _VOID and not opening[3]:
        raise Unsure
    return opening[1], attributes, bool(opening[3])


def _written(tag: str, attributes: Mapping[str, str], *, empty: bool) -> str:
    """A tag as Python-Markdown's serializer writes it."""
    inside = "".join(f' {key}="{_escaped(value)}"' for key, value in sorted(attributes.items()))
    if not empty:
        return f"<{tag}{inside}>"
    return f"<{tag}{inside} />" if tag in _VOID else f"<{tag}{inside}></{tag}>"


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _sorted(before: str, after: str) -> bool:
    """Whether attributes stand in the order of the serializer around `href`, none that matters to MkDocs."""
    names = [*_NAME.findall(before), "href", *_NAME.findall(after)]
    return names == sorted(set(names)) and not _MATTERING.intersection(names)


def _decoded(token: str) -> str:
    match = _REFERENCE.fullmatch(token)
    if match is None:
        raise Unsure
    return _dereferenced(match)


def _dereferenced(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    return chr(int(match[1]) if match[1] else int(match[2], 16))
