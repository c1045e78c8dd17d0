"""What the stages over the corpus take: from analysed seeds to the corpus, without a site."""

from __future__ import annotations

import os
import threading
from pathlib import Path

Facts = dict[str, float]

# How often, in seconds, somebody looks how much memory is held.
_OFTEN = 0.5


def corpus_stages(folder: Path) -> Facts:
    """The corpus of the project in `folder`: seconds by stage, and the most memory of all its processes together."""
    from generator.cache import Cache
    from generator.corpus.resolve import Decisions
    from generator.pipeline.analyse import analyse
    from generator.pipeline.collector import held_still
    from generator.pipeline.digests import find_digests
    from generator.pipeline.gather import gather
    from generator.pipeline.reduce import reduce
    from generator.pipeline.start import options_of
    from generator.progress import Progress
    from generator.settings import load_project

    project, progress = load_project(folder), Progress(quiet=True)
    options = options_of(project)
    cache = Cache.open(project.state / "cache.sqlite")
    watch = _Watch()
    try:
        with progress.stage("gather"):
            seeds = gather(project.seeds, options.limits.size).seeds
        with progress.stage("read and annotate"):
            analysis = analyse(seeds, options, cache, lambda done, total: None)
        del seeds
        with progress.stage("digest"):
            digests = find_digests(
                analysis.annotated, analysis.keys, cache, lambda done, total: None, options.jobs, folder=project.state
            )
        with progress.stage("resolve and relate"), held_still():
            corpus = reduce(analysis.annotated, Decisions(), digests, options.jobs).corpus
    finally:
        most = watch.stop()
        cache.close()
    return {
        **{f"stage {name}": seconds for name, seconds in progress.timings.items()},
        "articles": len(corpus.articles),
        "entities": len(corpus.entities),
        "events": len(corpus.events),
        "megabytes of all processes": most // 1024,
    }


class _Watch:
    """Looks again and again how much memory this process and its children hold; what they share is counted once."""

    def __init__(self) -> None:
        self._most = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """The most there was, in KiB; 0 where the system does not tell."""
        self._end.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._end.wait(_OFTEN):
            self._most = max(self._most, sum(_held(process) for process in _family(os.getpid())))


def _family(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:
        return [process]
    return [process, *(one for child in children for one in _family(int(child)))]


def _held(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
