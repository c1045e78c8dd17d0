"""Speed of the per-seed pipeline beside the bare model over the same text, in one process, in one run."""

from __future__ import annotations

import hashlib
import json
import statistics
import time
from pathlib import Path

from generator.annotate.recognizer import Recognizer, load_recognizer
from generator.clean import clean
from generator.describe import describe
from generator.model import SeedText
from generator.pipeline.analyse import annotate
from tests.evaluation.measure import Measure

ARTICLES = 40
# Alternating rounds, so that drift of the machine's speed hits both alike; the median of the ratios is quoted.
ROUNDS = 3


def score(folder: Path) -> list[Measure]:
    """How much longer the whole per-seed pipeline takes than the model alone, as a ratio."""
    texts = [json.loads(line)["text"] for line in (folder / "quotes-dev.jsonl").read_text("utf-8").splitlines()]
    texts = [" ".join(text.split(" ")[:500]) for text in texts[:ARTICLES]]
    recognizer = load_recognizer(None)
    _model(recognizer, texts[:2])
    _pipeline(recognizer, texts[:2])
    ratios = [_pipeline(recognizer, texts) / _model(recognizer, texts) for _ in range(ROUNDS)]
    return [
        Measure(
            "per-seed pipeline / model alone (time)",
            statistics.median(ratios),
            floor=2.0,
            goal=1.25,
            support=len(texts),
            higher_is_better=False,
        )
    ]


def _model(recognizer: Recognizer, texts: list[str]) -> float:
    started = time.perf_counter()
    for text in texts:
        recognizer.entities([part for part in text.split("\n\n") if part.strip()])
    return time.perf_counter() - started


def _pipeline(recognizer: Recognizer, texts: list[str]) -> float:
    started = time.perf_counter()
    for number, text in enumerate(texts):
        seed = SeedText(f"{number}.txt", hashlib.sha256(text.encode()).hexdigest(), text, "utf-8")
        annotate(describe(clean(seed, frozenset()), str(number)), recognizer)
    return time.perf_counter() - started
