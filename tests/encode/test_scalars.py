from __future__ import annotations

import json

import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.encode.markdown import one_line
from generator.encode.scalars import plain


@given(st.text())
def test_what_json_escapes_is_read_back_from_yaml(text: str) -> None:
    read = yaml.load(json.dumps(text.replace("\x7f", "").replace("\x85", "")), Loader=yaml.BaseLoader)  # noqa: S506 -- builds texts only
    assert plain(read) == " ".join(one_line(text.replace("\x7f", "").replace("\x85", "")).split())


def test_joiners_that_scripts_need_stay() -> None:
    assert plain(" می\u200cخواهم \n 👩\u200d🚒 \u202e ") == "می\u200cخواهم 👩\u200d🚒"


@given(st.text(alphabet=st.characters(min_codepoint=0xD700, max_codepoint=0xE010)))
def test_the_result_can_be_written(text: str) -> None:
    plain(text).encode("utf-8")
