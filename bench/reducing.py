"""`python -m bench.reducing 1000 10000`: processor time and memory of each stage over a corpus of that many articles.

The articles come from `bench.documents`, so no model and no disk is in the figures. Each size runs in a process of its
own. Printed are seconds of processor time, the memory of the process after the stage, and at the end its peak.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bench.documents import documents
from generator.corpus.chronicle import chronicle
from generator.corpus.dating import date_articles
from generator.corpus.fingerprint import find_versions
from generator.corpus.keypoints import corpus_points
from generator.corpus.relate import relate
from generator.corpus.resolve import Decisions, resolve, resolve_quotes
from generator.corpus.statements import align_statements
from generator.model import Corpus

_Result = TypeVar("_Result")


def main(sizes: Sequence[str]) -> None:
    """Measure each of `sizes` in a process of its own; a single size here."""
    if len(sizes) == 1:
        _measure(int(sizes[0]))
        return
    for size in sizes:
        subprocess.run([sys.executable, "-m", "bench.reducing", size], check=True)  # noqa: S603 -- our own interpreter


def _measure(count: int) -> None:
    total = 0.0

    def timed(name: str, work: Callable[[], _Result]) -> _Result:
        nonlocal total
        begin = time.process_time()
        result = work()
        spent = time.process_time() - begin
        total += spent
        sys.stdout.write(f"{name:<12}{spent:9.2f} s{_megabytes():8} MB\n")
        sys.stdout.flush()
        return result

    annotated = [one.annotated for one in documents(count)]
    sys.stdout.write(f"{count} articles{'':<8}{_megabytes():8} MB\n")
    articles = timed("dates", lambda: date_articles(annotated))
    annotated.clear()
    versions = timed("versions", lambda: find_versions(articles))
    resolution = timed("resolve", lambda: resolve(articles, Decisions()))
    quotes = timed("speakers", lambda: resolve_quotes(articles, resolution))
    entities = resolution.entities
    events = timed("events", lambda: chronicle(articles, entities))
    links, references = timed("relate", lambda: relate(articles, entities, events, versions))
    statements = timed("statements", lambda: align_statements(articles, quotes))
    corpus = Corpus(articles, entities, events, links, quotes, references, statements, resolution.suggestions)
    timed("key points", lambda: corpus_points(corpus))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{'together':<12}{total:9.2f} s{peak:8} MB at most; {1000 * total / count:.2f} ms an article\n")


def _megabytes() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() >> 20


if __name__ == "__main__":
    main(sys.argv[1:])
