from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import UsageError
from generator.publish.permalinks import (
    Entry,
    Registry,
    Wanted,
    read_registry,
    redirect_page,
    settle,
    write_registry,
)


def test_a_page_keeps_its_address() -> None:
    first = settle(Registry(), [Wanted("a", "articles/x")])
    second = settle(first.registry, [Wanted("a", "articles/x"), Wanted("0", "articles/x")])
    assert second.paths == {"a": "articles/x", "0": "articles/x-2"}
    assert second.redirects == {}


def test_a_changed_slug_leaves_a_redirect_behind() -> None:
    registry = settle(Registry(), [Wanted("a", "old")]).registry
    moved = settle(registry, [Wanted("a", "new")])
    assert (moved.paths, moved.redirects) == ({"a": "new"}, {"old": "new"})
    again = settle(moved.registry, [Wanted("a", "newer")])
    assert again.redirects == {"old": "newer", "new": "newer"}


def test_a_page_that_moves_back_needs_no_redirect_for_where_it_is() -> None:
    registry = settle(Registry(), [Wanted("a", "one")]).registry
    registry = settle(registry, [Wanted("a", "two")]).registry
    back = settle(registry, [Wanted("a", "one")])
    assert (back.paths, back.redirects) == ({"a": "one"}, {"two": "one"})


def test_a_renamed_seed_keeps_its_address() -> None:
    registry = settle(
        Registry(), [Wanted("draft", "articles/x", "digest"), Wanted("b", "articles/x", "other")]
    ).registry
    assert registry.entries["draft"].path == "articles/x-2"
    renamed = settle(registry, [Wanted("final", "articles/x", "digest"), Wanted("b", "articles/x", "other")])
    assert renamed.paths == {"final": "articles/x-2", "b": "articles/x"}
    assert renamed.redirects == {}


def test_a_copy_of_a_seed_does_not_take_the_address_of_the_first() -> None:
    registry = settle(Registry(), [Wanted("a", "x", "digest")]).registry
    both = settle(registry, [Wanted("a", "x", "digest"), Wanted("0copy", "x", "digest")])
    assert both.paths == {"a": "x", "0copy": "x-2"}


def test_a_new_page_does_not_take_an_address_that_redirects() -> None:
    registry = settle(Registry(), [Wanted("a", "old")]).registry
    registry = settle(registry, [Wanted("a", "new")]).registry
    later = settle(registry, [Wanted("a", "new"), Wanted("b", "old")])
    assert later.paths["b"] == "old-2"
    assert later.redirects == {"old": "new"}


def test_a_page_that_comes_back_finds_its_address() -> None:
    registry = settle(Registry(), [Wanted("a", "x"), Wanted("b", "x")]).registry
    registry = settle(registry, [Wanted("a", "x")]).registry
    assert settle(registry, [Wanted("a", "x"), Wanted("b", "x")]).paths == {"a": "x", "b": "x-2"}


PAGES = st.lists(
    st.builds(Wanted, st.sampled_from("abcd"), st.sampled_from(["x", "x-2", "y"]), st.sampled_from(["", "1", "2"])),
    unique_by=lambda page: page.id,
)


@given(st.lists(PAGES, max_size=5))
def test_every_address_ever_published_leads_to_its_page_or_to_nothing(steps: list[list[Wanted]]) -> None:
    registry = Registry()
    for pages in steps:
        settled = settle(registry, pages)
        assert set(settled.paths) == {page.id for page in pages}
        assert len(set(settled.paths.values())) == len(pages)
        assert not set(settled.redirects) & set(settled.paths.values())
        assert set(settled.redirects.values()) <= set(settled.paths.values())
        for page in pages:
            before = registry.entries.get(page.id)
            if before and before.path not in settled.paths.values():
                assert settled.redirects[before.path] == settled.paths[page.id]
        assert settle(registry, reversed(pages)) == settled
        assert settle(settled.registry, pages).paths == settled.paths
        registry = settled.registry


def test_the_registry_survives_being_written(tmp_path: Path) -> None:
    registry = settle(Registry(), [Wanted("a", "안보", "d"), Wanted("b", "y")]).registry
    registry = settle(registry, [Wanted("a", "안보", "d"), Wanted("b", "z")]).registry
    path = tmp_path / "permalinks.json"
    assert write_registry(path, registry)
    assert read_registry(path) == registry
    assert not write_registry(path, registry)


NAMES = st.text(st.characters(codec="utf-8"), max_size=8)


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=3), max_size=5))
@settings(max_examples=50, deadline=None)
def test_the_registry_is_spelled_as_json_is_anywhere(entries: dict[str, list[str]]) -> None:
    """Version control compares it line by line: another writer of JSON would change every one."""
    registry = Registry({key: Entry("a/b", "a/c", key, tuple(past)) for key, past in entries.items()})
    told = {
        key: {name: value for name, value in msgspec.structs.asdict(entry).items() if value}
        for key, entry in sorted(registry.entries.items())
    }
    with TemporaryDirectory() as folder:
        path = Path(folder, "permalinks.json")
        write_registry(path, registry)
        expected = json.dumps({"format": 1, "addresses": told}, ensure_ascii=False, indent=1) + "\n"
        assert path.read_bytes().decode("utf-8") == expected
        assert not write_registry(path, registry)


def test_a_registry_that_an_editor_saved_in_its_own_way_is_read(tmp_path: Path) -> None:
    registry = settle(Registry(), [Wanted("a", "articles/2024/one", "x"), Wanted("b", "people/two")]).registry
    path = tmp_path / "permalinks.json"
    write_registry(path, registry)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=4), "utf-8-sig")
    assert read_registry(path) == registry


def test_without_a_registry_there_are_no_addresses(tmp_path: Path) -> None:
    assert read_registry(tmp_path / "permalinks.json") == Registry()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 9}', '{"format": 1, "addresses": {"a": 3}}'])
def test_a_spoilt_registry_stops_the_build_rather_than_break_addresses(tmp_path: Path, content: str) -> None:
    path = tmp_path / "permalinks.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"permalinks\.json"):
        read_registry(path)


def test_a_redirect_is_relative_and_not_indexed() -> None:
    page = redirect_page("articles/undated/old", "articles/2024/new").decode()
    assert 'content="0; url=../2024/new.html"' in page
    assert '<a href="../2024/new.html">' in page
    assert "noindex" in page
    assert "<script" not in redirect_page("a", 'b"><script>').decode()
