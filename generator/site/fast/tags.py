"""Tags of generated blocks: what becomes of each, its anchor, where its link leads, and whether all are nested.

All in bytes, as they come from the disk and go to it. Most tags are written as they stand. A link and the address in it
are two things here: of links without their addresses there are a few dozen in a whole site, and of addresses without
their anchors as many as pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import unquote, urlunsplit

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from generator.site.markup import find_fault, is_ordinary

DATA = b"<\x02>"
"""What stands for an element with data for machines, as if it were a tag; no block holds it."""
_HREF = b' href="'
_OPENING = re.compile(r'<([a-z][a-z0-9]*)((?: [a-zA-Z_][-a-zA-Z0-9_.]*="[^"<>\n\t]*")*) ?(/?)>\Z')
_CLOSING = re.compile(r"</([a-z][a-z0-9]*)>\Z")
_ATTRIBUTE = re.compile(r' ([a-zA-Z_][-a-zA-Z0-9_.]*)="([^"]*)"')
REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
"""A character reference as XML knows it."""
_NAMED = {"amp": 38, "lt": 60, "gt": 62, "quot": 34, "apos": 39}
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://[a-zA-Z0-9]")
_LOCAL = re.compile(r"([-\w./~%]+)(?:#([-\w.:]+))?\Z", re.ASCII)
FRAGMENT = re.compile(r"[-\w.:]+\Z", re.ASCII)
"""An anchor that stands in an address as it is."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HTML_EMPTY = "area base br col embed frame hr img input link meta param source track wbr"
_VOID = frozenset(_HTML_EMPTY.split())
# What a browser would fetch or run, and what Markdown treats apart. None of it stands in a generated block.
_FETCHED_OR_RUN = "script style iframe object audio video image use sup isindex basefont"
_LEFT_TO_MKDOCS = frozenset((*_VOID - {"br", "hr", "wbr", "col"}, *_FETCHED_OR_RUN.split()))
_HIDDEN = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
# Those that do not come back, such as links to paragraphs, need not be kept for ever.
_REMEMBERED = 50_000
# A tag is a byte where nesting is checked: the number of its element and its kind. 0 is an empty element.
_CLOSED, _ANCHORED = 80, 160
_REWRITTEN = 255
_SPECIALS = re.compile(rb"[\xa1-\xff]")
# The elements at whose beginning a sequence of tags is parted from the one before: what pages hold in rows.
_PARTING = ("li", "tr", "div", "p", "section")
_PARTS = b"\x01-\x05\xa1-\xa5"
_SEQUENCES = re.compile(rb"[%b][^%b]*+|[^%b]++" % (_PARTS, _PARTS, _PARTS))
_A = 6
_LINKS = re.compile(rb"\x06")
# An anchor with which an address stays one of a page, and a name that stands in an address as it is.
_PLAIN = re.compile(rb"[-\w.]+\Z")
_PLAIN_PAGE = re.compile(rb"(?!index\.md|README\.md)[-\w]+\.md\Z")
# One tag as it is written; what an empty element comes to is two.
_WRITTEN_TAG = re.compile(rb"<[^<>]*+>")


class Unsure(Exception):
    """The block may mean more than this package knows."""


class Special(bytes):
    """A tag as it is written: otherwise than it stands, or with an anchor, or the beginning of a heading."""

    anchor: str = ""
    fits: bool = False
    """Whether the anchor stands in an address as it is."""
    level: int = 0
    """Of a heading, else 0."""
    attributes: Mapping[str, str] = MappingProxyType({})
    """Of a heading, else none."""


