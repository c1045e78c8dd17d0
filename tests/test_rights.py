"""A site of articles whose text may not be published holds none of it, in no file."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import BuildOptions, build_project
from generator.check import check_project
from generator.pipeline import build
from generator.progress import Progress
from generator.report import Report
from generator.scaffold import create_project
from generator.settings import load_project
from tests.corpus.test_rights import FERRY, LANTERN

WITHHELD = ("zephyrlike", "quixotic", "northern quay", "settle before")


@pytest.mark.parametrize(("level", "shown"), [("excerpt", True), ("metadata", False)])
def test_a_withheld_text_is_in_no_file_of_the_site(tmp_path: Path, level: str, shown: bool) -> None:
    create_project(tmp_path)
    (tmp_path / "seeds/ferry.txt").write_text(FERRY, encoding="utf-8")
    (tmp_path / "seeds/lantern.txt").write_text(LANTERN, encoding="utf-8")
    (tmp_path / "briefing.yml").write_text(f"publish:\n  seeds: {{ferry.txt: {level}}}\n", encoding="utf-8")
    project = load_project(tmp_path)
    report = Report()
    build_project(project, build, report, Progress(quiet=True), BuildOptions())
    assert not report.issues
    files = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    for word in WITHHELD:
        assert not [path for path, content in files.items() if word.encode() in content], word
    pages = [content.decode() for path, content in files.items() if path.suffix == ".html"]
    assert any("sailed again on Wednesday" in page for page in pages) == shown
    assert any("Ferries sail again from Sandport" in page for page in pages)
    assert not (tmp_path / "site/seeds/ferry.txt").exists()
    assert (tmp_path / "site/seeds/lantern.txt").exists()
    report = Report()
    check_project(project, report)
    assert not report.issues


def test_a_rule_for_a_source_that_nobody_has_is_reported(tmp_path: Path) -> None:
    create_project(tmp_path)
    (tmp_path / "seeds/lantern.txt").write_text(LANTERN, encoding="utf-8")
    (tmp_path / "briefing.yml").write_text("publish:\n  sources: {Hill Gazette: excerpt}\n", encoding="utf-8")
    report = Report()
    build_project(load_project(tmp_path), build, report, Progress(quiet=True), BuildOptions())
    assert [(issue.code, "Hill Gazette" in issue.message) for issue in report.issues] == [("unmatched-rights", True)]
