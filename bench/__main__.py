"""`python -m bench [--sizes 200,1000] [--rounds 3]`: one table, and bench.json."""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.steps import STEPS, ZENSICAL, make_project, measure, run_step

# The site stage is measured in turns with its peer, so that drift of the machine's speed hits both alike.
ROUNDS = 3
_PEERS_LEFT_OUT = {
    ZENSICAL: "pip install zensical, in an environment of its own",
    "hugo": "its content is another's; only its presence is told",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--sizes", default="200,1000,10000", help="articles, separated by commas")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    parser.add_argument("--step", nargs=2, metavar=("STEP", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.step:
        run_step(chosen.step[0], Path(chosen.step[1]))
        return 0
    results = [_measured(int(size), chosen.rounds) for size in chosen.sizes.split(",")]
    machine = {"system": platform.platform(), "python": platform.python_version()}
    chosen.out.write_text(json.dumps({"machine": machine, "results": results}, indent=1) + "\n", "utf-8")
    _say(f"written: {chosen.out}")
    return 0


def _measured(size: int, rounds: int) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        return _rows(folder / "project", size, rounds)
    finally:
        shutil.rmtree(folder)


def _rows(project: Path, size: int, rounds: int) -> dict[str, Any]:
    _say(f"\n{size} articles")
    make_project(project, size)
    row: dict[str, Any] = {"articles": size}
    for name, step in (
        ("bare model", "model"),
        ("cold build", "build"),
        ("nothing changed", "build"),
        ("one seed added", "one seed added"),
    ):
        row[name] = measure(step, project)
        _line(name, row[name])
    turns = []
    for _ in range(rounds):
        quick, stock, same = (measure(step, project) for step in ("quick", "stock", "same"))
        turns.append((quick, stock, same))
    row["site stage"], row["stock MkDocs"], row["compared"] = turns[-1]
    _line("site stage", row["site stage"])
    _line("stock MkDocs", row["stock MkDocs"])
    for unit in ("seconds", "cpu"):
        row[f"stock / quick, {unit}"] = statistics.median(stock[unit] / quick[unit] for quick, stock, _ in turns)
    cold, bare, compared = row["cold build"], row["bare model"], row["compared"]
    row["per-seed / model"] = cold["stage read and annotate"] / bare["seconds"]
    for unit in ("seconds", "cpu"):
        row[f"cold build / model, {unit}"] = cold[unit] / bare[unit]
    in_time, in_cpu = row["stock / quick, seconds"], row["stock / quick, cpu"]
    _say(f"  stock MkDocs / site stage: {in_time:.1f} in time, {in_cpu:.1f} in CPU")
    _say(f"  files that differ: {compared['different']:.0f} of {compared['files']:.0f}")
    _say(f"  per-seed stages / bare model, in time: {row['per-seed / model']:.2f}")
    whole, in_work = row["cold build / model, seconds"], row["cold build / model, cpu"]
    _say(f"  whole cold build / bare model: {whole:.2f} in time, {in_work:.2f} in CPU")
    for peer, how in _PEERS_LEFT_OUT.items():
        if peer in STEPS and shutil.which(peer):
            row[peer] = measure(peer, project)
            _line(peer, row[peer])
        else:
            _say(f"  {peer}: left out ({how})")
    return row


def _line(name: str, facts: dict[str, Any]) -> None:
    stages = ", ".join(f"{key[6:]} {value:.1f}" for key, value in facts.items() if key.startswith("stage "))
    more = f"  [{stages}]" if stages else ""
    _say(f"  {name:18}{facts['seconds']:9.2f} s{facts['cpu']:9.2f} s CPU{facts['megabytes']:7.0f} MB{more}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
