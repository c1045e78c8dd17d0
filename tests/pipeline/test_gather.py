"""Only regular files inside seeds/ are read; the rest is named."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.errors import UsageError
from generator.folders import Folders
from generator.model import Issue
from generator.pipeline.gather import SeedFile, StandingSeed, gather
from generator.recall import SeedRecord, Stamps


def test_seeds_come_sorted_with_their_overrides(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"second")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"first")
    (tmp_path / "b.yml").write_bytes(b"title: T")
    found = gather(tmp_path, 100)
    assert [(seed.name, seed.raw, seed.override) for seed in found.seeds if isinstance(seed, SeedFile)] == [
        ("b.txt", b"second", b"title: T"),
        ("sub/a.txt", b"first", None),
    ]
    assert not found.issues


def test_what_a_dot_hides_is_named_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"first")
    (tmp_path / ".draft.txt").write_bytes(b"not yet")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/b.txt").write_bytes(b"old")
    found = gather(tmp_path, 100)
    assert [seed.name for seed in found.seeds] == ["a.txt"]
    assert [(issue.seed, issue.code, issue.severity) for issue in found.issues] == [
        (name, "hidden", "info") for name in (".DS_Store", ".draft.txt", ".git")
    ]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "link.txt").symlink_to(secret)
    found = gather(seeds, 100)
    assert not found.seeds
    assert [(issue.seed, issue.code) for issue in found.issues] == [("link.txt", "not-a-file")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_does_not_block_the_build(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert [issue.code for issue in gather(tmp_path, 100).issues] == ["not-a-file"]


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system opens links only by following them")
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
@pytest.mark.parametrize("name", ["a.txt", "a.yml"])
def test_what_takes_the_place_of_a_seed_as_it_is_opened_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (tmp_path / "secret").write_text("title: secret")
    for one in ("a.txt", "a.yml"):
        (seeds / one).write_text("title: T")
    opened = os.open

    def swapped(asked: str | Path, flags: int, *, dir_fd: int | None = None) -> int:
        if Path(asked).name == name:
            path = seeds / name
            path.unlink()
            if kind == "link":
                path.symlink_to(tmp_path / "secret")
            elif kind == "pipe":
                os.mkfifo(path)
            else:
                path.mkdir()
        return opened(asked, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", swapped)
    found = gather(seeds, 100)
    monkeypatch.undo()
    if name == "a.txt":
        assert not found.seeds
        assert [(issue.seed, issue.code) for issue in found.issues] == [("a.txt", "not-a-file")]
    else:
        assert [seed.override for seed in found.seeds if isinstance(seed, SeedFile)] == [None]


@pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="the system opens files by their paths alone")
@pytest.mark.parametrize("moment", ["as it is listed", "before it is listed", "as a file is opened", "before a file"])
def test_a_folder_that_gives_way_to_a_link_leads_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    seeds = tmp_path / "seeds"
    for name in ("sub/a.txt", "sub/deep/b.txt", "z.txt"):
        (seeds / name).parent.mkdir(parents=True, exist_ok=True)
        (seeds / name).write_text("mine")
    for name in ("a.txt", "a.yml", "deep/b.txt", "deep/b.yml", "other.txt"):
        (tmp_path / "outside" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "outside" / name).write_text("secret")
    swaps: list[str] = []

    def swap() -> None:
        if not swaps:
            swaps.append(moment)
            (seeds / "sub").rename(tmp_path / "moved")
            (seeds / "sub").symlink_to(tmp_path / "outside", target_is_directory=True)

    opened, looked, listed = os.open, os.stat, os.scandir

    def opening(asked: str | Path, flags: int, *, dir_fd: int | None = None) -> int:
        if Path(asked).name == {"before it is listed": "sub", "as a file is opened": "a.txt"}.get(moment):
            swap()
        return opened(asked, flags, dir_fd=dir_fd)

    def looking(asked: str | Path, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> os.stat_result:
        if Path(asked).name == "a.txt" and moment == "before a file":
            swap()
        return looked(asked, dir_fd=dir_fd, follow_symlinks=follow_symlinks)

    def listing(asked: int | str) -> Any:
        # Folders are listed after their parents: the second is `sub`.
        calls.append(asked)
        if len(calls) == 2 and moment == "as it is listed":
            swap()
        return listed(asked)

    calls: list[int | str] = []
    monkeypatch.setattr(os, "open", opening)
    monkeypatch.setattr(os, "stat", looking)
    monkeypatch.setattr(os, "scandir", listing)
    found = gather(seeds, 100)
    monkeypatch.undo()
    assert swaps == [moment]
    assert "z.txt" in {seed.name for seed in found.seeds}
    assert {(seed.raw, seed.override) for seed in found.seeds if isinstance(seed, SeedFile)} == {(b"mine", None)}
    # What is not read any more is named.
    gone = {"sub/a.txt", "sub/deep/b.txt"} - {seed.name for seed in found.seeds}
    told = {issue.seed for issue in found.issues if issue.code in ("not-a-file", "unreadable")}
    assert all(told & {name, "sub"} for name in gone)


def test_a_linked_folder_is_named_and_not_entered(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.txt").write_text("secret")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/linked").symlink_to(tmp_path / "outside", target_is_directory=True)
    found = gather(tmp_path / "seeds", 100)
    assert not found.seeds
    assert [(issue.seed, issue.code) for issue in found.issues] == [("linked", "not-a-file")]


def test_without_descriptors_of_folders_seeds_are_read_by_their_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test_seeds_come_sorted_with_their_overrides(tmp_path)
    (tmp_path / "linked").symlink_to(tmp_path / "sub", target_is_directory=True)
    whole = gather(tmp_path, 100)
    monkeypatch.setattr("generator.folders._BY_DESCRIPTOR", False)
    assert gather(tmp_path, 100) == whole


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not list what a process holds open")
def test_no_folder_stays_open(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"a{number}/b/c").mkdir(parents=True)
        (tmp_path / f"a{number}/b/c/x.txt").write_bytes(b"x")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 -- of names that are gone when they are looked at
    assert len(gather(tmp_path, 100).seeds) == 50
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208 -- as above


def test_a_directory_loop_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [seed.name for seed in gather(tmp_path, 100).seeds] == ["a.txt"]


def test_folders_in_folders_without_end_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"first")
    deep = tmp_path.joinpath(*["d"] * 70)
    deep.mkdir(parents=True)
    (deep / "b.txt").write_bytes(b"deep")
    tmp_path.joinpath(*["d"] * 60, "c.txt").write_bytes(b"third")
    found = gather(tmp_path, 100)
    assert [seed.raw for seed in found.seeds if isinstance(seed, SeedFile)] == [b"first", b"third"]
    assert [(issue.code, issue.severity) for issue in found.issues] == [("too-deep", "error")]


def test_a_folder_that_goes_away_meanwhile_is_named_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"first")
    (tmp_path / "gone").mkdir()
    listed = Folders.listed

    def meddling(self: Folders, folder: tuple[str, ...]) -> Any:
        if folder == ("gone",):
            (tmp_path / "gone").rmdir()
        return listed(self, folder)

    monkeypatch.setattr(Folders, "listed", meddling)
    found = gather(tmp_path, 100)
    assert [seed.name for seed in found.seeds] == ["a.txt"]
    assert [(issue.seed, issue.code) for issue in found.issues] == [("gone", "changing")]


def test_other_files_are_named_not_read(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    found = gather(tmp_path, 100)
    assert not found.seeds
    assert [(issue.severity, issue.seed) for issue in found.issues] == [("info", "scan.pdf")]


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        gather(tmp_path / "none", 100)


def remembered(folder: Path) -> dict[str, SeedRecord]:
    """What a build remembers of the seeds in `folder` that it can tell the next time."""
    return {
        seed.name: SeedRecord(seed.stamps, sha256(seed.raw).hexdigest())
        for seed in gather(folder, 100).seeds
        if isinstance(seed, SeedFile) and seed.stamps is not None
    }


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are taken for settled as soon as they are written."""
    monkeypatch.setattr("generator.pipeline.gather._SETTLED", -(10**10))


