"""`python -m bench.reducing 1000 10000`: processor time and memory of each stage over a corpus of that many articles.

The articles come from `bench.documents`, so no model is in the figures. Each size runs in a process of its own, twice:
as the first build does it, which works out the digest of each article, then as every later build does it, from articles
and digests as the cache gives them back. Printed are seconds of processor time, the memory of the process after the
stage, and at the end its peak.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from bench.documents import documents
from generator.corpus.chronicle import chronicle
from generator.corpus.dating import date_articles
from generator.corpus.digest import Digester
from generator.corpus.fingerprint import find_versions
from generator.corpus.keypoints import corpus_points
from generator.corpus.references import resolve_references
from generator.corpus.relate import Kinship, names_of, near_in_names, near_in_words, relate
from generator.corpus.resolve import Decisions, ThingReader, resolve, resolve_quotes
from generator.corpus.statements import align_statements
from generator.model import Annotated, Corpus
from generator.pipeline.collector import held_still
from generator.pipeline.digests import Digests

_Result = TypeVar("_Result")


def main(arguments: Sequence[str]) -> None:
    """Measure each size in processes of its own; after `first` or `later` one size here, with the file between them."""
    if arguments[0] in ("first", "later"):
        step, size, file = arguments
        if step == "first":
            _first(int(size), Path(file))
        else:
            _later(Path(file))
        return
    for size in arguments:
        with tempfile.TemporaryDirectory() as folder:
            for step in ("first", "later"):
                subprocess.run([sys.executable, "-m", "bench.reducing", step, size, f"{folder}/encoded"], check=True)  # noqa: S603 -- our own interpreter


class _Watch:
    def __init__(self) -> None:
        self._total = 0.0

    def timed(self, name: str, work: Callable[[], _Result]) -> _Result:
        begin = time.process_time()
        result = work()
        spent = time.process_time() - begin
        self._total += spent
        sys.stdout.write(f"{name:<12}{spent:9.2f} s{_megabytes():8} MB\n")
        sys.stdout.flush()
        return result

    def sum_up(self, count: int) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        each = 1000 * self._total / count
        sys.stdout.write(f"{'together':<12}{self._total:9.2f} s{peak:8} MB at most; {each:.2f} ms an article\n")


def _first(count: int, file: Path) -> None:
    """Works out the digests, and writes articles and digests to `file`, each as the cache holds it."""
    watch = _Watch()
    sys.stdout.write(f"{count} articles, first build\n")
    digester = Digester()
    made = [one.annotated for one in documents(count)]
    digests = watch.timed("digests", lambda: [msgspec.msgpack.encode(digester.digest(one)) for one in made])
    with file.open("wb") as stream:
        for one, digest in zip(made, digests, strict=True):
            for part in (msgspec.msgpack.encode(one), digest):
                stream.write(len(part).to_bytes(4, "big") + part)
    watch.sum_up(count)


def _later(file: Path) -> None:
    watch = _Watch()
    with held_still():
        annotated, digests = watch.timed("decode", lambda: _read(file))
        sys.stdout.write(f"{len(annotated)} articles, a later build\n")
        _reduce(annotated, digests, watch)


def _read(file: Path) -> tuple[list[Annotated], Digests]:
    decoder = msgspec.msgpack.Decoder(Annotated)
    annotated: list[Annotated] = []
    digests: dict[str, bytes] = {}
    with file.open("rb") as stream:
        while size := stream.read(4):
            annotated.append(decoder.decode(stream.read(int.from_bytes(size, "big"))))
            digests[annotated[-1].document.id] = stream.read(int.from_bytes(stream.read(4), "big"))
    return annotated, Digests.by_document(digests)


def _reduce(annotated: Sequence[Annotated], digests: Digests, watch: _Watch) -> None:
    def part(name: str) -> list[Any]:
        return list(digests.part(name).values())

    unpacked = ThingReader().things
    articles = watch.timed("dates", lambda: date_articles(annotated, part("dated")))
    versions = watch.timed("versions", lambda: find_versions(articles, part("fingerprint")))
    resolution = watch.timed(
        "resolve", lambda: resolve(articles, Decisions(), [unpacked(one) for one in digests.part("things").values()])
    )
    quotes = watch.timed("speakers", lambda: resolve_quotes(articles, resolution))
    entities = resolution.entities
    mentions = resolution.placed
    events = watch.timed("events", lambda: chronicle(articles, entities, part("told"), mentions))
    words = watch.timed("words", lambda: part("words"))
    cited = watch.timed("references", lambda: resolve_references(articles, words))
    by_words = watch.timed("near words", lambda: near_in_words(words))
    names = watch.timed("names", lambda: names_of(articles, entities))
    by_names = watch.timed("near names", lambda: near_in_names(names))
    kinship = Kinship(cited, by_words, names, by_names)
    links, references = watch.timed("relate", lambda: relate(articles, entities, events, versions, kinship))
    worded = watch.timed("wordings", lambda: [one for own in part("quotes") for one in own])
    statements = watch.timed("statements", lambda: align_statements(articles, quotes, worded, versions))
    corpus = Corpus(articles, entities, events, links, quotes, references, statements, resolution.suggestions)
    watch.timed("key points", lambda: corpus_points(corpus, digests.part("candidates"), mentions))
    watch.sum_up(len(annotated))


def _megabytes() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() >> 20


if __name__ == "__main__":
    main(sys.argv[1:])
