"""Scores of the signals of spun and translated text on the project's own passages in `tests/gold/signals`.

A file is a list of passages, each under `=== NAME`: `clean*` holds text of many kinds that nothing is wrong with,
`spun*` copies with synonyms put in place of words, `translated*` what translation programs make of other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.clean import clean
from generator.describe import describe
from generator.model import Signal
from generator.read import Limits, read_seed
from tests.evaluation.measure import Measure

FOLDER = Path(__file__).parent.parent / "gold/signals"
_PASSAGE = re.compile(r"^=== (\S+)\n", re.MULTILINE)
_STYLE = ("word-spun", "machine-translated")


@dataclass(frozen=True, slots=True)
class Decision:
    """A passage: its file, its name, and what was said of its style."""

    kind: str
    name: str
    signals: tuple[Signal, ...]

    def has(self, signal: str) -> bool:
        """Whether the passage was given the signal."""
        return any(one.name == signal for one in self.signals)


def passages(folder: Path = FOLDER) -> Iterator[tuple[str, str, str]]:
    """File, name and text of each passage."""
    for path in sorted(folder.glob("*.txt")):
        _, *parts = _PASSAGE.split(path.read_text("utf-8"))
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            yield path.stem, name, text.strip()


def decide(folder: Path = FOLDER) -> list[Decision]:
    """Read every passage as a seed."""
    decisions = []
    for kind, name, text in passages(folder):
        seed = read_seed(f"{name}.txt", text.encode(), None, Limits())
        document = describe(clean(seed, frozenset()), name)
        decisions.append(Decision(kind, name, tuple(signal for signal in document.signals if signal.name in _STYLE)))
    return decisions


FLOORS = {"spun": 0.96, "translated": 0.97, "false": 0}
"""Figures of the last release, rounded down. What the first reading gave stands in tests/gold/README.md."""


def score() -> list[Measure]:
    """The figures over the passages."""
    decisions = decide()
    spun = [one.has("word-spun") for one in decisions if one.kind.startswith("spun")]
    translated = [one.has("machine-translated") for one in decisions if one.kind.startswith("translated")]
    wrong = [one for one in decisions if one.kind.startswith("clean") and one.signals]
    wrong += [one for one in decisions if one.kind.startswith("translated") and one.has("word-spun")]
    return [
        Measure("own signals: spun copies called so", sum(spun) / len(spun), FLOORS["spun"], 0.9, 0.0, len(spun)),
        Measure(
            "own signals: translations called so",
            sum(translated) / len(translated),
            FLOORS["translated"],
            0.8,
            0.0,
            len(translated),
        ),
        Measure(
            "own signals: other text called spun or translated",
            len(wrong),
            FLOORS["false"],
            0,
            None,
            len(decisions) - len(spun),
            higher_is_better=False,
        ),
    ]
