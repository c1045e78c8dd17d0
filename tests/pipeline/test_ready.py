"""Data of the engine that a project keeps in the form in which it is used: the same as if it were made anew."""

from __future__ import annotations

import importlib
import lzma
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest
from py3langid.langid import MODEL_DIR, MODEL_FILE

from generator import data, sieve
from generator.describe import identifier
from generator.pipeline import ready as module
from generator.pipeline.ready import FORMS, TABLES, ready, unpacked_in
from generator.publish.seal import sealed, unsealed

LOAD = """
import sys
from pathlib import Path

from generator.pipeline.ahead import load_ahead
from generator.pipeline.tasks import Options
from generator.read.limits import Limits

load_ahead(Options(Limits()), Path(sys.argv[1]))
"""
KEPT = [
    ("(?P<day>[0-9]{1,2})(?:st|nd)? (?P<month>May|June)", re.IGNORECASE),
    ("(?i)straße|ſ|К|[α-ω]{2,}", 0),
    ("^(a)|(?P<b>b)(?=c)$", re.MULTILINE),
    ("[가-힣]{2,4}(?:씨|님)", 0),
    *((f"(?:mark {number})[^x]", re.ASCII) for number in range(12)),
]
NAMES = data.data_names()
# What no file can keep comes last.
SOURCES = [*KEPT, ("[\ud800-\udfff]", 0)]


def compiled(state: Path) -> list[re.Pattern[str]]:
    re.purge()
    with ready(state):
        return [re.compile(text, flags) for text, flags in SOURCES]


def never(*_arguments: Any) -> Any:
    raise AssertionError("it was made again")


def test_patterns_are_those_that_python_compiles_and_are_compiled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = compiled(tmp_path)
    with ready(tmp_path):
        re.purge()
        monkeypatch.setattr("re._parser.parse", never)
        again = [re.compile(text, flags) for text, flags in KEPT]
    monkeypatch.undo()
    re.purge()
    # Patterns are equal where their code is.
    assert found == [re.compile(text, flags) for text, flags in SOURCES]
    assert again == found[: len(KEPT)]
    assert [pattern.groupindex for pattern in again] == [pattern.groupindex for pattern in found[: len(KEPT)]]
    match = again[0].fullmatch("3 may")
    assert match is not None
    assert match.groupdict() == {"day": "3", "month": "may"}


def test_afterwards_python_compiles_as_before(tmp_path: Path) -> None:
    compiler: Any = importlib.import_module("re._compiler")
    before = compiler.compile, compiler._sre, sieve.needles, data.parsed
    with pytest.raises(re.error), ready(tmp_path):
        re.compile("(")
    assert (compiler.compile, compiler._sre, sieve.needles, data.parsed) == before


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_what_is_damaged_or_of_another_version_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    first = compiled(tmp_path)
    whole = (tmp_path / FORMS).read_bytes()
    if damage is None:
        monkeypatch.setattr(module, "forms_version", lambda: "another")
    else:
        (tmp_path / FORMS).write_bytes(whole[:-1] + damage)
    assert compiled(tmp_path) == first
    assert ((tmp_path / FORMS).read_bytes() == whole) is (damage is not None)


@pytest.mark.parametrize(
    ("place", "wrong"),
    [(0, 1 << 60), (1, b"\xff" * 8), (1, b"odd"), (2, -5), (3, {"day": 99})],
)
def test_whole_numbers_that_are_no_pattern_are_made_again(tmp_path: Path, place: int, wrong: object) -> None:
    first = compiled(tmp_path)
    kept = msgspec.msgpack.decode(unsealed((tmp_path / FORMS).read_bytes()))
    for _, _, made in kept["patterns"]:
        made[place] = wrong
    (tmp_path / FORMS).write_bytes(sealed(msgspec.msgpack.encode(kept)))
    assert compiled(tmp_path) == first
    with ready(tmp_path):
        re.purge()
        assert [re.compile(text, flags) for text, flags in KEPT] == first[: len(KEPT)]
    again = msgspec.msgpack.decode(unsealed((tmp_path / FORMS).read_bytes()))
    assert all(made[place] != wrong for _, _, made in again["patterns"])


def test_whole_bytes_that_are_no_tree_and_no_table_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GAZETTEERS", [("generator.data", "data_names")])
    for _ in range(2):
        with ready(tmp_path):
            assert data.parsed("a: [1]") == {"a": [1]}
            assert data.data_names() == NAMES
        kept = msgspec.msgpack.decode(unsealed((tmp_path / FORMS).read_bytes()))
        assert all(encoded != b"\xc1" for part in ("trees", "tables") for encoded in kept[part].values())
        for part in ("trees", "tables"):
            kept[part] = dict.fromkeys(kept[part], b"\xc1")
        (tmp_path / FORMS).write_bytes(sealed(msgspec.msgpack.encode(kept)))


