"""The generated block of a page as HTML, without building a tree of it.

Stands for `Page.render`: for Python-Markdown with `generator.theme.blocks` and `toc`, and for MkDocs' own rewriting
of links. The generator's templates write plain well-formed XML, so that tag by tag the output follows from the
input: attributes sorted, references as the serializer writes them, links rewritten, headings with anchors. So a block
is cut at its tags once, and each tag is looked up in `tags`. What is not surely of that kind is left to MkDocs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown.extensions.toc import nest_toc_tokens, slugify, strip_tags, unique
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import TableOfContents, get_toc

from generator.site.fast.tags import FRAGMENT, REFERENCE, Shared, Special, Tokens, Unsure, code_point, full, with_anchor
from generator.theme.blocks import CLOSE, OPEN

KNOWN_EXTENSIONS = frozenset({"generator.theme.blocks", "toc", "tables", "fenced_code", "admonition", "footnotes"})
"""Markdown extensions that leave a finished block alone: they work on lines and inline text, or before it comes in."""

_DATA_BEGIN = b'<script type="application/ld+json">'
_DATA_END = b"</script>"
_REFERENCES = re.compile(rb"&[^;&<>]*+;?")
# As the serializer writes them, in texts and in attributes alike.
_ESCAPED = {38: b"&amp;", 60: b"&lt;", 62: b"&gt;"}
# Those that come out otherwise in texts than in attributes. They stay until tags are written, which then hold none.
_LATE = {9: b"\t", 10: b"\n", 34: b'"', 91: b"&#91;"}
# What XML does not allow, and carriage returns, which it reads as line feeds.
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10))
_NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_NONCHARACTERS = "\ufffe\uffff"
_START, _END = f"{OPEN}\n".encode(), f"\n{CLOSE}\n".encode()


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

    cut: Sequence[bytes]
    """The content cut at its tags: text, tag, text, tag, and so on, ending with a text. Joined, it is the content."""
    headings: Sequence[tuple[int, str, str]]
    """Level, anchor and HTML of each heading for the table of contents."""
    anchors: frozenset[str]
    links: frozenset[str]
    """`file.md` or `file.md#anchor` for each link to a page, relative to docs_dir, and `#anchor` for each link to an
    anchor of the page itself that it lacks."""

    def content(self) -> bytes:
        """As `Page.content`, in UTF-8."""
        return b"".join(self.cut)

    def toc(self) -> TableOfContents:
        """As `Page.toc`."""
        return get_toc(
            nest_toc_tokens([{"level": level, "id": anchor, "name": name} for level, anchor, name in self.headings])
        )


class Renderer:
    """Renders the blocks of one build. Remembers tags and links between pages, nothing else."""

    def __init__(self, files: Files, headings: Headings) -> None:
        self._files = files
        self._headings = headings
        self._shared = Shared()
        self._place = ("", "")
        self._tokens: Tokens | None = None
        self._references: dict[bytes, tuple[bytes, int]] = {}

    def render(self, source: bytes, file: File) -> Rendered | None:
        """The page `source` (without its front matter) of `file`, or `None` where MkDocs had better render it."""
        try:
            return self._render(_block(source), file)
        except (Unsure, UnicodeDecodeError):
            return None

    def _render(self, block: bytes, file: File) -> Rendered:
        tokens = self._tokens_of(file)
        block, late = self._without_references(block)
        parts = _cut(block)
        found = parts[1::2]
        written = list(map(tokens.__getitem__, found))
        tokens.check_nesting(found)
        # Cut again at a character that no text holds, so that no text has to be looked at alone.
        text = b"<".join(parts[::2])
        if text.count(b"<") != len(found) or b">" in text or b"[" in text or parts[0] or parts[-1]:
            raise Unsure
        if late:
            for code in late:
                text = text.replace(b"&#%d;" % code, _LATE[code])
            parts[::2] = text.split(b"<")
        parts[1::2] = written
        anchors: set[str] = set()
        links: set[str] = set()
        begun: list[int] = []
        for at in [at for at, kind in enumerate(map(type, written)) if kind is Special]:
            tag: Any = written[at]
            if tag.link:
                links.add(tag.link)
                continue
            if tag.anchor:
                anchors.add(tag.anchor)
            if tag.level:
                begun.append(2 * at + 1)
        headings = self._with_headings(parts, begun, anchors)
        lacking = frozenset(link for link in links if link[0] != "#" or link[1:] not in anchors)
        return Rendered(parts, headings, frozenset(anchors), lacking)

    def _tokens_of(self, file: File) -> Tokens:
        """What is known of the tags in pages beside `file`. Files come folder by folder, so that one is kept."""
        place = (file.src_uri.rpartition("/")[0], file.url.rpartition("/")[0])
        if self._tokens is None or place != self._place or full(self._tokens):
            self._place = place
            self._tokens = Tokens(self._files, file, self._shared)
        return self._tokens

    def _without_references(self, block: bytes) -> tuple[bytes, set[int]]:
        """`block` with the references written that come out alike everywhere, and the characters of the others."""
        late: set[int] = set()
        for reference in set(_REFERENCES.findall(block)) if b"&" in block else ():
            known = self._references.get(reference)
            if known is None:
                known = self._references[reference] = _meant(reference)
            output, code = known
            if code:
                late.add(code)
            if output != reference:
                block = block.replace(reference, output)
        return block, late

    def _with_headings(self, parts: list[bytes], begun: Sequence[int], anchors: set[str]) -> list[tuple[int, str, str]]:
        """Give the headings that begin at `begun` in `parts` what the extension `toc` gives them."""
        headings: list[tuple[int, str, str]] = []
        taken = set(anchors)
        ended: list[tuple[int, str]] = []
        starts = frozenset(begun)
        for at in begun:
            tag = parts[at]
            if not isinstance(tag, Special):
                raise Unsure
            closing, end = b"</h%d>" % tag.level, at + 2
            while parts[end] != closing:
                end += 2
                if end in starts:
                    raise Unsure
            anchor, shown = tag.anchor, tag.level <= self._headings.depth
            if shown or not anchor:
                name = _name(b"".join(parts[at + 1 : end]).decode())
                if not anchor:
                    anchor = unique(slugify(html.unescape(name), "-"), taken)
                    anchors.add(anchor)
                    parts[at] = with_anchor(tag, anchor)
                if shown:
                    headings.append((tag.level, anchor, name))
            if not FRAGMENT.match(anchor):
                raise Unsure
            ended.append((end, anchor))
        if self._headings.permalink:
            for end, anchor in reversed(ended):
                link = f'<a class="headerlink" href="#{anchor}" title="Permanent link">'.encode()
                parts[end:end] = (link, b"&para;", b"</a>", b"")
        return headings


def _block(source: bytes) -> bytes:
    """What stands between the two comment lines, where the page holds nothing else."""
    if not source.startswith(_START) or not source.endswith(_END):
        raise Unsure
    block = source[len(_START) : -len(_END)]
    # MkDocs reads UTF-8, and expat what XML allows.
    text = block.decode()
    if block[:1] != b"<" or len(block.translate(None, _CONTROLS)) != len(block) or any(map(text.count, _NONCHARACTERS)):
        raise Unsure
    return block


def _cut(block: bytes) -> list[bytes]:
    """`block` cut at its tags; an element with data for machines is one of them.

    What is not text, tag, text, tag and so on has tags that no lookup knows, or texts with `<` or `>`.
    """
    plain, *others = block.split(_DATA_BEGIN)
    # NUL stands in no block.
    parts = plain.replace(b"<", b"\0<").replace(b">", b">\0").split(b"\0")
    for other in others:
        data, end, plain = other.partition(_DATA_END)
        parts.append(_DATA_BEGIN + data + end)
        parts += plain.replace(b"<", b"\0<").replace(b">", b">\0").split(b"\0")
    return parts


def _meant(reference: bytes) -> tuple[bytes, int]:
    """What `reference` is written as, and the character where that depends on where it stands."""
    match = REFERENCE.fullmatch(reference.decode())
    if match is None:
        raise Unsure
    code = code_point(match)
    if code > 0x10FFFF or _NO_CHARACTER.match(chr(code)):
        raise Unsure
    if code in _LATE:
        return b"&#%d;" % code, code
    return _ESCAPED.get(code) or chr(code).encode(), 0


def _name(inner: str) -> str:
    """A heading as the table of contents names it."""
    return strip_tags(inner.strip()) if "<" in inner else " ".join(inner.split())
