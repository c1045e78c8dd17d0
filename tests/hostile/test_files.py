"""Files beside the seeds (overrides, decisions, settings, records) that are wrong in every way in which parsers fall.

Whatever they hold, what is said is an error of Briefing's own that names the file, soon, and the process goes on.
"""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import require_apart
from generator.corpus.resolve.decisions import parse_decisions
from generator.errors import BriefingError, UsageError
from generator.pipeline.identity import read_identity
from generator.publish.history import read_history
from generator.publish.lock import project_lock
from generator.publish.manifest import read_manifest
from generator.publish.permalinks import read_registry
from generator.publish.swap import staging_place
from generator.read.override import read_override
from generator.settings import Project, Settings, parse_settings

# Each line is ten of the line before: written out, ten to the ninth.
LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
DEEP = {
    "brackets": "[" * 99_000,
    "brackets behind a key": "title: " + "[" * 99_000,
    "braces": "{a: " * 24_000,
    "dashes": "- " * 49_000 + "x",
    "questions": "? " * 49_000,
    "steps": "".join(f"{' ' * step}a:\n" for step in range(400)),
}
ODD = {
    **DEEP,
    "laughs": LAUGHS,
    "laughs in a section": LAUGHS.replace("a9:", "same:"),
    "itself": "same: &a [*a]",
    "each other": "same: &a\n  - &b [*a, *b]",
    "itself as a mapping": "&a\nrename: *a",
    "itself merged": "rename: &r {<<: *r}",
    "merged into itself": "<<: &a {<<: *a}",
    "an alias of nothing": "same: *nothing",
    "many digits": "jobs: " + "9" * 5_000,
    "many hexadecimal digits": "jobs: 0x" + "f" * 10_000,
    "base sixty": "jobs: " + ":".join(["59"] * 3_000),
    "no number": "jobs: .nan",
    "too large": "limits: {size: 1e999}",
    "thirteenth month": "site_name: 2024-13-45",
    "thirtieth of February": "site_name: 2024-02-30 25:61:61",
    "a tag of bytes": 'site_name: !!binary "%%%"',
    "a tag of truth": "site_name: !!bool x",
    "a tag of code": "site_name: !!python/object/apply:os.getcwd []",
    "a tag of nobody": "%TAG ! tag:x,2000:\n--- !x\nsame: []",
    "another version": "%YAML 9.9\n---\nsame: []",
    "two documents": "same: []\n---\nhide: []",
    "a list for a key": "? [a, b]\n: x",
    "a mapping for a key": "{a: b}: c",
    "nothing for a key": "~: x",
    "a date for a key": "2024-01-01: x",
    "a key of every object": "__proto__: x",
    "a set": "seeds: !!set {a, b}",
    "pairs": "seeds: !!omap [a: b]",
    "control characters": 'site_name: "\\u0000\\x1b[31m"',
    "half a character": 'title: "\\ud83d"',
    "a zero byte": "title: a\x00b",
    "tabs": "title:\tx\n\ty: z",
    "quotation marks": '"' * 50_000,
    "colons": ": " * 40_000,
    "anchors": "&" * 50_000,
    "stars": "*" * 50_000,
    "percents": "%" * 50_000,
    "exclamations": "!" * 50_000,
    "a text for a section": "same: x\nhide: y",
    "a mapping for a list": "hide: {a: b}",
    "a list for a name": "rename: {a: [b]}",
    "a type of every object": "type: {a: __proto__}",
}
ODD_JSON = {
    "nothing": b"",
    "brackets": b"[" * 100_000,
    "objects": b'{"a":' * 50_000,
    "a list": b"[]",
    "a text": b'"x"',
    "a number": b"1",
    "too large": b'{"format": 1e999}',
    "many digits": b'{"format": ' + b"9" * 5_000 + b"}",
    "no number": b'{"format": NaN}',
    "another coding": '{"format": 1}'.encode("utf-16"),
    "a mark in front": b'\xef\xbb\xbf{"format": 1}',
    "no UTF-8": b'{"format": "\xff"}',
    "nothing in it": b'{"format": 1}',
    "lists for mappings": b'{"format": 1, "addresses": [], "history": [], "files": {}}',
    "texts for mappings": b'{"format": 1, "addresses": {"a": "b"}, "history": {"snapshot": 1}, "files": "x"}',
    "numbers for texts": b'{"format": 1, "addresses": {"a": {"path": 1, "wanted": 2}}, "files": [1, null]}',
    "a list for a format": b'{"format": [1], "history": {}, "addresses": {}}',
    "half a character": b'{"format": 1, "addresses": {"\\ud800": {"path": "a", "wanted": "a"}}}',
}