class Tokens(dict[bytes, int]):
    """A byte for each tag, as nesting is checked by. Grows as tags are met.

    A tag that the tripwire might refuse is met anew each time, and makes the page that it stands in `doubtful`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.doubtful = False
        self.special: dict[bytes, Special] = {}
        self._elements = {name: number for number, name in enumerate((*_PARTING, "a"), 1)}
        self._effects: dict[bytes, tuple[bytes, bytes] | None] = {}
        self._begin_anew()

    def __missing__(self, token: bytes) -> int:
        """Work `token` out and remember it. Raises `Unsure`."""
        if token.startswith(b"<a "):
            # What it is written as depends on the folder: see `Links`.
            self[token] = _A
            return _A
        output, code = self._worked_out(token)
        if isinstance(output, Special):
            self.special[token] = output
        if are_allowed(output):
            self[token] = code
        else:
            self.doubtful = True
        return code

    def begin_page(self) -> None:
        """Forget the doubts of the page before, and everything where it has become too much."""
        self.doubtful = False
        if max(len(self), len(self.special), len(self._effects)) > _REMEMBERED:
            self._begin_anew()

    def check_nesting(self, found: Iterable[bytes]) -> tuple[list[int], list[int]]:
        """Which of the tags `found` are links, and which are special. Raises `Unsure` where they are not nested well.

        Lists and tables hold the same few sequences again and again, and what a sequence closes and leaves open is
        remembered.
        """
        codes = bytes(map(self.__getitem__, found))
        begun = bytearray()
        for sequence in _SEQUENCES.findall(codes):
            if sequence not in self._effects:
                self._effects[sequence] = _effect(sequence)
            effect = self._effects[sequence]
            if effect is not None:
                closed, opened = effect
                if closed:
                    if begun[-len(closed) :] != closed:
                        raise Unsure
                    del begun[-len(closed) :]
                begun += opened
        if begun:
            raise Unsure
        links, special = ([match.start() for match in kind.finditer(codes)] for kind in (_LINKS, _SPECIALS))
        return links, special

    def _begin_anew(self) -> None:
        self.clear()
        self.special.clear()
        self._effects.clear()
        self[DATA] = 0

    def _code(self, name: str) -> int:
        """The number of an element. Raises `Unsure` where there are more than bytes can tell apart."""
        number = self._elements.setdefault(name, len(self._elements) + 1)
        if number >= _CLOSED:
            raise Unsure
        return number

    def _worked_out(self, token: bytes) -> tuple[bytes, int]:
        """What a tag that is no link is written as, and its byte."""
        closing = _CLOSING.match(token.decode())
        if closing is not None:
            if closing[1] in _VOID or closing[1] in _LEFT_TO_MKDOCS:
                raise Unsure
            return token, self._code(closing[1]) + _CLOSED
        tag, attributes, empty = opened(token)
        if "href" in attributes:
            raise Unsure
        output = _written(tag, attributes, empty=empty)
        heading = tag in _HEADINGS
        if empty and (heading or "id" in attributes):
            raise Unsure
        if heading and "data-toc-label" in attributes:
            raise Unsure
        if output == token and not heading and "id" not in attributes:
            return output, 0 if empty else self._code(tag)
        special = Special(output)
        special.anchor = attributes.get("id", "")
        special.fits = FRAGMENT.match(special.anchor) is not None
        if heading:
            special.level, special.attributes = int(tag[1]), attributes
        return special, _REWRITTEN if empty else self._code(tag) + _ANCHORED


class Links(dict[bytes, bytes]):
    """What becomes of the links in the pages of one folder: the tags as they are written. Grows as they are met."""

    def __init__(self, files: Files, file: File) -> None:
        super().__init__()
        self.doubtful = False
        """As in `Tokens`."""
        self.leads: dict[bytes, str] = {}
        """Where each leads, as in `Rendered.links`; empty: out of the site."""
        self._addresses = Addresses(files, file)
        self._bare: dict[tuple[bytes, bytes], tuple[bytes, bytes, bool]] = {}

    def __missing__(self, token: bytes) -> bytes:
        """Work `token` out and remember it. Raises `Unsure`."""
        before, href, rest = token.partition(_HREF)
        address, _, after = rest.partition(b'"')
        known = self._bare.get((before, after))
        if known is None:
            # A tag without an address ends with `>` before the place of one, and so is like none that has one.
            known = self._bare[before, after] = _without_address(b'%b%b"%b' % (before, href, after))
        begun, ended, allowed = known
        written, self.leads[token], possible = self._addresses.find(address)
        output = begun + written + ended
        if allowed and possible:
            self[token] = output
        else:
            self.doubtful = True
        return output

    def begin_page(self) -> None:
        """As in `Tokens`."""
        self.doubtful = False
        if max(len(self.leads), len(self._bare)) > _REMEMBERED:
            self.clear()
            self.leads.clear()
            self._bare.clear()
            self._addresses.begin_anew()


class Addresses:
    """What becomes of the addresses in the links of one folder's pages. Remembers the pages that they lead to."""

    def __init__(self, files: Files, file: File) -> None:
        self._files, self._file = files, file
        self._folder = posixpath.dirname(file.src_uri)
        self._pages: dict[bytes, tuple[bytes, str]] = {}
        self._anchors: dict[bytes, str] = {}
        self._beside: dict[bytes, tuple[bytes, str, str]] = {}

    def find(self, address: bytes) -> tuple[bytes, str, bool]:
        """The attribute as it is written, where it leads, as in `Rendered.links`, and whether any page may hold it.

        It leads to nothing where it leads out of the site. Raises `Unsure`.
        """
        page, mark, anchor = address.partition(b"#")
        known = self._pages.get(page) or self._like_another(page)
        if known is None:
            return self._by_itself(address)
        begun, lead = known
        if not mark:
            return begun + b'"', lead, True
        name = self._anchors.get(anchor)
        if name is None:
            if not _PLAIN.match(anchor):
                return self._by_itself(address)
            name = self._anchors[anchor] = anchor.decode()
        return b'%b#%b"' % (begun, anchor), f"{lead}#{name}", True

    def _like_another(self, page: bytes) -> tuple[bytes, str] | None:
        """The attribute up to its closing mark, and the file, of a page in a folder that was met; `None`: not known."""
        folder, _, name = page.rpartition(b"/")
        if folder not in self._beside or not _PLAIN_PAGE.match(name):
            return None
        way, sources, urls = self._beside[folder]
        stem = name[:-3]
        source = f"{sources}{name.decode()}"
        found = self._files.src_uris.get(source)
        if found is None or found.inclusion in _HIDDEN or found.url != f"{urls}{stem.decode()}.html":
            return None
        self._pages[page] = (b"%b%b.html" % (way, stem), source)
        return self._pages[page]

    def _by_itself(self, address: bytes) -> tuple[bytes, str, bool]:
        href, lead = self._resolved(address.decode())
        output = b' href="%b"' % href.encode()
        page = address.partition(b"#")[0]
        allowed = are_allowed(b"<a%b>" % output)
        if allowed and lead and page:
            source = lead.partition("#")[0]
            begun = output[:-1].partition(b"#")[0]
            self._pages[page] = (begun, source)
            folder, _, name = page.rpartition(b"/")
            way, end, _ = begun.rpartition(b"%b.html" % name[:-3])
            urls, same, _ = self._files.src_uris[source].url.rpartition(f"{name[:-3].decode()}.html")
            if _PLAIN_PAGE.match(name) and end and same:
                self._beside[folder] = (way, source.removesuffix(name.decode()), urls)
        return output, lead, allowed

    def begin_anew(self) -> None:
        """Forget everything but where the files are."""
        self._pages.clear()
        self._anchors.clear()

    def _resolved(self, address: str) -> tuple[str, str]:
        """`address` as it is written, and where it leads."""
        local = _LOCAL.match(address)
        if local is not None and address[0] != "/":
            path, anchor = local[1], local[2] or ""
            url, source = self._target(path)
            return urlunsplit(("", "", url, "", anchor)), f"{source}#{anchor}" if anchor else source
        href = REFERENCE.sub(_character, address)
        if href.startswith("#"):
            if not FRAGMENT.match(href[1:]):
                raise Unsure
            return href, href
        if not _SCHEME.match(href):
            raise Unsure
        return _escaped(href), ""

    def _target(self, path: str) -> tuple[str, str]:
        """The address of the file that `path` names, as seen from the folder, and its path below docs_dir."""
        target = posixpath.normpath(posixpath.join(self._folder, unquote(path)).lstrip("/"))
        found = self._files.src_uris.get(target)
        if found is None or found.inclusion in _HIDDEN:
            raise Unsure
        return get_relative_url(found.url, self._file.url), found.src_uri


