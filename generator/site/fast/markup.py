"""The generated block of a page as HTML, without building a tree of it.

Stands for `Page.render`: for Python-Markdown with `generator.theme.blocks` and `toc`, and for MkDocs' own rewriting
of links. The generator's templates write plain well-formed XML, so that tag by tag the output follows from the
input: attributes sorted, references as the serializer writes them, links rewritten, headings with anchors. So a block
is cut at its tags once, and each tag is looked up in `tags`. What is not surely of that kind is left to MkDocs.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown.extensions.toc import nest_toc_tokens, slugify, strip_tags, unique
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import TableOfContents, get_toc

from generator.site.fast.leads import Links, Places
from generator.site.fast.pieces import Heading, Piece
from generator.site.fast.tags import DATA, FRAGMENT, REFERENCE, Special, Unsure, code_point, together, with_anchor
from generator.theme.blocks import CLOSE, OPEN

KNOWN_EXTENSIONS = frozenset({"generator.theme.blocks", "toc", "tables", "fenced_code", "admonition", "footnotes"})
"""Markdown extensions that leave a finished block alone: they work on lines and inline text, or before it comes in."""

_DATA_BEGIN = b'<script type="application/ld+json">'
_DATA_END = b"</script>"
_DATA = re.compile(rb"[^<>&]*+\Z")
# As the serializer writes them, in texts and in attributes alike.
_ESCAPED = {38: b"&amp;", 60: b"&lt;", 62: b"&gt;"}
# Those that come out otherwise in texts than in attributes, where they stay until the tag is written.
_IN_TEXTS = {9: b"\t", 10: b"\n", 34: b'"', 91: b"&#91;"}
# What XML does not allow, and carriage returns, which it reads as line feeds.
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10))
_NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_NEAR_NONCHARACTERS = b"\xef\xbf"
_CLOSINGS = [b"</h%d>" % level for level in range(7)]
_PERMALINK = b'<a class="headerlink" href="#%b" title="Permanent link">&para;</a>%b'
# What begins a row of a list or table, a story, a quotation. To cut at any other tag as well does no harm.
_ROW = re.compile(rb"<(?:li|tr|article|figure)")
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

    content: bytes
    """As `Page.content`, in UTF-8."""
    headings: Sequence[tuple[int, str, str]]
    """Level, anchor and HTML of each heading for the table of contents."""
    anchors: frozenset[str]
    links: frozenset[str]
    """`file.md` or `file.md#anchor` for each link to a page, relative to docs_dir, and `#anchor` for each link to an
    anchor of the page itself that it lacks."""
    sound: bool = False
    """Whether each tag of the content was looked at and is one that the tripwire has nothing to say of, and no text
    of it holds `<` or `>`. Of `scripts` this says nothing."""
    scripts: Sequence[bytes] = ()
    """The elements with data for machines."""

    def toc(self) -> TableOfContents:
        """As `Page.toc`."""
        return get_toc(
            nest_toc_tokens([{"level": level, "id": anchor, "name": name} for level, anchor, name in self.headings])
        )


class Renderer:
    """Renders the blocks of one build."""

    def __init__(self, files: Files, headings: Headings, places: Places | None = None) -> None:
        """`places`: what is known of links and tags, which are told apart by nothing else."""
        self._files = files
        self._headings = headings
        self._places = Places() if places is None else places
        self._places.lead_to(files)
        self._references: dict[bytes, tuple[bytes, bytes]] = {}

    def render(self, source: bytes, file: File) -> Rendered | None:
        """The page `source` (without its front matter) of `file`, or `None` where MkDocs had better render it."""
        try:
            return self._render(_block(source), file)
        except (Unsure, UnicodeDecodeError):
            return None

    def forget_links(self) -> None:
        """Look again for the files that links lead to: some went."""
        self._places.lead_to(self._files)

    def _render(self, block: bytes, file: File) -> Rendered:
        places = self._places
        tokens, links = places.tokens, places.beside(self._files, file)
        tokens.begin_page()
        links.begin_page()
        block, scripts = _without_data(block)
        pieces: list[Piece] = []
        by_rows = places.come_again(file.src_uri)
        for row in _rows(block) if by_rows else (block,):
            piece = links.rows.get(row)
            if piece is None:
                piece = self._piece(row, links)
                if by_rows and not tokens.doubtful and not links.doubtful:
                    places.keep(links, row, piece)
            pieces.append(piece)
        if together(piece.effect for piece in pieces) is not None:
            raise Unsure
        anchors = {anchor for piece in pieces for anchor in piece.anchors}
        leads = {lead for piece in pieces for lead in piece.leads}
        headings: list[tuple[int, str, str]] = []
        written: list[bytes] = []
        taken = set(anchors)
        for piece in pieces:
            written.append(piece.texts[0])
            if piece.headings:
                for heading, text in zip(piece.headings, piece.texts[1:], strict=True):
                    written += (self._heading(heading, anchors, taken, headings), text)
        content = b"".join(written)
        if scripts:
            first, *others = content.split(DATA)
            content = first + b"".join(map(bytes.__add__, scripts, others))
        return Rendered(
            content,
            headings,
            frozenset(anchors),
            frozenset([lead for lead in leads if lead[0] != "#" or lead[1:] not in anchors]),
            not tokens.doubtful and not links.doubtful,
            scripts,
        )

    def _piece(self, source: bytes, links: Links) -> Piece:
        """What becomes of a piece of a block."""
        tokens = self._places.tokens
        block = self._without_references(source)
        # What is not text, tag, text, tag and so on has texts in places of tags, which no lookup knows. So no text has
        # `<` or `>`. NUL stands in no block.
        parts = block.replace(b"<", b"\0<").replace(b">", b">\0").split(b"\0")
        found = parts[1::2]
        effect, linking, special = tokens.nesting(found)
        if parts[0] or (b"[" in block and b"[" in b"".join(parts[::2])):
            raise Unsure
        met = [found[at] for at in linking]
        for at, link in zip(linking, map(links.__getitem__, met), strict=True):
            parts[2 * at + 1] = link
        begun: list[int] = []
        anchors: set[str] = set()
        for at in special:
            tag = tokens.special[found[at]]
            parts[2 * at + 1] = tag
            if tag.anchor:
                anchors.add(tag.anchor)
            if tag.level:
                begun.append(2 * at + 1)
        leads = set(map(links.leads.__getitem__, met))
        leads.discard("")
        return Piece(*_parted(parts, begun), effect, tuple(anchors), tuple(leads))

    def _without_references(self, block: bytes) -> bytes:
        """`block` with its references written as the serializer does; some stay in tags, which are written later."""
        first, *others = block.split(b"&")
        known = self._references
        pieces, last, inside = [first], first, False
        for other in others:
            begun, ended = last.rfind(b"<"), last.rfind(b">")
            if begun != ended:
                inside = begun > ended
            name, end, last = other.partition(b";")
            if not end:
                raise Unsure
            if name not in known:
                known[name] = _meant(name)
            pieces += (known[name][inside], last)
        return b"".join(pieces)

    def _heading(
        self, heading: Heading, anchors: set[str], taken: set[str], headings: list[tuple[int, str, str]]
    ) -> bytes:
        """What the extension `toc` makes of a heading. Adds its anchor to the page's, and it to the `headings`."""
        tag, closing = heading.tag, heading.closing
        anchor, written = heading.anchor, heading.written
        if not tag.anchor:
            anchor = unique(anchor, taken)
            anchors.add(anchor)
            if anchor != heading.anchor:
                written = with_anchor(tag, anchor)
        if tag.level <= self._headings.depth:
            headings.append((tag.level, anchor, heading.name))
        if not tag.fits and not FRAGMENT.match(anchor):
            raise Unsure
        if self._headings.permalink:
            closing = _PERMALINK % (anchor.encode(), closing)
        return written + heading.inner + closing


