"""Only regular files inside seeds/ are read; the rest is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.pipeline.gather import gather, line_counts


def test_seeds_come_sorted_with_their_overrides(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"second")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"first")
    (tmp_path / "b.yml").write_bytes(b"title: T")
    found = gather(tmp_path, 100)
    assert [(seed.name, seed.raw, seed.override) for seed in found.seeds] == [
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

    def swapped(path: Path, *flags: int) -> int:
        if path.name == name:
            path.unlink()
            if kind == "link":
                path.symlink_to(tmp_path / "secret")
            elif kind == "pipe":
                os.mkfifo(path)
            else:
                path.mkdir()
        return opened(path, *flags)

    monkeypatch.setattr(os, "open", swapped)
    found = gather(seeds, 100)
    monkeypatch.undo()
    if name == "a.txt":
        assert not found.seeds
        assert [(issue.seed, issue.code) for issue in found.issues] == [("a.txt", "not-a-file")]
    else:
        assert [seed.override for seed in found.seeds] == [None]


def test_a_directory_loop_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [seed.name for seed in gather(tmp_path, 100).seeds] == ["a.txt"]


def test_other_files_are_named_not_read(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    found = gather(tmp_path, 100)
    assert not found.seeds
    assert [(issue.severity, issue.seed) for issue in found.issues] == [("info", "scan.pdf")]


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        gather(tmp_path / "none", 100)


def test_a_line_counts_once_for_each_seed() -> None:
    assert line_counts(["Share  this\nShare this\ntext", "Share this"]) == {"Share this": 2, "text": 1}
