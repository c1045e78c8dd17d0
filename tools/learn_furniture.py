"""Learn the weights of `generator/data/furniture-weights.csv` from the gold articles and the samples beside this file.

    python tools/learn_furniture.py tests/gold/metadata tests/gold/unseen            # report, learn, write
    python tools/learn_furniture.py --check tests/gold/metadata tests/gold/unseen    # compare with what is shipped

Logistic regression with an L2 penalty, in two stages: the second one sees what the first one thinks of the
neighbours. The rules of debris.yml are hidden in part, so that the classifier learns what they know and does not lean
on them. Prints how well it does on each batch of articles when that batch is left out of the learning, and once more
with a third of the patterns of debris.yml forgotten as well: those were written after the batch was seen, too. The last
line is the figure to go by, since the pages that matter are those that nobody here has seen; it is still kinder than
first sights of new pages are. `-v` also prints what was left and lost.

Deterministic: chance is seeded by the name of each page, features are sorted, weights are rounded; so the same gold,
samples and rules give the same weights, and `--check` ends with an error where the shipped ones are others.
"""

from __future__ import annotations

import csv
import itertools
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from unittest.mock import patch

import numpy as np
import yaml

from generator.clean import debris, furniture, stage
from generator.clean.debris import Rules, load_rules
from generator.clean.features import Look, look
from generator.clean.lines import split_lines
from generator.clean.page import Rows, first_rows, second_rows
from generator.clean.sweep import rule_verdicts
from generator.data import read_tree
from generator.read import Limits, read_seed
from tests.evaluation.metadata import judge

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "generator" / "data" / "furniture-weights.csv"
# Lost article text is worse than debris that is left; a long line weighs more than a short one.
ARTICLE, SENTENCE = 2.0, 4.0
PENALTY = 2.0
HIDDEN = (0.0, 0.5, 1.0)
_FORGOTTEN = 0.34


@dataclass(frozen=True)
class Page:
    """One page: its lines, where blank lines stand, what rules took, and what is furniture indeed."""

    looks: list[Look]
    gaps: list[bool]
    removed: list[bool]
    furniture: list[bool]
    texts: list[str]

    @cached_property
    def rows(self) -> Rows:
        """What the first stage reads of each line."""
        return first_rows(self.looks, self.gaps, self.removed)


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
    """The article with furniture samples strewn in, as pages have them, and short article lines between paragraphs."""
    page = _samples("page.txt") + [
        str(example)
        for rule in read_tree("debris.yml")["rules"]
        if rule["kind"] == "line"
        for example in rule["examples"]
    ]
    article, offers, captions, bios, links = (
        _samples(f"{name}.txt") for name in ("article", "offers", "captions", "bios", "links")
    )
    heads = [text for text in page if "has-related" in look(text).own and len(text.split()) <= 5]
    house, readers, widgets, told = (_samples(f"{name}.txt") for name in ("house", "readers", "widgets", "told"))
    out: list[tuple[str, bool, bool]] = []

    def strew(lines: Sequence[str], counts: Sequence[int], *, bad: bool = True, apart: float = 0.3) -> None:
        for at in range(chance.choice(counts)):
            out.append((chance.choice(lines), at == 0 or chance.random() < apart, bad))

    if chance.random() < 0.5:
        strew(page + widgets, (1, 2, 4, 8))
    if chance.random() < 0.3:
        strew(house, (1, 1, 2))
    for text, gap, bad in zip(texts, gaps, furniture, strict=True):
        draw = chance.random()
        if draw < 0.10:
            for at in range(chance.choice((1, 1, 2, 4))):
                out.append((chance.choice(page + widgets), gap if at == 0 else False, True))
        elif draw < 0.15:
            out.append((chance.choice(offers + house), gap, True))
        elif draw < 0.19:
            out.append((chance.choice(captions), gap, True))
            if chance.random() < 0.4:
                out.append((chance.choice(("Jo Keane/The Herald", "Photo: Jo Keane", "(Lena Falk/AFP)")), False, True))
        elif draw < 0.21:
            out.append((chance.choice(heads), gap, True))
            out.extend((chance.choice(links), False, True) for _ in range(chance.choice((1, 2, 3))))
        elif draw < 0.29:
            out.append((chance.choice(article), gap, False))
        elif draw < 0.35:
            out.append((chance.choice(told), gap, False))
        out.append((text, gap, bad))
    if chance.random() < 0.4:
        out.extend((chance.choice(bios), at == 0, True) for at in range(chance.choice((1, 1, 2))))
    blocks = ["links", "house", "readers", "widgets", "offers"]
    chance.shuffle(blocks)
    for block in blocks[: chance.choice((0, 2, 3, 5))]:
        if block == "links":
            out.append((chance.choice(heads), True, True))
            strew(links, (2, 3, 5), apart=0.2)
        elif block == "house":
            strew(house, (1, 2, 3))
        elif block == "readers":
            out.append(
                (chance.choice(("Comments", "2 comments", "Leave a comment", "Join the discussion")), True, True)
            )
            strew(readers, (1, 2, 3), apart=0.6)
        elif block == "widgets":
            strew(widgets, (2, 4, 7))
        else:
            strew(page + offers, (2, 4, 8))
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


def stacked(page: Page, first: dict[str, float]) -> Rows:
    """The second stage's features of each line of `page`: what rules took is furniture for sure."""
    alone = chances(page.rows, first)
    known = [1.0 if gone else chance for gone, chance in zip(page.removed, alone, strict=True)]
    return second_rows(page.looks, page.gaps, page.removed, known)


