"""What the pipeline hands to the writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from generator.corpus.editions import History
from generator.publish.permalinks import Registry
from generator.publish.writer import Content
from generator.recall import PageMemory, PointMemory, SeedMemory, TableMemory


@dataclass(frozen=True, slots=True)
class Beside:
    """The files that are no pages, and what the next build needs to make less of them anew."""

    files: Mapping[str, Content] = field(default_factory=dict)
    """Content by path below site_src/."""
    search: Content = b""
    """What the next build needs to make less of the search index anew, as it is kept."""
    tables: TableMemory = field(default_factory=TableMemory)
    kept: frozenset[str] = field(default_factory=frozenset)
    """Paths of generated files that stand there with the content that they are to have; they are not in `files`."""


def _nothing() -> None:
    """What there is to do about nobody who works."""


def _at_hand() -> bool:
    """Whether what nobody makes any more is there."""
    return True


@dataclass(frozen=True, slots=True)
class Awaited:
    """What somebody else makes meanwhile."""

    names: frozenset[str] = frozenset()
    """Files that are sure to be among those that come."""
    take: Callable[[], Beside] = Beside
    """Waits for them; to be asked once."""
    close: Callable[[], None] = _nothing
    """Ends the work, done or not."""
    there: Callable[[], bool] = _at_hand
    """Whether nobody need wait for them."""


@dataclass(frozen=True, slots=True)
class Built:
    """Everything that a corpus becomes, in memory, before anything is written."""

    files: Mapping[str, bytes]
    """Content by path below site_src/, with `/` between parts: Markdown pages, seeds published beside them."""
    articles: int
    """How many articles the site holds; 0 means that there is nothing to publish."""
    registry: Registry = field(default_factory=Registry)
    """The addresses after this build; recorded once the site is published."""
    history: History | None = None
    """The record of editions after this build; `None`: it is left as it is."""

    kept: frozenset[str] = frozenset()
    """Files that stand below site_src/ as they are to be, and are not in `files`."""
    memory: PageMemory = field(default_factory=PageMemory)
    """What the next build needs to know to keep pages of this one."""
    points: PointMemory = field(default_factory=PointMemory)
    """The key points of this one's articles, for the next build."""
    seeds: SeedMemory = field(default_factory=SeedMemory)
    """What the next build needs to know to leave seeds unread that stand as they stood in this one."""
    copies: Mapping[str, str] = field(default_factory=dict)
    """Path of each copy of a seed below site_src/ to the digest of the seed."""
    beside: Awaited = field(default_factory=Awaited)
    """Data and search, which no page waits for. Whoever has this closes it."""

    @property
    def pages(self) -> frozenset[str]:
        """The generated sources that must each become an HTML page."""
        return frozenset(name for names in (self.kept, self.files) for name in names if name.endswith(".md"))
