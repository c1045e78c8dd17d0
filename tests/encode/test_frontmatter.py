from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from generator.encode.frontmatter import front_matter
from generator.encode.markdown import one_line

strings = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            ["---", "...", "\n", ": ", "#", "!!python/object:os.system", "&a", "*a", '"', "'", "\\", "{", "no"]
        )
    ).map("".join),
)


def read(block: str) -> dict[str, Any]:
    body, meta = get_data(block + "the body\n")
    assert body == "the body\n"
    return dict(meta)


@given(title=strings, people=st.lists(strings.filter(bool), min_size=1))
def test_every_value_is_read_back_as_it_was_on_one_line(title: str, people: list[str]) -> None:
    meta = read(front_matter({"title": title, "people": people}))
    assert meta.get("title", "") == one_line(title)
    assert meta["people"] == [one_line(name) for name in people]


@pytest.mark.parametrize("value", ["no", "1e3", "2024-02-15", "0x10", "null", "~", "12:30:00", "=", "<<"])
def test_a_string_that_yaml_would_read_as_something_else_stays_a_string(value: str) -> None:
    assert read(front_matter({"title": value})) == {"title": value}


def test_numbers_flags_and_settings_keep_their_type() -> None:
    meta = read(front_matter({"search": {"boost": 1.5, "exclude": True}, "hide": ("toc",)}))
    assert meta == {"search": {"boost": 1.5, "exclude": True}, "hide": ["toc"]}


def test_what_is_unknown_is_absent() -> None:
    assert yaml.safe_load(front_matter({"title": "x", "date": "", "authors": ()}).strip("-\n")) == {"title": "x"}


def test_a_key_that_no_page_may_have_is_refused() -> None:
    with pytest.raises(KeyError):
        front_matter({"template": "evil.html"})
