from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from generator.cache import Cache
from generator.pipeline import build
from generator.progress import Progress
from generator.publish.built import Built
from generator.publish.kept import stamped_pages, write_pages
from generator.publish.kept_points import write_points
from generator.publish.kept_seeds import stamped_copies, write_seeds
from generator.publish.kept_tables import stamped_tables, write_tables
from generator.publish.permalinks import Registry
from generator.publish.writer import put_file, write_generated
from generator.report import Report
from generator.settings import Project
from tests.building import project_of
from tests.faults.corpora import FERRY, HARBOUR, MILL, STRIKE
from tests.projects import tree

# Each has a word that nothing else says, by which it is found wherever it is not removed.
TEXTS = {
    "quilterpond": HARBOUR.replace("paid 12 million", "paid Quilterpond 12 million"),
    "brackenmoor": HARBOUR.replace("paid 12 million", "paid Brackenmoor 13 million"),
    "thistlewick": FERRY.replace("waved from the pier", "waved from Thistlewick pier"),
    "gorsehampton": STRIKE + "\nThe end was told in Gorsehampton.\n",
    "fennelbrook": MILL + "\nThe smoke was seen in Fennelbrook.\n",
    "marlstone": "Marlstone\n",
    "": "",
}
DECISIONS = (
    "",
    "same:\n  - [Ann Lund, Greta Holm]\n",
    "hide:\n  - Karl Stein\n",
    "rename:\n  Norby: North Norby\n",
    "different:\n  - [Ann Lund, Lund]\n",
)
NAMES = ("a.txt", "b.txt", "folder/c.txt", "d.md")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written a moment ago is taken for known already, as it is when people write."""
    monkeypatch.setattr("generator.pipeline.gather._SETTLED", -(10**10))


class Seeds(RuleBasedStateMachine):
    """Whatever happens to seeds and decisions, a build over the old cache and pages equals a clean one."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        self.project: Project = project_of(root / "port", {"always.txt": FERRY.replace("Monday", "Tuesday").encode()})
        self.pages = self.project.site_src
        self.pages.mkdir()
        self.cache = Cache.open(root / "cache.sqlite")
        self.registry = Registry()
        self.compare()

    @rule(name=st.sampled_from(NAMES), word=st.sampled_from(sorted(TEXTS)))
    def write(self, name: str, word: str) -> None:
        path = self.project.seeds / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXTS[word], encoding="utf-8")
        self.compare()

    @rule(name=st.sampled_from(NAMES))
    def delete(self, name: str) -> None:
        (self.project.seeds / name).unlink(missing_ok=True)
        self.compare()

    @rule(name=st.sampled_from(NAMES), to=st.sampled_from((*NAMES, "z.txt")))
    def rename(self, name: str, to: str) -> None:
        source, target = self.project.seeds / name, self.project.seeds / to
        if not source.exists() or target.exists():
            return
        words = [word for word in TEXTS if word and word in source.read_text("utf-8").lower()]
        before = self.addresses(words)
        target.parent.mkdir(exist_ok=True)
        source.rename(target)
        self.compare()
        assert self.addresses(words) == before

    @rule(decisions=st.sampled_from(DECISIONS))
    def decide(self, decisions: str) -> None:
        self.project.entities.write_text(decisions, encoding="utf-8")
        self.compare()

    @rule(number=st.integers(0, 3), title=st.sampled_from(["Seen from the pier", "Nothing new"]))
    def override(self, number: int, title: str) -> None:
        path = (self.project.seeds / NAMES[number]).with_suffix(".yml")
        if (self.project.seeds / NAMES[number]).exists() and not path.exists():
            path.write_text(f"title: {title}\n", encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
        self.compare()

    def addresses(self, words: list[str]) -> set[str]:
        """The article pages on which one of `words` stands."""
        return {
            name
            for name, content in tree(self.pages).items()
            if name.startswith("articles/20") and any(word.encode() in content.lower() for word in words)
        }

    def built(self, cache: Cache) -> Built:
        # Over what is there, data and search are made by a second process, as if there were many articles.
        with mock.patch("generator.pipeline.run.PARALLEL_FILES", 0 if cache is self.cache else 10**9):
            return self._built(cache)

    def _built(self, cache: Cache) -> Built:
        return build(self.project, self.registry, Report(), cache, Progress(quiet=True))

    def compare(self) -> None:
        """Build over what is there and afresh; both trees must be one."""
        built = self.built(self.cache)
        with closing(built.beside):
            beside = built.beside.take()
        # A table of which only some blocks are new comes as a file.
        files = {name: one if isinstance(one, bytes) else one.read_bytes() for name, one in beside.files.items()}
        beside = replace(beside, files=files)
        memory = self.project.state / "sources"
        seeds = self.project.state / "seeds"
        search = self.project.state / "search"
        tables = self.project.state / "tables"
        points = self.project.state / "points"
        for kept_file in (memory, seeds, search, tables, points):
            kept_file.unlink(missing_ok=True)
        clean = self.built(Cache.none())
        rest = clean.beside.take()
        assert not clean.kept | rest.kept
        kept = {name: (self.pages / name).read_bytes() for name in built.kept | beside.kept}
        whole = {**clean.files, **rest.files}
        assert {**built.files, **beside.files, **kept} == whole
        assert built.registry == clean.registry
        write_generated(self.pages, {**built.files, **beside.files}, built.kept | beside.kept)
        write_pages(memory, stamped_pages(self.pages, built.memory))
        write_seeds(seeds, built.seeds, stamped_copies(self.pages, built.copies))
        put_file(search, beside.search)
        write_tables(tables, stamped_tables(self.pages, beside.tables))
        write_points(points, built.points)
        with tempfile.TemporaryDirectory() as fresh:
            write_generated(Path(fresh), whole)
            assert tree(self.pages) == tree(Path(fresh))
        again = write_generated(self.pages, {**built.files, **beside.files}, built.kept | beside.kept)
        assert again.written == ()
        there = b"".join(path.read_bytes() for path in self.project.seeds.rglob("*") if path.is_file()).lower()
        # A text of one word has it in its address, which leads to the page for ever, whatever that says now.
        past = " ".join(path for entry in built.registry.entries.values() for path in entry.past).lower()
        gone = [word for word in TEXTS if word and word.encode() not in there and word not in past]
        pages = tree(self.pages)
        found = [(word, name) for word in gone for name, content in pages.items() if word.encode() in content.lower()]
        assert found == []
        self.registry = built.registry

    def teardown(self) -> None:
        if hasattr(self, "cache"):
            self.cache.close()
            self.folder.cleanup()


def test_incremental_equals_full_whatever_is_added_edited_deleted_renamed_or_decided() -> None:
    case = Seeds.TestCase
    case.settings = settings(
        max_examples=5,
        stateful_step_count=6,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    case("runTest").runTest()
