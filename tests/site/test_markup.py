"""Which tags a page may hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.site.markup import examine, find_fault

_NAMES = ("aria-label", "class", "data-x", "href", "id", "title", "style", "onclick", "ID", "name", "x:y", "href")
_VALUES = st.one_of(
    st.text(alphabet="ab:/.#%-&;\"'<> \t\n=`", max_size=12),
    st.sampled_from(("javascript:x", "//b.example", "a.html#p1", "java&#115;cript&colon;x")),
)


@given(
    st.sampled_from(("a", "p", "h2", "div", "span", "li", "section", "script", "A", "iframe", "p/", "/p")),
    st.lists(st.tuples(st.sampled_from(_NAMES), _VALUES), max_size=4),
)
def test_what_is_told_at_a_glance_is_what_a_long_look_tells(tag: str, attributes: list[tuple[str, str]]) -> None:
    written = tag + "".join(f' {key}="{value}"' for key, value in attributes)
    assert find_fault(written) == examine(written)
    in_order = tag + "".join(f' {key}="{value}"' for key, value in sorted(attributes))
    assert find_fault(in_order) == examine(in_order)
