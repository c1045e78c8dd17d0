"""What a site of hostile seeds holds beside its pages: whoever reads it by the rules of its format gets data, whole."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.settings import Project, Settings
from tests.building import build_in_memory
from tests.hostile.corpus import lay_out, seeds

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="names of the corpus are none on Windows"),
]

# Every fifth seed holds inputs of every class; all of them take a quarter of a minute.
EACH = 5
CALL = re.compile(r"\(self\.__briefing(\w+)=self\.__briefing\1\|\|\[\]\)\.push\((\[.*\])\);\n", re.DOTALL)
PORTABLE = re.compile(r"[A-Za-z0-9._-]{1,200}")
FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+@\uff1d\uff0b\uff0d\uff20]|[\s\ufeff\u200b]*-(?![0-9.]+$)")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Everything that is generated from some of the corpus, by path."""
    root = tmp_path_factory.mktemp("outputs")
    for number, seed in enumerate(lay_out(root)):
        if number % EACH:
            path = root / "seeds" / seed.name
            path.unlink()
            path.with_suffix(".yml").unlink(missing_ok=True)
    built, report = build_in_memory(Project(root, Settings(jobs=1)))
    assert not report.quarantined
    return dict(built.files)


def those(files: dict[str, bytes], *suffixes: str) -> dict[str, bytes]:
    found = {path: content for path, content in files.items() if path.endswith(suffixes)}
    assert found, suffixes
    return found


def test_every_file_has_a_portable_name(files: dict[str, bytes]) -> None:
    assert [path for path in files if not all(map(PORTABLE.fullmatch, path.split("/")))] == []


def test_json_and_xml_are_read_by_their_rules(files: dict[str, bytes]) -> None:
    for content in those(files, ".json").values():
        json.loads(content)
    for content in those(files, ".xml").values():
        ElementTree.fromstring(content)  # noqa: S314 -- of this generator, which writes no entities
        assert b"<!ENTITY" not in content


def test_linked_data_ends_where_it_ends(files: dict[str, bytes]) -> None:
    blocks = [
        block
        for content in those(files, ".md").values()
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', content.decode(), re.DOTALL)
    ]
    for block in blocks:
        assert not re.search("[<\u2028\u2029]", block)
        json.loads(block)


def test_no_cell_is_a_formula_even_without_what_a_program_strips(files: dict[str, bytes]) -> None:
    for path, content in those(files, ".csv").items():
        rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1, path
        assert [cell[:80] for row in rows for cell in row if FORMULA.match(cell)] == [], path


def test_the_database_is_whole_and_holds_its_tables(files: dict[str, bytes], tmp_path: Path) -> None:
    for path, content in those(files, ".sqlite").items():
        (tmp_path / "copy.sqlite").write_bytes(content)
        with sqlite3.connect(tmp_path / "copy.sqlite") as database:
            assert database.execute("pragma integrity_check").fetchall() == [("ok",)], path
            assert database.execute("select count(*) from articles").fetchone()[0] == len(list(seeds())[::EACH])


def test_scripts_of_data_hold_data_alone(files: dict[str, bytes]) -> None:
    # The index of the search is UTF-16; of a string of its own every character is from U+3000 on.
    for path, content in those(files, ".js").items():
        text = content.decode("utf-16" if content[:2] == b"\xff\xfe" else "utf-8")
        called = re.fullmatch(
            r"\(self\.__briefing(\w+)=self\.__briefing\1\|\|\[\]\)\.push\((\[.*\])\);\n", text, re.DOTALL
        )
        assert called, path
        json.loads(called[2])
        assert not re.search("[<\u2028\u2029]", called[2]), path
