from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from generator import inputs
from generator.build import BuildOptions, build_project
from generator.errors import EnvironmentFault
from generator.pipeline import build as pipeline_build
from generator.progress import Progress
from generator.publish.built import Awaited, Beside, Built
from generator.publish.kept import read_pages
from generator.publish.kept_seeds import read_seeds
from generator.publish.kept_tables import StandingTables, read_tables
from generator.publish.lock import project_lock
from generator.publish.manifest import MANIFEST_NAME
from generator.publish.writer import Writing, Written
from generator.recall import PageMemory, SeedMemory, TableMemory
from generator.report import Report
from generator.session import Session
from generator.settings import Project, load_project
from tests.projects import make_project, run_build, stand_in, tree

HARBOUR = "Harbour opens\nThe harbour of Sandport opened."
MAYOR = "Mayor speaks\nThe mayor of Sandport spoke."


@pytest.fixture(autouse=True)
def _settled_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of Briefing itself while the tests run is no change of the project."""
    monkeypatch.setattr(inputs, "PACKAGE", tmp_path / "package")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "port", harbour=HARBOUR, mayor=MAYOR)


def test_a_build_publishes_a_page_for_each_seed(project: Project) -> None:
    report = run_build(project)
    assert report.exit_code == 0
    assert report.issues == []
    assert "The harbour of Sandport opened." in (project.site / "articles/harbour-opens.html").read_text(
        encoding="utf-8"
    )
    assert not [path.name for path in project.root.iterdir() if path.name.startswith(".site")]


def test_a_second_build_says_that_nothing_changed_and_writes_no_file(project: Project) -> None:
    run_build(project)
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*") if ".briefing/" not in f"{path}/"}
    report = run_build(project)
    assert report.state == "unchanged"
    assert "Nothing changed" in report.summary()
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize(
    "touched",
    [
        "seeds/harbour.txt",
        "seeds/new.txt",
        "seeds/harbour.yml",
        "briefing.yml",
        "entities.yml",
        "mkdocs.yml",
        "site_src/notes.md",
        "site_src/index.md",
        "site/index.html",
        "site/stray.html",
        "permalinks.json",
    ],
)
def test_whatever_is_touched_the_next_build_brings_it_right(project: Project, touched: str) -> None:
    run_build(project)
    path = project.root / touched
    text = path.read_text(encoding="utf-8") if path.exists() else "Extra: page"
    path.write_text(text + "\n", encoding="utf-8")
    report = run_build(load_project(project.root))
    assert report.state == "built"
    assert not (project.site / "stray.html").exists()


def test_a_removed_seed_is_gone_everywhere(project: Project) -> None:
    run_build(project)
    (project.seeds / "mayor.txt").unlink()
    run_build(project)
    assert not [name for name, content in tree(project.site).items() if b"mayor of Sandport" in content]
    assert not (project.site / "articles/mayor-speaks.html").exists()


def test_a_renamed_seed_keeps_its_address(project: Project) -> None:
    run_build(project)
    before = tree(project.site)
    (project.seeds / "mayor.txt").rename(project.seeds / "a-mayor.txt")
    run_build(project)
    assert "articles/mayor-speaks.html" in tree(project.site)
    assert set(tree(project.site)) == set(before)


def test_an_old_address_leads_to_the_new_one(project: Project) -> None:
    run_build(project)
    (project.seeds / "mayor.txt").write_text(MAYOR.replace("Mayor speaks", "Mayor is silent"), encoding="utf-8")
    run_build(project)
    stub = (project.site / "articles/mayor-speaks.html").read_text(encoding="utf-8")
    assert "url=mayor-is-silent.html" in stub
    assert "noindex" in stub


def test_a_bad_seed_is_quarantined_and_the_rest_is_built_as_without_it(project: Project) -> None:
    run_build(project)
    before = tree(project.site)
    (project.seeds / "zz.txt").write_text("bad", encoding="utf-8")
    report = run_build(project)
    assert report.exit_code == 1
    assert [issue.seed for issue in report.quarantined] == ["zz.txt"]
    assert b"make it good" in (project.site / "data/quarantine.json").read_bytes()
    after = tree(project.site)
    assert {name for name in after if after[name] != before.get(name)} == {"data/quarantine.json"}
    again = run_build(project)
    assert (again.state, again.exit_code) == ("unchanged", 1)


@pytest.mark.parametrize("place", ["site", "site_src", ".briefing"])
def test_what_a_loss_of_power_leaves_empty_is_made_again(project: Project, place: str) -> None:
    # Nothing is flushed by force. Of a file that takes the place of another the usual file systems write the content
    # first, so the list of what is generated is there.
    run_build(project)
    (project.seeds / "new.txt").write_text("New pier\nA pier.", encoding="utf-8")
    run_build(project)
    whole = tree(project.site)
    for path in sorted((project.root / place).rglob("*")):
        if path.is_file() and path.name != MANIFEST_NAME:
            state = path.stat()
            path.write_bytes(b"")
            os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert run_build(project).exit_code == 0
    assert tree(project.site) == whole


@pytest.mark.parametrize("emptied", ["all bad", "no seeds", "no folder"])
def test_a_full_site_is_never_replaced_by_an_empty_one(project: Project, emptied: str) -> None:
    run_build(project)
    before = tree(project.site)
    for path in project.seeds.iterdir():
        if emptied == "all bad":
            path.write_text("bad", encoding="utf-8")
        else:
            path.unlink()
    if emptied == "no folder":
        project.seeds.rmdir()
    report = run_build(project)
    assert report.exit_code == 2
    assert "seeds" in "".join(report.issue_lines())
    assert tree(project.site) == before


def test_an_empty_site_is_published_where_that_is_asked_for(project: Project) -> None:
    run_build(project)
    for path in project.seeds.iterdir():
        path.unlink()
    assert run_build(project, allow_empty=True).exit_code == 0
    assert not (project.site / "articles/mayor-speaks.html").exists()


def test_a_page_with_a_dead_link_is_not_published(project: Project) -> None:
    run_build(project)
    before = tree(project.site)
    (project.site_src / "notes.md").write_text('# Notes\n\n<a href="nowhere.html">dead</a>\n', encoding="utf-8")
    report = run_build(project)
    assert report.exit_code == 70
    assert "notes.html: links to nowhere.html" in "".join(report.issue_lines())
    assert tree(project.site) == before
    assert [path.name for path in project.root.glob(".site*")] == []


def test_a_page_that_fetches_from_elsewhere_is_not_published(project: Project) -> None:
    (project.site_src / "notes.md").write_text("# Notes\n\n![pixel](https://example.com/p.gif)\n", encoding="utf-8")
    report = run_build(project)
    assert report.exit_code == 70
    assert "https://example.com/p.gif" in "".join(report.issue_lines())
    assert not project.site.exists()


def test_a_warning_of_mkdocs_counts_under_strict_only(project: Project) -> None:
    with project.mkdocs_file.open("a", encoding="utf-8") as stream:
        stream.write("extra_templates: [missing.xml]\n")
    assert run_build(project).exit_code == 0
    assert [issue.code for issue in run_build(project).issues if issue.severity != "info"] == ["mkdocs"]
    assert run_build(project, strict=True).exit_code == 1


def test_a_hand_made_page_stands_in_for_the_generated_one(project: Project) -> None:
    (project.site_src / "quotes.md").write_text("# Who we are\n", encoding="utf-8")
    report = run_build(project)
    assert [issue.code for issue in report.issues] == ["hand-made"]
    assert "Who we are" in (project.site / "quotes.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", [".", "seeds/out", "site_src/out", "..", "seeds"])
def test_the_site_is_never_published_over_the_project(
    project: Project, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(project.root)
    monkeypatch.chdir(project.root)
    report = run_build(load_project(project.root, site_dir=place))
    assert report.exit_code == 2
    assert tree(project.root) == before


@pytest.mark.parametrize("stage", ["Writing.pages", "Writing.rest", "exchange", "write_registry", "keep_unchanged"])
def test_a_fault_at_any_stage_leaves_a_whole_site_and_the_next_build_repairs(
    project: Project, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_build(project)
    before = tree(project.site)
    (project.seeds / "new.txt").write_text("New pier\nA pier.", encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise EnvironmentFault(f"{project.site}: No space left on device", "free some space")

    with monkeypatch.context() as patch:
        patch.setattr(f"generator.build.{stage}", fail)
        report = run_build(project)
    assert report.exit_code == 3
    assert "No space left" in "".join(report.issue_lines())
    now = tree(project.site)
    assert now == before or "articles/new-pier.html" in now
    assert not list(project.root.glob(".site*"))
    assert run_build(project).exit_code == 0
    assert "articles/new-pier.html" in tree(project.site)


def test_what_another_process_published_a_session_knows(project: Project, tmp_path: Path) -> None:
    session = Session()

    def build() -> None:
        report = Report()
        build_project(project, stand_in, report, Progress(quiet=True), BuildOptions(), session=session)
        assert report.exit_code == 0

    build()
    for number in range(3):
        (project.seeds / f"new-{number}.txt").write_text(f"New pier {number}\nA pier.", encoding="utf-8")
        build() if number % 2 else run_build(project)
        (project.seeds / f"more-{number}.txt").write_text(f"More piers {number}\nA pier.", encoding="utf-8")
        build()
    anew = shutil.copytree(project.seeds, tmp_path / "anew/seeds")
    for name in ("briefing.yml", "mkdocs.yml", "permalinks.json", "changes.json"):
        if (project.root / name).exists():
            shutil.copyfile(project.root / name, anew.parent / name)
    other = load_project(anew.parent)
    assert run_build(other).exit_code == 0
    assert tree(project.site) == tree(other.site)


@pytest.mark.parametrize("fails", [True, False])
def test_files_that_come_late_end_with_the_build_and_where_they_fail_the_old_site_stays(
    project: Project, fails: bool
) -> None:
    run_build(project)
    before = tree(project.site)
    (project.seeds / "new.txt").write_text("New pier\nA pier.", encoding="utf-8")
    done: list[str] = []

    def pipeline(*arguments: Any) -> Built:
        built = stand_in(*arguments)

        def take() -> Beside:
            done.append("taken")
            # Pages stand there by now, and the published site is as it was.
            assert (project.site_src / "articles/new-pier.md").exists()
            assert tree(project.site) == before
            if fails:
                raise EnvironmentFault("data: No space left on device", "free some space")
            return built.beside.take()

        return replace(built, beside=Awaited(built.beside.names, take, lambda: done.append("closed")))

    report = Report()
    build_project(project, pipeline, report, Progress(quiet=True), BuildOptions())
    assert done == ["taken", "closed"]
    assert report.exit_code == (3 if fails else 0)
    assert (tree(project.site) == before) == fails
    if fails:
        assert run_build(project).exit_code == 0
    assert b"articles/new-pier" in tree(project.site)["data/titles.csv"]
    assert "search/2.js" not in tree(project.site)


@pytest.mark.parametrize("there", [True, False])
def test_what_the_next_build_needs_is_put_down_while_files_are_awaited_or_once_the_site_is_public(
    project: Project, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def pipeline(*arguments: Any) -> Built:
        built = stand_in(*arguments)

        def take() -> Beside:
            done.append("taken")
            return built.beside.take()

        return replace(built, beside=Awaited(built.beside.names, take, there=lambda: there))

    for note in ("write_pages", "write_points", "write_seeds"):
        monkeypatch.setattr(f"generator.build.{note}", lambda *_: done.append("noted"))
    build_project(
        project, pipeline, Report(), Progress(quiet=True), BuildOptions(), public=lambda: done.append("public")
    )
    noted = ["noted"] * 3
    assert done == (["taken", "public", *noted] if there else [*noted, "taken", "public"])


def test_a_file_of_the_site_that_somebody_changes_as_soon_as_it_is_public_is_made_again(project: Project) -> None:
    table = project.site / "data/titles.csv"

    def change() -> None:
        table.write_bytes(b"by hand")

    run_build(project, public=change)
    assert table.read_bytes() == b"by hand"
    assert run_build(project).state == "built"
    assert b"articles/mayor-speaks" in table.read_bytes()


def test_what_somebody_changes_once_the_site_is_public_is_not_believed_by_the_next_build(project: Project) -> None:
    page, copy, table = changed = ("index.md", "articles/mayor-speaks.md", "data/titles.csv")

    def pipeline(*arguments: Any) -> Built:
        built = stand_in(*arguments)
        rest = replace(built.beside.take(), tables=TableMemory("v", stamps={table: (0, 0, 0)}))
        return replace(
            built,
            memory=PageMemory("v", pages={page: 0, "search.md": 1}),
            seeds=SeedMemory("v"),
            copies={copy: "digest", "articles/harbour-opens.md": "digest"},
            beside=Awaited(built.beside.names, lambda: rest),
        )

    def change() -> None:
        for name in changed:
            (project.site_src / name).write_bytes(b"by hand")

    report = Report()
    build_project(project, pipeline, report, Progress(quiet=True), BuildOptions(), public=change)
    assert report.exit_code == 0
    state, site_src = project.state, project.site_src
    assert set(read_pages(state / "sources", site_src, "v").pages) == {"search.md"}
    assert set(read_seeds(state / "seeds", site_src, "v")[1]) == {"articles/harbour-opens.md"}
    assert not StandingTables(site_src, read_tables(state / "tables", "v")).stands(table)


def test_a_locked_project_is_not_built(project: Project) -> None:
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with project_lock(project.state / "lock"):
            entered.set()
            leave.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait()
    report = run_build(project)
    leave.set()
    thread.join()
    assert report.exit_code == 9
    assert not project.site.exists()


def test_a_seed_that_changes_during_the_build_is_built_next_time(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meddle(writing: Writing, files: Mapping[str, bytes], kept: frozenset[str]) -> Written:
        (project.seeds / "mayor.txt").write_text("Mayor resigns\nLate news.", encoding="utf-8")
        return rest(writing, files, kept)

    rest = Writing.rest
    with monkeypatch.context() as patch:
        patch.setattr(Writing, "rest", meddle)
        run_build(project)
    assert run_build(project).state == "built"
    assert "articles/mayor-resigns.html" in tree(project.site)


BUILD = """
import os, sys, random
from pathlib import Path
from generator.settings import load_project
from tests.projects import run_build
sys.exit(run_build(load_project(Path(sys.argv[1]))).exit_code)
"""


def test_the_same_seeds_give_the_same_bytes_elsewhere_and_at_another_time(project: Project, tmp_path: Path) -> None:
    trees = []
    for number, extra in enumerate(
        (
            {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"TZ": "America/Anchorage", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"},
        )
    ):
        copy = tmp_path / str(number) / "port"
        shutil.copytree(project.root, copy)
        done = subprocess.run([sys.executable, "-c", BUILD, str(copy)], env={**os.environ, **extra}, check=False)
        assert done.returncode == 0
        trees.append(tree(copy / "site"))
    assert trees[0] == trees[1]


def test_a_plain_mkdocs_build_gives_the_same_site(project: Project, tmp_path: Path) -> None:
    run_build(project)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "-q",
            "-f",
            str(project.mkdocs_file),
            "-d",
            str(tmp_path / "stock"),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "stock") == tree(project.site)


class Incremental(RuleBasedStateMachine):
    """Whatever happens to the seeds, the tree equals that of a clean build with the same registry of addresses."""

    @initialize()
    def start(self) -> None:
        self.root = Path(os.environ["BRIEFING_TEST_ROOT"])
        shutil.rmtree(self.root, ignore_errors=True)
        self.project = make_project(self.root / "port", first="First\nalways there")

    @rule(name=st.sampled_from("abc"), text=st.sampled_from(["Pier\none", "Pier\ntwo", "Mill\none", "bad"]))
    def write(self, name: str, text: str) -> None:
        (self.project.seeds / f"{name}.txt").write_text(text, encoding="utf-8")

    @rule(name=st.sampled_from("abc"))
    def delete(self, name: str) -> None:
        (self.project.seeds / f"{name}.txt").unlink(missing_ok=True)

    @rule(name=st.sampled_from("abc"), to=st.sampled_from("xyz"))
    def rename(self, name: str, to: str) -> None:
        path = self.project.seeds / f"{name}.txt"
        if path.exists():
            path.replace(self.project.seeds / f"{to}.txt")

    @rule()
    def build_again(self) -> None:
        run_build(self.project)
        clean = self.root / "clean" / "port"
        shutil.rmtree(clean.parent, ignore_errors=True)
        shutil.copytree(self.project.root, clean, ignore=shutil.ignore_patterns("site", "site_src", ".briefing"))
        (clean / "site_src").mkdir()
        run_build(load_project(clean))
        assert tree(clean / "site") == tree(self.project.site)
        assert run_build(self.project).state == "unchanged"

    @invariant()
    def site_is_whole(self) -> None:
        if hasattr(self, "project") and self.project.site.exists():
            assert (self.project.site / "index.html").exists()


def test_incremental_builds_equal_clean_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_TEST_ROOT", str(tmp_path / "machine"))
    case = Incremental.TestCase
    case.settings = settings(max_examples=4, stateful_step_count=8, deadline=None)
    case("runTest").runTest()


def test_the_frame_of_the_pages_speaks_the_language_of_the_settings(project: Project) -> None:
    settings = project.settings_file
    settings.write_text(f"{settings.read_text('utf-8')}\nlanguage: tlh\n", "utf-8")
    (project.root / "ui.tlh.yml").write_text(
        "theme: {overview: tlh overview, search: tlh search, not-found: tlh 404, contents: tlh contents}\n"
        "folders: {person: tlh people}\n",
        "utf-8",
    )
    project = load_project(project.root)
    run_build(project)
    page = (project.site / "index.html").read_text("utf-8")
    assert '<html lang="tlh"' in page
    assert "tlh overview" in page
    assert "tlh people" in page
    assert 'placeholder="tlh search"' in page
    # Words that neither the catalogue nor the theme has are English ones.
    assert "Timeline" in page
    missing = (project.site / "404.html").read_text("utf-8")
    assert '<html lang="tlh"' in missing
    assert "tlh 404" in missing
    (project.root / "ui.tlh.yml").write_text("theme: {overview: tlh anew}\n", "utf-8")
    assert run_build(project).state != "unchanged"
    assert "tlh anew" in (project.site / "articles/harbour-opens.html").read_text("utf-8")


def test_a_language_that_nobody_speaks_is_an_error_before_anything_is_published(project: Project) -> None:
    project.settings_file.write_text("language: tlh\n", "utf-8")
    report = Report("build", strict=False)
    build_project(load_project(project.root), pipeline_build, report, Progress(quiet=True), BuildOptions())
    assert report.exit_code == 2
    assert "no catalogue of words in 'tlh'" in report.to_json()
    assert not project.site.exists()


def test_words_that_change_between_two_builds_of_one_process_are_on_its_pages(project: Project) -> None:
    project.settings_file.write_text(f"{project.settings_file.read_text('utf-8')}\nlanguage: tlh\n", "utf-8")
    project, session = load_project(project.root), Session()
    for words in ("tlh one", "tlh two"):
        (project.root / "ui.tlh.yml").write_text(f"folders: {{person: {words}}}\n", "utf-8")
        report = Report("build")
        pipeline = partial(pipeline_build, session=session)
        build_project(project, pipeline, report, Progress(quiet=True), BuildOptions(), session=session)
        assert report.exit_code == 0
        assert words in (project.site / "people/index.html").read_text("utf-8")
