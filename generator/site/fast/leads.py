"""Where the links of generated blocks lead, and what is written in their places: the same in all pages of a folder.

A link and the address in it are two things here: of links without their addresses there are a few dozen in a site, and
of addresses without their anchors as many as pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Set
from urllib.parse import unquote, urlunsplit

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from generator.site.fast.pieces import Piece
from generator.site.fast.tags import (
    FRAGMENT,
    REFERENCE,
    REMEMBERED,
    Tokens,
    Unsure,
    are_allowed,
    character,
    escaped,
    opened,
    written,
)
from generator.site.sources import Sources, url_of

_HREF = b' href="'
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://[a-zA-Z0-9]")
_LOCAL = re.compile(r"([-\w./~%]+)(?:#([-\w.:]+))?\Z", re.ASCII)
_HIDDEN = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
# An anchor with which an address stays one of a page, and a name that stands in an address as it is.
_PLAIN = re.compile(rb"[-\w.]+\Z")
_PLAIN_PAGE = re.compile(rb"(?!index\.md|README\.md)[-\w]+\.md\Z")
# Links that are kept from build to build, in all folders.
_LASTING = 200_000
# Bytes of the rows of lists that are kept from build to build: those of the lists of some thousand articles. What is
# kept of them takes three times as much.
_ROOM = 1 << 25
# A row that is longer holds a list of its own.
_ROW = 1 << 13


class Places:
    """What is known of the links in the pages of each folder, and of the rows that they stand in.

    It follows from the tags and the configuration alone, as long as the files are there that the links lead to.
    """

    def __init__(self, tokens: Tokens | None = None, *, lasting: bool = False) -> None:
        """`tokens`: those that were worked out before. `lasting`: for more builds than one."""
        self.tokens = Tokens() if tokens is None else tokens
        # Files come folder by folder, so that for one build one is kept.
        self._most = _LASTING if lasting else 0
        self._links: dict[tuple[str, str], Links] = {}
        self._met: set[str] = set()
        self._room = _ROOM if lasting else 0

    def lead_to(self, files: Files) -> None:
        """From now on links lead to `files`."""
        names = files.src_uris.keys()
        if not all(links.lead_to(files, names) for links in self._links.values()):
            self._links.clear()

    def come_again(self, page: str) -> bool:
        """Whether `page` was asked for before: the rows of such a page are kept, since it may well come once more."""
        met = page in self._met
        if self._most:
            self._met.add(page)
        return met

    def beside(self, files: Files, file: File) -> Links:
        """What is known of the links in pages beside `file`."""
        place = (file.src_uri.rpartition("/")[0], file.url.rpartition("/")[0])
        links = self._links.get(place)
        if links is None:
            if sum(len(known.leads) for known in self._links.values()) >= self._most:
                self._links.clear()
            links = self._links[place] = Links(files, file)
        return links

    def keep(self, links: Links, row: bytes, piece: Piece) -> None:
        """Remember what became of a `row` in a page of the folder of those `links`."""
        if len(row) > _ROW:
            return
        if len(row) > self._room:
            for others in self._links.values():
                others.rows.clear()
            self._room = _ROOM
        self._room -= len(row)
        links.rows[row] = piece


class Links(dict[bytes, bytes]):
    """What becomes of the links in the pages of one folder: the tags as they are written. Grows as they are met."""

    def __init__(self, files: Files, file: File) -> None:
        super().__init__()
        self.doubtful = False
        """As in `Tokens`."""
        self.leads: dict[bytes, str] = {}
        """Where each leads, as in `Rendered.links`; empty: out of the site."""
        self.rows: dict[bytes, Piece] = {}
        """What became of rows with such links."""
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
        attribute, self.leads[token], possible = self._addresses.find(address)
        output = begun + attribute + ended
        if allowed and possible:
            self[token] = output
        else:
            self.doubtful = True
        return output

    def begin_page(self) -> None:
        """As in `Tokens`."""
        self.doubtful = False
        if max(len(self.leads), len(self._bare)) > REMEMBERED:
            self.clear()
            self.leads.clear()
            self._bare.clear()
            self.rows.clear()
            self._addresses.begin_anew()

    def lead_to(self, files: Files, names: Set[str]) -> bool:
        """Let them lead to `files`, which have those `names`, where no file is missing that one leads to."""
        return self._addresses.lead_to(files, names)


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
        if self._url(source) != f"{urls}{stem.decode()}.html":
            return None
        self._pages[page] = (b"%b%b.html" % (way, stem), source)
        return self._pages[page]

    def _url(self, source: str) -> str | None:
        """The address of the file `source`, where it is part of the site."""
        if isinstance(self._files, Sources):
            return self._files.url(source)
        found = self._files.src_uris.get(source)
        return None if found is None else url_of(found)

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

    def lead_to(self, files: Files, names: Set[str]) -> bool:
        """As for `Links`."""
        self._files = files
        return names >= {source for _, source in self._pages.values()}

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
        href = REFERENCE.sub(character, address)
        if href.startswith("#"):
            if not FRAGMENT.match(href[1:]):
                raise Unsure
            return href, href
        if not _SCHEME.match(href):
            raise Unsure
        return escaped(href), ""

    def _target(self, path: str) -> tuple[str, str]:
        """The address of the file that `path` names, as seen from the folder, and its path below docs_dir."""
        target = posixpath.normpath(posixpath.join(self._folder, unquote(path)).lstrip("/"))
        found = self._files.src_uris.get(target)
        # With that mark in its name a file could not be told from an anchor in another.
        if found is None or found.inclusion in _HIDDEN or "#" in target:
            raise Unsure
        return get_relative_url(found.url, self._file.url), found.src_uri


def _without_address(bare: bytes) -> tuple[bytes, bytes, bool]:
    """The tag of a link, whose address is cut out: before and behind it, and whether any page may hold it."""
    tag, attributes, empty = opened(bare)
    # An anchor of such a tag MkDocs might see otherwise.
    if tag != "a" or empty or attributes.get("href") != "" or attributes.keys() & {"id", "name"}:
        raise Unsure
    output = written(tag, attributes, empty=False)
    before, _, after = output.partition(b' href=""')
    return before, after, are_allowed(output)
