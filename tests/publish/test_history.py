"""The record of editions as a file."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.corpus.editions import ArticleState, Changes, History, Past, Snapshot, Tally, next_edition
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


NAMES = st.text(st.characters(codec="utf-8"), max_size=8)


@given(st.dictionaries(NAMES, NAMES, max_size=4), st.lists(NAMES, max_size=3))
@settings(max_examples=50, deadline=None)
def test_the_file_is_spelled_as_json_is_anywhere(quotes: dict[str, str], names: list[str]) -> None:
    """Version control compares it line by line: another writer of JSON would change every one."""
    snapshot = Snapshot(
        {one: ArticleState(one, "f", quotes, {}) for one in names}, {one: (one, "b") for one in names}, tuple(names)
    )
    history = History(3, snapshot, Changes(entities=tuple(names)), (Past(2, {"names": Tally(1, 0, 2)}),))
    with TemporaryDirectory() as folder:
        path = Path(folder, "changes.json")
        write_history(path, history)
        text = path.read_bytes().decode("utf-8")
        assert read_history(path) == history
    told = msgspec.to_builtins(history)
    for one, state in told["snapshot"]["articles"].items():
        assert f"{_dumped(one)}: {_dumped(state)}" in text
    assert f'"past": {_dumped(told["past"])}' in text
    assert f'"changes": {_dumped(told["changes"])}' in text
    assert json.loads(text) == {"format": 1, "history": json.loads(json.dumps(told))}


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def test_a_record_that_an_editor_saved_in_its_own_way_is_read(tmp_path: Path) -> None:
    history = next_edition(History(), corpus())
    path = tmp_path / "changes.json"
    write_history(path, history)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=4), "utf-8-sig")
    assert read_history(path) == history
