"""What is kept between builds is bound to the code that made it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline import version
from generator.pipeline.tasks import Options
from generator.pipeline.version import OF_PAGES, PER_SEED, RENDERING, SEARCH, TABLES, stage_version
from generator.read.limits import Limits

# Every file of the package's data that is asked for while seeds are read and their corpus is reduced.
OPENED = """
import sys
from pathlib import Path

import generator.data as data

opened = set()


class Watched:
    def __init__(self, package):
        self.folder = package_files(package)

    def joinpath(self, name):
        opened.add(name)
        return self.folder.joinpath(name)

    def iterdir(self):
        return self.folder.iterdir()


package_files, data.files = data.files, Watched

import msgspec
from generator.corpus.resolve import Decisions
from generator.model import Annotated
from generator.pipeline.analyse import analyse
from generator.pipeline.digests import Digests
from generator.pipeline.gather import gather
from generator.pipeline.reduce import reduce
from generator.pipeline.tasks import Options
from generator.read.limits import Limits


class Nothing:
    keeps = False
    get_many = staticmethod(lambda keys: {})
    put_many = staticmethod(lambda entries: None)
    use = staticmethod(lambda keys: None)


seeds = gather(Path(sys.argv[1]), 10**7).seeds
analysis = analyse(seeds, Options(Limits(10**7, 10**6, 10**6)), Nothing(), lambda done, due: None)
reduce(analysis.annotated, Decisions(), Digests.of(analysis.annotated))
print(*(f"data/{name}" for name in opened), sep="\\n")
"""


def loaded_with(modules: str) -> set[str]:
    """The modules and folders of the package that are loaded with `modules`, by their names in it."""
    told = f"import sys, {modules}; print(*(name for name in sys.modules if name.startswith('generator.')))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return {name.split(".")[1] for name in run.stdout.split()}


# A document is known by a key that holds the version of what reads it.
@pytest.mark.parametrize(
    ("modules", "versions"),
    [
        # Linked data and citations stand in pages, which ask for what they follow from.
        ("generator.pages, generator.exports.jsonld", RENDERING),
        ("generator.exports.bundle", (*PER_SEED, *TABLES)),
        # The page of the search is made by every build.
        ("generator.search", (*PER_SEED, *SEARCH, "encode")),
    ],
)
def test_every_module_that_makes_what_is_kept_is_in_its_version(modules: str, versions: tuple[str, ...]) -> None:
    loaded = loaded_with(modules)
    assert "lazy" in loaded
    assert loaded <= {name.removesuffix(".py") for name in versions}


def test_no_stage_over_seeds_or_the_corpus_reads_what_only_pages_are_said_to_read(repository: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", OPENED, str(repository / "seeds")], capture_output=True, text=True, check=True
    )
    opened = run.stdout.split()
    assert "data/cities.csv" in opened
    assert [name for name in opened if OF_PAGES.fullmatch(name)] == []


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Path) -> Callable[[str], str]:
    """The version of results of seeds after a line was added to a file of the package."""
    for name in version.PER_SEED:
        place, copy = repository / "generator" / name, tmp_path / name
        if place.is_dir():
            shutil.copytree(place, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(place, copy)
    monkeypatch.setattr(version, "files", lambda _: tmp_path)

    def add(name: str) -> str:
        if name:
            with (tmp_path / name).open("a", encoding="utf-8") as file:
                file.write("\n")
        version._digest.cache_clear()
        return stage_version(Options(Limits(1, 1, 1)))

    return add


def test_a_word_of_a_page_leaves_what_is_known_of_seeds(told: Callable[[str], str]) -> None:
    assert told("data/ui.en.yml") == told("")


def test_a_row_of_a_gazetteer_has_seeds_read_again(told: Callable[[str], str]) -> None:
    assert told("") != told("data/cities.csv")