def unread(folder: Path, known: dict[str, SeedRecord]) -> set[str]:
    """The seeds in `folder` that are not read again."""
    return {seed.name for seed in gather(folder, 100, known).seeds if isinstance(seed, StandingSeed)}


@pytest.mark.usefixtures("at_once")
def test_only_what_changed_is_read_again_and_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (tmp_path / name).write_bytes(b"first")
    (tmp_path / "d.yml").write_bytes(b"title: T")
    known = remembered(tmp_path)
    assert unread(tmp_path, known) == {"a.txt", "b.txt", "c.txt", "d.txt"}
    state = (tmp_path / "b.txt").stat()
    (tmp_path / "b.txt").write_bytes(b"other")
    os.utime(tmp_path / "b.txt", ns=(state.st_atime_ns, state.st_mtime_ns))
    (tmp_path / "c.yml").write_bytes(b"title: T")
    (tmp_path / "d.yml").unlink()
    (tmp_path / "e.txt").write_bytes(b"new")
    counted: list[int] = []
    found = gather(tmp_path, 100, known, counted.append)
    assert [(seed.name, isinstance(seed, StandingSeed)) for seed in found.seeds] == [
        ("a.txt", True),
        ("b.txt", False),
        ("c.txt", False),
        ("d.txt", False),
        ("e.txt", False),
    ]
    assert counted == [4]


