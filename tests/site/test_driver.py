"""What drives MkDocs says when it leaves all to it; and other builders still find their way in the same folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.settings import load_project
from tests.building import files_of
from tests.projects import make_project, run_build
from tests.site.fast.building import make_sources

GOLDEN = next(path.parent for path in sorted((Path(__file__).parents[1] / "golden").glob("*/expected")))
REPOSITORY = Path(__file__).parents[2]
ZENSICAL = shutil.which("zensical") or ""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("plugins:\n", "plugins:\n  - tags\n", "the plugin material/tags"),
        ("markdown_extensions:\n", "markdown_extensions:\n  - smarty\n", "the Markdown extension smarty"),
    ],
)
def test_what_the_user_adds_takes_the_stock_path_and_the_report_says_so(
    old: str, new: str, named: str, tmp_path: Path
) -> None:
    project = make_project(tmp_path / "port", harbour="Harbour opens\nThe harbour opened.")
    usual = run_build(project)
    assert not [issue for issue in usual.issues if issue.code == "stock-build"]
    before = (project.site / "articles/harbour-opens.html").read_bytes()
    text = project.mkdocs_file.read_text("utf-8")
    assert old in text
    project.mkdocs_file.write_text(text.replace(old, new, 1), "utf-8")
    report = run_build(load_project(project.root))
    told = [issue for issue in report.issues if issue.code == "stock-build"]
    assert report.exit_code == 0
    assert [named in issue.message for issue in told] == [True]
    assert (project.site / "articles/harbour-opens.html").read_bytes() == before


@pytest.mark.skipif(not ZENSICAL, reason="zensical is not on PATH; it is installed in an environment of its own")
def test_zensical_builds_every_page_from_the_same_folder(tmp_path: Path) -> None:
    make_sources(tmp_path, files_of(GOLDEN / "expected"))
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [ZENSICAL, "build", "-f", "mkdocs.yml"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    compared = 0
    for source in (tmp_path / "site_src").rglob("*.md"):
        page = tmp_path / "site" / source.relative_to(tmp_path / "site_src").with_suffix(".html")
        said = re.findall(r">([A-Z][a-z ]{30,})[.<]", source.read_text("utf-8"))
        assert page.is_file()
        assert all(sentence in page.read_text("utf-8") for sentence in said), page
        compared += len(said)
    assert compared > 20
