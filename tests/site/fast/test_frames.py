"""A page that is filled in is judged as if the tripwire had read it whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files

from generator.pages.render import CLOSE, OPEN
from generator.site import plugin
from generator.site.allowance import read_allowance
from generator.site.fast import build as quick
from generator.site.fast import shapes
from generator.site.fast.frames import Frame, Frames
from generator.site.fast.markup import Headings, Rendered, Renderer
from generator.site.plugin import BriefingPlugin
from generator.site.tripwire import Tripwire
from tests.site.fast.building import configuration, make_sources
from tests.site.fast.test_build import indexes, page

CLEAN = '<!doctype html><html><body><script>start(1<<5)</script><link rel="stylesheet" href="a.css"></body></html>'
PARTS = [
    (b"<!doctype html><script>start(1<<5)</script><title>", "title"),
    (b'</title><meta name="description" content="', "description"),
    (b'"><a href="#', "id"),
    (b'" class="x">', "name"),
    (b'</a><a href="#', "id"),
    (b'" class="x">', "name"),
    (b"</a><div>", "content"),
    (b"</div>", ""),
]
HOSTILE = [
    "plain",
    "a &lt; b &amp; c",
    "<b>fine</b>",
    "<",
    ">",
    "a > b",
    "<script>x()</script>",
    "</title><script>x()</script>",
    '"><img src=x onerror=y()>',
    '" onload="x()',
    '" content="y',
    "<p onclick=x()>",
    '<a href="javascript:x()">a</a>',
    "<!-- ",
    " -->",
    "<style>a{}</style>",
    "</script>",
    '<script type="application/ld+json">{"a": "b"}</script>',
    '<script type="application/ld+json">{"a": "<b>"}</script>',
    '<script type="application/ld+json">x()</script>',
    "<script>start(1<<5)</script>",
    '<link rel="stylesheet" href="a.css">',
    "<p",
]


def rendered(content: str, anchor: str = "part", name: str = "Part") -> Rendered:
    """A page with two entries in its table of contents below the title."""
    file = File("a.md", None, "site", use_directory_urls=False)
    source = f"{OPEN}\n<div>{content}</div>\n{CLOSE}\n".encode()
    one = Renderer(Files([file]), Headings(permalink=False, depth=2)).render(source, file)
    headings = [(1, "t", "T"), (2, anchor, name), (2, "last", "Last")]
    if one is None:
        # MkDocs renders it, and nobody has looked at it.
        return Rendered(content.encode(), headings, frozenset(), frozenset())
    return replace(one, headings=headings)


def whole(values: dict[str, str], one: Rendered) -> tuple[dict[str, bytes], str]:
    """Values of all places, and the page with them."""
    entries = iter([part for _, anchor, name in one.headings[1:] for part in (anchor, name)])
    encoded = {place: text.encode() for place, text in values.items()}
    text = "".join(
        constant.decode() + (next(entries) if place in ("id", "name") else values.get(place, ""))
        for constant, place in PARTS
    )
    return encoded, text


@pytest.fixture
def tripwire() -> Tripwire:
    return Tripwire(read_allowance([CLEAN]))


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("place", ["title", "description", "content", "id", "name"])
def test_what_stands_in_a_place_is_judged_as_in_the_whole_page(tripwire: Tripwire, place: str, hostile: str) -> None:
    frames = Frames(tripwire)
    frame = frames.read("a.html", PARTS)
    assert frame.accepted
    one = rendered(
        hostile if place == "content" else "<p>x</p>",
        hostile if place == "id" else "part",
        hostile if place == "name" else "Part",
    )
    texts = {"title": "T", "description": "d", "content": one.content.decode()}
    values, text = whole(texts | ({place: hostile} if place in texts else {}), one)
    expected = Tripwire(read_allowance([CLEAN])).check_page("a.html", text)
    for _ in range(2):
        assert frames.check("a.html", text.encode(), frame, values, one) == expected
        assert frames.check_around("a.html", text.encode(), one) == expected


@pytest.mark.parametrize(
    "parts",
    [
        [(b"<script>x('", "title"), (b"')</script><div>", "content"), (b"</div>", "")],
        [(b"<p onclick='x()'>", "title"), (b"</p><div>", "content"), (b"</div>", "")],
        [(b"<!-- ", "title"), (b" --><div>", "content"), (b"</div>", "")],
        [(b"<style>", "title"), (b"</style><div>", "content"), (b"</div>", "")],
        [(b"<script>evil()</script><p>", "title"), (b"</p><div>", "content"), (b"</div>", "")],
        [(b"<div ", "content"), (b"></div>", "")],
    ],
)
def test_a_frame_that_runs_something_or_has_a_place_in_a_script_is_not_accepted(
    tripwire: Tripwire, parts: list[tuple[bytes, str]]
) -> None:
    assert not Frames(tripwire).read("a.html", parts).accepted


def test_of_a_page_around_sound_contents_nobody_reads_these(tripwire: Tripwire) -> None:
    one = rendered("<p>x</p>")
    _, text = whole({"title": "T", "description": "d", "content": one.content.decode()}, one)
    unread = Rendered(b"<script>x()</script>", one.headings, frozenset(), frozenset(), sound=True)
    page = text.encode().replace(one.content, unread.content)
    assert Frames(tripwire).check_around("a.html", page, unread) == []
    assert Frames(tripwire).check_around("a.html", page, replace(unread, sound=False)) != []
    # What was rendered is not in the page.
    assert Frames(tripwire).check_around("a.html", page, one) != []
    assert Frames(tripwire).check_around("b.html", page.replace(b"<a ", b"<a onclick='x()' "), unread) != []


def test_without_an_accepted_frame_the_whole_page_is_read(tripwire: Tripwire) -> None:
    one = rendered("<p>x</p>")
    assert Frames(tripwire).check("a.html", b"<script>x()</script>", Frame(accepted=False), {}, one)


@pytest.mark.parametrize("trials", [0, 2])
def test_a_script_planted_in_the_frame_of_pages_is_found_on_each(
    trials: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def planted(self: BriefingPlugin, output: str, **_: Any) -> str:
        return output.replace("</body>", "<script>x()</script></body>")

    monkeypatch.setattr(plugin, "_BREACHES_SHOWN", 100)
    monkeypatch.setattr(BriefingPlugin, "on_post_page", planted)
    monkeypatch.setattr(shapes, "_TRIALS", trials)
    make_sources(tmp_path, {f"people/p{number}.md": page(f"P {number}") for number in range(6)} | indexes())
    with pytest.raises(Abort):
        quick.build(configuration(tmp_path, "quick"))
    assert all(f"people/p{number}.html: <script>" in caplog.text for number in range(6))


@pytest.mark.parametrize("trials", [0, 2])
@pytest.mark.parametrize(
    "body",
    [
        '<p onclick="x()">a</p>',
        '<p><a href="javascript:x()">a</a></p>',
        '<p><a href="https://example.org/" ping="y">a</a></p>',
        "<iframe></iframe>",
        '<p style="color: red">a</p>',
        "<form></form>",
    ],
)
def test_what_is_planted_in_a_page_of_a_trusted_shape_is_found(
    body: str, trials: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shapes, "_TRIALS", trials)
    pages = {f"people/p{number}.md": page(f"P {number}") for number in range(6)}
    make_sources(tmp_path, pages | {"people/z.md": page("Z", body)} | indexes())
    with pytest.raises(Abort):
        quick.build(configuration(tmp_path, "quick"))
    assert "people/z.html" in caplog.text
    assert "people/p5.html" not in caplog.text
