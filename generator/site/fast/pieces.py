"""What becomes of a piece of a generated block, a row of a list or all of it, besides what follows from its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.site.fast.tags import Effect, Special


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading."""

    tag: Special
    inner: bytes
    closing: bytes
    name: str
    """As the table of contents has it."""
    anchor: str
    """Its own, or the one that it is given where nothing else on the page has it."""
    written: bytes
    """The tag with that anchor."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that begins with a tag."""

    texts: Sequence[bytes]
    """What is written before, between and behind its `headings`."""
    headings: Sequence[Heading]
    effect: Effect
    """Of all its tags."""
    anchors: Sequence[str]
    """Without those that headings are given."""
    leads: Sequence[str]
    """Where its links lead, as in `Rendered.links`, those out of the site left out."""
