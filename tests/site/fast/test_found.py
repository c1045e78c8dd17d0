"""Files are found as MkDocs finds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.structure.files import Files, get_files

from generator.site.fast.found import find_files
from tests.site.fast.building import configuration, make_sources
from tests.site.fast.test_build import indexes

NAMES = (
    "people/a.md",
    "people/a b.md",
    "people/ä.md",
    "people/a.b.md",
    "people/_x-1.md",
    "people/-.md",
    "people/x.MD",
    "people/x.markdown",
    "people/50%.md",
    "people/.md",
    "people/md",
    "people/a~b.csv",
    "people/a+b.csv",
    "deep/er/and/deeper/a.md",
    "odd folder/a.md",
    "odd.folder/index.md",
    "readme/README.md",
    "readme/z.md",
    ".hidden/a.md",
    "people/.hidden/a.md",
    "people/.dot.txt",
    "people/..two.md",
    "templates/a.md",
    "people/templates/a.md",
    "Zoo/a.md",
    "data/a.csv",
    "data/index.html",
    "data/index",
    "back\\slash.md",
)
ATTRIBUTES = (
    "src_uri",
    "dest_uri",
    "url",
    "name",
    "abs_src_path",
    "abs_dest_path",
    "src_dir",
    "dest_dir",
    "use_directory_urls",
    "inclusion",
    "edit_uri",
    "page",
)


def told(files: Files) -> list[list[Any]]:
    return [[getattr(file, name) for name in ATTRIBUTES] for file in files]


@pytest.mark.parametrize(
    "options",
    [
        "",
        "exclude_docs: |\n  *.csv\n  !.hidden/\n",
        "draft_docs: |\n  /people/\n",
        "not_in_nav: |\n  /people/*\n  !/people/a.md\n  # a comment\n",
        "not_in_nav: |\n  a.md\n  /odd*/\n  deeper/\n  *.csv\n",
    ],
)
@pytest.mark.parametrize("conflict", ["", "readme/index.md", "data/index.md"])
def test_every_file_is_the_one_that_mkdocs_finds(options: str, conflict: str, tmp_path: Path) -> None:
    make_sources(tmp_path, indexes())
    for name in (*NAMES, conflict) if conflict else NAMES:
        path = tmp_path / "site_src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "site_src/linked").symlink_to(tmp_path / "site_src/deep", target_is_directory=True)
    (tmp_path / "site_src/people/linked.md").symlink_to(tmp_path / "site_src/people/a.md")
    (tmp_path / "site_src/people/broken.md").symlink_to(tmp_path / "nowhere")
    file = tmp_path / "mkdocs.yml"
    text = file.read_text("utf-8")
    if options.startswith("not_in_nav"):
        begin = text.index("not_in_nav: |")
        text = text[:begin] + text[text.index("\n\n", begin) :]
    file.write_text(f"{text}\n{options}", "utf-8")
    config = configuration(tmp_path, "site")
    config.plugins.on_config(config)
    assert told(find_files(config)) == told(get_files(config))
    assert len(told(find_files(config))) > len(NAMES)


def test_addresses_of_folders_are_left_to_mkdocs(tmp_path: Path) -> None:
    make_sources(tmp_path, indexes())
    config = configuration(tmp_path, "site")
    config.use_directory_urls = True
    assert told(find_files(config)) == told(get_files(config))