def test_a_seed_that_changed_a_moment_ago_is_not_taken_for_known_the_next_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"first")
    assert not remembered(tmp_path)


@pytest.mark.usefixtures("at_once")
def test_a_rejected_seed_is_read_again_and_needs_no_engine(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    known = {name: SeedRecord(one.stamps) for name, one in remembered(tmp_path).items()}
    counted: list[int] = []
    assert [type(seed) for seed in gather(tmp_path, 100, known, counted.append).seeds] == [SeedFile]
    assert counted == [0]


@pytest.mark.usefixtures("at_once")
def test_a_seed_that_gives_way_to_a_link_is_not_taken_for_known(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_bytes(b"first")
    known = remembered(seeds)
    (seeds / "a.txt").rename(tmp_path / "a.txt")
    (seeds / "a.txt").symlink_to(tmp_path / "a.txt")
    assert not gather(seeds, 100, known).seeds


@pytest.mark.usefixtures("at_once")
def test_a_known_seed_that_changes_before_it_is_needed_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"first")
    (seed,) = gather(tmp_path, 100, remembered(tmp_path)).seeds
    assert isinstance(seed, StandingSeed)
    read = seed.read()
    assert isinstance(read, SeedFile)
    assert read.raw == b"first"
    (tmp_path / "a.txt").write_bytes(b"second")
    changed = seed.read()
    assert isinstance(changed, Issue)
    assert changed.code == "changing"


MAPPINGS = """
import sys
from pathlib import Path
from generator.pipeline.gather import gather
def mappings():
    return len(Path("/proc/self/maps").read_text().splitlines())
before = mappings()
seeds = gather(Path(sys.argv[1]), 8_000_000).seeds
print(len(seeds), mappings() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells")
def test_many_seeds_fit_into_the_mappings_that_the_system_grants(tmp_path: Path) -> None:
    for number in range(500):
        (tmp_path / f"{number}.txt").write_text("A pier was built.\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", MAPPINGS, str(tmp_path)], capture_output=True, text=True, check=True)
    read, more = map(int, done.stdout.split())
    assert read == 500
    assert more < 50


def test_a_seed_larger_than_what_is_read_at_once_comes_whole_up_to_the_limit(tmp_path: Path) -> None:
    text = bytes(range(256)) * 1000
    (tmp_path / "long.txt").write_bytes(text)
    assert [seed.raw for seed in gather(tmp_path, 1_000_000).seeds if isinstance(seed, SeedFile)] == [text]
    assert [seed.raw for seed in gather(tmp_path, 99_999).seeds if isinstance(seed, SeedFile)] == [text[:100_000]]


def test_a_name_yml_that_comes_or_goes_has_its_seed_read_again(tmp_path: Path) -> None:
    seeds = [tmp_path / folder / "a.txt" for folder in ("", "sub")]
    for seed in seeds:
        seed.parent.mkdir(exist_ok=True)
        seed.write_bytes(b"text")
        os.utime(seed, (1, 1))

    def read(known: dict[str, SeedRecord]) -> dict[str, SeedRecord]:
        """The seeds that were read, as records; those that stand are left out."""
        found = [seed for seed in gather(tmp_path, 100, known).seeds if isinstance(seed, SeedFile)]
        return {seed.name: SeedRecord(stamps(tmp_path / seed.name), "read") for seed in found}

    known = read({})
    assert list(known) == ["a.txt", "sub/a.txt"]
    assert read(known) == {}
    (tmp_path / "sub" / "a.yml").write_bytes(b"title: T")
    come = read(known)
    assert list(come) == ["sub/a.txt"]
    known |= come
    assert read(known) == {}
    (tmp_path / "sub" / "a.yml").unlink()
    assert list(read(known)) == ["sub/a.txt"]


def stamps(seed: Path) -> Stamps:
    """How a seed and its NAME.yml stand."""
    states = [path.stat() for path in (seed, seed.with_suffix(".yml")) if path.exists()]
    told = [(state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns) for state in states]
    return told[0], told[1] if len(told) > 1 else None
