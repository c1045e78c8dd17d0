"""What the pages need to know besides the corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from generator.corpus.editions import History
from generator.data import read_tree
from generator.model import Evidence, Issue
from generator.pages.wording import Words, english


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the engine's last evaluation, for the method page."""

    measure: str
    value: str
    baseline: str = ""
    floor: str = ""


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table that the build publishes."""

    name: str
    title: str
    rows: int
    columns: tuple[tuple[str, str, str], ...]
    """Name, type and what it holds."""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """Facts about the site and the build. Every field may be left out; pages then say less, never something wrong."""

    name: str = "Briefing"
    version: str = ""
    generated: str = ""
    """ISO time of the build from SOURCE_DATE_EPOCH, or empty: pages then name the newest date of the corpus."""
    seeds: int | None = None
    """How many seeds were found; `None`: as many as there are articles."""
    issues: tuple[Issue, ...] = ()
    """What the report holds; those of severity `error` are the quarantined seeds."""
    published: Mapping[str, str] = field(default_factory=dict)
    """Id to page source path of an earlier build: those addresses are kept."""
    key_points: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """Article id to its most telling sentences; the empty id has those of the whole corpus."""
    figures: tuple[Figure, ...] = ()
    """The engine's figures, for the method page."""
    citations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Article id to name of a format to the article in that format."""
    feeds: Mapping[str, str] = field(default_factory=dict)
    """Entity id to the path of its feed below site_src/; that of all articles by the empty string."""
    words: Words = field(default_factory=english)
    """The language of what the pages say of themselves."""
    linked: Mapping[str, str] = field(default_factory=dict)
    """JSON-LD for a script element, by id of article or entity, `event/` and id of event; home by the empty string."""
    history: History | None = None
    """What changed since the last edition; `None`: nobody keeps a record."""
    tables: tuple[TableFacts, ...] = ()
    """The tables of the data package."""
    downloads: tuple[str, ...] = ()
    """Paths below site_src/ of the data files that this build publishes (`data/articles.csv` …)."""


@cache
def published_figures() -> tuple[Figure, ...]:
    """The figures of the engine's last evaluation, as they ship with the package."""
    return tuple(
        Figure(
            f"{row['measure']} (of {row['support']:,})" if row["support"] else str(row["measure"]),
            _figure(row["figure"]),
            "" if row["baseline"] is None else _figure(row["baseline"]),
            f"at {'least' if row['higher_is_better'] else 'most'} {_figure(row['floor'])}",
        )
        for row in read_tree("figures.json")
    )


def _figure(value: float) -> str:
    # Whole numbers are counts: of invented values, of wrong merges.
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
