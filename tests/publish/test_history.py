"""The record of editions as a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.corpus.editions import History, next_edition
from generator.errors import UsageError
from generator.publish.history import read_history, write_history
from tests.corpus.test_editions import without
from tests.pages.fixture import corpus


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    history = next_edition(next_edition(History(), without(corpus(), "translated")), corpus())
    path = tmp_path / "changes.json"
    assert write_history(path, history)
    assert read_history(path) == history
    assert not write_history(path, history)


def test_without_a_file_nothing_was_built_yet(tmp_path: Path) -> None:
    assert read_history(tmp_path / "changes.json").edition == 0


def test_the_file_holds_a_line_for_each_article_and_no_text(tmp_path: Path) -> None:
    path = tmp_path / "changes.json"
    write_history(path, next_edition(History(), corpus()))
    text = path.read_text(encoding="utf-8")
    assert len([line for line in text.splitlines() if line.startswith('"courier": ')]) == 1
    for words in ("reopened", "waited long enough", "Ada Morrow", "2 May"):
        assert words not in text


@pytest.mark.parametrize("content", ["", "<<<<<<< HEAD", "[]", '{"format": 1}', '{"format": 1, "history": 7}'])
def test_a_file_that_is_no_record_is_refused_with_what_to_do(tmp_path: Path, content: str) -> None:
    path = tmp_path / "changes.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_history(path)
    assert "delete it" in caught.value.remedy


def test_a_record_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "changes.json"
    path.write_text(json.dumps({"format": 999, "history": {}}), encoding="utf-8")
    assert read_history(path) == History()