def learn(training: Sequence[Page]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of both stages."""
    alone: list[tuple[dict[str, float], bool, float]] = [
        (look(text).own, bad, 1.0)
        for name, bad in (
            ("page.txt", True),
            ("bios.txt", True),
            ("offers.txt", True),
            ("house.txt", True),
            ("widgets.txt", True),
            ("article.txt", False),
            ("told.txt", False),
        )
        for text in _samples(name)
    ]
    for page in training:
        alone.extend(_weighed(page, page.rows))
    first = fit(*zip(*alone, strict=True))
    both = [example for page in training for example in _weighed(page, stacked(page, first))]
    return first, fit(*zip(*both, strict=True))


def _weighed(page: Page, rows: Rows) -> Iterator[tuple[dict[str, float], bool, float]]:
    """Features, label and weight of each line that no rule takes."""
    for row, gone, bad, seen, text in zip(rows, page.removed, page.furniture, page.looks, page.texts, strict=True):
        if not gone:
            yield row, bad, _weight(seen, text, bad=bad) / 2


def _weight(seen: Look, text: str, *, bad: bool) -> float:
    if bad:
        return 1.0
    return SENTENCE if seen.prose or len(text) > 100 else ARTICLE


def main(folders: Sequence[str]) -> None:
    """Report how well each batch of `folders` is read by what the others teach; learn from all, write the weights."""
    augmented = _augmented(folders)
    paths = list(augmented)
    rules = {"left out": load_rules(), "left out, a third of the patterns forgotten": _forgetful()}
    totals = {name: [0, 0, 0, 0] for name in rules}
    for batch, held in itertools.groupby(sorted(paths, key=batch_of), batch_of):
        left_out = list(held)
        model = learn([page for path in paths if path not in left_out for page in augmented[path]])
        for name, known in rules.items():
            with (
                patch.object(furniture, "load_weights", lambda model=model: furniture.Weights(*model)),
                patch.object(stage, "load_rules", lambda known=known: known),
            ):
                verdicts = [judge(path) for path in left_out]
            counts = [
                sum(verdict.debris for verdict in verdicts),
                sum(len("".join(text.split())) for verdict in verdicts for text in verdict.debris_left),
                sum(verdict.article for verdict in verdicts),
                sum(len("".join(text.split())) for verdict in verdicts for text in verdict.article_lost),
            ]
            _tell(f"batch {batch}, {name}", counts)
            if batch:
                # What stands apart as batch 0 is the gold that rules were written with.
                totals[name] = [before + count for before, count in zip(totals[name], counts, strict=True)]
            if "-v" in sys.argv:
                for verdict in verdicts:
                    sys.stdout.writelines(f"  {verdict.name:24} left {text!r}\n" for text in verdict.debris_left)
                    sys.stdout.writelines(f"  {verdict.name:24} LOST {text!r}\n" for text in verdict.article_lost)
    for name, total in totals.items():
        _tell(f"all unseen batches, each {name}", total)
    with WEIGHTS.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(_table(augmented))


def _forgetful() -> Rules:
    """The rules of debris.yml without a third of their patterns, the same third each time."""
    chance = random.Random(1)  # noqa: S311 -- chooses patterns, guards nothing
    tree = read_tree("debris.yml")
    kept = [[one for one in rule["patterns"] if chance.random() >= _FORGOTTEN] for rule in tree["rules"]]
    words = [word for word in tree["menu_words"] if chance.random() >= _FORGOTTEN]
    left = [{**rule, "patterns": some} for rule, some in zip(tree["rules"], kept, strict=True) if some]
    with patch.object(debris, "read_tree", lambda _: {**tree, "rules": left, "menu_words": words}):
        return load_rules.__wrapped__()


def check(folders: Sequence[str]) -> bool:
    """Whether what `folders` teach now is what is shipped, to a thousandth: another processor may round otherwise."""
    with WEIGHTS.open(encoding="utf-8", newline="") as stream:
        shipped = {row[0]: row[1:] for row in csv.reader(stream)}
    learned = {row[0]: row[1:] for row in _table(_augmented(folders))}
    off = [name for name in sorted({*shipped, *learned}) if not _close(shipped.get(name), learned.get(name))]
    sys.stdout.write(f"{len(learned) - 1} features learned, {len(off)} differ from what is shipped\n")
    sys.stdout.writelines(f"  {name}: shipped {shipped.get(name)}, learned {learned.get(name)}\n" for name in off)
    return not off


def _close(one: list[str] | None, other: list[str] | None) -> bool:
    if one is None or other is None or one == other:
        return one == other
    return all(abs(float(a) - float(b)) < 0.0015 for a, b in zip(one, other, strict=True))


def _augmented(folders: Sequence[str]) -> dict[Path, list[Page]]:
    paths = sorted(path for folder in folders for path in Path(folder).glob("*.txt"))
    return {path: pages(path, augment=True) for path in paths}


def _table(augmented: dict[Path, list[Page]]) -> list[list[str]]:
    """The rows of the file of weights, learned from all pages."""
    first, second = learn([page for variants in augmented.values() for page in variants])
    rows = [["feature", "alone", "beside"]]
    rows += [
        [name, f"{first.get(name, 0.0):.3f}", f"{second.get(name, 0.0):.3f}"] for name in sorted({*first, *second})
    ]
    return rows


def batch_of(path: Path) -> int:
    """The batch of articles that the gold at `path` was written in; 0 where none is stated."""
    return int(yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8")).get("batch", 0))


def _tell(what: str, counts: Sequence[int]) -> None:
    debris, left, article, lost = counts
    sys.stdout.write(f"{what}: debris removed {1 - left / max(debris, 1):.3f}, article lost {lost / article:.4f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    named = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if "--check" in sys.argv:
        sys.exit(0 if check(named) else 1)
    main(named)
