"""File names of every kind get addresses that are portable and distinct, and keep them apart from each other."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import pytest

from generator.pipeline.gather import SeedFile, gather
from generator.read.limits import Limits
from tests.building import build_in_memory, project_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems allow few of these names")

PORTABLE = re.compile(r"[a-z0-9][a-z0-9._-]*")
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
NAMES: tuple[bytes, ...] = (
    b"plain.txt",
    b"with spaces in it.txt",
    b" leading space.txt",
    b"trailing space .txt",
    b"new\nline.txt",
    b"tab\tand\rreturn.txt",
    b"-leading-dash.txt",
    b"--help.txt",
    b"con.txt",
    b"CON.txt",
    b"aux.txt",
    b"nul.txt",
    b"COM1.txt",
    b"lpt9.txt",
    b"Case.txt",
    b"case.txt",
    b"CASE.txt",
    "\u00e9clair.txt".encode(),
    "e\u0301clair.txt".encode(),
    "\ubc15\ub3c4\uc724.txt".encode(),
    unicodedata.normalize("NFD", "\ubc15\ub3c4\uc724").encode() + b".txt",
    "\U0001f469\u200d\U0001f692.txt".encode(),
    "\U0001f600.txt".encode(),
    "\U0001f601.txt".encode(),
    "\u202etxt.exe.txt".encode(),
    b"invalid\xff\xfe.txt",
    b"invalid\xfe\xff.txt",
    b"\xed\xa0\x80.txt",
    b"told.\xff.txt",
    b"told.\\udcff.txt",
    b"a" * 251 + b".txt",
    b"a" * 250 + b"b.txt",
    "\ud55c".encode() * 83 + b".txt",
    b"'; rm -rf ~; '.txt",
    b"$(touch x).txt",
    b"<script>alert(1)<script>.txt",
    b'quote".txt',
    b"back\\slash.txt",
    b"x..\\..\\up.txt",
    b"percent%2e%2e%2f.txt",
    b"question?.txt",
    b"hash#p1.txt",
    b"colon:stream.txt",
    b"star*.txt",
    b"pipe|.txt",
    b"dots...txt",
    b"trailing dot..txt",
    b"index.txt",
    b"CLOCK$.txt",
    b"x.txt.txt",
    b"UPPER.TXT",
)


def seed_text(number: int) -> bytes:
    return f"Harbour number {number} opens\n\nThe harbour of Sandport opened pier {number} on May 4, 2020.\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose seeds bear every name."""
    project_of(tmp_path / "port", {})
    for number, name in enumerate(NAMES):
        (tmp_path / "port/seeds" / Path(name.decode("utf-8", "surrogateescape"))).write_bytes(seed_text(number))
    return tmp_path / "port"


def test_every_seed_gets_one_portable_and_distinct_address(folder: Path) -> None:
    project = project_of(folder.parent / "empty", {})
    built, report = build_in_memory(type(project)(folder, project.settings))
    assert [issue for issue in report.issues if issue.severity == "error"] == []
    assert built.articles == len(NAMES)
    seeds = [path for path in built.files if path.startswith("seeds/")]
    assert sorted(built.files[path] for path in seeds) == sorted(seed_text(number) for number in range(len(NAMES)))
    for path in built.files:
        for part in path.removeprefix(".").split("/"):
            assert PORTABLE.fullmatch(part), path
            assert not RESERVED.fullmatch(part), path
            assert not part.endswith("."), path
            assert len(part) <= 120, path
    assert len({path.casefold() for path in built.files}) == len(built.files)


def test_the_addresses_of_others_do_not_depend_on_a_twin(folder: Path) -> None:
    project = project_of(folder.parent / "empty", {})
    kind = type(project)
    whole, _ = build_in_memory(kind(folder, project.settings))
    (folder / "seeds/x.txt.txt").unlink()
    fewer, _ = build_in_memory(kind(folder, project.settings))
    gone = {path for path in whole.files if path.startswith("seeds/")} - {
        path for path in fewer.files if path.startswith("seeds/")
    }
    assert len(gone) == 1
    for path in fewer.files:
        if path.startswith("seeds/"):
            assert whole.files[path] == fewer.files[path]


def test_the_names_of_seeds_are_told_as_text_that_can_be_written(folder: Path) -> None:
    names = [seed.name for seed in gather(folder / "seeds", Limits().size).seeds]
    assert len(set(names)) == len(NAMES)
    for name in names:
        name.encode("utf-8")


@pytest.mark.parametrize("kind", ["device", "socket", "loop", "dangling"])
def test_what_is_no_regular_file_is_named_and_not_opened(tmp_path: Path, kind: str) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "good.txt").write_bytes(seed_text(1))
    odd = seeds / "odd.txt"
    if kind == "device":
        odd.symlink_to("/dev/zero")
    elif kind == "socket":
        import socket

        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(odd))
        listening.close()
    else:
        odd.symlink_to(odd if kind == "loop" else tmp_path / "nowhere")
    found = gather(seeds, Limits().size)
    assert [seed.name for seed in found.seeds] == ["good.txt"]
    assert [(issue.code, issue.seed) for issue in found.issues] == [("not-a-file", "odd.txt")]


def test_a_linked_override_is_not_read(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (tmp_path / "secret.yml").write_text("title: secret", encoding="utf-8")
    (seeds / "a.txt").write_bytes(seed_text(1))
    (seeds / "a.yml").symlink_to(tmp_path / "secret.yml")
    assert [seed.override for seed in gather(seeds, Limits().size).seeds if isinstance(seed, SeedFile)] == [None]
