"""`python -m bench [--sizes 1000,10000] [--rounds 3]`: one table, and bench.json."""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.filled import make_filled_project
from bench.peers import HOW
from bench.steps import make_project, measure, run_step

# The site stage is measured in turns with its peer, so that drift of the machine's speed hits both alike.
ROUNDS = 3
# Enough that loading the model is a small part, few enough that the model does not take most of the hour.
READ_ARTICLES = 200
_STOCK = "stock MkDocs, its search off"
_SEARCHED = "stock MkDocs, its search on"
_SITE = "site stage"
_MODELS = {"bare model": "name finder alone", "model as shipped": "every component"}
_ROWS = ("build, seeds analysed", "nothing changed", "one seed added", _SITE, _STOCK, _SEARCHED, *HOW)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--sizes", default="1000,10000", help="articles, separated by commas")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--read", type=int, default=READ_ARTICLES, help="articles to read with the model")
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    parser.add_argument("--step", nargs=2, metavar=("STEP", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.step:
        run_step(chosen.step[0], Path(chosen.step[1]))
        return 0
    sizes = [int(size) for size in chosen.sizes.split(",")]
    reading = _in_folder(partial(_read, count=chosen.read))
    results = [_in_folder(partial(_rows, size=size, rounds=chosen.rounds)) for size in sizes]
    machine = {"system": platform.platform(), "python": platform.python_version(), "load": os.getloadavg()}
    document = {"machine": machine, "reading": reading, "results": results}
    chosen.out.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    _say(_table(reading, results))
    _say(f"written: {chosen.out}")
    return 0


def _in_folder(work: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        return work(folder / "project")
    finally:
        shutil.rmtree(folder)


def _read(project: Path, count: int) -> dict[str, Any]:
    """The per-seed stages on plain and on hostile text."""
    make_project(project, count)
    _say(f"reading {count} articles, then hostile ones")
    models = {name: measure(name, project) for name in _MODELS}
    cold = measure("build", project)
    hostile = measure("hostile", project)
    return {"articles": count, **models, "cold build": cold, "hostile": hostile}


def _rows(project: Path, size: int, rounds: int) -> dict[str, Any]:
    _say(f"{size} articles")
    make_filled_project(project, size)
    row: dict[str, Any] = {"articles": size}
    for name, step in zip(_ROWS[:3], ("build", "build", "one seed added"), strict=True):
        row[name] = measure(step, project)
    turns = []
    for _ in range(rounds):
        turns.append(tuple(measure(step, project) for step in ("quick", "stock", "same")))
    row[_SITE], row[_STOCK], row["compared"] = turns[-1]
    row[_SEARCHED] = measure("stock with search", project)
    for unit in ("seconds", "cpu"):
        row[f"stock / site stage, {unit}"] = statistics.median(stock[unit] / quick[unit] for quick, stock, _ in turns)
        row[f"stock with search / site stage, {unit}"] = row[_SEARCHED][unit] / row[_SITE][unit]
    for peer in HOW:
        if shutil.which(peer):
            row[peer] = measure(peer, project)
            for unit in ("seconds", "cpu"):
                row[f"{peer} / site stage, {unit}"] = row[peer][unit] / row[_SITE][unit]
    return row


def _table(reading: dict[str, Any], results: Sequence[dict[str, Any]]) -> str:
    """Everything that was measured, a line for each work and a column for each size."""
    lines = ["", _line("articles", [str(row["articles"]) for row in results])]
    lines.append(_line("pages", [f"{row[_SITE]['pages']:.0f}" for row in results]))
    for name in _ROWS:
        missing = f"left out: {HOW[name]}" if name in HOW else ""
        lines.append(_line(name, [_facts(row[name]) if name in row else missing for row in results]))
    for name in ("stock / site stage", "stock with search / site stage", *[f"{peer} / site stage" for peer in HOW]):
        rows = [row for row in results if f"{name}, cpu" in row]
        if rows:
            cells = [f"{row[f'{name}, seconds']:.1f} in time, {row[f'{name}, cpu']:.1f} in CPU" for row in rows]
            lines.append(_line(name, cells))
    lines.append(_line("files that differ", [_different(row["compared"]) for row in results]))
    lines.append(_line("left to Python-Markdown", [_left(row[_SITE]) for row in results]))
    lines.append(_line("the same, hostile text", [_left(reading["hostile"])]))
    added = [f"{100 * row['one seed added']['cpu'] / row['build, seeds analysed']['cpu']:.0f} %" for row in results]
    lines.append(_line("one seed added / build", added))
    for one, other in pairwise(results):
        grown = math.log(other[_SITE]["cpu"] / one[_SITE]["cpu"]) / math.log(
            other[_SITE]["pages"] / one[_SITE]["pages"]
        )
        lines.append(_line(f"growth of the site stage, {one['articles']} to {other['articles']}", [f"{grown:.2f}"]))
    return "\n".join([*lines, *_reading(reading)])


def _reading(facts: dict[str, Any]) -> list[str]:
    """The lines on cold builds beside the model: bare, which is its name finder alone, and as it is shipped."""
    cold = facts["cold build"]
    stages = f"{cold['stage read and annotate']:.1f} s"
    lines = [_line(f"per-seed stages, {facts['articles']} articles", [stages])]
    for name, what in _MODELS.items():
        model = facts[name]
        lines.append(_line(f"{name} ({what})", [_facts(model)]))
        ratios = f"{cold['seconds'] / model['seconds']:.2f} in time, {cold['cpu'] / model['cpu']:.2f} in CPU"
        lines.append(_line(f"whole cold build / {name}", [ratios]))
    return lines


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:42}" + "".join(f"{cell:>38}" for cell in cells)


def _facts(facts: dict[str, float]) -> str:
    return f"{facts['seconds']:.1f} s, {facts['cpu']:.1f} s CPU, {facts['megabytes']:.0f} MB"


def _different(facts: dict[str, float]) -> str:
    return f"{facts['different']:.0f} of {facts['files']:.0f}"


def _left(facts: dict[str, float]) -> str:
    return f"{facts['left to Python-Markdown']:.0f} of {facts['pages']:.0f}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
