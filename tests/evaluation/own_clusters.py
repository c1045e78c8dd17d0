"""Scores of resolution on the project's own gold: short articles full of namesakes, families, romanisations, acronyms.

A file of tests/gold/clusters is a list of articles, each under `=== NAME`, with every mention written `[ID|surface]`.
The first letter of the id is the type: `p-` person, `o-` organization, `l-` place. An id is one person or thing in all
files; a name of which the articles do not say whose it is has an id of its own (`…-open`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.evaluation.clusters import b_cubed, scored, wrong_merges
from tests.evaluation.measure import Measure

FOLDER = Path(__file__).parent.parent / "gold/clusters"
LATER = FOLDER.parent / "clusters-later"
"""Sets of which the last was hardly learned from: traps of every kind, in more articles than one would meet them."""
_TYPES = {"p": "person", "o": "organization", "l": "place"}
_MENTION = re.compile(r"\[([pol]-[a-z-]+)\|([^\]]+)\]")
_ARTICLE = re.compile(r"^=== (\S+)\n", re.MULTILINE)


def read(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The gold articles, with the mentions of each by their offsets."""
    lines: list[dict[str, Any]] = []
    for file in sorted(folder.glob("*.txt")):
        _, *parts = _ARTICLE.split(file.read_text("utf-8"))
        for name, marked in zip(parts[::2], parts[1::2], strict=True):
            lines.append(_line(f"{file.stem}-{name}", marked.strip()))
    return sorted(lines, key=lambda line: str(line["id"]))


def _line(identity: str, marked: str) -> dict[str, Any]:
    text, mentions, at = "", [], 0
    for match in _MENTION.finditer(marked):
        text += marked[at : match.start()]
        start, at = len(text), match.end()
        text += match[2]
        mentions.append(
            {
                "start": start,
                "end": len(text),
                "surface": match[2],
                "types": [_TYPES[match[1][0]]],
                "entity": match[1],
            }
        )
    return {"id": identity, "text": text + marked[at:], "mentions": mentions}


def score() -> list[Measure]:
    """B3 over all articles of each folder as one corpus, and wrong merges of people."""
    return [*_score("own clusters", FOLDER, 0.99, 0), *_score("own clusters, later sets", LATER, 0.96, 1)]


def _score(title: str, folder: Path, floor: float, most: int) -> list[Measure]:
    result = scored(read(folder))
    equal = b_cubed(result.surfaces, result.gold)
    merges = wrong_merges(result)
    count = len(result.spots)
    return [
        Measure(f"{title}: B3 F1 across documents", b_cubed(result.ours, result.gold), floor, 0.98, equal, count),
        Measure(f"{title}: wrong merges of people", len(merges), most, 0, None, count, higher_is_better=False),
    ]
