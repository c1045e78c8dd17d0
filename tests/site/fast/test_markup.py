"""What is rendered without Python-Markdown is what Python-Markdown renders, whatever a block holds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.structure.files import File, Files

from generator.site import markup
from generator.site.fast.front import FrontReader
from generator.site.fast.markup import Headings, Renderer
from generator.theme.blocks import CLOSE, OPEN

PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<div class='x'>", '<div id="d" class="x">', "</div>", "<br/>", "<br />", "<br>"),
    *("<h1>", "</h1>", "<h2>", "</h2>", '<h2 id="own">', "<h3>", "</h3>", '<a href="#d">', '<a href="#d" class="c">'),
    *("</a>", "<span/>", '<i title="&#34;&#91;x&#38;amp;&#10;">', "</i>", '<i title="a" lang="b">', '<i a="1" a="2">'),
    *("text", " ", "\n", "“é—😀”", "&#38;", "&amp;", "&#60;b&#62;", "&#34;", "&quot;", "&apos;", "&#91;TOC]", "&#9;"),
    *("&", "&x;", "&#0;", "&#55296;", "<", ">", "]]>", "[", "[TOC]", "\x01", "\ufffe", "<!-- c -->", "<?php ?>", "*a*"),
    *('<script type="application/ld+json">{"a": ["b"]}</script>', "<script>", "</script>", "<a>", "<P>"),
]
# Most drawn blocks would be no XML at all; these are.
WHOLE = [
    "<p>one</p>",
    "<h1>T &#38; <b>u</b></h1>",
    "<h2>Part</h2>",
    '<h2 id="own">Own</h2>',
    "<div><p>x</p>y</div>",
    "<hr/>",
]


@given(st.lists(st.sampled_from(PIECES + WHOLE * 6), max_size=8).map("".join))
def test_a_block_is_rendered_as_by_markdown_or_left_to_it(block: str) -> None:
    file = File("a/b.md", None, "site", use_directory_urls=False)
    source = f"{OPEN}\n{block}\n{CLOSE}\n"
    rendered = Renderer(Files([file]), Headings(permalink=True, depth=2)).render(source.encode(), file)
    if rendered is None:
        return
    markdown = Markdown(
        extensions=["generator.theme.blocks", "toc"], extension_configs={"toc": {"permalink": True, "toc_depth": 2}}
    )
    assert rendered.content().decode() == markdown.convert(source)
    tokens = markdown.toc_tokens  # type: ignore[attr-defined]  # the extension toc adds it
    flat = [entry for token in tokens for entry in (token, *token["children"])]
    assert [(entry["level"], entry["id"], entry["name"]) for entry in flat] == list(rendered.headings)


def test_most_well_formed_blocks_are_not_left_to_markdown() -> None:
    file = File("a/b.md", None, "site", use_directory_urls=False)
    renderer = Renderer(Files([file]), Headings(permalink=True, depth=2))
    for block in WHOLE:
        assert renderer.render(f"{OPEN}\n{block}\n{CLOSE}\n".encode(), file), block


# The same without possessive repeats, which the strategy does not know.
GLANCE = re.compile(re.sub(r"([*+])\+", r"\1", f"<(?:{markup._ORDINARY})>"), re.ASCII)


@given(st.from_regex(GLANCE, fullmatch=True))
def test_what_is_told_at_a_glance_has_no_fault_when_looked_at_closely(tag: str) -> None:
    if markup.is_ordinary(tag.encode("utf-8", "replace")):
        assert markup.examine(tag[1:-1]) == ""


def test_front_matter_with_what_yaml_reads_otherwise_is_left_to_mkdocs() -> None:
    reader = FrontReader()
    assert reader.read(b'---\ntitle: "T"\nhide: ["a"]\n---\n\nx') == (b"x", {"title": "T", "hide": ["a"]})
    for line in ('title: "a\x85b"', 'title: "\\/"', 'title: "a\u2028b"', "title: T", "other: 1", "quality: 1e3"):
        assert reader.read(f"---\n{line}\n---\n\nx".encode()) is None, line
    assert reader.read(b'---\ntitle: "T"\ntitle: "U"\n---\n\nx') is None
    assert reader.read(b'---\r\ntitle: "T"\r\n---\r\n\r\nx') is None