def _effect(sequence: bytes) -> tuple[bytes, bytes] | None:
    """What a sequence of tags closes that was open before, and what it leaves open; `None`: nothing of both."""
    closed, begun = bytearray(), bytearray()
    for code in sequence:
        if _CLOSED < code < _ANCHORED:
            if not begun:
                closed.append(code - _CLOSED)
            elif begun.pop() != code - _CLOSED:
                raise Unsure
        elif code not in (0, _REWRITTEN):
            begun.append(code % _ANCHORED)
    return (bytes(reversed(closed)), bytes(begun)) if closed or begun else None


def _without_address(bare: bytes) -> tuple[bytes, bytes, bool]:
    """The tag of a link, whose address is cut out: before and behind it, and whether any page may hold it."""
    tag, attributes, empty = opened(bare)
    # An anchor of such a tag MkDocs might see otherwise.
    if tag != "a" or empty or attributes.get("href") != "" or attributes.keys() & {"id", "name"}:
        raise Unsure
    written = _written(tag, attributes, empty=False)
    before, _, after = written.partition(b' href=""')
    return before, after, are_allowed(written)


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


def are_allowed(written: bytes) -> bool:
    """Whether `written` is one tag or more that any page may hold: the tripwire would say so of each.

    What a theme may hold besides is not asked, so that a tag and its address can be looked at one by one.
    """
    if is_ordinary(written):
        return True
    tags = _WRITTEN_TAG.findall(written)
    return b"".join(tags) == written and not any(find_fault(tag[1:-1].decode()) for tag in tags)


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


def _written(tag: str, attributes: Mapping[str, str], *, empty: bool) -> bytes:
    """A tag as Python-Markdown's serializer writes it."""
    inside = "".join(f' {key}="{_escaped(value)}"' for key, value in sorted(attributes.items()))
    if not empty:
        return f"<{tag}{inside}>".encode()
    return (f"<{tag}{inside} />" if tag in _VOID else f"<{tag}{inside}></{tag}>").encode()


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
