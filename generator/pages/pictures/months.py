"""Counts by month: small bars beside a name, and the matrix of names by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from generator.lazy.named import articles_of
from generator.pages.library import Library, Name

# Columns of the matrix: three years of months, or as many years, fit a page and a sheet of paper.
COLUMNS = 36
# Rows of the matrix for each type.
ROWS = 12
# Steps of shade that an eye can tell apart in either light.
SHADES = 5
UNDATED = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An entity with its counts in the columns of the matrix."""

    entity: Name
    counts: tuple[int, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many articles name whom, by month or by year."""

    columns: tuple[str, ...]
    """Months (`2024-02`), or years where there are more months than fit."""
    rows: tuple[Row, ...]
    most: int
    """The largest count, which the darkest shade stands for, unless it is small."""
    earlier: int
    """Dated articles from before the first column."""

    @property
    def years(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The columns by year where they are months; empty where they are years."""
        months = (column for column in self.columns if len(column) > len("2024"))
        return tuple((year, tuple(some)) for year, some in groupby(months, key=lambda month: month[:4]))

    def shade(self, count: int) -> int:
        """0 for none, up to `SHADES` for the largest count."""
        # Where the largest count is small, one article is not the darkest there is.
        return -(-count * SHADES // max(self.most, SHADES)) if count else 0


def coverage(library: Library, kind: str) -> Coverage:
    """The matrix of the most mentioned entities of one type."""
    dated = {article.id: _month(article.published.iso) for article in library.corpus.articles}
    months = sorted({month for month in dated.values() if month})
    length = 7 if len(months) <= COLUMNS else 4
    all_columns = sorted({month[:length] for month in months})
    columns = tuple(all_columns[-COLUMNS:])
    ranked = sorted(
        (entity for entity in library.corpus.entities if entity.type == kind),
        key=lambda entity: (-len(entity.mentions), entity.name),
    )[:ROWS]
    rows: list[Row] = []
    for entity in ranked:
        counts = Counter(dated[article][:length] for article in articles_of(entity.mentions))
        rows.append(Row(library.names[entity.id], tuple(counts[column] for column in columns), counts[UNDATED]))
    most = max((count for row in rows for count in (*row.counts, row.undated)), default=1)
    shown = frozenset(columns)
    earlier = sum(1 for month in dated.values() if month and month[:length] not in shown)
    return Coverage(columns, tuple(rows), max(most, 1), earlier)


def spark(library: Library, articles: Iterable[str], columns: int = 12) -> tuple[int, ...]:
    """Articles in each of the last `columns` months that the corpus has; empty where it has fewer than three."""
    months = library.months[-columns:]
    if len(months) < 3:
        return ()
    counts = Counter(_month(library.articles[article].published.iso) for article in articles)
    return tuple(counts[month] for month in months)


def _month(iso: str) -> str:
    return iso[:7] if len(iso) >= 7 and iso[4] == "-" and iso[5:7].isdigit() and 1 <= int(iso[5:7]) <= 12 else UNDATED
