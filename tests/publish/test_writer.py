from __future__ import annotations

import errno
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import CheckFailed, EnvironmentFault
from generator.publish.manifest import MANIFEST_NAME, are_paths, read_manifest, write_manifest
from generator.publish.writer import Writing, _require_portable, remove_generated, write_generated
from tests.projects import tree


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    files = {"index.md": b"home", "people/a.md": b"a"}
    write_generated(tmp_path, files)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    second = write_generated(tmp_path, files)
    assert (second.written, second.removed) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    write_generated(tmp_path, {"a.md": b"1", "b.md": b"1"})
    assert write_generated(tmp_path, {"a.md": b"1", "b.md": b"2"}).written == ("b.md",)


def test_what_is_no_longer_generated_goes_with_its_empty_folders(tmp_path: Path) -> None:
    write_generated(tmp_path, {"index.md": b"", "articles/2024/a.md": b"a", "articles/b.md": b"b"})
    outcome = write_generated(tmp_path, {"index.md": b"", "articles/b.md": b"b"})
    assert outcome.removed == ("articles/2024/a.md",)
    assert not (tmp_path / "articles" / "2024").exists()
    assert (tmp_path / "articles" / "b.md").exists()


def test_a_file_of_the_user_is_neither_overwritten_nor_deleted(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_bytes(b"mine")
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "note.md").write_bytes(b"mine too")
    outcome = write_generated(tmp_path, {"index.md": b"theirs", "people/a.md": b"a"})
    assert [issue.seed for issue in outcome.issues] == [f"{tmp_path.name}/index.md"]
    assert outcome.issues[0].remedy
    write_generated(tmp_path, {})
    remove_generated(tmp_path)
    assert tree(tmp_path) == {"index.md": b"mine", "people/note.md": b"mine too"}


