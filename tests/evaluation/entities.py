"""Mentions against hand-made gold: recall by type, precision of type and boundary, strict F1 beside the plain model.

The gold names only what its annotators could link to an encyclopedia: many people and offices in the texts are names,
but not gold. So two precisions are given. *Judged* asks, of the mentions that touch a gold mention, how many have a
type that the gold allows; *raw* counts every mention that touches no gold one as an error and is a lower bound.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from generator.aligned import AlignedText
from generator.annotate.mentions import find_mentions
from generator.annotate.recognizer import RawEntity, Recognizer, load_recognizer
from generator.model import Document, Field, Published, SeedText, Zone
from tests.evaluation.measure import Measure

PLAIN_TYPES = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place"}
TYPES = ("person", "organization", "place")


class Stretch(NamedTuple):
    """A mention of either side; a gold one may allow several types."""

    start: int
    end: int
    types: tuple[str, ...]

    def meets(self, other: Stretch) -> bool:
        """Whether the two overlap and agree on a type."""
        return self.overlaps(other) and bool(set(self.types) & set(other.types))

    def overlaps(self, other: Stretch) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over documents."""

    recall: dict[str, float]
    support: dict[str, int]
    judged_precision: float
    raw_precision: float
    strict_f1: float


def document_of(identifier: str, text: str) -> Document:
    """`text` as a document without metadata: each line a paragraph, the first the headline where it has no stop."""
    lines = [line for line in re.finditer(r"[^\n]+", text) if line.group().strip()]
    zones: list[Zone] = []
    for line in lines:
        view = AlignedText.verbatim(line.group(), line.start())
        first = not zones and len(lines) > 1 and not line.group().rstrip().endswith((".", "!", "?"))
        zones.append(Zone("headline", view, view) if first else Zone("body", view, view, len(zones)))
    return Document(
        identifier, SeedText(identifier, "", text, "utf-8"), tuple(zones), (), Field("", "none"), (), None, None, None,
        None, None, None, Published(), Published(), (), (), (), len(text.split()),
    )  # fmt: skip


def read_gold(folder: Path) -> list[dict[str, Any]]:
    """The documents of every `entities-*.jsonl` in `folder`, in order."""
    return [
        json.loads(line)
        for path in sorted(folder.glob("entities-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def ours(record: dict[str, Any], recognizer: Recognizer) -> list[Stretch]:
    """Our mentions of a gold document."""
    _, mentions = find_mentions(document_of(record["id"], record["text"]), recognizer)
    return [Stretch(one.span.start, one.span.end, (one.type,)) for one in mentions if one.type in TYPES]


def plain(record: dict[str, Any], recognizer: Recognizer) -> list[Stretch]:
    """What the model alone gives for the same paragraphs."""
    zones = document_of(record["id"], record["text"]).zones
    found: list[Stretch] = []
    for zone, entities in zip(zones, recognizer.entities([zone.text.text for zone in zones]), strict=True):
        found.extend(_plain_stretches(zone, entities))
    return found


def _plain_stretches(zone: Zone, entities: Sequence[RawEntity]) -> list[Stretch]:
    at = zone.text.runs[0].start
    return [
        Stretch(at + entity.start, at + entity.end, (PLAIN_TYPES[entity.label],))
        for entity in entities
        if entity.label in PLAIN_TYPES
    ]


def tally(pairs: Sequence[tuple[dict[str, Any], list[Stretch]]]) -> Tally:
    """Score found mentions against gold, inside each document's evaluation span."""
    hits: defaultdict[str, int] = defaultdict(int)
    support: defaultdict[str, int] = defaultdict(int)
    gold_count = found_count = strict = touching = agreeing = 0
    for record, found in pairs:
        low, high = record.get("evaluation_span") or (0, len(record["text"]))
        inside = [one for one in found if low <= one.start and one.end <= high]
        gold = [Stretch(one["start"], one["end"], tuple(one["types"])) for one in record["mentions"]]
        for one in gold:
            hit = any(one.meets(other) for other in inside)
            for type_ in one.types:
                support[type_] += 1
                hits[type_] += hit
        exact = {(one.start, one.end): one for one in inside}
        strict += sum((one.start, one.end) in exact and one.meets(exact[one.start, one.end]) for one in gold)
        touching += sum(any(one.overlaps(other) for other in gold) for one in inside)
        agreeing += sum(any(one.meets(other) for other in gold) for one in inside)
        gold_count += len(gold)
        found_count += len(inside)
    precision, recall = strict / max(found_count, 1), strict / max(gold_count, 1)
    return Tally(
        {type_: hits[type_] / max(support[type_], 1) for type_ in TYPES},
        dict(support),
        agreeing / max(touching, 1),
        agreeing / max(found_count, 1),
        2 * precision * recall / max(precision + recall, 1e-9),
    )


def score(folder: Path) -> list[Measure]:
    """The mention figures over the gold in `folder`; floors are what earlier runs reached."""
    records = read_gold(folder)
    if not records:
        return []
    recognizer = load_recognizer(None)
    layered = tally([(record, ours(record, recognizer)) for record in records])
    alone = tally([(record, plain(record, recognizer)) for record in records])
    goals = {"person": 0.93, "organization": 0.89, "place": 0.91}
    measures = [
        Measure(
            f"mentions: recall, {type_}", layered.recall[type_], FLOORS[type_], goals[type_], alone.recall[type_],
            layered.support[type_],
        )
        for type_ in TYPES
    ]  # fmt: skip
    gold = sum(len(record["mentions"]) for record in records)
    measures += [
        Measure(
            "mentions: precision (judged)",
            layered.judged_precision,
            FLOORS["judged"],
            0.94,
            alone.judged_precision,
            gold,
        ),
        Measure("mentions: precision (raw)", layered.raw_precision, FLOORS["raw"], 0.0, alone.raw_precision, gold),
        Measure(
            "mentions: strict F1", layered.strict_f1, FLOORS["strict"], alone.strict_f1 + 0.08, alone.strict_f1, gold
        ),
    ]
    return measures


FLOORS = {"person": 0.95, "organization": 0.91, "place": 0.98, "judged": 0.96, "raw": 0.75, "strict": 0.79}
"""Figures of the last release, rounded down."""
