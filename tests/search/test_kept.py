"""An index that keeps parts of the last one is the same to the byte as one made afresh."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.publish.kept_search import read_search, write_search
from generator.recall import SearchMemory
from generator.search import Search, build_search
from generator.search.reading import kept_words, read_words
from generator.search.records import Passage, Record, Records
from generator.search.words import stretch_terms
from tests.search.making import Name, Story, addresses, make_corpus

NAMES = (Name("person", "Ada Morrow"), Name("place", "Lenn"), Name("organization", "Pier Board"))
TEXTS = (
    "Ada Morrow counts the ice on the pier of Lenn.",
    "The ferry to Lenn is late, and the Pier Board is sorry for it.",
    "등대 개방, 東京港。 U.N. and l'accord: 1,200 tickets",
    "",
    "late, late, late",
    "Ice! Ice on the ferry; ice in Lenn" * 20,
)
STORIES = st.lists(
    st.tuples(st.integers(0, 30), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4), st.sampled_from("123")),
    max_size=8,
    unique_by=lambda story: story[0],
)


def searched(stories: list[tuple[int, list[str], str]], last: Search | None = None) -> Search:
    told = [Story(f"a{at:02}", texts[0][:20], texts, f"2031-0{month}-1{at % 9}") for at, texts, month in stories]
    corpus = make_corpus(told, NAMES)
    if last is None:
        return build_search(corpus, addresses(corpus))
    return build_search(corpus, addresses(corpus), memory=last.memory, read=lambda path: last.files.get(path, b""))


@settings(max_examples=80, deadline=None)
@given(editions=st.lists(STORIES, min_size=2, max_size=4))
def test_whatever_the_last_builds_held_the_index_is_the_one_made_afresh(
    editions: list[list[tuple[int, list[str], str]]],
) -> None:
    last: Search | None = None
    for stories in editions:
        last, fresh = searched(stories, last), searched(stories)
        assert last.files == fresh.files


def test_only_what_is_new_is_cut_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def record(*texts: str) -> Record:
        return Record([], tuple(Passage(text) for text in texts))

    def read(*those: Record, memory: SearchMemory) -> SearchMemory:
        return kept_words(read_words(Records(those, (), (), ()), memory))

    cut: list[str] = []

    def noting(stretch: str) -> list[tuple[str, str]]:
        cut.append(stretch)
        return stretch_terms(stretch)

    monkeypatch.setattr("generator.search.reading.stretch_terms", noting)
    first, second = record("one pier", "two piers"), record("one pier two", "piers")
    memory = read(first, second, memory=SearchMemory())
    cut.clear()
    again = read(second, record("three", "boats"), first, memory=memory)
    assert cut == ["three", "boats"]
    # What is gone from the texts is gone from what is kept.
    left = read(second, memory=again)
    assert left.surfaces == ["one", "pier", "two", "piers"]
    assert cut == ["three", "boats"]


def test_a_script_of_the_last_build_is_taken_from_its_file_only_where_that_stands_as_it_was() -> None:
    stories = [(at, list(TEXTS), "1") for at in range(9)]
    first = searched(stories)
    for spoil in (
        lambda content: b"",
        lambda content: content[:-2],
        lambda content: content[:60] + b"!0" + content[62:],
    ):
        spoilt = {path: spoil(content) for path, content in first.files.items()}
        assert searched(stories, Search(spoilt, first.memory)).files == first.files


def test_what_is_kept_comes_back_whole_or_not_at_all(tmp_path: Path) -> None:
    kept = tmp_path / "search"
    memory = msgspec.structs.replace(searched([(1, list(TEXTS), "2")]).memory, version="one")
    write_search(kept, memory)
    assert read_search(kept, "one") == memory
    assert read_search(kept, "two") == SearchMemory("two")
    whole = kept.read_bytes()
    for damaged in (b"", whole[:-1], whole[:40] + b"\xff" + whole[41:], whole + b"x"):
        kept.write_bytes(damaged)
        assert read_search(kept, "one") == SearchMemory("one")
    kept.unlink()
    assert read_search(kept, "one") == SearchMemory("one")