def test_a_file_that_already_has_the_content_is_adopted(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_bytes(b"same")
    outcome = write_generated(tmp_path, {"index.md": b"same"})
    assert outcome.issues == ()
    assert "index.md" in read_manifest(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 2}', '{"format": 1, "files": ["../../x", "/x", 3]}'])
def test_a_spoilt_manifest_loses_nobody_a_file(tmp_path: Path, content: str) -> None:
    site_src = tmp_path / "deep" / "site_src"
    write_generated(site_src, {"index.md": b"old"})
    (tmp_path / "x").write_bytes(b"mine")
    (site_src / MANIFEST_NAME).write_text(content, encoding="utf-8")
    outcome = write_generated(site_src, {"index.md": b"new"})
    assert (site_src / "index.md").read_bytes() == b"old"
    assert (tmp_path / "x").exists()
    assert len(outcome.issues) == 1


def test_a_run_killed_half_way_leaves_nothing_that_the_next_takes_for_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_generated(tmp_path, {"old.md": b"1"})
    files = {f"{number}.md": b"%d" % number for number in range(9)}

    def killed(_path: Path, content: bytes) -> None:
        if content == b"5":
            raise KeyboardInterrupt
        _path.write_bytes(content)

    with monkeypatch.context() as patch:
        patch.setattr("generator.publish.writer.replace_file", killed)
        with pytest.raises(KeyboardInterrupt):
            write_generated(tmp_path, files)
    outcome = write_generated(tmp_path, files)
    assert outcome.issues == ()
    assert {name for name in tree(tmp_path) if name.endswith(".md")} == set(files)


def test_a_page_may_become_a_folder_and_back(tmp_path: Path) -> None:
    for files in ({"a": b"1"}, {"a/b.md": b"2"}, {"a": b"3"}):
        assert write_generated(tmp_path, files).issues == ()
        assert {name: content for name, content in tree(tmp_path).items() if not name.startswith(".")} == files


def test_pages_are_written_before_the_rest_is_there(tmp_path: Path) -> None:
    write_generated(
        tmp_path, {"old.md": b"1", "moved.html": b"1", "a.md": b"1", "data/old.csv": b"1", "data/a.csv": b"1"}
    )
    writing = Writing(tmp_path)
    first = writing.pages({"a.md": b"1", "new.md": b"2"}, frozenset(), {"data/a.csv", "data/new.csv"})
    assert (first.written, first.removed) == (("new.md",), ("moved.html", "old.md"))
    # Whatever is no page may be among what is still to come.
    assert {"data/old.csv", "data/a.csv"} <= tree(tmp_path).keys()
    second = writing.rest({"data/new.csv": b"3"}, frozenset({"data/a.csv"}))
    assert (second.written, second.removed) == ((".gitignore", "data/new.csv"), ("data/old.csv",))
    names = {"a.md", "new.md", "data/a.csv", "data/new.csv"}
    assert {name for name in tree(tmp_path) if not name.startswith(".")} == names
    assert {*names, ".gitignore"} == read_manifest(tmp_path)


def test_a_run_killed_between_its_steps_leaves_nothing_that_the_next_takes_for_the_users(tmp_path: Path) -> None:
    write_generated(tmp_path, {"a.md": b"1", "data/a.csv": b"1"})
    Writing(tmp_path).pages({"b.md": b"1"}, frozenset(), {"data/a.csv"})
    outcome = write_generated(tmp_path, {"b.md": b"2", "data/a.csv": b"2"})
    assert outcome.issues == ()
    assert (tmp_path / "b.md").read_bytes() == b"2"


def test_names_of_both_steps_are_held_against_each_other(tmp_path: Path) -> None:
    writing = Writing(tmp_path)
    with pytest.raises(CheckFailed):
        writing.pages({"data.md": b""}, frozenset(), {"DATA.md"})
    writing.pages({"data.md": b""}, frozenset(), ())
    with pytest.raises(CheckFailed):
        writing.rest({"DATA.md": b""}, frozenset())


def test_a_finished_file_takes_its_place(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.write_bytes(b"rows")
    site_src = tmp_path / "site_src"
    assert write_generated(site_src, {"data/a.csv": made}).written == (".gitignore", "data/a.csv")
    assert (site_src / "data" / "a.csv").read_bytes() == b"rows"
    assert not made.exists()


def test_a_finished_file_on_another_disk_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made"
    made.write_bytes(b"rows")
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if self == made:
            raise OSError(errno.EXDEV, "Invalid cross-device link", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    write_generated(tmp_path / "site_src", {"data/a.csv": made})
    assert (tmp_path / "site_src" / "data" / "a.csv").read_bytes() == b"rows"
    assert not made.exists()


@pytest.mark.parametrize(("content", "taken"), [(b"mine", False), (b"rows", True)])
def test_a_finished_file_takes_no_place_of_the_users(tmp_path: Path, content: bytes, taken: bool) -> None:
    made, site_src = tmp_path / "made", tmp_path / "site_src"
    made.write_bytes(b"rows")
    site_src.mkdir()
    (site_src / "a.csv").write_bytes(content)
    outcome = write_generated(site_src, {"a.csv": made})
    assert (site_src / "a.csv").read_bytes() == content
    assert bool(outcome.issues) != taken
    assert ("a.csv" in read_manifest(site_src)) == taken


@pytest.mark.parametrize("name", ["../x", "/x", "a/../x", "a//x", "a\\x", "", "a/."])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CheckFailed):
        write_generated(tmp_path / "in", {name: b""})
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(("one", "other"), [("a.md", "A.md"), ("caf\u00e9.md", "cafe\u0301.md")])
def test_two_paths_that_are_one_file_elsewhere_are_refused(tmp_path: Path, one: str, other: str) -> None:
    with pytest.raises(CheckFailed):
        write_generated(tmp_path, {one: b"1", other: b"2"})


def test_nothing_is_written_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    site_src = tmp_path / "site_src"
    site_src.mkdir()
    (site_src / "people").symlink_to(tmp_path / "outside")
    with pytest.raises(CheckFailed):
        write_generated(site_src, {"people/a.md": b"a"})
    assert tree(tmp_path / "outside") == {}


def test_a_disk_that_says_no_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> int:
        raise OSError(28, "No space left on device", str(_path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(EnvironmentFault, match="No space left") as caught:
        write_generated(tmp_path, {"a.md": b"1"})
    assert str(tmp_path) in caught.value.message
    assert "free some space" in caught.value.remedy


def test_generated_files_are_hidden_from_version_control(tmp_path: Path) -> None:
    write_generated(tmp_path, {"index.md": b"", "people/a.md": b""})
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines() == [
        "/index.md",
        "/people/",
        "/.gitignore",
        f"/{MANIFEST_NAME}",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        ".",
        "..",
        "/a",
        "a/",
        "a//b",
        "a/../b",
        "../a",
        "a/..",
        "a/./b",
        "a\\b",
        "a:b",
        "a\0b",
        "\ud800",
        7,
        None,
        ["a"],
    ],
)
def test_a_manifest_never_names_what_lies_elsewhere(tmp_path: Path, wrong: object) -> None:
    good = ["a.md", "b/..c.md", "b/.d", "e...", "f\n..g", "h i/j.md"]
    content = {"format": 1, "files": [*good, wrong]}
    (tmp_path / MANIFEST_NAME).write_text(json.dumps(content), encoding="utf-8")
    assert read_manifest(tmp_path) == frozenset(good)


def one_by_one(names: list[str]) -> bool:
    """Whether `names` are portable, each compared with all before it."""
    met: set[str] = set()
    for name in names:
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in met or {"", ".", ".."} & set(name.split("/")) or {"\\", "\0"} & set(name):
            return False
        met.add(folded)
    return True


@given(st.lists(st.text("aAäÄ\u0308ß./\\\0\n1", max_size=4), max_size=6))
def test_names_looked_at_together_are_refused_where_one_by_one_they_are(names: list[str]) -> None:
    try:
        _require_portable(names)
    except CheckFailed:
        assert not one_by_one(names)
    else:
        assert one_by_one(names)


@pytest.mark.parametrize(
    "name", ["a/../b", "../a", "a/..", "..", "./a", "a/.", ".", "a//b", "/a", "a/", "", "a\\b", "a\0b"]
)
def test_a_path_that_may_lead_elsewhere_is_found_among_others(name: str) -> None:
    others = [f"folder/{number}.md" for number in range(5)]
    assert are_paths(others)
    assert are_paths([])
    for at in range(6):
        assert not are_paths([*others[:at], name, *others[at:]])


@pytest.mark.parametrize("name", ["..a/b", "a../b", ".a", "a.b/c..d/e", "...", "a/.../b"])
def test_full_stops_alone_lead_nowhere(name: str) -> None:
    assert are_paths([name, "b"])


def test_a_manifest_that_another_program_wrote_is_read_again(tmp_path: Path) -> None:
    write_manifest(tmp_path, ["a", "b"])
    assert read_manifest(tmp_path) == {"a", "b"}
    (tmp_path / MANIFEST_NAME).write_text('{"format": 1, "files": ["a", "../c"]}', encoding="utf-8")
    assert read_manifest(tmp_path) == {"a"}
