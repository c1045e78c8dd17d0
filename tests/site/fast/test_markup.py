"""What is rendered without Python-Markdown is what Python-Markdown renders, whatever a block holds."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.structure.files import File, Files

from generator.site import markup
from generator.site.allowance import Allowance
from generator.site.fast import leads
from generator.site.fast.front import FrontReader
from generator.site.fast.leads import Links, Places
from generator.site.fast.markup import Headings, Renderer
from generator.site.fast.tags import Unsure
from generator.site.tripwire import Tripwire
from generator.theme.blocks import CLOSE, OPEN

PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<div class='x'>", '<div id="d" class="x">', "</div>", "<br/>", "<br />", "<br>"),
    *("<h1>", "</h1>", "<h2>", "</h2>", '<h2 id="own">', "<h3>", "</h3>", '<a href="#d">', '<a href="#d" class="c">'),
    *("</a>", "<span/>", '<i title="&#34;&#91;x&#38;amp;&#10;">', "</i>", '<i title="a" lang="b">', '<i a="1" a="2">'),
    *("text", " ", "\n", "“é—😀”", "&#38;", "&amp;", "&#60;b&#62;", "&#34;", "&quot;", "&apos;", "&#91;TOC]", "&#9;"),
    *("&", "&x;", "&#0;", "&#55296;", "<", ">", "]]>", "[", "[TOC]", "\x01", "\ufffe", "<!-- c -->", "<?php ?>", "*a*"),
    *('<script type="application/ld+json">{"a": ["b"]}</script>', "<script>", "</script>", "<a>", "<P>", "&amp"),
    *("<li>", "</li>", "<tr>", "</tr>", "<section>", "</section>", '<li id="l">', "\x00", "\x02", "<\x02>", "<hr/>"),
]
# Most drawn blocks would be no XML at all; these are.
WHOLE = [
    "<p>one</p>",
    "<h1>T &#38; <b>u</b></h1>",
    "<h2>Part</h2>",
    '<h2 id="own">Own</h2>',
    "<div><p>x</p>y</div>",
    "<hr/>",
    "<ul><li>1</li><li><p>2</p></li></ul>",
    '<p><a class="c" href="#d">see</a> &#34;x href=&#34;</p>',
]
# What the tripwire refuses, or might, in a tag or in an address.
HOSTILE = [
    '<p onclick="x()">a</p>',
    '<p class="a" ping="b">a</p>',
    "<form>a</form>",
    '<a href="https://a.example/" ping="b">a</a>',
    '<a href="https://a.example/?b=&#38;c">a</a>',
    '<a href="b.md" onclick="x()">a</a>',
    '<a href="javascript://a.example/%0ax()">a</a>',
    '<a href="&#106;avascript://a">a</a>',
    '<a href="data://a">a</a>',
    '<a href="b.md#c:d">a</a>',
    '<a href="b.md" href="#x">a</a>',
    '<a class=" href="b.md">a</a>',
    "<a title=' href=\"b.md\"'>a</a>",
    '<i title="x()" is="b">a</i>',
    '<x y="z"/>',
    '<script type="application/ld+json">{"a": "b"}</script>',
    '<script type="application/ld+json">x()</script>',
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
    assert rendered.content.decode() == markdown.convert(source)
    tokens = markdown.toc_tokens  # type: ignore[attr-defined]  # the extension toc adds it
    flat = [entry for token in tokens for entry in (token, *token["children"])]
    assert [(entry["level"], entry["id"], entry["name"]) for entry in flat] == list(rendered.headings)


@given(st.lists(st.sampled_from(HOSTILE + PIECES + WHOLE * 9), max_size=6).map("".join))
def test_what_is_called_sound_is_nothing_to_the_tripwire(block: str) -> None:
    file = File("a/b.md", None, "site", use_directory_urls=False)
    renderer = Renderer(Files([file]), Headings(permalink=True, depth=2))
    tripwire = Tripwire(Allowance())
    # What was met once is told in the same way as what is met anew.
    for _ in range(2):
        rendered = renderer.render(f"{OPEN}\n{block}\n{CLOSE}\n".encode(), file)
        if rendered is not None and rendered.sound and all(map(tripwire.admits_data, rendered.scripts)):
            assert tripwire.check_page("a/b.html", rendered.content.decode()) == []


def test_of_sound_blocks_hardly_one_is_read_twice() -> None:
    file = File("a/b.md", None, "site", use_directory_urls=False)
    renderer = Renderer(Files([file]), Headings(permalink=True, depth=2))
    for block in WHOLE:
        rendered = renderer.render(f"{OPEN}\n{block}\n{CLOSE}\n".encode(), file)
        assert rendered is not None, block
        assert rendered.sound, block


BLOCKS = st.lists(st.sampled_from(HOSTILE + PIECES + WHOLE * 9), max_size=6).map("".join)


@given(st.lists(BLOCKS, max_size=4))
def test_a_row_that_is_known_becomes_what_it_becomes_anew(blocks: list[str]) -> None:
    file = File("a/b.md", None, "site", use_directory_urls=False)
    files, headings, places = Files([file]), Headings(permalink=True, depth=2), Places(lasting=True)
    # Of a page that comes for the first time no row is kept.
    for block in ("<p></p>", *blocks, *blocks):
        source = f"{OPEN}\n{block}\n{CLOSE}\n".encode()
        again = Renderer(files, headings, places).render(source, file)
        assert again == Renderer(files, headings).render(source, file)


def test_the_anchor_of_a_known_heading_is_that_of_its_page() -> None:
    file = File("a.md", None, "site", use_directory_urls=False)
    renderer = Renderer(Files([file]), Headings(permalink=True, depth=2), Places(lasting=True))
    row = "<li><h2>One</h2></li>"
    anchors = []
    for block in (row, row, f"{row}{row}", f'<p id="one"></p>{row}', f"<h2>One</h2>{row}", row):
        rendered = renderer.render(f"{OPEN}\n<ul>{block}</ul>\n{CLOSE}\n".encode(), file)
        assert rendered is not None
        anchors.append([anchor for _, anchor, _ in rendered.headings])
    assert anchors == [["one"], ["one"], ["one", "one_1"], ["one_1"], ["one", "one_1"], ["one"]]


def test_a_link_in_a_known_row_leads_where_it_leads_now() -> None:
    here, there = (File(name, None, "site", use_directory_urls=False) for name in ("a.md", "b.md"))
    headings, places = Headings(permalink=False, depth=2), Places(lasting=True)
    source = f'{OPEN}\n<ul><li><a href="b.md#c">b</a></li></ul>\n{CLOSE}\n'.encode()
    for _ in range(3):
        rendered = Renderer(Files([here, there]), headings, places).render(source, here)
        assert rendered is not None
        assert rendered.links == {"b.md#c"}
    renderer = Renderer(Files([here]), headings, places)
    assert renderer.render(source, here) is None
    # As when it comes or goes while the site is built.
    files = Files([here, there])
    renderer = Renderer(files, headings, places)
    assert renderer.render(source, here) == rendered
    files.remove(there)
    renderer.forget_links()
    assert renderer.render(source, here) is None


def test_rows_take_no_more_room_than_they_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leads, "_ROOM", 100)
    file = File("a.md", None, "site", use_directory_urls=False)
    renderer = Renderer(Files([file]), Headings(permalink=False, depth=2), places := Places(lasting=True))
    for number in range(40):
        block = f"<ul><li>{number:020}</li></ul>"
        assert renderer.render(f"{OPEN}\n{block}\n{CLOSE}\n".encode(), file)
        assert sum(map(len, places.beside(Files([file]), file).rows)) <= 100


@pytest.mark.parametrize("block", ["<p>a &amp</p>", "<p>&amp&lt;b</p>", '<p title="&quot">a</p>', "<p>a</p>&#38"])
def test_a_reference_that_does_not_end_is_left_to_markdown(block: str) -> None:
    file = File("a/b.md", None, "site", use_directory_urls=False)
    source = f"{OPEN}\n{block}\n{CLOSE}\n"
    assert Renderer(Files([file]), Headings(permalink=True, depth=2)).render(source.encode(), file) is None


@pytest.mark.parametrize("here", ["a/b/c.md", "a/d.md", "e.md", "a b/c.md"])
def test_addresses_are_those_that_mkdocs_writes(here: str) -> None:
    names = [
        f"{folder}{name}.md"
        for folder in ("", "a/", "a/b/", "a b/")
        for name in ("index", "e", "x-1", "é", "y.z", "z#p")
    ]
    files = Files([File(name, None, "site", use_directory_urls=False) for name in dict.fromkeys((*names, here))])
    file = files.src_uris[here]
    links = Links(files, file)
    for anchor in ("", "#p1", "#p1", "#p:2"):
        for target in files:
            ways = [
                posixpath.relpath(target.src_uri, posixpath.dirname(here) or "."),
                "../" * here.count("/") + target.src_uri,
            ]
            for way in ways:
                address = quote(f"{way}") + anchor
                try:
                    written = links[f'<a class="c" href="{address}">'.encode()]
                except Unsure:
                    assert "%23" in address
                    continue
                assert written.decode() == f'<a class="c" href="{target.url_relative_to(file)}{anchor}">'


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
