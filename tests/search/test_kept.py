"""An index that keeps parts of the last one is the same to the byte as one made afresh."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Annotated, Document, Zone
from generator.publish.kept_search import read_search, sealed_search
from generator.recall import SearchMemory
from generator.search import Search, build_search
from generator.search.known import Origin, is_sound, unknown
from generator.search.packing import renamed
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
    "The piers of Lenn are icy, all of them.",
    "Ice! Ice on the ferry; ice in Lenn" * 20,
)
Told = tuple[int, list[str], str, int]
STORIES = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4),
        st.sampled_from("123"),
        st.integers(0, 2),
    ),
    max_size=8,
    unique_by=lambda story: story[0],
)


def searched(stories: list[Told], last: Search | None = None, origin: Origin = unknown) -> Search:
    told = [
        Story(
            f"a{at:02}",
            texts[0][:20],
            texts,
            f"2031-0{month}-1{at % 9}",
            # What is said may stand in one paragraph or in several, and somebody else may say it.
            said=tuple((text.split(",")[0], f"Ada {said}") for text in texts if text and said),
            happened=((f"2031-0{month}-02", "The ice goes"),) if said == 2 and texts[0] else (),
        )
        for at, texts, month, said in stories
    ]
    corpus = make_corpus(told, NAMES)
    if last is None:
        return build_search(corpus, addresses(corpus), origin=origin)
    return build_search(
        corpus, addresses(corpus), origin=origin, memory=last.memory, read=lambda path: last.files.get(path, b"")
    )


def by_seed(annotated: Annotated) -> str:
    """The seed of a document says all that is in it; of some it is not known."""
    seed = annotated.document.seed
    return "" if seed.sha256[0] in "0123" else f"{seed.name} {seed.sha256}"


@settings(max_examples=80, deadline=None)
@given(editions=st.lists(STORIES, min_size=2, max_size=4), origin=st.sampled_from((unknown, by_seed)))
def test_whatever_the_last_builds_held_the_index_is_the_one_made_afresh(
    editions: list[list[Told]], origin: Origin
) -> None:
    last: Search | None = None
    for stories in editions:
        last, fresh = searched(stories, last, origin), searched(stories)
        assert last.files == fresh.files


def test_of_what_is_known_no_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    stories: list[Told] = [(at, [f"Ferry {at} is late", *TEXTS], "1", 1) for at in range(9)]

    def named(annotated: Annotated) -> str:
        return annotated.document.id

    read: list[str] = []

    def noting(document: Document) -> tuple[Zone, ...]:
        read.append(document.id)
        return tuple(zone for zone in document.zones if zone.kind == "body")

    monkeypatch.setattr(Document, "body", property(noting))
    first = searched(stories, origin=named)
    assert len(read) == 9
    read.clear()
    assert searched(stories, first, named).files == first.files
    assert read == []
    # A shard of records that changed is made anew, of all that it holds; and as here, there may be one alone.
    more = searched([*stories, (9, ["Another ferry"], "1", 0)], first, named)
    assert sorted(read) == [f"a{at:02}" for at in range(10)]
    assert more.files == searched([*stories, (9, ["Another ferry"], "1", 0)]).files


def test_only_what_is_new_is_cut_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def record(*texts: str) -> Record:
        return Record([], tuple(Passage(text) for text in texts))

    def read(*those: Record, memory: SearchMemory) -> SearchMemory:
        records = Records(those, (), (), ())
        return kept_words(records, read_words(records, memory))

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
    stories = [(at, list(TEXTS), "1", 2) for at in range(9)]
    first = searched(stories)
    for spoil in (
        lambda content: b"",
        lambda content: content[:-2],
        lambda content: content[:60] + b"!0" + content[62:],
    ):
        spoilt = {path: spoil(content) for path, content in first.files.items()}
        again = searched(stories, Search(spoilt, first.kept, first.memory))
        assert again.files == first.files
        assert not again.kept
    assert searched(stories, first).kept == first.files.keys() - {"search.md", "search/index.js"}


def test_an_article_more_among_the_oldest_leaves_nearly_all_files_of_records() -> None:
    stories: list[Told] = [(at, [f"Ferry {at} is late", TEXTS[-1] * 3], "2", 2) for at in range(300)]
    first, more = searched(stories), searched([(300, ["A pier is icy", *TEXTS], "1", 2), *stories])

    def contents(search: Search, kind: str) -> set[bytes]:
        return {renamed(script, "") for path, script in search.files.items() if path.startswith(f"search/{kind}")}

    assert len(contents(first, "d0")) > 20
    assert len(contents(first, "d0") - contents(more, "d0")) <= 2
    assert contents(first, "z") == contents(more, "z")


def test_what_is_kept_comes_back_whole_or_not_at_all(tmp_path: Path) -> None:
    kept = tmp_path / "search"
    memory = msgspec.structs.replace(searched([(1, list(TEXTS), "2", 1)]).memory, version="one")
    kept.write_bytes(sealed_search(memory))
    assert read_search(kept, "one") == memory
    assert read_search(kept, "two") == SearchMemory("two")
    whole = kept.read_bytes()
    for damaged in (b"", whole[:-1], whole[:40] + b"\xff" + whole[41:], whole + b"x"):
        kept.write_bytes(damaged)
        assert read_search(kept, "one") == SearchMemory("one")
    kept.unlink()
    assert read_search(kept, "one") == SearchMemory("one")


@pytest.mark.parametrize(
    "name", ["surfaces", "terms", "stems", "words", "counts", "records", "passages", "sizes", "quoted"]
)
@pytest.mark.parametrize("wrong", [b"", b"abc", b"\x7f" * 16, b"\xff" * 64])
def test_a_memory_that_no_build_left_ends_no_build(name: str, wrong: bytes) -> None:
    stories: list[Told] = [(1, [TEXTS[0], TEXTS[4]], "1", 1), (2, [TEXTS[1]], "2", 2)]
    last = searched(stories, origin=by_seed)
    assert is_sound(last.memory)
    value = [wrong.hex()] if name in ("surfaces", "terms") else wrong
    forged = msgspec.structs.replace(last.memory, **{name: value})
    made = searched(stories, replace(last, memory=forged), by_seed)
    # Of numbers that might be right nobody can tell.
    assert made.files == last.files or is_sound(forged)
