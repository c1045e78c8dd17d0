"""Stretches in other scripts say what they are, and nothing else changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.tongues import mark_languages


@pytest.mark.parametrize(
    ("block", "language", "marked"),
    [
        ("<p>Kim (김정은) said</p>", "en", '<p>Kim (<span lang="ko">김정은</span>) said</p>'),
        ("<p>北朝鮮の発表</p>", "en", '<p><span lang="ja">北朝鮮の発表</span></p>'),
        ("<p>新华社</p>", "en", '<p><span lang="und-Hani">新华社</span></p>'),
        ("<p>新华社</p>", "zh-Hans", '<p><span lang="zh">新华社</span></p>'),
        ("<p>Правда wrote</p>", "en", '<p><span lang="und-Cyrl">Правда</span> wrote</p>'),
        ("<p>Правда, номер два</p>", "ru", '<p><span lang="ru">Правда, номер два</span></p>'),
        ("<p>the paper الأهرام of</p>", "", '<p>the paper <bdi lang="und-Arab" dir="rtl">الأهرام</bdi> of</p>'),
        ('<section lang="ko"><p>김정은</p></section>', "ko", '<section lang="ko"><p>김정은</p></section>'),
        ('<a title="김정은">Kim</a>', "en", '<a title="김정은">Kim</a>'),
        ("<script>김정은</script>", "en", "<script>김정은</script>"),
        ("<p>one<br/>김</p>", "en", '<p>one<br/><span lang="ko">김</span></p>'),
        ("<p>그는 &#34;다시&#34; 왔다.</p>", "en", '<p><span lang="ko">그는 &#34;다시&#34; 왔다</span>.</p>'),
        ("<p>plain English</p>", "en", "<p>plain English</p>"),
    ],
)
def test_each_script_is_marked_as_far_as_it_tells(block: str, language: str, marked: str) -> None:
    assert mark_languages(block, language) == marked


@given(st.text(st.sampled_from("aB 1,.김정은北のБаש(ع)-é&;"), max_size=60))
def test_the_words_stay_as_they_are(text: str) -> None:
    block = f"<p>{text}</p>"
    assert re.sub(r"</?(?:span|bdi)[^>]*>", "", mark_languages(block)) == block
