"""The tripwire over pages that are filled in: each constant part is read once, what differs on every page.

A page that was filled in is its constant parts, which are the same bytes on all pages of its shape, and what stands in
the places between. The constant parts are accepted when the tripwire finds nothing in the whole page that they make
with `x` in every place. It finds tags by their `<` and `>` alone, and no place is within a script, style or comment, so
that a page holds besides these parts just

- tags of the frame with a place in them: written out and looked at on every page,
- texts of the frame: they may hold neither `<` nor `>`,
- the content, of which `markup` has looked at each tag and each text in between,
- elements with data for machines.

Where any of this does not hold, or a tag is refused, the tripwire reads the whole page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.site.fast.markup import Rendered
from generator.site.tripwire import Tripwire

Parts = Sequence[tuple[bytes, str]]
"""Constant parts, each with the place that follows it. `id` and `name` stand for entries of the table of contents."""
_ENTRY = frozenset(("id", "name"))
# What opens and what closes a stretch in which a tag is no tag.
_STRETCHES = ((b"<script", b"</script"), (b"<style", b"</style"), (b"<!--", b"-->"))
# Anchors in tables of contents that are remembered as good. Most pages have the same; paragraphs have no entry.
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Frame:
    """The constant parts of a shape, as far as they need not be read again."""

    accepted: bool
    guarded: bool = False
    """Whether the policy stands before everything else."""
    tags: Sequence[Parts] = ()
    """Tags with places in them."""
    entry_tags: Sequence[Parts] = ()
    """The same, with places of the table of contents."""
    texts: Sequence[str] = ()
    """Places between tags."""
    anchors: set[str] = field(default_factory=set)
    """Those that were found good in `entry_tags`."""


class Frames:
    """Reads frames and filled-in pages for one tripwire."""

    def __init__(self, tripwire: Tripwire) -> None:
        self._tripwire = tripwire

    def check_whole(self, name: str, page: bytes) -> list[str]:
        """What the tripwire finds in the whole page `name`."""
        return self._tripwire.check_page(name, page.decode("utf-8", "replace"))

    def check_around(self, name: str, page: bytes, rendered: Rendered) -> list[str]:
        """What the tripwire finds in the page `name`, which a template made of `rendered`."""
        before, met, after = page.partition(rendered.content)
        if not met:
            return self.check_whole(name, page)
        return self.check(name, page, self.read(name, ((before, "content"), (after, ""))), {}, rendered)

    def read(self, name: str, parts: Parts) -> Frame:
        """Read the constant parts of the shape that the page `name` has."""
        blank = b"".join(constant + (b"x" if place else b"") for constant, place in parts)
        places = _places(parts)
        if places is None or self.check_whole(name, blank):
            return Frame(accepted=False)
        tags, texts = places
        return Frame(
            accepted=True,
            guarded=self._tripwire.is_guarded(blank.decode("utf-8", "replace")),
            tags=[tag for tag in tags if not _ENTRY.intersection(place for _, place in tag)],
            entry_tags=[tag for tag in tags if _ENTRY.intersection(place for _, place in tag)],
            texts=[place for place in dict.fromkeys(texts) if place not in _ENTRY and place != "content"],
        )

    def check(self, name: str, page: bytes, frame: Frame, values: Mapping[str, bytes], rendered: Rendered) -> list[str]:
        """What the tripwire finds in the page `name`, which was filled into `frame` with `values`."""
        if self._sound(name, frame, values, rendered):
            return []
        return self.check_whole(name, page)

    def _sound(self, name: str, frame: Frame, values: Mapping[str, bytes], rendered: Rendered) -> bool:
        if not frame.accepted or not (frame.guarded or self._tripwire.is_free(name)):
            return False
        for place in frame.texts:
            if b"<" in values[place] or b">" in values[place]:
                return False
        if not self._tripwire.admits({_written(tag, values) for tag in frame.tags}):
            return False
        for _, anchor, title in rendered.headings[1:]:
            if "<" in title or ">" in title:
                return False
            if anchor not in frame.anchors:
                entry = {"id": anchor.encode(), "name": title.encode()}
                if not self._tripwire.admits({_written(tag, entry) for tag in frame.entry_tags}):
                    return False
                if len(frame.anchors) < _REMEMBERED:
                    frame.anchors.add(anchor)
        return rendered.sound and all(map(self._tripwire.admits_data, rendered.scripts))


def _written(tag: Parts, values: Mapping[str, bytes]) -> bytes:
    return b"".join([constant + values[place] if place else constant for constant, place in tag])


def _places(parts: Parts) -> tuple[list[Parts], list[str]] | None:
    """The tags that hold places, and the places between tags; `None` where a place is in anything else."""
    tags: list[Parts] = []
    texts: list[str] = []
    begun: list[tuple[bytes, str]] = []
    before = b""
    for constant, place in parts:
        before += constant.lower()
        rest = constant
        if begun:
            tag, end, rest = constant.partition(b">")
            begun.append((tag + end, "" if end else place))
            if b"<" in tag:
                return None
            if not end:
                continue
            tags.append(tuple(begun))
            begun = []
        if not place:
            break
        if any(before.count(opening) != before.count(closing) for opening, closing in _STRETCHES):
            return None
        at = rest.rfind(b"<")
        if at > rest.rfind(b">"):
            begun = [(rest[at:], place)]
        else:
            texts.append(place)
    # The title of an entry differs from page to page, so that an anchor could not vouch for a tag that holds it.
    if begun or any(place in ("content", "name") for tag in tags for _, place in tag):
        return None
    return tags, texts
