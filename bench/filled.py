"""Projects whose seeds are analysed already: who made the articles knows what is in them.

So everything behind the per-seed stages can be measured on ten thousand articles without hours in the model.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import msgspec

from bench.documents import documents
from generator.cache import Cache
from generator.model import Annotated
from generator.pipeline import analyse
from generator.pipeline.gather import gather
from generator.pipeline.tasks import Done
from generator.read.limits import Limits
from generator.scaffold import create_project
from generator.settings import load_project


def make_filled_project(folder: Path, count: int) -> None:
    """A new project in `folder` with `count` seeds, whose analysis stands in the cache as if a build had made it.

    Raises `RuntimeError` where a build would not find it there.
    """
    create_project(folder)
    truth: dict[str, Annotated] = {}
    for one in documents(count):
        seed = one.annotated.document.seed
        (folder / "seeds" / seed.name).write_text(seed.text, "utf-8")
        truth[one.annotated.document.id] = one.annotated
    project = load_project(folder)
    settings = project.settings
    limits = Limits(settings.limits.size, settings.limits.lines, settings.limits.line)
    options = analyse.Options(limits, settings.nlp.model or None, (), 1, settings.timeouts.seed)
    cache = Cache.open(project.state / "cache.sqlite")

    def known(
        tasks: Sequence[analyse.Task], _options: analyse.Options
    ) -> Generator[tuple[Sequence[analyse.Task], Done], None, None]:
        for task in tasks:
            yield [task], Done((msgspec.msgpack.encode(truth[task.document_id]),), {})

    try:
        seeds = gather(project.seeds, limits.size).seeds
        analyse.analyse(seeds, options, cache, lambda done, total: None, known)
        kept = analyse.analyse(seeds, options, cache, lambda done, total: None).cached
    finally:
        cache.close()
    if kept != count:
        raise RuntimeError(f"of {count} analysed articles only {kept} are found again")
