"""Links to anchors: followed once every page is made, as MkDocs does last.

Tens of thousands of pages have half a million anchors and links to them. So the anchors of a page are one text, and so
are its links; the process that makes pages sorts what they want of others by the page that it is wanted of, and
whoever follows asks each page once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Set
from zlib import crc32

# XML allows it in no value; Markdown does, where it is changed: no browser keeps it in an anchor either.
_SEPARATOR, _INSTEAD = "\0", "\ufffd"


def packed(names: Iterable[str]) -> str:
    """`names`, which hold no separators, as one text that `unpacked` takes apart; the same for the same names."""
    return _SEPARATOR.join(sorted(names))


def without_separators(names: Iterable[str]) -> frozenset[str]:
    """`names` such that they can be packed."""
    return frozenset(name.replace(_SEPARATOR, _INSTEAD) for name in names)


def unpacked(text: str) -> list[str]:
    """What was packed."""
    return text.split(_SEPARATOR) if text else []


def sums(links: Iterable[str]) -> bytes:
    """Four bytes for each link to another page, in an order of their own; `links` as in `Rendered.links`."""
    found = {crc32(link.encode("utf-8", "surrogatepass")) for link in links if link[0] != "#"}
    return array("I", sorted(found)).tobytes()


class Wanted(dict[str, str]):
    """By page the anchors that links want of it, packed; by the empty text those that pages lack of their own."""

    def take(self, links: Iterable[str]) -> None:
        """Add what `links` want, which are as in `Rendered.links`."""
        for link in links:
            page, mark, anchor = link.partition("#")
            if mark:
                self._add(page, anchor)

    def join(self, other: Mapping[str, str]) -> None:
        """Add what another has."""
        for page, anchors in other.items():
            self._add(page, anchors)

    def dead(self, anchors: Mapping[str, Iterable[str]]) -> frozenset[str]:
        """The links that lead to none of the `anchors`, which are by page. As they came."""
        return frozenset(
            f"{page}#{anchor}"
            for page, wanted in self.items()
            for anchor in set(wanted.split(_SEPARATOR)).difference(anchors.get(page, ()))
        )

    def _add(self, page: str, anchors: str) -> None:
        self[page] = f"{self[page]}{_SEPARATOR}{anchors}" if page in self else anchors


class Unpacking(Mapping[str, Set[str]]):
    """What was packed, by name; taken apart when it is asked for, since hardly any is."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __getitem__(self, name: str) -> Set[str]:
        return frozenset(unpacked(self._texts[name]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, name: object) -> bool:
        return name in self._texts
