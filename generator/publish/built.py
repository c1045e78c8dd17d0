"""What the pipeline hands to the writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Built:
    """Everything that a corpus becomes, in memory, before anything is written."""

    files: Mapping[str, bytes]
    """Content by path below site_src/, with `/` between parts: Markdown pages, data, seeds published beside them."""
    articles: int
    """How many articles the site holds; 0 means that there is nothing to publish."""
    pages: frozenset[str] = field(default_factory=frozenset)
    """Those paths of `files` that must become an HTML page of the site."""
