"""Seeds in, expected pages and data out. Each folder beside this file is a corpus: `seeds/` and `expected/`.

`pytest tests/golden --update-golden` rewrites `expected/`; the difference is then read by a person.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building import build_in_memory, files_of, project_of

CORPORA = sorted(path.parent for path in Path(__file__).parent.glob("*/seeds"))


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda corpus: corpus.name)
def test_corpus_gives_what_is_expected_twice(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    decisions = corpus / "entities.yml"
    entities = decisions.read_text("utf-8") if decisions.is_file() else ""
    project = project_of(tmp_path, files_of(corpus / "seeds"), entities)
    built, _ = build_in_memory(project)
    again, _ = build_in_memory(project)
    assert dict(built.files) == dict(again.files)
    # The bytes of a database depend on the library that wrote it; its rows are those of the tables beside it. An empty
    # file stands for it, since pages link there.
    # The shards of the search index are packed, by a library too; the tests of search read them.
    files = {
        name: b"" if name.endswith(".sqlite") else content
        for name, content in built.files.items()
        if "search/" not in name
    }
    expected = corpus / "expected"
    if request.config.getoption("--update-golden"):
        shutil.rmtree(expected, ignore_errors=True)
        for name, content in files.items():
            path = expected / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        pytest.skip("rewritten; read the difference")
    wanted = files_of(expected)
    assert sorted(files) == sorted(wanted)
    for name, content in wanted.items():
        assert files[name].decode().splitlines() == content.decode().splitlines(), name
