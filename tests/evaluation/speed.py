"""Speed of the per-seed pipeline beside spaCy's bare model over the same text, in one process, in one run."""

from __future__ import annotations

import hashlib
import json
import statistics
import time
from pathlib import Path

import spacy
from spacy.language import Language

from generator.annotate.library import UNUSED
from generator.annotate.models import INSTALLED_NAMES
from generator.annotate.recognizer import Recognizer, load_recognizer
from generator.clean import clean
from generator.describe import describe
from generator.model import SeedText
from generator.pipeline.work import annotate
from tests.evaluation.measure import Measure

ARTICLES = 40
# Alternating rounds, so that drift of the machine's speed hits both alike; the median of the ratios is quoted.
ROUNDS = 5


def score(folder: Path) -> list[Measure]:
    """How much longer the whole per-seed pipeline takes than spaCy's name finder alone, as a ratio.

    The finder alone is `nlp.pipe` over the paragraphs with nothing else loaded, not even the shared vectors that
    it does not read: what the fastest plain use of spaCy costs.
    """
    texts = [json.loads(line)["text"] for line in (folder / "quotes-dev.jsonl").read_text("utf-8").splitlines()]
    texts = [" ".join(text.split(" ")[:500]) for text in texts[:ARTICLES]]
    recognizer = load_recognizer(None)
    name = next(name for name in INSTALLED_NAMES if spacy.util.is_package(name))
    model = spacy.load(name, exclude=[*UNUSED, "tok2vec"])
    _model(model, texts[:2])
    _pipeline(recognizer, texts)
    ratios = [_pipeline(recognizer, texts) / _model(model, texts) for _ in range(ROUNDS)]
    return [
        Measure(
            "per-seed pipeline / spaCy's model alone (time)",
            statistics.median(ratios),
            floor=1.25,
            goal=1.25,
            support=len(texts),
            higher_is_better=False,
        )
    ]


def _model(model: Language, texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        list(model.pipe(part for part in text.split("\n\n") if part.strip()))
    return time.process_time() - started


def _pipeline(recognizer: Recognizer, texts: list[str]) -> float:
    started = time.process_time()
    for number, text in enumerate(texts):
        seed = SeedText(f"{number}.txt", hashlib.sha256(text.encode()).hexdigest(), text, "utf-8")
        annotate(describe(clean(seed, frozenset()), str(number)), recognizer)
    return time.process_time() - started
