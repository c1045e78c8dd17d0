"""Tags of generated blocks: what becomes of each, its anchor, and whether all are nested.

All in bytes, as they come from the disk and go to it. Most tags are written as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from generator.site.markup import find_fault, is_ordinary

DATA = b"<\x02>"
"""What stands for an element with data for machines, as if it were a tag; no block holds it."""
_OPENING = re.compile(r'<([a-z][a-z0-9]*)((?: [a-zA-Z_][-a-zA-Z0-9_.]*="[^"<>\n\t]*")*) ?(/?)>\Z')
_CLOSING = re.compile(r"</([a-z][a-z0-9]*)>\Z")
_ATTRIBUTE = re.compile(r' ([a-zA-Z_][-a-zA-Z0-9_.]*)="([^"]*)"')
REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
"""A character reference as XML knows it."""
_NAMED = {"amp": 38, "lt": 60, "gt": 62, "quot": 34, "apos": 39}
FRAGMENT = re.compile(r"[-\w.:]+\Z", re.ASCII)
"""An anchor that stands in an address as it is."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HTML_EMPTY = "area base br col embed frame hr img input link meta param source track wbr"
_VOID = frozenset(_HTML_EMPTY.split())
# What a browser would fetch or run, and what Markdown treats apart. None of it stands in a generated block.
_FETCHED_OR_RUN = "script style iframe object audio video image use sup isindex basefont"
_LEFT_TO_MKDOCS = frozenset((*_VOID - {"br", "hr", "wbr", "col"}, *_FETCHED_OR_RUN.split()))
# Those that do not come back, such as links to paragraphs, need not be kept for ever.
REMEMBERED = 50_000
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
# One tag as it is written; what an empty element comes to is two.
_WRITTEN_TAG = re.compile(rb"<[^<>]*+>")


Effect = tuple[bytes, bytes] | None
"""Which elements tags close that were open before, and which they leave open, the inmost last; `None`: none of both."""


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
        self._effects: dict[bytes, Effect] = {}
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
        if max(len(self), len(self.special), len(self._effects)) > REMEMBERED:
            self._begin_anew()

    def nesting(self, found: Iterable[bytes]) -> tuple[Effect, list[int], list[int]]:
        """The effect of the tags `found`, and which are links, and which special. Raises `Unsure`: not nested well.

        Lists and tables hold the same few sequences again and again, and the effect of each is remembered.
        """
        codes = bytes(map(self.__getitem__, found))
        sequences = _SEQUENCES.findall(codes)
        for sequence in set(sequences).difference(self._effects):
            self._effects[sequence] = _effect(sequence)
        links, special = ([match.start() for match in kind.finditer(codes)] for kind in (_LINKS, _SPECIALS))
        return together(map(self._effects.__getitem__, sequences)), links, special

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
        output = written(tag, attributes, empty=empty)
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


def together(effects: Iterable[Effect]) -> Effect:
    """The effect of tags of which one part after the other has these. Raises `Unsure` where they do not nest."""
    closed, begun = b"", bytearray()
    for ends, begins in filter(None, effects):
        if ends:
            if begun[-len(ends) :] == ends:
                del begun[-len(ends) :]
            elif ends.endswith(begun):
                closed = ends[: len(ends) - len(begun)] + closed
                begun.clear()
            else:
                raise Unsure
        begun += begins
    return (closed, bytes(begun)) if closed or begun else None


def _effect(sequence: bytes) -> Effect:
    """The effect of a sequence of tags, by their bytes."""
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


def opened(token: bytes) -> tuple[str, dict[str, str], bool]:
    """Name and attributes of an opening tag, and whether the element ends with it. Raises `Unsure`."""
    opening = _OPENING.match(token.decode())
    if opening is None or opening[1] in _LEFT_TO_MKDOCS:
        raise Unsure
    pairs = _ATTRIBUTE.findall(opening[2])
    attributes = {key: REFERENCE.sub(character, value) for key, value in pairs}
    if len(attributes) != len(pairs) or "style" in attributes:
        raise Unsure
    if opening[1] == "a" and "href" not in attributes:
        raise Unsure
    if opening[1] in _VOID and not opening[3]:
        raise Unsure
    return opening[1], attributes, bool(opening[3])


def are_allowed(text: bytes) -> bool:
    """Whether `text` is one tag or more that any page may hold: the tripwire would say so of each.

    What a theme may hold besides is not asked, so that a tag and its address can be looked at one by one.
    """
    if is_ordinary(text):
        return True
    tags = _WRITTEN_TAG.findall(text)
    return b"".join(tags) == text and not any(find_fault(tag[1:-1].decode()) for tag in tags)


def with_anchor(heading: Special, anchor: str) -> bytes:
    """The opening tag `heading` with an `id`."""
    return written(f"h{heading.level}", {**heading.attributes, "id": anchor}, empty=False)


def code_point(match: re.Match[str]) -> int:
    """The character that a match of `REFERENCE` stands for."""
    if match[3]:
        return _NAMED[match[3]]
    return int(match[1]) if match[1] else int(match[2], 16)


def character(match: re.Match[str]) -> str:
    """The same as text."""
    return chr(code_point(match))


def written(tag: str, attributes: Mapping[str, str], *, empty: bool) -> bytes:
    """A tag as Python-Markdown's serializer writes it."""
    inside = "".join(f' {key}="{escaped(value)}"' for key, value in sorted(attributes.items()))
    if not empty:
        return f"<{tag}{inside}>".encode()
    return (f"<{tag}{inside} />" if tag in _VOID else f"<{tag}{inside}></{tag}>").encode()


def escaped(value: str) -> str:
    """A value of an attribute as Python-Markdown's serializer writes it."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
