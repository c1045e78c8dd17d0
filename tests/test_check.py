"""The proof on a real build, and that it fails where it should."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.build import BuildOptions, build_project
from generator.check import check_project
from generator.errors import UsageError
from generator.pipeline import build as pipeline
from generator.progress import Progress
from generator.report import Report
from generator.settings import Project, load_project
from tests.projects import make_project

DISPATCH = (
    "Ferries sail again\n\nShare this article\n\nSANDPORT, March 3, 2021 — Ferries to Eastwick sail again, the harbour "
    "office of Sandport said on Wednesday.\n\n“We waited long,” said Mayor Ada Quill.\xa0It opened in 1998.\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that the engine has built."""
    project = make_project(tmp_path_factory.mktemp("check") / "port", ferries=DISPATCH)
    report = Report()
    build_project(project, pipeline, report, Progress(quiet=True), BuildOptions())
    assert report.exit_code == 0, report.issue_lines()
    return project.root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Project:
    """A copy to spoil."""
    shutil.copytree(built, tmp_path / "port")
    return load_project(tmp_path / "port")


def checked(project: Project) -> tuple[Report, str]:
    report = Report("check")
    return report, "\n".join(check_project(project, report))


def edit(project: Project, table: str, change: Callable[[dict[str, Any]], object]) -> None:
    path = project.site / "data" / f"{table}.json"
    rows = json.loads(path.read_bytes())
    change(rows[0])
    path.write_text(json.dumps(rows), encoding="utf-8")


def test_a_good_site_is_proved_seed_by_seed(project: Project) -> None:
    report, said = checked(project)
    assert report.exit_code == 0
    assert said.startswith(f"ferries.txt: {len(DISPATCH)} characters each in one place")
    assert said.endswith("proved")
    assert report.counts["spans"] > 5


@pytest.mark.parametrize(
    ("table", "change", "code"),
    [
        ("mentions", lambda row: row.update(start=row["start"] + 1), "wrong-text"),
        ("mentions", lambda row: row.update(surface="Someone Else"), "wrong-text"),
        ("dates", lambda row: row.update(end=10**9), "bad-span"),
        ("removals", lambda row: row.update(text="x"), "wrong-text"),
        ("quotes", lambda row: row.update(text="We did not wait"), "wrong-text"),
        ("articles", lambda row: row.update(url="articles/gone.html"), "dead-address"),
        ("entities", lambda row: row.update(url=None), "dead-address"),
        ("articles", lambda row: row.update(seed_sha256="0" * 64), "seed-changed"),
    ],
)
def test_data_that_disagrees_with_the_seed_is_a_fault(
    project: Project, table: str, change: Callable[[dict[str, Any]], object], code: str
) -> None:
    edit(project, table, change)
    report, _ = checked(project)
    assert report.exit_code == 1
    assert code in {issue.code for issue in report.issues}


def test_a_seed_that_was_changed_since_is_a_fault(project: Project) -> None:
    (project.seeds / "ferries.txt").write_text(DISPATCH + "More.\n", encoding="utf-8")
    report, said = checked(project)
    assert report.exit_code == 1
    assert "proved" not in said


def test_seeds_that_came_and_went_since_are_faults(project: Project) -> None:
    (project.seeds / "ferries.txt").rename(project.seeds / "boats.txt")
    report, _ = checked(project)
    assert {(issue.code, issue.seed) for issue in report.issues} == {
        ("seed-gone", "ferries.txt"),
        ("not-published", "boats.txt"),
    }


def test_a_copy_of_the_seed_that_was_meddled_with_is_a_fault(project: Project) -> None:
    (copy,) = (project.site / "seeds").iterdir()
    copy.write_text("nothing of the kind", encoding="utf-8")
    report, _ = checked(project)
    assert {issue.code for issue in report.issues} == {"copy-differs"}


def test_a_dead_link_is_a_fault(project: Project) -> None:
    (project.site / "index.html").write_text('<a href="gone.html">x</a>', encoding="utf-8")
    report, _ = checked(project)
    assert ("dead-link", "index.html") in {(issue.code, issue.seed) for issue in report.issues}


def test_without_a_site_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="datapackage"):
        check_project(make_project(tmp_path / "port"), Report("check"))


def test_a_generated_file_that_is_edited_does_not_change_the_published_site(built: Path) -> None:
    published = built / "site/data/articles.csv"
    before = published.read_bytes()
    with (built / "site_src/data/articles.csv").open("r+b") as file:
        file.write(b"broken")
    try:
        assert published.read_bytes() == before
    finally:
        (built / "site_src/data/articles.csv").write_bytes(before)