def test_a_python_that_compiles_otherwise_has_no_pattern_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_GIVEN", 7)
    found = [compiled(tmp_path) for _ in range(2)]
    assert not (tmp_path / FORMS).exists()
    re.purge()
    assert found == [[re.compile(text, flags) for text, flags in SOURCES]] * 2


def test_what_nobody_asks_for_any_more_goes(tmp_path: Path) -> None:
    compiled(tmp_path)
    re.purge()
    with ready(tmp_path):
        for number in range(20):
            re.compile(f"other {number}")
    kept = msgspec.msgpack.decode(unsealed((tmp_path / FORMS).read_bytes()))
    assert {text for text, _, _ in kept["patterns"]} == {f"other {number}" for number in range(20)}


def test_needles_and_trees_are_those_that_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        "a: [1, 2.5, true, null]\n", "b: {c: text, 1: one}\n", "day: 2021-05-03\n",
        *(f"n: {at}" for at in range(12)),
    ]  # fmt: skip
    patterns = ["(?:see|seen) (?:here|in)", "harbour|harbor"]
    for turn in range(2):
        with ready(tmp_path):
            if turn:
                monkeypatch.setattr(sieve, "_needles", never)
            needles = [sieve.Sieve.of(text, re.IGNORECASE).needles for text in patterns]
            trees = [data.parsed(text) for text in texts]
            # Who changes a tree changes his own.
            data.parsed(texts[0])["a"].clear()
            assert data.parsed(texts[0]) == trees[0]
        monkeypatch.undo()
        assert needles == [sieve.Sieve.of(text, re.IGNORECASE).needles for text in patterns]
        assert repr(trees) == repr([data.parsed(text) for text in texts])


def test_the_engine_finds_all_that_it_compiles_the_second_time(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", LOAD, str(tmp_path)], check=True)
    kept = msgspec.msgpack.decode(unsealed((tmp_path / FORMS).read_bytes()), type=module._Kept)
    assert len(kept.patterns) > 400
    library: Any = importlib.import_module("_sre")
    for text, flags, made in kept.patterns:
        assert made.pattern(text, library.compile) == re.compile(text, flags)
    for text, flags, found in kept.needles:
        assert found == sieve.needles(text, flags)
    for place, encoded in kept.tables.items():
        module_name, _, function = place.rpartition(".")
        read = getattr(importlib.import_module(module_name), function)
        assert msgspec.msgpack.decode(encoded, type=get_type_hints(read)["return"]) == read()
    assert len(kept.tables) == len(module.GAZETTEERS)
    before = [(path.name, path.stat().st_mtime_ns) for path in sorted(tmp_path.iterdir())]
    assert [name for name, _ in before] == [FORMS, TABLES]
    subprocess.run([sys.executable, "-c", LOAD, str(tmp_path)], check=True)
    assert [(path.name, path.stat().st_mtime_ns) for path in sorted(tmp_path.iterdir())] == before


def test_tables_are_unpacked_once_and_again_where_they_are_damaged_or_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = (MODEL_DIR / MODEL_FILE).read_bytes()
    plain = identifier._arrays(lzma.decompress(packed))
    for damage in (False, True):
        tables = identifier._arrays(unpacked_in(tmp_path, packed))
        assert {name: table.tobytes() for name, table in tables.items()} == {
            name: table.tobytes() for name, table in plain.items()
        }
        with monkeypatch.context() as patched:
            patched.setattr(lzma, "decompress", never)
            again = identifier._arrays(unpacked_in(tmp_path, packed))
            assert all(again[name].tobytes() == table.tobytes() for name, table in plain.items())
        whole = (tmp_path / TABLES).read_bytes()
        if not damage:
            (tmp_path / TABLES).write_bytes(whole[:1_000_000] + b"?" + whole[1_000_001:])
    other = lzma.compress(b"other tables")
    assert unpacked_in(tmp_path, other) == b"other tables"
    assert unpacked_in(tmp_path, other).endswith(b"other tables")
    (tmp_path / TABLES).write_bytes(sealed(b""))
    assert unpacked_in(tmp_path, other) == b"other tables"


def test_nothing_is_kept_where_nothing_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    nowhere = tmp_path / "file" / "state"
    assert compiled(nowhere) == compiled(nowhere)
    assert unpacked_in(nowhere, lzma.compress(b"tables")) == b"tables"
