"""A user's own glossary of spun phrases counts, and a faulty one is named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import UsageError
from tests.building import build_in_memory, project_of

STORY = (
    b"Harbour talks end\n\nThe maritime thingummy of Lenn met on 5 March 2031 and closed the northern pier for good.\n"
)
HEADER = "spun,original,kind,strength,example,context\n"


def _glosses(folder: Path, rows: str) -> list[tuple[str, str]]:
    project = project_of(folder, {"a.txt": STORY})
    (folder / "own.csv").write_text(HEADER + rows, "utf-8")
    built, _ = build_in_memory(replace(project, settings=replace(project.settings, glossary="own.csv")))
    return [(row["surface"], row["original"]) for row in json.loads(built.files["data/glosses.json"])]


def test_a_phrase_of_the_users_own_is_glossed(tmp_path: Path) -> None:
    row = "maritime thingummy,port authority,name,sure,The maritime thingummy met.,\n"
    assert _glosses(tmp_path, row) == [("maritime thingummy", "port authority")]


def test_a_faulty_glossary_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"own\.csv"):
        _glosses(tmp_path, "maritime thingummy,port authority,name,perhaps,The maritime thingummy met.,\n")
