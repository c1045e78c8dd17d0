"""What the articles cite: how each citation is shown, and what is cited and not there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from generator.model import Article, Reference, ResolvedReference

_MARKS = re.compile(r"[^\w]+")

Wanted = tuple[str, str, tuple[str, ...]]
"""Title as cited, ISO date or empty, and the ids of the articles that cite it."""


def cited_as(article: Article, reference: Reference) -> str:
    """The title of what is cited; where only words tell of it (`as we reported on March 7`), these, if they may be."""
    if reference.title or article.publish != "full":
        return reference.title
    text = article.annotated.document.seed.text[reference.span.start : reference.span.end]
    return f"“{' '.join(text.split())}”" if text.strip() else ""


def wanted(references: Sequence[ResolvedReference], articles: Mapping[str, Article]) -> tuple[Wanted, ...]:
    """What is cited and not in the corpus, the most cited first.

    Titles that differ in marks and capitals are one, as are those of which some citations give no date and the others
    one. What is cited without a title is known by its day.
    """
    by_title: defaultdict[str, list[ResolvedReference]] = defaultdict(list)
    for one in references:
        if not one.resolved_article:
            by_title[_MARKS.sub(" ", one.reference.title).strip().casefold()].append(one)
    rows: list[Wanted] = []
    for title, cited in by_title.items():
        dates = {one.reference.date for one in cited if one.reference.date}
        only = next(iter(dates)) if title and len(dates) == 1 else ""
        by_date: defaultdict[str, list[ResolvedReference]] = defaultdict(list)
        for one in cited:
            by_date[one.reference.date or only].append(one)
        for date, same in by_date.items():
            shown = next(
                (words for one in same if (words := cited_as(articles[one.article], one.reference))),
                "",
            )
            rows.append((shown, date, tuple(sorted({one.article for one in same}))))
    return tuple(sorted(rows, key=lambda row: (-len(row[2]), row[1], row[0])))
