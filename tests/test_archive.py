"""The site in one file."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from generator.archive import zip_site
from generator.cli import main
from generator.errors import UsageError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "people/a.html", "assets/ö.css"):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path / "site"


def test_the_file_holds_the_whole_site_below_one_folder(site: Path, tmp_path: Path) -> None:
    assert zip_site(site, tmp_path / "out.zip") == 3
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path / "there")
    unpacked = tmp_path / "there/site"
    assert {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*.*")} == {
        "index.html",
        "people/a.html",
        "assets/ö.css",
    }
    assert (unpacked / "people/a.html").read_text(encoding="utf-8") == "people/a.html"


def test_equal_sites_give_equal_files_whenever_they_are_packed(site: Path, tmp_path: Path) -> None:
    zip_site(site, tmp_path / "one.zip")
    for path in site.rglob("*.html"):
        os.utime(path, (1, 1))
    zip_site(site, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_without_a_site_or_into_the_site_nothing_is_packed(site: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no built site"):
        zip_site(tmp_path, tmp_path / "out.zip")
    with pytest.raises(UsageError, match="within the site"):
        zip_site(site, site / "out.zip")
    assert not list(site.rglob("*.zip"))


def test_the_command_packs_beside_the_site_and_says_so(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site.parent / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    assert main(["export", "zip", "-f", str(site.parent)]) == 0
    assert (site.parent / "site.zip").is_file()
    assert "Packed 3 files" in capsys.readouterr().out
    assert main(["export", "zip", "-f", str(site.parent), "-d", str(site.parent / "none")]) == 2
