"""How likely a line that no rule knows is furniture of the page: a learned judgement over features that say why.

Logistic regression in two stages (Wolpert's stacking): the first reads a line and its place, the second also what
the first thinks of the neighbours, so that a short line among paragraphs stays and one among buttons goes. The
weights are learned by `tools/learn_furniture.py`; each feature is described in `features`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from generator.clean.features import Look, around, beside, look
from generator.clean.lines import Line, stretched
from generator.data import read_rows

RULE = "furniture"
# A sentence wrongly taken costs the reader more than a scrap that is left. Measured on articles left out in turn,
# these lose less than one character of article in five hundred.
_SHORT_THRESHOLD = 0.5
_LONG_THRESHOLD = 0.7
_PROSE_THRESHOLD = 0.9
# Beside the name of an outlet: "Lac Gazette" has one such word in two, "Gazette newsletter" more.
_SITE_SHARE = 0.5
# What a sentence of the page has, and one of the article hardly ever.
_TELLTALE = frozenset({"reader-unspoken", "notice", "asks", "bio", "credited", "mail", "address", "phone"})
# Where a page has fewer lines than this, its lines say too little of one another.
_FEWEST = 3
# Lines beyond this are a table or a log, not a page, as are stretches; each costs some fifty microseconds.
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature is worth, in log odds, in either stage."""

    alone: dict[str, float]
    beside: dict[str, float]


@cache
def load_weights() -> Weights:
    """The weights of the package. The result is immutable."""
    rows = read_rows("furniture-weights.csv")
    return Weights(
        {row["feature"]: float(row["alone"]) for row in rows}, {row["feature"]: float(row["beside"]) for row in rows}
    )


def furniture(lines: Sequence[Line], verdicts: Sequence[str]) -> list[int]:
    """Indices of the `lines` without a verdict that are furniture; `verdicts` are the rules that took the others."""
    solid = [index for index, line in enumerate(lines) if not line.blank]
    if not _FEWEST <= len(solid) <= _MOST or any(stretched(lines[index]) for index in solid):
        return []
    weights = load_weights()
    looks = [look(lines[index].text.text) for index in solid]
    gaps = [at > 0 and index - solid[at - 1] > 1 for at, index in enumerate(solid)]
    removed = [bool(verdicts[index]) for index in solid]
    rows = [{**seen.own, **place} for seen, place in zip(looks, around(looks, gaps, removed), strict=True)]
    known = [1.0 if gone else _chance(row, weights.alone) for gone, row in zip(removed, rows, strict=True)]
    cells = [False, *("cells" in row for row in rows), False]
    final = [
        0.0
        if removed[at] or _stated(row) or (cells[at + 1] and (cells[at] or cells[at + 2]))
        else _chance({**row, **beside(known, at)}, weights.beside)
        for at, row in enumerate(rows)
    ]
    kept = [seen.prose and final[at] < _threshold(seen) and not removed[at] for at, seen in enumerate(looks)]
    if not any(kept):
        # Without a paragraph there is nothing for furniture to stand around: a list of names, a poem, a table.
        return []
    headline = _headline(rows, looks, final, removed)
    return [index for at, index in enumerate(solid) if at != headline and final[at] >= _threshold(looks[at])]


def _stated(row: dict[str, float]) -> bool:
    """Whether the line may state who wrote the article, when, or for whom: not for this judgement to take."""
    if {"byline", "bracketed", "cites"} & row.keys():
        return True
    named = (
        "has-paper" in row and row["site-share"] <= _SITE_SHARE and "asks" not in row and "reader-unspoken" not in row
    )
    if "sentence" in row and "in-tail" not in row and not row["site-share"] and not _TELLTALE & row.keys():
        # A sentence that says nothing of the page, before the last paragraph: dialogue, a short paragraph.
        return "seen-before" not in row
    return ("date" in row and "in-tail" not in row) or (named and "in-head" in row)


def _headline(
    rows: Sequence[dict[str, float]], looks: Sequence[Look], final: Sequence[float], removed: Sequence[bool]
) -> int:
    """The line over the article that is least likely furniture, where nothing longer would be left; else -1.

    Whatever a page looks like, one of the lines over its first paragraph is the headline.
    """
    fits = [
        at
        for at, row in enumerate(rows)
        if "in-head" in row and not removed[at] and not _stated(row) and not {"words-1", "words-2"} & row.keys()
    ]
    if not fits or any(final[at] < _threshold(looks[at]) for at in fits):
        return -1
    return min(fits, key=lambda at: final[at])


def _chance(row: dict[str, float], weights: dict[str, float]) -> float:
    total = sum(weights.get(name, 0.0) * value for name, value in row.items())
    return 1 / (1 + exp(-min(max(total, -30.0), 30.0)))


def _threshold(seen: Look) -> float:
    if seen.prose:
        # Who speaks to the reader, of the page, in no quotation marks, is hardly the article.
        return _LONG_THRESHOLD if _TELLTALE & seen.own.keys() else _PROSE_THRESHOLD
    if seen.short:
        return _SHORT_THRESHOLD
    plain = "sentence" in seen.own and not seen.site and not _TELLTALE & seen.own.keys()
    return _PROSE_THRESHOLD if plain else _LONG_THRESHOLD