def _rows(block: bytes) -> list[bytes]:
    """`block` cut where rows of lists and tables begin."""
    begun = (match.start() for match in _ROW.finditer(block))
    return [block[begin:end] for begin, end in itertools.pairwise((0, *begun, len(block)))]


def _parted(parts: Sequence[bytes], begun: Sequence[int]) -> tuple[list[bytes], list[Heading]]:
    """`parts` with those of the headings, which begin at `begun`, apart: what stands around them, and they."""
    texts: list[bytes] = []
    headings: list[Heading] = []
    last = 0
    for at, following in itertools.pairwise((*begun, len(parts))):
        tag = parts[at]
        if not isinstance(tag, Special):
            raise Unsure
        closing = _CLOSINGS[tag.level]
        try:
            end = parts.index(closing, at + 1, following)
        except ValueError:
            raise Unsure from None
        inner = b"".join(parts[at + 1 : end])
        name = _name(inner.decode())
        anchor = tag.anchor or slugify(html.unescape(name), "-")
        texts.append(b"".join(parts[last:at]))
        headings.append(
            Heading(tag, inner, closing, name, anchor, bytes(tag) if tag.anchor else with_anchor(tag, anchor))
        )
        last = end + 1
    return [*texts, b"".join(parts[last:])], headings


def _block(source: bytes) -> bytes:
    """What stands between the two comment lines, where the page holds nothing else."""
    if not source.startswith(_START) or not source.endswith(_END):
        raise Unsure
    block = source[len(_START) : -len(_END)]
    # MkDocs reads UTF-8, and expat what XML allows.
    block.decode()
    if block[:1] != b"<" or block[-1:] != b">" or len(block.translate(None, _CONTROLS)) != len(block):
        raise Unsure
    if _NEAR_NONCHARACTERS in block and any(character in block for character in _NONCHARACTERS):
        raise Unsure
    return block


def _without_data(block: bytes) -> tuple[bytes, list[bytes]]:
    """`block` with a mark in the place of each element with data for machines, which is written as it is."""
    if _DATA_BEGIN not in block:
        return block, []
    plain, *others = block.split(_DATA_BEGIN)
    scripts: list[bytes] = []
    for other in others:
        data, end, rest = other.partition(_DATA_END)
        if not end or not _DATA.match(data):
            raise Unsure
        scripts.append(_DATA_BEGIN + data + end)
        plain += DATA + rest
    return plain, scripts


def _meant(name: bytes) -> tuple[bytes, bytes]:
    """What the reference `&name;` is written as in texts, and what as long as it is in a tag."""
    match = REFERENCE.fullmatch(f"&{name.decode()};")
    if match is None:
        raise Unsure
    code = code_point(match)
    if code > 0x10FFFF or _NO_CHARACTER.match(chr(code)):
        raise Unsure
    output = _ESCAPED.get(code) or _IN_TEXTS.get(code) or chr(code).encode()
    return output, b"&#%d;" % code if code in _IN_TEXTS else output


def _name(inner: str) -> str:
    """A heading as the table of contents names it."""
    return strip_tags(inner.strip()) if "<" in inner else " ".join(inner.split())