def soon(act: Callable[[], object]) -> BriefingError | None:
    """What Briefing says to `act`, within a few seconds of the processor; any other error is the test's."""
    begin = time.process_time()
    try:
        act()
    except BriefingError as error:
        said: BriefingError | None = error
    else:
        said = None
    # The slowest, forty thousand colons, takes half a second; what grows with the square takes minutes.
    assert time.process_time() - begin < 5
    return said


@pytest.mark.parametrize("odd", ODD)
def test_an_override_of_any_kind_is_named_and_the_seed_is_read(odd: str) -> None:
    _, issues = read_override("a.txt", ODD[odd].encode("utf-8", "surrogatepass"))
    assert all(issue.message.startswith("a.yml: ") and len(issue.message) < 500 for issue in issues)
    assert issues or odd in ("half a character", "another version")


@pytest.mark.parametrize("odd", DEEP)
def test_nesting_without_end_does_not_end_the_process(odd: str) -> None:
    # In a process of its own: where this fails there is no error but a process less.
    code = "import sys; from generator.read.override import read_override as read; "
    code += "print(read('a.txt', sys.stdin.buffer.read()))"
    done = subprocess.run([sys.executable, "-c", code], input=DEEP[odd].encode(), capture_output=True, check=False)
    assert done.returncode == 0
    assert b"nested too deeply" in done.stdout


@pytest.mark.parametrize("odd", ODD)
def test_decisions_and_settings_of_any_kind_are_named(odd: str) -> None:
    for file, parse in (("entities.yml", parse_decisions), ("briefing.yml", parse_settings)):
        said = soon(lambda parse=parse, file=file: parse(ODD[odd], file))  # type: ignore[misc]
        assert said is None or (isinstance(said, UsageError) and file in said.message)


@pytest.mark.parametrize("odd", ODD)
def test_whatever_mkdocs_yml_holds_the_site_has_a_name(tmp_path: Path, odd: str) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(ODD[odd].encode("utf-8", "surrogatepass"))
    assert soon(lambda: read_identity(Project(tmp_path, Settings()))) is None


@pytest.mark.parametrize("odd", ODD_JSON)
def test_records_of_any_kind_are_named_or_taken_for_none(tmp_path: Path, odd: str) -> None:
    for name, read in (("permalinks.json", read_registry), ("changes.json", read_history)):
        path = tmp_path / name
        path.write_bytes(ODD_JSON[odd])
        said = soon(lambda read=read, path=path: read(path))  # type: ignore[misc]
        assert said is None or name in said.message
    (tmp_path / ".briefing-manifest.json").write_bytes(ODD_JSON[odd])
    assert soon(lambda: read_manifest(tmp_path)) is None


@pytest.mark.parametrize(
    "old", ["../../up", "/etc/up", "..", "a/../../up", "a\\..\\up", "C:/up", "a\0b", "x" * 300, ".git/x", "a b", "<b>"]
)
def test_a_registry_that_was_tampered_with_leads_nowhere_else(tmp_path: Path, old: str) -> None:
    for entry in ({"path": old, "wanted": "x"}, {"path": "x", "wanted": "x", "past": [old]}):
        (tmp_path / "permalinks.json").write_text(
            json.dumps({"format": 1, "addresses": {"articles/x": entry}}), "utf-8"
        )
        with pytest.raises(BriefingError, match=re.escape("permalinks.json")):
            read_registry(tmp_path / "permalinks.json")


def test_the_lock_is_no_way_to_empty_another_file(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("kept", "utf-8")
    (tmp_path / "lock").symlink_to(other)
    with pytest.raises(BriefingError), project_lock(tmp_path / "lock"):
        pass
    assert other.read_text("utf-8") == "kept"


@pytest.mark.parametrize("circle", ["site", "seeds", "site_src"])
def test_a_folder_that_is_a_link_to_itself_is_named(tmp_path: Path, circle: str) -> None:
    (tmp_path / circle).symlink_to(circle)
    project = Project(tmp_path, Settings())
    with pytest.raises(BriefingError, match=circle):
        require_apart(project)
    with pytest.raises(BriefingError, match=circle):
        staging_place(tmp_path / circle)


def test_the_lock_holds_without_a_name_where_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with (
        project_lock(tmp_path / "lock"),
        pytest.raises(BriefingError, match="did not leave its name"),
        project_lock(tmp_path / "lock"),
    ):
        pass


@pytest.mark.parametrize(
    "note",
    [b" {", b" " + b"[" * 5_000, b' {"pid": 1e999, "since": ""}', b' {"pid": 1, "since": "\\u001b[2Jx"}', b"\xff"],
)
def test_whatever_the_lock_says_of_its_holder_somebody_who_waits_is_told(tmp_path: Path, note: bytes) -> None:
    path = tmp_path / "lock"
    with project_lock(path):
        descriptor = os.open(path, os.O_RDWR)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, note)
        os.close(descriptor)
        with pytest.raises(BriefingError, match="another build") as caught, project_lock(path):
            pass
    assert caught.value.message.isprintable()
