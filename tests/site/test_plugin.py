from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from generator.errors import CheckFailed, UsageError
from generator.settings import Project, load_project
from generator.site.driver import build_site
from generator.site.plugin import SEPARATOR
from tests.projects import make_project, run_build


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "port", harbour="Harbour opens\nThe harbour opened.")


def set_up(project: Project, old: str, new: str) -> None:
    text = project.mkdocs_file.read_text(encoding="utf-8")
    assert old in text
    project.mkdocs_file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_worker_for_offline_search_comes_with_the_site(project: Project) -> None:
    run_build(project)
    page = (project.site / "articles/harbour-opens.html").read_text(encoding="utf-8")
    assert '<script src="../assets/shim/iframe-worker.js">' in page
    assert (project.site / "assets/shim/iframe-worker.js").exists()
    assert "unpkg" not in page


def test_the_name_in_briefing_yml_is_the_title(project: Project) -> None:
    project.settings_file.write_text("site_name: Port news\n", encoding="utf-8")
    run_build(load_project(project.root))
    assert "Port news</title>" in (project.site / "index.html").read_text(encoding="utf-8")


def test_a_configuration_of_another_name_builds_the_same_project(project: Project) -> None:
    project.settings_file.write_text("site_name: Harbour Desk\n", "utf-8")
    run_build(load_project(project.root))
    other = project.mkdocs_file.with_name("mkdocs-staging.yml")
    other.write_bytes(project.mkdocs_file.read_bytes())
    build_site(other, project.site_src, project.root / "staging", 1)
    assert "Harbour Desk</title>" in (project.root / "staging" / "index.html").read_text("utf-8")


def test_generated_pages_have_no_edit_link(project: Project) -> None:
    with project.mkdocs_file.open("a", encoding="utf-8") as stream:
        stream.write("edit_uri_template: 'https://example.com/{path}'\n")
    set_up(project, "    - navigation.top\n", "    - navigation.top\n    - content.action.edit\n")
    (project.site_src / "notes.md").write_text("# Notes\n", encoding="utf-8")
    run_build(project)
    assert "https://example.com/notes.md" in (project.site / "notes.html").read_text(encoding="utf-8")
    assert "https://example.com/" not in (project.site / "articles/harbour-opens.html").read_text(encoding="utf-8")


def test_the_sitemap_has_absolute_addresses_and_no_made_up_dates(project: Project) -> None:
    run_build(project)
    assert not (project.site / "sitemap.xml").exists()
    with project.mkdocs_file.open("a", encoding="utf-8") as stream:
        stream.write("site_url: https://example.com/port/\n")
    assert run_build(project).exit_code == 0
    sitemap = (project.site / "sitemap.xml").read_bytes()
    assert b"<loc>https://example.com/port/articles/harbour-opens.html</loc>" in sitemap
    assert b"lastmod" not in sitemap
    packed = (project.site / "sitemap.xml.gz").read_bytes()
    assert gzip.decompress(packed) == sitemap
    assert packed[4:8] == b"\0\0\0\0"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("he said “open (slowly) at ‘dawn’", ["he", "said", "open", "slowly", "at", "dawn"]),
        ("Sandport's pier—15.02.2024", ["Sandport", "pier", "15.02.2024"]),
        ("O'Neil of the U.N. spoke.", ["O'Neil", "of", "the", "U.N", "spoke"]),
        ("「안보」 728x90", ["안보", "728x90"]),
        ("&lt;script&gt; a&amp;b", ["script", "a", "b"]),
        ("김종찬의 ‘안보’", ["김종찬의", "안보"]),
    ],
)
def test_search_words_end_where_a_reader_sees_their_end(text: str, words: list[str]) -> None:
    assert [word for word in re.split(SEPARATOR, text) if word] == words


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("docs_dir: site_src", "docs_dir: seeds", "docs_dir"),
        ("  - briefing\n", "", "plugin `briefing` is not listed"),
        ("name: material", "name: nowhere", "mkdocs.yml"),
        ("site_dir: site\n", "site_dir: [\n", "mkdocs.yml"),
    ],
)
def test_a_wrong_mkdocs_yml_is_named(project: Project, old: str, new: str, said: str) -> None:
    set_up(project, old, new)
    report = run_build(project)
    assert report.exit_code == 2
    assert said in "".join(report.issue_lines())


def test_a_page_that_mkdocs_gives_up_on_is_named(project: Project, tmp_path: Path) -> None:
    set_up(project, "- offline", "- offline\nhooks: [hook.py]")
    (project.root / "hook.py").write_text(
        "from mkdocs.exceptions import PluginError\n"
        "def on_page_markdown(text, **_):\n    raise PluginError('the hook says no')\n",
        encoding="utf-8",
    )
    (project.site_src / "index.md").write_text("# x", encoding="utf-8")
    with pytest.raises(CheckFailed, match="the hook says no"):
        build_site(project.mkdocs_file, project.site_src, tmp_path / "out")


def test_without_mkdocs_yml_there_is_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        build_site(tmp_path / "mkdocs.yml", tmp_path, tmp_path / "out")
    assert "briefing new" in caught.value.remedy
