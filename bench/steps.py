"""What is measured, each in a process of its own so that neither memory nor warm caches carry over."""

from __future__ import annotations

import json
import logging
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from bench.corpus import articles
from bench.peers import PEERS
from bench.stages import corpus_stages

Facts = dict[str, float]


def make_project(folder: Path, count: int) -> None:
    """A new project in `folder` with `count` articles."""
    from generator.scaffold import create_project

    create_project(folder)
    for name, text in articles(count):
        (folder / "seeds" / name).write_text(text, "utf-8")


def measure(step: str, folder: Path) -> Facts:
    """Run `step` on the project in `folder` in a process of its own: seconds, CPU, memory, and its own facts."""
    command = [sys.executable, "-m", "bench", "--step", step, str(folder)]
    # Who has Briefing installed has its modules compiled: to do that in each process takes half a second.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603 -- our own interpreter
    if done.returncode:
        raise RuntimeError(f"{step}: {done.stderr[-2000:]}")
    facts: Facts = json.loads(done.stdout.splitlines()[-1])
    return facts


def run_step(step: str, folder: Path) -> None:
    """Run `step` here and print what `measure` reads."""
    logging.disable(logging.CRITICAL)
    begin = time.perf_counter()
    facts = STEPS[step](folder)
    facts.setdefault("seconds", time.perf_counter() - begin)
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    facts.setdefault("cpu", own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime)
    facts.setdefault("megabytes", max(_most_held() or own.ru_maxrss, children.ru_maxrss) // 1024)
    sys.stdout.write(json.dumps(facts) + "\n")


def _most_held() -> int:
    """The most memory of this process, in KiB; 0 where the system does not tell.

    `getrusage` counts what the process held that started this one, where that was more.
    """
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def _build(folder: Path) -> Facts:
    from generator.build import BuildOptions, build_project
    from generator.pipeline import build
    from generator.progress import Progress
    from generator.report import Report
    from generator.settings import load_project

    progress, report = Progress(quiet=True), Report("build")
    build_project(load_project(folder), build, report, progress, BuildOptions())
    if report.exit_code:
        raise RuntimeError(report.to_json())
    return {**{f"stage {name}": seconds for name, seconds in progress.timings.items()}, **report.counts}


def _added(folder: Path) -> Facts:
    count = sum(1 for _ in (folder / "seeds").iterdir())
    name, text = list(articles(count + 1))[-1]
    (folder / "seeds" / name).write_text(text, "utf-8")
    before = _stamps(folder / "site")
    begin = time.perf_counter()
    facts = _build(folder)
    facts["seconds"] = time.perf_counter() - begin
    after = _stamps(folder / "site")
    facts["site files"] = len(after)
    facts["site files written"] = sum(1 for name, stamp in after.items() if before.get(name) != stamp)
    return facts


def _stamps(folder: Path) -> Mapping[str, tuple[int, int]]:
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {str(path): (state.st_ino, state.st_mtime_ns) for path, state in found}


def _quick(folder: Path) -> Facts:
    from generator.site.driver import build_site

    site = folder / "bench-quick"
    outcome = build_site(folder / "mkdocs.yml", folder / "site_src", site, jobs=os.cpu_count() or 1)
    if outcome.quick is None:
        raise RuntimeError(f"MkDocs built it: {outcome.issues}")
    return {
        "pages": outcome.pages,
        "left to Python-Markdown": outcome.quick.rendered_by_mkdocs,
        "left to the template": outcome.quick.templated_by_mkdocs,
    }


def _hostile(folder: Path) -> Facts:
    """Renders what hostile seeds become, in a project of its own: how much the quick build leaves to MkDocs."""
    from tests.hostile.corpus import lay_out

    hostile = folder / "bench-hostile"
    make_project(hostile, 0)
    lay_out(hostile)
    _build(hostile)
    facts = _quick(hostile)
    shutil.rmtree(hostile)
    return facts


def _stock(folder: Path) -> Facts:
    return _by_mkdocs(folder, folder / "mkdocs.yml", "bench-stock")


def _stock_with_search(folder: Path) -> Facts:
    """As people use it: the search of Material stands for the one that site_src/ brings ready-made."""
    config = folder / "mkdocs-search.yml"
    config.write_text(
        (folder / "mkdocs.yml").read_text("utf-8").replace("plugins:\n", "plugins:\n  - search\n", 1), "utf-8"
    )
    facts = _by_mkdocs(folder, config, "bench-searched")
    shutil.rmtree(folder / "bench-searched")
    config.unlink()
    return facts


def _by_mkdocs(folder: Path, file: Path, site: str) -> Facts:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(file), site_dir=str(folder / site))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return {}


def _same(folder: Path) -> Facts:
    """Compares the two sites and removes them."""
    sites = (folder / "bench-quick", folder / "bench-stock")
    one, other = ({path.relative_to(site).as_posix(): path.read_bytes() for path in _files(site)} for site in sites)
    for site in sites:
        shutil.rmtree(site)
    different = sum(1 for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    return {"files": len(other), "different": different}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


class _Model:
    """spaCy's model over the paragraphs of articles, in as many processes as a build has."""

    pipeline: Any

    @classmethod
    def start(cls, left_out: Sequence[str]) -> None:
        import spacy

        from generator.annotate.models import INSTALLED_NAMES

        name = next(name for name in INSTALLED_NAMES if spacy.util.is_package(name))
        cls.pipeline = spacy.load(name, exclude=list(left_out))

    @classmethod
    def run(cls, path: Path) -> int:
        paragraphs = [part for part in path.read_text("utf-8").split("\n\n") if part.strip()]
        return sum(1 for doc in cls.pipeline.pipe(paragraphs) for _ in doc.ents)


def _bare_model(folder: Path) -> Facts:
    """The name finder with nothing else loaded: the fastest plain use of the model that there is."""
    from generator.annotate.library import SHARED, UNUSED

    # The shared vectors serve tagger and parser alone.
    return _modelled(folder, (*UNUSED, SHARED))


def _model_as_shipped(folder: Path) -> Facts:
    """`spacy.load(name)` and all that runs then: tags, sentences, lemmas and names."""
    return _modelled(folder, ())


def _modelled(folder: Path, left_out: Sequence[str]) -> Facts:
    seeds = sorted((folder / "seeds").iterdir())
    with ProcessPoolExecutor(os.cpu_count() or 1, initializer=_Model.start, initargs=(left_out,)) as executor:
        names = sum(executor.map(_Model.run, seeds, chunksize=8))
    return {"names": names}


STEPS: Mapping[str, Callable[[Path], Facts]] = {
    "build": _build,
    "one seed added": _added,
    "corpus stages": corpus_stages,
    "quick": _quick,
    "stock": _stock,
    "stock with search": _stock_with_search,
    "same": _same,
    "hostile": _hostile,
    "bare model": _bare_model,
    "model as shipped": _model_as_shipped,
    **PEERS,
}
