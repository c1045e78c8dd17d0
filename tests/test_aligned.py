"""Whatever is done to a view, it still points at the right place of the seed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.aligned import AlignedText, Span

SEED = "On\N{NO-BREAK SPACE}Feb. 14, South\N{ZERO WIDTH SPACE} Korea spoke."


def _shown() -> AlignedText:
    gap = SEED.index("\N{ZERO WIDTH SPACE}")
    return AlignedText.of(
        [("On", 0, 2), (" ", 2, 3), (SEED[3:gap], 3, gap), ("", gap, gap + 1), (SEED[gap + 1 :], gap + 1, len(SEED))]
    )


def test_a_name_across_a_removed_character_spans_it_in_the_seed() -> None:
    view = _shown()
    start = view.text.index("South Korea")
    span = view.seed_span(start, start + len("South Korea"))
    assert SEED[span.start : span.end] == "South\N{ZERO WIDTH SPACE} Korea"


def test_a_replacement_stands_for_the_whole_phrase() -> None:
    view = AlignedText.verbatim("his household final November.")
    start = view.text.index("final")
    read = view.replaced([(start, start + len("final"), "last")])
    assert read.text == "his household last November."
    span = read.seed_span(read.text.index("last November"), read.text.index("."))
    assert view.text[span.start : span.end] == "final November"


def test_joined_text_keeps_both_places() -> None:
    joined = AlignedText.joined([AlignedText.verbatim("One.", 0), AlignedText.verbatim("Two.", 10)])
    assert joined.text == "One.\n\nTwo."
    assert joined.seed_span(6, 9) == Span(10, 13)
    assert joined.view_span(Span(10, 13)) == (6, 9)


def test_a_removed_stretch_is_not_in_the_view() -> None:
    gap = SEED.index("\N{ZERO WIDTH SPACE}")
    assert _shown().view_span(Span(gap, gap + 1)) is None


def test_an_empty_stretch_has_no_place() -> None:
    with pytest.raises(ValueError, match="outside"):
        _shown().seed_span(3, 3)


@given(
    st.text(min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 6), st.text(max_size=4)), max_size=6),
)
def test_untouched_characters_come_back_to_themselves(seed: str, edits: list[tuple[int, int, str]]) -> None:
    changes: list[tuple[int, int, str]] = []
    for start, length, new in sorted(edits):
        if start + length <= len(seed) and (not changes or start >= changes[-1][1]):
            changes.append((start, start + length, new))
    view = AlignedText.verbatim(seed).replaced(changes)
    assert "".join(piece for piece, _, _ in view.pieces()) == view.text
    touched = {position for start, end, _ in changes for position in range(start, end)}
    for position, character in enumerate(seed):
        if position not in touched:
            place = view.view_span(Span(position, position + 1))
            assert place is not None
            assert view.text[place[0] : place[1]] == character
            assert view.seed_span(*place) == Span(position, position + 1)


@given(st.text(min_size=2, max_size=40), st.data())
def test_a_slice_points_where_the_whole_does(seed: str, data: st.DataObject) -> None:
    view = AlignedText.verbatim(seed, 7)
    start = data.draw(st.integers(0, len(seed) - 1))
    end = data.draw(st.integers(start + 1, len(seed)))
    part = view.slice(start, end)
    assert part.text == seed[start:end]
    assert part.seed_span(0, end - start) == view.seed_span(start, end)
