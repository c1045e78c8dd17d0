"""Anchors and links of many pages, as texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.site.fast.anchors import Unpacking, Wanted, packed, unpacked, without_separators

ANCHORS = st.sampled_from(["a", "b", "p1", "p11", "1", "\ufffd"])
PAGES = st.sampled_from(["", "x.md", "y.md", "gone.md"])
LINKS = st.sets(st.tuples(PAGES, ANCHORS).map("#".join) | st.just("x.md"))


@given(st.sets(ANCHORS))
def test_what_was_packed_comes_out(names: set[str]) -> None:
    assert sorted(unpacked(packed(names))) == sorted(names)
    assert packed(names) == packed(sorted(names))


def test_a_name_with_the_separator_in_it_stays_one() -> None:
    assert len(unpacked(packed(without_separators(["a\0b", "c"])))) == 2


@given(st.dictionaries(st.sampled_from(["x.md", "y.md"]), st.sets(ANCHORS)), st.lists(LINKS))
def test_a_link_is_dead_where_its_page_has_no_such_anchor(anchors: dict[str, set[str]], pages: list[set[str]]) -> None:
    whole = {f"{page}#{anchor}" for page, names in anchors.items() for anchor in names}
    links = set[str]().union(*pages)
    wanted = Wanted()
    for batch in (pages[::2], pages[1::2]):
        part = Wanted()
        for one in batch:
            part.take(one)
        wanted.join(part)
    dead = wanted.dead(Unpacking({page: packed(names) for page, names in anchors.items()}))
    assert dead == {link for link in links - whole if "#" in link}
