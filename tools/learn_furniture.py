"""Learn the weights of `generator/data/furniture-weights.csv` from the gold articles and the samples beside this file.

    python tools/learn_furniture.py tests/gold/metadata [MORE FOLDERS…]

Logistic regression with an L2 penalty, in two stages: the second one sees what the first one thinks of the
neighbours. Deterministic: same gold, same weights. The rules of debris.yml are hidden in part, so that the
classifier learns what they know and does not lean on them. Prints how well it does on articles left out in turn.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from generator.clean.debris import load_rules
from generator.clean.features import Look, around, beside, look
from generator.clean.lines import split_lines
from generator.clean.sweep import rule_verdicts
from generator.data import read_tree
from generator.read import Limits, read_seed

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "generator" / "data" / "furniture-weights.csv"
# Lost article text is worse than debris that is left; a long line weighs more than a short one.
ARTICLE, SENTENCE = 2.0, 4.0
PENALTY = 2.0
HIDDEN = (0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Page:
    """One page: its lines, where blank lines stand, what rules took, and what is furniture indeed."""

    looks: list[Look]
    gaps: list[bool]
    removed: list[bool]
    furniture: list[bool]
    texts: list[str]


def pages(path: Path, *, augment: bool) -> list[Page]:
    """The gold article at `path`; with `augment` also with rules' findings hidden in part, and with samples in it."""
    gold = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))
    seed = read_seed(path.name, path.read_bytes(), None, Limits())
    debris = _debris(seed.text, gold.get("outside") or [])
    lines = list(split_lines(seed.text))
    verdicts = rule_verdicts(lines, load_rules(), seed.text, frozenset())
    texts, gaps, removed, furniture = [], [], [], []
    gap = False
    for line, verdict in zip(lines, verdicts, strict=True):
        if line.blank:
            gap = True
            continue
        solid = [at for at in range(line.start, line.end) if not seed.text[at].isspace()]
        texts.append(line.text.text)
        gaps.append(gap)
        removed.append(bool(verdict))
        furniture.append(sum(at in debris for at in solid) * 2 > len(solid))
        gap = False
    chance = random.Random(path.stem)  # noqa: S311 -- shuffles samples, guards nothing
    found = []
    for hidden in HIDDEN if augment else (0.0,):
        kept = [taken and chance.random() >= hidden for taken in removed]
        found.append(Page([look(text) for text in texts], gaps, kept, furniture, texts))
    if augment:
        found.append(_mixed(texts, gaps, furniture, chance))
        found.append(_mixed(texts, gaps, furniture, chance))
    return found


def _mixed(texts: list[str], gaps: list[bool], furniture: list[bool], chance: random.Random) -> Page:
    """The article with furniture samples strewn in, alone or in rows, and short article lines between paragraphs."""
    page = _samples("page.txt") + [
        str(example)
        for rule in read_tree("debris.yml")["rules"]
        if rule["kind"] == "line"
        for example in rule["examples"]
    ]
    article = _samples("article.txt")
    out: list[tuple[str, bool, bool]] = []
    for text, gap, bad in zip(texts, gaps, furniture, strict=True):
        draw = chance.random()
        if draw < 0.15:
            for at in range(chance.choice((1, 1, 2, 4))):
                out.append((chance.choice(page), gap if at == 0 else False, True))
        elif draw < 0.25:
            out.append((chance.choice(article), gap, False))
        out.append((text, gap, bad))
    for at in range(chance.choice((0, 3, 6, 10))):
        out.append((chance.choice(page), at == 0, True))
    looks = [look(text) for text, _, _ in out]
    return Page(looks, [gap for _, gap, _ in out], [False] * len(out), [bad for *_, bad in out], [t for t, *_ in out])


