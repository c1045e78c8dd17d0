from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.encode.markdown import html, inline, normalise, one_line, text, tooltip
from tests.encode.rendered import MATERIAL, PROJECT, shown
from tests.growth import SQUARE, growth

HOSTILE = [
    *("{", "}", "[", "]", "(", ")", "<", ">", ":", "|", "#", "+", "-", "*", "_", "`", "~", "^", "$", "\\", "=", "!"),
    *("&", '"', "'", "/", "@", "?", ".", "%", ";", " ", "    ", "\t", "\n", "\n\n", "1", "a", "é", "김", "\u200d"),
    *("--8<--", "--8<-- 'x.md'\n", "1. ", "# ", "> ", "www.example.org", "https://example.org", "a@example.org"),
    *(":smile:", "*[abbr]: x", "[TOC]", "!!! note", "??? x", "=== 'tab'", "```", "~~~\n", "{{ config }}", "{% raw %}"),
    *("{.cls onclick=x}", "{++x++}", "{==", "[^1]", "[^1]: x", "- [ ] x", "++ctrl++", "(c)", "-->", "1/2", "$$", "\\("),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</p>", "<!--", "-->", "<![CDATA[", "&lt;", "&#60;"),
    *("\x00", "\x02", "\x03", "\x02amp\x03", "\x02wzxhzdk:0\x03", "\u202e", "\u2028", "\ufffe", "\ud800", "\x85"),
    *(
        "[a](javascript:alert(1))",
        "![x](y)",
        "#1",
        "@user",
        "| a |",
        "\n| - |",
        "<!-- /briefing -->",
        "<!-- briefing -->",
    ),
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(HOSTILE), max_size=12).map("".join))
DIALECTS = pytest.mark.parametrize("extensions", [PROJECT, MATERIAL], ids=["project", "material"])


def block(raw: str) -> str:
    return f'<!-- briefing -->\n<div class="x"><p title="{html(raw)}">{html(raw)}</p></div>\n<!-- /briefing -->\n'


@DIALECTS
@given(raw=texts)
def test_a_paragraph_shows_the_normalised_text_and_nothing_else(extensions: list[Any], raw: str) -> None:
    found, tags = shown(text(raw), extensions, "p")
    assert found == normalise(raw)
    assert tags == ["p"]


@DIALECTS
@given(raw=texts)
def test_a_generated_block_shows_the_normalised_text_as_content_and_as_attribute(
    extensions: list[Any], raw: str
) -> None:
    found, tags = shown(block(raw), extensions, "p")
    assert found == normalise(raw)
    assert tags == ["div", "p"]
    assert shown(block(raw), extensions, "p", "title")[0] == normalise(raw)


@DIALECTS
@given(raw=texts)
def test_a_heading_shows_the_text_on_one_line(extensions: list[Any], raw: str) -> None:
    found, _ = shown(f"## a{inline(raw)}z\n", extensions, "h2")
    assert found == f"a{one_line(raw)}z"


@DIALECTS
@given(raw=texts)
def test_a_table_cell_shows_the_text_on_one_line(extensions: list[Any], raw: str) -> None:
    found, tags = shown(f"| head |\n| --- |\n| {inline(raw)}z |\n", extensions, "td")
    assert found == f"{one_line(raw)}z"
    assert tags.count("td") == 1


@DIALECTS
@given(raw=texts)
def test_a_link_label_shows_the_text_on_one_line(extensions: list[Any], raw: str) -> None:
    found, tags = shown(f"[{inline(raw)}](page.md)\n", extensions, "a")
    assert found == one_line(raw)
    assert tags == ["p", "a"]


@given(raw=texts)
def test_normalising_twice_changes_nothing_more(raw: str) -> None:
    assert normalise(normalise(raw)) == normalise(raw)


def test_of_all_characters_only_such_as_do_not_print_are_dropped_or_changed() -> None:
    everything = [chr(code) for code in range(0x110000)]
    changed = [one for one in everything if normalise(f"a{one}b") != f"a{one}b"]
    assert len(changed) > 100
    assert not [one for one in changed if one.isprintable()]
    assert "\ud800" in changed
    assert not {"\t", "\n", "\u200d", "\u200c", "\u00a0"} & set(changed)


def test_normalising_drops_what_deceives_and_keeps_what_scripts_need() -> None:
    assert normalise("a\x00b\u202ec\u2066d\ud800e\ufffff\x7fg") == "abcdefg"
    assert normalise("می\u200cخواهم 👩\u200d🚒") == "می\u200cخواهم 👩\u200d🚒"
    assert normalise("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"


@pytest.mark.parametrize("piece", ["[", "![", "<a ", ">", "`", "*", "&", "(", "{", "| ", "\n", '"', "    ", "1"])
@pytest.mark.parametrize("extensions", [PROJECT, ["md_in_html", "tables", "attr_list"]], ids=["project", "others"])
def test_long_runs_of_active_characters_render_in_linear_time(piece: str, extensions: list[Any]) -> None:
    # What grows by the square gives 4.
    assert growth(lambda raw: markdown.markdown(block(raw), extensions=extensions), piece) < SQUARE


@pytest.mark.parametrize("encode", [Markup, Markup.escape], ids=["none", "html only"])
def test_a_weaker_encoder_would_be_noticed(encode: Callable[[str], Markup]) -> None:
    raw = "# *not* a [link](javascript:alert(1)) <b>"
    assert shown(f"x{inline(raw)}", MATERIAL, "p")[0] == f"x{raw}"
    assert shown(f"x{encode(raw)}", MATERIAL, "p")[0] != f"x{raw}"


@given(raw=texts)
def test_a_title_reads_the_same_and_stays_text_as_markup(raw: str) -> None:
    value, _ = shown(f'<!-- briefing -->\n<p title="{tooltip(raw)}">x</p>\n<!-- /briefing -->\n', PROJECT, "p", "title")
    assert value.replace("\u2060", "") == normalise(raw).replace("\u2060", "")
    # What Material's script does with it: the value becomes the markup of a box.
    parser = BoxText()
    parser.feed(value)
    parser.close()
    assert parser.tags == []
    assert "".join(parser.found) == value


class BoxText(HTMLParser):
    """The text and the tags of a piece of markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.found.append(data)
