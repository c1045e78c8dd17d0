from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator.site.links import files_below, find_flaws, pages_sound_around


def flaws(folder: Path, base: str = "/", **pages: str) -> list[str]:
    for name, content in pages.items():
        path = folder / name.replace("__", "/").replace("_css", ".css")
        path = path if path.suffix else path.with_suffix(".html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return [f"{flaw.page}: {flaw.problem}" for flaw in find_flaws(folder, base)]


def test_links_that_lead_somewhere_are_no_flaws(tmp_path: Path) -> None:
    assert (
        flaws(
            tmp_path,
            index='<a href="people/a.html#p1">a</a> <a href="./people/">b</a> <a href="#top">c</a> <p id="top">'
            '<a href="https://example.com/x">d</a> <a href="mailto:a@example.com">e</a> <a href="">f</a>',
            people__a='<p id=\'p1\'> <a href="../index.html">up</a> <a href="/">home</a> <a href="..">home</a>',
            people__index="<p>",
        )
        == []
    )


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ('<a href="gone.html">x</a>', "links to gone.html, which is not there"),
        ('<a href="#gone">x</a>', "links to #gone of index.html, which has no such anchor"),
        ('<a href="a%20b.html">x</a>', "links to a%20b.html, which is not there"),
        ("<A HREF=gone.html>x</A>", "links to gone.html, which is not there"),
        ('<img alt="a > b" src="https://cdn.test/x.png">', "fetches https://cdn.test/x.png from another host"),
        ('<script src="//cdn.test/x.js"></script>', "fetches //cdn.test/x.js from another host"),
        ('<link rel="preconnect" href="https://cdn.test">', "fetches https://cdn.test from another host"),
        ('<link rel="stylesheet" href="gone.css">', "links to gone.css, which is not there"),
        (
            '<img srcset="x.png 1x, https://cdn.test/y.png 2x">',
            "fetches https://cdn.test/y.png from another host",
        ),
        (
            '<p style="background:url(https://cdn.test/z.png)">',
            "fetches https://cdn.test/z.png from another host",
        ),
        ('<iframe src="http://[bad">', "fetches http://[bad, which is not an address"),
    ],
)
def test_a_flaw_is_named(tmp_path: Path, html: str, problem: str) -> None:
    assert f"index.html: {problem}" in flaws(tmp_path, index=html)


def test_text_comments_and_scripts_hold_no_links(tmp_path: Path) -> None:
    html = (
        '<p>&lt;a href="gone.html"&gt; and href="gone.html"</p><!-- <a href="gone.html"> -->'
        "<script>var x = '<a href=\"gone.html\">'</script>"
        '<link rel="canonical" href="https://example.com/">'
    )
    assert flaws(tmp_path, index=html) == []


def test_style_sheets_are_read(tmp_path: Path) -> None:
    css = "@import 'https://fonts.example/a.css'; p { background: url( \"//cdn.test/b.png\" ) } i { x: url(data:,) }"
    assert flaws(tmp_path, look_css=css) == [
        "look.css: fetches //cdn.test/b.png from another host",
        "look.css: fetches https://fonts.example/a.css from another host",
    ]


def test_absolute_links_are_read_against_the_sites_address(tmp_path: Path) -> None:
    page = '<a href="/briefings/index.html">x</a>'
    assert flaws(tmp_path, "/briefings/", **{"404": page, "index": "<p>"}) == []


@pytest.mark.parametrize("text", ["<", "<a ", '<a href="', "<!--", "<script>", "='", "<a b=c"])
def test_hostile_text_costs_no_time(tmp_path: Path, text: str) -> None:
    begin = time.monotonic()
    flaws(tmp_path, index=text * 20_000)
    assert time.monotonic() - begin < 2.0


@pytest.mark.parametrize(("anchors", "dead"), [(set(), True), ({"b"}, True), ({"a", "b"}, False)])
def test_a_page_that_was_followed_is_not_read_and_its_anchors_count(
    anchors: set[str], dead: bool, tmp_path: Path
) -> None:
    (tmp_path / "one.html").write_text('<a href="two.html#a">x</a>')
    (tmp_path / "two.html").write_text('<p id="a"><a href="gone.html">x</a></p>')
    found = find_flaws(tmp_path, followed={"two.html": anchors})
    assert [flaw.problem for flaw in found] == ["links to #a of two.html, which has no such anchor"] * dead


def test_what_is_known_of_a_tag_on_one_page_is_true_for_that_page(tmp_path: Path) -> None:
    """The same links on pages of several folders lead to different files."""
    tags = '<a href="b.html">b</a> <a href="#p">p</a> <a href="b.html#p">q</a> <img src="x.png"> <a href="?q#p">r</a>'
    assert flaws(
        tmp_path,
        one__a=tags + '<p id="p">',
        one__b=tags,
        two__b=tags + '<p id="p">',
        two__c=tags,
    ) == [
        "one/a.html: links to #p of one/b.html, which has no such anchor",
        "one/a.html: links to x.png, which is not there",
        "one/b.html: links to x.png, which is not there",
        "two/b.html: links to x.png, which is not there",
        "two/c.html: links to #p of two/c.html, which has no such anchor",
        "two/c.html: links to x.png, which is not there",
    ]


FRAME = '<a href="index.html#top">home</a> <p id="frame">{}</p> <a href="#frame">here</a>'
CONTENT = b'<p id="top"><a href="known-to-be-good.html">x</a></p>'


def sound(folder: Path, frame: str, content: bytes = CONTENT) -> dict[str, set[str]]:
    (folder / "index.html").write_text(frame.format(CONTENT.decode()), encoding="utf-8")
    found = pages_sound_around(folder, "/", {"index.html": (content, {"top"})}, set(files_below(folder)))
    return {name: set(anchors) for name, anchors in found.items()}


def test_of_a_page_whose_content_was_followed_the_rest_is_read(tmp_path: Path) -> None:
    assert sound(tmp_path, FRAME) == {"index.html": {"top", "frame"}}


@pytest.mark.parametrize(
    "more",
    [
        '<a href="gone.html">x</a>',
        '<a href="#gone">x</a>',
        '<a href="other.html#top">x</a>',
        '<script src="https://cdn.test/x.js"></script>',
    ],
)
def test_a_flaw_around_the_content_of_a_page_lets_all_of_it_be_read(tmp_path: Path, more: str) -> None:
    (tmp_path / "other.html").write_text("<p>", encoding="utf-8")
    assert sound(tmp_path, FRAME + more) == {}


def test_a_page_that_does_not_hold_the_content_is_read(tmp_path: Path) -> None:
    assert sound(tmp_path, FRAME, b"another") == {}