def _samples(name: str) -> list[str]:
    return [line for line in (HERE / "furniture" / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def _debris(text: str, outside: Sequence[dict[str, object]]) -> set[int]:
    found: set[int] = set()
    position = 0
    for entry in outside:
        kind, stretch = next((kind, value) for kind, value in entry.items() if isinstance(value, str))
        start = position
        for _ in range(1 + int(str(entry.get("after", 0)))):
            start = text.index(stretch, position)
            position = start + len(stretch)
        if kind == "debris":
            found.update(range(start, position))
    return found


Rows = list[dict[str, float]]


def rows_of(page: Page) -> Rows:
    """The first stage's features of each line of `page`."""
    return [
        {**seen.own, **place}
        for seen, place in zip(page.looks, around(page.looks, page.gaps, page.removed), strict=True)
    ]


def fit(rows: Rows, labels: Sequence[bool], weights: Sequence[float]) -> dict[str, float]:
    """Logistic regression by Newton's method."""
    names = sorted({name for row in rows for name in row})
    at = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for index, row in enumerate(rows):
        for name, value in row.items():
            matrix[index, at[name]] = value
    target, weight = np.array(labels, dtype=float), np.array(weights)
    beta = np.zeros(len(names))
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        gradient = matrix.T @ (weight * (target - chance)) - PENALTY * beta
        curvature = (matrix.T * (weight * chance * (1 - chance) + 1e-9)) @ matrix + PENALTY * np.eye(len(names))
        step = np.linalg.solve(curvature, gradient)
        beta += step
        if np.abs(step).max() < 1e-6:
            break
    return {name: float(value) for name, value in zip(names, beta, strict=True)}


def chances(rows: Rows, model: dict[str, float]) -> list[float]:
    """How likely each line is furniture."""
    sums = [sum(model.get(name, 0.0) * value for name, value in row.items()) for row in rows]
    return [float(1 / (1 + np.exp(-min(max(total, -30), 30)))) for total in sums]


def settled(page: Page, first: dict[str, float]) -> list[float]:
    """What the second stage is told of the lines: what rules took is furniture for sure."""
    return [1.0 if gone else chance for gone, chance in zip(page.removed, chances(rows_of(page), first), strict=True)]


def stacked(page: Page, first: dict[str, float]) -> Rows:
    """The second stage's features of each line of `page`."""
    known = settled(page, first)
    return [{**row, **beside(known, index)} for index, row in enumerate(rows_of(page))]


def learn(training: Sequence[Page]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of both stages."""
    local: Rows = []
    first_rows, labels, weights = [], [], []
    for name, bad in (("page.txt", True), ("article.txt", False)):
        for text in _samples(name):
            local.append(look(text).own)
            labels.append(bad)
            weights.append(1.0)
    first_rows.extend(local)
    for page in training:
        for row, gone, bad, seen, text in zip(
            rows_of(page), page.removed, page.furniture, page.looks, page.texts, strict=True
        ):
            if gone:
                continue
            first_rows.append(row)
            labels.append(bad)
            weights.append(_weight(seen, text, bad=bad) / 2)
    first = fit(first_rows, labels, weights)
    rows, labels, weights = [], [], []
    for page in training:
        for row, gone, bad, seen, text in zip(
            stacked(page, first), page.removed, page.furniture, page.looks, page.texts, strict=True
        ):
            if gone:
                continue
            rows.append(row)
            labels.append(bad)
            weights.append(_weight(seen, text, bad=bad) / 2)
    return first, fit(rows, labels, weights)


def _weight(seen: Look, text: str, *, bad: bool) -> float:
    if bad:
        return 1.0
    return SENTENCE if seen.prose or len(text) > 100 else ARTICLE


def main(folders: Sequence[str]) -> None:
    """Learn from all gold in `folders`, report on what each part of it tells of the rest, write the weights."""
    paths = sorted(path for folder in folders for path in Path(folder).glob("*.txt"))
    augmented = {path: pages(path, augment=True) for path in paths}
    tally: dict[float, list[int]] = {threshold: [0, 0, 0, 0] for threshold in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)}
    misses = []
    folds = 6
    for fold in range(folds):
        held = paths[fold::folds]
        first, second = learn([page for path in paths if path not in held for page in augmented[path]])
        for path in held:
            page = augmented[path][0]
            final = chances(stacked(page, first), second)
            for chance, bad, gone, text in zip(final, page.furniture, page.removed, page.texts, strict=True):
                size = len("".join(text.split()))
                for threshold, counts in tally.items():
                    taken = gone or chance >= threshold
                    counts[0 if bad else 1] += size
                    if taken and bad:
                        counts[2] += size
                    elif taken and not gone:
                        counts[3] += size
                if not gone and (chance >= 0.5) != bad:
                    misses.append(f"{path.stem:28} {'debris ' if bad else 'ARTICLE'} {chance:.2f} {text[:110]}")
    for threshold, (debris, article, removed, lost) in tally.items():
        sys.stdout.write(
            f"threshold {threshold}: debris removed {removed / debris:.3f}, other text lost {lost / article:.4f}\n"
        )
    if "-v" in sys.argv:
        sys.stdout.write("\n".join(misses) + "\n")
    first, second = learn([page for path in paths for page in augmented[path]])
    with WEIGHTS.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["feature", "alone", "beside"])
        for name in sorted({*first, *second}):
            writer.writerow([name, f"{first.get(name, 0.0):.3f}", f"{second.get(name, 0.0):.3f}"])


if __name__ == "__main__":
    main([argument for argument in sys.argv[1:] if not argument.startswith("-")])
