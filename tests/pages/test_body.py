from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.encode.markdown import normalise
from generator.pages.body import Mark, with_marks


def mark(start: int, end: int, tag: str) -> Mark:
    return Mark(start, end, Markup(f"<{tag}>"), Markup(f"</{tag}>"), whole=tag == "a")  # noqa: S704 -- a constant


def test_a_mark_within_another_is_nested() -> None:
    assert with_marks("one two three", [mark(0, 13, "q"), mark(4, 7, "a")]) == "<q>one <a>two</a> three</q>"


def test_a_mark_that_crosses_a_link_is_split_and_the_link_stays_whole() -> None:
    assert with_marks("told the Wire Service", [mark(0, 13, "abbr"), mark(9, 21, "a")]) == (
        "<abbr>told the </abbr><a><abbr>Wire</abbr> Service</a>"
    )
    assert with_marks("the Wire Service said", [mark(4, 16, "a"), mark(9, 21, "abbr")]) == (
        "the <a>Wire <abbr>Service</abbr></a><abbr> said</abbr>"
    )


def test_a_link_within_a_link_is_left_out() -> None:
    assert with_marks("New York City", [mark(0, 13, "a"), mark(4, 8, "a")]) == "<a>New York City</a>"


def test_marks_of_one_extent_nest_in_the_order_given() -> None:
    assert with_marks("x", [mark(0, 1, "q"), mark(0, 1, "a")]) == "<q><a>x</a></q>"


@given(
    st.text(st.sampled_from("ab <&[\n김"), min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30), st.sampled_from(["q", "abbr", "time"])), max_size=8),
    st.tuples(st.integers(0, 29), st.integers(1, 30)),
)
def test_any_marks_give_well_formed_markup_around_the_same_text(
    text: str, spans: list[tuple[int, int, str]], link: tuple[int, int]
) -> None:
    wanted = ((low, min(high, len(text)), tag) for low, high, tag in [*spans, (*link, "a")])
    marks = [mark(low, high, tag) for low, high, tag in wanted if low < high]
    root = ElementTree.fromstring(f"<p>{with_marks(text, marks)}</p>")  # noqa: S314 -- our own output
    assert "".join(root.itertext()) == normalise(text)
    links = ["".join(one.itertext()) for one in root.iter("a")]
    assert links == [text[one.start : one.end] for one in marks if one.whole]
