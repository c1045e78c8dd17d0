from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator import read
from generator.annotate import mentions
from generator.annotate.recognizer import Recognizer
from generator.model import Document
from generator.pipeline import work
from generator.report import quarantine_json
from generator.settings import Project, load_project
from tests.building import build_in_memory, project_of
from tests.faults.corpora import GOOD
from tests.faults.running import COMMAND, run
from tests.projects import make_project, tree

# Where a site says what was quarantined: the page about the method, the list itself, and the search index,
# which holds the text of that page.
TELLING = ("method", "quarantine", "search/search_index", "datapackage")


# The home page has a sentence about it.
SENTENCE = re.compile(rb'<li><a href="method\.(?:md|html)#quarantined">[^<]*</a>[^<]*</li>')


def differing(clean: Mapping[str, bytes], spoilt: Mapping[str, bytes]) -> set[str]:
    """The files of one that are not in the other, or not the same, where nothing is to be told."""
    return {
        name
        for name in clean.keys() | spoilt.keys()
        if not any(part in name for part in TELLING)
        and SENTENCE.sub(b"", spoilt.get(name, b"none")) != clean.get(name, b"none")
    }


def link_out(path: Path) -> None:
    path.symlink_to("/etc/hostname")


BAD: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "blank": lambda path: path.write_bytes(b" \n\t\n" * 50),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "a picture": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(400)),
    "too large": lambda path: path.write_bytes(b"word " * 1_700_000),
    "too many lines": lambda path: path.write_bytes(b"a\n" * 200_001),
    "too long a line": lambda path: path.write_bytes(b"word " * 200_100),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_seed_is_named_with_reason_and_remedy_exit_1_and_the_good_pages_are_the_same_bytes(
    kind: str, tmp_path: Path
) -> None:
    good = {name: text.encode() for name, text in GOOD.items()}
    project = project_of(tmp_path / "spoilt", good)
    clean, _ = build_in_memory(project)
    BAD[kind](project.seeds / "bad one.txt")
    spoilt, report = build_in_memory(project)
    assert report.exit_code == 1, report.issues
    [row] = json.loads(quarantine_json(report.issues))
    assert row["seed"] == "bad one.txt"
    assert row["reason"]
    assert row["remedy"]
    assert report.counts["articles"] == len(GOOD)
    assert differing(clean.files, spoilt.files) == set()
    assert spoilt.registry == clean.registry


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("make", [os.mkfifo if hasattr(os, "mkfifo") else Path.touch, Path.mkdir, link_out])
def test_what_is_no_regular_file_is_passed_over_and_never_read(make: Callable[[Path], None], tmp_path: Path) -> None:
    good = {name: text.encode() for name, text in GOOD.items()}
    project = project_of(tmp_path / "spoilt", good)
    clean, _ = build_in_memory(project)
    make(project.seeds / "bad one.txt")
    spoilt, report = build_in_memory(project)
    assert report.counts["articles"] == len(GOOD)
    assert differing(clean.files, spoilt.files) == set()


@pytest.mark.parametrize("stage", ["read", "annotate"])
def test_a_seed_on_which_our_own_code_fails_leaves_no_trace_in_the_others(
    stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It would otherwise take the address of a good seed, and make a line that all of them share furniture.
    shared = "Read more about Sandport every morning"
    good = {name: f"{text}\n{shared}\n".encode() for name, text in list(GOOD.items())[:2]}
    clean, _ = build_in_memory(project_of(tmp_path / "clean", good))
    failing = {"harbour.text": f"Cursed harbour of Sandport\n\nIt is said to be cursed.\n{shared}\n".encode()}
    project = project_of(tmp_path / "spoilt", good | failing)
    find_mentions, read_seed = mentions.find_mentions, read.read_seed

    def find(document: Document, recognizer: Recognizer) -> object:
        if document.seed.name == "harbour.text":
            raise ZeroDivisionError("of ours")
        return find_mentions(document, recognizer)

    def failing_read(name: str, *rest: Any) -> object:
        if name == "harbour.text":
            raise ZeroDivisionError("of ours")
        return read_seed(name, *rest)

    if stage == "annotate":
        monkeypatch.setattr(work, "find_mentions", find)
    else:
        monkeypatch.setattr(read, "read_seed", failing_read)
    spoilt, report = build_in_memory(project)
    assert [(issue.seed, issue.code) for issue in report.quarantined] == [("harbour.text", "engine-fault")]
    assert differing(clean.files, spoilt.files) == set()
    assert spoilt.registry == clean.registry


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that was built by the command line with the real engine."""
    project = make_project(
        tmp_path_factory.mktemp("built") / "port", **{name.removesuffix(".txt"): text for name, text in GOOD.items()}
    )
    done = run([*COMMAND, "build"], project.root)
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    shutil.copytree(built.root, tmp_path / "port")
    return load_project(tmp_path / "port")


@pytest.mark.parametrize("emptied", ["all seeds bad", "seeds emptied", "no seeds folder"])
def test_a_full_site_is_never_replaced_by_an_empty_one_exit_2(project: Project, emptied: str) -> None:
    before = tree(project.site)
    for path in project.seeds.iterdir():
        if emptied == "all seeds bad":
            path.write_bytes(bytes(range(256)))
        else:
            path.unlink()
    if emptied == "no seeds folder":
        project.seeds.rmdir()
    done = run([*COMMAND, "build"], project.root)
    assert done.returncode == 2, done.stderr
    assert "seeds" in done.stderr
    assert "->" in done.stderr
    assert tree(project.site) == before


@pytest.mark.parametrize(("emptied", "code"), [("all seeds bad", 1), ("seeds emptied", 0)])
def test_with_allow_empty_an_empty_site_replaces_a_full_one(project: Project, emptied: str, code: int) -> None:
    for path in project.seeds.iterdir():
        if emptied == "all seeds bad":
            path.write_bytes(bytes(range(256)))
        else:
            path.unlink()
    done = run([*COMMAND, "build", "--allow-empty"], project.root)
    assert done.returncode == code, done.stderr
    after = tree(project.site)
    assert "index.html" in after
    assert [name for name, content in after.items() if b"Ann Lund" in content] == []


def test_a_build_with_a_bad_seed_publishes_the_good_pages_byte_for_byte_and_names_the_bad_one(project: Project) -> None:
    before = tree(project.site)
    (project.seeds / "bad.txt").write_bytes(bytes(range(256)) * 9)
    done = run([*COMMAND, "build", "--json"], project.root)
    assert done.returncode == 1
    assert [issue["seed"] for issue in json.loads(done.stdout)["issues"] if issue["severity"] == "error"] == ["bad.txt"]
    after = tree(project.site)
    assert [row["seed"] for row in json.loads(after["data/quarantine.json"])] == ["bad.txt"]
    assert differing(before, after) == set()
