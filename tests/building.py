"""A corpus built in memory, the way every build does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from generator.cache import Cache
from generator.corpus.resolve import Decisions
from generator.model import Corpus
from generator.pipeline import build
from generator.pipeline.analyse import Options, analyse
from generator.pipeline.gather import SeedFile
from generator.pipeline.reduce import reduce
from generator.progress import Progress
from generator.publish.built import Awaited, Built
from generator.publish.permalinks import Registry
from generator.read.limits import Limits
from generator.report import Report
from generator.settings import Project, Settings


def project_of(root: Path, seeds: Mapping[str, bytes], entities: str = "") -> Project:
    """A project in the empty folder `root` with `seeds` by name; nothing is built."""
    (root / "seeds").mkdir(parents=True)
    for name, raw in seeds.items():
        path = root / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    if entities:
        (root / "entities.yml").write_text(entities, "utf-8")
    return Project(root, Settings(jobs=1))


def build_in_memory(project: Project, cache: Cache | None = None) -> tuple[Built, Report]:
    """The files of site_src/ that `project` becomes, with those that come late, and the report; nothing is written."""
    report = Report()
    built = build(project, Registry(), report, cache or Cache.none(), Progress(quiet=True))
    with closing(built.beside):
        rest = built.beside.take()
    made = {name: one if isinstance(one, bytes) else one.read_bytes() for name, one in rest.files.items()}
    whole = replace(built, files={**built.files, **made}, kept=built.kept | rest.kept)
    left = replace(rest, files={}, kept=frozenset())
    return replace(whole, beside=Awaited(take=lambda: left)), report


def corpus_of(texts: Mapping[str, str]) -> Corpus:
    """The corpus that seeds become, by the stages of every build."""
    seeds = tuple(SeedFile(name, text.encode()) for name, text in sorted(texts.items()))
    analysis = analyse(seeds, Options(Limits(), jobs=1), Cache.none(), lambda _done, _all: None)
    assert not analysis.issues, analysis.issues
    return reduce(analysis.annotated, Decisions()).corpus


def files_of(folder: Path) -> dict[str, bytes]:
    """Content by path below `folder`, with `/` between parts."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(_files(folder))}


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
