"""`make eval`: score the engine, print one table, write eval.json, fail where a floor is broken.

Usage: python -m tests.evaluation [--publish] [FOLDER]. --publish writes the figures that the method page of
every site shows (generator/data/figures.json). FOLDER holds evaluation text of others (default ../shared/eval);
what is absent there is named as skipped. The project's own gold in tests/gold is always scored.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from tests.evaluation import (
    clusters,
    dates,
    entities,
    metadata,
    own_clusters,
    own_dates,
    own_mentions,
    own_quotes,
    own_signals,
    own_stories,
    quotes,
    relevance,
    speed,
)
from tests.evaluation.measure import Measure

DEFAULT_FOLDER = Path("../shared/eval")
PUBLISHED = Path(__file__).parent.parent.parent / "generator/data/figures.json"

# Scorer, and the file of the folder that it needs; none: the project's own gold.
SCORERS: tuple[tuple[Callable[[Path], list[Measure]], str], ...] = (
    (lambda _: metadata.score(), ""),
    (lambda _: relevance.score(), ""),
    (lambda _: own_clusters.score(), ""),
    (lambda _: own_stories.score(), ""),
    (lambda _: own_stories.score_unseen(), ""),
    (lambda _: own_mentions.score(), ""),
    (lambda _: own_dates.score(), ""),
    (lambda _: own_quotes.score(), ""),
    (lambda _: own_signals.score(), ""),
    (entities.score, "entities-dev.jsonl"),
    (clusters.score, "entities-dev.jsonl"),
    (dates.score, "dates-dev.jsonl"),
    (quotes.score, "quotes-dev.jsonl"),
    (speed.score, "quotes-dev.jsonl"),
)


def run(folder: Path) -> tuple[list[Measure], list[str]]:
    """Every measure that `folder` allows, and what was skipped, with the reason."""
    measures: list[Measure] = []
    skipped: list[str] = []
    for scorer, needed in SCORERS:
        name = needed or "own gold"
        if needed and not (folder / needed).is_file():
            skipped.append(f"{name}: {folder / needed} is not there")
            continue
        started = time.perf_counter()
        measures.extend(scorer(folder))
        sys.stderr.write(f"{name}: {time.perf_counter() - started:.1f} s\n")
    return measures, skipped


def table(measures: Iterable[Measure]) -> str:
    """The measures as aligned text: name, figure, floor, goal, baseline, support."""
    lines = [f"{'measure':<58}{'figure':>10}{'floor':>10}{'goal':>10}{'baseline':>10}{'n':>8}"]
    for measure in measures:
        baseline = "-" if measure.baseline is None else f"{measure.baseline:.3f}"
        lines.append(
            f"{measure.name:<58}{measure.figure:>10.3f}{measure.floor:>10.3f}{measure.goal:>10.3f}"
            f"{baseline:>10}{measure.support:>8}"
        )
    return "\n".join(lines)


def broken(measures: Iterable[Measure]) -> list[Measure]:
    """The measures on the wrong side of their floor."""
    return [
        measure
        for measure in measures
        if (measure.figure < measure.floor if measure.higher_is_better else measure.figure > measure.floor)
    ]


def publish(measures: Iterable[Measure], file: Path = PUBLISHED) -> None:
    """Write the figures for the method page: what a machine's speed decides is left out."""
    rows = [
        {
            "measure": measure.name,
            "figure": round(measure.figure, 3),
            "baseline": None if measure.baseline is None else round(measure.baseline, 3),
            "floor": measure.floor,
            "support": measure.support,
            "higher_is_better": measure.higher_is_better,
        }
        for measure in measures
        if "(time)" not in measure.name
    ]
    file.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


def main(arguments: list[str]) -> int:
    """Score, print, write eval.json; 1 where a floor is broken."""
    folders = [argument for argument in arguments if argument != "--publish"]
    folder = Path(folders[0]) if folders else DEFAULT_FOLDER
    measures, skipped = run(folder)
    sys.stdout.write(table(measures) + "\n")
    sys.stdout.writelines(f"skipped {reason}\n" for reason in skipped)
    Path("eval.json").write_text(
        json.dumps({"measures": [asdict(measure) for measure in measures], "skipped": skipped}, indent=1) + "\n",
        "utf-8",
    )
    if "--publish" in arguments:
        publish(measures)
    failures = broken(measures)
    sys.stdout.writelines(f"below its floor: {measure.name}\n" for measure in failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
