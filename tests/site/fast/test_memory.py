"""What has not changed is not made again; what depends on a change is."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.publish.writer import write_generated
from generator.site.fast.build import build
from generator.site.fast.memory import FastOutcome, Previous, SiteMemory, encode_memory, read_memory
from generator.site.links import find_flaws
from tests.site.fast.building import configuration, files_below, make_sources
from tests.site.fast.test_build import indexes, page

PAGES = {f"people/p{number}.md": page(f"P {number}") for number in range(12)} | indexes()
LINK = '<p><a href="p1.md#part">to</a></p>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_sources(tmp_path, {**PAGES, "data/a.csv": b"a", "people/linked.md": page("L", LINK)})
    return tmp_path


def run(root: Path, name: str, previous: str = "") -> FastOutcome:
    """Build into the folder `name`, after the build in `previous`; its memory is kept beside it."""
    before = Previous(root / previous, read_memory(root / f"{previous}.memory")) if previous else None
    outcome = build(configuration(root, name), previous=before)
    (root / f"{name}.memory").write_bytes(encode_memory(outcome.memory(root / name)))
    return outcome


def test_a_second_build_keeps_every_bulk_page_and_file(root: Path) -> None:
    run(root, "one")
    outcome = run(root, "two", "one")
    assert files_below(root / "two") == files_below(root / "one")
    assert {"people/p11.html", "data/a.csv"} <= outcome.kept
    one, two = ((root / name / "people/p11.html").stat() for name in ("one", "two"))
    assert (one.st_ino, one.st_mtime_ns) == (two.st_ino, two.st_mtime_ns)


@pytest.mark.parametrize(
    "change",
    [
        {"people/p11.md": page("Another")},
        {"people/new.md": page("New")},
        {"people/p11.md": None},
        {"data/a.csv": b"b"},
        {"index.md": page("Front")},
        {"index.md": page("Front", '<p><a href="people/p3.md#part">three</a></p>')},
    ],
)
def test_an_incremental_build_equals_a_full_one(change: dict[str, bytes | None], root: Path) -> None:
    run(root, "one")
    sources = {**PAGES, "data/a.csv": b"a", "people/linked.md": page("L", LINK), **change}
    write_generated(root / "site_src", {name: content for name, content in sources.items() if content is not None})
    outcome = run(root, "two", "one")
    run(root, "full")
    assert files_below(root / "two") == files_below(root / "full")
    changed = {name.replace(".md", ".html") for name in change}
    assert changed.isdisjoint(outcome.kept)
    # The first of a shape are made by MkDocs itself and looked at again; the title of the front page is in every frame.
    assert ("people/p7.html" in outcome.kept) or "index.md" in change


def test_a_page_whose_target_went_is_made_again_and_told(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    run(root, "one")
    sources = {**PAGES, "data/a.csv": b"a", "people/linked.md": page("L", LINK)}
    sources["people/p1.md"] = page("P 1", "<p>no part</p>")
    write_generated(root / "site_src", sources)
    outcome = run(root, "two", "one")
    assert "people/linked.html" not in outcome.anchors
    assert "people/linked.md" in caplog.text


def test_of_a_page_that_a_template_made_no_link_is_followed_twice(root: Path) -> None:
    run(root, "one")
    changed = {"people/p1.md": page("P 1", '<p id="new">x</p>'), "people/linked.md": page("L", LINK)}
    write_generated(root / "site_src", {**PAGES, "data/a.csv": b"a", **changed})
    outcome = run(root, "two", "one")
    assert outcome.templated_by_mkdocs > 0
    assert "new" in outcome.anchors["people/p1.html"]
    # An anchor of the theme's.
    assert "__drawer" in outcome.anchors["people/p1.html"]
    assert find_flaws(root / "two", "/", outcome.anchors) == find_flaws(root / "two", "/")


def test_a_published_page_that_someone_touched_is_made_again(root: Path) -> None:
    run(root, "one")
    (root / "one/people/p11.html").write_text("defaced")
    outcome = run(root, "two", "one")
    run(root, "full")
    assert "people/p11.html" not in outcome.kept
    assert files_below(root / "two") == files_below(root / "full")


@pytest.mark.parametrize(("old", "new"), [("primary: white", "primary: red"), ("site_name: ", "site_name: New ")])
def test_another_configuration_makes_everything_anew(old: str, new: str, root: Path) -> None:
    run(root, "one")
    file = root / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert run(root, "two", "one").kept == frozenset()


@pytest.mark.parametrize("damage", [b"", b"\xff\x00", b"\x82\xa5frame\x01"])
def test_a_damaged_memory_is_an_empty_one(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / "memory").write_bytes(damage)
    assert read_memory(tmp_path / "memory") == SiteMemory()
