from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.cache import Cache, _packed, _unpacked
from generator.errors import EnvironmentFault


def test_values_come_back_in_the_next_run(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path / "cache.sqlite")
    cache.put_many({"a": b"one", "b": b""})
    cache.close()
    again = Cache.open(tmp_path / "cache.sqlite")
    assert again.get("a") == b"one"
    assert again.get("b") == b""
    assert again.get("c") is None
    assert again.warning == ""


def test_the_file_is_little_larger_than_what_it_holds(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path / "cache.sqlite")
    # As long as what is kept of an article as a rule.
    values = {f"{number:064x}": os.urandom(4_400) for number in range(1_000)}
    cache.put_many(values)
    cache.close()
    assert (tmp_path / "cache.sqlite").stat().st_size < 1.25 * sum(map(len, values.values()))


def test_a_file_that_was_laid_out_otherwise_is_used_as_it_is(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "cache.sqlite") as connection:
        connection.execute("CREATE TABLE results (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
        connection.execute("INSERT INTO results VALUES (?, ?)", ("a", _packed("a", b"one")))
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    cache = Cache.open(tmp_path / "cache.sqlite")
    cache.put_many({"b": b"two"})
    assert cache.get_many(["a", "b"]) == {"a": b"one", "b": b"two"}
    assert cache.prune() == 0
    cache.close()
    assert cache.warning == ""


@given(value=st.binary(max_size=200), times=st.integers(1, 50))
def test_any_bytes_come_back_whether_or_not_they_can_be_made_smaller(value: bytes, times: int) -> None:
    assert _unpacked("a", _packed("a", value * times)) == value * times
    assert len(_packed("a", value * times)) <= len(value) * times + 32


def filled(path: Path) -> None:
    cache = Cache.open(path)
    cache.put_many({f"key{number}": b"value %d" % number * 50 for number in range(200)})
    cache.close()


def outcome(path: Path) -> tuple[dict[str, bytes], str]:
    cache = Cache.open(path)
    try:
        return cache.get_many(f"key{number}" for number in range(200)), cache.warning
    finally:
        cache.close()


@settings(max_examples=60, deadline=None)
@example(place=0.48046875, mask=128, cut=False)  # a key is no UTF-8 any more
@given(place=st.floats(0, 1), mask=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_file_gives_right_values_or_none(
    place: float, mask: int, cut: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("cache") / "cache.sqlite"
    filled(path)
    raw = bytearray(path.read_bytes())
    at = min(int(place * len(raw)), len(raw) - 1)
    if cut:
        del raw[at:]
    else:
        raw[at] ^= mask
    path.write_bytes(raw)
    found, _ = outcome(path)
    assert all(value == b"value %d" % int(key.removeprefix("key")) * 50 for key, value in found.items())
    # Whatever happened, the cache is of use again; a key whose own bytes were hit may stay unknown.
    filled(path)
    outcome(path)
    filled(path)
    assert len(outcome(path)[0]) > 150


def test_a_file_that_is_no_database_is_started_afresh_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(b"not a database at all, but long enough to be read as one" * 100)
    cache = Cache.open(path)
    assert "afresh" in cache.warning
    cache.put_many({"a": b"1"})
    assert cache.get("a") == b"1"


def test_a_cache_of_another_version_is_started_afresh_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    filled(path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    found, warning = outcome(path)
    assert found == {}
    assert "another version" in warning


def test_a_value_filed_under_another_key_is_not_given_out(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    filled(path)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE results SET value = (SELECT value FROM results WHERE key = 'key1') WHERE key = 'key2'"
        )
    found, _ = outcome(path)
    assert "key2" not in found
    assert found["key1"] == b"value 1" * 50


def test_where_nothing_can_be_kept_the_cache_warns_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = Cache.open(tmp_path / "file" / "cache.sqlite")
    cache.put_many({"a": b"1"})
    assert cache.get("a") is None
    assert "cannot be used" in cache.warning


def test_a_read_only_cache_warns_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cache.sqlite"
    filled(path)
    before = path.read_bytes()
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda place, **_: connect(f"file:{place}?mode=ro", uri=True))
    cache = Cache.open(path)
    cache.put_many({"a": b"1"})
    cache.close()
    assert cache.warning
    assert path.read_bytes() == before


def test_pruning_forgets_what_is_long_unused_and_keeps_what_is_used(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    cache = Cache.open(path)
    cache.put_many({f"old{number}": b"x" for number in range(1200)})
    cache.close()
    cache = Cache.open(path)
    cache.put_many({"new": b"y"})
    assert cache.get("old7") == b"x"
    assert cache.prune() == 1199
    assert cache.get_many(["new", "old7", "old8"]) == {"new": b"y", "old7": b"x"}


def test_pruning_keeps_the_results_of_seeds_set_aside_for_a_while(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    filled(path)
    cache = Cache.open(path)
    assert cache.prune() == 0
    assert cache.get("key5") is not None


def test_a_full_disk_is_a_fault_that_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    cache = Cache.open(path)
    cache.put_many({"a": b"kept"})
    assert cache._connection is not None
    # SQLite then answers as it does where the system has no room.
    cache._connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(EnvironmentFault) as fault:
        cache.put_many({f"{number}": os.urandom(4000) for number in range(50)})
    assert str(path) in fault.value.message
    assert "free some space" in fault.value.remedy
    cache.close()
    again = Cache.open(path)
    assert again.get_many(["a"]) == {"a": b"kept"}
    again.close()
