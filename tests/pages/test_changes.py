"""The page of what changed, and what home says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.build import BuildOptions, build_project
from generator.corpus.editions import History, Tally, next_edition
from generator.model import Corpus
from generator.pages import build_pages
from generator.pages.changes import summary
from generator.pages.wording import english
from generator.pipeline import build
from generator.progress import Progress
from generator.report import Report
from generator.scaffold import create_project
from generator.settings import Project, load_project
from tests.corpus.test_editions import without
from tests.faults.corpora import FERRY, HARBOUR
from tests.pages.fixture import corpus, facts
from tests.pages.test_pages import section, tree, words
from tests.projects import tree as files


def pages_after(*corpora: Corpus) -> Mapping[str, bytes]:
    history = History()
    for one in corpora:
        history = next_edition(history, one)
    last = corpora[-1]
    points = {} if last != corpus() else facts().key_points
    return build_pages(last, replace(facts(), history=history, key_points=points))


def test_the_first_edition_says_so() -> None:
    pages = pages_after(corpus())
    assert "This is the first edition" in words(tree(pages["changes.md"]))
    assert "New in edition" not in words(tree(pages["index.md"]))


def test_without_a_record_there_is_no_such_page() -> None:
    assert "changes.md" not in build_pages(corpus(), facts())


def test_what_is_new_is_linked_and_home_leads_there() -> None:
    pages = pages_after(without(corpus(), "translated"), corpus())
    page = pages["changes.md"]
    assert "The bridge at Hallmar and the ferry ‘secretly agreed’" in words(section(page, "articles"))
    assert "Park Do-yun" in words(section(page, "names"))
    assert "The bridge at Hallmar knows of the ferry plans" in words(section(page, "events"))
    home = tree(pages["index.md"])
    told = next(one for one in home.iter("p") if one.get("class") == "bf-new")
    assert "New in edition 2" in words(told)
    assert "1 article, 2 names" in words(told)
    assert "changes.md" in [one.get("href") for one in told.iter("a")]


def test_what_is_gone_is_counted_and_not_named() -> None:
    text = words(tree(pages_after(corpus(), without(corpus(), "translated"))["changes.md"]))
    assert "1 article, 2 names, 1 event, 1 quote and 2 dates gone" in text
    assert "Park Do-yun" not in text
    assert "secretly agreed" not in text


def test_figures_in_words() -> None:
    assert summary([("articles", Tally(2, 1, 0)), ("names", Tally(7, 0, 3))], english()) == (
        "2 articles and 7 names new; 1 article changed; 3 names gone"
    )
    assert summary([("articles", Tally())], english()) == "nothing"


def run(project: Project) -> Report:
    report = Report("build")
    build_project(project, build, report, Progress(quiet=True), BuildOptions(force=True))
    assert report.exit_code == 0, report.issues
    return report


def test_a_clean_build_from_the_same_folder_tells_the_same_changes(tmp_path: Path) -> None:
    create_project(tmp_path / "port")
    project = load_project(tmp_path / "port")
    (project.seeds / "ferry.txt").write_text(FERRY, encoding="utf-8")
    run(project)
    assert "first edition" in (project.site / "changes.html").read_text(encoding="utf-8")
    (project.seeds / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    run(project)
    after = files(project.site)
    assert b"1 article" in after["changes.html"]
    # Over the last build, which was of the same seeds, and without anything but seeds, settings and records.
    run(project)
    assert files(project.site) == after
    for folder in (project.site, project.state, project.site_src):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    run(project)
    assert files(project.site) == after
